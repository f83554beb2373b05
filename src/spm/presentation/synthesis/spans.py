"""Spans: between which places of an order an area may lie, one column for each domain."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spm.presentation import judging
from spm.presentation.figures import legend, style
from spm.presentation.figures.canvas import Canvas, shorten, text_width, wrap
from spm.presentation.figures.marks import draw_marks, marks_width
from spm.text.numbers import EN_DASH, number_word

MOST = 40
"""Rows that fit on a page."""

ROW, SMALLER, HEAD, FOOT, GAP, EDGE = 17.0, 12.0, 15.0, 15.0, 12.0, 2.0
DOT, THICK = 5.4, 5.0
LEAST = 84.0
"""Width that a column takes at least."""

LOW, HIGH = "niedriger", "höher"

GROUND = "#eef1f3"
"""Behind the highest and the lowest quarter; it says nothing that words do not say."""


class Span(NamedTuple):
    """Places of one area: ``point`` by the published values, between ``first`` and ``last`` in most
    draws; 1 is the highest burden. ``judged`` is one of `judging.NAMES`, or empty."""

    point: float
    first: int
    last: int
    judged: str = judging.NONE

    @property
    def text(self) -> str:
        """``"2–3"``."""
        return str(self.first) if self.first == self.last else f"{self.first}{EN_DASH}{self.last}"


class Column(NamedTuple):
    """One domain: its name and a span for every area; ``numbers``: also in numbers beside it."""

    title: str
    spans: Sequence[Span]
    numbers: bool = False


def draw_spans(
    names: Sequence[str], columns: Sequence[Column], quarter: int, n: int, width: float
) -> Canvas:
    """Draw the spans of all areas, in the order given; a higher burden is further right.

    Parameters
    ----------
    names : of the areas.
    columns : side by side as far as they fit, else below each other.
    quarter : so many places at either end are shaded.
    n : number of areas in the order; more than ``names`` if not all are shown.
    """
    size = style.SMALL
    row = ROW if len(names) <= 16 else SMALLER
    most = width * (0.3 if width == style.WIDTH else 0.34)
    room = min(max(text_width(name, size) for name in names), most)
    inner = width - 2 * EDGE - room
    beside = max(1, min(len(columns), int(inner // (LEAST + GAP))))
    each = -(-len(columns) // -(-len(columns) // beside))
    lines = [columns[i : i + each] for i in range(0, len(columns), each)]
    across = (inner / max(len(line) for line in lines)) - GAP
    heads = [max(len(wrap(c.title, across, size, 2, "bold")) for c in line) for line in lines]
    tall = [HEAD + 10 * (h - 1) + row * len(names) + FOOT for h in heads]
    foot = legend.flow(_entries(columns, quarter), width - 2 * EDGE)
    canvas = Canvas(sum(tall) + 8 * len(lines) + foot.height + 4, width)
    y = 0.0
    for line, h, height in zip(lines, heads, tall, strict=True):
        top = y + HEAD + 10 * (h - 1)
        for i, name in enumerate(names):
            middle = top + (i + 0.5) * row
            canvas.text(EDGE, middle, shorten(name, room, size), size)
        for i, column in enumerate(line):
            left = EDGE + room + GAP + i * (across + GAP)
            _column(canvas, column, (left, y, across), (top, row), (quarter, n))
        y += height + 8
    foot.draw(canvas, EDGE, y)
    return canvas


def _column(
    canvas: Canvas,
    column: Column,
    place: tuple[float, float, float],
    rows: tuple[float, float],
    order: tuple[int, int],
) -> None:
    left, above, width = place
    top, row = rows
    quarter, n = order
    bottom = top + row * len(column.spans)
    marks = marks_width(judging.UNGUENSTIG) + 3
    numbers = max(text_width(span.text, style.SMALL, "bold") for span in column.spans)
    end = left + width - marks - (numbers + 6 if column.numbers else 0)
    step = (end - left) / n

    def x(position: float) -> float:
        return end - (position - 0.5) * step

    canvas.lines(
        left,
        above + 6,
        wrap(column.title, width, style.SMALL, 2, "bold"),
        style.SMALL,
        weight="bold",
    )
    for start in (left, end - quarter * step):
        canvas.rect(start, top, quarter * step, bottom - top, facecolor=GROUND, zorder=0.5)
    grid = [
        (left, top + (i + 0.5) * row, end, top + (i + 0.5) * row) for i in range(len(column.spans))
    ]
    canvas.segments(grid, color=style.RULE, lw=0.5, zorder=1)
    canvas.line([left, end], [bottom, bottom], color=style.QUIET, lw=0.6, zorder=1)
    canvas.text(left, bottom + 7, LOW, style.TINY, color=style.QUIET)
    canvas.text(end, bottom + 7, HIGH, style.TINY, ha="right", color=style.QUIET)
    middles = [top + (i + 0.5) * row for i in range(len(column.spans))]
    for name in dict.fromkeys(span.judged for span in column.spans):
        drawn = [(s, y) for s, y in zip(column.spans, middles, strict=True) if s.judged == name]
        _spans(canvas, name, [((x(s.last), x(s.first)), x(s.point), y) for s, y in drawn])
    right = left + width - marks
    for span, y in zip(column.spans, middles, strict=True):
        if column.numbers:
            weight = "bold" if span.judged else "normal"
            canvas.text(right, y, span.text, style.SMALL, ha="right", weight=weight)
        draw_marks(canvas, span.judged, right + 3, y)


def _spans(
    canvas: Canvas, name: str, places: Sequence[tuple[tuple[float, float], float, float]]
) -> None:
    """Draw spans of one colour: ends, point and height of each."""
    colour = style.MARKED[name] if name else style.BAR
    lines = [(low, y, high, y) for (low, high), _, y in places]
    canvas.segments(lines, color=colour, lw=1.6, solid_capstyle="round", zorder=3)
    xs, ys = [point for _, point, _ in places], [y for _, _, y in places]
    canvas.line(xs, ys, lw=0, marker="o", ms=DOT + 1.2, mew=0, color="#ffffff", zorder=3.5)
    canvas.line(xs, ys, lw=0, marker="o", ms=DOT, mew=0, color=colour, zorder=4)


def _entries(columns: Sequence[Column], quarter: int) -> list[legend.Entry]:
    def point(canvas: Canvas, x: float, y: float) -> None:
        canvas.line([x, x + 20], [y, y], color=style.BAR, lw=1.6, solid_capstyle="round")
        canvas.line([x + 12], [y], marker="o", ms=DOT, mew=0, color=style.BAR, zorder=4)

    def shade(canvas: Canvas, x: float, y: float) -> None:
        canvas.rect(x, y - 4, 14, 8, facecolor=GROUND, zorder=1)
        canvas.line(
            [x, x + 14, x + 14, x, x], [y - 4, y - 4, y + 4, y + 4, y - 4], color=style.RULE, lw=0.5
        )

    many = number_word(quarter)
    places = "die Stelle" if quarter == 1 else f"die {many} Stellen"
    among = "an der Stelle" if quarter == 1 else f"auf einer der {many} Stellen"
    found = {span.judged for column in columns for span in column.spans}
    told = [
        legend.Entry(
            "Stelle nach den veröffentlichten Werten; Linie: in 90\u00a0% der Zufallsfälle",
            24.0,
            point,
        ),
        legend.Entry(f"{places} mit der höchsten und mit der niedrigsten Belastung", 18.0, shade),
    ]
    words = {
        judging.UNGUENSTIG: f"in 90\u00a0% der Zufallsfälle {among} mit der höchsten Belastung",
        judging.GUENSTIG: f"in 90\u00a0% der Zufallsfälle {among} mit der niedrigsten Belastung",
    }
    for name, text in words.items():
        if name in found:
            told.append(legend.Entry(text, marks_width(name) + 3, _sign(name)))
    return told


def _sign(name: str) -> legend.Sample:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        draw_marks(canvas, name, x, y)

    return draw
