"""An index of domains: z-scores, their mean by domain, domains on one scale, the mean of these.

Areas are on the last axis, indicators or domains on the one before; draws may stand before both.
All indicators must be known for all areas.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
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


@dataclass(frozen=True)
class Frame:
    """Means and standard deviations of a year that later years are measured with: of indicators
    (k,), of the means of their z-scores by domain (d,), and of the index ()."""

    indicators: Scale
    domains: Scale
    index: Scale


@dataclass(frozen=True)
class Scores:
    """``z`` of indicators (…, k, n), ``domains`` (…, d, n), ``index`` (…, n); high means burden."""

    z: np.ndarray
    domains: np.ndarray
    index: np.ndarray


class Ranges(NamedTuple):
    """Where areas stand in the order, 1 being the highest burden.

    ``first`` and ``last``: the fewest places that hold 90 % of the draws. Domains come first, the
    index last: shapes (d + 1, n).
    """

    first: np.ndarray
    last: np.ndarray

    def within(self, quarter: int) -> tuple[np.ndarray, np.ndarray]:
        """Whether a range lies in the highest, and in the lowest so many places: then the area is
        among them in at least 90 % of the draws."""
        n = self.first.shape[-1]
        return self.last <= quarter, self.first > n - quarter


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
    """The means and standard deviations of a base year.

    Parameters
    ----------
    values : shape (…, k, n), indicators by areas in the base year.
    """
    x = np.asarray(values, float)
    found = scores(x, made)
    means = _means(found.z, made, np.ones(x.shape[-2]))
    return Frame(scale_of(x), scale_of(means), scale_of(found.index))


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
    shape = every.shape[1:]
    first, last = np.ones(shape, int), np.full(shape, shape[-1])
    for column in range(shape[0]):
        held = known[:, column, 0]
        if held.any():
            first[column], last[column] = _fewest(best[held, column], worst[held, column])
    return Ranges(first, last)


def _fewest(best: np.ndarray, worst: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """The fewest places that hold 90 % of the draws, of each area; of equally few those farther
    from the middle.

    Parameters
    ----------
    best, worst : places in every draw, shape (draws, n); they differ where areas are equal.
    """
    draws, n = best.shape
    held = int(np.ceil(REACHED * draws))
    low, high = np.sort(best, axis=0)[: draws - held + 1], np.sort(worst, axis=0)[held - 1 :]
    away = np.abs(low + high - (n + 1))  # at most n - 1
    chosen = np.argmin((high - low) * 2 * n - away, axis=0)
    areas = np.arange(n)
    return low[chosen, areas].astype(int), high[chosen, areas].astype(int)


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


def progress(
    now: Sequence[Counts], before: Sequence[Counts], areas: Sequence[str], made: Recipe
) -> np.ndarray:
    """How domains and index of all areas together have moved since a base year.

    Parameters
    ----------
    now, before : the indicators of both years, in the order of the recipe.

    Returns
    -------
    ndarray
        Shape (d + 1, 3): of every domain and of the index (last) the mean over areas in units of
        the base year, whose own mean is 0, and its 95 % interval from draws of both years.
    """

    def moved(later: np.ndarray, earlier: np.ndarray) -> np.ndarray:
        found = scores(later, made, frame_of(earlier, made))
        every = np.concatenate([found.domains, found.index[..., None, :]], axis=-2)
        means: np.ndarray = every.mean(axis=-1)
        return means

    observed = moved(*(np.array([one.value for one in year]) for year in (now, before)))
    drawn_now, drawn_before = (
        np.stack([drawn(one._replace(key=f"{one.key} {when}"), areas) for one in year], axis=1)
        for when, year in (("now", now), ("before", before))
    )
    low, high = np.quantile(moved(drawn_now, drawn_before), [0.025, 0.975], axis=0)
    return np.stack([observed, low, high], axis=1)
