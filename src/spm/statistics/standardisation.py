"""Rates as if every area had the same age structure.

As PHEindicatormethods (calculate_dsr, calculate_ISRate, calculate_ISRatio) defines them. Groups
(ages) are the last axis of every argument; all other axes are kept.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from spm.statistics import intervals

RELIABLE_FROM = 10
"""Events below which PHE publishes no directly standardised rate."""

KEINE_BEVOELKERUNG, KEINE_ERWARTUNG, FEHLENDE_ZAHL, ZU_WENIGE = (
    "keine_bevoelkerung",
    "keine_erwartung",
    "fehlende_zahl",
    "unter_10_faelle",
)
REASONS = {
    KEINE_BEVOELKERUNG: "Nicht berechenbar: In einer Gruppe lebt niemand.",
    KEINE_ERWARTUNG: "Nicht berechenbar: Es sind keine Fälle zu erwarten.",
    FEHLENDE_ZAHL: "Nicht berechenbar: Eine Zahl fehlt, oder der Vergleich hat keinen Nenner.",
    ZU_WENIGE: "Bei weniger als 10 Fällen ist die standardisierte Rate nicht verlässlich.",
}
"""Why there is no value, or how far to trust it: key -> sentence for readers."""


class Standardised(NamedTuple):
    """Standardised values with limits; arrays without the axis of the groups.

    reason : a key of `REASONS` or null. With "unter_10_faelle" there is a value, else NaN.
    """

    value: np.ndarray
    low: np.ndarray
    high: np.ndarray
    reason: np.ndarray


def direct(
    events: ArrayLike,
    population: ArrayLike,
    standard: ArrayLike,
    factor: float = 1.0,
    confidence: float = intervals.CONFIDENCE,
) -> Standardised:
    """Directly standardised rate: the rates of all groups, weighted with a standard population.

    Limits: Dobson et al. (1991), Statistics in Medicine 10, 457-462: the Byar limits of the number
    of events (exact below 10), stretched with the standard deviation of the weighted sum.

    Parameters
    ----------
    events, population : shape (..., groups).
    standard : standard population, shape (groups,) or (..., groups).
    factor : 100000 for a rate per 100,000.
    """
    events, population, standard = np.broadcast_arrays(
        *(np.asarray(values, float) for values in (events, population, standard))
    )
    usable = np.where(population > 0, population, np.nan)
    whole = standard.sum(-1, keepdims=True)
    weight = standard / np.where(whole > 0, whole, np.nan) / usable
    total = events.sum(-1)
    value = np.where(whole[..., 0] > 0, (weight * events).sum(-1), np.nan)
    spread = np.sqrt((weight**2 * events).sum(-1))
    low, high = intervals.poisson(total, confidence)
    with np.errstate(invalid="ignore", divide="ignore"):
        # Without any event, the largest weight bounds what the first one would count.
        scale = np.where(total > 0, spread / np.sqrt(total), weight.max(-1, initial=0.0))
    unknown = np.isnan(events).any(-1) | np.isnan(population).any(-1) | np.isnan(standard).any(-1)
    reason = np.select(
        [unknown, np.isnan(value), total < RELIABLE_FROM],
        [FEHLENDE_ZAHL, KEINE_BEVOELKERUNG, ZU_WENIGE],
        np.array(None, object),
    )
    below, above = (value + scale * (limit - total) for limit in (low, high))
    return Standardised(value * factor, below * factor, above * factor, reason)


def expected_events(
    population: ArrayLike, reference_events: ArrayLike, reference_population: ArrayLike
) -> np.ndarray:
    """Events an area would have at the reference's rates: the sum over all groups.

    Parameters
    ----------
    population : shape (..., groups). reference_events, reference_population : shape (groups,).

    Returns
    -------
    Expected events, shape (...). NaN where a number is missing (a missing count is never taken for
    0) or the reference has nobody of a group that lives here.
    """
    people, events, reference = (
        np.asarray(v, float) for v in (population, reference_events, reference_population)
    )
    rate = events / np.where(reference > 0, reference, np.nan)
    expected: np.ndarray = np.where(people == 0, 0.0, people * rate).sum(-1)
    return expected


def indirect_ratio(
    observed: ArrayLike,
    expected: ArrayLike,
    factor: float = 1.0,
    confidence: float = intervals.CONFIDENCE,
) -> Standardised:
    """Indirectly standardised ratio (SMR): observed / expected, 1 = as in the reference.

    Byar's limits of the observed number, exact below 10 (Breslow and Day 1987, pp. 65-72).

    Parameters
    ----------
    observed, expected : shape (n,), see `expected_events`. factor : 100 if the reference is 100.
    """
    observed, expected = np.asarray(observed, float), np.asarray(expected, float)
    bottom = np.where(expected > 0, expected, np.nan) / factor
    low, high = intervals.poisson(observed, confidence)
    reason = np.select(
        [np.isnan(observed) | np.isnan(expected), np.isnan(bottom)],
        [FEHLENDE_ZAHL, KEINE_ERWARTUNG],
        np.array(None, object),
    )
    return Standardised(observed / bottom, low / bottom, high / bottom, reason)


def indirect_rate(
    observed: ArrayLike,
    population: ArrayLike,
    reference_events: ArrayLike,
    reference_population: ArrayLike,
    factor: float = 1.0,
    confidence: float = intervals.CONFIDENCE,
) -> Standardised:
    """Indirectly standardised rate: the ratio times the crude rate of the reference.

    Parameters
    ----------
    observed : events of each area, all groups together, shape (n,).
    population : shape (n, groups). reference_events, reference_population : shape (groups,).
    """
    expected = expected_events(population, reference_events, reference_population)
    crude = np.sum(np.asarray(reference_events, float)) / np.sum(reference_population)
    return indirect_ratio(observed, expected, factor * crude, confidence)
