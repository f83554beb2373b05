"""Linear programs that are asked many questions, one after another: a thin layer around HiGHS.

Suppressor and auditor ask the same solver, as they would the same calculator; what it says is
checked where it can be (a table of numbers), and each has its own programs.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum
from typing import Any

import highspy
import numpy as np
import scipy.sparse as sp


class Status(Enum):
    """How a search ended."""

    OPTIMAL = "optimal"
    INFEASIBLE = "infeasible"
    UNBOUNDED = "unbounded"  # or infeasible: the solver does not always tell them apart
    GIVEN_UP = "given up"


STATUS = {
    highspy.HighsModelStatus.kOptimal: Status.OPTIMAL,
    highspy.HighsModelStatus.kInfeasible: Status.INFEASIBLE,
    highspy.HighsModelStatus.kUnbounded: Status.UNBOUNDED,
    highspy.HighsModelStatus.kUnboundedOrInfeasible: Status.UNBOUNDED,
}

# One thread: what is found must not depend on the machine, and processes share its cores.
SETTINGS: dict[str, bool | float | str] = {
    "output_flag": False,
    "threads": 1,
    "parallel": "off",
    # A guess at the best whole numbers before the search; it takes as long as these small searches.
    "mip_heuristic_run_feasibility_jump": False,
}
LINEAR: dict[str, bool | float | str] = {
    "presolve": "off",
    "dual_simplex_cost_perturbation_multiplier": 0.0,
}
"""Of linear programs. Most go on from the last solution, where nothing is simplified before; and a
goal that is changed a little, against going round in circles, takes them many steps more."""
DUAL, PRIMAL = 1, 4
"""Simplex methods of HiGHS. Where only the goal is new, the last solution is still possible, and
the primal method goes on from it; where bounds are new, the dual one does."""
LIMITS = {"mip_rel_gap": 0.0, "mip_max_nodes": 2**31 - 1}
"""Of one search, unless it asks for others."""


LITTLE = 1e-5
"""What is added at most per unit of a variable; the solver takes no notice of less than 1e-7."""


@dataclass(frozen=True)
class Found:
    """Outcome of a search.

    Parameters
    ----------
    x : the variables; of a search that was cut off, the best so far. None: there are none.
    value : of the goal.
    solution : as the solver says it.
    """

    status: Status
    x: np.ndarray | None
    value: float
    solution: highspy.HighsSolution

    @property
    def duals(self) -> np.ndarray:
        """By row, what the smallest value gains per unit of the row's bound (linear programs).

        Few ask for them, and to take numbers over from the solver takes as long as a small search.
        """
        return np.array(self.solution.row_dual)


class Program:
    """``low <= matrix @ x <= high`` and ``lower <= x <= upper``; goals and bounds change.

    A linear program starts from where the last one ended; so a question that differs little from
    the one before takes few steps.

    Parameters
    ----------
    matrix : rows by variables.
    whole : by variable, whether it is a whole number in searches for such; None: all are.
    """

    def __init__(self, matrix: sp.csr_array | sp.csr_matrix, whole: np.ndarray | None = None):
        self._matrix = matrix.tocsr()
        width = self._matrix.shape[1]
        self._whole = np.ones(width, bool) if whole is None else whole
        self._kept: dict[bool, _Kept] = {}

    def __getstate__(self) -> dict[str, Any]:
        """In another process, the solver begins anew."""
        return self.__dict__ | {"_kept": {}}

    def minimise(
        self,
        goal: np.ndarray,
        low: np.ndarray,
        high: np.ndarray,
        lower: np.ndarray,
        upper: np.ndarray,
        *,
        whole: bool = False,
        **limits: Any,
    ) -> Found:
        """Smallest value of ``goal @ x``.

        Parameters
        ----------
        whole : among whole numbers.
        limits : options of HiGHS for this search.
        """
        if whole not in self._kept:
            self._kept[whole] = _Kept(self._matrix, self._whole if whole else None)
        return self._kept[whole].minimise((goal, lower, upper, low, high), LIMITS | limits)


def goals(goal: np.ndarray, count: int) -> Iterator[np.ndarray]:
    """A goal with a little of this and that added: of solutions that are nearly equally good, it
    finds others.

    A linear program may end in a solution that is not whole although others, just as good, are;
    that is found in a fraction of the time of a search among whole numbers. Always the same ones.
    """
    for attempt in range(count):
        yield goal + LITTLE * np.random.default_rng(attempt).random(len(goal))


def smallest(
    matrix: sp.csr_array | sp.csr_matrix, goal: np.ndarray, low: np.ndarray, high: np.ndarray
) -> Found:
    """Smallest value of ``goal @ x`` with ``low <= matrix @ x <= high`` and ``x >= 0``."""
    free = np.full(len(goal), np.inf)
    return Program(matrix).minimise(goal, low, high, np.zeros(len(goal)), free)


class _Silent(highspy.Highs):
    """A solver without callbacks: to set them up takes longer than a small search, and greets on
    the console."""

    def __init__(self) -> None:
        super().__init__()  # type: ignore[no-untyped-call]

    def enableCallbacks(self) -> None:
        pass


class _Kept:
    """A model in the solver, and the numbers that it has now."""

    def __init__(self, matrix: sp.csr_array, whole: np.ndarray | None) -> None:
        height, width = matrix.shape
        self._solver = _Silent()
        self._pure = whole is None
        for name, value in (SETTINGS | LINEAR if self._pure else SETTINGS).items():
            self._solver.setOptionValue(name, value)
        self._limits: dict[str, Any] = {}
        zero, free = np.zeros, np.full
        self._now = [
            zero(width),
            free(width, -np.inf),
            free(width, np.inf),
            free(height, -np.inf),
            free(height, np.inf),
        ]
        lp = highspy.HighsLp()
        lp.num_col_, lp.num_row_ = width, height
        lp.col_cost_, lp.col_lower_, lp.col_upper_, lp.row_lower_, lp.row_upper_ = self._now
        lp.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
        lp.a_matrix_.start_ = matrix.indptr.astype(np.int32)
        lp.a_matrix_.index_ = matrix.indices.astype(np.int32)
        lp.a_matrix_.value_ = matrix.data.astype(float)
        if whole is not None:
            kinds = highspy.HighsVarType.kContinuous, highspy.HighsVarType.kInteger
            lp.integrality_ = [kinds[bool(w)] for w in whole]
        self._solver.passModel(lp)

    def minimise(self, numbers: tuple[np.ndarray, ...], limits: dict[str, Any]) -> Found:
        solver = self._solver
        for name, value in limits.items():
            if self._limits.get(name) != value:
                solver.setOptionValue(name, value)
        self._limits = limits
        only_goal = self._change(numbers)
        if self._pure:
            solver.setOptionValue("simplex_strategy", PRIMAL if only_goal else DUAL)
        solver.run()
        status = STATUS.get(solver.getModelStatus(), Status.GIVEN_UP)
        if self._pure and status is Status.GIVEN_UP:  # a bad start; from nothing it may work
            solver.clearSolver()
            solver.run()
            status = STATUS.get(solver.getModelStatus(), Status.GIVEN_UP)
        solution = solver.getSolution()
        there = status in (Status.OPTIMAL, Status.GIVEN_UP) and solution.value_valid
        x = np.array(solution.col_value) if there else None
        value = float(numbers[0] @ x) if x is not None else np.nan
        return Found(status, x, value, solution)

    def _change(self, numbers: tuple[np.ndarray, ...]) -> bool:
        """Hand over what is new; returns whether the goal is all that is."""
        goal, lower, upper, low, high = numbers
        now, solver, only_goal = self._now, self._solver, True
        at = np.flatnonzero(goal != now[0]).astype(np.int32)
        if len(at):
            solver.changeColsCost(len(at), at, goal[at])
        at = np.flatnonzero((lower != now[1]) | (upper != now[2])).astype(np.int32)
        if len(at):
            only_goal = False
            solver.changeColsBounds(len(at), at, lower[at], upper[at])
        at = np.flatnonzero((low != now[3]) | (high != now[4])).astype(np.int32)
        if len(at):
            only_goal = False
            # The package's own annotations do not know it.
            solver.changeRowsBounds(len(at), at, low[at], high[at])  # type: ignore[attr-defined]
        self._now = [n.copy() for n in numbers]
        return only_goal
