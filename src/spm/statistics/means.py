"""Means of a size per unit (persons per household): interval and comparison from how sizes vary.

The persons of a household are not counted independently of each other: how exact the mean is
follows from how much households differ in size, not from how many persons there are. With n units,
s^2 the variance of their sizes and t the quantile of Student's distribution, the interval is

    mean +- t(n - 1) s / sqrt(n)

(Altman, Machin, Bryant and Gardner 2000, Statistics with Confidence, chapter 4), and two means are
compared by their difference over sqrt(s1^2 / n1 + s2^2 / n2) (Welch 1938, Biometrika 29, 350-362).
The last class of sizes is open; its mean follows from the total, and within it sizes are taken to
vary as a geometric distribution from its first size k on does: with the mean m by
(m - k)(m - k + 1) (Johnson, Kemp and Kotz 2005, Univariate Discrete Distributions, chapter 5).

Everything is made of published rows, so it tells nothing that a reader could not compute.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from spm.config.catalogue import Kennzahl
from spm.published import GESAMT
from spm.statistics.intervals import CONFIDENCE, Limits


class Sizes(NamedTuple):
    """Units by size, in rows of areas.

    numbers : how many units have each size, shape (n, classes); NaN where one is not published.
    total : what all units have together, shape (n,).
    """

    numbers: np.ndarray
    total: np.ndarray


def mean_limits(rows: pd.DataFrame, catalogue: Mapping[str, Kennzahl]) -> Limits:
    """95 % limits of all means whose distribution is published.

    Parameters
    ----------
    rows : published rows with numbers: ``kennzahl, jahr, raum, gruppe, zaehler, nenner``.

    Returns
    -------
    lower, upper : in the order of ``rows``, in the unit of the indicator; NaN for all others.
    """
    from scipy.special import stdtrit  # quantiles of Student's t

    low, high = np.full(len(rows), np.nan), np.full(len(rows), np.nan)
    for entry, at, own, _ in _means(rows, catalogue):
        n, mean, variance = _moments(own, _first_sizes(entry))
        with np.errstate(invalid="ignore"):
            half = stdtrit(_above_zero(n - 1), 1 - (1 - CONFIDENCE) / 2) * np.sqrt(variance / n)
        low[at], high[at] = (mean - half) * entry.faktor, (mean + half) * entry.faktor
    return low, high


def different_means(rows: pd.DataFrame, catalogue: Mapping[str, Kennzahl]) -> np.ndarray:
    """Two-sided p of every mean against that of the rest of the municipality.

    Returns
    -------
    p : in the order of ``rows``; NaN for all other rows and where a distribution is not published.
    """
    from scipy.special import stdtr  # distribution function of Student's t

    p = np.full(len(rows), np.nan)
    for entry, at, own, whole in _means(rows, catalogue):
        rest = Sizes(whole.numbers - own.numbers, whole.total - own.total)
        sizes = _first_sizes(entry)
        (n, mean, variance), (m, other, spread) = _moments(own, sizes), _moments(rest, sizes)
        with np.errstate(invalid="ignore", divide="ignore"):
            a, b = variance / n, spread / m
            freedom = (a + b) ** 2 / (a**2 / (n - 1) + b**2 / (m - 1))
            apart = np.abs(mean - other) / np.sqrt(a + b)
            p[at] = 2 * stdtr(_above_zero(freedom), -apart)
    return p


def _above_zero(freedom: np.ndarray) -> np.ndarray:
    return np.where(freedom > 0, freedom, np.nan)


def _first_sizes(entry: Kennzahl) -> np.ndarray:
    return np.array(list(entry.verteilung.values()), float)


def _means(
    rows: pd.DataFrame, catalogue: Mapping[str, Kennzahl]
) -> Iterator[tuple[Kennzahl, np.ndarray, Sizes, Sizes]]:
    """Every mean with a distribution: its rows, their units by size, those of the municipality."""
    plain = rows["gruppe"].isna().to_numpy()
    counted = rows[plain].set_index(["jahr", "raum"])
    for key, entry in catalogue.items():
        at = np.flatnonzero(rows["kennzahl"].eq(key).to_numpy() & plain)
        if not entry.verteilung or not len(at):
            continue
        parts = [counted.loc[counted["kennzahl"].eq(part), "zaehler"] for part in entry.verteilung]
        own = rows.iloc[at]
        totals = own.set_index(["jahr", "raum"])[["zaehler", "nenner"]]
        found = []
        for places in (list(own["raum"]), [GESAMT] * len(own)):
            index = pd.MultiIndex.from_arrays([own["jahr"], places])
            numbers = np.column_stack([part.reindex(index).to_numpy(float) for part in parts])
            whole = totals.reindex(index)
            # Pooled, rounded or counted otherwise, the classes are not those of these units.
            numbers[numbers.sum(1) != whole["nenner"].to_numpy(float)] = np.nan
            found.append(Sizes(numbers, whole["zaehler"].to_numpy(float)))
        yield entry, at, found[0], found[1]


def _moments(units: Sizes, sizes: np.ndarray) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Number of units, mean and variance; NaN where the numbers cannot be."""
    numbers, last = units.numbers, units.numbers[:, -1]
    n = np.where(numbers.sum(1) > 1, numbers.sum(1), np.nan)
    mean = units.total / n
    left = units.total - numbers[:, :-1] @ sizes[:-1]
    with np.errstate(invalid="ignore", divide="ignore"):
        within = np.where(last > 0, left / np.where(last > 0, last, 1), sizes[-1])
        possible = np.where(last > 0, within >= sizes[-1], left == 0) & (numbers >= 0).all(1)
        beyond = within - sizes[-1]
        squares = (numbers[:, :-1] * (sizes[:-1] - mean[:, None]) ** 2).sum(1)
        squares += last * ((within - mean) ** 2 + beyond * (beyond + 1))
        variance = np.where(possible, squares / (n - 1), np.nan)
    return n, mean, variance
