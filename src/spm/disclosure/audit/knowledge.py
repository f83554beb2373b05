"""What everybody knows who reads the report: the published numbers as rows of a system of sums."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp

from spm.disclosure.problem import Problem, Rate, Relation
from spm.disclosure.solver import smallest
from spm.errors import SpmError

EXACT = 1e-6
"""Two numbers of people nearer than this are the same."""

NAMED = 8
"""So many numbers are named in a message, not more."""


class Impossible(Exception):
    """No numbers of people agree with rows of these names (none: not known which)."""

    def __init__(self, names: tuple[str, ...]) -> None:
        self.names = names
        super().__init__(names)


@dataclass(frozen=True)
class Rows:
    """``low <= matrix @ variables <= high``; ``names`` says which number a row comes from."""

    matrix: sp.csr_array
    low: np.ndarray
    high: np.ndarray
    names: tuple[str, ...]

    def take(self, chosen: np.ndarray) -> Rows:
        kept = np.flatnonzero(chosen) if chosen.dtype == bool else chosen
        names = tuple(self.names[i] for i in kept)
        return Rows(self.matrix[kept], self.low[kept], self.high[kept], names)

    def hold(self, tables: np.ndarray) -> np.ndarray:
        """By table (tables by variables) whether all rows hold."""
        sums = (self.matrix @ tables.T).T
        fits: np.ndarray = np.all((sums >= self.low - EXACT) & (sums <= self.high + EXACT), axis=-1)
        return fits


def sums(problem: Problem, counts: Sequence[int]) -> sp.csr_array:
    """One row per count, 1 for each of its parts."""
    parts = [sorted(problem.counts[c].parts) for c in counts]
    ends = np.cumsum([0, *map(len, parts)])
    columns = np.fromiter((v for p in parts for v in p), dtype=np.int64, count=int(ends[-1]))
    shape = (len(parts), len(problem.variables))
    return sp.csr_array((np.ones(len(columns)), columns, ends), shape=shape)


def _relations(problem: Problem, relations: Sequence[Relation]) -> sp.csr_array:
    """One row per relation."""
    cells = [sorted(r.coefficients.items()) for r in relations]
    ends = np.cumsum([0, *map(len, cells)])
    columns = np.fromiter((v for row in cells for v, _ in row), np.int64, int(ends[-1]))
    factors = np.fromiter((k for row in cells for _, k in row), float, int(ends[-1]))
    return sp.csr_array((factors, columns, ends), shape=(len(relations), len(problem.variables)))


def knowledge(problem: Problem, hidden: Collection[int]) -> Rows:
    """What everybody knows if the items ``hidden`` are suppressed."""
    shown: dict[int, tuple[float, float]] = {}
    rates: list[Rate] = []
    for i, item in enumerate(problem.items):
        if i in hidden:
            continue
        rates += item.rates
        for s in item.shows:
            least, most = shown.get(s.count, (-np.inf, np.inf))
            shown[s.count] = (max(least, s.low), min(most, s.high))
    matrices = [sums(problem, list(shown))]
    low, high = [v[0] for v in shown.values()], [v[1] for v in shown.values()]
    names = [str(problem.counts[c].name) for c in shown]
    for end, limits in (("low", (0.0, np.inf)), ("high", (-np.inf, 0.0))):
        bounded = [r for r in rates if np.isfinite(getattr(r, end))]
        factor = sp.diags_array(np.array([getattr(r, end) for r in bounded]))
        above = sums(problem, [r.numerator for r in bounded])
        below = sums(problem, [r.denominator for r in bounded])
        matrices.append((above - factor @ below).tocsr() if bounded else above)
        low += [limits[0]] * len(bounded)
        high += [limits[1]] * len(bounded)
        names += [f"{problem.counts[r.numerator].name} (Anteil oder Quote)" for r in bounded]
    matrices.append(_relations(problem, problem.relations))
    low += [r.low for r in problem.relations]
    high += [r.high for r in problem.relations]
    names += [str(r.name) for r in problem.relations]
    matrix = sp.vstack(matrices, format="csr")
    matrix.eliminate_zeros()
    return Rows(matrix, np.array(low, float), np.array(high, float), tuple(names))


def inference(problem: Problem, hidden: frozenset[int]) -> Rows:
    """What readers know besides who know all rules, and why each row is suppressed or is not."""
    published = problem.published_counts(hidden)
    told = {c: ends for c, ends in problem.lawful.items() if c not in published}
    ends = [*told.values(), *((r.low, r.high) for r in problem.inferred)]
    low, high = (np.array([e[k] for e in ends], dtype=float) for k in (0, 1))
    names = [f"{problem.counts[c].name} (Regel)" for c in told]
    names += [str(r.name) for r in problem.inferred]
    parts = [sums(problem, list(told)), _relations(problem, problem.inferred)]
    matrix = sp.vstack(parts, format="csr")
    return Rows(matrix, low, high, tuple(names))


@dataclass(frozen=True)
class State:
    """What is left after reduction: bounds of the variables and the rows that still bind."""

    rows: Rows
    lower: np.ndarray
    upper: np.ndarray

    @property
    def fixed(self) -> np.ndarray:
        fixed: np.ndarray = self.upper - self.lower <= 1e-9
        return fixed


def reduce(rows: Rows) -> State:
    """Fix every variable that is alone in a sum, or part of a sum of zero; drop what is settled.

    Raises
    ------
    Impossible
        The rows contradict each other.
    """
    state = State(rows, np.zeros(rows.matrix.shape[1]), np.full(rows.matrix.shape[1], np.inf))

    def size() -> tuple[int, int, int]:
        return len(state.rows.low), int(state.fixed.sum()), state.rows.matrix.nnz

    while True:
        before = size()
        state = _step(state)
        if size() == before:
            state = _thin(state)
            if size() == before:
                return state


def _step(state: State) -> State:
    """One pass over all rows."""
    lower, upper = state.lower.copy(), state.upper.copy()
    (row, column, factor), low, high = _left(state)
    height = len(low)

    def total(numbers: np.ndarray) -> np.ndarray:
        result: np.ndarray = np.bincount(row, numbers, minlength=height)
        return result

    number = np.bincount(row, minlength=height)
    if np.any((number == 0) & ((low > EXACT) | (high < -EXACT))):
        raise Impossible(())
    # A row with one free variable is a bound of it.
    alone = number[row] == 1
    ends = _whole(np.stack([low[row[alone]], high[row[alone]]]) / factor[alone])
    np.maximum.at(lower, column[alone], ends.min(axis=0))
    np.minimum.at(upper, column[alone], ends.max(axis=0))
    # A sum whose smallest possible number is all there is leaves each part at its smallest.
    plus = np.ones(height, bool)
    plus[row[factor < 0]] = False
    least = total(factor * lower[column])
    with np.errstate(invalid="ignore"):
        most = total(factor * upper[column])
    if np.any(plus & (high - least < -EXACT)):
        raise Impossible(())
    full = plus & (number > 0) & (high - least <= 1e-9)
    columns = column[full[row]]
    upper[columns] = lower[columns]
    if np.any(lower > upper + EXACT):
        raise Impossible(())
    upper = np.maximum(upper, lower)
    told = plus & (least >= low - 1e-9) & ((most <= high + 1e-9) | np.isinf(high))
    gone = told | full | (number <= 1)
    rows = state.rows.take(~gone) if gone.any() else state.rows
    return replace(state, rows=rows, lower=lower, upper=upper)


def _left(state: State) -> tuple[tuple[np.ndarray, np.ndarray, np.ndarray], np.ndarray, np.ndarray]:
    """Rows, columns and factors of the entries that are not known, and the bounds of the rows where
    what is known is put in."""
    matrix, fixed = state.rows.matrix, state.fixed
    height = matrix.shape[0]
    row, column = np.repeat(np.arange(height), np.diff(matrix.indptr)), matrix.indices
    is_open = ~fixed[column]
    numbers = np.where(is_open, 0.0, matrix.data * state.lower[column])
    known = np.bincount(row, numbers, minlength=height)
    is_open &= matrix.data != 0
    entries = row[is_open], column[is_open], matrix.data[is_open]
    return entries, state.rows.low - known, state.rows.high - known


def _thin(state: State) -> State:
    """Subtract smaller sums from larger ones, so that only what they add is left.

    Totals hold little that their parts do not say; without them, tables fall apart into blocks.
    """
    rows = state.rows
    (row, column, factor), low, high = _left(state)
    low, high = _whole(low), _whole(high)
    entries: list[dict[int, float]] = [{} for _ in low]
    for r, v, k in zip(row.tolist(), column.tolist(), factor.tolist(), strict=True):
        entries[r][v] = k
    sums: list[tuple[frozenset[int], float]] = []  # what a part of the variables adds up to
    holders: dict[int, list[int]] = {}  # variable -> the sums it is part of
    kept = []
    for r in sorted(range(len(entries)), key=lambda r: (len(entries[r]), low[r] != high[r], r)):
        if any(k != 1 for k in entries[r].values()):
            kept.append(r)
            continue
        whole = left = frozenset(entries[r])
        number, taken = low[r], 0.0
        hits = Counter(k for v in whole for k in holders.get(v, ()))
        inside = [k for k, n in hits.items() if n == len(sums[k][0])]
        for k in sorted(inside, key=lambda k: (-len(sums[k][0]), k)):
            if sums[k][0] <= left:
                left, taken = left - sums[k][0], taken + sums[k][1]
        low[r], high[r] = low[r] - taken, high[r] - taken
        if not left and (low[r] > EXACT or high[r] < -EXACT):
            raise Impossible(())
        if not left:
            continue
        if low[r] == high[r]:
            for found in [(whole, number), (left, low[r])][left == whole :]:
                for v in found[0]:
                    holders.setdefault(v, []).append(len(sums))
                sums.append(found)
        entries[r] = dict.fromkeys(sorted(left), 1.0)
        kept.append(r)
    kept.sort()
    ends = np.cumsum([0, *(len(entries[r]) for r in kept)])
    columns = np.array([v for r in kept for v in entries[r]], dtype=np.int64)
    factors = np.array([k for r in kept for k in entries[r].values()], dtype=float)
    matrix = sp.csr_array((factors, columns, ends), shape=(len(kept), rows.matrix.shape[1]))
    names = tuple(rows.names[r] for r in kept)
    return replace(state, rows=Rows(matrix, low[kept], high[kept], names))


def _whole(numbers: np.ndarray) -> np.ndarray:
    """The whole numbers that are meant, where rounding errors have crept in."""
    near = np.round(numbers)
    with np.errstate(invalid="ignore"):
        return np.where(np.abs(numbers - near) < 1e-9, near, numbers)


def contradiction(rows: Rows, nearby: Collection[str] = ()) -> SpmError:
    """Name a set of published numbers that cannot hold together.

    The dual of the least change of bounds that would make them hold is zero outside such a set
    (Farkas' lemma). If only whole numbers fail, there is no such set: then ``nearby``.
    """
    height, width = rows.matrix.shape
    change = sp.eye_array(height, format="csr")
    cost = np.concatenate([np.zeros(width), np.ones(2 * height)])
    whole = sp.hstack([rows.matrix, -change, change], format="csr")
    found = smallest(whole, cost, rows.low, rows.high)
    if found.x is None:
        raise RuntimeError(f"HiGHS: {found.status.value}")
    names = [rows.names[i] for i in np.flatnonzero(np.abs(found.duals) > 1e-9)]
    names = list(dict.fromkeys(names if found.value > EXACT else nearby))
    # A relation between numbers has a name for programs; what it is about, the numbers beside say
    names = [name for name in names if not name.startswith("(")] or ["ein Teil und sein Ganzes"]
    more = f" und {len(names) - NAMED} weitere" if len(names) > NAMED else ""
    return SpmError(
        "Die veröffentlichten Zahlen widersprechen einander: Keine Anzahlen ab 0 passen zu allen.",
        wo=", ".join(f"«{n}»" for n in names[:NAMED]) + more,
        tun="Bitte prüfen, ob diese Zahlen aus verschiedenen Ständen stammen, falsch gerundet sind "
        "oder ein Teil größer als sein Ganzes ist, und die Lieferung berichtigen.",
    )
