"""Cells that their sender suppressed: what everybody knows of them who knows the sender's rule.

A sender that hides numbers below 3 says with every gap that it is a 1 or a 2. The report must not
narrow that down further.
"""

from __future__ import annotations

from collections.abc import Collection, Hashable, Iterable, Mapping
from dataclasses import dataclass, replace

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from spm.disclosure.inputs.everything import Inputs
from spm.disclosure.model.counts import Counts, Window
from spm.disclosure.model.groups import identity
from spm.disclosure.model.space import Tally
from spm.disclosure.problem import Relation
from spm.disclosure.solver import smallest

WRONG = 1e-6
"""By so much a gap must be out of its bounds for these to be wrong."""


@dataclass(frozen=True)
class Gap:
    """A suppressed cell that is between two numbers; ``table`` is what it was suppressed in."""

    count: int
    table: tuple[Hashable, ...]
    low: float
    high: float


def withheld(
    counts: Counts, tally: Tally, inputs: Inputs, relations: Iterable[Relation]
) -> dict[Hashable, Relation]:
    """What readers know of gaps, and what must stay possible of them.

    Parameters
    ----------
    counts : all of the report; the gaps among them are changed.
    relations : all other sums that readers know.

    Returns
    -------
    dict
        Relation by name.

    Notes
    -----
    Some senders also hide numbers that are not small, to protect the small ones. Where a table of
    theirs (a selection in one year) cannot be as their threshold says, nothing is inferred from it.
    """
    gaps = _gaps(counts, tally, inputs)
    rows = [*relations]
    while wrong := _wrong(gaps, counts, rows):
        gaps = [g for g in gaps if g.table not in wrong]
    found: dict[Hashable, Relation] = {}
    for gap in gaps:
        count = counts.all[gap.count]
        need = count.need and (max(count.need[0], gap.low), min(count.need[1], gap.high))
        told = gap.low == gap.high  # by the sender: nobody can keep it a secret
        need = None if told or (need and need[0] >= need[1]) else need
        counts.all[gap.count] = replace(count, sensitive=not told, need=need)
        name = ("vom Absender gesperrt", str(count.name))
        row = dict.fromkeys(sorted(count.parts), 1.0)
        found[name] = Relation(name, row, gap.low, gap.high)
    return found


def _gaps(counts: Counts, tally: Tally, inputs: Inputs) -> list[Gap]:
    found = []
    for index, windows in sorted(counts.windows.items()):
        own = [g for w in windows if (g := _gap(index, w, counts, tally, inputs))]
        if own and counts.all[index].value is None:
            low, high = max(g.low for g in own), min(g.high for g in own)
            found += [replace(own[0], low=low, high=high)] if low <= high else []
    return found


def _gap(index: int, window: Window, counts: Counts, tally: Tally, inputs: Inputs) -> Gap | None:
    """The bounds of a suppressed cell: of its parts some were counted, and each other is small."""
    if not counts.secret(window) or window.years[0] in inputs.redrawn:
        return None
    cell = tally.of(window.wanted, window.years[0], window.places[0])
    least, most = inputs.rules.withheld(window.wanted)
    if cell is None or most < max(least, 1.0):  # by that rule nothing is suppressed
        return None
    table, error = (identity(window.wanted), window.years[0]), cell.deviation
    low, high = (cell.known + cell.suppressed * end for end in (least, most))
    return Gap(index, table, max(low - error, 0.0), high + error)


def _wrong(
    gaps: list[Gap], counts: Counts, relations: Collection[Relation]
) -> set[tuple[Hashable, ...]]:
    """Tables with a gap that cannot be between its bounds, for all other numbers are known.

    A linear program moves the bounds as little as it must.
    """
    if not gaps:
        return set()
    rows: list[tuple[Mapping[int, float], float, float]] = [
        (dict.fromkeys(c.parts, 1.0), c.value, c.value) for c in counts.all if c.value is not None
    ]
    rows += [(r.coefficients, r.low, r.high) for r in relations]
    rows += [(dict.fromkeys(counts.all[g.count].parts, 1.0), g.low, g.high) for g in gaps]
    width = 1 + max(v for row, _, _ in rows for v in row)
    cells = [(r, v, k) for r, (row, _, _) in enumerate(rows) for v, k in sorted(row.items())]
    down, across, factors = (np.array(x) for x in zip(*cells, strict=True))
    matrix = sp.csr_array((factors.astype(float), (down, across)), shape=(len(rows), width))
    # Only what has to do with a gap.
    both = sp.block_array([[None, matrix], [matrix.T, None]], format="csr")
    part = connected_components(both, directed=False)[1]
    near = np.isin(part[: len(rows)], part[len(rows) - len(gaps) : len(rows)])
    kept = np.flatnonzero(near)
    low, high = (np.array([rows[r][k] for r in kept], dtype=float) for k in (1, 2))
    matrix = matrix[kept]
    free = sp.vstack(
        [sp.csr_array((len(kept) - len(gaps), len(gaps))), sp.eye_array(len(gaps))], format="csr"
    )
    whole = sp.hstack([matrix, free, -free], format="csr")
    found = smallest(whole, np.concatenate([np.zeros(width), np.ones(2 * len(gaps))]), low, high)
    if found.x is None:  # the numbers contradict each other without the gaps: said elsewhere
        return set()
    moved = found.x[width : width + len(gaps)] + found.x[width + len(gaps) :]
    return {g.table for g, x in zip(gaps, moved, strict=True) if x > WRONG}
