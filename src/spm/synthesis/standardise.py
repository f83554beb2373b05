"""Bring indicators of different units onto one scale: z-scores, min-max, outliers, ranks.

Areas are on the last axis, so that draws of a simulation can stand before it. A value that is not
published is NaN and stays NaN.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

SKEW, KURTOSIS, MOST = 2.0, 3.5, 5
"""Both exceeded, COINr calls an indicator skewed by outliers; so many values it moves at most."""

FLAT = 1e-12
"""Values that differ by less than this share of the largest are equal up to rounding errors."""


class Scale(NamedTuple):
    """Mean and population standard deviation (divided by n) over areas; arrays."""

    mean: np.ndarray
    s: np.ndarray


class Treated(NamedTuple):
    """Values after treatment, how many were moved, and whether the outliers are gone."""

    values: np.ndarray
    moved: int
    passed: bool


def scale_of(values: ArrayLike, counted: ArrayLike | None = None) -> Scale:
    """Mean and population standard deviation over areas, unweighted.

    Parameters
    ----------
    values : shape (…, n).
    counted : shape (n,), which areas count; default: all with a value.

    Returns
    -------
    Scale
        Shapes (…,); ``s`` is exactly 0 where all counted values are equal, and NaN without any.
    """
    x = np.asarray(values, float)
    use = ~np.isnan(x)
    if counted is not None:
        use &= np.asarray(counted, bool)
    n = use.sum(axis=-1)
    known, n = np.where(use, x, 0.0), np.where(n > 0, n, np.nan)
    mean = known.sum(axis=-1) / n
    away = np.where(use, x - mean[..., None], 0.0)
    s = np.sqrt((away**2).sum(axis=-1) / n)
    return Scale(mean, np.where(s <= FLAT * np.abs(known).max(axis=-1, initial=0.0), 0.0, s))


def z_scores(
    values: ArrayLike,
    direction: ArrayLike = 1,
    counted: ArrayLike | None = None,
    scale: Scale | None = None,
) -> np.ndarray:
    """How many standard deviations every area lies from the mean: z = (x - mean) / s.

    Parameters
    ----------
    values : shape (…, n).
    direction : 1 where a high value means burden, -1 where it means the opposite; broadcasts to
        the axes before that of the areas. Then a high z always means burden.
    counted : shape (n,), areas that mean and s are taken over; others have a z all the same.
    scale : mean and s of a base year, in place of those of the values themselves.

    Returns
    -------
    ndarray
        Shape (…, n); 0 for every area where s is 0: the indicator tells no difference. With n
        counted areas and their own scale, no |z| is above sqrt(n - 1) (Samuelson 1968).
    """
    x = np.asarray(values, float)
    mean, s = scale_of(x, counted) if scale is None else scale
    mean, s = np.asarray(mean, float)[..., None], np.asarray(s, float)[..., None]
    z = np.where(s == 0, 0.0 * x, (x - mean) / np.where(s == 0, 1.0, s))
    return np.asarray(direction, float)[..., None] * z


def min_max(
    values: ArrayLike, direction: int = 1, low: float = 0.0, high: float = 100.0
) -> np.ndarray:
    """Stretch values between two ends: the lowest becomes ``low``, the highest ``high``.

    Parameters
    ----------
    direction : -1 turns the scale round.

    Returns
    -------
    ndarray
        Midway everywhere where all values are equal.
    """
    x = direction * np.asarray(values, float)
    least = np.nanmin(x, axis=-1, keepdims=True)
    span = np.nanmax(x, axis=-1, keepdims=True) - least
    share = np.where(span == 0, 0.5 + 0.0 * x, (x - least) / np.where(span == 0, 1.0, span))
    return share * (high - low) + low


def skew_and_kurtosis(values: ArrayLike) -> tuple[float, float]:
    """Sample skewness G1 and excess kurtosis G2 (Joanes and Gill 1998, "type 2").

    Parameters
    ----------
    values : shape (n,), at least four of them known; NaN are left out.
    """
    x = np.asarray(values, float)
    x = x[~np.isnan(x)]
    n, away = len(x), x - x.mean() if len(x) else x
    second = np.mean(away**2) if n else 0.0
    if n < 4 or second == 0:
        return float("nan"), float("nan")
    g1, g2 = np.mean(away**3) / second**1.5, np.mean(away**4) / second**2 - 3
    skew = g1 * np.sqrt(n * (n - 1)) / (n - 2)
    return float(skew), float((n - 1) / ((n - 2) * (n - 3)) * ((n + 1) * g2 + 6))


def winsorise(
    values: ArrayLike, most: int = MOST, skew: float = SKEW, kurtosis: float = KURTOSIS
) -> Treated:
    """Move outliers to the next value until skewness and kurtosis are no longer both too large.

    The rule of COINr (Becker et al. 2022, `Treat` with its defaults, first stage): while |skew| > 2
    and kurtosis > 3.5, the highest value (the lowest, of negative skew) takes the value of the next
    one, at most five times.

    Returns
    -------
    Treated
        As they were, and not ``passed``, if so many moves do not suffice.
    """
    original = np.asarray(values, float)
    x, moves = original.copy(), 0
    while moves <= most:
        found, peaked = skew_and_kurtosis(x)
        if not (abs(found) > skew and peaked > kurtosis):
            return Treated(x, int(np.sum(x != original) - np.isnan(x).sum()), True)
        end = np.nanmax(x) if found > 0 else np.nanmin(x)
        rest = x[(x != end) & ~np.isnan(x)]
        x[x == end] = rest.max() if found > 0 else rest.min()
        moves += 1
    return Treated(original.copy(), 0, False)


def ranks(values: ArrayLike, *, highest_first: bool = True) -> tuple[np.ndarray, np.ndarray]:
    """The place of every area in the order; areas with equal values share several places.

    Parameters
    ----------
    values : shape (…, n), without NaN.

    Returns
    -------
    first, last : shape (…, n), from 1 on; they differ where values are equal.
    """
    x = np.asarray(values, float) * (-1 if highest_first else 1)
    order = np.argsort(x, axis=-1, kind="stable")
    ordered = np.take_along_axis(x, order, axis=-1)
    place = np.broadcast_to(np.arange(1, x.shape[-1] + 1), x.shape)
    differs = ordered[..., 1:] != ordered[..., :-1]
    end = np.ones((*x.shape[:-1], 1), bool)
    begins, ends = np.concatenate([end, differs], -1), np.concatenate([differs, end], -1)
    first = np.maximum.accumulate(np.where(begins, place, 0), axis=-1)
    behind = np.where(ends, place, x.shape[-1])[..., ::-1]
    last = np.minimum.accumulate(behind, axis=-1)[..., ::-1]
    result = np.empty((2, *x.shape), int)
    for i, found in enumerate((first, last)):
        np.put_along_axis(result[i], order, found, axis=-1)
    return result[0], result[1]
