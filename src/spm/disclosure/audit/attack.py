"""What a reader can work out: solve the system of what is published.

`split` cuts what `knowledge` left open into blocks that have nothing to do with each other;
`Component.solve` finds the smallest number that a sum can still have.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from spm.disclosure.audit.knowledge import EXACT, Impossible, Rows, State
from spm.disclosure.solver import Found, Program, Status, goals

OTHERS = 2
"""Goals that nearly say the same, tried where the best of all numbers is not whole."""
Known = Sequence[tuple[int, float]]
"""Targets of a block and their values."""


@dataclass(frozen=True)
class Component:
    """Variables that are tied to each other, and to no others.

    Parameters
    ----------
    variables : their indices in the problem.
    rows : what everybody knows of them.
    rules : what readers know besides who know all rules.
    targets : one row per sum of variables that is asked for.
    """

    variables: np.ndarray
    rows: Rows
    lower: np.ndarray
    upper: np.ndarray
    rules: Rows
    targets: sp.csr_array

    @cached_property
    def content(self) -> bytes:
        """Digest of all that decides what can be found, but for the names of the variables: blocks
        with the same are the same system, be it of other people."""
        rows, rules, digest = self.rows, self.rules, hashlib.sha256()
        matrices = (m.sorted_indices() for m in (rows.matrix, rules.matrix, self.targets))
        sparse = [x for m in matrices for x in (np.array(m.shape), m.indptr, m.indices, m.data)]
        ends = (rows.low, rows.high, rules.low, rules.high, self.lower, self.upper)
        for part in (*sparse, *ends):
            digest.update(f"{part.dtype}{len(part)}".encode())
            digest.update(np.ascontiguousarray(part).tobytes())
        return digest.digest()

    @cached_property
    def _program(self) -> Program:
        """What everybody knows, what those know who know the rules, and the targets."""
        return Program(sp.vstack([self.rows.matrix, self.rules.matrix, self.targets], format="csr"))

    def _ends(self, rules: bool, known: Known) -> tuple[np.ndarray, np.ndarray]:
        """Bounds of the program's rows for a reader with that knowledge."""
        missing = np.full(self.targets.shape[0], np.inf)
        low = np.concatenate([self.rows.low, self.rules.low, -missing])
        high = np.concatenate([self.rows.high, self.rules.high, missing])
        if not rules:
            of_rules = slice(len(self.rows.low), len(low) - len(missing))
            low[of_rules], high[of_rules] = -np.inf, np.inf
        for target, value in known:
            at = target - self.targets.shape[0]
            low[at] = high[at] = value
        return low, high

    def agrees(self, tables: np.ndarray, *, rules: bool = False, known: Known = ()) -> np.ndarray:
        """By table (tables by variables) whether a reader with that knowledge holds it possible."""
        told = [t for t, _ in known]
        right: np.ndarray = np.all(
            (tables >= self.lower - EXACT) & (tables <= self.upper + EXACT), axis=1
        )
        right &= self.rows.hold(tables)
        if rules:
            right &= self.rules.hold(tables)
        if known:
            values = (self.targets[told] @ tables.T).T
            right &= np.all(np.abs(values - [v for _, v in known]) <= EXACT, axis=1)
        return right

    def solve(
        self,
        goal: np.ndarray,
        *,
        whole: bool = False,
        rules: bool = False,
        known: Known = (),
    ) -> tuple[float, np.ndarray | None]:
        """Find the smallest value of ``goal @ variables``.

        Parameters
        ----------
        whole : the variables are whole numbers.
        rules : the reader knows ``rules``, too.
        known : the reader knows the values of these targets, too.

        Returns
        -------
        tuple of the value (``-inf`` if there is no smallest) and the variables that have it.

        Raises
        ------
        Impossible
            No numbers agree with what is published.
        RuntimeError
            The solver gave up.
        """
        ends = self._ends(rules, known)
        lower, upper = self.lower, self.upper
        if whole:
            lower, upper = np.ceil(lower - EXACT), np.floor(upper + EXACT)
            if np.any(lower > upper):
                raise Impossible(self.rows.names)

        def run(goal: np.ndarray, whole: bool) -> Found:
            return self._program.minimise(goal, *ends, lower, upper, whole=whole)

        if whole:
            # Mostly the best of all numbers is whole already, or another one that is as good.
            found = run(goal, False)
            best, others = found.value, goals(goal, OTHERS)
            while found.status is Status.OPTIMAL and found.x is not None:
                near = np.round(found.x)
                fits = np.all(np.abs(near - found.x) <= EXACT) and goal @ near <= best + EXACT
                if fits and self.agrees(near[None], rules=rules, known=known)[0]:
                    return float(goal @ near), near
                other = next(others, None)
                if other is None or abs(best - np.round(best)) > EXACT:
                    break  # no whole number is as small
                found = run(other, False)
        found = run(goal, whole)
        if found.status in (Status.UNBOUNDED, Status.GIVEN_UP) and goal.any():
            # HiGHS does not always tell "unbounded" from "infeasible".
            possible, relaxed = run(0 * goal, whole), run(goal, False)
            if possible.status is Status.OPTIMAL and relaxed.status is Status.UNBOUNDED:
                return -np.inf, None
            found = possible if possible.status is Status.INFEASIBLE else found
        if found.status is Status.INFEASIBLE:
            raise Impossible(self.rows.names)
        if found.status is not Status.OPTIMAL or found.x is None:
            raise RuntimeError(f"HiGHS: {found.status.value}")
        return found.value, found.x


