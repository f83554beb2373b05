"""Draw values that fit the published counts: how far chance alone may have moved them.

Every area and indicator has a random generator of its own, seeded by both names: the same published
rows give the same draws, in whatever order areas and indicators come.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import numpy as np

SEED = 2023
REPEATS = 1000
"""Draws of a simulation; with as many, a share of 90 % is known to within two percentage points."""

HALF_WIDTH = 1.959964
"""Half the width of a 95 % interval in standard errors."""

PRIOR = 0.5
"""Jeffreys' prior of a share and of a rate: also of 0 cases something can be drawn."""


class Counts(NamedTuple):
    """One published indicator, area by area: arrays of shape (n,), NaN where there is none.

    ``kind`` as in the catalogue (anteil, rate, quotient …); ``low`` and ``high`` are the ends of
    the 95 % intervals, in the unit of ``value``.
    """

    key: str
    kind: str
    factor: float
    value: np.ndarray
    top: np.ndarray
    bottom: np.ndarray
    low: np.ndarray
    high: np.ndarray


def drawn(counts: Counts, areas: Sequence[str], repeats: int = REPEATS) -> np.ndarray:
    """Values that the true ones of the areas may be, given the published counts.

    Parameters
    ----------
    areas : their keys, shape (n,).

    Returns
    -------
    ndarray
        Shape (repeats, n), in the unit of the indicator: of a share from the beta distribution
        (binomial counts), of a rate from the gamma distribution (Poisson counts), of a ratio of
        two counts from the ratio of two of these, each with Jeffreys' prior. Of other kinds with
        an interval from a normal distribution that fits it; measured sizes without an interval
        are always the same, because no chance is in them.
    """
    columns = [
        _one(counts, i, _generator(counts.key, raum), repeats) for i, raum in enumerate(areas)
    ]
    return np.array(columns).T.reshape(repeats, len(areas))


def _one(counts: Counts, i: int, rng: np.random.Generator, repeats: int) -> np.ndarray:
    top, bottom = float(counts.top[i]), float(counts.bottom[i])
    value, low, high = float(counts.value[i]), float(counts.low[i]), float(counts.high[i])
    if np.isnan(value):
        return np.full(repeats, np.nan)
    counted = top >= 0 and bottom > 0
    if counts.kind == "anteil" and counted and top <= bottom:
        return rng.beta(top + PRIOR, bottom - top + PRIOR, repeats) * counts.factor
    if counts.kind == "rate" and counted:
        return rng.gamma(top + PRIOR, 1.0, repeats) / bottom * counts.factor
    if counts.kind == "quotient" and counted:
        ratio = rng.gamma(top + PRIOR, 1.0, repeats) / rng.gamma(bottom + PRIOR, 1.0, repeats)
        return ratio * counts.factor
    if not np.isnan(low) and not np.isnan(high):
        return rng.normal(value, (high - low) / (2 * HALF_WIDTH), repeats)
    return np.full(repeats, value)


def choices(
    n_indicators: int, n_domains: int, repeats: int = REPEATS, change: float = 0.25
) -> tuple[np.ndarray, np.ndarray]:
    """How an index might have been made instead: weights of every draw.

    Returns
    -------
    indicators, domains : shapes (repeats, n_indicators) and (repeats, n_domains). In every draw one
        of the indicators, or none, has weight 0, each as often; the weights of the domains lie
        between 1 - change and 1 + change.
    """
    rng = _generator("weights", "")
    left = rng.integers(0, n_indicators + 1, repeats)
    indicators = np.ones((repeats, n_indicators + 1))
    if n_indicators > 1:
        indicators[np.arange(repeats), left] = 0.0
    return indicators[:, :n_indicators], rng.uniform(1 - change, 1 + change, (repeats, n_domains))


def _generator(indicator: str, area: str) -> np.random.Generator:
    return np.random.default_rng([SEED, zlib.crc32(indicator.encode()), zlib.crc32(area.encode())])


def as_array(values: Iterable[float | None]) -> np.ndarray:
    """Numbers with None as NaN."""
    return np.array([np.nan if x is None else x for x in values], float)
