"""Sum indicators up, level by level: indicators to domains, domains to an index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import ArrayLike


def aggregated(
    values: Mapping[str, ArrayLike],
    parents: Mapping[str, str],
    weights: Mapping[str, float] | None = None,
) -> dict[str, np.ndarray]:
    """One level up: the weighted arithmetic mean of what belongs together.

    Parameters
    ----------
    values : by name, each of shape (n,).
    parents : name -> what it belongs to; names without one are left out.
    weights : by name; default 1. Only their ratios within a parent matter.

    Returns
    -------
    dict
        By parent, in the order in which they first occur; NaN where any part is NaN.

    Raises
    ------
    ValueError
        A weight below 0, or a parent whose weights are all 0.
    """
    weights = weights or {}
    children: dict[str, list[str]] = {}
    for name in values:
        if name in parents:
            children.setdefault(parents[name], []).append(name)
    found = {}
    for parent, names in children.items():
        own = np.array([float(weights.get(name, 1.0)) for name in names])
        if (own < 0).any() or own.sum() <= 0:
            raise ValueError(f"The weights of «{parent}» are not above 0.")
        parts = np.array([np.asarray(values[name], float) for name in names])
        found[parent] = (own[:, None] * parts).sum(axis=0) / own.sum()
    return found


def all_levels(
    values: Mapping[str, ArrayLike],
    levels: Sequence[Mapping[str, str]],
    weights: Mapping[str, float] | None = None,
) -> dict[str, np.ndarray]:
    """Every level above the indicators, from the lowest to the highest.

    Parameters
    ----------
    values : indicators by name, on one scale, a high value meaning the same in all of them.
    levels : for every level the names of the level below -> what they belong to.
    weights : by name, of any level; default 1.
    """
    found: dict[str, np.ndarray] = {}
    current: Mapping[str, ArrayLike] = values
    for parents in levels:
        above = aggregated(current, parents, weights)
        found |= above
        current = above
    return found
