"""Axes: from values to points, with round ticks and German labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal

from matplotlib.ticker import MaxNLocator

from spm.presentation.figures.canvas import text_width
from spm.text.numbers import format_number

NARROW = 1 / 3
"""Values that differ by less than this share of the highest one leave a long scale empty."""


class Scale:
    """A linear scale.

    Parameters
    ----------
    values : everything that must fit.
    start, end : position in points of the lowest and the highest value.
    ticks : about how many ticks.
    zero : always include zero (lengths are compared). Without it, zero is left out where all values
        lie close together and far from it; ``from_zero`` tells, and the axis must say so.
    """

    def __init__(
        self,
        values: Iterable[float],
        start: float,
        end: float,
        ticks: int = 5,
        *,
        zero: bool = True,
    ) -> None:
        known = list(values) or [0.0]
        low, high = min(known), max(known)
        narrow = low < high and (high - low) < NARROW * max(abs(low), abs(high))
        self.from_zero = zero or not narrow
        if self.from_zero:
            low, high = min(low, 0.0), max(high, 0.0)
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

    @property
    def base(self) -> float:
        """The value of the line that everything stands on: zero, or the lowest one shown."""
        return 0.0 if self.from_zero else self.low

    def labels(self, *, signed: bool = False) -> list[tuple[float, str]]:
        """(position, label) of every tick."""
        places = max(decimals(t) for t in self.ticks)
        return [(self(t), format_number(t, places, signed=signed)) for t in self.ticks]

    def note(self) -> str:
        """What an axis must say if it does not begin at zero: ``" (Achse beginnt bei 16)"``."""
        begin = format_number(self.low, decimals(self.low))
        return "" if self.from_zero else f" (Achse beginnt bei {begin})"


def readable(
    ticks: Sequence[tuple[float, str]], base: int, size: float
) -> Sequence[tuple[float, str]]:
    """The labels that fit beside each other: all, every second … and always that of the base."""
    widest = max(text_width(label, size) for _, label in ticks) + 3
    step = 1
    while step < len(ticks) and abs(ticks[step][0] - ticks[0][0]) < widest:
        step += 1
    return ticks[base % step :: step]


def decimals(x: float) -> int:
    """How many decimals a round number needs."""
    text = f"{Decimal(repr(round(x, 6))).normalize():f}"
    return len(text.partition(".")[2])
