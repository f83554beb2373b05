"""A social gradient: areas from the least poor to the poorest, each as wide as it has people, and
the line through their values."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.figures import legend, naming, style
from spm.presentation.figures.canvas import Canvas, shorten, text_width
from spm.presentation.figures.scale import Scale
from spm.presentation.views import AreaRow, IndicatorView

LEFT, MARGIN, TOP, BOTTOM = 40.0, 8.0, 20.0, 220.0
FEW = 12
"""Up to so many areas all are named; of more those at both ends, the highest and the lowest."""

Line = Sequence[float]
"""Fitted values at equal distances from the first end to the last one."""


def draw_slope(
    view: IndicatorView,
    rows: Sequence[AreaRow],
    line: Line,
    order: str,
    width: float = style.WIDTH,
) -> Canvas:
    """Draw the values in their order, with their intervals, and the line.

    Parameters
    ----------
    view : the outcome.
    rows : of the areas in order; each has an interval and a denominator.
    line : the fitted values.
    order : name of what orders the areas.
    """
    right = width - MARGIN
    people = [row.nenner or 0.0 for row in rows]
    scale = (right - LEFT) / sum(people)
    known = [x for row in rows for x in (row.shown, *row.limits)]
    up = Scale([*known, *line], BOTTOM, TOP, ticks=5, zero=False)
    foot = legend.flow(_foot(view), width - 4)
    canvas = Canvas(BOTTOM + 30 + foot.height + 4, width)
    for y, label in up.labels():
        canvas.line([LEFT, right], [y, y], color=style.RULE, lw=0.5, zorder=1)
        canvas.text(LEFT - 5, y, label, style.SMALL, ha="right", color=style.QUIET)
    canvas.line([LEFT, right], [BOTTOM, BOTTOM], color=style.QUIET, lw=0.8)
    title = shorten(f"{view.axis}, {view.period}{up.note()}", width - 4, style.SMALL)
    canvas.text(2, 7, title, style.SMALL, color=style.QUIET)
    course = _places(line, up, right)
    canvas.line([x for x, _ in course], [y for _, y in course], color=style.INK, lw=1.3, zorder=3)
    marks: list[naming.Box] = []
    x = LEFT
    for row, count in zip(rows, people, strict=True):
        end = x + count * scale
        middle, y = (x + end) / 2, up(row.shown)
        canvas.rect(x, up.start - 3, end - x - 1, 3, facecolor=style.RULE)
        low, high = (up(v) for v in row.limits)
        canvas.line([middle, middle], [low, high], color=style.BAR, lw=1.1)
        canvas.line([x + 0.5, end - 1.5], [y, y], color=style.BAR, lw=2.2, zorder=3.5)
        options = {"mfc": style.BAR, "mec": "#ffffff", "mew": 0.7, "zorder": 4}
        canvas.line([middle], [y], marker="o", ms=naming.DOT, **options)
        marks.append((x, high, end, low))
        x = end
    _names(canvas, rows, marks, course, width)
    arrow = shorten(f"{order}: niedrig", right / 2, style.SMALL)
    canvas.text(LEFT, BOTTOM + 12, arrow, style.SMALL, color=style.QUIET)
    canvas.text(right, BOTTOM + 12, "hoch", style.SMALL, ha="right", color=style.QUIET)
    foot.draw(canvas, 2.0, BOTTOM + 24)
    return canvas


def _names(
    canvas: Canvas,
    rows: Sequence[AreaRow],
    marks: Sequence[naming.Box],
    course: Sequence[tuple[float, float]],
    width: float,
) -> None:
    """Names above or below their intervals; ``marks``: how far each area reaches."""
    taken = [((x + end) / 2 - 1.5, top, (x + end) / 2 + 1.5, low) for x, top, end, low in marks]
    lines = [(x - 6, y - 1, x + 6, y + 1) for x, y in course]
    values, every = [row.shown for row in rows], list(range(len(rows)))
    telling = [0, len(rows) - 1, values.index(max(values)), values.index(min(values))]
    shown = every if len(rows) <= FEW else list(dict.fromkeys(telling))
    half = style.SMALL * 0.6
    for i in shown:
        x, top, end, low = marks[i]
        text = shorten(rows[i].name, naming.WIDEST, style.SMALL)
        wide = text_width(text, style.SMALL)
        left = min(max((x + end - wide) / 2, LEFT), width - 2 - wide)
        heights = (top - 7, low + 7, top - 17, low + 17, top - 27, low + 27)
        boxes = [
            (left, y - half, left + wide, y + half)
            for y in heights
            if y - half > TOP - 6 and y + half < BOTTOM - 4
        ]
        naming.write(canvas, text, boxes, taken, lines)


def _places(line: Line, up: Scale, right: float) -> list[tuple[float, float]]:
    step = (right - LEFT) / (len(line) - 1)
    return [(LEFT + i * step, up(value)) for i, value in enumerate(line)]


def _foot(view: IndicatorView) -> list[legend.Entry]:
    def fitted(canvas: Canvas, x: float, y: float) -> None:
        canvas.line([x, x + 20], [y, y], color=style.INK, lw=1.3)

    def area(canvas: Canvas, x: float, y: float) -> None:
        canvas.line([x, x + 20], [y, y], color=style.BAR, lw=2.2)
        canvas.line([x + 10, x + 10], [y - 4, y + 4], color=style.BAR, lw=1.1)

    one = view.place.level
    return [
        legend.Entry(
            f"{one}: Wert mit 95-%-Intervall; so breit, wie dort Menschen sind, auf die er sich "
            "bezieht",
            25.0,
            area,
        ),
        legend.Entry("Ausgleichslinie", 25.0, fitted),
    ]
