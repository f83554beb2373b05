"""Bar chart: one indicator in the reporting year, area by area."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.figures import references, style
from spm.presentation.figures.canvas import Canvas, shorten, text_width, wrap
from spm.presentation.figures.figure import Figure, compared
from spm.presentation.figures.marks import draw_marks, marks_width
from spm.presentation.figures.scale import Scale
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording import alttext
from spm.presentation.wording.estimates import LEGEND, SIGN, with_sign
from spm.presentation.wording.grammar import CLASS_LABELS, sign_of, status_text

ROWS_PER_COLUMN = 30
"""More areas than this are set in two columns."""

MOST_NAME = 0.42
"""Largest share of the width for names."""

GAP, EDGE, FOOT_LINE = 8.0, 2.0, 13.0
ENTRY = 26.0
"""Width of a legend entry besides its text."""


def draw_bars(view: IndicatorView) -> Canvas:
    """Draw the areas from the highest to the lowest value; areas without a number come last.

    A bar's colour and the triangles behind its number say whether the area differs from all others
    together by more than chance; the thin line is the 95 % interval, the diamond the smoothed
    value, the vertical line the municipality; other places have quieter ones.
    """
    rows = sorted(view.areas, key=lambda row: -row.shown if row.ok else float("inf"))
    many = len(rows) > ROWS_PER_COLUMN
    size = style.TINY if many else style.SIZE
    height = 10.5 if many else 17.5 if len(rows) <= 16 else 14.5
    columns = 2 if many else 1
    per_column = -(-len(rows) // columns)
    head = references.head(view)
    foot = _footer(view, rows)
    bottom = head + per_column * height
    canvas = Canvas(bottom + 30 + FOOT_LINE * len(foot) + 8)
    width = (canvas.width - 2 * EDGE - GAP * 2 * (columns - 1)) / columns
    for i in range(columns):
        part = rows[i * per_column : (i + 1) * per_column]
        _column(
            canvas, view, part, EDGE + i * (width + GAP * 2), width, (head, height, size), bottom
        )
    canvas.text(
        canvas.width - EDGE,
        bottom + 24,
        f"{view.axis}, {view.period}",
        style.SMALL,
        ha="right",
        color=style.QUIET,
    )
    _draw_footer(canvas, foot, bottom + 24 + FOOT_LINE + 4)
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
    marks = max(marks_width(row.klasse) for row in view.published)
    value_width = numbers + (marks + 3 if marks else 0)
    most = width * MOST_NAME
    label_room = min(max(text_width(row.name, size) for row in view.areas), most)
    start, end = left + label_room + GAP, left + width - value_width - GAP
    scale = Scale(_extent(view), start, end, ticks=6)
    ticks = scale.labels(signed=view.signed)
    for x, _ in ticks:
        canvas.line([x, x], [head - 2, bottom], color=style.RULE, lw=0.5, zorder=1)
    for x, label in _readable(ticks, scale.ticks.index(scale.base)):
        canvas.text(x, bottom + 9, label, style.SMALL, ha="center", color=style.QUIET)
    for i, row in enumerate(rows):
        y = head + (i + 0.5) * height
        _label(canvas, row.name, (left, y, label_room), size, height)
        right = left + width - (value_width - numbers)
        if not row.ok:
            # Only in the column of numbers: a sign at the axis would read as a value of zero.
            canvas.text(right, y, sign_of(row.status), size, ha="right", color=style.QUIET)
            continue
        colour = style.KLASSEN.get(row.klasse or "", style.BAR)
        thick = height * 0.7
        zero, tip = scale(0), scale(row.shown)
        canvas.rect(min(zero, tip), y - thick / 2, abs(tip - zero), thick, facecolor=colour)
        if row.has_interval:
            low, high = row.limits
            _interval(canvas, (scale(low), scale(high)), y, height)
        if shows_smoothed(view) and row.geglaettet is not None:
            _diamond(canvas, scale(row.geglaettet), y)
        canvas.text(right, y, with_sign(row, view.short(row.shown)), size, ha="right")
        draw_marks(canvas, row.klasse, right + 3, y)
    canvas.line([scale(0)] * 2, [head - 2, bottom], color=style.QUIET, lw=0.8)
    references.draw(canvas, view, scale, (left, left + width), bottom)


def _readable(ticks: Sequence[tuple[float, str]], base: int) -> Sequence[tuple[float, str]]:
    """The labels that fit beside each other: all, every second … and always the one of zero."""
    widest = max(text_width(label, style.SMALL) for _, label in ticks) + 3
    step = 1
    while step < len(ticks) and abs(ticks[step][0] - ticks[0][0]) < widest:
        step += 1
    return ticks[base % step :: step]


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


def _footer(view: IndicatorView, rows: Sequence[AreaRow]) -> list[list[tuple[str, str]]]:
    """Legend entries (kind or colour, text) in lines that fit."""
    entries: list[tuple[str, str]] = []
    for klasse, words in CLASS_LABELS.items():
        if any(row.klasse == klasse for row in rows):
            if not entries:
                entries.append(("", "Gegenüber der jeweils übrigen Kommune:"))
            entries.append((klasse, words))
    if any(row.has_interval for row in rows):
        entries.append(("line", "95-%-Vertrauensintervall"))
    if shows_smoothed(view):
        entries.append(("diamond", "geglätteter Wert"))
    if any(row.geschaetzt for row in rows):
        entries.append((SIGN, LEGEND))
    for status in dict.fromkeys(row.status for row in rows if not row.ok):
        entries.append((sign_of(status), status_text(status)))
    lines: list[list[tuple[str, str]]] = [[]]
    used = 0.0
    for kind, text in entries:
        text = shorten(text, style.WIDTH - 20, style.SMALL)
        need = _room(kind, text)
        if lines[-1] and used + need > style.WIDTH:
            lines.append([])
            used = 0.0
        lines[-1].append((kind, text))
        used += need
    return [line for line in lines if line]


def _indent(kind: str) -> float:
    """Room of the sign before a legend entry."""
    return (14.0 if kind else 0.0) + marks_width(kind)


def _room(kind: str, text: str) -> float:
    return _indent(kind) + text_width(text, style.SMALL) + ENTRY - 14


def _draw_footer(canvas: Canvas, lines: list[list[tuple[str, str]]], y: float) -> None:
    for line in lines:
        x = EDGE
        for kind, text in line:
            if kind == "line":
                canvas.line([x, x + 10], [y, y], lw=1.0)
            elif kind == "diamond":
                _diamond(canvas, x + 5, y)
            elif kind in style.KLASSEN:
                canvas.rect(x, y - 4, 9, 8, facecolor=style.KLASSEN[kind])
                draw_marks(canvas, kind, x + 12, y)
            else:
                canvas.text(x + 3, y, kind, style.SMALL, color=style.QUIET)
            canvas.text(x + _indent(kind), y, text, style.SMALL)
            x += _room(kind, text)
        y += FOOT_LINE


FIGURE = Figure("balken", lambda view, shapes: draw_bars(view), alttext.of_bars, compared)
