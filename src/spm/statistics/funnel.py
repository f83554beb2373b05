"""Control limits of funnel plots: how far areas of a given size scatter by chance alone.

Methods of Public Health England (Fingertips, Technical Guidance "PH Methods"; the R package
PHEindicatormethods, functions calculate_funnel_limits and assign_funnel_significance), so that
figures agree with theirs; Spiegelhalter (2005), Statistics in Medicine 24, 1185-1202. All arguments
and results are arrays; without a population, events or expectation the result is NaN.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import numpy as np
from numpy.typing import ArrayLike

from spm.published import DEUTLICH_UEBER, DEUTLICH_UNTER, UEBER, UNTER, WIE
from spm.statistics import intervals
from spm.statistics.intervals import Limits

WARNING, ALARM = 0.95, 0.998
"""Levels of the inner and outer limits: 0.025 and 0.001 in each tail."""

STEPS = 23
"""Halvings of PHE's search for a Poisson expectation; more would give other digits than theirs."""


def share_limits(population: ArrayLike, average: float, level: float = WARNING) -> Limits:
    """Limits of the share of an area with this population, if its true share is the average.

    The share whose Wilson score interval just reaches the average p: solved for the share,
    p ± z sqrt(p (1 - p) / n), cut at 0 and 1.

    Parameters
    ----------
    population : denominators, any shape. average : pooled share, 0..1.

    Returns
    -------
    lower, upper : shares.
    """
    lower, upper = _share_limits(population, average, level)
    return np.maximum(lower, 0.0), np.minimum(upper, 1.0)


def ratio_limits(events: ArrayLike, level: float = WARNING) -> Limits:
    """Limits of observed / expected at this number of observed events.

    Parameters
    ----------
    events : observed numbers, above 0.

    Returns
    -------
    lower, upper : ratios (1: as expected). Times 100 they are PHE's limits of an indirectly
        standardised ratio, minus 1 those of a ratio of counts.
    """
    events = _positive(events)
    low, high = expectations(events, level)
    return events / high, events / low


def rate_limits(events: ArrayLike, average: float, level: float = WARNING) -> Limits:
    """Limits of a rate, crude or directly standardised, at this number of events.

    Parameters
    ----------
    events : observed numbers, above 0. average : pooled rate, in the unit of the result.
    """
    lower, upper = ratio_limits(events, level)
    return lower * average, upper * average


def rate_populations(
    events: ArrayLike, average: float, level: float = WARNING, years: int = 1
) -> Limits:
    """Yearly populations at which this number of events lies on the upper and the lower limit.

    Parameters
    ----------
    average : pooled rate per head and year. years : so many years are counted together.

    Returns
    -------
    at the upper limit, at the lower limit : the smaller and the larger population.
    """
    low, high = expectations(_positive(events), level)
    return low / average / years, high / average / years


def expectations(events: ArrayLike, level: float = WARNING) -> Limits:
    """Poisson expectations under which so many events, or more extreme, have the tail probability.

    These are the exact limits of `intervals.exact`, found the way PHE does: v = 0..1 is halved 23
    times, (events + 1) v / (1 - v) is the expectation. They differ by less than 2e-6 (events + 1).

    Returns
    -------
    low : P(X >= events) = tail. high : P(X <= events) = tail.
    """
    from scipy.special import pdtr, pdtrc

    events, tail = np.asarray(events, float), (1 - level) / 2

    def expected(v: np.ndarray) -> np.ndarray:
        expectation: np.ndarray = (events + 1) * v / (1 - v)
        return expectation

    low, high = np.full(events.shape, 0.5), np.full(events.shape, 0.5)
    for step in 0.5 ** np.arange(2, STEPS + 2):
        low += np.where(pdtrc(events - 1, expected(low)) > tail, -step, step)
        high += np.where(pdtr(events, expected(high)) < tail, -step, step)
    given = events > 0
    return np.where(given, expected(low), np.nan), np.where(given, expected(high), np.nan)


def share_class(events: ArrayLike, population: ArrayLike, average: float) -> np.ndarray:
    """Class of every share: outside the outer limits, outside the inner ones, or within."""
    population = _positive(population)
    share = np.asarray(events, float) / population
    inner, outer = (_share_limits(population, average, level) for level in (WARNING, ALARM))
    return _classes(
        *(share > limits[1] for limits in (outer, inner)),
        *(share < limits[0] for limits in (outer, inner)),
        missing=np.isnan(share),
    )


def ratio_class(events: ArrayLike, expected: ArrayLike, average: float = 1.0) -> np.ndarray:
    """Class of every observed / expected, by the Byar interval (exact below 10) of the events.

    Parameters
    ----------
    events, expected : shape (n,). average : the ratio to compare with; for rates the pooled rate,
        with populations as ``expected``.
    """
    events, expected = np.asarray(events, float), _positive(expected)
    inner, outer = (
        tuple(limit / expected for limit in intervals.poisson(events, level))
        for level in (WARNING, ALARM)
    )
    return _classes(
        *(limits[0] > average for limits in (outer, inner)),
        *(limits[1] < average for limits in (outer, inner)),
        missing=np.isnan(events) | np.isnan(expected),
    )


def axis(smallest: float, largest: float, points: int = 100) -> np.ndarray:
    """Populations at which PHE draws the limits of shares, from a little below to a little above.

    Whole numbers at equal distances on a logarithmic scale; from 1 on if the largest area is more
    than twice the smallest, else from 95 % of it. The ends are rounded to one and two digits.

    Parameters
    ----------
    smallest, largest : denominators of the areas, above 0.
    """
    start, end = (
        _round_figure(0.95 * smallest, 1, np.floor),
        _round_figure(1.05 * largest, 2, np.ceil),
    )
    found = [max(1.0, 0.0 if largest > 2 * smallest else start)]
    for left in range(points - 1, 0, -1):
        found.append(max(np.round((end / found[-1]) ** (1 / left) * found[-1]), found[-1] + 1))
    return np.array(found)


def _round_figure(value: float, digits: int, towards: Callable[[float], float]) -> float:
    place = 10.0 ** (len(str(int(towards(value)))) - digits)
    return float(towards(value / place) * place)


def _share_limits(population: ArrayLike, average: float, level: float) -> Limits:
    from scipy.special import ndtri

    width = -ndtri((1 - level) / 2) * np.sqrt(average * (1 - average) / _positive(population))
    return average - width, average + width


def _positive(values: ArrayLike) -> np.ndarray:
    values = np.asarray(values, float)
    return np.where(values > 0, values, np.nan)


def _classes(
    far_above: np.ndarray,
    above: np.ndarray,
    far_below: np.ndarray,
    below: np.ndarray,
    *,
    missing: np.ndarray,
) -> np.ndarray:
    words: list[Any] = [None, DEUTLICH_UNTER, UNTER, DEUTLICH_UEBER, UEBER]
    return np.select([missing, far_below, below, far_above, above], words, WIE)
