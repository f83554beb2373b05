"""Outlines that cross or touch themselves: repaired where nothing of the area changes with it.

Programs of surveyors write rings that touch themselves in a point, which the rules of polygons do
not allow and no reader of a map sees. What is drawn twice over, or lies crosswise, is not repaired:
nobody but the sender knows what was meant.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from spm.areas.geometrysource import not_finite
from spm.errors import SpmError
from spm.text.visible import shortened

if TYPE_CHECKING:
    import geopandas
    from shapely.geometry.base import BaseGeometry

MENDED = "berichtigt"
"""In the ``attrs`` of a table of areas: which outlines were repaired, and why, in German."""

UNCHANGED = 1e-6
"""Share of its area that a repair may change: of a Stadtteil of three square kilometres, three
square metres."""

_REASONS = {
    "Ring Self-intersection": "der Umriss berührt sich selbst",
    "Self-intersection": "der Umriss kreuzt sich selbst",
    "Duplicate Rings": "ein Ring steht zweimal da",
    "Nested shells": "eine Teilfläche liegt in einer anderen",
    "Nested Holes": "ein Loch liegt in einem anderen",
    "Hole lies outside shell": "ein Loch liegt außerhalb der Fläche",
    "Interior is disconnected": "Löcher zerteilen die Fläche",
    "Too few points in geometry component": "ein Ring hat zu wenige Punkte",
    "Ring is not closed": "ein Ring ist nicht geschlossen",
    "Invalid Coordinate": "eine Koordinate ist keine Zahl",
}
"""What GEOS says, and what it means."""


def valid_polygons(frame: geopandas.GeoDataFrame, where: str) -> list[str]:
    """Refuse what is no area; repair outlines of which nothing changes.

    Parameters
    ----------
    frame : ``raum``, ``name`` and ``geometry``, which is repaired in place.
    where : the file, for messages.

    Returns
    -------
    list of str
        Which areas were repaired, and why, in German.

    Raises
    ------
    SpmError
        An area without an outline, or with one that is no polygon or cannot be repaired.
    """
    import numpy as np
    from shapely import get_coordinates

    shapes, mended = list(frame.geometry), []
    for number, (key, name) in enumerate(zip(frame.raum, frame.name, strict=True)):
        shape = shapes[number]
        called = f"«{shortened(name)}» ({key})" if name and name != key else f"«{key}»"
        if shape is None or shape.is_empty:
            raise SpmError(
                f"Der Raum {called} hat keine Fläche.",
                wo=where,
                tun="Bitte die Geometrie ergänzen lassen oder das Objekt entfernen.",
            )
        if shape.geom_type not in ("Polygon", "MultiPolygon"):
            raise SpmError(
                f"Der Raum {called} ist keine Fläche ({shape.geom_type}).",
                wo=where,
                tun="Bitte die Umrisse der Räume als Flächen (Polygone) liefern lassen.",
            )
        if not np.isfinite(get_coordinates(shape)).all():
            raise not_finite(where, f"Der Raum {called}")
        if shape.is_valid:
            continue
        why = reason(shape)
        valid = repaired(shape)
        if valid is None:
            raise SpmError(
                f"Die Fläche des Raums {called} ist ungültig: {why}.",
                wo=where,
                tun="SPM berichtigt nur, was die Fläche nicht ändert. Bitte beim Absender "
                "reparieren lassen, oder selbst, zum Beispiel in QGIS mit «Geometrien "
                "reparieren».",
            )
        shapes[number] = valid
        mended.append(f"{called}: {why}")
    if mended:
        frame.geometry = shapes
    return mended


def reason(shape: BaseGeometry) -> str:
    """Why an outline is invalid, in German, with the place in the coordinates of its file."""
    from shapely import is_valid_reason

    told = is_valid_reason(shape)
    found = re.fullmatch(r"(.*?)\s*(?:\[(\S+) (\S+?)(?: \S+)?\])?", told)
    assert found is not None  # everything is optional
    what = _REASONS.get(found[1], "der Umriss ist keine Fläche")
    return f"{what} (bei {found[2]} / {found[3]})" if found[2] else what


def repaired(shape: BaseGeometry) -> BaseGeometry | None:
    """The same area with a valid outline; None if a repair would change it, or could be another.

    Two ways to repair must agree, and both with the size that the outline has as it is drawn.
    """
    from shapely import get_parts, make_valid, union_all

    drawn = shape.area
    ways: tuple[dict[str, Any], ...] = (
        {"method": "linework"},
        {"method": "structure", "keep_collapsed": False},
    )
    found = []
    for way in ways:
        parts = get_parts(make_valid(shape, **way))
        found.append(union_all([part for part in parts if part.area > 0]))  # no lines of no width
    first, second = found
    near = all(abs(one.area - drawn) <= UNCHANGED * drawn for one in found)
    if not drawn or not near or first.symmetric_difference(second).area > UNCHANGED * drawn:
        return None
    return second
