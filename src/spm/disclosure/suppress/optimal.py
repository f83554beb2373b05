"""The cheapest pattern of a small problem.

Cutting planes (Fischetti & Salazar-González 2001): a reader's proof that a count cannot be as far
off as it must be uses published statements; the pattern has to take enough of them away. Proofs are
the duals of linear programs. What only whole numbers prove is cut off by the largest pattern for
which the proof still works.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, linprog, milp

from spm.disclosure.suppress.demands import TOLERANCE, Demand, Witnesses
from spm.disclosure.suppress.differences import differences
from spm.disclosure.suppress.system import System
from spm.disclosure.suppress.witness import Block, View, search, unmet

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
        failed = unmet(view, pool, [d for d in wanted if d.insider < 0], pattern)
        if not failed and not cuts:
            failed = unmet(view, pool, [d for d in wanted if d.insider >= 0], pattern)
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
        matrix = sparse.lil_matrix((len(rows), width))
        for r, row in enumerate(rows):
            for column, coefficient in row.items():
                matrix[r, column] = coefficient
        low = np.repeat([1.0, 0.0], [len(self.cuts), len(self.links)])
        # The number of a set is whole by itself, for costs push it up to the smallest of its items.
        integrality = np.arange(width) < len(self.choice)
        result = milp(
            np.array(self.costs),
            constraints=LinearConstraint(matrix.tocsr(), low, np.inf),
            integrality=integrality,
            bounds=Bounds(0, 1),
            options={"mip_rel_gap": 0, "node_limit": MASTER_NODES},
        )
        if result.status != 0:
            return None
        return self.hidden | {i for i, j in self.column.items() if result.x[j] > 0.5}


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


@dataclass(frozen=True)
class _Program:
    """What a reader knows of a block, as a linear program takes it.

    Rows are ``low <= matrix @ x <= high``; ``equal``, ``below`` and ``above`` mark sums, upper and
    lower bounds, of which ``sums`` and ``bounds`` are the rows. ``items`` make a row, ``slack`` is
    what it may still lose or gain if it is no longer told.
    """

    matrix: sparse.csr_matrix
    low: np.ndarray
    high: np.ndarray
    equal: np.ndarray
    below: np.ndarray
    above: np.ndarray
    sums: sparse.csr_matrix
    bounds: sparse.csr_matrix
    slack: np.ndarray
    items: list[frozenset[int]]

    @cached_property
    def positive(self) -> np.ndarray:
        """By row, whether it has no negative factor."""
        return np.array(self.matrix.min(axis=1).todense()).ravel() >= 0


def _program(view: View, block: Block, d: Demand, published: np.ndarray) -> _Program:
    """Of both sides of a demand, and of all demands of one reader, it is the same."""
    key = (published.tobytes(), d.lawful, d.insider)
    if block.kept.get("key") != key:
        block.kept.update(key=key, program=_made(view.system, block, d, published))
    program = block.kept["program"]
    assert isinstance(program, _Program)
    return program


def _made(system: System, block: Block, d: Demand, published: np.ndarray) -> _Program:
    parts = block.knowledge(system, d, published)
    items: list[frozenset[int]] = [frozenset()] * len(block.hard[1])
    items += [frozenset(system.items[f]) for f in block.names[published]]
    matrix = sparse.vstack([p[0] for p in parts], format="csr")
    low, high = (np.concatenate([p[k] for p in parts]) for k in (1, 2))
    # What a sum may still lose or gain if it is no longer told, for a reader who knows the rules.
    slack = np.full((len(low), 2), np.inf)
    if d.lawful:
        told = block.names[published]
        exact = np.stack([system.low[told], system.high[told]], axis=1)
        own = slice(len(block.hard[1]), len(items))
        slack[own] = np.abs(system.fallback[told] - exact)
    items += [frozenset()] * (len(low) - len(items))
    equal, below, above = (
        low == high,
        (low < high) & (high < np.inf),
        (low < high) & (low > -np.inf),
    )
    return _Program(
        matrix,
        low,
        high,
        equal,
        below,
        above,
        matrix[equal],
        sparse.vstack([matrix[below], -matrix[above]]),
        slack,
        items,
    )


def _one_side(
    view: View, d: Demand, side: int, target: float, pattern: frozenset[int]
) -> Cut | None:
    block, system = view.block(d), view.system
    published = system.known(pattern)[block.names]
    program = _program(view, block, d, published)
    equal, below, above = program.equal, program.below, program.above
    low, high, slack, items = program.low, program.high, program.slack, program.items
    aim, at = block.aim(system, d.count)
    result = linprog(
        -side * aim.toarray()[0],
        A_ub=program.bounds,
        b_ub=np.concatenate([high[below], -low[above]]),
        A_eq=program.sums,
        b_eq=low[equal],
        method="highs",
    )
    if result.status != 0:
        return None
    # In terms of the smallest possible -side * count: it is too large by so much.
    excess = result.fun + side * (target - at)
    if excess <= TOLERANCE:
        return None
    weights = np.concatenate([result.eqlin.marginals, result.ineqlin.marginals])
    order = np.concatenate([np.flatnonzero(k) for k in (equal, below, above)])
    # An upper row times a negative weight, a lower one (which is turned round) likewise.
    floor = np.concatenate([low[equal], np.full(below.sum(), np.inf), low[above]])
    is_lower = np.concatenate(
        [weights[: equal.sum()] > 0, np.zeros(below.sum()), np.ones(above.sum())]
    )
    cut: Cut = {}
    for r, weight, bottom, lower in zip(order, weights, floor, is_lower, strict=True):
        if not items[r] or abs(weight) <= NEGLIGIBLE:
            continue
        # A sum that is no longer told is still at least 0; above, it has no end but by rule.
        open_ = slack[r, 0 if lower else 1]
        loss = abs(weight) * (min(bottom, open_) if lower and program.positive[r] else open_)
        coefficient = min(1.0, loss / excess + TOLERANCE)
        cut[items[r]] = min(1.0, cut.get(items[r], 0.0) + coefficient)
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
