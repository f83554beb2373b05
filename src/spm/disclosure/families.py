"""Parts of a problem that can be protected one after the other.

Numbers belong together if they share people. A published number that is part of a relation only as
a whole (the denominator of a share) is a constant there and links nothing.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass

from spm.disclosure.problem import Problem


@dataclass(frozen=True)
class Family:
    """Sensitive counts that depend on each other.

    Parameters
    ----------
    sensitive : indices of the counts.
    items : those that show a number of the same people, and rates of them.
    partitions : positions in ``Problem.partitions``.
    """

    sensitive: tuple[int, ...]
    items: frozenset[int]
    partitions: tuple[int, ...]


def families(problem: Problem) -> list[Family]:
    """Split a problem, in the order of its sensitive counts."""
    parents = list(range(len(problem.variables)))

    def root(v: int) -> int:
        while parents[v] != v:
            parents[v] = parents[parents[v]]
            v = parents[v]
        return v

    def link(members: list[int]) -> None:
        for v in members[1:]:
            a, b = root(members[0]), root(v)
            parents[max(a, b)] = min(a, b)

    for count in problem.counts:
        link(sorted(count.parts))
    published = problem.published_counts(problem.primaries)
    whole = {problem.counts[c].parts for c in published}
    for relation in problem.relations:
        sides = [
            frozenset(v for v, k in relation.coefficients.items() if k * sign > 0)
            for sign in (1, -1)
        ]
        link(sorted(v for side in sides if side not in whole for v in side))
    for item in problem.items:
        for rate in item.rates:
            link(
                [
                    min(problem.counts[c].parts)
                    for c in (rate.numerator, rate.denominator)
                    if problem.counts[c].parts and problem.counts[c].parts not in whole
                ]
            )
    home = {c: root(min(n.parts)) for c, n in enumerate(problem.counts) if n.parts}
    sensitive: dict[int, list[int]] = defaultdict(list)
    for c, count in enumerate(problem.counts):
        if count.sensitive and c in home:
            sensitive[home[c]].append(c)
    items: dict[int, set[int]] = defaultdict(set)
    for i, item in enumerate(problem.items):
        if item.fixed:
            continue
        told = [s.count for s in item.shows]
        told += [c for r in item.rates for c in (r.numerator, r.denominator)]
        for c in told:
            if c in home:
                items[home[c]].add(i)
    partitions: dict[int, list[int]] = defaultdict(list)
    for p, (total, _) in enumerate(problem.partitions):
        partitions[home.get(total, -1)].append(p)
    homes = [*sensitive, *(h for h in partitions if h not in sensitive and h >= 0)]
    return [
        Family(tuple(sensitive[h]), frozenset(items[h]), tuple(partitions[h])) for h in homes
    ]
