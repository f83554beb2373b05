"""Choropleth map: one indicator in the reporting year."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import TYPE_CHECKING

import numpy as np
import shapely
from matplotlib.patches import PathPatch

from spm.presentation import judging
from spm.presentation.figures import classes, maplegend, style
from spm.presentation.figures.canvas import Canvas, text_width, wrap
from spm.presentation.figures.figure import Figure
from spm.presentation.figures.geometry import borders, fit, outline
from spm.presentation.figures.maplegend import MARGIN, marked
from spm.presentation.figures.marks import draw_marks, marks_width
from spm.presentation.figures.placing import Label, place
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording import alttext, gaps
from spm.presentation.wording.estimates import with_sign
from spm.presentation.wording.grammar import sign_of

if TYPE_CHECKING:
    from spm.presentation.figures.figure import Shapes

MAP_WIDTH = style.WIDTH - maplegend.WIDTH - 3 * MARGIN
MIN_HEIGHT = 180.0
HEIGHTS = {12: 236.0, 30: 330.0}
"""Largest height of a map with up to so many areas: low enough to share a page with the bars."""

MAX_HEIGHT = 440.0
LABEL = 8.0
AIR = 14.0
"""Above and below a map on phones, for labels beside its areas."""

PAPER = "#ffffff"
BORDERS = {30: (2.0, 0.7), 400: (1.4, 0.5)}
"""Width of the light and the dark line of a border between up to so many areas."""


def draw_map(
    view: IndicatorView,
    shapes: Sequence[shapely.Geometry],
    *,
    nordpfeil: bool = False,
    width: float = style.WIDTH,
) -> Canvas:
    """Draw a map with its legend beside it, or below it on phones.

    Parameters
    ----------
    shapes : outline of every area of the view, in area order, in metres (EPSG:25832).
    nordpfeil : whether an arrow says where north is; up, as everybody expects.
    """
    k = view.indicator
    rows = view.areas
    stacked = width < style.WIDTH
    room = width - 2 * MARGIN if stacked else MAP_WIDTH
    highest = next((height for n, height in HEIGHTS.items() if len(rows) <= n), MAX_HEIGHT)
    fitted = fit(shapes, room, highest)
    limits = classes.of_view(view)
    colours = style.class_colours(limits)
    legend = maplegend.entries(view, limits, colours)
    column = width - 2 * MARGIN if stacked else maplegend.WIDTH
    beside = maplegend.height(view, legend, limits, column, nordpfeil=nordpfeil)
    tall = fitted.height + 2 * MARGIN
    # Below each other, labels beside the areas need room above the legend.
    upper = tall + 2 * AIR if stacked else max(tall, beside, MIN_HEIGHT)
    canvas = Canvas(upper + beside if stacked else upper, width)
    left = MARGIN + (room - fitted.width) / 2
    top = (upper - fitted.height) / 2
    moved = [shapely.transform(s, partial(_shift, by=(left, top))) for s in fitted.shapes]
    fills = []
    for row, shape in zip(rows, moved, strict=True):
        fill = _fill(row, limits, colours, k.nachkommastellen)
        fills.append(fill["facecolor"] if row.ok else PAPER)  # hatching needs a quiet ground
        canvas.patch(PathPatch(outline(shape), lw=0, **fill))
    _borders(canvas, moved)
    x, y = (MARGIN, upper) if stacked else (width - maplegend.WIDTH, MARGIN)
    maplegend.draw(canvas, view, legend, limits, (x, y, column))
    foot = canvas.height - MARGIN - 4
    maplegend.draw_scale_bar(canvas, fitted.point_per_metre, x + 8, foot)
    if nordpfeil:
        maplegend.draw_north(canvas, x + 12, foot - maplegend.SCALE_ROOM)
    _labels(
        canvas, view, moved, fills, (room + 3 * MARGIN if not stacked else width - 2, upper - 2)
    )
    return canvas


def _borders(canvas: Canvas, shapes: Sequence[shapely.Geometry]) -> None:
    """Dark lines cased in white: one of both stands out from any two fills that meet."""
    light, dark = next(widths for n, widths in BORDERS.items() if len(shapes) <= n or n == 400)
    lines = borders(shapes)
    round_ends = {"joinstyle": "round", "capstyle": "round"}
    for colour, width in ((PAPER, light), (style.QUIET, dark)):
        patch = PathPatch(lines, fill=False, edgecolor=colour, lw=width, zorder=2, **round_ends)
        canvas.patch(patch)


def _shift(points: np.ndarray, by: tuple[float, float]) -> np.ndarray:
    return points + by


def _fill(
    row: AreaRow, limits: Sequence[float], colours: Sequence[str], decimals: int
) -> dict[str, str]:
    if row.ok:
        return {"facecolor": colours[classes.class_of(row.shown, limits, decimals)]}
    return style.FILLS[row.status]


def _labels(
    canvas: Canvas,
    view: IndicatorView,
    shapes: Sequence[shapely.Geometry],
    fills: Sequence[str],
    corner: tuple[float, float],
) -> None:
    size = style.TINY if len(shapes) > 12 else LABEL
    texts = [_variants(view, row, size) for row in view.areas]
    marks = [marks_width(marked(view, row)) for row in view.areas]
    sizes = [
        [_extent(lines, size, room) for lines in variants]
        for variants, room in zip(texts, marks, strict=True)
    ]
    frame = (2.0, 2.0, *corner)
    placed = place(shapes, sizes, frame)
    for row, variants, label, fill in zip(view.areas, texts, placed, fills, strict=True):
        if label:
            _write(canvas, label, variants[label.variant], fill, size, marked(view, row))


def _variants(view: IndicatorView, row: AreaRow, size: float) -> list[list[str]]:
    """The label in full, with a shorter name, and only the value."""
    value = with_sign(row, view.number(row.shown)) if row.ok else sign_of(row.status)
    full = [*wrap(row.name, 90, size, 2), value]
    words = row.name.split()
    broken = [*(words if 2 <= len(words) <= 3 else wrap(row.name, 52, size, 3)), value]
    return [full, broken, [value]] if broken != full else [full, [value]]


def _extent(lines: Sequence[str], size: float, marks: float = 0.0) -> tuple[float, float]:
    """Width and height of a label; ``marks`` is the room of the triangles beside its last line."""
    last = text_width(lines[-1], size, "bold") + 2 * marks
    return max(last, *(text_width(line, size) for line in lines)) + 3, len(lines) * size * 1.15 + 2


def _write(
    canvas: Canvas,
    label: Label,
    lines: Sequence[str],
    fill: str,
    size: float,
    judged: str,
) -> None:
    on_paper = label.pointer is not None or fill == PAPER
    colour = style.INK if on_paper else style.text_colour(fill)
    height = size * 1.15
    if label.pointer:
        x, y = label.pointer
        canvas.line([label.x, x], [label.y, y], color=PAPER, lw=1.8)
        canvas.line([label.x, x], [label.y, y], lw=0.6)
        canvas.line([x], [y], marker="o", ms=2)
    if on_paper:
        width, tall = _extent(lines, size, marks_width(judged))
        canvas.rect(label.x - width / 2, label.y - tall / 2, width, tall, facecolor=PAPER, zorder=3)
    for i, line in enumerate(lines):
        last = i == len(lines) - 1
        y = label.y + (i - (len(lines) - 1) / 2) * height
        canvas.text(
            label.x, y, line, size, ha="center", color=colour, weight="bold" if last else "normal"
        )
    end = label.x + text_width(lines[-1], size, "bold") / 2 + 1
    draw_marks(canvas, judged, end, label.y + (len(lines) - 1) / 2 * height, on_colour=True)


def _draw(
    view: IndicatorView, shapes: Shapes, width: float = style.WIDTH, *, nordpfeil: bool = False
) -> Canvas:
    return draw_map(view, shapes(view), nordpfeil=nordpfeil, width=width)


def _instead(view: IndicatorView) -> str:
    """Where areas were compared and none differs, colours would show differences all the same."""
    compared = any(row.klasse for row in view.published)
    return gaps.no_map(view) if compared and not judging.differs(view) else ""


FIGURE = Figure("karte", _draw, alttext.of_map, instead=_instead)
