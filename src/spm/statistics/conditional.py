"""Tests of two counts against each other, for whole columns at once.

Each test conditions on what carries no information about the difference (the sum of both counts,
the margins of the 2x2 table), so it needs no large numbers. The two-sided p-value is twice the
smaller tail; of the observed value itself half counts (mid-p: Lancaster 1961; Berry and Armitage
1995, The Statistician 44, 417-423). The exact p-value, which counts it in full, keeps its level by
force and is far too cautious for counts below 30. Mid-p is right on average but promises only
P(p <= t) <= 2t for the worst case; that the report as a whole keeps its 5 % is therefore shown by
simulation (`tests/statistics/test_comparison.py`).
"""

from __future__ import annotations

from collections.abc import Callable
from typing import NamedTuple

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike

TAIL_IS_COMPLETE = 1e-17
"""A tail is summed until the next term is smaller than this share of it."""


class Counts(NamedTuple):
    """Counts of one side of a comparison; arrays of the same shape (n,).

    top, bottom : numerator and denominator. less : what is subtracted from the numerator, for net
    figures; NaN or ignored elsewhere.
    """

    top: np.ndarray
    bottom: np.ndarray
    less: np.ndarray

    @classmethod
    def of(cls, rows: pd.DataFrame) -> Counts:
        """The counts of rows like those of the indicators; NaN where a column is missing."""
        columns = rows.reindex(columns=["zaehler", "nenner", "abzueglich"])
        return cls(*columns.to_numpy(float).T)


def two_rates(first: Counts, second: Counts) -> np.ndarray:
    """Two-sided mid-p of equal rates of two Poisson counts; bottom is the population at risk.

    Given the sum of both, the first is binomial with its share of the populations (Przyborowski and
    Wilenski 1940, Biometrika 31, 313-323).
    """
    from scipy.special import betainc, xlog1py, xlogy

    k, rest, share = first.top, second.top, first.bottom / (first.bottom + second.bottom)
    at = np.exp(_ways(k + rest, k) + xlogy(k, share) + xlog1py(rest, -share))
    # Both tails of the binomial, without k itself, as incomplete beta functions.
    below = np.where(k > 0, betainc(rest + 1, np.maximum(k, 1), 1 - share), 0.0)
    above = np.where(rest > 0, betainc(k + 1, np.maximum(rest, 1), share), 0.0)
    return _doubled(np.minimum(below, above), at)


def two_shares(first: Counts, second: Counts) -> np.ndarray:
    """Two-sided mid-p of equal shares of two groups; top is the part of bottom.

    Given the margins of the 2x2 table, the first numerator is hypergeometric (Fisher 1935). The
    tail is summed term by term for all rows together, a hundred times faster than one by one.
    """
    drawn, other = first.bottom, second.bottom
    marked = first.top + second.top
    at = np.exp(_ways(drawn, first.top) + _ways(other, second.top) - _ways(drawn + other, marked))
    high = first.top * (drawn + other) >= marked * drawn
    # A low first count is a high second one: only upper tails need summing.
    count = np.where(high, first.top, second.top)
    size, rest = np.where(high, drawn, other), np.where(high, other, drawn)
    return _doubled(_tail_above(count, size, marked, rest, at), at)


def two_ratios(first: Counts, second: Counts) -> np.ndarray:
    """Two-sided mid-p of equal ratios of two separate counts, top / bottom.

    A ratio is equal where the share of top in top + bottom is: the 2x2 table of all four counts.
    """
    return two_shares(
        first._replace(bottom=first.top + first.bottom),
        second._replace(bottom=second.top + second.bottom),
    )


def two_nets(first: Counts, second: Counts) -> np.ndarray:
    """Two-sided p of equal net figures (top - less) / bottom; both counts are Poisson.

    Score test: the variance is the one under equal nets, with the net of both together put in for
    the common one; so an area with few moves has no variance of almost zero.
    """
    from scipy.special import ndtr

    population = first.bottom + second.bottom
    common = (first.top - first.less + second.top - second.less) / population
    variance = net_variance(first, common) + net_variance(second, common)
    difference = net(first) - net(second)
    apart = np.divide(
        np.abs(difference), np.sqrt(variance), out=np.zeros_like(difference), where=variance > 0
    )
    p: np.ndarray = 2 * ndtr(-apart)
    return p


