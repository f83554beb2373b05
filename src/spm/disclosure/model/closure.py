"""Groups of people that follow from printed ones by adding and subtracting."""

from __future__ import annotations

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T", bound=Hashable)

MOST = 400
"""So many groups are kept of those that printed ones give; further ones are sums of many."""


@dataclass(frozen=True)
class Combination(Generic[T]):
    """A group of people as printed groups, added (1) or subtracted (-1)."""

    members: frozenset[T]
    signs: Mapping[int, int]

    def value(self, numbers: Sequence[float]) -> float:
        """How many people are in it."""
        return sum(k * numbers[i] for i, k in self.signs.items())


def closure(groups: Sequence[frozenset[T]]) -> list[Combination[T]]:
    """Groups that follow from others: those inside another one leave its rest, and two without a
    common member make one together.

    Parameters
    ----------
    groups : members of each.

    Returns
    -------
    list of Combination
        The groups first, then what follows in one step, in two and so on, at most `MOST`.
    """
    found: dict[frozenset[T], Combination[T]] = {}
    for i, members in enumerate(groups):
        if members:
            found.setdefault(members, Combination(members, {i: 1}))
    new = list(found.values())
    while new and len(found) < MOST:
        fresh = []
        known = sorted(found.values(), key=lambda c: len(c.members))
        for a in new:
            for b in known:
                for made in _rests(a, b):
                    if made.members not in found and len(found) < MOST:
                        found[made.members] = made
                        fresh.append(made)
        if not fresh:
            first = list(found.values())
            for i, a in enumerate(first):
                for b in first[:i]:
                    union = a.members | b.members
                    inside = any(union < c.members or c.members < union for c in first)
                    if (
                        not a.members & b.members
                        and inside
                        and union not in found
                        and len(found) < MOST
                    ):
                        found[union] = Combination(union, _added(a.signs, b.signs, 1))
                        fresh.append(found[union])
        new = fresh
    return list(found.values())


def smallest(
    found: Iterable[tuple[frozenset[T], float]],
) -> list[tuple[frozenset[T], float]]:
    """Those that hold no other one: who is not told of a part is not told of the whole."""
    kept: list[tuple[frozenset[T], float]] = []
    for members, value in sorted(found, key=lambda pair: len(pair[0])):
        if not any(other < members for other, _ in kept):
            kept.append((members, value))
    return kept


def _rests(a: Combination[T], b: Combination[T]) -> Iterable[Combination[T]]:
    for whole, part in ((a, b), (b, a)):
        if part.members < whole.members:
            yield Combination(whole.members - part.members, _added(whole.signs, part.signs, -1))


def _added(first: Mapping[int, int], second: Mapping[int, int], sign: int) -> dict[int, int]:
    total = dict(first)
    for i, k in second.items():
        total[i] = total.get(i, 0) + sign * k
    return {i: k for i, k in total.items() if k}
