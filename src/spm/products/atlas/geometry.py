"""Outlines of the areas as small whole numbers, for the browser."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np
import shapely

from spm.presentation.figures.choosing import own_numbers

GRID = 2000
"""The longer side of the map in units; a screen shows it in no more pixels than about half."""

DETAIL = 1.5
"""Details smaller than this many units are left out."""


def outlines(
    shapes: Sequence[shapely.Geometry], areas: Sequence[tuple[str, str]]
) -> dict[str, Any]:
    """The map of some areas.

    Parameters
    ----------
    shapes : outline of every area in metres, y upwards.
    areas : (key, name) of every area, in the same order.

    Returns
    -------
    dict
        ``breite``, ``hoehe`` in units; ``nummern``: whether numbers are not part of the names;
        ``raeume`` with ``raum``, ``name``, ``nr``, ``mitte`` (x, y and radius of the largest circle
        inside) and ``form`` (GeoJSON, y downwards) of every area.
    """
    x0, y0, x1, y1 = shapely.total_bounds(list(shapes))
    span = max(x1 - x0, y1 - y0, 1.0)
    factor = GRID / span
    # Common borders are simplified and rounded alike, so that no gaps open between neighbours.
    simpler = shapely.coverage_simplify(np.array(shapes, dtype=object), DETAIL / factor)
    flat = shapely.transform(
        simpler, lambda points: (points - (x0, y1)) * (factor, -factor), include_z=False
    )
    own = own_numbers([name for _, name in areas])
    numbers = own or [str(i) for i in range(1, len(areas) + 1)]
    return {
        "breite": max(1, round((x1 - x0) * factor)),
        "hoehe": max(1, round((y1 - y0) * factor)),
        "nummern": not own,
        "raeume": [
            {
                "raum": raum,
                "name": name,
                "nr": number,
                "mitte": _middle(shape),
                "form": _geojson(shape),
            }
            for (raum, name), number, shape in zip(areas, numbers, flat, strict=True)
        ],
    }


def _middle(shape: shapely.Geometry) -> list[int]:
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    circle = shapely.maximum_inscribed_circle(largest, tolerance=2.0)
    x, y = circle.coords[0]
    return [round(x), round(y), round(circle.length)]


def _geojson(shape: shapely.Geometry) -> dict[str, Any]:
    parts = []
    for part in shapely.get_parts(shape):
        rings = [_ring(ring) for ring in (part.exterior, *part.interiors)]
        if rings[0]:
            parts.append([rings[0], *filter(None, rings[1:])])
        else:  # an island smaller than a unit is still there
            parts.append([shapely.get_coordinates(part.exterior).round().astype(int).tolist()])
    return {"type": "MultiPolygon", "coordinates": parts}


def _ring(ring: shapely.LinearRing) -> list[list[int]]:
    """Whole numbers without repetitions; empty if nothing is left of a small hole."""
    points = shapely.get_coordinates(ring).round().astype(int).tolist()
    kept = [points[0], *(b for a, b in pairwise(points) if a != b)]
    return kept if len(kept) > 3 else []
