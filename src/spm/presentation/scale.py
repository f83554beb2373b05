"""Axes: from values to points, with round ticks and German labels."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import Decimal

from matplotlib.ticker import MaxNLocator

from spm.presentation.numbers import zahl


class Scale:
    """A linear scale that includes zero.

    Parameters
    ----------
    values : everything that must fit.
    start, end : position in points of the lowest and the highest value.
    ticks : about how many ticks.
    """

    def __init__(self, values: Iterable[float], start: float, end: float, ticks: int = 5) -> None:
        known = [*values, 0.0]
        low, high = min(known), max(known)
        if low == high:
            high = 1.0
        locator = MaxNLocator(nbins=ticks, steps=[1, 2, 2.5, 5, 10])
        self.ticks = [float(t) for t in locator.tick_values(low, high)]
        # The outermost ticks are kept only as far as the data need them.
        self.low = max(t for t in self.ticks if t <= low + 1e-9)
        self.high = min(t for t in self.ticks if t >= high - 1e-9)
        self.ticks = [t for t in self.ticks if self.low - 1e-9 <= t <= self.high + 1e-9]
        self.start, self.end = start, end

    def __call__(self, value: float) -> float:
        share = (value - self.low) / (self.high - self.low)
        return self.start + share * (self.end - self.start)

    def labels(self) -> list[tuple[float, str]]:
        """(position, label) of every tick."""
        places = max(decimals(t) for t in self.ticks)
        return [(self(t), zahl(t, places)) for t in self.ticks]


def decimals(x: float) -> int:
    """How many decimals a round number needs."""
    text = f"{Decimal(repr(round(x, 6))).normalize():f}"
    return len(text.partition(".")[2])
