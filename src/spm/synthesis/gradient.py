"""Slope and relative index of inequality: how an outcome changes from one end of the areas to the
other, in an order that something else gives (from the least poor to the poorest).

The method of the English health offices (function ``phe_sii`` of the R package
PHEindicatormethods): every area stands at the middle of its share of the people, and a straight
line is fitted through the values, every area weighing as much as it has people (Low and Low 2004,
Journal of Public Health 26, 388-395). Limits come from drawing the values anew within their own
uncertainty. They say how exact the line through these areas is; whether such an order would come
about by chance is another question (`spm.synthesis.relations`).
"""

from __future__ import annotations

from typing import Literal, NamedTuple

import numpy as np
from numpy.typing import ArrayLike

Kind = Literal["value", "rate", "share"]
"""What the values are: any measured value, events per person, or a part of 0 to 1."""

FEWEST = 5
"""With fewer areas a line through them says nothing."""

DRAWS, SEED = 100_000, 20_240_917
Z95 = 1.959963984540054
"""The standard normal quantile that 95 % limits stand for."""


class Gradient(NamedTuple):
    """The fitted line and what follows from it.

    ``slope`` is the slope index (value at the last end minus value at the first one), ``ratio`` the
    relative index (last end over first end), each with its limits; ``start`` is the value at the
    first end. ``ratio`` is NaN where an end of the line is not above zero, its limits also where
    that is so within the uncertainty.
    """

    start: float
    slope: float
    slope_low: float
    slope_high: float
    ratio: float
    ratio_low: float
    ratio_high: float


def positions(people: ArrayLike) -> np.ndarray:
    """Where every area stands between 0 and 1: in the middle of its share of all people.

    Parameters
    ----------
    people : of every area, in order.
    """
    shares = np.asarray(people, float) / np.sum(people)
    middles: np.ndarray = np.cumsum(shares) - shares / 2
    return middles


def gradient(
    values: ArrayLike,
    people: ArrayLike,
    *,
    errors: ArrayLike | None = None,
    limits: tuple[ArrayLike, ArrayLike] | None = None,
    kind: Kind = "value",
    transform: bool = False,
    factor: float = 1.0,
    confidence: float = 0.95,
    draws: int = DRAWS,
    seed: int = SEED,
) -> Gradient:
    """Slope and relative index over areas in the order given.

    Parameters
    ----------
    values : of every area, in order: shares between 0 and 1, rates per person, or any value.
    people : of every area, above 0: what it weighs, and how much of the order it takes.
    errors : standard error of every value; of rates that of its logarithm, of shares that of its
        logit. Either these or ``limits``.
    limits : lower and upper 95 % limits of every value, in its own unit; the standard error is
        theirs on the scale of the logarithm (rates) or logit (shares).
    kind : on which scale values are uncertain.
    transform : fit the line on that scale too, so that it never leaves what is possible; the ends
        are those of the curve that it becomes. Takes limits, no errors.
    factor : unit of slope and start, 100 for percent. Below zero for an order or a value that is
        turned round: slope changes its sign, and the ratio is inverted.
    confidence : of the limits of the results. ``draws``, ``seed`` : of the simulation.

    Raises
    ------
    ValueError
        Fewer than five areas, people not above 0, values or limits that the scale does not have
        (a share of exactly 0 or 1), or errors and limits both or neither.
    """
    y, n = np.asarray(values, float), np.asarray(people, float)
    if y.size < FEWEST:
        raise ValueError(f"a gradient needs {FEWEST} areas")
    if not (n > 0).all():
        raise ValueError("every area needs people")
    if (errors is None) == (limits is None) or (transform and (limits is None or kind == "value")):
        raise ValueError("either errors or limits; a transformed line needs limits and a scale")
    centre = _to_scale(y, kind)
    if limits is None:
        spread = np.asarray(errors, float)
    else:
        low, high = (_to_scale(np.asarray(x, float), kind) for x in limits)
        spread = (high - low) / (2 * Z95)
    if not np.isfinite([centre, spread]).all():
        raise ValueError(f"a value or its uncertainty is not on the scale of a {kind}")
    fit = _weights(n)
    start, slope = fit @ (centre if transform else y)
    tails = np.array([(1 - confidence) / 2, (1 + confidence) / 2])
    generator = np.random.default_rng(seed)
    drawn = centre + spread * generator.standard_normal((draws, y.size))
    starts, slopes = fit @ (drawn if transform else _from_scale(drawn, kind)).T
    slope_limits = np.quantile(slopes, tails)
    if transform:
        # The line turns about its middle; its ends are those of the curve that it becomes.
        half = np.array([slope_limits[0], slope, slope_limits[1]]) / 2
        firsts, lasts = (_from_scale(start + slope / 2 + x, kind) for x in (-half, half))
        start, end = firsts[1], lasts[1]
        slope, slope_limits = end - start, (lasts - firsts)[[0, 2]]
        ratio_limits = (lasts / firsts)[[0, 2]]
    else:
        end = start + slope
        possible = bool((np.minimum(starts, starts + slopes) > 0).all())
        ratios = (starts + slopes) / starts if possible else np.full(2, np.nan)
        ratio_limits = np.quantile(ratios, tails)
    ratio = end / start if min(start, end) > 0 else float("nan")
    if factor < 0:
        slope_limits, ratio_limits, ratio = slope_limits[::-1], 1 / ratio_limits[::-1], 1 / ratio
    return Gradient(
        start=float(start * abs(factor)),
        slope=float(slope * factor),
        slope_low=float(slope_limits[0] * factor),
        slope_high=float(slope_limits[1] * factor),
        ratio=float(ratio),
        ratio_low=float(ratio_limits[0]),
        ratio_high=float(ratio_limits[1]),
    )


def course(start: float, end: float, kind: Kind, points: int = 41) -> np.ndarray:
    """What a line that is straight on the scale of a kind looks like between its two ends.

    Parameters
    ----------
    start, end : values at both ends, in the unit of the kind (shares 0..1).

    Returns
    -------
    shape (points,), at equal distances.
    """
    first, last = _to_scale(np.array([start, end]), kind)
    return _from_scale(np.linspace(first, last, points), kind)


def _weights(people: np.ndarray) -> np.ndarray:
    """The matrix that makes (start, slope) of values: least squares weighted by people."""
    root = np.sqrt(people / people.sum())
    design = np.column_stack([root, root * positions(people)])
    matrix: np.ndarray = np.linalg.pinv(design) * root
    return matrix


def _to_scale(x: np.ndarray, kind: Kind) -> np.ndarray:
    if kind == "value":
        return x
    with np.errstate(divide="ignore", invalid="ignore"):
        scaled: np.ndarray = np.log(x) if kind == "rate" else np.log(x / (1 - x))
    return scaled


def _from_scale(x: np.ndarray, kind: Kind) -> np.ndarray:
    if kind == "value":
        return x
    back: np.ndarray = np.exp(x) if kind == "rate" else 1 / (1 + np.exp(-x))
    return back
