"""Sum the facts that a selector of the catalogue asks for, by year and area.

Plain Python on purpose: a report asks for some hundred small sums, and each of them costs less than
one operation on a data frame.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any, NamedTuple

import pandas as pd

from spm.config.selections import Auswahl
from spm.facts import GEZAEHLT
from spm.published import GESAMT, GESPERRT, NICHT_GELIEFERT, NICHT_ZUORDENBAR
from spm.text.ages import Age, tile

DIMENSIONS = ["geschlecht", "staatsangehoerigkeit", "auspraegung"]
WHOLE = {"geschlecht": {"m", "w"}, "staatsangehoerigkeit": {"deutsch", "nichtdeutsch"}}
"""What a split must hold so that its sum is everybody."""

OPEN_END = 999
"""Stands for "and older": above every age, so that an open-ended group can end a tiling."""

SEVERITY = [GEZAEHLT, GESPERRT, NICHT_GELIEFERT]
"""A sum is as good as its worst part: the last of these."""

Key = tuple[int, str]
"""Year and area."""


class Count(NamedTuple):
    """A sum of facts; ``anzahl`` is None unless all its parts were counted.

    ``geschaetzt``: a part of it was moved from earlier areas onto today's. ``deviation``: so far
    the true number may be away, because the sender changed its parts (`Store`). ``suppressed``: so
    many of its parts were suppressed by the sender; ``known``: the sum of the others.
    """

    anzahl: int | None
    status: str
    geschaetzt: bool = False
    deviation: float = 0
    suppressed: int = 0
    known: int = 0

    @property
    def counted(self) -> int:
        """``anzahl`` of what is known to be counted."""
        assert self.anzahl is not None
        return self.anzahl


MISSING = Count(None, NICHT_GELIEFERT)
"""Stands for what nobody delivered."""


class _Row(NamedTuple):
    key: Key
    age: Age | None
    groups: tuple[str | None, ...]
    found: Count


class _Kind(NamedTuple):
    """Rows of one delivery that are split by the same groups."""

    delivery: str
    by_age: bool
    by_group: tuple[bool, ...]


class Store:
    """The facts, by measure and kind, ready to be summed.

    A measure is read when it is asked for: a trial of one indicator needs two of some hundred.

    Parameters
    ----------
    facts : the store of counts, without facilities (``einrichtung`` null).
    errors : by delivery, how far each of its numbers may be from the true one, because its sender
        protected them so; default: all are true.
    apart : measures whose municipality is no sum of areas (``gesamtzahl``): without a delivered
        total it is not known.
    """

    def __init__(
        self,
        facts: pd.DataFrame,
        errors: Mapping[str, float] | None = None,
        apart: Collection[str] = (),
    ) -> None:
        self._facts, self._errors, self._apart = facts, errors or {}, apart
        self._places = facts.groupby("merkmal", observed=True).indices
        self._read: dict[str, dict[_Kind, list[_Row]]] = {}

    @cached_property
    def _columns(self) -> list[list[Any]]:
        """The columns of `_by_kind`; plain lists, for some hundred measures are cut from them."""
        columns = ["lieferung", "jahr", "raum", "alter_von", "alter_bis", *DIMENSIONS]
        columns += ["anzahl", "status", "geschaetzt"]
        return [_plain(self._facts[column]) for column in columns]

    def _kinds(self, measure: str) -> dict[_Kind, list[_Row]]:
        """The rows of one measure."""
        if measure not in self._read:
            places = self._places.get(measure, [])
            rows = zip(*([column[i] for i in places] for column in self._columns), strict=True)
            self._read[measure] = _by_kind(rows, self._errors)
        return self._read[measure]

    def count(self, wanted: Auswahl, areas: Iterable[str]) -> dict[Key, Count]:
        """Sum what ``wanted`` selects.

        Parameters
        ----------
        areas : keys of the areas whose sum is the municipality.

        Returns
        -------
        dict
            By year and area (also "nz" and "gesamt"); only keys of which something was delivered.

        Notes
        -----
        A group that the selector does not name is summed over; the sum over everybody, where it
        was delivered as such, is preferred to a sum of parts. Ages must be tiled exactly by
        delivered age groups. The municipality is the delivered total or, without one, the sum over
        all areas and those without an area, and known only if each of them is.
        """
        areas = list(areas)
        parts = [
            found if m in self._apart else _with_total(found, areas)
            for m in wanted.merkmal
            for found in [self._one_measure(m, wanted)]
        ]
        if len(parts) == 1:
            return parts[0]
        # A measure without a row for a key was not delivered; that is no 0.
        keys = sorted({key for part in parts for key in part})
        return {key: added([part.get(key, MISSING) for part in parts]) for key in keys}

    def _one_measure(self, measure: str, wanted: Auswahl) -> dict[Key, Count]:
        """Answer from each kind that can: a counted answer first, then the least split one."""
        best: dict[Key, Count] = {}
        kinds = self._kinds(measure)
        for kind in sorted(kinds, key=lambda k: (k.by_age + sum(k.by_group), k)):
            if not _can_answer(kind, wanted):
                continue
            for key, found in _from_kind(kinds[kind], kind, wanted).items():
                if key not in best or _severity(found) < _severity(best[key]):
                    best[key] = found
        return best


def _by_kind(
    rows: Iterable[tuple[Any, ...]], errors: Mapping[str, float]
) -> dict[_Kind, list[_Row]]:
    kinds: dict[_Kind, list[_Row]] = defaultdict(list)
    for row in rows:
        sender, year, raum, von, bis, *groups, anzahl, status, moved = row
        age = None if von is None else (int(von), OPEN_END if bis is None else int(bis))
        kind = _Kind(sender, age is not None, tuple(g is not None for g in groups))
        known = int(anzahl) if status == GEZAEHLT else None
        error = errors.get(sender, 0)
        # Nobody knows how the errors of earlier areas add up in today's.
        error = float("inf") if moved and error else error
        count = Count(
            anzahl=known,
            status=status,
            geschaetzt=bool(moved),
            deviation=error,
            suppressed=int(status == GESPERRT),
            known=known or 0,
        )
        kinds[kind].append(_Row((int(year), raum), age, tuple(groups), count))
    return kinds


def _plain(column: pd.Series) -> list[Any]:
    """The values of a column, None where there is none."""
    missing = column.isna().tolist()
    return [None if m else v for m, v in zip(missing, column.tolist(), strict=True)]


def _severity(count: Count) -> int:
    return SEVERITY.index(count.status)


def added(counts: Sequence[Count]) -> Count:
    """The sum of counts; as good as its worst part."""
    worst = max(counts, key=_severity).status
    total = sum(c.counted for c in counts) if worst == GEZAEHLT else None
    moved, error = any(c.geschaetzt for c in counts), sum(c.deviation for c in counts)
    withheld, told = sum(c.suppressed for c in counts), sum(c.known for c in counts)
    return Count(
        anzahl=total,
        status=worst,
        geschaetzt=moved,
        deviation=error,
        suppressed=withheld,
        known=told,
    )


def _with_total(counts: dict[Key, Count], areas: list[str]) -> dict[Key, Count]:
    """Add the municipality where the sender delivered no total (or suppressed it)."""
    complete = dict(counts)
    for year in sorted({year for year, _ in counts}):
        parts = [counts.get((year, raum), MISSING) for raum in areas]
        if (year, NICHT_ZUORDENBAR) in counts:
            parts.append(counts[year, NICHT_ZUORDENBAR])
        # Whoever was moved lives in the municipality as before: all areas together are exact.
        total = added(parts)._replace(geschaetzt=False)
        # Without a sum, the delivered status says more ("suppressed") than "an area is missing".
        delivered = counts.get((year, GESAMT))
        if delivered is None or (delivered.status != GEZAEHLT and total.status == GEZAEHLT):
            complete[year, GESAMT] = total
    return complete


def _can_answer(kind: _Kind, wanted: Auswahl) -> bool:
    if wanted.alter is not None and not kind.by_age:
        return False
    asked = (getattr(wanted, d) is not None for d in DIMENSIONS)
    return all(split or not is_asked for split, is_asked in zip(kind.by_group, asked, strict=True))


def _from_kind(rows: list[_Row], kind: _Kind, wanted: Auswahl) -> dict[Key, Count]:
    """Sum per year and area; a combination that only other areas have was not delivered."""
    for position, dimension in enumerate(DIMENSIONS):
        values = getattr(wanted, dimension)
        if values is not None:
            rows = [r for r in rows if r.groups[position] in values]
    if kind.by_age:
        tiles = _tiles_by_year(rows, wanted)
        rows = [r for r in rows if r.age in tiles[r.key[0]]]
    cells: dict[Key, list[Count]] = defaultdict(list)
    seen: dict[int, list[set[Any]]] = defaultdict(
        lambda: [set() for _ in range(len(DIMENSIONS) + 1)]
    )
    for row in rows:
        cells[row.key].append(row.found)
        for values, value in zip(seen[row.key[0]], (*row.groups, row.age), strict=True):
            values.add(value)
    expected = {}
    for year, found in seen.items():
        expected[year] = len(found[-1])
        for values, dimension, split in zip(found, DIMENSIONS, kind.by_group, strict=False):
            asked = getattr(wanted, dimension)
            if split and not asked and not values >= WHOLE.get(dimension, set()):
                expected[year] = 0  # only foreigners were delivered, say: no sum over everybody
            expected[year] *= len(set(asked or values))
    return {
        key: added([*counts, MISSING] if len(counts) < expected[key[0]] else counts)
        for key, counts in cells.items()
        if expected[key[0]]
    }


def _tiles_by_year(rows: list[_Row], wanted: Auswahl) -> dict[int, set[Age]]:
    """Per year the age groups that together make exactly the wanted ages; none if none do.

    The rows are split by age: each has one.
    """
    delivered: dict[int, set[Age]] = defaultdict(set)
    for row in rows:
        if row.age is not None:
            delivered[row.key[0]].add(row.age)
    tiles = {}
    for year, ages in delivered.items():
        limits = wanted.ages
        if limits is None:
            first, last = min(von for von, _ in ages), max(bis for _, bis in ages)
        else:
            first, bis = limits
            last = OPEN_END if bis is None else bis
        tiles[year] = set(tile(ages, first, last))
    return tiles
