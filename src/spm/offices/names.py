"""Offices as names of files, and the deliveries of each."""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING

from spm.system.names import is_reserved

if TYPE_CHECKING:
    from spm.config.params import Params

LONGEST = 60

_GERMAN = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})


def file_name(text: str, longest: int = LONGEST) -> str:
    """A text as the name of a file on every system, without its ending.

    Examples
    --------
    >>> file_name("Jugendamt, Abteilung Kindertagesbetreuung")
    'jugendamt-abteilung-kindertagesbetreuung'
    """
    plain = unicodedata.normalize("NFKD", text.lower().translate(_GERMAN))
    name = re.sub(r"[^a-z0-9]+", "-", plain.encode("ascii", "ignore").decode()).strip("-")
    name = name[:longest].strip("-") or "stelle"
    return f"{name}-" if is_reserved(name) else name


def offices(params: Params) -> dict[str, tuple[str, list[str]]]:
    """By office, in the order of the params file: its name as that of a file, which no other one
    has, and the keys of its deliveries."""
    found: dict[str, list[str]] = {}
    for key, delivery in params.lieferungen.items():
        found.setdefault(delivery.stelle, []).append(key)
    named: dict[str, tuple[str, list[str]]] = {}
    taken: set[str] = set()
    for office, keys in found.items():
        name = plain = file_name(office)
        number = 2
        while name in taken:
            name, number = f"{plain}-{number}", number + 1
        taken.add(name)
        named[office] = name, keys
    return named
