"""Many tests at once: which of them may be believed."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike

NOTICEABLE, CLEAR = 0.05, 0.002
"""Of all values that are called different, at most this share is expected to be so by chance."""


def q_values(p: ArrayLike) -> np.ndarray:
    """False discovery rates of a family of tests (Benjamini and Hochberg 1995).

    J. R. Statist. Soc. B 57, 289-300. Whoever calls everything with q <= 0.05 different is wrong,
    in the long run, for at most 5 % of what is called so; where nothing differs at all, at most
    every twentieth report names anything.

    Parameters
    ----------
    p : p-values of one family, shape (n,); NaN: no test, does not count.

    Returns
    -------
    q : shape (n,), NaN where p is.
    """
    p = np.asarray(p, float)
    result = np.full(p.shape, np.nan)
    order = np.argsort(p, kind="stable")[: np.count_nonzero(~np.isnan(p))]  # NaN stands last
    n = len(order)
    raised = p[order] / (np.arange(1, n + 1) / n)
    # The rate of a test is never above that of the next one.
    result[order] = np.minimum(np.minimum.accumulate(raised[::-1])[::-1], 1.0)
    return result


def q_values_apart(p: ArrayLike, own: ArrayLike) -> np.ndarray:
    """False discovery rates of two families: the municipality's tests, and those of its areas.

    The few headline figures of the municipality are a question of their own. In one family with
    the hundreds of tests of its areas they would be judged by how many of those find something.
    Of what is called different in each family at most 5 % is expected to be so by chance.

    Parameters
    ----------
    p : p-values, shape (n,); NaN: no test.
    own : whether a test is of the municipality as a whole, shape (n,).
    """
    p, own = np.asarray(p, float), np.asarray(own, bool)
    result = np.full(p.shape, np.nan)
    for family in (own, ~own):
        result[family] = q_values(p[family])
    return result
