"""The map of the Kurzfassung: in how many of the most important indicators each area differs.

It is shaded by how often an area differs, whichever way: where to look, not who is better.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from itertools import pairwise

import numpy as np
import shapely
from matplotlib.patches import PathPatch

from spm.presentation.figures import style
from spm.presentation.figures.canvas import Canvas, text_width, wrap
from spm.presentation.figures.geometry import borders, fit, outline
from spm.presentation.figures.maplegend import draw_scale_bar
from spm.presentation.figures.placing import Label, place
from spm.presentation.profile import Differing
from spm.presentation.wording.grammar import capitalised
from spm.text.numbers import number_word
from spm.text.permitted import ALT_LONGEST

HEIGHT, MARGIN = 128.0, 5.0
LEGEND_WIDTH = 160.0
PAPER = "#ffffff"
STEPS = 3
"""Shades of areas that differ."""

NAMED = 4
"""Areas named in the alternative text."""


def draw_overview(counted: Sequence[Differing], shapes: Sequence[shapely.Geometry]) -> Canvas:
    """Draw the map with its legend.

    Parameters
    ----------
    counted, shapes : every area and its outline in metres, in area order.
    """
    canvas = Canvas(HEIGHT + 2 * MARGIN)
    room = canvas.width - LEGEND_WIDTH - 3 * MARGIN
    fitted = fit(shapes, room, HEIGHT)
    by = (MARGIN + (room - fitted.width) / 2, MARGIN + (HEIGHT - fitted.height) / 2)
    moved = [shapely.transform(s, partial(_shift, by=by)) for s in fitted.shapes]
    bins = _bins(max((area.differs for area in counted), default=0))
    fills = [_fill(area, bins) for area in counted]
    for shape, fill in zip(moved, fills, strict=True):
        canvas.patch(PathPatch(outline(shape), lw=0, facecolor=fill))
    lines = borders(moved)
    for colour, width in ((PAPER, 1.6), (style.QUIET, 0.6)):
        ends = {"joinstyle": "round", "capstyle": "round"}
        canvas.patch(PathPatch(lines, fill=False, edgecolor=colour, lw=width, zorder=2, **ends))
    _labels(canvas, counted, moved, fills, room)
    _legend(canvas, bins, any(not area.compared for area in counted))
    draw_scale_bar(canvas, fitted.point_per_metre, MARGIN, canvas.height - MARGIN - 4)
    return canvas


def alt_text(counted: Sequence[Differing], areas: str) -> str:
    """Which areas differ most often.

    Parameters
    ----------
    areas : what the areas are called, in the plural.
    """
    head = f"Karte: In wie vielen wichtigen Kennzahlen sich {areas} von der übrigen Kommune "
    text = f"{head}unterscheiden."
    ranked = sorted(range(len(counted)), key=lambda i: (-counted[i].differs, i))
    told = [counted[i] for i in ranked if counted[i].differs]
    if not told:
        return f"{text} In keiner ist ein Unterschied nachweisbar."
    for area in told[:NAMED]:
        more = f" {area.name}: {number_word(area.differs)} von {number_word(area.compared)}."
        if len(text) + len(more) <= ALT_LONGEST - 30:
            text += more
    rest = len(counted) - min(len(told), NAMED)
    if not rest:
        return text
    return f"{text} {capitalised(number_word(rest))} weitere{'r' * (rest == 1)} seltener oder nie."


def _shift(points: np.ndarray, by: tuple[float, float]) -> np.ndarray:
    return points + by


def _bins(highest: int) -> list[tuple[int, int]]:
    """At most three classes of counts from 1 on, first and last count of each."""
    steps = min(STEPS, highest)
    bounds = [round(i * highest / steps) for i in range(steps + 1)] if steps else []
    return [(low + 1, high) for low, high in pairwise(bounds)]


def _fill(area: Differing, bins: Sequence[tuple[int, int]]) -> str:
    if not area.differs:
        return PAPER
    at = next(i for i, (low, high) in enumerate(bins) if low <= area.differs <= high)
    return style.sequential(STEPS)[at]


def _labels(
    canvas: Canvas,
    counted: Sequence[Differing],
    shapes: Sequence[shapely.Geometry],
    fills: Sequence[str],
    room: float,
) -> None:
    size = style.TINY
    texts = [_variants(area, size) for area in counted]
    sizes = [[_extent(lines, size) for lines in variants] for variants in texts]
    frame = (2.0, 2.0, 2 * MARGIN + room, canvas.height - 2)
    for variants, label, fill in zip(texts, place(shapes, sizes, frame), fills, strict=True):
        if label:
            _write(canvas, variants[label.variant], label, fill, size)


def _variants(area: Differing, size: float) -> list[list[str]]:
    value = f"{area.differs} von {area.compared}" if area.compared else "–"
    return [[*wrap(area.name, 80, size, 2), value], [str(area.differs)]]


def _extent(lines: Sequence[str], size: float) -> tuple[float, float]:
    return max(text_width(line, size, "bold") for line in lines) + 3, len(lines) * size * 1.15 + 2


def _write(canvas: Canvas, lines: Sequence[str], label: Label, fill: str, size: float) -> None:
    colour = style.INK if label.pointer or fill == PAPER else style.text_colour(fill)
    if label.pointer:
        x, y = label.pointer
        width, tall = _extent(lines, size)
        for ink, thick in ((PAPER, 1.8), (style.INK, 0.6)):
            canvas.line([label.x, x], [label.y, y], color=ink, lw=thick)
        canvas.rect(label.x - width / 2, label.y - tall / 2, width, tall, facecolor=PAPER, zorder=3)
    for i, line in enumerate(lines):
        y = label.y + (i - (len(lines) - 1) / 2) * size * 1.15
        weight = "bold" if i == len(lines) - 1 else "normal"
        canvas.text(label.x, y, line, size, ha="center", color=colour, weight=weight)


def _legend(canvas: Canvas, bins: Sequence[tuple[int, int]], missing: bool) -> None:
    left, y = canvas.width - LEGEND_WIDTH, MARGIN + 8
    title = (
        "In so vielen wichtigen Kennzahlen unterscheidet sich das Gebiet von der übrigen Kommune:"
    )
    y = canvas.lines(left, y, wrap(title, LEGEND_WIDTH, style.SMALL, 4), style.SMALL) + 4
    shades = [(style.sequential(STEPS)[i], _span(*bins[i])) for i in range(len(bins))]
    entries = [*shades[::-1], (PAPER, "in keiner" + (" oder nicht verglichen" if missing else ""))]
    for fill, text in entries:
        canvas.rect(left, y - 6, 18, 12, facecolor=fill, edgecolor=style.QUIET, lw=0.5)
        canvas.text(left + 24, y, text, style.SMALL)
        y += 16


def _span(low: int, high: int) -> str:
    return str(low) if low == high else f"{low} bis {high}"
