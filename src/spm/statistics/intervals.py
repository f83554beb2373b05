"""95 % intervals for shares, rates and ratios of counts. All arguments and results are arrays."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

CONFIDENCE = 0.95
EXACT_BELOW = 10
"""Events below which Byar's approximation is replaced by the exact Poisson limits."""

Limits = tuple[np.ndarray, np.ndarray]


def wilson(events: ArrayLike, total: ArrayLike, confidence: float = CONFIDENCE) -> Limits:
    """Score interval of a proportion (Wilson 1927, without continuity correction).

    J. Am. Stat. Assoc. 22, 209-212: (p + z²/2n ± z √(p(1-p)/n + z²/4n²)) / (1 + z²/n).

    Parameters
    ----------
    events, total : counts, 0 <= events <= total.

    Returns
    -------
    lower, upper : proportions between 0 and 1; NaN where total is not above 0.
    """
    from scipy.special import ndtri

    events, total = np.asarray(events, float), np.asarray(total, float)
    total = np.where(total > 0, total, np.nan)
    z, share = ndtri(1 - (1 - confidence) / 2), events / total
    middle = share + z**2 / (2 * total)
    half = z * np.sqrt(share * (1 - share) / total + z**2 / (4 * total**2))
    scale = 1 + z**2 / total
    # At the ends it is 0 and 1 exactly, but not in floating point.
    lower = np.where(events == 0, 0 * share, (middle - half) / scale)
    return lower, np.where(events == total, 1.0, (middle + half) / scale)


def byar(events: ArrayLike, confidence: float = CONFIDENCE) -> Limits:
    """Byar's approximation of the limits of a number of events.

    Breslow and Day (1987), Statistical Methods in Cancer Research II, p. 69.

    Returns
    -------
    lower, upper : numbers of events; lower is NaN where the approximation does not hold.
    """
    from scipy.special import ndtri

    events = np.asarray(events, float)
    z = ndtri(1 - (1 - confidence) / 2)
    safe = np.where(events > 0, events, np.nan)
    root = 1 - 1 / (9 * safe) - z / (3 * np.sqrt(safe))
    lower = safe * np.where(root > 0, root, np.nan) ** 3
    more = events + 1
    return lower, more * (1 - 1 / (9 * more) + z / (3 * np.sqrt(more))) ** 3


def exact(events: ArrayLike, confidence: float = CONFIDENCE) -> Limits:
    """Exact Poisson limits of a number of events, from the chi-square distribution.

    Garwood (1936); the lower limit of 0 events is 0.
    """
    from scipy.special import gammaincinv  # half the quantile, of half the degrees of freedom

    events = np.asarray(events, float)
    tail = (1 - confidence) / 2
    lower = np.where(events > 0, gammaincinv(np.where(events > 0, events, 1), tail), 0.0)
    return lower, gammaincinv(events + 1, 1 - tail)


def poisson(events: ArrayLike, confidence: float = CONFIDENCE) -> Limits:
    """Limits of a number of events: Byar's approximation, exact below 10."""
    few = np.asarray(events, float) < EXACT_BELOW
    pairs = zip(exact(events, confidence), byar(events, confidence), strict=True)
    lower, upper = (np.where(few, a, b) for a, b in pairs)
    return lower, upper


def balance(gained: ArrayLike, lost: ArrayLike, confidence: float = CONFIDENCE) -> Limits:
    """Limits of the difference of two independent numbers of events, ``gained - lost``.

    The limits of each number are joined as Zou and Donner (2008) propose (MOVER).
    """
    gained, lost = np.asarray(gained, float), np.asarray(lost, float)
    (low, high), (least, most) = poisson(gained, confidence), poisson(lost, confidence)
    net = gained - lost
    lower = net - np.sqrt((gained - low) ** 2 + (most - lost) ** 2)
    return lower, net + np.sqrt((high - gained) ** 2 + (lost - least) ** 2)


def ratio(first: ArrayLike, second: ArrayLike, confidence: float = CONFIDENCE) -> Limits:
    """Limits of the ratio of two independent counts, ``first / second``.

    Given their sum, ``first`` is binomial; the Wilson limits p of its share become the limits
    p / (1 - p) of the ratio (Przyborowski and Wilenski 1940; Price and Bonett 2000).

    Parameters
    ----------
    first, second : counts.

    Returns
    -------
    lower, upper : ratios; NaN where second is not above 0.
    """
    first, second = np.asarray(first, float), np.asarray(second, float)
    second = np.where(second > 0, second, np.nan)
    lower, upper = wilson(first, first + second, confidence)
    return lower / (1 - lower), upper / (1 - upper)
