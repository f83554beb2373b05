"""Relations between two indicators over areas: rank correlation, its limits, and a test.

What is correlated are areas. Years of the same areas are no further areas: whoever wants more than
one year counts them together first, and has as many areas as before.
"""

from __future__ import annotations

from collections.abc import Sequence
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

FEWEST = 10
"""With fewer areas a correlation says nothing: its limits reach from one side to the other."""

DRAWS, SEED = 9_999, 19_040_115
ROUNDED = 12
"""Digits to which correlations are compared: sums of ranks in another order are the same."""


class Relation(NamedTuple):
    """Rank correlation of two indicators over ``n`` areas with limits, and the p-value that it has
    if neither has to do with the other."""

    n: int
    rho: float
    low: float
    high: float
    p: float


def relation(
    first: ArrayLike,
    second: ArrayLike,
    *,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Relation:
    """Spearman's rank correlation, with Fisher's z and a permutation test.

    Limits: tanh(atanh(rho) ± z sqrt((1 + rho² / 2) / (n - 3))), the variance of Bonett and Wright
    (2000, Psychometrika 65, 23-28), which suits rank correlations. Where all ranks agree they are
    those of the nearest correlation that is not quite 1. Test: as `rank_test`.

    Parameters
    ----------
    first, second : published values of the same areas, at least `FEWEST`.

    Returns
    -------
    Relation
        All NaN, and p 1, where an indicator has the same value everywhere.

    Raises
    ------
    ValueError
        Fewer areas.
    """
    x, y = np.asarray(first, float), np.asarray(second, float)
    n = x.size
    if n < FEWEST or y.size != n:
        raise ValueError(f"a correlation needs {FEWEST} areas")
    rho, p = rank_test(x, y, draws=draws, seed=seed)
    if np.isnan(rho):
        return Relation(n=n, rho=rho, low=rho, high=rho, p=p)
    most = 1 - 1 / n**2
    z = np.arctanh(np.clip(rho, -most, most))
    width = NormalDist().inv_cdf((1 + confidence) / 2) * np.sqrt((1 + rho**2 / 2) / (n - 3))
    low, high = np.tanh([z - width, z + width])
    return Relation(n=n, rho=rho, low=float(min(low, rho)), high=float(max(high, rho)), p=p)


def rank_test(
    first: ArrayLike, second: ArrayLike, *, draws: int = DRAWS, seed: int = SEED
) -> tuple[float, float]:
    """Spearman's rank correlation (middle ranks for ties) and its two-sided p-value.

    The ranks of one indicator are dealt anew to the areas; p is the share of deals that agree, or
    disagree, at least as much, the one observed included (Phipson and Smyth 2010, Statistical
    Applications in Genetics and Molecular Biology 9, 39). It holds for any number of areas and any
    ties: p <= 0.05 comes about by chance in at most one of 20 cases.

    Returns
    -------
    rho, p
        NaN and 1 where an indicator has the same value everywhere.
    """
    x, y = (_standardised(np.asarray(values, float)) for values in (first, second))
    if x is None or y is None:
        return float("nan"), 1.0
    rho = round(float(x @ y), ROUNDED)
    generator = np.random.default_rng(seed)
    dealt = generator.permuted(np.tile(x, (draws, 1)), axis=1) @ y
    extreme = int((np.abs(dealt.round(ROUNDED)) >= abs(rho)).sum())
    return rho, (1 + extreme) / (draws + 1)


def believed(p: Sequence[float], level: float = 0.05) -> list[bool]:
    """Which of a family of tests may be believed (Holm 1979, Scandinavian Journal of Statistics 6,
    65-70): where nothing is behind any of them, at most one report of 20 names one.

    Parameters
    ----------
    p : p-values of all tests of the report.
    """
    order = sorted(range(len(p)), key=lambda i: p[i])
    kept = [False] * len(p)
    for rank, i in enumerate(order):
        if p[i] * (len(p) - rank) > level:
            break
        kept[i] = True
    return kept


def _standardised(values: np.ndarray) -> np.ndarray | None:
    """Middle ranks with mean 0 and length 1; None if all are the same."""
    _, place, times = np.unique(values, return_inverse=True, return_counts=True)
    ranks = (np.cumsum(times) - (times - 1) / 2)[place] - (values.size + 1) / 2
    length = np.sqrt((ranks**2).sum())
    return None if length == 0 else np.asarray(ranks / length)
