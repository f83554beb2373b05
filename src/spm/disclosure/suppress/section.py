"""A part of a `System` that is searched on its own, as a linear program."""

from __future__ import annotations

from functools import cached_property

import numpy as np
from scipy import sparse

from spm.disclosure.solver import Program
from spm.disclosure.suppress.demands import Demand
from spm.disclosure.suppress.system import System


class Section:
    """Variables that depend on each other, with all rows about them; the rest is as in ``base``.

    Rows of the program are, in this order, what always holds, what items say (system ``names``),
    rules that are about something else than an item, and sensitive counts. What items say can be
    missed at two variables each, upwards and downwards, which come after the block's own; the
    program ``strict`` does without them.

    Parameters
    ----------
    columns : the variables, by their number in the system.
    known : by statement of the system, whether everybody knows it whatever is suppressed.
    rules : by rule of the system, whether it says anything about unknown variables.
    """

    def __init__(
        self, system: System, columns: np.ndarray, known: np.ndarray, rules: np.ndarray
    ) -> None:
        self.system, self.columns, self.width = system, columns, len(columns)
        self.rest = system.base.copy()
        self.rest[columns] = 0.0
        matrix, legal, aims = (
            m[:, columns].tocsr() for m in (system.matrix, system.rules, system.aims)
        )
        about, told, asked = (np.diff(m.indptr) > 0 for m in (matrix, legal, aims))
        hard, self.names = np.flatnonzero(about & known), np.flatnonzero(about & ~known)
        self._aims = np.flatnonzero(asked)
        # What rules say about the number of an item is a bound of the row that is there anyway.
        rule = system.rule[self.names]
        self._ruled = rule >= 0
        same = rule[self._ruled]
        others = rules & told
        others[same] = False
        legally = np.flatnonzero(others)
        self.rows = sparse.vstack(
            [matrix[hard], matrix[self.names], legal[legally], aims[self._aims]], format="csr"
        )
        self._aim_at = np.full(len(system.sensitive), -1)
        self._aim_at[self._aims] = np.arange(self.rows.shape[0])[-len(self._aims) or None :]
        self._gone = system.aims @ self.rest
        settled, given = system.matrix @ self.rest, system.rules @ self.rest
        self.low, self.high = (
            np.concatenate(
                [
                    (state - settled)[hard],
                    (state - settled)[self.names],
                    (rule - given)[legally],
                    np.full(len(self._aims), end),
                ]
            )
            for state, rule, end in (
                (system.low, system.least, -np.inf),
                (system.high, system.most, np.inf),
            )
        )
        self.soft = slice(len(hard), len(hard) + len(self.names))
        told = self.rows[self.soft].tocoo()
        self.positive = np.ones(len(self.names), bool)  # by statement: it has no negative factor
        self.positive[told.row[told.data < 0]] = False
        self._rules = slice(self.soft.stop, self.soft.stop + len(legally))
        self._least, self._most = (np.full(len(self.names), end) for end in (-np.inf, np.inf))
        self._least[self._ruled] = (system.least - given)[same]
        self._most[self._ruled] = (system.most - given)[same]

    @cached_property
    def strict(self) -> Program:
        return Program(self.rows)

    @cached_property
    def program(self) -> Program:
        count = len(self.names)
        height = self.rows.shape[0]
        at = np.arange(self.soft.start, self.soft.stop)
        missed = sparse.csr_matrix((np.ones(count), (at, np.arange(count))), shape=(height, count))
        matrix = sparse.hstack([self.rows, -missed, missed], format="csr")
        return Program(matrix, np.arange(matrix.shape[1]) < self.width)

    def aim(self, count: int) -> tuple[np.ndarray, float]:
        """A sensitive count in terms of the block's variables, and what of it is known."""
        at = self._aim_at[count]
        row = self.rows[[at]].toarray()[0] if at >= 0 else np.zeros(self.width)
        return row, float(self._gone[count])

    def knowledge(self, d: Demand, published: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
        """Bounds of all rows for the reader of a demand, but for the demand itself.

        Parameters
        ----------
        published : by statement of the block, whether it is published.
        """
        low, high = self.low.copy(), self.high.copy()
        if d.lawful:
            low[self.soft][~published] = self._least[~published]
            high[self.soft][~published] = self._most[~published]
        else:
            low[self.soft][~published], high[self.soft][~published] = -np.inf, np.inf
            low[self._rules], high[self._rules] = -np.inf, np.inf
        if d.insider >= 0 and (at := self._aim_at[d.insider]) >= 0:
            low[at] = high[at] = self.system.true[d.insider] - self._gone[d.insider]
        return low, high

    def room(self, d: Demand) -> np.ndarray:
        """How far statements can be missed, upwards and then downwards, for the reader of a
        demand."""
        if not d.lawful:
            return np.full(2 * len(self.names), np.inf)
        exact = np.where(self._ruled, self.low[self.soft], 0.0)  # as are all that a rule is about
        return np.concatenate([self._most - exact, exact - self._least])

    def demand(
        self, ends: tuple[np.ndarray, np.ndarray], count: int, side: int, target: float
    ) -> bool:
        """Add to bounds what a demand asks for; False if no variable of the block is in it."""
        at = self._aim_at[count]
        if at >= 0:
            ends[side < 0][at] = target - self._gone[count]
        return bool(at >= 0)
