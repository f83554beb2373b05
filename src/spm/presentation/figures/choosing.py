"""Which areas a block names: all of few, of many those that differ most clearly."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import NamedTuple

from spm.presentation import judging
from spm.presentation.figures.marks import marks_of
from spm.presentation.views import AreaRow, IndicatorView
from spm.published import HOEHER, NIEDRIGER

FEW = 12
"""Up to so many areas are all named; of more as many, and the rest is one band."""


ENDS = 8
"""Of many areas that are not compared so many of the highest and lowest are named."""


class Choice(NamedTuple):
    """``named`` have a row of their own, from high to low, those without a number last; ``rest``
    are the others that show a number."""

    named: list[AreaRow]
    rest: list[AreaRow]


def chosen(view: IndicatorView) -> Choice:
    """The areas with rows of their own, and the rest."""
    if len(view.area_names) <= FEW:
        return Choice(_ranked(view.areas), [])
    named = telling(view, view.published, FEW)
    return Choice(named, [row for row in view.published if row not in named])


def telling(view: IndicatorView, rows: list[AreaRow], most: int) -> list[AreaRow]:
    """Of many areas those to name: that differ most clearly, or none if no test shows any.

    Of counts and of whatever else is not compared at all the highest and the lowest: what was
    counted is a fact, and a band without any name says nothing.
    """
    if any(row.klasse for row in view.published):
        return clearest(view, rows, most)
    most = min(most, ENDS, len(rows))
    ranked = _ranked(rows)
    return [*ranked[: most - most // 2], *ranked[len(ranked) - most // 2 :]]


def clearest(view: IndicatorView, rows: list[AreaRow], most: int) -> list[AreaRow]:
    """Of areas that differ, those that do so most clearly, from high to low.

    Of higher and lower ones as many, as far as there are so many of both.
    """
    middle = view.total.shown if view.total_is_yardstick else 0.0

    def clarity(row: AreaRow) -> tuple[int, float]:
        return -marks_of(judging.judgement(view, row)), -abs(row.shown - middle)

    clear = sorted((r for r in rows if r.klasse in (*HOEHER, *NIEDRIGER)), key=clarity)
    high = [row for row in clear if row.klasse in HOEHER]
    low = [row for row in clear if row.klasse in NIEDRIGER]
    first = high[: max(most // 2, most - len(low))]
    return _ranked([*first, *low[: most - len(first)]])


def _ranked(rows: list[AreaRow]) -> list[AreaRow]:
    return sorted(rows, key=lambda row: -row.shown if row.ok else float("inf"))


def keys_of(rows: list[AreaRow]) -> tuple[dict[str, str], bool]:
    """A short key of every area for the map, and whether it stands in the names already.

    "Sozialraum 4" is "4" where all names end in numbers of their own; others have letters.
    """
    found = own_numbers([row.name for row in rows])
    if found:
        return {row.raum: key for row, key in zip(rows, found, strict=True)}, True
    return {row.raum: chr(ord("A") + i) for i, row in enumerate(rows)}, False


def own_numbers(names: Sequence[str]) -> list[str]:
    """The numbers at the end of names, if all have one and no two the same; else none."""
    numbers = [re.search(r" (\d+[a-z]?)$", name) for name in names]
    found = [number[1] for number in numbers if number]
    return found if len(found) == len(names) == len(set(found)) else []
