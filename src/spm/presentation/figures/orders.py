"""The areas in the order of two indicators side by side, each joined to itself by a line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spm.presentation.figures import style
from spm.presentation.figures.canvas import Canvas, shorten, text_width, wrap
from spm.presentation.views import AreaRow, IndicatorView

ROW, HEAD, EDGE = 19.0, 12.0, 2.0
"""Height of a row and of a line of the titles, room at the edges, in points."""

GAP = 6.0
JOIN = 56.0
"""Least room for the lines between both orders."""

SIZE = style.SMALL


class _Side(NamedTuple):
    """One order: its rows from high to low, and where the end of an area's line lies."""

    view: IndicatorView
    rows: list[AreaRow]

    def place(self, raum: str) -> int:
        return [row.raum for row in self.rows].index(raum)


def ordered(rows: Sequence[AreaRow]) -> list[AreaRow]:
    """From high to low; what is equally high stays in area order."""
    return sorted(rows, key=lambda row: -row.shown)


def draw_orders(
    first: IndicatorView,
    second: IndicatorView,
    pairs: Sequence[tuple[AreaRow, AreaRow]],
    width: float = style.WIDTH,
) -> Canvas:
    """Draw both orders from high to low with their values.

    Parameters
    ----------
    first, second : the indicator on the left and on the right.
    pairs : rows of the same area in both, each with a number.
    """
    left = _Side(first, ordered([a for a, _ in pairs]))
    right = _Side(second, ordered([b for _, b in pairs]))
    column = (width - 2 * EDGE - JOIN) / 2
    heads = [wrap(f"{s.view.axis}, {s.view.period}", column, SIZE, 4) for s in (left, right)]
    top = HEAD * max(map(len, heads)) + 6
    canvas = Canvas(top + ROW * len(pairs) + 2, width)
    for lines, x, side in ((heads[0], EDGE, "left"), (heads[1], width - EDGE, "right")):
        canvas.lines(x, HEAD / 2, lines, SIZE, color=style.QUIET, ha=side)
    numbers = [
        max(text_width(s.view.short(row.shown), SIZE) for row in s.rows) for s in (left, right)
    ]
    rooms = [column - number - 2 * GAP for number in numbers]
    names = max(
        min(max(text_width(row.name, SIZE) for row in left.rows), *rooms),
        30.0,
    )
    inner = (EDGE + names + numbers[0] + 2 * GAP, width - EDGE - names - numbers[1] - 2 * GAP)
    for row in left.rows:
        y = top + ROW * (left.place(row.raum) + 0.5)
        canvas.text(EDGE, y, shorten(row.name, names, SIZE), SIZE)
        canvas.text(inner[0] - GAP, y, first.short(row.shown), SIZE, ha="right", weight="bold")
        end = top + ROW * (right.place(row.raum) + 0.5)
        canvas.line(inner, [y, end], color=style.SERIES, lw=1.1)
        for x, at in zip(inner, (y, end), strict=True):
            options = {"mfc": style.INK, "mec": "#ffffff", "mew": 0.7, "zorder": 4}
            canvas.line([x], [at], marker="o", ms=4.6, **options)
    for row in right.rows:
        y = top + ROW * (right.place(row.raum) + 0.5)
        canvas.text(inner[1] + GAP, y, second.short(row.shown), SIZE, weight="bold")
        canvas.text(width - EDGE, y, shorten(row.name, names, SIZE), SIZE, ha="right")
    return canvas