def net(counts: Counts) -> np.ndarray:
    """Net figure per head."""
    figure: np.ndarray = (counts.top - counts.less) / counts.bottom
    return figure


def net_variance(counts: Counts, common: np.ndarray) -> np.ndarray:
    """Variance of the net figure per head if its expectation is ``common``.

    With u arrivals and u - common departures per head, the likelihood is largest where
    2 n u^2 - (2 n common + top + less) u + top common = 0.
    """
    n, moves = counts.bottom, counts.top + counts.less
    half = (2 * n * common + moves) / (4 * n)
    root = np.sqrt(np.maximum(half**2 - counts.top * common / (2 * n), 0))
    arrivals = np.maximum(half + root, np.maximum(common, 0))
    variance: np.ndarray = (2 * arrivals - common) / n
    return variance


TESTS: dict[str, Callable[[Counts, Counts], np.ndarray]] = {
    "anteil": two_shares,
    "rate": two_rates,
    "quotient": two_ratios,
    "veraenderung": two_ratios,
    "saldo": two_nets,
}
"""The test of each kind of indicator that varies at random."""


def equal(kinds: ArrayLike, first: Counts, second: Counts) -> np.ndarray:
    """Two-sided p-values of equal values, each by the test of its kind.

    Parameters
    ----------
    kinds : ``entry.art`` of every row, shape (n,).

    Returns
    -------
    p : shape (n,). NaN where there is no test or no answer: a number is missing or negative, a
        denominator is not above 0, a part is larger than its whole.
    """
    kinds = np.asarray(kinds, object)
    result = np.full(len(kinds), np.nan)
    for kind, test in TESTS.items():
        here = (kinds == kind) & _usable(kind, first) & _usable(kind, second)
        if here.any():
            one, two = (Counts(*(column[here] for column in side)) for side in (first, second))
            result[here] = np.minimum(test(one, two), 1.0)
    return result


def values(kinds: ArrayLike, counts: Counts) -> np.ndarray:
    """Numerator (net of what is subtracted) per denominator; NaN without a denominator."""
    less = np.where(np.asarray(kinds, object) == "saldo", counts.less, 0.0)
    bottom = np.where(counts.bottom > 0, counts.bottom, np.nan)
    return (counts.top - less) / bottom


def _usable(kind: str, side: Counts) -> np.ndarray:
    fine: np.ndarray = (side.top >= 0) & (side.bottom > 0)  # False where NaN
    if kind == "anteil":
        fine &= side.top <= side.bottom
    if kind == "saldo":
        fine &= side.less >= 0
    return fine


def _ways(n: np.ndarray, k: np.ndarray) -> np.ndarray:
    """Logarithm of the number of ways to draw k of n."""
    from scipy.special import gammaln

    ways: np.ndarray = gammaln(n + 1) - gammaln(k + 1) - gammaln(n - k + 1)
    return ways


def _doubled(tail: np.ndarray, at: np.ndarray) -> np.ndarray:
    p: np.ndarray = np.minimum(2 * tail + at, 1.0)
    return p


def _tail_above(
    count: np.ndarray, size: np.ndarray, marked: np.ndarray, rest: np.ndarray, at: np.ndarray
) -> np.ndarray:
    """P(X > count) of the hypergeometric X, from P(X = count) and the ratio of its terms."""
    total, term, k = np.zeros_like(at), at.copy(), count.copy()
    live = np.arange(len(at))
    while len(live):
        i = live
        up = (size[i] - k[i]) * (marked[i] - k[i])
        down = (k[i] + 1) * (rest[i] - marked[i] + k[i] + 1)
        term[i] *= np.divide(up, down, out=np.zeros_like(up), where=up > 0)
        total[i] += term[i]
        k[i] += 1
        live = i[term[i] > TAIL_IS_COMPLETE * (total[i] + at[i])]
    return total
