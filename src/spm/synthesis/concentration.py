"""Which share of those counted lives in an area, beside its share of all whom it refers to.

Shares are of the municipality's own published counts, never of a sum of areas; an area without
published counts has none, and nothing is told of what the others leave over.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

HALF = 0.5


class Shares(NamedTuple):
    """Of one area; both from 0 to 1, NaN where its counts are not published.

    ``base`` : its part of all whom the indicator refers to; ``burden`` : of those whom it counts.
    """

    base: np.ndarray
    burden: np.ndarray


def shares(
    tops: Sequence[float], bottoms: Sequence[float], whole: tuple[float, float], slack: float = 0.0
) -> Shares | None:
    """Shares of the municipality, area by area.

    Parameters
    ----------
    tops, bottoms : counts of the areas, NaN where not published.
    whole : those of the municipality.
    slack : by so much the areas together may exceed the municipality, because counts are rounded.

    Returns
    -------
    Shares or None
        None where shares would mean nothing: the municipality counts nobody, or less than its
        published areas do together, so that it counts something else.
    """
    top, bottom = np.asarray(tops, float), np.asarray(bottoms, float)
    if not (whole[0] > 0 and whole[1] > 0):
        return None
    if np.nansum(top) > whole[0] + slack or np.nansum(bottom) > whole[1] + slack:
        return None
    return Shares(bottom / whole[1], top / whole[0])


def steepest_first(found: Shares) -> list[int]:
    """Areas in the order of a Lorenz curve: the highest burden per head first.

    Ties keep their order; areas without counts come last.
    """
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = found.burden / found.base
    return [int(i) for i in np.argsort(-np.nan_to_num(ratio, nan=-1.0), kind="stable")]


def smallest_half(found: Shares) -> tuple[int, float, float] | None:
    """The fewest areas, steepest first, in which at least half of those counted live.

    Returns
    -------
    (int, float, float) or None
        Number of areas and their share of the base and of those counted. None if any area is not
        published: then nobody can say, and the difference to the whole would speak of it.
    """
    if np.isnan(found.base).any() or np.isnan(found.burden).any():
        return None
    order = steepest_first(found)
    burden, base = found.burden[order].cumsum(), found.base[order].cumsum()
    reached = np.flatnonzero(burden >= HALF)
    if not len(reached):
        return None
    first = int(reached[0])
    return first + 1, float(base[first]), float(burden[first])
