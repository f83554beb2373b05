"""Segregation: how differently two groups of people are spread over the areas.

The index of dissimilarity D (Duncan and Duncan 1955, American Sociological Review 20, 210-217) is
the share of one group that would have to live elsewhere for both to be spread alike: 0 is the same
spread, 1 full separation. Few people scatter over many areas by chance alone, so D is above zero
even where nobody prefers any area. Carrington and Troske (1997, Journal of Business & Economic
Statistics 15, 402-409) measure how far D lies beyond what chance does, as a share of how far it
could.
"""

from __future__ import annotations

from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

DRAWS, SEED = 2_000, 19_970_402


class Segregation(NamedTuple):
    """Dissimilarity of two groups.

    ``observed`` is D of the counts, ``by_chance`` the mean D if everybody belonged to the group
    with the same chance everywhere, ``p`` the chance that D is then at least as large;
    ``corrected`` is how far D lies beyond ``by_chance`` (1: full separation; below 0: more even
    than chance), ``low`` and ``high`` are its limits.
    """

    observed: float
    by_chance: float
    p: float
    corrected: float
    low: float
    high: float


def dissimilarity(group: ArrayLike, others: ArrayLike) -> float:
    """Index of dissimilarity: half the sum of the differences of both groups' shares.

    Parameters
    ----------
    group, others : people per area; each group has somebody somewhere.
    """
    return float(_index(np.asarray(group, float), np.asarray(others, float)))


def segregation(
    group: ArrayLike,
    people: ArrayLike,
    *,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Segregation:
    """D, what it would be by chance, and the corrected value with its limits.

    Limits: the group is drawn anew in every area, with its own share there. That adds scatter once
    more, which lifts D; so the drawn values are moved until their mean is the value itself. They
    cover what they should where D lies clearly beyond chance (``p`` small). Elsewhere D cannot fall
    as it can rise, and no such limits mean anything: do not show them.

    Parameters
    ----------
    group : people of the group per area.
    people : all people per area, those of the group included.

    Raises
    ------
    ValueError
        Fewer than two areas, a group larger than the people, or one that is empty or everybody.
    """
    a, n = np.asarray(group, float), np.asarray(people, float)
    if a.size < 2 or (a < 0).any() or (a > n).any() or not 0 < a.sum() < n.sum():
        raise ValueError("needs areas, a group and others")
    generator = np.random.default_rng(seed)
    sizes = np.rint(n).astype(int)
    drawn = generator.binomial(sizes, a.sum() / n.sum(), (draws, a.size))
    alike = _index(drawn, sizes - drawn)
    observed, chance = float(_index(a, n - a)), float(np.nanmean(alike))
    value = float(_beyond(np.array(observed), chance))
    shares = np.divide(a, n, out=np.zeros_like(a), where=n > 0)
    drawn = generator.binomial(sizes, shares, (draws, a.size))
    again = _beyond(_index(drawn, sizes - drawn), chance)
    again += value - np.nanmean(again)
    low, high = np.nanquantile(again, [(1 - confidence) / 2, (1 + confidence) / 2])
    return Segregation(
        observed=observed,
        by_chance=chance,
        p=float((1 + (alike >= observed).sum()) / (draws + 1)),
        corrected=value,
        low=float(low),
        high=float(min(high, 1.0)),
    )


def _beyond(observed: np.ndarray, chance: float) -> np.ndarray:
    """How far D lies from what chance does, as a share of how far it could on that side."""
    above = (observed - chance) / (1 - chance)
    return np.where(observed >= chance, above, (observed - chance) / max(chance, 1e-12))


def _index(group: np.ndarray, others: np.ndarray) -> np.ndarray:
    """D of every row; NaN where a group is empty."""
    with np.errstate(divide="ignore", invalid="ignore"):
        first = group / group.sum(axis=-1, keepdims=True)
        second = others / others.sum(axis=-1, keepdims=True)
        index: np.ndarray = np.abs(first - second).sum(axis=-1) / 2
    return index
