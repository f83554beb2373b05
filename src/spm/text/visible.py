"""Characters that nobody sees: the one door for names, addresses and texts that people hand in.

A mark of direction shows "gpj.exe" for "exe.jpg", a character of no width makes two names of one
word, and a control character hides ``javascript:`` from a simple comparison. None of them means
anything in a German name, so they are refused where people type, and left out of cells.
"""

from __future__ import annotations

import re
import unicodedata

LONGEST_NAME = 200
"""Characters of a name or title: what is longer fits in no heading, table or file name."""

LONGEST_SENTENCE = 2_000
"""Characters of a definition or note."""

_ZERO_WIDTH = (
    "\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\U000e0000-\U000e0fff"
)
"""No width, no ink, or another direction (Unicode: Default_Ignorable, Bidi_Control). The soft
hyphen (U+00AD) is not among them: it says where a long name may be broken."""

HIDDEN = re.compile(
    f"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufffe\uffff{_ZERO_WIDTH}]"
)
"""One character that must not be in a text; line breaks and tabs may."""

_BLANK = "\u00ad\u2800"
"""Other characters without ink: soft hyphen, empty Braille pattern."""


def hidden(text: str) -> str:
    """The first character of a text that nobody sees, as "U+202E"; empty if there is none."""
    found = HIDDEN.search(text)
    return f"U+{ord(found[0]):04X}" if found else ""


def is_visible(text: str) -> bool:
    """Whether a reader sees anything: a letter, digit, sign or symbol, not accents alone."""
    return any(
        unicodedata.category(c)[0] in "LNPS" and c not in _BLANK and not HIDDEN.match(c)
        for c in text
    )


def name_problem(text: str, longest: int = LONGEST_NAME) -> str:
    """What makes a text unfit as a name, as the rest of a German sentence; empty if it is fit.

    Examples
    --------
    >>> name_problem("Nord\\u200b")
    'enthält ein Zeichen, das niemand sieht (U+200B)'
    >>> name_problem("Bad Nauheim-Süd")
    ''
    """
    if not text.strip():
        return "ist leer"
    if not is_visible(text):
        return "besteht nur aus Zeichen, die niemand sieht"
    if code := hidden(text):
        return f"enthält ein Zeichen, das niemand sieht ({code})"
    if len(text) > longest:
        return f"hat {len(text)} Zeichen; höchstens {longest} passen in den Bericht"
    return ""


def shortened(text: str, longest: int = 60) -> str:
    """A text for a message of one line, with hidden characters made visible."""
    shown = HIDDEN.sub(lambda found: f"[U+{ord(found[0]):04X}]", text)
    return shown if len(shown) <= longest else shown[:longest] + " …"
