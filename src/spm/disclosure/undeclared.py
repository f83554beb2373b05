"""Sums between measures that hold in the deliveries and that nobody declared.

Two offices, or two tables of one, may count the same people. Who knows it calculates with it; where
disclosure control does not, it leaves open what that reader can tell. Nobody declares what he has
not noticed, so the numbers are asked: which two counts, or sums of two, are the same in every area
and year? What follows from declared sums, or from the groups of one measure, is none.

Every count gets a sum of its areas with fixed weights. It adds up as the counts do, so pairs are
compared by one number each; whoever agrees there is compared number by number.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
from numpy.typing import NDArray

from spm.config.selections import Auswahl, Zusammenhang
from spm.disclosure.model.groups import Groups, identity
from spm.statistics.selection import Store

if TYPE_CHECKING:
    import pandas as pd

    from spm.config.catalogue import Kennzahl

ENOUGH = 6
"""So many different rows of numbers above zero are no chance."""

PRIME = 2**31 - 1
FACTOR = 0x9E3779B97F4A7C15
"""Weights of the areas are its powers: whole numbers without a pattern, the same every time."""

Numbers = Mapping[tuple[int, str], int]
Key = tuple[Hashable, ...]


class Sum(NamedTuple):
    """``left`` together are as many as ``right`` together, in all of ``rows`` areas and years."""

    left: tuple[Auswahl, ...]
    right: tuple[Auswahl, ...]
    rows: int


def undeclared_sums(
    facts: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    sums: Mapping[str, Zusammenhang],
    areas: Collection[str],
) -> list[Sum]:
    """Sums of different measures that the deliveries suggest; none follows from the others.

    Parameters
    ----------
    facts : the store of counts, by today's areas.
    sums : those that are declared.
    areas : keys of the areas.

    Returns
    -------
    list of Sum
        With at most two selections on a side, fewest first. Of selections that no indicator prints
        at most one: more of them tell nothing that is printed. Only selections are compared that
        are known of all areas in at least one year.
    """
    facts = facts[facts["einrichtung"].isna()]
    printed = {identity(s): s for k in catalogue.values() for s in k.selections}
    asked = _with_values(printed, facts)
    store = Store(facts)
    numbers = {key: _numbers(store, wanted, areas) for key, wanted in asked.items()}
    known = _Known([*asked.values()], sums)
    for whole, parts in _wholes(asked):
        if _rows(numbers, [whole], parts):
            known.add([asked[whole]], [asked[key] for key in parts])
    found, across = [], []
    for left, right in _candidates(numbers, sorted(areas)):
        rows = _rows(numbers, left, right)
        if rows and len({row for row in rows if min(row) > 0}) >= ENOUGH:
            one = Sum(tuple(asked[k] for k in left), tuple(asked[k] for k in right), len(rows))
            if len({m for s in (*one.left, *one.right) for m in s.merkmal}) == 1:
                known.add(one.left, one.right)  # of one measure: its groups say so
            elif sum(key not in printed for key in (*left, *right)) <= 1:
                across.append(one)
    for one in sorted(across, key=lambda one: len(one.left) + len(one.right)):
        if known.add(one.left, one.right):
            found.append(one)
    return found


def _wholes(asked: Mapping[Key, Auswahl]) -> Iterator[tuple[Key, list[Key]]]:
    """What has values, and all of them."""
    values = defaultdict(list)
    for key, wanted in asked.items():
        if wanted.auspraegung is not None and len(wanted.auspraegung) == 1:
            rest = wanted.model_copy(update={"auspraegung": None})
            values[identity(rest)].append(key)
    for whole, parts in values.items():
        if whole in asked:
            yield whole, parts


def _with_values(printed: Mapping[Key, Auswahl], facts: pd.DataFrame) -> dict[Key, Auswahl]:
    """What is printed, and beside it every value of its measures, for the same ages."""
    values = facts.groupby("merkmal", observed=True)["auspraegung"].unique()
    asked = dict(printed)
    for wanted in printed.values():
        for measure in wanted.merkmal:
            named = [v for v in values.get(measure, ()) if isinstance(v, str)]
            for ages in (wanted.alter, None):
                for value in (None, *sorted(named)):
                    one = Auswahl(
                        merkmal=[measure],
                        alter=ages,
                        auspraegung=None if value is None else [value],
                    )
                    asked.setdefault(identity(one), one)
    return asked


def _numbers(store: Store, wanted: Auswahl, areas: Collection[str]) -> Numbers:
    counts = store.count(wanted, areas)
    return {k: c.anzahl for k, c in counts.items() if c.anzahl is not None and k[1] in areas}


def _candidates(
    numbers: Mapping[Key, Numbers], areas: Sequence[str]
) -> Iterator[tuple[tuple[Key, ...], tuple[Key, ...]]]:
    """Selections, and pairs of them, with equal numbers in all areas of one year.

    Of selections that are equal in a year only the first is compared further.
    """
    weights = np.cumprod(np.full(len(areas), FACTOR, dtype=np.uint64))  # modulo 2 ** 64
    for year in sorted({year for own in numbers.values() for year, _ in own}):
        alike: dict[int, list[Key]] = defaultdict(list)
        for key, own in numbers.items():
            row = [own.get((year, area)) for area in areas]
            if None not in row and any(row):
                alike[int((np.array(row, dtype=np.uint64) * weights).sum())].append(key)
        for keys in alike.values():
            for left, right in combinations(keys, 2):
                yield (left,), (right,)
        pairs = defaultdict(list)
        for (mark, (one, *_)), (more, (other, *_)) in combinations(alike.items(), 2):
            pairs[(mark + more) % 2**64].append((one, other))
        for mark, equal in pairs.items():
            for pair in equal if mark in alike else ():
                yield (alike[mark][0],), pair
            for pair, other in combinations(equal, 2):
                yield pair, other  # of two that share one, the others would be equal


def _rows(
    numbers: Mapping[Key, Numbers], left: Sequence[Key], right: Sequence[Key]
) -> list[tuple[int, ...]] | None:
    """The numbers of all areas and years that are known of each; None where they do not add up."""
    every = [numbers[key] for key in (*left, *right)]
    common = set(every[0]).intersection(*every[1:])
    rows = [tuple(own[place] for own in every) for place in sorted(common)]
    if any(sum(row[: len(left)]) != sum(row[len(left) :]) for row in rows):
        return None
    return rows


class _Known:
    """Linear equations between the smallest groups that selections tell apart.

    Kept as echelon form modulo a prime: whole numbers, no rounding.
    """

    def __init__(self, asked: Sequence[Auswahl], sums: Mapping[str, Zusammenhang]) -> None:
        members = [g for z in sums.values() for g in (z.summe, *z.teile, *z.abzueglich)]
        self._groups = Groups([*asked, *members])
        self._place: dict[tuple[str, int], int] = {}
        for wanted in (*asked, *members):
            for measure in wanted.merkmal:
                for group in range(self._groups.count(measure)):
                    self._place.setdefault((measure, group), len(self._place))
        self._echelon: dict[int, NDArray[np.int64]] = {}
        for one in sums.values():
            self.add([one.summe, *one.abzueglich], one.teile)

    def add(self, left: Sequence[Auswahl], right: Sequence[Auswahl]) -> bool:
        """Learn that both sides are equal; whether that is new."""
        row = np.zeros(len(self._place), dtype=np.int64)
        for sign, side in ((1, left), (-1, right)):
            for wanted in side:
                for measure in wanted.merkmal:
                    for group in self._groups.of(measure, wanted):
                        row[self._place[measure, group]] += sign
        row %= PRIME
        while row.any():
            first = int(np.flatnonzero(row)[0])
            if first not in self._echelon:
                self._echelon[first] = row * pow(int(row[first]), -1, PRIME) % PRIME
                return True
            row = (row - self._echelon[first] * row[first]) % PRIME
        return False
