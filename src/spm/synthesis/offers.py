"""Offers against need: where more of the need lives than of the places lie."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray


def gaps(need: NDArray[np.float64], places: NDArray[np.float64]) -> NDArray[np.float64] | None:
    """Share of the need minus share of the places, by area.

    Parameters
    ----------
    need, places : counts, not negative, in the same order.

    Returns
    -------
    array
        -1 to 1, adding up to 0; positive where an area has more of the need than of the places.
        None where there is no need or no place at all.
    """
    if need.sum() <= 0 or places.sum() <= 0:
        return None
    found: NDArray[np.float64] = need / need.sum() - places / places.sum()
    return found
