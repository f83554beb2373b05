"""The areas as GeoJSON (RFC 7946)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import shapely

if TYPE_CHECKING:
    from spm.report import Report

DECIMALS = 6
"""Of degrees: about ten centimetres."""

WGS84 = "EPSG:4326"


def write(report: Report, path: Path) -> None:
    """Write keys, names and outlines, in the order of the areas; outer rings counter-clockwise."""
    areas = report.areas.to_crs(WGS84)
    features = [
        {
            "type": "Feature",
            "id": raum,
            "properties": {"raum": raum, "name": name},
            "geometry": shapely.geometry.mapping(_rounded(shape)),
        }
        for raum, name, shape in zip(areas.raum, areas.name, areas.geometry, strict=True)
    ]
    content = {"type": "FeatureCollection", "features": features}
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    path.write_text(f"{text}\n", encoding="utf-8", newline="\n")


def _rounded(shape: shapely.Geometry) -> shapely.Geometry:
    """Neighbours keep their common vertices, because each is rounded for itself."""
    rounded = shapely.transform(shape, lambda points: np.round(points, DECIMALS) + 0.0)
    return shapely.orient_polygons(rounded)
