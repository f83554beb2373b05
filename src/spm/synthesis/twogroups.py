"""Two shares of different people: how far they are apart, from their published limits."""

from __future__ import annotations

from math import sqrt
from typing import NamedTuple


class Apart(NamedTuple):
    """A difference of two values with its 95 % limits."""

    difference: float
    low: float
    high: float

    @property
    def clear(self) -> bool:
        """Whether the limits do not hold zero."""
        return self.low > 0 or self.high < 0


def apart(
    first: float, first_limits: tuple[float, float], second: float, limits: tuple[float, float]
) -> Apart:
    """``second - first``, with the limits that the Wilson limits of both imply.

    Newcombe (1998, Statistics in Medicine 17, 873-890), method 10: the distances to the limits on
    the sides that matter are added as squares.

    Parameters
    ----------
    first, second : two values of groups that have nobody in common.
    first_limits, limits : lower and upper 95 % limits of each.
    """
    gap = second - first
    (low1, high1), (low2, high2) = first_limits, limits
    return Apart(
        difference=gap,
        low=gap - sqrt((second - low2) ** 2 + (high1 - first) ** 2),
        high=gap + sqrt((high2 - second) ** 2 + (first - low1) ** 2),
    )
