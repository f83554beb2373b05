"""Classes of a choropleth map: few, natural, with round limits."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import groupby, pairwise

from spm.presentation.figures.scale import decimals
from spm.presentation.views import IndicatorView
from spm.text.numbers import format_number, format_value, round_half_away

MAX_CLASSES = 5
FEW = 12
"""Up to so many areas fewer classes do, and none changes its natural class."""

TOLERANCE = 0.1
"""Share of many areas that may change their natural class for the sake of a rounder limit."""


def breaks(values: Sequence[float], decimals: int) -> tuple[float, ...]:
    """Limits between the classes, ascending; a value equal to a limit belongs to the upper class.

    Natural breaks (Fisher-Jenks) of the values as printed, each moved to the roundest number that
    leaves no class empty. Zero is always a limit between negative and positive values.

    Parameters
    ----------
    values : published values, unrounded.
    decimals : decimals with which the values are printed.

    Returns
    -------
    tuple of float
        At most ``MAX_CLASSES - 1`` limits; empty if there is only one distinct value.
    """
    shown = sorted(float(round_half_away(v, decimals)) for v in values)
    wanted = min(len(set(shown)), 3 if len(shown) < 6 else 4 if len(shown) <= FEW else MAX_CLASSES)
    if wanted < 2:
        return ()
    limits = _round_limits(shown, _natural(shown, wanted), decimals)
    return _with_zero(shown, limits) if shown[0] < 0 < shown[-1] else limits


def of_view(view: IndicatorView) -> tuple[float, ...]:
    """Limits of an indicator, the same on paper and for every year in the atlas.

    Those of the reporting year, or of all years if it shows nothing; zero is one of them if values
    of any year lie on both sides of it.
    """
    keys = [raum for raum, _ in view.area_names]
    known = [r.shown for year in view.years for key in keys if (r := view.row(key, year)).ok]
    if not known:
        return ()
    now = [row.shown for row in view.published] or known
    limits = breaks(now, view.indicator.nachkommastellen)
    if not min(known) < 0 < max(known) or 0.0 in limits:
        return limits
    others = sorted(limits, key=abs, reverse=True)[: MAX_CLASSES - 2]
    return tuple(sorted([*others, 0.0]))


def class_of(value: float, limits: Sequence[float], decimals: int) -> int:
    """Index of the class of a value, from 0."""
    return bisect_right(limits, float(round_half_away(value, decimals)))


def labels(limits: Sequence[float], unit: str) -> list[str]:
    """Labels of the classes: ``["unter 5", "5 bis unter 10", "10 und mehr"]`` with the unit."""
    if not limits:
        return []
    places = max(decimals(b) for b in limits)
    between = [
        f"{format_number(lower, places)} bis unter {format_value(upper, unit, places)}"
        for lower, upper in pairwise(limits)
    ]
    first, last = (
        format_value(limits[0], unit, places),
        format_value(limits[-1], unit, places),
    )
    return [f"unter {first}", *between, f"{last} und mehr"]


def _natural(shown: list[float], k: int) -> list[tuple[float, float]]:
    """(highest of a class, lowest of the next one) for every limit of ``k`` natural classes.

    The classes with the least sum of squares around their means (Fisher 1958, On Grouping for
    Maximum Homogeneity; Jenks 1977): the best division of the first values into ``c`` classes is
    the best of them into ``c - 1`` with one more class behind it. Equal values stay together. Of
    equally good divisions the one whose upper classes begin lowest.

    mapclassify does the same (the tests compare) and takes longer to import than all maps to draw.
    """
    # (value, how often), and their sums up to each: a class costs nothing to look up.
    groups = [(value, len(list(same))) for value, same in groupby(shown)]
    middle = sum(shown) / len(shown)  # sums around it lose no digits
    count, total, square = ([0.0] for _ in range(3))
    for value, often in groups:
        count.append(count[-1] + often)
        total.append(total[-1] + often * (value - middle))
        square.append(square[-1] + often * (value - middle) ** 2)

    def spread(start: int, end: int) -> float:
        """Share of the whole that lies within one class."""
        apart = total[end] - total[start]
        inside = square[end] - square[start] - apart * apart / (count[end] - count[start])
        return inside / square[-1]

    size = len(groups)
    cost = [math.inf, *(spread(0, end) for end in range(1, size + 1))]
    begins = []  # per class after the first: where it begins if the values end at a place
    for classes in range(2, k + 1):
        ways = [
            min((round(cost[s] + spread(s, end), 12), s) for s in range(classes - 1, end))
            if end >= classes
            else (math.inf, 0)
            for end in range(size + 1)
        ]
        cost = [least for least, _ in ways]
        begins.append([start for _, start in ways])
    limits, end = [], size
    for begin in reversed(begins):
        end = begin[end]
        limits.append((groups[end - 1][0], groups[end][0]))
    return limits[::-1]


def _round_limits(
    shown: list[float], gaps: list[tuple[float, float]], decimals: int
) -> tuple[float, ...]:
    if len(shown) <= FEW:
        return tuple(_roundest(below, above, decimals) for below, above in gaps)
    exact = tuple(above for _, above in gaps)
    allowed = int(TOLERANCE * len(shown))
    for step in _steps(max(abs(v) for v in shown), decimals):
        limits = tuple(
            sorted({round(round((a + b) / 2 / step) * step, decimals + 1) for a, b in gaps})
        )
        moved = sum(bisect_right(limits, v) != bisect_right(exact, v) for v in shown)
        full = len({bisect_right(limits, v) for v in shown}) == len(exact) + 1
        if len(limits) == len(exact) and full and moved <= allowed:
            return limits
    return exact


def _roundest(below: float, above: float, decimals: int) -> float:
    """The roundest number above ``below`` and up to ``above``."""
    for step in _steps(max(abs(below), abs(above)), decimals):
        candidate = round(math.floor(above / step + 1e-9) * step, decimals + 1)
        if candidate > below:
            return candidate
    return above


def _steps(largest: float, decimals: int) -> Iterator[float]:
    """Steps of round numbers, from coarse to fine."""
    for power in range(len(str(int(largest))), -decimals - 1, -1):
        for digit in (5, 2, 1):
            yield digit * 10.0**power


def _with_zero(shown: list[float], limits: tuple[float, ...]) -> tuple[float, ...]:
    """The limits with zero in place of the nearest one; others that leave a class empty vanish."""
    if 0.0 in limits:
        return limits
    others = sorted(set(limits) - {min(limits, key=abs)})
    kept = [0.0]
    for limit in reversed([b for b in others if b < 0]):
        if any(limit <= v < kept[0] for v in shown) and shown[0] < limit:
            kept.insert(0, limit)
    for limit in (b for b in others if b > 0):
        if any(kept[-1] <= v < limit for v in shown) and limit <= shown[-1]:
            kept.append(limit)
    return tuple(kept)
