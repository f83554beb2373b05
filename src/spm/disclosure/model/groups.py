"""The smallest groups that any printed count tells apart, by measure.

A report that prints children aged 0 to 17, aged 0 to 2, and foreign children aged 0 to 17 tells
four groups apart: young or older, foreign or not. Every printed count is a sum of such groups, so
whatever can be derived by adding and subtracting is a sum of them, too.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Sequence
from itertools import product

from spm.config.selections import Auswahl, Once
from spm.statistics.selection import DIMENSIONS, OPEN_END

OTHER = None
"""Stands for every value of a group that no selection names."""

CLOSED = {"staatsangehoerigkeit": {"deutsch", "nichtdeutsch"}, "geschlecht": {"m", "w", "d"}}
"""Groups whose values are all known: if each of them is named, there is nothing else."""


class Groups:
    """The groups of every measure.

    Parameters
    ----------
    selections : all selections whose counts are printed.
    """

    def __init__(self, selections: Iterable[Auswahl]) -> None:
        by_measure: dict[str, list[Auswahl]] = defaultdict(list)
        for wanted in selections:
            for measure in wanted.merkmal:
                by_measure[measure].append(wanted)
        self._numbers: dict[str, dict[tuple[int, ...], int]] = {}
        self._chosen: dict[tuple[str, tuple[Hashable, ...]], frozenset[int]] = {}
        for measure, asked in by_measure.items():
            self._divide(measure, asked)

    def of(self, measure: str, wanted: Auswahl) -> frozenset[int]:
        """Numbers of the groups of ``measure`` that a selection sums."""
        return self._chosen[measure, identity(wanted)]

    def count(self, measure: str) -> int:
        """How many groups a measure has."""
        return len(self._numbers[measure])

    def _divide(self, measure: str, selections: list[Auswahl]) -> None:
        """Cut everybody into cells by all limits and values named; cells that every selection
        treats alike are one group; cells that none counts are nobody's concern."""
        distinct = list({identity(s): s for s in selections}.values())
        starts = sorted({0} | {edge for s in distinct for edge in _edges(s)})
        values = [_values(distinct, dimension) for dimension in DIMENSIONS]
        numbers: dict[tuple[int, ...], int] = {}
        chosen: dict[int, set[int]] = defaultdict(set)
        for age, groups in product(starts, product(*values)):
            inside = tuple(i for i, s in enumerate(distinct) if _counts(s, age, groups))
            if inside:
                number = numbers.setdefault(inside, len(numbers))
                for i in inside:
                    chosen[i].add(number)
        self._numbers[measure] = numbers
        for i, s in enumerate(distinct):
            self._chosen[measure, identity(s)] = frozenset(chosen[i])


def identity(wanted: Auswahl) -> tuple[Hashable, ...]:
    """What two selections must share to select the same people (the year apart)."""
    return _IDENTITY(wanted)


def _identity(wanted: Auswahl) -> tuple[Hashable, ...]:
    first, last = wanted.ages or (0, None)
    return (
        tuple(sorted(wanted.merkmal)),
        (first or 0, OPEN_END if last is None else last),
        *(tuple(sorted(getattr(wanted, dimension) or ())) for dimension in DIMENSIONS),
    )


_IDENTITY = Once(_identity)


def _edges(wanted: Auswahl) -> list[int]:
    """First ages of the segments that a selection cuts out."""
    limits = wanted.ages
    if limits is None:
        return []
    first, last = limits
    return [first or 0] + ([] if last is None else [last + 1])


def _values(selections: list[Auswahl], dimension: str) -> list[str | None]:
    named = {v for s in selections for v in getattr(s, dimension) or ()}
    if named and named == CLOSED.get(dimension):
        return sorted(named)
    return [*sorted(named), OTHER]


def _counts(wanted: Auswahl, age: int, groups: Sequence[str | None]) -> bool:
    limits = wanted.ages
    if limits is not None:
        first, last = limits
        if not (first or 0) <= age <= (OPEN_END if last is None else last):
            return False
    for dimension, value in zip(DIMENSIONS, groups, strict=True):
        asked = getattr(wanted, dimension)
        if asked is not None and value not in asked:
            return False
    return True
