"""What may not be derived from what: the counts of a report as one system of sums.

A `Problem` holds no verdict and no pattern. The suppressor (`secondary`) and the auditor (`audit`)
both read it, and share nothing else.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property


@dataclass(frozen=True)
class Units:
    """How many units (households, say) the people of a count come from.

    Parameters
    ----------
    kind : counts of one kind are of people of other places; no unit is in two of them.
    number : of units.
    least : people of fewer units must not be told.
    """

    kind: Hashable
    number: float
    least: float


@dataclass(frozen=True)
class Count:
    """A number of people that may be printed, or must not be derived.

    Parameters
    ----------
    name : how the confidential list names it.
    parts : indices of the variables it sums, each once.
    value : the true number; None if only its sender knows it.
    sensitive : no reader may pin it down.
    need : for the plain and the integer reader every number from the first bound up to, but not
        including, the second must stay possible; None: it only must not be pinned down. So the
        interval of the plain reader, who knows no whole numbers, must reach the second bound, that
        of the integer reader the last whole number before it.
    zeros_shown : a zero would be published, so a reader who knows the rule infers from a
        suppressed number that it is at least 1.
    threshold : below it (and above 0, or from 0 on if zeros are not shown) a number is small; a
        difference of published numbers must not be small. 0: differences are of no concern.
    units : where its people must not come from few units.
    """

    name: Hashable
    parts: frozenset[int]
    value: float | None
    sensitive: bool = False
    need: tuple[float, float] | None = None
    zeros_shown: bool = False
    threshold: float = 0
    units: Units | None = None

    def leaves_few_units(self, parts: Sequence[Count]) -> bool:
        """Whether the people that are in no part come from too few units to be told."""
        own, inside = self.units, [part.units for part in parts]
        if own is None or any(u is None or u.kind != own.kind for u in inside):
            return False
        return own.number - sum(u.number for u in inside) < own.least

    def is_small(self, number: float) -> bool:
        """Whether a group of so many people must not be told, by the rule of this count."""
        return number < self.threshold and (number > 0 or not self.zeros_shown)


@dataclass(frozen=True)
class Shown:
    """What an item says about one count: ``low <= count <= high`` (equal unless rounded)."""

    count: int
    low: float
    high: float


@dataclass(frozen=True)
class Rate:
    """What a printed rate says: ``low * denominator <= numerator <= high * denominator``."""

    numerator: int
    denominator: int
    low: float
    high: float


@dataclass(frozen=True)
class Item:
    """What is published or suppressed as a whole: a row of the report, a cell, a printed rate.

    Parameters
    ----------
    name : unique.
    shows, rates : what a reader learns from it; indices are those of ``Problem.counts``.
    cost : loss if it is suppressed, above 0.
    forced : must be suppressed. An item that shows a sensitive count exactly is so by itself.
    fixed : cannot be suppressed, because it is known already (an earlier report).
    """

    name: Hashable
    shows: tuple[Shown, ...]
    rates: tuple[Rate, ...] = ()
    cost: float = 1.0
    forced: bool = False
    fixed: bool = False


@dataclass(frozen=True)
class Relation:
    """A sum that every reader knows: ``low <= sum(coefficient * variable) <= high``."""

    name: Hashable
    coefficients: Mapping[int, float]
    low: float = 0.0
    high: float = 0.0


@dataclass(frozen=True)
class Problem:
    """Whole, non-negative variables; counts are sums of them, items print counts.

    Parameters
    ----------
    variables : names; a variable is the smallest group that any count tells apart.
    counts : every number that is printed or must not be derived.
    items : what can be suppressed.
    relations : sums between variables that readers know besides the counts' own make-up.
    partitions : (whole, parts), as indices of counts: a reader may subtract those parts that are
        published from the whole and so learns the sum of the others. The parts are disjoint; they
        may leave a rest of the whole.
    """

    variables: tuple[Hashable, ...]
    counts: tuple[Count, ...]
    items: tuple[Item, ...]
    relations: tuple[Relation, ...] = ()
    partitions: tuple[tuple[int, tuple[int, ...]], ...] = ()

    @cached_property
    def primaries(self) -> frozenset[int]:
        """Items that must be suppressed: by order, or because they show a sensitive count."""
        return frozenset(
            i
            for i, item in enumerate(self.items)
            if not item.fixed
            and (
                item.forced
                or any(s.low == s.high and self.counts[s.count].sensitive for s in item.shows)
            )
        )

    @cached_property
    def showing(self) -> Sequence[Sequence[int]]:
        """By count the items that show it exactly."""
        result: list[list[int]] = [[] for _ in self.counts]
        for i, item in enumerate(self.items):
            for s in item.shows:
                if s.low == s.high:
                    result[s.count].append(i)
        return result

    @cached_property
    def insiders(self) -> tuple[int, ...]:
        """Counts of one single person in a cell that the report has, shown or suppressed: that
        person knows the number. (Nobody knows of a rest that no table has that it is a 1.)"""
        cells = {s.count for item in self.items for s in item.shows}
        return tuple(
            c for c, n in enumerate(self.counts) if n.sensitive and n.value == 1 and c in cells
        )

    def published_counts(self, hidden: frozenset[int]) -> set[int]:
        """Counts that a reader sees exactly if the items ``hidden`` are suppressed."""
        return {
            s.count
            for i, item in enumerate(self.items)
            if i not in hidden
            for s in item.shows
            if s.low == s.high
        }

    def loss(self, hidden: frozenset[int]) -> float:
        """Cost of the suppressed items that are no primaries."""
        return sum(self.items[i].cost for i in hidden - self.primaries)


@dataclass(frozen=True)
class Failure:
    """A reader succeeds against one count.

    Parameters
    ----------
    reader : ``plain``, ``integer``, ``threshold``, ``insider``, or ``difference`` (a published
        whole minus published parts leaves a small group).
    count : index of the count; None for ``difference``.
    low, high : what the reader derives.
    insider : for ``insider``, index of the count that the contributor knows.
    proof : for ``difference``, the published counts used; hiding any one of them ends it.
    """

    reader: str
    count: int | None
    low: float
    high: float
    insider: int | None = None
    proof: tuple[int, ...] = ()
