"""Parts of a problem that are protected one after the other, each as a small problem of its own.

Numbers belong together if they share people. A published number that is part of a relation only as
a whole (the denominator of a share) is a constant there and links nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace

from spm.disclosure.problem import Count, Item, Problem, Relation


@dataclass(frozen=True)
class Family:
    """A part of a problem.

    Parameters
    ----------
    problem : the part; numbers outside are constants.
    items, counts : what its items and counts are called in the whole problem.
    cut : by relation of the whole problem, its counts that the part takes for published.
    """

    problem: Problem
    items: tuple[int, ...]
    counts: tuple[int, ...]
    cut: Mapping[int, frozenset[int]]


def families(problem: Problem, hidden: frozenset[int], linked: Collection[int]) -> list[Family]:
    """Split a problem; parts without a sensitive count and without sums are left out.

    Parameters
    ----------
    hidden : items that are suppressed in any case; what they alone show is no constant.
    linked : relations whose numbers must not be taken for constants.
    """
    return _Split(problem, hidden, linked).families()


class _Split:
    def __init__(self, problem: Problem, hidden: frozenset[int], linked: Collection[int]) -> None:
        self.problem = problem
        self.parents = list(range(len(problem.variables)))
        published = problem.published_counts(hidden)
        self.whole = {problem.counts[c].parts: c for c in sorted(published)}
        for count in problem.counts:
            self._link(sorted(count.parts))
        self.sides: dict[int, list[tuple[frozenset[int], int | None]]] = {}
        for r, relation in enumerate(problem.relations):
            self.sides[r] = self._sides(relation, r in linked)
            self._link(sorted(v for side, c in self.sides[r] if c is None for v in side))
        for relation in problem.inferred:
            self._link(sorted(relation.coefficients))
        for item in problem.items:
            for rate in item.rates:
                parts = [problem.counts[c].parts for c in (rate.numerator, rate.denominator)]
                self._link([min(p) for p in parts if p])
        self.sides = {r: self._at_home(sides) for r, sides in self.sides.items()}

    def _root(self, v: int) -> int:
        while self.parents[v] != v:
            self.parents[v] = self.parents[self.parents[v]]
            v = self.parents[v]
        return v

    def _link(self, members: list[int]) -> None:
        for v in members[1:]:
            a, b = self._root(members[0]), self._root(v)
            self.parents[max(a, b)] = min(a, b)

    def _sides(self, relation: Relation, linked: bool) -> list[tuple[frozenset[int], int | None]]:
        """The two sides of a relation, each with the published count that it is, if any."""
        sides = []
        for sign in (1, -1):
            side = frozenset(v for v, k in relation.coefficients.items() if k * sign > 0)
            plain = all(relation.coefficients[v] == sign for v in side)
            sides.append((side, None if linked or not plain else self.whole.get(side)))
        if sum(bool(side) for side, _ in sides) == 1:  # bounds of a number, whoever publishes it
            return [(side, None) for side, _ in sides]
        return sides

    def _at_home(
        self, sides: list[tuple[frozenset[int], int | None]]
    ) -> list[tuple[frozenset[int], int | None]]:
        """The sides, without constants that belong to the part of the other side anyway.

        They would save nothing, and the part would have to be decided anew once it hides them.
        """
        homes = {self._root(min(side)) for side, _ in sides if side}
        return [(side, None) for side, _ in sides] if len(homes) == 1 else sides

    def families(self) -> list[Family]:
        problem = self.problem
        members: dict[int, list[int]] = defaultdict(list)
        for v in range(len(problem.variables)):
            members[self._root(v)].append(v)
        counts: dict[int, list[int]] = defaultdict(list)
        for c, count in enumerate(problem.counts):
            if count.parts:
                counts[self._root(min(count.parts))].append(c)
        relations: dict[int, list[int]] = defaultdict(list)
        for r, sides in self.sides.items():
            free = {self._root(min(s)) for s, c in sides if s and c is None}
            # Two published numbers: nothing follows, unless one of them is hidden in its part.
            for home in free or {self._root(min(s)) for s, _ in sides if s}:
                relations[home].append(r)
        items: dict[int, list[int]] = defaultdict(list)
        for i, item in enumerate(problem.items):
            told = [s.count for s in item.shows] + [r.numerator for r in item.rates]
            told += item.reasons
            cells = (problem.counts[c].parts for c in told)
            for home in dict.fromkeys(self._root(min(p)) for p in cells if p):
                items[home].append(i)
        partitions: dict[int, list[tuple[int, tuple[int, ...]]]] = defaultdict(list)
        for whole, parts in problem.partitions:
            if problem.counts[whole].parts:
                partitions[self._root(min(problem.counts[whole].parts))].append((whole, parts))
        return [
            self._family(members[h], counts[h], items[h], relations[h], partitions[h])
            for h in sorted(members)
            if partitions[h] or any(problem.counts[c].sensitive for c in counts[h])
        ]

    def _family(
        self,
        members: list[int],
        counts: list[int],
        items: list[int],
        relations: list[int],
        partitions: list[tuple[int, tuple[int, ...]]],
    ) -> Family:
        problem = self.problem
        variable = {v: k for k, v in enumerate(members)}
        number = {c: k for k, c in enumerate(counts)}
        small_counts: list[Count] = [
            replace(
                problem.counts[c], parts=frozenset(variable[v] for v in problem.counts[c].parts)
            )
            for c in counts
        ]
        small_items: list[Item] = []
        for i in items:
            item = problem.items[i]
            shows = tuple(
                replace(s, count=number[s.count]) for s in item.shows if s.count in number
            )
            rates = tuple(
                replace(r, numerator=number[r.numerator], denominator=number[r.denominator])
                for r in item.rates
                if r.numerator in number
            )
            reasons = tuple(number[c] for c in item.reasons if c in number)
            forced = i in problem.primaries
            small_items.append(
                replace(item, shows=shows, rates=rates, reasons=reasons, forced=forced)
            )
        cut: dict[int, frozenset[int]] = {}
        small_relations = []
        for r in relations:
            relation, shift = problem.relations[r], 0.0
            inside: dict[int, float] = {}
            for sign, (side, c) in zip((1, -1), self.sides[r], strict=True):
                if c is None:
                    inside |= {variable[v]: relation.coefficients[v] for v in sorted(side)}
                else:
                    value = problem.counts[c].value
                    assert value is not None  # families part only at known counts
                    shift += sign * value
                    cut[r] = cut.get(r, frozenset()) | {c}
            if inside:
                small_relations.append(
                    Relation(relation.name, inside, relation.low - shift, relation.high - shift)
                )
        part = Problem(
            variables=tuple(problem.variables[v] for v in members),
            counts=tuple(small_counts),
            items=tuple(small_items),
            relations=tuple(small_relations),
            partitions=tuple(
                (number[w], tuple(number[p] for p in parts))
                for w, parts in partitions
                if all(p in number for p in parts)
            ),
            inferred=tuple(
                replace(r, coefficients={variable[v]: k for v, k in r.coefficients.items()})
                for r in problem.inferred
                if min(r.coefficients) in variable
            ),
        )
        return Family(part, tuple(items), tuple(counts), cut)
