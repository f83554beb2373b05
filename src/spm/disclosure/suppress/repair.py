"""What is left after the search: hide more, near what the audit finds, until it finds nothing."""

from __future__ import annotations

from collections.abc import Callable

from spm.disclosure.problem import Failure, Problem
from spm.disclosure.suppress.differences import cheapest_set, ends

Attack = Callable[[frozenset[int]], tuple[Failure, ...]]
"""What readers find out if these items are suppressed."""


def still_open(failures: tuple[Failure, ...], lost: set[int]) -> list[Failure]:
    """Failures, but for counts that cannot be protected."""
    return [f for f in failures if f.count is None or f.count not in lost]


def repair(
    problem: Problem, hidden: frozenset[int], lost: set[int], attack: Attack
) -> tuple[frozenset[int], bool, set[int]]:
    """Hide something near the first finding until the audit has none.

    What shows the same people goes first, and of that the cheapest.
    """
    lost, start = set(lost), hidden
    while failures := still_open(attack(hidden), lost):
        first = failures[0]
        if first.count is None:
            sets = ends(problem, first, hidden)
            if not sets:  # an earlier report tells it
                break
            hidden |= cheapest_set(problem, sets)
            continue
        parts = problem.counts[first.count].parts
        near = [
            (not any(problem.counts[s.count].parts & parts for s in item.shows), item.cost, i)
            for i, item in enumerate(problem.items)
            if i not in hidden and not item.fixed and (item.shows or item.rates)
        ]
        if near:
            hidden |= {min(near)[2]}
        else:
            lost.add(first.count)
    return hidden, hidden != start, lost
