"""What a reader can work out: the smallest number that a sum can still have.

`spm.disclosure.audit.blocks` cuts what is published into blocks that are solved one by one.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp

from spm.disclosure.audit.knowledge import EXACT, Impossible, Rows
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
                # What is no whole number is the value of no whole numbers: they are searched.
                other = next(others, None) if abs(best - np.round(best)) <= EXACT else None
                if other is None:
                    break
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
