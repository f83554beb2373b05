"""Small multiples: the series of some areas, each before that of the municipality."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import NamedTuple

from matplotlib.patches import Polygon

from spm.presentation.figures import style
from spm.presentation.figures.canvas import Canvas, shorten, text_width, wrap
from spm.presentation.figures.lines import draw_line
from spm.presentation.figures.scale import Scale
from spm.presentation.views import IndicatorView
from spm.published import GESAMT

AXIS = 20.0
"""Usual room of the numbers of the axis."""

EDGE = 4.0
"""Room that a name leaves at the edge of the figure: letters are a little wider than measured."""

HEIGHT = 29.0
YEARS = 10.0
GAP = 7.0
SIZE = style.TINY
LINE = SIZE * 1.15
LEAST, WIDEST, ALONE = 46.0, 72.0, 150.0
"""Least width of a panel, that of one with a long word in its name, of one that stands alone."""

BAND = "#e3e8eb"


class Panels(NamedTuple):
    """What is drawn and how.

    ``keys`` of the areas, or none: the municipality alone before the band; ``columns``, ``axis``
    room of the numbers, ``width`` of a panel, ``head`` room of a name, ``band`` whether the range
    of all areas lies behind.
    """

    keys: tuple[str, ...]
    columns: int
    axis: float
    width: float
    head: float
    band: bool

    @property
    def height(self) -> float:
        """Of all lines of panels."""
        return -(-max(len(self.keys), 1) // self.columns) * self.step

    @property
    def step(self) -> float:
        """From one line of panels to the next."""
        return self.head + HEIGHT + YEARS


def arranged(
    view: IndicatorView, keys: Sequence[str], width: float, *, band: bool
) -> Panels | None:
    """Panels for a width; None if no series has two values."""
    if not _joined(view, (*keys, GESAMT)):
        return None
    scale = _scale(view, keys, band=band)
    labels = [label for _, label in scale.labels(signed=view.signed)]
    axis = max(text_width(label, SIZE) for label in labels) + 4
    names = dict(view.area_names)
    most = per_line(view, keys, width)
    lines = -(-max(len(keys), 1) // most)
    columns = -(-max(len(keys), 1) // lines)
    panel = (width - axis - GAP * (columns - 1)) / columns
    panel = min(panel, ALONE) if len(keys) < 2 else panel
    two = any(text_width(names[key], SIZE) > panel for key in keys)
    head = LINE * (1 + two) + 1 if keys else 3.0
    return Panels(keys=tuple(keys), columns=columns, axis=axis, width=panel, head=head, band=band)


def per_line(view: IndicatorView, keys: Sequence[str], width: float) -> int:
    """How many panels have room beside each other: as wide as the longest word of a name."""
    names = dict(view.area_names)
    words = [word for key in keys for word in re.split(r"[ -]", names[key])]
    least = min(max([LEAST, *(text_width(word, SIZE) + 2 for word in words)]), WIDEST)
    return max(int((width - AXIS + GAP) // (least + GAP)), 1)


def draw_multiples(
    canvas: Canvas, view: IndicatorView, panels: Panels, left: float, top: float
) -> None:
    """Draw the panels, all with the same axes."""
    names = dict(view.area_names)
    for i, key in enumerate(panels.keys or (GESAMT,)):
        line, column = divmod(i, panels.columns)
        x = left + panels.axis + column * (panels.width + GAP)
        y = top + line * panels.step
        room = panels.width
        texts = wrap(names[key], room, SIZE) if panels.keys else []
        first = y + panels.head - 1 - LINE * (len(texts) - 0.5)
        for text in texts:
            text = shorten(text, room, SIZE)
            inside = canvas.width - EDGE - text_width(text, SIZE)
            canvas.text(min(x, inside), first, text, SIZE)
            first += LINE
        _panel(canvas, view, panels, key, (x, y + panels.head), labelled=column == 0)


def _panel(
    canvas: Canvas,
    view: IndicatorView,
    panels: Panels,
    key: str,
    corner: tuple[float, float],
    *,
    labelled: bool,
) -> None:
    left, top = corner
    width = panels.width
    up = _scale(view, panels.keys, band=panels.band, edges=(top + HEIGHT - 3, top + 3))
    first, last = view.years[0], view.years[-1]

    def across(year: float) -> float:
        return left + 3 + (width - 6) * (year - first) / (last - first)

    ticks = up.labels(signed=view.signed)
    rules = [(left, y, left + width, y) for y, _ in ticks]
    canvas.segments(rules, color=style.RULE, lw=0.5, zorder=1)
    for i, (y, label) in enumerate(ticks):
        if labelled and i in (0, len(ticks) - 1):
            canvas.text(left - 4, y, label, SIZE, ha="right", color=style.QUIET)
    cuts = [across(year - 0.5) for year in view.breaks]
    dashed = [(x, top, x, top + HEIGHT) for x in cuts]
    canvas.segments(dashed, color=style.QUIET, lw=0.7, dashes=(2, 2))
    if panels.band:
        _band(canvas, view, up, across)

    def xy(raum: str) -> list[tuple[float, float | None]]:
        return [(across(year), None if v is None else up(v)) for year, v in view.line(raum)]

    if _compared(view):
        lw = 1.0 if panels.keys else 1.6
        draw_line(canvas, xy(GESAMT), colour=style.KOMMUNE, width=lw, dots=1.6)
    if panels.keys:
        rings = view.rings(key)
        draw_line(canvas, xy(key), colour=style.INK, width=1.3, dots=2.6, hollow=rings)
    foot = top + HEIGHT + 4
    canvas.text(left, foot, str(first), SIZE, color=style.QUIET)
    canvas.text(left + width, foot, str(last), SIZE, ha="right", color=style.QUIET)


def _band(canvas: Canvas, view: IndicatorView, up: Scale, across: Callable[[float], float]) -> None:
    """From the lowest to the highest value of any area, year by year; a gap ends it."""
    run: list[tuple[float, float, float]] = []
    points = [(year, _known(view, year)) for year in view.years]
    for year, values in [*points, (0, [])]:
        if year in view.breaks or not values:
            _draw_band(canvas, run)
            run = []
        if values:
            run.append((across(year), up(min(values)), up(max(values))))


def _draw_band(canvas: Canvas, run: list[tuple[float, float, float]]) -> None:
    if len(run) > 1:
        corners = [(x, low) for x, low, _ in run] + [(x, high) for x, _, high in run[::-1]]
        canvas.patch(Polygon(corners, closed=True, lw=0, facecolor=BAND, zorder=0.9))


def _known(view: IndicatorView, year: int) -> list[float]:
    rows = (view.row(raum, year) for raum, _ in view.area_names)
    return [row.shown for row in rows if row.ok]


def _compared(view: IndicatorView) -> bool:
    """A count of the municipality would press its areas flat."""
    return view.indicator.art != "anzahl"


def _joined(view: IndicatorView, keys: Sequence[str]) -> bool:
    return any(sum(v is not None for _, v in view.series(key)) > 1 for key in keys)


def _scale(
    view: IndicatorView,
    keys: Sequence[str],
    *,
    band: bool,
    edges: tuple[float, float] = (0.0, 1.0),
) -> Scale:
    shown = [*keys, *([GESAMT] if _compared(view) else [])]
    known = [v for key in shown for _, v in view.series(key) if v is not None]
    if band:
        known += [v for year in view.years for v in _known(view, year)]
    return Scale(known, *edges, 3, zero=False)
