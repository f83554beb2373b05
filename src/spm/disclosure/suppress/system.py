"""A `Problem` as matrices, for the suppressor: statements about variables, and who makes them."""

from __future__ import annotations

from collections.abc import Collection, Sequence

import numpy as np
from scipy import sparse
from scipy.sparse.csgraph import connected_components

from spm.disclosure.problem import Problem, Rate
from spm.disclosure.solver import Program
from spm.errors import SpmError

TOLERANCE = 1e-6
"""Rows of a table hold if they are met this well; solvers are no more exact."""


_Row = tuple[tuple[tuple[int, float], ...], float, float]
"""A sum of variables, and its bounds."""


class System:
    """Statements ``low <= matrix @ x <= high`` about the variables ``x >= 0``.

    Attributes
    ----------
    items : by statement those that make it; it is unknown once all of them are suppressed. Empty:
        everybody knows it.
    open : by statement, whether it can become unknown at all.
    tells_count : by statement, whether it is about one count (no relation, no rate).
    members : statements by items, 1 where the item makes the statement.
    sensitive : counts that can be protected, in order (none that a fixed item shows).
    aims, true : the sensitive counts in terms of the variables, and their numbers in ``base``.
    rules, least, most : ``least <= rules @ x <= most`` for readers who know all rules, whatever is
        suppressed: a number that is published says no less.
    rule : by statement the rule about the count that it tells, if it tells one exactly; else -1.
    fallback : by statement what rules say about that count.
    base : a whole table that agrees with everything; the true one where that is known.
    """

    def __init__(self, problem: Problem) -> None:
        self.problem, self.size = problem, len(problem.variables)
        self._state(problem)
        counts = problem.counts
        fixed = [item for item in problem.items if item.fixed]
        told = {s.count for item in fixed for s in item.shows if s.low == s.high}
        self.sensitive = tuple(i for i, c in enumerate(counts) if c.sensitive and i not in told)
        self.aims = self.sums(self.sensitive)
        self._legal(problem)
        self.base = self._base()
        self.true = np.round(self.aims @ self.base)

    def _state(self, problem: Problem) -> None:
        made: dict[_Row, set[int]] = {}
        for i, item in enumerate(problem.items):
            for s in item.shows:
                row = tuple((v, 1.0) for v in sorted(problem.counts[s.count].parts))
                made.setdefault((row, s.low, s.high), set()).add(i)
            for r in item.rates:
                for row, low, high in self._rate_rows(problem, r):
                    made.setdefault((row, low, high), set()).add(i)
        everybody = [
            (tuple(sorted((v, float(c)) for v, c in r.coefficients.items() if c)), r.low, r.high)
            for r in problem.relations
        ]
        rows = [*everybody, *made]
        self.items = [()] * len(everybody) + [tuple(sorted(i)) for i in made.values()]
        self.matrix = self._matrix([row for row, _, _ in rows])
        self.low = np.array([low for _, low, _ in rows], dtype=float)
        self.high = np.array([high for _, _, high in rows], dtype=float)
        self.open = np.array(
            [bool(i) and not any(problem.items[j].fixed for j in i) for i in self.items], dtype=bool
        )
        self.members = self._incidence(self.items)
        self._makers = np.array([len(i) for i in self.items])
        self._last: tuple[frozenset[int] | None, np.ndarray] = (None, self.open)
        ones = np.array([all(c == 1 for _, c in row) for row, _, _ in rows], dtype=bool)
        self.tells_count = ones & (self._makers > 0)

    def _legal(self, problem: Problem) -> None:
        lawful: dict[frozenset[int], tuple[float, float]] = {}
        for c, (low, high) in problem.lawful.items():
            parts = problem.counts[c].parts
            before = lawful.get(parts, (0.0, np.inf))
            lawful[parts] = max(before[0], low), min(before[1], high)
        rows = [tuple((v, 1.0) for v in sorted(parts)) for parts in lawful]
        rows += [tuple(sorted(r.coefficients.items())) for r in problem.inferred]
        ends = [*lawful.values(), *((r.low, r.high) for r in problem.inferred)]
        self.rules = self._matrix(rows)
        self.least, self.most = (np.array([e[k] for e in ends], dtype=float) for k in (0, 1))
        number = {parts: r for r, parts in enumerate(lawful)}
        exact = self.tells_count & (self.low == self.high)
        start, parts = self.matrix.indptr.tolist(), self.matrix.indices.tolist()
        self.rule = np.array(
            [
                number.get(frozenset(parts[start[f] : start[f + 1]]), -1) if one else -1
                for f, one in enumerate(exact)
            ],
            dtype=int,
        )
        self.fallback = np.where(exact[:, None], [[0.0, np.inf]], [[-np.inf, np.inf]])
        ruled = np.flatnonzero(self.rule >= 0)
        self.fallback[ruled, 0] = self.least[self.rule[ruled]]
        self.fallback[ruled, 1] = self.most[self.rule[ruled]]

    def is_lawful(self, table: np.ndarray) -> bool:
        """Whether a table agrees with all that follows from the rules."""
        sums = self.rules @ table
        return bool(
            np.all(sums >= self.least - TOLERANCE) and np.all(sums <= self.most + TOLERANCE)
        )

    @staticmethod
    def _rate_rows(problem: Problem, rate: Rate) -> list[_Row]:
        """Numerator minus bound times denominator, on the two sides of 0."""
        result = []
        for bound, low, high in ((rate.low, 0.0, np.inf), (rate.high, -np.inf, 0.0)):
            row = dict.fromkeys(problem.counts[rate.numerator].parts, 1.0)
            for v in problem.counts[rate.denominator].parts:
                row[v] = row.get(v, 0.0) - bound
            if np.isfinite(bound):
                result.append((tuple((v, c) for v, c in sorted(row.items()) if c), low, high))
        return result

    def _matrix(self, rows: Sequence[Sequence[tuple[int, float]]]) -> sparse.csr_matrix:
        ends = np.cumsum([0, *(len(row) for row in rows)])
        columns = [v for row in rows for v, _ in row]
        data = [c for row in rows for _, c in row]
        return sparse.csr_matrix((data, columns, ends), (len(rows), self.size), dtype=float)

    def sums(self, counts: Collection[int]) -> sparse.csr_matrix:
        """Counts in terms of the variables."""
        parts = (self.problem.counts[c].parts for c in counts)
        return self._matrix([tuple((v, 1.0) for v in sorted(p)) for p in parts])

    def _incidence(self, members: list[tuple[int, ...]]) -> sparse.csr_matrix:
        ends = np.cumsum([0, *map(len, members)])
        columns = [i for m in members for i in m]
        shape = (len(members), len(self.problem.items))
        return sparse.csr_matrix((np.ones(len(columns)), columns, ends), shape)

    def _base(self) -> np.ndarray:
        """Any whole table that has all numbers as they are."""
        valued = [i for i, c in enumerate(self.problem.counts) if c.value is not None]
        values = np.array([self.problem.counts[i].value for i in valued], dtype=float)
        matrix = sparse.vstack([self.matrix, self.sums(valued)], format="csr")
        low, high = np.append(self.low, values), np.append(self.high, values)
        table, free = _pin(matrix, low, high)
        if free.any():
            left = matrix @ np.where(free, 0.0, table)
            about = np.diff(matrix[:, free].indptr) > 0
            count = int(free.sum())
            result = Program(matrix[about][:, free]).minimise(
                np.zeros(count),
                (low - left)[about],
                (high - left)[about],
                np.zeros(count),
                np.full(count, np.inf),
                whole=True,
            )
            if result.x is None:
                raise self._contradiction()
            table[free] = np.round(result.x)
        sums = matrix @ table
        if np.any(sums < low - TOLERANCE) or np.any(sums > high + TOLERANCE) or np.any(table < 0):
            raise self._contradiction()
        return table

    @staticmethod
    def _contradiction() -> SpmError:
        return SpmError(
            "Die Zahlen widersprechen sich: Keine Tabelle hat alle diese Summen zugleich.",
            wo="Geheimhaltung",
            tun="Bitte in den Lieferungen Gesamtzahlen mit ihren Teilen vergleichen.",
        )

    def known(self, hidden: frozenset[int]) -> np.ndarray:
        """By statement, whether somebody makes it if the items ``hidden`` are suppressed."""
        if hidden != self._last[0]:  # searches come pattern by pattern
            found = ~self.open | (self.members @ self._mark(hidden) < self._makers)
            found.flags.writeable = False
            self._last = hidden, found
        return self._last[1]

    def _mark(self, hidden: frozenset[int]) -> np.ndarray:
        mark = np.zeros(len(self.problem.items))
        mark[sorted(hidden)] = 1.0
        return mark

    def prices(self, hidden: frozenset[int]) -> np.ndarray:
        """By statement, the cost of its items that are not hidden yet."""
        costs = np.array([item.cost for item in self.problem.items])
        costs[sorted(hidden)] = 0.0
        prices: np.ndarray = self.members @ costs
        return prices

    def touched(self, table: np.ndarray) -> np.ndarray:
        """Statements that a table contradicts."""
        sums = self.matrix @ table
        return np.flatnonzero((sums < self.low - TOLERANCE) | (sums > self.high + TOLERANCE))

    def free(self, known: np.ndarray) -> np.ndarray:
        """By variable, whether its number does not follow at once from the known statements."""
        return _pin(self.matrix[known], self.low[known], self.high[known])[1]