class Islands:
    """What readers know, for questions about few variables: what has nothing to do with them is
    left out.

    Parameters
    ----------
    state, rules : what everybody knows, and what those know besides who know the rules.
    """

    def __init__(self, state: State, rules: Rows) -> None:
        self._state, self._rules = state, rules
        free = sp.diags_array((~state.fixed).astype(float))
        known, legal = ((m @ free).tocsr() for m in (state.rows.matrix, rules.matrix))
        for matrix in (known, legal):
            matrix.eliminate_zeros()
        ties = sp.vstack([known, legal], format="csr")
        graph = sp.block_array([[None, ties], [ties.T, None]], format="csr")
        label = connected_components(graph, directed=False)[1]
        self._label, self._of_row = label[ties.shape[0] :], label[: known.shape[0]]
        self._of_rule = label[known.shape[0] : ties.shape[0]]

    def about(self, variables: Collection[int]) -> tuple[State, Rows]:
        """The same as far as these variables are concerned."""
        islands = np.unique(self._label[sorted(variables)])
        state, inside = self._state, np.isin(self._label, islands)
        rows = state.rows.take(np.isin(self._of_row, islands))
        upper = np.where(inside, state.upper, state.lower)
        rules = self._rules.take(np.isin(self._of_rule, islands))
        return State(rows, state.lower, upper), rules


def split(
    state: State, rules: Rows, targets: sp.csr_array, joined: Collection[int]
) -> tuple[list[Component], list[list[tuple[int, int]]]]:
    """Cut what is left into blocks; those without a target are left out.

    Parameters
    ----------
    rules : what readers know besides who know all rules (`binding`).
    targets : sums that are asked for.
    joined : targets that some reader knows; such a target's variables are in one block.

    Returns
    -------
    tuple of the blocks and, by target, its parts as (block, row of the block's ``targets``);
    what its fixed variables contribute comes on top.
    """
    free = np.flatnonzero(~state.fixed)
    narrow = [m[:, free] for m in (state.rows.matrix, rules.matrix, targets)]
    rows, legal, targets = narrow
    ties = sp.vstack([rows, legal, targets[sorted(joined)]], format="csr")
    graph = sp.block_array([[None, ties], [ties.T, None]], format="csr")
    label = connected_components(graph, directed=False)[1][ties.shape[0] :]
    wanted: dict[int, dict[tuple[int, ...], int]] = {}
    places: list[list[tuple[int, int]]] = []
    for t in range(targets.shape[0]):
        columns = np.sort(targets.indices[targets.indptr[t] : targets.indptr[t + 1]])
        places.append([])
        for part in sorted(set(label[columns].tolist())):
            known = wanted.setdefault(part, {})
            pattern = tuple(columns[label[columns] == part].tolist())
            places[t].append((part, known.setdefault(pattern, len(known))))
    order = {part: i for i, part in enumerate(sorted(wanted))}
    of_row, of_rule = (label[m.indices[m.indptr[:-1]]] for m in (rows, legal))
    known = state.rows.matrix @ np.where(state.fixed, state.lower, 0.0)
    left = Rows(rows, state.rows.low - known, state.rows.high - known, state.rows.names)
    blocks = []
    for part in order:
        inside = np.flatnonzero(label == part)
        some, own_rules = left.take(of_row == part), rules.take(of_rule == part)
        patterns = [np.searchsorted(inside, p) for p in wanted[part]]
        ends = np.cumsum([0, *map(len, patterns)])
        shape = (len(patterns), len(inside))
        own = sp.csr_array((np.ones(ends[-1]), np.concatenate(patterns), ends), shape=shape)
        blocks.append(
            Component(
                variables=free[inside],
                rows=replace(some, matrix=some.matrix[:, inside]),
                lower=state.lower[free[inside]],
                upper=state.upper[free[inside]],
                rules=replace(own_rules, matrix=legal[of_rule == part][:, inside]),
                targets=own,
            )
        )
    return blocks, [[(order[part], row) for part, row in place] for place in places]


def binding(rules: Rows, state: State) -> Rows:
    """What of the rules is left where known numbers are put in: without rows that hold anyway, be
    it because a sum within them is large enough already."""
    known = rules.matrix @ np.where(state.fixed, state.lower, 0.0)
    free = (rules.matrix @ sp.diags_array((~state.fixed).astype(float))).tocsr()
    free.eliminate_zeros()
    low, high = rules.low - known, rules.high - known
    number, plus = np.diff(free.indptr), np.ones(len(low), bool)
    at = np.repeat(np.arange(len(number)), number)
    plus[at[free.data < 0]] = False
    if np.any((number == 0) & ((low > EXACT) | (high < -EXACT))):
        raise Impossible(())
    with np.errstate(invalid="ignore"):
        most = np.bincount(at, free.data * state.upper[free.indices], minlength=len(number))
    low[plus & (free @ state.lower >= low - EXACT)] = -np.inf
    high[plus & (most <= high + EXACT)] = np.inf
    holders: dict[int, set[int]] = {}  # variable -> lower bounds of sums that hold it
    exact = np.flatnonzero(plus & np.isfinite(low)).tolist()
    for r in sorted(exact, key=lambda r: (number[r], r)):
        parts = free.indices[free.indptr[r] : free.indptr[r + 1]].tolist()
        hits = Counter(k for v in parts for k in holders.get(v, ()))
        if any(n == number[k] and low[k] >= low[r] for k, n in hits.items()):
            low[r] = -np.inf
            continue
        for v in parts:
            holders.setdefault(v, set()).add(r)
    left = (number > 0) & (np.isfinite(low) | np.isfinite(high))
    return replace(rules, matrix=free, low=low, high=high).take(left)
