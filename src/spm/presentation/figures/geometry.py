"""Outlines of the areas in points, ready to be drawn."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import shapely
from matplotlib.path import Path
from shapely.affinity import affine_transform

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence


DETAIL = 0.35
"""Details smaller than this many points are left out."""


class Fitted(NamedTuple):
    """Areas fitted into a frame.

    ``shapes`` are in points with y downwards, ``point_per_metre`` is the scale, ``width`` and
    ``height`` are what the areas take.
    """

    shapes: list[shapely.Geometry]
    point_per_metre: float
    width: float
    height: float


def fit(
    shapes: Sequence[shapely.Geometry], width: float, height: float, detail: float = DETAIL
) -> Fitted:
    """Scale areas (metres, y upwards) to a frame whose top left corner is (0, 0).

    Common borders are simplified together, so that no gaps open between neighbours.
    """
    x0, y0, x1, y1 = shapely.total_bounds(list(shapes))
    span_x, span_y = max(x1 - x0, 1.0), max(y1 - y0, 1.0)
    factor = min(width / span_x, height / span_y)
    simpler = shapely.coverage_simplify(np.array(shapes, dtype=object), detail / factor)
    moved = [
        affine_transform(shape, (factor, 0, 0, -factor, -x0 * factor, y1 * factor))
        for shape in simpler
    ]
    return Fitted(moved, factor, span_x * factor, span_y * factor)


def merged(
    shapes: Mapping[str, shapely.Geometry], rows: Iterable[Iterable[str]]
) -> list[shapely.Geometry]:
    """One outline for each row: that of its area, or the union of its areas.

    Parameters
    ----------
    shapes : outline by area.
    rows : the areas behind every row.
    """
    parts = [[shapes[raum] for raum in row] for row in rows]
    return [shapely.union_all(row) if len(row) > 1 else row[0] for row in parts]


def outline(shape: shapely.Geometry, decimals: int = 2) -> Path:
    """One path of all rings of an area, holes included."""
    vertices, codes = [], []
    for part in shapely.get_parts(shape):
        for ring in (part.exterior, *part.interiors):
            points = shapely.get_coordinates(ring).round(decimals)
            vertices.append(points)
            codes += [Path.MOVETO, *[Path.LINETO] * (len(points) - 2), Path.CLOSEPOLY]
    return Path(np.concatenate(vertices), codes)


def borders(shapes: Sequence[shapely.Geometry], decimals: int = 2) -> Path:
    """One path of all borders of areas in points; what two areas share is in it once."""
    lines = shapely.union_all([shape.boundary for shape in shapes], grid_size=0.01)
    vertices, codes = [], []
    for line in shapely.get_parts(shapely.normalize(shapely.line_merge(lines))):
        points = shapely.get_coordinates(line).round(decimals)
        vertices.append(points)
        codes += [Path.MOVETO, *[Path.LINETO] * (len(points) - 1)]
    return Path(np.concatenate(vertices), codes)


def centre(shape: shapely.Geometry) -> tuple[float, float]:
    """Where a label has most room: centre of the largest circle inside the largest part."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=1.0)
    x, y = circle.coords[0]
    return x, y
