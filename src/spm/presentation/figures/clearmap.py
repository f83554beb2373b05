"""Small map of where areas differ: coloured by judgement, not by how high their values are."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import partial

import numpy as np
import shapely
from matplotlib.patches import PathPatch

from spm.presentation import judging
from spm.presentation.figures import style
from spm.presentation.figures.canvas import Canvas, text_width
from spm.presentation.figures.geometry import borders, fit, outline
from spm.presentation.figures.marks import draw_marks, marks_width
from spm.presentation.figures.placing import Label, place
from spm.presentation.views import AreaRow, IndicatorView

PAPER = "#ffffff"
LAND = "#f6f7f8"
"""Areas that do not differ."""

SIZE = style.TINY
DETAIL = 0.6
"""Coarser than that of a large map, in points."""

MANY = 30
BORDERS = {True: (0.9, 0.35), False: (1.6, 0.6)}
"""Width of the light and the dark line of a border, of many areas and of few."""


def draw_clear_map(
    canvas: Canvas,
    view: IndicatorView,
    shapes: Sequence[shapely.Geometry],
    box: tuple[float, float, float, float],
    keys: Mapping[str, str],
) -> None:
    """Draw the map into a box (left, top, width, height).

    Parameters
    ----------
    shapes : outline of every area, in area order, in metres.
    keys : what stands on areas, by area; others have none.
    """
    left, top, width, height = box
    fitted = fit(shapes, width, height, DETAIL)
    by = (left + (width - fitted.width) / 2, top + (height - fitted.height) / 2)
    moved = [shapely.transform(s, partial(_shift, by=by)) for s in fitted.shapes]
    for row, shape in zip(view.areas, moved, strict=True):
        canvas.patch(PathPatch(outline(shape, 1), lw=0, **_fill(view, row)))
    lines = borders(moved, 1)
    for colour, lw in zip((PAPER, style.QUIET), BORDERS[len(moved) > MANY], strict=True):
        ends = {"joinstyle": "round", "capstyle": "round"}
        canvas.patch(PathPatch(lines, fill=False, edgecolor=colour, lw=lw, zorder=2, **ends))
    chosen = [(r, s) for r, s in zip(view.areas, moved, strict=True) if r.raum in keys]
    if not chosen:
        return
    rows, own = [r for r, _ in chosen], [s for _, s in chosen]
    sizes = [_sizes(view, row, keys[row.raum]) for row in rows]
    frame = (left - 2, top - 2, left + width + 2, top + height + 2)
    for row, label in zip(rows, place(own, sizes, frame), strict=True):
        if label:
            _write(canvas, view, row, keys[row.raum], label)


def _shift(points: np.ndarray, by: tuple[float, float]) -> np.ndarray:
    return points + by


def _fill(view: IndicatorView, row: AreaRow) -> dict[str, str]:
    if not row.ok:
        return style.FILLS[row.status]
    name = judging.judgement(view, row)
    clear = name not in (judging.NONE, judging.GLEICH)
    return {"facecolor": style.MARKED[name] if clear else LAND}


def _sizes(view: IndicatorView, row: AreaRow, key: str) -> list[tuple[float, float]]:
    """Of the key with its discs beside it, and below it where an area is narrow."""
    marks = marks_width(judging.judgement(view, row))
    width = text_width(key, SIZE, "bold")
    beside = (width + marks + (2 if marks else 0) + 2, SIZE * 1.1)
    below = (max(width, marks) + 2, SIZE * 2.1)
    return [beside, below, beside] if marks else [beside, beside]


def _write(canvas: Canvas, view: IndicatorView, row: AreaRow, key: str, label: Label) -> None:
    name = judging.judgement(view, row)
    fill = _fill(view, row)["facecolor"]
    width, height = _sizes(view, row, key)[label.variant]
    if label.pointer:
        x, y = label.pointer
        canvas.line([label.x, x], [label.y, y], color=PAPER, lw=1.6)
        canvas.line([label.x, x], [label.y, y], lw=0.5)
    if label.pointer or not row.ok:
        box = (label.x - width / 2, label.y - height / 2, width, height)
        canvas.rect(*box, facecolor=PAPER, zorder=3)
        fill = PAPER
    ink, wide = style.text_colour(fill), text_width(key, SIZE, "bold")
    if height > SIZE * 1.5:
        canvas.text(
            label.x, label.y - SIZE * 0.52, key, SIZE, weight="bold", color=ink, ha="center"
        )
        draw_marks(
            canvas, name, label.x - marks_width(name) / 2, label.y + SIZE * 0.52, on_colour=True
        )
    else:
        left = label.x - width / 2 + 1
        canvas.text(left, label.y, key, SIZE, weight="bold", color=ink)
        draw_marks(canvas, name, left + wide + 2, label.y, on_colour=True)