def connected(links: sparse.csr_matrix) -> np.ndarray:
    """By column, which group of columns it belongs to; rows link columns."""
    rows, columns = links.shape
    both = sparse.bmat([[None, links], [links.T, None]], format="csr")
    if not rows:
        return np.arange(columns)
    groups: np.ndarray = connected_components(both, directed=False)[1]
    return groups[rows:]


def _pin(
    matrix: sparse.csr_matrix, low: np.ndarray, high: np.ndarray
) -> tuple[np.ndarray, np.ndarray]:
    """Solve rows with one unknown, and rows of nothing but zeros, until there are none."""
    width = matrix.shape[1]
    table, free = np.zeros(width), np.ones(width, dtype=bool)
    equal = np.flatnonzero(low == high)
    rows, right = matrix[equal].tocoo(), high[equal]
    row, column, value = rows.row, rows.col, rows.data
    while True:
        unknowns = np.bincount(row, minlength=len(right))
        negative = np.bincount(row, value < 0, len(right))
        zero = (np.abs(right) <= TOLERANCE) & (negative == 0)
        hit = ((unknowns == 1) & ~zero)[row]
        new = np.zeros(width)
        new[column[hit]] = np.maximum(right[row[hit]] / value[hit], 0.0)
        found = np.unique(np.concatenate([column[hit], column[zero[row]]]))
        if not len(found):
            return table, free
        table[found], free[found] = new[found], False
        right = right - np.bincount(row, value * new[column], len(right))
        keep = free[column]
        row, column, value = row[keep], column[keep], value[keep]
