"""Time suppression and audit: cells against seconds.

    python benchmarks/disclosure.py [largest number of areas]

Tables of areas x sexes x ages with all margins, year by year, as a municipality with 40 areas or a
Kreis with 16 municipalities prints them. The same random counts in every run. Seconds are those of
the processor, so other programs count little. Between tables of one year, the exponent with which
the time grows: 2 is quadratic in the number of cells. Years are independent of each other.
"""

from __future__ import annotations

import sys
import time
from itertools import product
from math import log

import numpy as np

from spm.disclosure.audit.audit import audit
from spm.disclosure.problem import Count, Item, Problem, Shown
from spm.disclosure.suppress.suppression import suppress

THRESHOLD, SEXES = 3, 2
SIZES = [  # areas, ages, years, mean count per cell
    (10, 9, 1, 9.0),
    (16, 9, 1, 9.0),
    (16, 18, 1, 9.0),
    (40, 18, 1, 9.0),
    (16, 18, 6, 9.0),
    (40, 18, 6, 9.0),
]


def tables(areas: int, ages: int, years: int, mean: float) -> Problem:
    """All cells and margins; a total is dearer than a cell."""
    rng = np.random.default_rng(194)
    size = rng.gamma(2.0, mean / 2, (years, areas))
    cells = rng.poisson(size[:, :, None, None], (years, areas, SEXES, ages)).astype(float)
    index = np.arange(cells.size).reshape(cells.shape)
    counts, items, partitions, where = [], [], [], {}
    axes = [[*range(n), None] for n in cells.shape[1:]]
    for year, a, s, g in product(range(years), *axes):
        place = tuple(slice(None) if x is None else x for x in (a, s, g))
        value = float(cells[year][place].sum())
        small = value < THRESHOLD
        where[year, a, s, g] = len(counts)
        counts.append(
            Count(
                (year, a, s, g),
                frozenset(np.ravel(index[year][place]).tolist()),
                value,
                small,
                (0.0, float(THRESHOLD)) if small else None,
                threshold=THRESHOLD,
            )
        )
        shown = (Shown(len(counts) - 1, value, value),)
        items.append(Item((year, a, s, g), shown, cost=1.0 + value))
    for (year, *place), whole in where.items():
        for axis, x in enumerate(place):
            if x is None:
                parts = [[*place[:axis], k, *place[axis + 1 :]] for k in axes[axis][:-1]]
                partitions.append((whole, tuple(where[year, *p] for p in parts)))
    return Problem(tuple(range(cells.size)), tuple(counts), tuple(items), (), tuple(partitions))


def main() -> None:
    largest = int(sys.argv[1]) if len(sys.argv) > 1 else 40
    print(f"{'cells':>7} {'primary':>8} {'second.':>8} {'suppress s':>11} {'audit s':>8} "
          f"{'audit s per 1,000 cells and 100 primaries':>42}  method")  # fmt: skip
    before = None
    for areas, ages, years, mean in SIZES:
        if areas > largest:
            continue
        problem = tables(areas, ages, years, mean)
        start = time.process_time()
        pattern = suppress(problem)
        middle = time.process_time()
        found = audit(problem, pattern.hidden)
        end = time.process_time()
        assert found.passed, found.failures[:3]
        cells, primaries = len(problem.items), len(problem.primaries)
        rate = (end - middle) / (cells / 1000) / (primaries / 100)
        secondary = len(pattern.hidden) - primaries
        print(f"{cells:7} {primaries:8} {secondary:8} {middle - start:11.1f} {end - middle:8.1f} "
              f"{rate:42.2f}  {pattern.method}", flush=True)  # fmt: skip
        if years == 1:
            if before:
                growth = log((middle - start) / before[1]) / log(cells / before[0])
                print(f"{'':7} suppress s ~ cells^{growth:.1f} since the row before", flush=True)
            before = (cells, middle - start)


if __name__ == "__main__":
    main()
