"""Bar chart: one indicator in the reporting year, area by area."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.figures import legend, references, style
from spm.presentation.figures.canvas import Canvas, shorten, text_width, wrap
from spm.presentation.figures.figure import Figure, compared
from spm.presentation.figures.marks import draw_marks, marks_width
from spm.presentation.figures.scale import Scale, readable
from spm.presentation.judging import judgement
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording import alttext
from spm.presentation.wording.estimates import with_sign
from spm.presentation.wording.grammar import sign_of

ROWS_PER_COLUMN = 30
"""More areas than this are set in two columns."""

MOST_NAME = 0.42
"""Largest share of the width for names."""

GAP, EDGE, FOOT_LINE = 8.0, 2.0, 13.0


def draw_bars(view: IndicatorView, width: float = style.WIDTH) -> Canvas:
    """Draw the areas from the highest to the lowest value; areas without a number come last.

    A bar's colour and the signs behind its number say whether the area differs from all others
    together by more than chance; the thin line is the 95 % interval, the diamond the smoothed
    value, the vertical line the municipality; other places have quieter ones.
    """
    rows = sorted(view.areas, key=lambda row: -row.shown if row.ok else float("inf"))
    narrow = width < style.WIDTH
    many = len(rows) > ROWS_PER_COLUMN
    size = style.TINY if many else style.SMALL if narrow else style.SIZE
    height = 10.5 if many else 17.5 if len(rows) <= 16 else 14.5
    columns = 2 if many and not narrow else 1
    per_column = -(-len(rows) // columns)
    head = references.head(view)
    title = wrap(f"{view.axis}, {view.period}", width - 2 * EDGE, style.SMALL, 3)
    foot = legend.flow(_entries(view, rows), width - 2 * EDGE)
    bottom = head + per_column * height
    below = bottom + 18 + FOOT_LINE * len(title)
    canvas = Canvas(below + foot.height + 4, width)
    room = (width - 2 * EDGE - GAP * 2 * (columns - 1)) / columns
    for i in range(columns):
        part = rows[i * per_column : (i + 1) * per_column]
        _column(canvas, view, part, EDGE + i * (room + GAP * 2), room, (head, height, size), bottom)
    for i, line in enumerate(title):
        y = bottom + 24 + FOOT_LINE * i
        canvas.text(width - EDGE, y, line, style.SMALL, ha="right", color=style.QUIET)
    foot.draw(canvas, EDGE, below)
    return canvas


def _column(
    canvas: Canvas,
    view: IndicatorView,
    rows: Sequence[AreaRow],
    left: float,
    width: float,
    measures: tuple[float, float, float],
    bottom: float,
) -> None:
    head, height, size = measures
    values = [with_sign(row, view.short(row.shown)) for row in view.published]
    numbers = max(text_width(value, size) for value in values)
    marks = max(marks_width(judgement(view, row)) for row in view.published)
    value_width = numbers + (marks + 3 if marks else 0)
    most = width * MOST_NAME
    label_room = min(max(text_width(row.name, size) for row in view.areas), most)
    start, end = left + label_room + GAP, left + width - value_width - GAP
    scale = Scale(_extent(view), start, end, ticks=6)
    ticks = scale.labels(signed=view.signed)
    grid = [(x, head - 2, x, bottom) for x, _ in ticks]
    canvas.segments(grid, color=style.RULE, lw=0.5, zorder=1)
    for x, label in readable(ticks, scale.ticks.index(scale.base), style.SMALL):
        canvas.text(x, bottom + 9, label, style.SMALL, ha="center", color=style.QUIET)
    for i, row in enumerate(rows):
        y = head + (i + 0.5) * height
        _label(canvas, row.name, (left, y, label_room), size, height)
        right = left + width - (value_width - numbers)
        if not row.ok:
            # Only in the column of numbers: a sign at the axis would read as a value of zero.
            canvas.text(right, y, sign_of(row.status), size, ha="right", color=style.QUIET)
            continue
        judged = judgement(view, row)
        colour, edge = style.MARKED.get(judged, style.BAR), style.edge_of(judged)
        thick = height * 0.7
        zero, tip = scale(0), scale(row.shown)
        line = {"facecolor": colour, "edgecolor": edge, "lw": 0.6 if edge != colour else 0.0}
        canvas.rect(min(zero, tip), y - thick / 2, abs(tip - zero), thick, **line)
        if row.has_interval:
            low, high = row.limits
            _interval(canvas, (scale(low), scale(high)), y, height)
        if shows_smoothed(view) and row.geglaettet is not None:
            _diamond(canvas, scale(row.geglaettet), y)
        canvas.text(right, y, with_sign(row, view.short(row.shown)), size, ha="right")
        draw_marks(canvas, judged, right + 3, y)
    canvas.line([scale(0)] * 2, [head - 2, bottom], color=style.QUIET, lw=0.8)
    references.draw(canvas, view, scale, (left, left + width), bottom)


def _interval(canvas: Canvas, ends: tuple[float, float], y: float, height: float) -> None:
    """A line with caps, lined in white so that it shows on dark bars."""
    thin, cap = (1.0, 2.6) if height > 12 else (0.7, 1.8)
    for colour, more in (("#ffffff", 1.0), (style.INK, 0.0)):
        canvas.line(ends, [y, y], color=colour, lw=thin + more)
        for x in ends:
            canvas.line([x, x], [y - cap, y + cap], color=colour, lw=thin + more)


def shows_smoothed(view: IndicatorView) -> bool:
    """Whether smoothing moves any value so far that both can be told apart as printed."""
    return any(
        row.geglaettet is not None and view.number(row.geglaettet) != view.number(row.shown)
        for row in view.published
    )


def _diamond(canvas: Canvas, x: float, y: float) -> None:
    canvas.line([x], [y], marker="D", ms=3.6, mew=0.8, mfc="#ffffff", mec=style.INK, zorder=4)


def _extent(view: IndicatorView) -> list[float]:
    found = [x for row in view.published for x in (row.wert, row.ki_unten, row.ki_oben)]
    return [x for x in (*found, *references.extent(view)) if x is not None]


def _label(
    canvas: Canvas, name: str, place: tuple[float, float, float], size: float, height: float
) -> None:
    x, y, room = place
    two_lines = height >= 17.0 and text_width(name, size) > room
    if two_lines:
        lines = wrap(name, room, style.TINY)
        first = y - (len(lines) - 1) * style.TINY * 0.625
        canvas.lines(x, first, lines, style.TINY)
    else:
        canvas.text(x, y, shorten(name, room, size), size)


def _entries(view: IndicatorView, rows: Sequence[AreaRow]) -> list[legend.Entry]:
    entries = legend.judgements(view, rows)
    if any(row.has_interval for row in rows):
        entries.append(legend.interval())
    if shows_smoothed(view):
        entries.append(legend.Entry("geglätteter Wert", 14.0, _smoothed))
    return [*entries, *legend.states(rows)]


def _smoothed(canvas: Canvas, x: float, y: float) -> None:
    _diamond(canvas, x + 5, y)


FIGURE = Figure(
    "balken", lambda view, shapes, **width: draw_bars(view, **width), alttext.of_bars, compared
)
