"""A social gradient: areas from the least poor to the poorest, each as wide as it has people, and
the line through their values."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spm.presentation.figures import legend, naming, style
from spm.presentation.figures.canvas import Canvas, shorten, text_width
from spm.presentation.figures.scale import Scale
from spm.presentation.views import AreaRow, IndicatorView

LEFT, MARGIN, TOP, BOTTOM = 40.0, 8.0, 20.0, 220.0
FEW = 12
"""Up to so many areas all are named; of more those at both ends, the highest and the lowest."""

SHORT = 14.0
"""Names up to this wide may reach beyond what is as wide as their area, and are still its own."""

NUMBERED = re.compile(r"\D+ (\d+)")
"""The name of an area that ends with its number."""

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
    known = [x for row in rows for x in (row.shown, *row.limits)]
    up = Scale([*known, *line], BOTTOM, TOP, ticks=5, zero=False)
    course = _places(line, up, right)
    marks = _marks(rows, up, right)
    labels, numbered = _labels(rows, marks, course, width)
    foot = legend.flow(_foot(view, numbered), width - 4)
    canvas = Canvas(BOTTOM + 30 + foot.height + 4, width)
    for y, label in up.labels():
        canvas.line([LEFT, right], [y, y], color=style.RULE, lw=0.5, zorder=1)
        canvas.text(LEFT - 5, y, label, style.SMALL, ha="right", color=style.QUIET)
    canvas.line([LEFT, right], [BOTTOM, BOTTOM], color=style.QUIET, lw=0.8)
    title = shorten(f"{view.axis}, {view.period}{up.note()}", width - 4, style.SMALL)
    canvas.text(2, 7, title, style.SMALL, color=style.QUIET)
    canvas.line([x for x, _ in course], [y for _, y in course], color=style.INK, lw=1.3, zorder=3)
    for row, (x, high, end, low) in zip(rows, marks, strict=True):
        middle, y = (x + end) / 2, up(row.shown)
        canvas.rect(x, up.start - 3, end - x - 1, 3, facecolor=style.RULE)
        canvas.line([middle, middle], [low, high], color=style.BAR, lw=1.1)
        canvas.line([x + 0.5, end - 1.5], [y, y], color=style.BAR, lw=2.2, zorder=3.5)
        options = {"mfc": style.BAR, "mec": "#ffffff", "mew": 0.7, "zorder": 4}
        canvas.line([middle], [y], marker="o", ms=naming.DOT, **options)
    for text, box in labels:
        canvas.text(box[0], (box[1] + box[3]) / 2, text, style.SMALL)
    arrow = shorten(f"{order}: niedrig", right / 2, style.SMALL)
    canvas.text(LEFT, BOTTOM + 12, arrow, style.SMALL, color=style.QUIET)
    canvas.text(right, BOTTOM + 12, "hoch", style.SMALL, ha="right", color=style.QUIET)
    foot.draw(canvas, 2.0, BOTTOM + 24)
    return canvas


def _marks(rows: Sequence[AreaRow], up: Scale, right: float) -> list[naming.Box]:
    """How far each area reaches: from left to right its people, from top to bottom its interval."""
    people = [row.nenner or 0.0 for row in rows]
    scale, x = (right - LEFT) / sum(people), LEFT
    marks: list[naming.Box] = []
    for row, count in zip(rows, people, strict=True):
        low, high = (up(v) for v in row.limits)
        marks.append((x, high, x + count * scale, low))
        x += count * scale
    return marks


def _labels(
    rows: Sequence[AreaRow],
    marks: Sequence[naming.Box],
    course: Sequence[tuple[float, float]],
    width: float,
) -> tuple[list[tuple[str, naming.Box]], bool]:
    """Names where they stand clear of everything, and whether they are only numbers.

    Where not all names find such a place, the numbers in them stand alone if there are any; else
    those that found none are left out.
    """
    values, every = [row.shown for row in rows], list(range(len(rows)))
    telling = [0, len(rows) - 1, values.index(max(values)), values.index(min(values))]
    wanted = list(dict.fromkeys([*telling, *(every if len(rows) <= FEW else [])]))
    taken = [box for row, mark in zip(rows, marks, strict=True) for box in _drawn(row, mark)]
    taken += [(x - 6, y - 1, x + 6, y + 1) for x, y in course]
    names = [shorten(row.name, naming.WIDEST, style.SMALL) for row in rows]
    found = _placed(names, wanted, marks, taken, width)
    numbers = [NUMBERED.fullmatch(row.name) for row in rows]
    if len(found) == len(wanted) or not all(numbers):
        return found, False
    short = [match[1] if match else "" for match in numbers]
    return _placed(short, wanted, marks, taken, width), True


def _placed(
    names: Sequence[str],
    wanted: Sequence[int],
    marks: Sequence[naming.Box],
    taken: Sequence[naming.Box],
    width: float,
) -> list[tuple[str, naming.Box]]:
    """Above or below their interval, or beside it, best at one of its ends."""
    half, blocked = style.SMALL * 0.6, list(taken)
    found = []
    for i in wanted:
        x, top, end, low = marks[i]
        middle, wide = (x + end) / 2, text_width(names[i], style.SMALL)
        centred = min(max(middle - wide / 2, LEFT), width - 2 - wide)
        places = [(centred, y) for y in (top - 7, low + 7)]
        places += [
            (left, y)
            for y in (top + half, low - half, *(top + k * (low - top) / 4 for k in (1, 3, 2)))
            for left in (middle + 4, middle - 4 - wide)
            if LEFT <= left <= width - 2 - wide and (wide < SHORT or x < left < end - wide)
        ]
        boxes = [(left, y - half, left + wide, y + half) for left, y in places]
        free = [b for b in boxes if b[1] > TOP - 6 and b[3] < BOTTOM - 4]
        box = next((b for b in free if not naming.hits(b, blocked)), None)
        if box:
            found.append((names[i], box))
            blocked.append(box)
    return found


def _drawn(row: AreaRow, mark: naming.Box) -> list[naming.Box]:
    """What an area covers: its interval and, as wide as its people, its value."""
    x, top, end, low = mark
    middle = (x + end) / 2
    bottom_value, top_value = row.limits
    height = low - top
    part = (row.shown - bottom_value) / (top_value - bottom_value) if height else 0.0
    y = low - part * height
    return [(middle - 1.5, top, middle + 1.5, low), (x, y - 2.5, end, y + 2.5)]


def _places(line: Line, up: Scale, right: float) -> list[tuple[float, float]]:
    step = (right - LEFT) / (len(line) - 1)
    return [(LEFT + i * step, up(value)) for i, value in enumerate(line)]


def _foot(view: IndicatorView, numbered: bool) -> list[legend.Entry]:
    def fitted(canvas: Canvas, x: float, y: float) -> None:
        canvas.line([x, x + 20], [y, y], color=style.INK, lw=1.3)

    def area(canvas: Canvas, x: float, y: float) -> None:
        canvas.line([x, x + 20], [y, y], color=style.BAR, lw=2.2)
        canvas.line([x + 10, x + 10], [y - 4, y + 4], color=style.BAR, lw=1.1)

    one = view.place.level
    numbers = f"Zahl daneben: Nummer ({one})"
    return [
        legend.Entry(
            f"{one}: Wert mit 95-%-Intervall; Breite: Zahl der Menschen, auf die sich der Wert "
            "bezieht",
            25.0,
            area,
        ),
        legend.Entry("Ausgleichslinie", 25.0, fitted),
        *([legend.Entry(numbers)] if numbered else []),
    ]
