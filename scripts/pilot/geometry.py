"""Seven adjoining areas: two compact ones in the centre, five rural ones around them.

Borders are drawn once per pair of neighbours and used by both, so that gaps and overlaps cannot
arise. Coordinates: EPSG:25832 in whole metres.
"""

import json
from itertools import pairwise
from pathlib import Path

import numpy as np

from pilot.profile import AREAS, HINWEIS, stream

Point = tuple[int, int]

ORIGIN = (484_000, 5_757_000)
"""Easting and northing that the kilometres below count from."""

# Where borders meet: P on the outer border, N around the centre (kilometres from ORIGIN).
NODES = {
    "P1": (-3.2, 4.0),
    "P2": (3.1, 4.5),
    "P3": (5.7, -0.7),
    "P4": (1.4, -4.9),
    "P5": (-4.7, -1.8),
    "N1": (-1.2, 1.0),
    "N2": (0.2, 1.4),
    "N3": (2.2, 0.9),
    "N4": (2.4, -0.7),
    "N5": (1.4, -1.3),
    "N6": (0.3, -1.1),
    "N7": (-1.3, -0.8),
}

# Border between two nodes: the bends it passes, in kilometres.
BORDERS: dict[tuple[str, str], list[tuple[float, float]]] = {
    ("P1", "P2"): [(-0.2, 5.5)],
    ("P2", "P3"): [(5.4, 2.4)],
    ("P3", "P4"): [(4.2, -4.0)],
    ("P4", "P5"): [(-2.3, -4.6)],
    ("P5", "P1"): [(-5.3, 1.3)],
    ("N1", "P1"): [(-2.4, 2.3)],
    ("N3", "P2"): [(2.4, 2.8)],
    ("N4", "P3"): [(4.1, -0.4)],
    ("N5", "P4"): [(1.1, -3.1)],
    ("N7", "P5"): [(-3.0, -1.0)],
    ("N1", "N2"): [],
    ("N2", "N3"): [],
    ("N3", "N4"): [],
    ("N4", "N5"): [],
    ("N5", "N6"): [],
    ("N6", "N7"): [],
    ("N7", "N1"): [],
    ("N2", "N6"): [(0.5, 0.1)],
}

# Area -> the nodes around it, counter-clockwise.
RINGS = {
    "1": ["N1", "N7", "N6", "N2"],
    "2": ["N1", "N2", "N3", "P2", "P1"],
    "3": ["N3", "N4", "P3", "P2"],
    "4": ["N2", "N6", "N5", "N4", "N3"],
    "5": ["N7", "N1", "P1", "P5"],
    "6": ["N5", "N6", "N7", "P5", "P4"],
    "7": ["N4", "N5", "P4", "P3"],
}

SEGMENT = 260.0
"""Borders are refined until their pieces are shorter than this (metres)."""

ROUGHNESS = 0.09
"""Standard deviation of a midpoint's displacement, relative to its segment's length."""


def write(folder: Path) -> None:
    """Write ``sozialraeume.geojson``."""
    borders = _borders()
    features = [
        {
            "type": "Feature",
            "properties": {"raum_id": area.key, "name": area.name, "hinweis": HINWEIS},
            "geometry": {"type": "Polygon", "coordinates": [_ring(RINGS[area.key], borders)]},
        }
        for area in AREAS
    ]
    head = {
        "type": "FeatureCollection",
        "name": "Sozialräume der Pilotkommune (synthetisch)",
        "crs": {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}},
    }
    lines = ",\n".join(json.dumps(f, ensure_ascii=False) for f in features)
    text = json.dumps(head, ensure_ascii=False)[:-1] + ', "features": [\n' + lines + "\n]}\n"
    (folder / "sozialraeume.geojson").write_text(text, encoding="utf-8", newline="\n")


def _borders() -> dict[tuple[str, str], list[Point]]:
    rng = stream(99)
    drawn = {}
    for (start, end), bends in BORDERS.items():
        path = [_metres(p) for p in (NODES[start], *bends, NODES[end])]
        line = [path[0]]
        for a, b in pairwise(path):
            line += [*_wiggle(a, b, rng), b]
        drawn[start, end] = [(round(x), round(y)) for x, y in line]
    return drawn


def _metres(kilometres: tuple[float, float]) -> np.ndarray:
    return np.array(ORIGIN) + 1000 * np.array(kilometres)


def _wiggle(a: np.ndarray, b: np.ndarray, rng: np.random.Generator) -> list[np.ndarray]:
    """Points between ``a`` and ``b`` by midpoint displacement."""
    along = b - a
    if np.hypot(*along) < SEGMENT:
        return []
    across = np.array([-along[1], along[0]])
    middle = (a + b) / 2 + across * float(np.clip(rng.normal(0, ROUGHNESS), -0.16, 0.16))
    return [*_wiggle(a, middle, rng), middle, *_wiggle(middle, b, rng)]


def _ring(nodes: list[str], borders: dict[tuple[str, str], list[Point]]) -> list[Point]:
    ring: list[Point] = []
    for start, end in zip(nodes, [*nodes[1:], nodes[0]], strict=True):
        line = borders.get((start, end)) or borders[end, start][::-1]
        ring += line[:-1]
    return [*ring, ring[0]]
