"""A good pattern for problems too large for the cheapest one.

For every demand not met yet, the cheapest change of the true table that meets it: a linear program
in which contradicting a published number costs what suppressing it does, per unit of the change
that is needed (Fischetti & Salazar-González 2001, section 5; Kelly, Golden & Assad 1992).
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from spm.disclosure.suppress.demands import Demand, Witnesses
from spm.disclosure.suppress.witness import View, search

ALMOST_FREE = 1e-4
"""Price of contradicting what is suppressed already, relative to its cost: little is touched."""


def extend(
    view: View,
    pool: Witnesses,
    wanted: Iterable[Demand],
    hidden: frozenset[int],
    allowed: frozenset[int],
) -> tuple[frozenset[int], list[Demand]]:
    """Hide more items until all demands are met.

    Parameters
    ----------
    view : of the pattern ``allowed``.
    hidden : suppressed already.
    allowed : what may be suppressed, including ``hidden``.

    Returns
    -------
    The items to be suppressed, and the demands that cannot be met even if all allowed are.
    """
    system = view.system
    # Large changes first: the small ones then come for free.
    todo = sorted(wanted, key=lambda d: (-needed(pool, d), d))
    todo, failed = pool.unmet(todo, hidden), []
    costs = system.prices(system.problem.primaries)
    while todo:
        d, *todo = todo
        prices = system.prices(hidden) / needed(pool, d)
        table = search(view, d, allowed, np.maximum(prices, ALMOST_FREE * costs))
        if table is None:
            failed.append(d)
            continue
        hidden |= pool.add(table)
        todo = pool.unmet(todo, hidden, last=0)
    return hidden, failed


def needed(pool: Witnesses, d: Demand) -> float:
    """By how much a count must move."""
    return max(1.0, abs(d.target - float(pool.system.true[d.about])))
