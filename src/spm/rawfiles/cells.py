"""The text of a cell as people see it, and what is wrong with one that cannot be read."""

import re
import unicodedata
from collections.abc import Iterable

from spm.errors import nearest
from spm.text.visible import HIDDEN

LISTED = 20
"""How many known texts an error names."""

_FOREIGN_DIGIT = re.compile(r"(?![0-9])\d")


def clean(text: str) -> str:
    """Drop what people do not see: line breaks, double, protected and outer blanks, characters
    without width, marks of direction (`spm.text.visible`) and hyphens between lines.

    Files from a Mac spell "ä" with two characters; they become one, as everywhere else.
    """
    if text.isascii() and text.isprintable():
        return " ".join(text.split())
    seen = HIDDEN.sub("", " ".join(text.replace("\u00ad", "").split()))
    return unicodedata.normalize("NFC", " ".join(seen.split()))


def refuse_foreign_digits(text: str) -> None:
    """Refuse ٢٥ and ２５: a program reads them as 25, and who checks the file perhaps does not.

    Raises
    ------
    BadValue
        The text has digits (Unicode: Nd) other than 0 to 9.
    """
    if not text.isascii() and (found := _FOREIGN_DIGIT.search(text)):
        meant = "".join(str(unicodedata.digit(c)) if c.isdecimal() else c for c in text)
        raise BadValue(
            f"Die Zahl ist mit anderen Ziffern geschrieben als 0 bis 9 («{found[0]}»): gemeint ist "
            f"vielleicht {meant}.",
            "Die Zahl mit den Ziffern 0 bis 9 neu eingeben lassen.",
        )


def meant(text: str, known: Iterable[str]) -> str:
    """Name the nearest known text, but never one with another number in it.

    "Sozialraum 8" is no misspelled "Sozialraum 1": it is an area that is missing elsewhere.
    """
    known = list(known)
    digits = re.findall(r"\d+", text)
    alike = [word for word in known if re.findall(r"\d+", word) == digits]
    hint = nearest(text, alike) if alike else ""
    return hint if hint.startswith(" Gemeint") else listed(known)


def listed(known: Iterable[str]) -> str:
    """Name what is known, in its own order, as a sentence after another one."""
    shown = list(dict.fromkeys(word for word in known if word))
    more = ", …" if len(shown) > LISTED else ""
    return f" Bekannt sind: {', '.join(shown[:LISTED])}{more}." if shown else ""


class BadValue(ValueError):
    """A cell that cannot be read: what is wrong and what to do, in German."""

    def __init__(self, was: str, tun: str) -> None:
        self.was, self.tun = was, tun
        super().__init__(was)
