"""Numbers that are printed rounded: what readers learn of them, and what must stay open then.

Whole, parts and totals are rounded each for itself. A small count that is printed rounded is not
suppressed: the agreed protection is that nobody can tell the numbers apart that are rounded alike.
So of such a count, all of them must stay possible; of a count that follows from rounded ones by
subtraction, all that the rounding of those leaves open. Where a total, an exact number elsewhere or
the order of the parts tells more, rows are suppressed after all.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace

from spm.disclosure.inputs.rules import Rule
from spm.disclosure.problem import Count, Item

BEYOND = 1e-9
"""By so much the end of a rounding interval is passed in what must stay possible, so that its last
whole number belongs to it; for readers of fractions that is no difference."""

Interval = tuple[float, float]


def rounded(value: float, base: int) -> float:
    """The nearest multiple of ``base``; exactly between two, the larger one."""
    return base * ((2 * int(value) + base) // (2 * base))


def rounding_interval(value: float, base: int) -> Interval:
    """First and last whole number that are rounded like ``value``."""
    if base == 1:
        return value, value
    shown = rounded(value, base)
    return float(max(shown - base // 2, 0)), float(shown + (base - 1) // 2)


def small_and_changed(
    number: int, error: float, threshold: float, rule: Rule, zeros_shown: bool
) -> Interval:
    """Between which numbers the true one is, for who knows that the delivered one is too small.

    Parameters
    ----------
    number, error : what was delivered, and how far the true one may be from it.
    zeros_shown : so that it is no 0.
    """
    how = [d.verfahren for d in rule.deliveries if d.verfahren]
    one = how and all(h.art == "rundung" and h.abweichung == error for h in how)
    # Multiples of 5 and of 4 are both at most 2 away.
    base = next((b for b in (2 * error + 1, 2 * error) if one and number % b == 0), 1)
    last = base * math.ceil(threshold / base - 1)
    return max(base - error, 0.0) if zeros_shown else 0.0, last + error


class Printed:
    """What readers learn of single counts, by their index.

    Attributes
    ----------
    shown : smallest and largest number that agree with what is printed of a count.
    """

    def __init__(self) -> None:
        self.shown: dict[int, Interval] = {}
        self._limits: dict[int, Interval] = {}

    def show(self, index: int, low: float, high: float) -> None:
        """A row prints a count."""
        self.shown[index] = _both(self.shown.get(index), low, high)

    def exactly(self, index: int) -> bool:
        """Whether nothing is printed of a count but its number."""
        low, high = self.shown.get(index, (0.0, 0.0))
        return low == high

    def same(self, index: int, other: int | None) -> None:
        """Readers know that two counts are the same number."""
        if other in self.shown:
            self.show(index, *self.shown[other])

    def derived(self, index: int, whole: int, parts: Sequence[int]) -> None:
        """Readers learn a count as what is left of a whole without some of its parts."""
        if any(c not in self.shown for c in (whole, *parts)):
            return
        low = self.shown[whole][0] - sum(self.shown[p][1] for p in parts)
        high = self.shown[whole][1] - sum(self.shown[p][0] for p in parts)
        if low < high:
            self._limits[index] = _both(self._limits.get(index), max(low, 0.0), high)

    def leave_open(self, counts: list[Count], items: Iterable[Item]) -> None:
        """Let what must stay possible of each count be what the rounding leaves open.

        Parameters
        ----------
        counts : changed in place; all of them must be known.
        items : all rows; one that is suppressed in any case tells nothing.
        """
        limits = dict(self._limits)
        for item in items:
            for s in item.shows if not item.forced else ():
                if s.low < s.high:
                    limits[s.count] = _both(limits.get(s.count), s.low, s.high)
        for index, (first, last) in limits.items():
            need = counts[index].need
            if need is not None:
                low, high = max(need[0], first), min(need[1], last + BEYOND)
                need = (low, high) if high > low + BEYOND else None
                counts[index] = replace(counts[index], need=need)


def _both(known: Interval | None, low: float, high: float) -> Interval:
    """What two intervals of one number have in common."""
    return (low, high) if known is None else (max(known[0], low), min(known[1], high))
