"""What is strange about areas that are valid one by one: they overlap, leave gaps, lie elsewhere.

All of these are notes: an area may surround a lake that belongs to none, and nobody but the sender
knows which of two overlapping areas is right.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from spm.areas.whereabouts import GERMANY, LAND_MARGIN, degrees, in_degrees, inside, land_of

if TYPE_CHECKING:
    import geopandas
    from shapely.geometry.base import BaseGeometry

OVERLAP = 0.01
"""Share of the smaller area that two areas may have in common: boundaries drawn differently."""

GAP = 0.01
"""Share of the median area that a hole between areas may have without being told."""

SHOWN = 10
"""Overlaps, and gaps, that are told one by one: the largest."""


class Note(NamedTuple):
    """What to look at, and what to do about it."""

    was: str
    tun: str


def notes_on(areas: geopandas.GeoDataFrame, ags: str) -> list[Note]:
    """Everything that a person should look at before the map is printed.

    Parameters
    ----------
    areas : ``raum``, ``name`` and ``geometry`` in metres (EPSG:25832), valid polygons.
    ags : the municipality's key.
    """
    return [*_elsewhere(areas, ags), *_overlaps(areas), *_gaps(areas)]


def _elsewhere(areas: geopandas.GeoDataFrame, ags: str) -> list[Note]:
    land, place = land_of(ags), in_degrees(areas.total_bounds, areas.crs)
    if not inside(place, GERMANY):
        return [
            Note(
                f"Die Räume liegen {degrees(place)}, nicht in Deutschland.",
                "Das Koordinatensystem beim Absender erfragen und als raeume.crs eintragen.",
            )
        ]
    if land is None or inside(place, land[1], LAND_MARGIN):
        return []
    return [
        Note(
            f"Die Räume liegen {degrees(place)}, also nicht in {land[0]}, wie der "
            f"Gemeindeschlüssel {ags} sagt.",
            "Ist es die richtige Datei, und stimmen ihr Koordinatensystem (UTM-Zone 32 oder 33?) "
            "und kommune.ags?",
        )
    ]


def _overlaps(areas: geopandas.GeoDataFrame) -> list[Note]:
    shapes, keys = list(areas.geometry), list(areas["raum"])
    pairs = areas.sindex.query(areas.geometry, predicate="intersects").T.tolist()
    found = []
    for i, j in pairs:
        if i >= j:
            continue
        common = shapes[i].intersection(shapes[j]).area
        share = common / min(shapes[i].area, shapes[j].area)
        if share > OVERLAP:
            smaller = keys[i] if shapes[i].area < shapes[j].area else keys[j]
            found.append((share, common, (keys[i], keys[j], smaller)))
    found.sort(key=lambda one: -one[0])
    return [
        Note(
            f"Die Räume «{first}» und «{second}» überschneiden sich: {_hectares(common)}, "
            f"{share:.0%} von «{smaller}»".replace("%", " %")
            + (". Auf der Karte verdeckt einer den anderen." if share > 1 / 2 else "."),
            "Die Geometrie berichtigen lassen: Welcher Raum reicht so weit?",
        )
        for share, common, (first, second, smaller) in found[:SHOWN]
    ]


def _gaps(areas: geopandas.GeoDataFrame) -> list[Note]:
    from shapely import Polygon

    whole = areas.geometry.union_all()
    parts = whole.geoms if whole.geom_type == "MultiPolygon" else [whole]
    holes = [Polygon(ring) for part in parts for ring in part.interiors]
    least = GAP * float(areas.geometry.area.median())
    large = sorted((h for h in holes if h.area > least), key=lambda hole: -hole.area)
    return [
        Note(
            f"Zwischen den Räumen {_around(hole, areas)} liegt eine Lücke von "
            f"{_hectares(hole.area)} {degrees(in_degrees(hole.bounds, areas.crs))}.",
            "Fehlt dort ein Raum? Nichts, wenn die Fläche zu keinem gehört (See, andere Gemeinde).",
        )
        for hole in large[:SHOWN]
    ]


def _around(hole: BaseGeometry, areas: geopandas.GeoDataFrame) -> str:
    beside = areas["raum"][areas.geometry.distance(hole) < 1]
    return ", ".join(f"«{key}»" for key in list(beside)[:5])


def _hectares(square_metres: float) -> str:
    return f"{square_metres / 10_000:.1f} ha".replace(".", ",")
