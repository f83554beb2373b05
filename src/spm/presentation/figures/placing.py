"""Labels on a map that neither collide nor leave the figure."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import NamedTuple

import shapely

from spm.presentation.figures.geometry import centre

OVERHANG = (0.0, 0.04)
"""Share of a label that may lie outside its area: first none, then a little."""

MUST_PLACE = 30
"""Up to this many areas every one gets a label, beside the map and with a pointer if need be."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points."""


class Label(NamedTuple):
    """A placed label: centre in points, how much of it is written, and what it points to."""

    x: float
    y: float
    variant: int
    pointer: tuple[float, float] | None = None


def place(
    shapes: Sequence[shapely.Geometry],
    sizes: Sequence[Sequence[tuple[float, float]]],
    frame: Box,
) -> list[Label | None]:
    """Find a place for the label of every area.

    Parameters
    ----------
    shapes : areas in points.
    sizes : per area the (width, height) of its variants, the fullest first; the last one (only
        the value) is used where there are too many areas for pointers.
    frame : what no label may leave.

    Returns
    -------
    list
        One label per area; None where nothing fits.
    """
    centres = [centre(shape) for shape in shapes]
    few = len(shapes) <= MUST_PLACE
    own = [s[:-1] if few and len(s) > 1 else s for s in sizes]
    found, taken = inside(shapes, own, frame, small_first=few)
    order = _by_size(shapes, small_first=few)
    late = [i for i in order if few and not found[i]]
    whole = shapely.union_all(list(shapes)) if late else None
    pointers: list[shapely.LineString] = []
    for i in late:
        found[i] = _beside(whole, centres[i], sizes[i], frame, taken, pointers)
        if label := found[i]:
            taken.append(_box(label.x, label.y, sizes[i][label.variant]))
            pointers.append(shapely.LineString([(label.x, label.y), centres[i]]))
    return found


def inside(
    shapes: Sequence[shapely.Geometry],
    sizes: Sequence[Sequence[tuple[float, float]]],
    frame: Box,
    *,
    small_first: bool,
) -> tuple[list[Label | None], list[Box]]:
    """Labels that have room in their own area, and the boxes that they take.

    Parameters
    ----------
    small_first : who chooses first: areas with little room if every one is to have a label, else
        large ones, which are the ones worth naming.
    """
    taken: list[Box] = []
    found: list[Label | None] = [None] * len(shapes)
    for i in _by_size(shapes, small_first=small_first):
        found[i] = _inside(shapes[i], centre(shapes[i]), sizes[i], frame, taken)
        if label := found[i]:
            taken.append(_box(label.x, label.y, sizes[i][label.variant]))
    return found, taken


def out_of_the_way(
    shapes: Sequence[shapely.Geometry],
    found: Sequence[Label | None],
    sizes: Sequence[Sequence[tuple[float, float]]],
    frame: Box,
    lines: shapely.Geometry,
) -> list[Label | None]:
    """Labels moved inside their areas where lines would cross them, if there is room."""
    moved = list(found)
    for i, label in enumerate(found):
        if not label:
            continue
        if not lines.intersects(shapely.box(*_box(label.x, label.y, sizes[i][label.variant]))):
            continue
        rest = shapes[i].difference(lines.buffer(1.0))
        parts = sorted(shapely.get_parts(rest), key=lambda part: -round(part.area, 3))
        others = [_box(o.x, o.y, sizes[j][o.variant]) for j, o in enumerate(moved) if o and j != i]
        tried = (_inside(part, centre(part), sizes[i], frame, others) for part in parts)
        moved[i] = next((other for other in tried if other), label)
    return moved


def _by_size(shapes: Sequence[shapely.Geometry], *, small_first: bool) -> list[int]:
    # Rounded: what is equally large comes in its order, wherever on earth it lies.
    areas = [round(shape.area, 3) for shape in shapes]
    return sorted(range(len(shapes)), key=lambda i: (areas[i] * (1 if small_first else -1), i))


def _inside(
    shape: shapely.Geometry,
    middle: tuple[float, float],
    variants: Sequence[tuple[float, float]],
    frame: Box,
    taken: list[Box],
) -> Label | None:
    shapely.prepare(shape)
    around = _around(middle, step=4, rings=4)
    for overhang in OVERHANG:
        for variant, size in enumerate(variants):
            for x, y in around:
                box = _box(x, y, size)
                if not _free(box, frame, taken):
                    continue
                label = shapely.box(*box)
                if shape.contains(label) or (
                    overhang and label.difference(shape).area <= overhang * label.area
                ):
                    return Label(x, y, variant)
    return None


def _beside(
    whole: shapely.Geometry,
    middle: tuple[float, float],
    variants: Sequence[tuple[float, float]],
    frame: Box,
    taken: list[Box],
    pointers: list[shapely.LineString],
) -> Label | None:
    """The nearest free place beside all areas, else on a neighbour, else across other labels.

    Unless there is no other way, pointers cross neither labels nor each other.
    """
    shapely.prepare(whole)
    written = shapely.union_all([*(shapely.box(*box) for box in taken), *pointers])
    lines = shapely.union_all(pointers)
    for on_areas, crossing in ((False, False), (True, False), (True, True)):
        for variant, size in enumerate(variants):
            for x, y in _around(middle, step=6, rings=50):
                box = _box(x, y, size)
                if not _free(box, frame, taken):
                    continue
                label = shapely.box(*box)
                if not on_areas and whole.intersects(label):
                    continue
                pointer = shapely.LineString([(x, y), middle])
                if crossing or not (lines.intersects(label) or pointer.intersects(written)):
                    return Label(x, y, variant, middle)
    return None


def _around(middle: tuple[float, float], step: float, rings: int) -> list[tuple[float, float]]:
    """Points on growing rings, nearest first."""
    points = [middle]
    for ring in range(1, rings + 1):
        count = 8 if ring < 4 else 24
        for k in range(count):
            angle = 2 * math.pi * k / count
            x, y = ring * step * math.cos(angle), ring * step * math.sin(angle)
            points.append((middle[0] + x, middle[1] + y))
    return points


def _box(x: float, y: float, size: tuple[float, float]) -> Box:
    width, height = size
    return x - width / 2, y - height / 2, x + width / 2, y + height / 2


def _free(box: Box, frame: Box, taken: list[Box]) -> bool:
    left, top, right, bottom = box
    if left < frame[0] or top < frame[1] or right > frame[2] or bottom > frame[3]:
        return False
    return not any(left < r and a < right and top < b and t < bottom for a, t, r, b in taken)
