"""The search for tables that a reader can still believe: they agree with everything published.

Only the suppressor uses this; the auditor proves the result by other means.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

import numpy as np
from scipy import sparse
from scipy.optimize import Bounds, LinearConstraint, OptimizeResult, milp

from spm.disclosure.suppress.demands import TOLERANCE, Demand, Witnesses
from spm.disclosure.suppress.system import System, connected

NODES = 20_000
"""Of a search for whole numbers; a demand not met by then counts as not met."""
QUICK_NODES = 200
"""Of a search for the cheapest whole numbers, before any whole numbers are taken."""
INFEASIBLE = 2


Rows = tuple[sparse.csr_matrix, np.ndarray, np.ndarray]
"""Matrix, low and high."""


@dataclass(frozen=True)
class Block:
    """Variables that depend on each other, with all rows about them; the rest is as in ``base``.

    Rows are ``low <= matrix @ x <= high`` in the block's variables ``columns``. ``hard`` always
    hold; ``soft`` (system ``names``) only as far as they are published; ``rules`` hold for those
    readers who know them. ``kept`` is what is made of it for the pattern that is looked at.
    """

    columns: np.ndarray
    rest: np.ndarray
    hard: tuple[sparse.csr_matrix, np.ndarray, np.ndarray]
    soft: tuple[sparse.csr_matrix, np.ndarray, np.ndarray]
    names: np.ndarray
    rules: tuple[sparse.csr_matrix, np.ndarray, np.ndarray]
    kept: dict[str, object] = field(default_factory=dict, compare=False, repr=False)
    _told: dict[bytes, Rows] = field(default_factory=dict, compare=False, repr=False)
    _aims: dict[int, tuple[sparse.csr_matrix, float]] = field(
        default_factory=dict, compare=False, repr=False
    )

    def told(self, published: np.ndarray) -> Rows:
        """All rows that hold if of ``soft`` those are published that are marked."""
        key = published.tobytes()
        if key not in self._told:
            self._told.clear()  # demands come pattern by pattern
            soft = tuple(part[published] for part in self.soft)
            self._told[key] = _stacked([self.hard, soft])
        return self._told[key]

    def aim(self, system: System, count: int) -> tuple[sparse.csr_matrix, float]:
        """A sensitive count as a row, and what of it is known."""
        if count not in self._aims:
            aim = system.aims[count]
            self._aims[count] = aim[:, self.columns], float((aim @ self.rest)[0])
        return self._aims[count]

    def knowledge(self, system: System, d: Demand, published: np.ndarray) -> list[Rows]:
        """What the reader of a demand knows, but for the demand itself: what is published, and
        then what an insider knows, and what follows from the rules."""
        parts = [self.told(published)]
        if d.insider >= 0:
            known, at = self.aim(system, d.insider)
            left = system.true[[d.insider]] - at
            parts.append((known, left, left))
        return [*parts, self.rules] if d.lawful else parts


def _stacked(parts: Sequence[Rows]) -> Rows:
    return (
        sparse.vstack([p[0] for p in parts], format="csr"),
        np.concatenate([p[1] for p in parts]),
        np.concatenate([p[2] for p in parts]),
    )


class View:
    """All that is known if at least everything outside ``allowed`` is published.

    Numbers that follow at once are put in, and what is left falls apart into blocks; so searches
    stay small however large the report is.
    """

    def __init__(self, system: System, allowed: frozenset[int]) -> None:
        self.system = system
        self.known = system.known(allowed)
        self.free = system.free(self.known)
        fixed = np.where(self.free, 0.0, system.base)
        settled = system.rules @ fixed
        self._rules = (settled < system.least) | (system.most < np.inf)
        links = sparse.vstack([system.matrix, system.rules[self._rules]]).tocsr()
        self.part = connected(links[:, self.free])
        self._position = np.flatnonzero(self.free)
        self._blocks: dict[tuple[int, ...], Block] = {}
        self._homes: dict[tuple[int, int], Block] = {}

    def block(self, d: Demand) -> Block:
        """The variables that matter for a demand."""
        asked = d.count, d.insider
        if asked not in self._homes:
            key = self.parts_of(self.system.aims[[d.count] + [d.insider] * (d.insider >= 0)])
            if key not in self._blocks:
                self._blocks[key] = self._make(key)
            self._homes[asked] = self._blocks[key]
        return self._homes[asked]

    def parts_of(self, rows: sparse.csr_matrix) -> tuple[int, ...]:
        """The blocks that sums of variables reach into."""
        return tuple(np.unique(self.part[rows[:, self.free].indices]).tolist())

    def _make(self, key: tuple[int, ...]) -> Block:
        system = self.system
        columns = self._position[np.isin(self.part, key)]
        rest = system.base.copy()
        rest[columns] = 0.0
        matrix, gone = system.matrix[:, columns], system.matrix @ rest
        about = np.diff(matrix.indptr) > 0

        def rows(of: np.ndarray) -> tuple[sparse.csr_matrix, np.ndarray, np.ndarray]:
            return matrix[of], system.low[of] - gone[of], system.high[of] - gone[of]

        hard, soft = np.flatnonzero(about & self.known), np.flatnonzero(about & ~self.known)
        legal, settled = system.rules[:, columns], system.rules @ rest
        of = np.flatnonzero(self._rules & (np.diff(legal.indptr) > 0))
        rules = legal[of], (system.least - settled)[of], (system.most - settled)[of]
        return Block(columns, rest, rows(hard), rows(soft), soft, rules)


def search(
    view: View, d: Demand, hidden: frozenset[int], weights: np.ndarray, *, any_: bool = False
) -> np.ndarray | None:
    """The table that meets a demand and contradicts least.

    Parameters
    ----------
    view : of a pattern that holds ``hidden``.
    hidden : what is (or may be) suppressed.
    weights : by statement, the price of contradicting it by 1, where that is allowed.
    any_ : the first table that is found does; it need not be the cheapest.

    Returns
    -------
    array of float by variable, or None if no table meets the demand.
    """
    if d.side:
        return _search(view, d, d.side, d.target, hidden, weights, any_)[0]
    best, least = None, np.inf
    for side in (1, -1):
        table, price = _search(view, d, side, d.target + side, hidden, weights, any_)
        if table is not None and price < least:
            best, least = table, price
            if any_:
                break
    return best


def _search(
    view: View,
    d: Demand,
    side: int,
    target: float,
    hidden: frozenset[int],
    weights: np.ndarray,
    any_: bool,
) -> tuple[np.ndarray | None, float]:
    block, system = view.block(d), view.system
    width = len(block.columns)
    published = system.known(hidden)[block.names]
    priced = ~published & (weights[block.names] > 0)
    aim, at = block.aim(system, d.count)
    bound = target - at
    ends = ([bound], [np.inf]) if side > 0 else ([-np.inf], [bound])
    told, *more = block.knowledge(system, d, published)
    parts = [told, (aim, *map(np.array, ends)), *more]
    count = int(priced.sum())
    if count:
        parts.append(tuple(part[priced] for part in block.soft))
    rows, low, high = _stacked(parts)
    end = len(low) - count  # what must hold
    matrix = _with_slack(rows.tocsc(), count)
    price = weights[block.names][priced]
    goal = np.concatenate([np.zeros(width), price, price])

    def solve(
        goal: np.ndarray, whole: bool, most: float | np.ndarray = np.inf, **options: float
    ) -> OptimizeResult:
        integrality = np.zeros(len(goal))
        integrality[:width] = whole
        return milp(
            goal,
            constraints=LinearConstraint(matrix, low, high),
            integrality=integrality,
            bounds=Bounds(0, most),
            options=options,
        )

    def checked(x: np.ndarray | None, must: bool) -> np.ndarray | None:
        if x is None:
            return None
        x = x[:width]
        whole = np.round(x)
        sums = (rows @ whole)[:end]
        fits = np.all(sums >= low[:end] - 1e-9) and np.all(sums <= high[:end] + 1e-9)
        if not fits or (not must and np.abs(whole - x).max(initial=0) > TOLERANCE):
            return None if must else np.maximum(x, 0)
        return whole

    if not len(goal):  # everything about the count is known
        fits = bound <= TOLERANCE if side > 0 else bound >= -TOLERANCE
        return (block.rest.copy(), 0.0) if fits else (None, 0.0)
    result = solve(goal, False)
    if result.x is None:
        return None, 0.0
    found, price_found = checked(result.x, False), result.fun
    if d.whole and found is not None and not np.all(found == np.round(found)):
        # Whole numbers seldom have to contradict more than fractions do; that search is small.
        change = np.tile(result.x[width:].reshape(2, count).sum(axis=0), 2)
        most = np.append(np.full(width, np.inf), np.where(change > TOLERANCE, np.inf, 0.0))
        result = solve(goal, True, most, mip_rel_gap=0.1, node_limit=QUICK_NODES)
        found, price_found = checked(result.x, True), result.fun
        if found is None and not any_:
            result = solve(goal, True, mip_rel_gap=0.1, node_limit=QUICK_NODES)
            found, price_found = checked(result.x, True), result.fun
        if found is None and (any_ or result.status != INFEASIBLE):
            result = solve(0 * goal, True, node_limit=NODES)
            found, price_found = checked(result.x, True), 1e300
        if found is None:
            return None, 0.0
    table = block.rest.copy()
    table[block.columns] = found
    return table, price_found


def _with_slack(matrix: sparse.csc_matrix, count: int) -> sparse.csc_matrix:
    """The last rows may be missed, at two variables each: upwards, and downwards."""
    height, width = matrix.shape
    last = np.arange(height - count, height)
    ends = matrix.nnz + np.arange(1, 2 * count + 1)
    return sparse.csc_matrix(
        (
            np.concatenate([matrix.data, -np.ones(count), np.ones(count)]),
            np.concatenate([matrix.indices, last, last]),
            np.concatenate([matrix.indptr, ends]),
        ),
        shape=(height, width + 2 * count),
    )


def unmet(
    view: View,
    pool: Witnesses,
    wanted: Iterable[Demand],
    hidden: frozenset[int],
    *,
    first: bool = False,
    near: bool = True,
) -> list[Demand]:
    """Those demands that are not met if ``hidden`` is suppressed.

    Parameters
    ----------
    first : one of them is enough.
    near : look for tables that contradict little. That takes longer, but such tables serve for
        other patterns, too.
    """
    system = view.system
    todo, failed = pool.unmet(list(wanted), hidden), []
    weights = system.prices(system.problem.primaries) * near
    while todo:
        d, *todo = todo
        table = search(view, d, hidden, weights, any_=True)
        if table is None:
            failed.append(d)
            if first:
                break
            continue
        pool.add(table)
        # A table found for one demand often meets many others.
        todo = pool.unmet(todo, hidden, last=1)
    return failed
