"""Areas inside a sentence: by name with noun and article, or counted if there are too many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spm.presentation.places import Ort
from spm.presentation.views import Sicht, Zeile
from spm.presentation.wording.grammar import (
    MAX_NAMES,
    anzahl,
    anzahl_von,
    genannt,
    mehrzahl,
    mit_artikel,
    mit_nummer,
)
from spm.text.numbers import NBSP, aufzaehlung

_NUMBER = r"(?:\d+|[A-Z]|[IVX]+)[a-z]?"
_NUMBERED = re.compile(rf"[^\W\d_][\w-]+ {_NUMBER}")
"""Names that need no other noun: "Sozialraum 4", "Bezirk IV"."""


def in_raeumen(rows: Sequence[Zeile], sicht: Sicht) -> str:
    """Where: ``"in Sozialraum 4"``, ``"im Stadtteil Mürwik"``, ``"in fünf der 13 Stadtteile"``."""
    if len(rows) > MAX_NAMES:
        return f"in {anzahl_von(len(rows), sicht.ort, len(sicht.areas), case='dat')}"
    parts = _parts(rows, sicht.ort, "dat")
    return " sowie ".join(f"im {p[4:]}" if p.startswith("dem ") else f"in {p}" for p in parts)


def fuer_raeume(rows: Sequence[Zeile], sicht: Sicht) -> str:
    """Whom for: ``"für Sozialraum 4"``, ``"für den Stadtteil Mürwik"``."""
    if len(rows) > MAX_NAMES:
        return f"für {anzahl(len(rows), sicht.ort, case='akk')}"
    return f"für {' sowie '.join(_parts(rows, sicht.ort, 'akk'))}"


def _parts(rows: Sequence[Zeile], ort: Ort, case: str) -> list[str]:
    """Areas named with the noun for areas, with one of their own, and groups named in the plural.

    A name stays as it is after the noun, whatever its case would be without: "im Stadtteil
    Westliche Höhe".
    """
    noun: list[str] = []
    own: list[str] = []
    groups: list[str] = []
    for row in rows:
        kind = groups if row.mehrere else own if _has_noun(row.name) else noun
        kind.append(row.name)
    parts = []
    if len(own) > 1 and all(name.startswith(f"{ort.raumebene} ") for name in own) and not noun:
        noun, own = own, []
    if own:
        parts.append(aufzaehlung([mit_nummer(name) for name in own]))
    if noun:
        start = mit_artikel(ort, case) if len(noun) == 1 else f"{_die(case)} {mehrzahl(ort, case)}"
        names = [mit_nummer(name.removeprefix(f"{ort.raumebene} ")) for name in noun]
        blank = NBSP if noun[0][-1:].isdigit() else " "
        parts.append(f"{start}{blank}{aufzaehlung(names)}")
    if case == "dat":
        return [*parts, *(f"dem Gebiet {genannt(name)}" for name in groups)]
    return [*parts, *(f"{mit_nummer(name)} zusammen" for name in groups)]


def _has_noun(name: str) -> bool:
    """Whether a name stands alone: "Sozialraum 4" and "Bezirk IV", but "im Stadtteil Nord".

    Names with an adjective need the article, too: "im Statistischen Bezirk 4".
    """
    return _NUMBERED.fullmatch(name) is not None


def _die(case: str) -> str:
    return "den" if case == "dat" else "die"
