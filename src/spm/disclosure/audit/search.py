"""What was found about a block: bounds, and whole solutions that prove what is possible."""

from __future__ import annotations

from collections.abc import Collection, Hashable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from spm.disclosure.audit.attack import Component, Known
from spm.disclosure.audit.blocks import Islands
from spm.disclosure.audit.knowledge import EXACT
from spm.disclosure.problem import Problem

MANY = 8
"""Insiders of one block for whom joint solutions are sought; fewer are searched one by one."""


class Search:
    """Bounds of the targets of one block; every solution met on the way is kept as a proof.

    Parameters
    ----------
    block : the variables that are searched.
    """

    def __init__(self, block: Component) -> None:
        self.block = block
        self.solved = 0
        self.tables = np.empty((0, len(block.variables)))  # solutions
        self.values = np.empty((0, block.targets.shape[0]))  # of the targets, by solution
        self.whole = np.empty(0, bool)  # by solution, whether it is of whole numbers
        self.lawful = np.empty(0, bool)  # by solution, whether it agrees with ``block.rules``, too
        self._plain: dict[tuple[int, int], float] = {}
        self._found: dict[tuple[Hashable, ...], float] = {}

    def plain(self, target: int, sign: int) -> float:
        """Smallest (``sign`` 1) or largest (-1) value for a reader who does not know that people
        are whole."""
        if (target, sign) not in self._plain:
            self._plain[target, sign] = sign * self._run(self._goal([target], sign))
        return self._plain[target, sign]

    def seen(self, target: int, *, whole: bool) -> tuple[float, float]:
        """The smallest and largest number that is known to be possible (among whole numbers)."""
        column = self.values[self.whole, target] if whole else self.values[:, target]
        return (column.min(), column.max()) if len(column) else (np.inf, -np.inf)

    def most(self, target: int, sign: int) -> float:
        """As `plain`, for a reader who knows that people are whole."""
        limit = sign * np.ceil(sign * self.plain(target, sign) - EXACT)
        found = np.isinf(limit) or limit == self.seen(target, whole=True)[sign < 0]
        return limit + 0.0 if found else self.end(target, sign)

    def end(self, target: int, sign: int, known: Known = (), rules: bool = False) -> float:
        """Smallest (``sign`` 1) or largest (-1) whole value, for a reader with that knowledge."""
        return sign * self._run(self._goal([target], sign), whole=True, rules=rules, known=known)

    def pinned(self, wanted: Collection[int], known: Known = ()) -> dict[int, float]:
        """Those targets that can have one value only, for a reader who knows the rules.

        Parameters
        ----------
        wanted : targets.
        known : targets and their values that the reader knows, too.
        """
        result = {}
        for target in self._moved(wanted, known) if wanted else []:
            if target not in self._still(wanted, known):
                continue
            value = self.values[self._chosen(known), target][0]
            if all(self.end(target, sign, known, True) == value for sign in (-1, 1)):
                result[target] = float(value)
        return result

    def prepare(self, insiders: Known) -> None:
        """Find solutions that agree with what many insiders know, each of one target, at once.

        A solution in which half of the insiders' targets keep their values proves for all of them
        that others move. Halved by each digit of their numbers, any two are apart at least once.
        Only targets that stand still for one of them, in all solutions so far, are moved.
        """
        insiders = list(dict.fromkeys(insiders))  # two may know the same
        if len(insiders) < MANY:
            return
        targets = range(self.block.targets.shape[0])
        self._chosen(tuple(insiders))  # one for all of them, if the true numbers are not all known
        left = {k: self._still(targets, (k,)) for k in insiders}
        for digit in range((len(insiders) - 1).bit_length()):
            for half in (0, 1):
                known = tuple(k for i, k in enumerate(insiders) if i >> digit & 1 == half)
                wanted = sorted({t for k in known for t in left[k]})
                if wanted:
                    self._moved(wanted, known)
                    left |= {k: self._still(left[k], (k,)) for k in known}

    def _moved(self, wanted: Collection[int], known: Known) -> list[int]:
        """Move many targets at once, as long as that helps; return those that stand still."""
        self._chosen(known)
        left, before = self._still(wanted, known), len(wanted) + 1
        while 1 < len(left) < before:
            before = len(left)
            for sign in (-1, 1):
                if len(left) > 1:
                    self._run(self._goal(left, sign), whole=True, rules=True, known=known)
                    left = self._still(left, known)
        return left

    def _still(self, wanted: Collection[int], known: Known) -> list[int]:
        """Targets that have one value in all solutions that such a reader holds possible."""
        chosen = self._chosen(known)  # may find the first one, so that there are more values
        own = {t for t, _ in known}
        asked = [t for t in wanted if t not in own]
        values = self.values[chosen][:, asked]
        still = (values == values[0]).all(axis=0).tolist()
        return [t for t, same in zip(asked, still, strict=True) if same]

    def _chosen(self, known: Known) -> np.ndarray:
        """Positions of solutions that agree with such a reader's knowledge, at least one."""
        targets, values = [t for t, _ in known], [value for _, value in known]
        for attempt in range(2):
            right = (self.values[:, targets] == values).all(axis=1)
            chosen: np.ndarray = np.flatnonzero(self.lawful & right)
            if len(chosen):
                return chosen
            if not attempt:
                goal = np.zeros(len(self.block.variables))
                self._run(goal, whole=True, rules=True, known=known)
        raise RuntimeError("HiGHS: a whole solution does not pass the check of its sums")

    def _goal(self, targets: list[int], sign: int) -> np.ndarray:
        wanted = np.zeros(self.block.targets.shape[0])
        wanted[targets] = sign
        goal: np.ndarray = wanted @ self.block.targets
        return goal

    def _run(self, goal: np.ndarray, **reader: Any) -> float:
        question = (goal.tobytes(), *sorted(reader.items()))
        if question not in self._found:
            self._found[question] = self._solve(goal, **reader)
        return self._found[question]

    def _solve(self, goal: np.ndarray, **reader: Any) -> float:
        self.solved += 1
        value, solution = self.block.solve(goal, **reader)
        if solution is not None:
            self.keep(solution)
        if np.isinf(value):
            return value
        near = np.round(value)
        return float(near) + 0.0 if abs(value - near) < EXACT else value

    def keep(self, solution: np.ndarray) -> None:
        """Keep a solution if it agrees with all rows."""
        self.take(solution.reshape(1, -1))

    def take(self, tables: np.ndarray) -> int:
        """Keep those tables that agree with all rows, rounded where they are nearly whole.

        This is where a proof is verified, be it a solver's or one from before.

        Parameters
        ----------
        tables : by table and variable of the block.

        Returns
        -------
        int
            How many agree.
        """
        near = np.round(tables) + 0.0
        whole = np.all(np.abs(near - tables) <= EXACT, axis=1)
        tables = np.where(whole[:, None], near, tables)
        right = self.block.agrees(tables)
        tables, whole = tables[right], whole[right]
        self.tables = np.vstack([self.tables, tables])
        self.values = np.vstack([self.values, (self.block.targets @ tables.T).T])
        self.whole = np.append(self.whole, whole)
        self.lawful = np.append(self.lawful, whole & self.block.rules.hold(tables))
        return len(tables)


@dataclass
class Searches:
    """Kept between audits, so that no system is solved twice.

    Parameters
    ----------
    blocks : by ``Component.content``; of whatever problems, for that says all of a system.
    told : of one problem, by reader, count and insider, whether the rules alone tell the count.
    nothing : of one problem, what readers know if nothing of it is published.
    """

    blocks: dict[bytes, Search] = field(default_factory=dict)
    told: dict[tuple[Hashable, ...], bool] = field(default_factory=dict)
    nothing: Islands | None = None

    def elsewhere(self) -> Searches:
        """The same for another problem (a part of this one, say)."""
        return Searches(self.blocks)


def share_truth(problem: Problem, searches: Sequence[Search]) -> None:
    """Hand each block the true values, where counts tell them one by one: one solution for free."""
    values = problem.told
    for search in searches:
        own = values[search.block.variables]
        if not np.isnan(own).any():
            search.keep(own)
