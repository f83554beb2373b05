"""Groups of equal size by rank: fifths, quarters and so on."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike


def quantiles(values: ArrayLike, number: int, highest_first: bool = True) -> np.ndarray:
    """Quantile of every value.

    As in the technical guide of the Office for Health Improvement and Disparities ("Assigning
    Deprivation Categories", PHEindicatormethods `phe_quantile`): with n values of which one has the
    rank r, the quantile is K + 1 - ceil((n + 1 - r) / (n / K)), at least 1; equal values share the
    lowest of their ranks.

    Parameters
    ----------
    values : shape (n,); NaN where missing.
    number : K, how many groups.
    highest_first : whether quantile 1 holds the highest values.

    Returns
    -------
    Quantiles 1..K as floats, shape (n,). NaN where the value is missing, and for all if there are
    fewer values than groups.
    """
    values = np.asarray(values, float)
    given = ~np.isnan(values)
    n, result = int(given.sum()), np.full(values.shape, np.nan)
    if number < 1 or n < number:
        return result
    ordered = -values[given] if highest_first else values[given]
    rank = 1 + np.searchsorted(np.sort(ordered), ordered)
    # In whole numbers: n / K as a float would put ranks on a boundary into the wrong group.
    result[given] = np.maximum(number + 1 + (-(n + 1 - rank) * number) // n, 1)
    return result
