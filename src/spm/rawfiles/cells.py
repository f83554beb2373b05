"""The text of a cell as people see it, and what is wrong with one that cannot be read."""

import re
import unicodedata
from collections.abc import Iterable

from spm.errors import nearest

LISTED = 20
"""How many known texts an error names."""

_INVISIBLE = re.compile("[\u00ad\u200b\ufeff]")


def clean(text: str) -> str:
    """Drop what people do not see: line breaks, double, protected and outer blanks.

    Files from a Mac spell "ä" with two characters; they become one, as everywhere else.
    """
    return unicodedata.normalize("NFC", " ".join(_INVISIBLE.sub("", text).split()))


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
