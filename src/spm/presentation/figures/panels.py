"""Time series of many areas: one small panel each, all with the same axes."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import pairwise

from spm.presentation.figures import style
from spm.presentation.figures.canvas import Canvas, shorten, text_width, wrap
from spm.presentation.figures.lines import draw_line
from spm.presentation.figures.scale import Scale
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording.estimates import rings_note, with_sign
from spm.presentation.wording.grammar import explain_signs, sign_of
from spm.presentation.wording.pooling import points_note
from spm.published import GESAMT

GAP, EDGE = 9.0, 2.0
HEAD, YEARS = 20.0, 15.0
NARROW = 70.0
HIGHEST = 80.0
"""Largest height of a panel without its years."""

PHONE = 62.0
"""The same on phones."""

ROOMY = 24
"""Up to so many areas every line of panels has its own years."""


@dataclass(frozen=True)
class Grid:
    """Where the panels are.

    ``left`` is the room for the numbers of the axis, ``width`` and ``height`` are those of a panel,
    ``step`` is the distance of two lines, all in points; ``stacked`` panels have their number below
    the name, where both do not fit on one line.
    """

    columns: int
    lines: int
    left: float
    width: float
    height: float
    step: float
    stacked: bool = False

    def frame(self, i: int) -> tuple[float, float]:
        """Left and top of a panel."""
        line, column = divmod(i, self.columns)
        return self.left + column * (self.width + GAP), HEAD + line * self.step


def draw_panels(view: IndicatorView, sheet: float = style.WIDTH) -> Canvas:
    """Draw every area in its own panel before the line of the municipality.

    All panels share their axes; on phones (``sheet``: width in points) fewer stand side by side.
    The number beside a name is the value of the reporting year, or the sign in its place. A count
    of the municipality is not drawn: it would press its areas flat.
    """
    n = len(view.area_names)
    total = [v for _, v in view.series(GESAMT)]
    # One year alone makes no line.
    joined = any(a is not None and b is not None for a, b in pairwise(total))
    compare = view.indicator.art != "anzahl" and joined
    keys = [raum for raum, _ in view.area_names] + ([GESAMT] if compare else [])
    known = [v for raum in keys for _, v in view.series(raum) if v is not None]
    scale = Scale(known, 0, 1, 3, zero=False)
    labels = [text for _, text in scale.labels(signed=view.signed)]
    axis = max(text_width(text, style.TINY) for text in labels) + 5
    lines, columns = _arranged(n, sheet)
    years = YEARS if n <= ROOMY else 0.0
    width = (sheet - 2 * EDGE - axis - GAP * (columns - 1)) / columns
    texts = (_note(view, width > NARROW), rings_note(view), points_note(view))
    notes = wrap(" ".join(filter(None, texts)), sheet - 2 * EDGE, style.SMALL, 9)
    foot = YEARS - years + 8 + len(notes) * style.SMALL * 1.25
    stacked = width > NARROW and any(_too_long(view, raum, width) for raum, _ in view.area_names)
    highest = HIGHEST + years + (style.SMALL * 1.2 if stacked else 0.0)
    # A page ends; a screen scrolls.
    room = (style.PAGE - HEAD - foot) / lines if sheet == style.WIDTH else PHONE + years
    step = min(highest, room)
    grid = Grid(
        columns=columns,
        lines=lines,
        left=EDGE + axis,
        width=width,
        height=step - years,
        step=step,
        stacked=stacked,
    )
    canvas = Canvas(HEAD + lines * step + foot, sheet)
    _key(canvas, view, scale.note(), compare)
    for i in range(n):
        _panel(canvas, view, i, grid, known, compare)
        if years or i + columns >= n:  # else below the lowest panel of every column
            _years(canvas, view, grid, i)
    canvas.lines(
        EDGE, HEAD + lines * step + YEARS - years + 8, notes, style.SMALL, color=style.QUIET
    )
    return canvas


def _arranged(n: int, sheet: float) -> tuple[int, int]:
    """Lines and columns; few areas take the columns that leave fewer places empty."""
    if sheet < style.WIDTH:
        columns = 3 if n > ROOMY or -n % 3 <= -n % 2 else 2
        return -(-n // columns), columns
    columns = 5 if n <= 40 else 6 if n <= 72 else 7
    if n <= ROOMY and -n % 4 < -n % 5:
        columns = 4
    return -(-n // columns), columns


def _too_long(view: IndicatorView, raum: str, width: float) -> bool:
    row, name = view.row(raum), dict(view.area_names)[raum]
    used = text_width(_value(view, row), style.SMALL, "bold")
    return text_width(name, style.SMALL) + 4 + used > width


def _value(view: IndicatorView, row: AreaRow) -> str:
    return with_sign(row, view.number(row.shown)) if row.ok else sign_of(row.status)


def _note(view: IndicatorView, with_numbers: bool) -> str:
    """What stands beside the names; nothing where that is nothing."""
    signs = explain_signs(sorted({row.status for row in view.areas if not row.ok}))
    numbers = f"Fett gedruckt: Wert für {view.period}" if with_numbers else ""
    signs = signs if with_numbers or not signs else f"{view.period}: {signs}"
    return f"{'; '.join(filter(None, (numbers, signs)))}." if numbers or signs else ""


def _key(canvas: Canvas, view: IndicatorView, note: str, compare: bool) -> None:
    canvas.text(EDGE, 6, f"{view.axis}{note}", style.SMALL, color=style.QUIET)
    if compare:
        name = shorten(view.place.name, canvas.width / 3, style.SMALL, "bold")
        x = canvas.width - EDGE - text_width(name, style.SMALL, "bold")
        canvas.line([x - 20, x - 5], [6, 6], color=style.KOMMUNE, lw=1.2)
        canvas.text(x, 6, name, style.SMALL, weight="bold", color=style.KOMMUNE)


def _years(canvas: Canvas, view: IndicatorView, grid: Grid, i: int) -> None:
    left, top = grid.frame(i)
    y = top + grid.height + 3
    first, last = str(view.years[0]), str(view.years[-1])
    canvas.text(left, y, first, style.TINY, color=style.QUIET)
    if last != first:
        canvas.text(left + grid.width, y, last, style.TINY, ha="right", color=style.QUIET)


def _panel(
    canvas: Canvas, view: IndicatorView, i: int, grid: Grid, known: list[float], compare: bool
) -> None:
    left, top = grid.frame(i)
    width, height = grid.width, grid.height
    raum, name = view.area_names[i]
    size = style.SMALL if height > 60 and width > NARROW else style.TINY
    row = view.row(raum)
    # In narrow panels the name needs all the room; the numbers are in the table.
    value = "" if row.ok and width <= NARROW else _value(view, row)
    beside = value and not grid.stacked
    room = width - (text_width(value, size, "bold") + 4 if beside else 0)
    canvas.text(left, top + size * 0.7, shorten(name, room, size), size)
    head = top + size * (1.9 if grid.stacked else 0.7)
    x, ha = (left, "left") if grid.stacked else (left + width, "right")
    canvas.text(x, head, value, size, ha=ha, weight="bold")
    scale = Scale(known, top + height - 5, head + size * 1.2, 3, zero=False)
    _axis(canvas, scale, view, (left, width), labelled=i % grid.columns == 0)

    def place(year: float) -> float:
        span = view.years[-1] - view.years[0]
        return left + 2 + (width - 4) * ((year - view.years[0]) / span if span else 0.5)

    def xy(key: str) -> list[tuple[float, float | None]]:
        return [(place(y), None if v is None else scale(v)) for y, v in view.line(key)]

    if compare:
        draw_line(canvas, xy(GESAMT), colour=style.KOMMUNE, width=0.8, dots=1.2)
    rings = view.rings(raum)
    draw_line(canvas, xy(raum), colour=style.INK, width=1.2, dots=2.0, hollow=rings)


def _axis(
    canvas: Canvas,
    scale: Scale,
    view: IndicatorView,
    panel: tuple[float, float],
    *,
    labelled: bool,
) -> None:
    """A line at every tick; the outermost ones, and zero, have their number before the line."""
    left, width = panel
    ticks = scale.labels(signed=view.signed)
    free = ticks[0][0] + style.TINY
    for tick, (y, text) in zip(scale.ticks, ticks, strict=True):
        base = tick == scale.base
        colour, lw = (style.SERIES, 0.7) if base else (style.RULE, 0.5)
        canvas.line([left, left + width], [y, y], color=colour, lw=lw, zorder=1)
        outer = tick in (scale.ticks[0], scale.ticks[-1])
        if labelled and (outer or base) and y <= free - style.TINY:
            canvas.text(left - 4, y, text, style.TINY, ha="right", color=style.QUIET)
            free = y - style.TINY * 0.2
