"""How often 95 % intervals hold the true value.

    python benchmarks/coverage.py

Wilson for shares, Byar (exact below 10 events) for rates, and exact limits for comparison, for the
denominators and values that occur in reports. Counts are drawn at random, the same in every run.
"""

from __future__ import annotations

import numpy as np
import pandas as pd

from spm.statistics import intervals

DENOMINATORS = [200, 500, 1000, 2000, 5000]
VALUES = [0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.3]
DRAWS = 40_000
METHODS = ["Wilson", "Byar/exakt", "exakt"]


def coverage(draws: int = DRAWS) -> pd.DataFrame:
    """Share of intervals that hold the true value.

    Returns
    -------
    DataFrame
        ``nenner, wert`` and one column per method, shares 0..1; one row per combination.
    """
    rng = np.random.default_rng(1927)
    rows = []
    for n in DENOMINATORS:
        for value in VALUES:
            part, events = rng.binomial(n, value, draws), rng.poisson(n * value, draws)
            found = {
                "Wilson": _holds(intervals.wilson(part, n), value),
                "Byar/exakt": _holds(intervals.poisson(events), n * value),
                "exakt": _holds(intervals.exact(events), n * value),
            }
            rows.append({"nenner": n, "wert": value} | found)
    return pd.DataFrame(rows)


def _holds(limits: intervals.Limits, truth: float) -> float:
    return float(np.mean((limits[0] <= truth) & (truth <= limits[1])))


def main() -> None:
    table = coverage()
    for method in METHODS:
        print(f"\n{method}: coverage in %, by denominator and true value")
        wide = table.pivot(index="nenner", columns="wert", values=method) * 100
        wide.columns = [f"{value:.1%}" for value in wide.columns]
        print(wide.round(1).to_string())
        of = table[method]
        print(f"mean {of.mean():.1%}, lowest {of.min():.1%}, highest {of.max():.1%}")


if __name__ == "__main__":
    main()
