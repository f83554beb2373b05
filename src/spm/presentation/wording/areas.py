"""Areas inside a sentence: by name with noun and article, or counted if there are too many."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spm.presentation.places import Place
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording.grammar import (
    MAX_NAMES,
    number_kept,
    plural,
    quoted,
    so_many,
    so_many_of,
    with_article,
)
from spm.text.numbers import NBSP, join_words

_NUMBER = r"(?:\d+|[A-Z]|[IVX]+)[a-z]?"
_NUMBERED = re.compile(rf"[^\W\d_][\w-]+ {_NUMBER}")
"""Names that need no other noun: "Sozialraum 4", "Bezirk IV"."""


def in_areas(rows: Sequence[AreaRow], view: IndicatorView) -> str:
    """Where: ``"in Sozialraum 4"``, ``"im Stadtteil Mürwik"``, ``"in fünf der 13 Stadtteile"``."""
    if len(rows) > MAX_NAMES:
        return f"in {so_many_of(len(rows), view.place, len(view.areas), case='dat')}"
    parts = _parts(rows, view.place, "dat")
    return " sowie ".join(f"im {p[4:]}" if p.startswith("dem ") else f"in {p}" for p in parts)


def for_areas(rows: Sequence[AreaRow], view: IndicatorView) -> str:
    """Whom for: ``"für Sozialraum 4"``, ``"für den Stadtteil Mürwik"``."""
    if len(rows) > MAX_NAMES:
        return f"für {so_many(len(rows), view.place, case='akk')}"
    return f"für {' sowie '.join(_parts(rows, view.place, 'akk'))}"


def _parts(rows: Sequence[AreaRow], place: Place, case: str) -> list[str]:
    """Areas named with the noun for areas, with one of their own, and groups named in the plural.

    A name stays as it is after the noun, whatever its case would be without: "im Stadtteil
    Westliche Höhe".
    """
    noun: list[str] = []
    own: list[str] = []
    groups: list[str] = []
    for row in rows:
        kind = groups if row.plural else own if _has_noun(row.name) else noun
        kind.append(row.name)
    parts = []
    if len(own) > 1 and all(name.startswith(f"{place.level} ") for name in own) and not noun:
        noun, own = own, []
    if own:
        parts.append(join_words([number_kept(name) for name in own]))
    if noun:
        start = (
            with_article(place, case) if len(noun) == 1 else f"{_die(case)} {plural(place, case)}"
        )
        names = [number_kept(name.removeprefix(f"{place.level} ")) for name in noun]
        blank = NBSP if noun[0][-1:].isdigit() else " "
        parts.append(f"{start}{blank}{join_words(names)}")
    if case == "dat":
        return [*parts, *(f"dem Gebiet {quoted(name)}" for name in groups)]
    return [*parts, *(f"{number_kept(name)} zusammen" for name in groups)]


def _has_noun(name: str) -> bool:
    """Whether a name stands alone: "Sozialraum 4" and "Bezirk IV", but "im Stadtteil Nord".

    Names with an adjective need the article, too: "im Statistischen Bezirk 4".
    """
    return _NUMBERED.fullmatch(name) is not None


def _die(case: str) -> str:
    return "den" if case == "dat" else "die"
