"""What may not be derived from what: the counts of a report as one system of sums.

A `Problem` holds no verdict and no pattern. The suppressor (`suppress`) and the auditor (`audit`)
both read it, and share nothing else.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np


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
    zeros_shown : a zero would be published, so that a small number is at least 1.
    threshold : below it (and above 0, or from 0 on if zeros are not shown) a number is small; a
        difference of published numbers must not be small. 0: differences are of no concern.
    units : where its people must not come from few units.
    limits : what readers infer from other rules who know why a row is suppressed, or why not: the
        denominator of a rate is smaller than a rule asks for, or it is not.
    family : up to so many people of the count may know each other (children of one household), so
        that they know the number if there are no others; None: all that are too few to be told.
    """

    name: Hashable
    parts: frozenset[int]
    value: float | None
    sensitive: bool = False
    need: tuple[float, float] | None = None
    zeros_shown: bool = False
    threshold: float = 0
    units: Units | None = None
    limits: tuple[float, float] = (0.0, math.inf)
    family: int | None = None

    def leaves_few_units(self, parts: Sequence[Count]) -> bool:
        """Whether the people that are in no part come from too few units to be told."""
        own = self.units
        inside = [part.units for part in parts if part.units is not None]
        if own is None or len(inside) < len(parts) or any(u.kind != own.kind for u in inside):
            return False
        return own.number - sum(u.number for u in inside) < own.least

    def is_small(self, number: float) -> bool:
        """Whether a group of so many people must not be told, by the rule of this count."""
        return number < self.threshold and (number > 0 or not self.zeros_shown)

    def lawful(self, secondary: bool) -> tuple[float, float]:
        """Between which numbers a reader knows a suppressed one to be who knows all rules, and of
        every suppressed row whether it is one of those that had to be.

        A small number is below the threshold. A number in a row that had not to be suppressed is
        not small; of a 0 that might have been published this reader even knows that it is one (to
        know more than anybody can is on the safe side). Of the other numbers of a row that had to
        be suppressed the rules tell nothing: one reason is enough.

        Parameters
        ----------
        secondary : it stands in a row that had not to be suppressed.
        """
        least = 1.0 if self.zeros_shown else 0.0
        low, high = 0.0, math.inf
        if self.value is not None and self.sensitive:
            low = least if self.value > 0 else 0.0
            high = math.ceil(self.threshold) - 1.0 if self.is_small(self.value) else math.inf
        elif self.value is not None and secondary and not self.is_small(self.value):
            low = max(least, float(math.ceil(self.threshold))) if self.value > 0 else 0.0
            high = 0.0 if self.value == 0 and self.zeros_shown and self.threshold else math.inf
        return max(low, self.limits[0]), min(high, self.limits[1])

    @property
    def has_insider(self) -> bool:
        """Whether somebody in it knows the number: one person, or few who know each other."""
        most = max(math.ceil(self.threshold) - 1, 1) if self.family is None else self.family
        return self.sensitive and self.value is not None and 1 <= self.value <= most


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
    reasons : counts that it does not print, but for which it is suppressed if they are sensitive
        (those in the denominator only).
    """

    name: Hashable
    shows: tuple[Shown, ...]
    rates: tuple[Rate, ...] = ()
    cost: float = 1.0
    forced: bool = False
    fixed: bool = False
    reasons: tuple[int, ...] = ()


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
    inferred : what readers who know all rules know besides (dominance).
    """

    variables: tuple[Hashable, ...]
    counts: tuple[Count, ...]
    items: tuple[Item, ...]
    relations: tuple[Relation, ...] = ()
    partitions: tuple[tuple[int, tuple[int, ...]], ...] = ()
    inferred: tuple[Relation, ...] = ()

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
                or any(self.counts[c].sensitive for c in item.reasons)
            )
        )

    @cached_property
    def suppressible(self) -> frozenset[int]:
        """Items that can be suppressed: all that nobody has published already."""
        return frozenset(i for i, item in enumerate(self.items) if not item.fixed)

    @cached_property
    def told(self) -> np.ndarray:
        """By variable its true number, where a count of it alone has one; else not a number."""
        values = np.full(len(self.variables), np.nan)
        for count in self.counts:
            if len(count.parts) == 1 and count.value is not None:
                values[next(iter(count.parts))] = count.value
        return values

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
    def lawful(self) -> Mapping[int, tuple[float, float]]:
        """By count that decides whether a row is suppressed what readers infer who know the rules
        (`Count.lawful`), where they infer anything. If it is published, this says nothing new."""
        judged: dict[int, bool] = {}
        for i, item in enumerate(self.items):
            shown = [s.count for s in item.shows if s.low == s.high]
            for c in (*shown, *item.reasons):
                judged[c] = judged.get(c, False) or i not in self.primaries
        found = {c: self.counts[c].lawful(judged[c]) for c in sorted(judged)}
        return {c: ends for c, ends in found.items() if ends != (0.0, math.inf)}

    @cached_property
    def insiders(self) -> tuple[int, ...]:
        """Small counts of a cell that the report has, shown or suppressed: its people know the
        number. (Nobody knows of a rest that no table has how many are in it.)"""
        cells = {s.count for item in self.items for s in item.shows}
        return tuple(c for c, n in enumerate(self.counts) if n.has_insider and c in cells)

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
    insider : for ``insider``, index of the count that its people know.
    proof : for ``difference``, the published counts used; hiding any one of them ends it.
    """

    reader: str
    count: int | None
    low: float
    high: float
    insider: int | None = None
    proof: tuple[int, ...] = ()
