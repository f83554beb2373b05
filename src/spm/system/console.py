"""What consoles can show, and how a run is told to end."""

from __future__ import annotations

import codecs
import io
import signal
import sys
from collections.abc import Callable
from typing import NoReturn

ERRORS = "spm.legible"
"""Name of what writes a character that a console does not have, see `legible`."""

_ELSE = {
    "„": '"', "“": '"', "”": '"', "‚": "'", "‘": "'", "’": "'", "«": '"', "»": '"',
    "–": "-", "—": "-", "−": "-", "‑": "-", "…": "...", "•": "*", "·": "-",
    "→": "->", "←": "<-", "≥": ">=", "≤": "<=", "≈": "~", "×": "x", "✓": "+", "✗": "x",
    "\u00a0": " ", "\u202f": " ", "\u2009": " ", "\u2007": " ", "\u200b": "", "\u00ad": "",
    "ä": "ae", "ö": "oe", "ü": "ue", "Ä": "Ae", "Ö": "Oe", "Ü": "Ue", "ß": "ss", "ẞ": "SS",
    "§": "Par.", "€": "EUR", "²": "2", "°": "Grad",
}  # fmt: skip
"""What people read the same way, for consoles of few characters (cp1252, cp850, ASCII)."""


def prepare() -> None:
    """No character stops a command that is only printing: what a console does not have, is written
    in others. Call once, first."""
    codecs.register_error(ERRORS, legible)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors=ERRORS)


def legible(error: UnicodeError) -> tuple[str, int]:
    """In place of characters that an encoding does not have, others that it has; else "?"."""
    if not isinstance(error, UnicodeEncodeError):
        raise error
    text = error.object[error.start : error.end]
    return "".join(_known(c, error.encoding) for c in text), error.end


def _known(character: str, encoding: str) -> str:
    other = _ELSE.get(character, "?")
    try:
        other.encode(encoding)
    except UnicodeEncodeError:
        return "?"
    return other


def draws_everything(encoding: str) -> bool:
    """Whether a console has the signs with which progress is drawn."""
    return encoding.lower().replace("-", "").startswith("utf")


def on_end(ended: Callable[[int, object], NoReturn]) -> None:
    """Call a function when this process is told to end: not for Ctrl+C, which is an exception.

    SIGHUP: its terminal was closed. SIGBREAK: the same, and Ctrl+Break, under Windows.
    """
    for name in ("SIGTERM", "SIGHUP", "SIGBREAK"):
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # as of nohup
            signal.signal(number, ended)


def ignore(number: int) -> None:
    """Once is enough: cleaning up takes a moment."""
    signal.signal(number, signal.SIG_IGN)
