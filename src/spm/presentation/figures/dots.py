"""Dot plot: the value of every area with its 95 % interval, before the municipality's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import accumulate, pairwise
from typing import NamedTuple

from spm.presentation import judging
from spm.presentation.figures import references, style
from spm.presentation.figures.canvas import Canvas, shorten, text_width, wrap
from spm.presentation.figures.choosing import Choice
from spm.presentation.figures.legend import swatch
from spm.presentation.figures.marks import draw_marks, marks_width
from spm.presentation.figures.scale import Scale, readable
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording.estimates import with_sign
from spm.presentation.wording.grammar import sign_of
from spm.text.numbers import format_interval

ROW, TALL = 12.0, 18.5
"""Height of a row: with its name on one line, on two."""

AXIS, GAP = 13.0, 7.0
MOST_NAME = 0.4
"""Largest share of the width for names."""

KEY = 11.0
SIZE = style.SMALL
DOT = 5.4


class Measures(NamedTuple):
    """Widths of the columns and the height of every row, in points."""

    key: float
    name: float
    value: float
    marks: float
    rows: list[float]
    head: float

    @property
    def height(self) -> float:
        """Of the whole plot with the numbers of its axis."""
        return self.head + sum(self.rows) + AXIS


def measured(
    view: IndicatorView, choice: Choice, width: float, keys: Mapping[str, str]
) -> Measures:
    """How much room a plot needs.

    Parameters
    ----------
    keys : what stands before a name, by area; empty if nothing does.
    """
    key = KEY if keys else 0.0
    names = [row.name for row in choice.named] + ([rest_name(view, choice)] if choice.rest else [])
    most = width * MOST_NAME - key
    name = min(max(text_width(text, SIZE) for text in names), most) if names else 0.0
    tall = [len(wrap(text, name, SIZE)) > 1 for text in names]
    texts = [value_of(view, row) for row in choice.named]
    texts += [rest_value(view, choice)] if choice.rest else []
    value = max((text_width(text, SIZE, "bold") for text in texts), default=0.0)
    marks = max((marks_width(judging.judgement(view, row)) for row in choice.named), default=0.0)
    return Measures(
        key=key,
        name=name,
        value=value,
        marks=marks + 3 if marks else 0.0,
        rows=[TALL if two else ROW for two in tall],
        head=references.head(view) - 4,
    )


def value_of(view: IndicatorView, row: AreaRow) -> str:
    """The number of a row, or the sign in its place."""
    return with_sign(row, view.short(row.shown)) if row.ok else sign_of(row.status)


def rest_name(view: IndicatorView, choice: Choice) -> str:
    """``"74 übrige Stadtteile"``, or all of them where none has a row of its own."""
    n = len(choice.rest)
    noun = view.place.level if n == 1 else view.place.plural
    return f"{n} {'übrige ' if choice.named else ''}{noun}"


def rest_value(view: IndicatorView, choice: Choice) -> str:
    """``"3,2–28,1 %"``: between which numbers the rest lies."""
    low, high = min(r.shown for r in choice.rest), max(r.shown for r in choice.rest)
    k = view.indicator
    unit = "%" if k.einheit == "%" else ""
    if view.number(low) == view.number(high):
        return view.short(low)
    return format_interval(low, high, unit, k.nachkommastellen, signed=view.signed)


def draw_dots(
    canvas: Canvas,
    view: IndicatorView,
    choice: Choice,
    measures: Measures,
    place: tuple[float, float, float],
    keys: Mapping[str, str],
) -> Scale:
    """Draw the plot from ``place`` (left, top, width) on and return its scale."""
    left, top, width = place
    start = left + measures.key + measures.name + GAP
    numbers = left + width - measures.marks  # right edge of the numbers
    end = numbers - measures.value - GAP
    scale = scale_of(view, choice, start + DOT / 2, end - DOT / 2)
    first = top + measures.head
    bottom = first + sum(measures.rows)
    ticks = scale.labels(signed=view.signed)
    grid = [(x, first, x, bottom) for x, _ in ticks]
    edges = list(accumulate(measures.rows, initial=first))
    grid += [(start, (a + b) / 2, end, (a + b) / 2) for a, b in pairwise(edges)]
    canvas.segments(grid, color=style.RULE, lw=0.5, zorder=1)
    for x, label in readable(ticks, scale.ticks.index(scale.base), style.TINY):
        canvas.text(x, bottom + 7, label, style.TINY, ha="center", color=style.QUIET)
    canvas.line([start, end], [bottom, bottom], color=style.QUIET, lw=0.6, zorder=1)
    if scale.low < 0 < scale.high:
        canvas.line([scale(0)] * 2, [first, bottom], color=style.QUIET, lw=0.6, zorder=1)
    references.draw(canvas, view, scale, (left, left + width), bottom, above=top)
    # Dots stand out from their intervals, and from the lines that they lie on.
    middles = [(a + b) / 2 for a, b in pairwise(edges)]
    dotted = [(scale(r.shown), m) for r, m in zip(choice.named, middles, strict=False) if r.ok]
    xs, ys = [x for x, _ in dotted], [y for _, y in dotted]
    canvas.line(xs, ys, lw=0, marker="o", ms=DOT + 1.2, mew=0, color="#ffffff", zorder=3.5)
    y = first
    for row, height in zip(choice.named, measures.rows, strict=False):
        middle = y + height / 2
        if row.raum in keys:
            canvas.text(left, middle, keys[row.raum], SIZE, weight="bold")
        _name(canvas, row.name, (left + measures.key, middle), measures.name)
        if row.ok:
            _dot(canvas, view, row, scale, middle)
        weight = "bold" if marks_width(judging.judgement(view, row)) else "normal"
        ink = style.INK if row.ok else style.QUIET
        text = value_of(view, row)
        canvas.text(numbers, middle, text, SIZE, ha="right", weight=weight, color=ink)
        draw_marks(canvas, judging.judgement(view, row), numbers + 3, middle)
        y += height
    if choice.rest:
        middle = y + measures.rows[-1] / 2
        _rest(canvas, view, choice, scale, middle)
        _name(canvas, rest_name(view, choice), (left + measures.key, middle), measures.name)
        text = rest_value(view, choice)
        canvas.text(numbers, middle, text, SIZE, ha="right", color=style.QUIET)
    return scale


def scale_of(view: IndicatorView, choice: Choice, start: float, end: float) -> Scale:
    """The axis: all values, the ends of the intervals of rows of their own, the reference lines."""
    known = [row.shown for row in view.published]
    known += [x for row in choice.named if row.has_interval for x in row.limits]
    ticks = 5 if end - start > 120 else 3
    return Scale([*known, *references.extent(view)], start, end, ticks, zero=False)


def _dot(canvas: Canvas, view: IndicatorView, row: AreaRow, scale: Scale, y: float) -> None:
    name = judging.judgement(view, row)
    edge = style.edge_of(name)
    if row.has_interval:
        ends = [scale(x) for x in row.limits]
        canvas.line(ends, [y, y], color=edge, lw=1.3, zorder=3)
    x = scale(row.shown)
    if row.geschaetzt:
        canvas.line([x], [y], marker="o", ms=DOT - 0.6, mfc="#ffffff", mec=edge, mew=1.2, zorder=4)
    elif name:
        swatch(canvas, name, x, y)
    else:
        canvas.line([x], [y], marker="o", ms=DOT, mew=0, color=style.BAR, zorder=4)


def _rest(canvas: Canvas, view: IndicatorView, choice: Choice, scale: Scale, y: float) -> None:
    """A band from the lowest to the highest value, with a tick at each of them."""
    xs = [scale(row.shown) for row in choice.rest]
    height = 6.0
    low, high = min(xs), max(xs)
    canvas.rect(low - 1, y - height / 2, high - low + 2, height, facecolor=style.RULE, zorder=1.5)
    for row, x in zip(choice.rest, xs, strict=True):
        colour = style.edge_of(judging.judgement(view, row))
        canvas.line([x, x], [y - height / 2, y + height / 2], color=colour, lw=0.8, zorder=2)


def _name(canvas: Canvas, name: str, place: tuple[float, float], room: float) -> None:
    x, y = place
    lines: Sequence[str] = wrap(name, room, SIZE)
    size = SIZE if len(lines) == 1 else style.TINY
    lines = lines if len(lines) == 1 else wrap(name, room, size)
    first = y - (len(lines) - 1) * size * 0.56
    for i, line in enumerate(lines):
        canvas.text(x, first + i * size * 1.12, shorten(line, room, size), size)
