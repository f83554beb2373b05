"""Linear programs that are asked many questions, one after another: a thin layer around HiGHS.

Suppressor and auditor ask the same solver, as they would the same calculator; what it says is
checked where it can be (a table of numbers), and each has its own programs.
"""

from __future__ import annotations

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
SETTINGS: dict[str, bool | int | str] = {"output_flag": False, "threads": 1, "parallel": "off"}
LIMITS = {"mip_rel_gap": 0.0, "mip_max_nodes": 2**31 - 1, "presolve": "choose"}
"""Of one search, unless it asks for others."""


@dataclass(frozen=True)
class Found:
    """Outcome of a search.

    Parameters
    ----------
    x : the variables; of a search that was cut off, the best so far. None: there are none.
    value : of the goal.
    duals : by row, what the smallest value gains per unit of the row's bound (linear programs).
    """

    status: Status
    x: np.ndarray | None
    value: float
    duals: np.ndarray


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
        for name, value in SETTINGS.items():
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
        self._pure = whole is None
        self._solver.passModel(lp)

    def minimise(self, numbers: tuple[np.ndarray, ...], limits: dict[str, Any]) -> Found:
        solver = self._solver
        for name, value in limits.items():
            if self._limits.get(name) != value:
                solver.setOptionValue(name, value)
        self._limits = limits
        self._change(numbers)
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
        return Found(status, x, value, np.array(solution.row_dual))

    def _change(self, numbers: tuple[np.ndarray, ...]) -> None:
        goal, lower, upper, low, high = numbers
        now, solver = self._now, self._solver
        at = np.flatnonzero(goal != now[0]).astype(np.int32)
        if len(at):
            solver.changeColsCost(len(at), at, goal[at])
        at = np.flatnonzero((lower != now[1]) | (upper != now[2])).astype(np.int32)
        if len(at):
            solver.changeColsBounds(len(at), at, lower[at], upper[at])
        at = np.flatnonzero((low != now[3]) | (high != now[4])).astype(np.int32)
        if len(at):
            # The package's own annotations do not know it.
            solver.changeRowsBounds(len(at), at, low[at], high[at])  # type: ignore[attr-defined]
        self._now = [n.copy() for n in numbers]
