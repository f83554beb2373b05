"""The cheapest pattern of a small problem.

Cutting planes (Fischetti & Salazar-González 2001): a reader's proof that a count cannot be as far
off as it must be uses published statements; the pattern has to take enough of them away. Proofs are
the duals of linear programs. What only whole numbers prove is cut off by the largest pattern for
which the proof still works.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from functools import partial

import numpy as np
from scipy import sparse

from spm.disclosure.solver import Program, Status
from spm.disclosure.suppress.demands import TOLERANCE, Demand, Witnesses
from spm.disclosure.suppress.differences import differences
from spm.disclosure.suppress.witness import View, search, unmet

ROUNDS = 60
"""Of master problem and proofs; a problem that needs more is left to the heuristic."""
MASTER_NODES = 5_000
"""Of one master problem."""
SUPERSETS = 5
"""Largest failing patterns that are looked for in one round; each takes many searches."""
NEGLIGIBLE = 1e-9

Cut = dict[frozenset[int], float]
"""``sum(coefficient * unknown) >= 1``; unknown is 1 if all items of the set are suppressed."""


def cheapest(
    view: View,
    pool: Witnesses,
    wanted: Sequence[Demand],
    hidden: frozenset[int],
    allowed: frozenset[int],
    partitions: Collection[int],
) -> frozenset[int] | None:
    """Find the cheapest pattern that meets all demands and leaves no small difference.

    Parameters
    ----------
    view : of the pattern ``allowed``.
    wanted : demands that are met if all allowed items are suppressed.
    hidden : suppressed already, at no cost.
    allowed : what may be suppressed, including ``hidden``.
    partitions : positions of those that must not leave a small difference.

    Returns
    -------
    The items to be suppressed, or None if that takes too long.
    """
    master = _Master(view, hidden, allowed)
    for _ in range(ROUNDS):
        pattern = master.solve()
        if pattern is None:
            return None
        cuts = _difference_cuts(view, pattern, partitions)
        # One demand a count: what is proved for the others is mostly the same.
        some = partial(unmet, view, pool, hidden=pattern, each=True)
        failed = some([d for d in wanted if d.insider < 0])
        if not failed and not cuts:
            failed = some([d for d in wanted if d.insider >= 0])
        unproved = []
        for d in failed:
            cut = _proof(view, d, pattern)
            if cut is None:
                unproved.append(d)
            else:
                cuts.append(cut)
        for d in unproved if not cuts else []:
            cuts.append(_superset_cut(view, pool, d, pattern, allowed))
            if len(cuts) == SUPERSETS:
                break
        if not cuts:
            return pattern
        if not all([master.add(cut) for cut in cuts]):
            return None
    return None


class _Master:
    """Which items to suppress so that all cuts found so far hold."""

    def __init__(self, view: View, hidden: frozenset[int], allowed: frozenset[int]) -> None:
        items = view.system.problem.items
        self.hidden = hidden
        self.choice = sorted(allowed - hidden)
        self.column = {i: j for j, i in enumerate(self.choice)}
        costs = np.array([items[i].cost for i in self.choice])
        costs = costs / costs.mean() if len(costs) else costs
        # Of equally cheap patterns the one with the fewest items, then with the first ones.
        self.costs = list(costs + 1e-5 * (1 + np.arange(len(costs)) / (len(costs) + 1)))
        self.sets: dict[frozenset[int], int] = {}
        self.links: list[tuple[int, int]] = []
        self.cuts: list[dict[int, float]] = []

    def add(self, cut: Cut) -> bool:
        """Add a cut; False if no pattern can meet it."""
        row: dict[int, float] = {}
        for items, coefficient in cut.items():
            open_ = items - self.hidden
            if all(i in self.column for i in open_):
                column = self._unknown(open_)
                row[column] = min(1.0, row.get(column, 0.0) + coefficient)
        self.cuts.append(row)
        return sum(row.values()) >= 1 - TOLERANCE

    def _unknown(self, items: frozenset[int]) -> int:
        if len(items) == 1:
            return self.column[next(iter(items))]
        if items not in self.sets:
            self.sets[items] = len(self.costs)
            self.links += [(len(self.costs), self.column[i]) for i in sorted(items)]
            self.costs.append(0.0)
        return self.sets[items]

    def solve(self) -> frozenset[int] | None:
        if not self.cuts:
            return self.hidden
        width, rows = len(self.costs), [*self.cuts]
        rows += [{both: -1.0, one: 1.0} for both, one in self.links]
        ends = np.cumsum([0, *map(len, rows)])
        columns = np.fromiter((c for row in rows for c in row), np.int32, ends[-1])
        data = np.fromiter((x for row in rows for x in row.values()), float, ends[-1])
        matrix = sparse.csr_matrix((data, columns, ends), (len(rows), width))
        low = np.repeat([1.0, 0.0], [len(self.cuts), len(self.links)])
        # The number of a set is whole by itself, for costs push it up to the smallest of its items.
        whole = np.arange(width) < len(self.choice)
        found = Program(matrix, whole).minimise(
            np.array(self.costs),
            low,
            np.full(len(low), np.inf),
            np.zeros(width),
            np.ones(width),
            whole=True,
            mip_max_nodes=MASTER_NODES,
        )
        if found.status is not Status.OPTIMAL or found.x is None:
            return None
        return self.hidden | {i for i, j in self.column.items() if found.x[j] > 0.5}


def _difference_cuts(view: View, pattern: frozenset[int], partitions: Collection[int]) -> list[Cut]:
    showing = view.system.problem.showing
    return [
        {frozenset(showing[c]): 1.0 for c in sorted(failure.proof)}
        for failure in differences(view.system.problem, pattern, which=partitions)
    ]


def _proof(view: View, d: Demand, pattern: frozenset[int]) -> Cut | None:
    """What a linear program takes to prove that a demand is not met; None: it proves no such."""
    if d.side:
        return _one_side(view, d, d.side, d.target, pattern)
    cut: Cut = {}
    for side in (-1, 1):
        half = _one_side(view, d, side, d.target + side, pattern)
        if half is None:
            return None
        # Either side may give way, and each half adds up to 1 as soon as its side does.
        for items, coefficient in half.items():
            cut[items] = cut.get(items, 0.0) + coefficient
    return cut


def _one_side(
    view: View, d: Demand, side: int, target: float, pattern: frozenset[int]
) -> Cut | None:
    block, system = view.block(d), view.system
    published = system.known(pattern)[block.names]
    low, high = block.knowledge(d, published)
    aim, at = block.aim(d.about)
    nothing, free = np.zeros(block.width), np.full(block.width, np.inf)
    result = block.strict.minimise(-side * aim, low, high, nothing, free)
    if result.status is not Status.OPTIMAL:
        return None
    # In terms of the smallest possible -side * count: it is too large by so much.
    excess = result.value + side * (target - at)
    if excess <= TOLERANCE:
        return None
    weights, own = result.duals[block.soft] * published, low[block.soft]
    cut: Cut = {}
    for r in np.flatnonzero(np.abs(weights) > NEGLIGIBLE):
        told, lower = block.names[r], weights[r] > 0  # else it is the upper bound that counts
        # A sum that is no longer told is still at least 0; above, it has no end but by rule.
        open_ = np.inf
        if d.lawful:
            exact = system.low[told] if lower else system.high[told]
            open_ = abs(system.fallback[told, 0 if lower else 1] - exact)
        bottom = own[r] if lower and block.positive[r] else np.inf
        coefficient = min(1.0, abs(weights[r]) * min(bottom, open_) / excess + TOLERANCE)
        items = frozenset(system.items[told])
        cut[items] = min(1.0, cut.get(items, 0.0) + coefficient)
    return cut


def _superset_cut(
    view: View, pool: Witnesses, d: Demand, pattern: frozenset[int], allowed: frozenset[int]
) -> Cut:
    """Something outside the largest pattern with which the demand is not met must be hidden."""
    items = view.system.problem.items
    weights = np.zeros(len(view.system.items))
    largest = pattern
    for i in sorted(allowed - pattern, key=lambda i: (-items[i].cost, i)):
        more = largest | {i}
        if not pool.unmet([d], more):
            continue
        table = search(view, d, more, weights, any_=True)
        if table is None:
            largest = more
        else:
            pool.add(table)
    return {frozenset([i]): 1.0 for i in sorted(allowed - largest)}
