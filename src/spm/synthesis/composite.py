"""An index of domains: z-scores, their mean by domain, domains on one scale, the mean of these.

Areas are on the last axis, indicators or domains on the one before; draws may stand before both.
All indicators must be known for all areas.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import ArrayLike

from spm.synthesis.draws import Counts, choices, drawn
from spm.synthesis.standardise import Scale, ranks, scale_of, z_scores

REACHED = 0.9
"""Share of the draws from which on a statement is made; ranges hold as many of them."""

QUARTER = 0.25


class Recipe(NamedTuple):
    """What an index is made of.

    ``domains``: for every indicator the position of its domain, from 0 on; ``directions``: 1 where
    a high value means burden, else -1; ``weights`` of the domains.
    """

    domains: np.ndarray
    directions: np.ndarray
    weights: np.ndarray


class Frame(NamedTuple):
    """Means and standard deviations of a year that later years are measured with."""

    indicators: Scale
    domains: Scale


class Scores(NamedTuple):
    """``z`` of indicators (…, k, n), ``domains`` (…, d, n), ``index`` (…, n); high means burden."""

    z: np.ndarray
    domains: np.ndarray
    index: np.ndarray


class Ranges(NamedTuple):
    """Where areas stand in the order, 1 being the highest burden.

    ``first`` and ``last``: between these places they lie in 90 % of the draws, from the 5 % to the
    95 % quantile. ``top`` and ``bottom``: the share of draws in which they are among the highest
    and the lowest quarter. Domains come first, the index last: shapes (d + 1, n).
    """

    first: np.ndarray
    last: np.ndarray
    top: np.ndarray
    bottom: np.ndarray


def recipe(
    domains: Sequence[int], directions: Sequence[int], weights: Sequence[float] | None = None
) -> Recipe:
    """A recipe from plain lists; weights are equal by default."""
    positions = np.asarray(domains, int)
    count = int(positions.max()) + 1
    own = np.ones(count) if weights is None else np.asarray(weights, float)
    return Recipe(positions, np.asarray(directions, float), own)


def scores(values: ArrayLike, made: Recipe, frame: Frame | None = None) -> Scores:
    """Domains and index of every area.

    Parameters
    ----------
    values : shape (k, n), indicators by areas, without NaN.
    frame : of a base year; without it mean and s are those of the values themselves.

    Returns
    -------
    Scores
        Domains are the mean of their z-scores, standardised again; the index is their weighted
        mean. Without a frame each domain has mean 0 and s 1 (or 0 for all areas where none differ).
    """
    x = np.asarray(values, float)
    return _scores(x, made, np.ones(x.shape[-2]), made.weights, frame)


def frame_of(values: ArrayLike, made: Recipe) -> Frame:
    """The means and standard deviations of a base year, of indicators and of domains.

    Parameters
    ----------
    values : shape (k, n), indicators by areas in the base year.
    """
    x = np.asarray(values, float)
    z = z_scores(x, made.directions)
    return Frame(scale_of(x), scale_of(_means(z, made, np.ones(len(x)))))


def quarter(n: int) -> int:
    """So many of n areas are the highest quarter: n / 4 rounded, at least one."""
    return max(1, int(n * QUARTER + 0.5))


def ranges(
    counts: Sequence[Counts], areas: Sequence[str], made: Recipe, frame: Frame | None = None
) -> Ranges:
    """How sure the order of the areas is: by chance in the counts, and by how the index is made.

    In every draw the values are drawn from what fits the published counts (`spm.synthesis.draws`),
    one of the indicators or none is left out, and the weights of domains differ by up to a quarter.

    Parameters
    ----------
    counts : the indicators, in the order of the recipe.
    areas : keys of the areas, in the order of the counts.
    """
    x = np.stack([drawn(one, areas) for one in counts], axis=1)
    own, changed = choices(len(counts), len(made.weights))
    found = _scores(x, made, own, made.weights * changed, frame)
    every = np.concatenate([found.domains, found.index[:, None]], axis=1)
    every, known = np.nan_to_num(every), ~np.isnan(every[:, :, :1])
    best, worst = ranks(every)
    n, most = x.shape[-1], quarter(x.shape[-1])
    tail = (1 - REACHED) / 2

    def share(reached: np.ndarray) -> np.ndarray:
        held: np.ndarray = (reached & known).sum(axis=0) / np.maximum(known.sum(axis=0), 1)
        return held

    return Ranges(
        _quantile(best, known, tail, upper=False),
        _quantile(worst, known, 1 - tail, upper=True),
        share(worst <= most),
        share(best > n - most),
    )


def _quantile(places: np.ndarray, known: np.ndarray, share: float, *, upper: bool) -> np.ndarray:
    """Quantile over the draws that have a value, of each domain; 0 where none has."""
    result = np.zeros(places.shape[1:], int)
    for i in range(places.shape[1]):
        ordered = np.sort(places[known[:, i, 0], i], axis=0)
        if len(ordered):
            at = share * (len(ordered) - 1)
            result[i] = ordered[int(np.ceil(at) if upper else np.floor(at))]
    return result


def without_each(values: ArrayLike, made: Recipe, frame: Frame | None = None) -> np.ndarray:
    """The index without each of the indicators in turn.

    Returns
    -------
    ndarray
        Shape (k, n); a domain whose only indicator is left out falls away with it.
    """
    x = np.asarray(values, float)
    own = 1.0 - np.eye(len(x))
    repeated = np.broadcast_to(x, (len(x), *x.shape))
    return _scores(repeated, made, own, made.weights, frame).index


def _scores(
    x: np.ndarray, made: Recipe, own: np.ndarray, weights: np.ndarray, frame: Frame | None
) -> Scores:
    z = z_scores(x, made.directions, scale=frame.indicators if frame else None)
    domains = z_scores(_means(z, made, own), scale=frame.domains if frame else None)
    there = ~np.isnan(domains)
    shares = np.broadcast_to(weights[..., None], domains.shape) * there
    total = shares.sum(axis=-2)
    index = np.where(there, domains, 0.0) * shares
    return Scores(z, domains, index.sum(axis=-2) / np.where(total > 0, total, np.nan))


def _means(z: np.ndarray, made: Recipe, own: np.ndarray) -> np.ndarray:
    """Mean of the z-scores of every domain, weighted; NaN where all of its weights are 0."""
    member = made.domains[:, None] == np.arange(len(made.weights))  # (k, d)
    shares = own[..., None] * member  # (…, k, d)
    total = shares.sum(axis=-2)
    means = np.einsum("...kd,...kn->...dn", shares, z)
    result: np.ndarray = means / np.where(total > 0, total, np.nan)[..., None]
    return result
