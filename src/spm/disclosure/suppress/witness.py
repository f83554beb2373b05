"""The search for tables that a reader can still believe: they agree with everything published.

Only the suppressor uses this; the auditor proves the result by other means.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np
from scipy import sparse

from spm.disclosure.solver import Found, Status, goals
from spm.disclosure.suppress.demands import TOLERANCE, Demand, Witnesses
from spm.disclosure.suppress.section import Section
from spm.disclosure.suppress.system import System, connected

NODES = 20_000
"""Of a search for whole numbers; a demand not met by then counts as not met."""
QUICK_NODES = 200
"""Of a search for the cheapest whole numbers, before any whole numbers are taken."""

OTHERS = 3
"""Goals that nearly say the same, tried where the first table is not whole."""


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
        self._blocks: dict[tuple[int, ...], Section] = {}
        self._homes: dict[tuple[int, int], Section] = {}

    def block(self, d: Demand) -> Section:
        """The variables that matter for a demand."""
        asked = d.about, d.insider
        if asked not in self._homes:
            key = self.parts_of(self.system.aims[[d.about] + [d.insider] * (d.insider >= 0)])
            if key not in self._blocks:
                self._blocks[key] = self._make(key)
            self._homes[asked] = self._blocks[key]
        return self._homes[asked]

    def parts_of(self, rows: sparse.csr_matrix) -> tuple[int, ...]:
        """The blocks that sums of variables reach into."""
        return tuple(np.unique(self.part[rows[:, self.free].indices]).tolist())

    def _make(self, key: tuple[int, ...]) -> Section:
        columns = self._position[np.isin(self.part, key)]
        return Section(self.system, columns, self.known, self._rules)


def _fraction(table: np.ndarray) -> bool:
    """Whether a number of a table is not whole."""
    return not np.all(table == np.round(table))


def plain_change(view: View, d: Demand, hidden: frozenset[int]) -> np.ndarray | None:
    """A table that meets a demand and differs from the base in one variable, if there is one."""
    system = view.system
    true, parts = float(system.true[d.about]), system.aims[[d.about]].indices
    steps = [(d.target - true)] if d.side else [1.0, -1.0]
    known = system.known(hidden)
    for v in parts[view.free[parts]].tolist():
        for step in steps:
            if system.base[v] + step < 0 or (d.whole and step != round(step)):
                continue
            table = system.base.copy()
            table[v] += step
            own = system.aims[[d.insider]] @ table if d.insider >= 0 else None
            if (
                not known[system.touched(table)].any()
                and (not d.lawful or system.is_lawful(table))
                and (own is None or own[0] == system.true[d.insider])
            ):
                return table
    return None


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
    published = system.known(hidden)[block.names]
    priced = ~published & (weights[block.names] > 0)
    must = block.knowledge(d, published)
    if not block.demand(must, d.about, side, target):  # everything about the count is known
        left = target - block.aim(d.about)[1]
        fits = left <= TOLERANCE if side > 0 else left >= -TOLERANCE
        return (block.rest.copy(), 0.0) if fits else (None, 0.0)
    low, high = must[0].copy(), must[1].copy()
    for bound, whole in zip((low, high), (block.low, block.high), strict=True):
        bound[block.soft][priced] = whole[block.soft][priced]
    price = np.where(priced, weights[block.names], 0.0)
    goal, free = np.zeros(block.width), np.full(block.width, np.inf)
    program, room = block.strict, np.empty(0)
    if priced.any():
        goal, program, room = np.append(goal, [price, price]), block.program, block.room(d)
    lower = np.zeros(len(goal))

    def solve(goal: np.ndarray, whole: bool, misses: np.ndarray, **limits: Any) -> Found:
        most = np.where(np.append(misses, misses), room, 0.0) if len(room) else room
        upper = np.append(free, most)
        return program.minimise(goal, low, high, lower, upper, whole=whole, **limits)

    def checked(x: np.ndarray | None, needed: bool) -> np.ndarray | None:
        if x is None:
            return None
        x = x[: block.width]
        whole = np.round(x)
        sums = block.rows @ whole
        fits = np.all(sums >= must[0] - 1e-9) and np.all(sums <= must[1] + 1e-9)
        if not fits or (not needed and np.abs(whole - x).max(initial=0) > TOLERANCE):
            return None if needed else np.maximum(x, 0)
        return whole

    result = solve(goal, False, priced)
    if result.x is None:
        return None, 0.0
    found, price_found = checked(result.x, False), result.value
    fraction = d.whole and found is not None and _fraction(found)
    for other in goals(goal, OTHERS * fraction):
        again = solve(other, False, priced)
        table = checked(again.x, False)
        if table is not None and again.x is not None and not _fraction(table):
            found, price_found, fraction = table, float(goal @ again.x), False
            break
    if fraction:
        # Whole numbers seldom have to contradict more than fractions do; that search is small.
        few, quick = priced, {"mip_rel_gap": 0.1}
        if priced.any():
            few = few & (result.x[block.width :].reshape(2, -1).sum(axis=0) > TOLERANCE)
        result = solve(goal, True, few, mip_max_nodes=QUICK_NODES, **quick)
        found, price_found = checked(result.x, True), result.value
        if found is None and not any_:
            result = solve(goal, True, priced, mip_max_nodes=QUICK_NODES, **quick)
            found, price_found = checked(result.x, True), result.value
        if found is None and (any_ or result.status is not Status.INFEASIBLE):
            result = solve(0 * goal, True, priced, mip_max_nodes=NODES)
            found, price_found = checked(result.x, True), 1e300
        if found is None:
            return None, 0.0
    table = block.rest.copy()
    table[block.columns] = found
    return table, price_found


def unmet(
    view: View,
    pool: Witnesses,
    wanted: Iterable[Demand],
    hidden: frozenset[int],
    *,
    first: bool = False,
    each: bool = False,
    near: bool = True,
) -> list[Demand]:
    """Those demands that are not met if ``hidden`` is suppressed.

    Parameters
    ----------
    first : one of them is enough.
    each : one of every count is enough.
    near : look for tables that contradict little. That takes longer, but such tables serve for
        other patterns, too.
    """
    system = view.system
    todo, failed = pool.unmet(list(wanted), hidden), []
    weights = system.prices(system.problem.primaries) * near
    while todo:
        d, *todo = todo
        table = None if near else plain_change(view, d, hidden)
        if table is None:
            table = search(view, d, hidden, weights, any_=True)
        if table is None:
            failed.append(d)
            if first:
                break
            if each:
                todo = [other for other in todo if other.about != d.about]
            continue
        pool.add(table)
        # A table found for one demand often meets many others.
        todo = pool.unmet(todo, hidden, last=1)
    return failed
