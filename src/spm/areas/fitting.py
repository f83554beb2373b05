"""What is strange about areas that are valid one by one: they overlap, leave gaps, lie elsewhere.

All of these are notes: an area may surround a lake that belongs to none, and nobody but the sender
knows which of two overlapping areas is right.
"""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple

from spm.areas.repairing import MENDED
from spm.areas.whereabouts import GERMANY, LAND_MARGIN, degrees, in_degrees, inside, land_of
from spm.config.municipality import KREIS_DIGITS

if TYPE_CHECKING:
    import geopandas
    import pandas as pd
    from shapely.geometry.base import BaseGeometry

OVERLAP = 0.01
"""Share of the smaller area that two areas may have in common: boundaries drawn differently."""

GAP = 0.01
"""Share of the median area that a hole between areas may have without being told."""

SHOWN = 10
"""Overlaps, and gaps, that are told one by one: the largest."""

SMALL = 10_000.0
"""Square metres: a smaller area is told."""

WIDE = 6e9
"""Square metres: the largest Kreis (Mecklenburgische Seenplatte) has 5.5e9."""

FAR, MANY = 10_000.0, 3
"""Metres by which an area may always lie apart (islands); of two, nobody knows which one does."""

_GEMEINDE = r"[0-9]{8}"


class Note(NamedTuple):
    """What to look at, and what to do about it."""

    was: str
    tun: str


def notes_on(areas: geopandas.GeoDataFrame, ags: str, town: str = "") -> list[Note]:
    """Everything that a person should look at before the map is printed.

    Parameters
    ----------
    areas : ``raum``, ``name`` and ``geometry`` in metres (EPSG:25832), valid polygons.
    ags, town : the municipality's key and name.
    """
    return [
        *_mended(areas),
        *named_alike(areas, town),
        *_of_others(areas, ags),
        *_elsewhere(areas, ags),
        *_sizes(areas),
        *_apart(areas),
        *_overlaps(areas),
        *_gaps(areas),
    ]


def _mended(areas: pd.DataFrame) -> list[Note]:
    told = list(areas.attrs.get(MENDED, []))
    if not told:
        return []
    more = f" und {len(told) - SHOWN} weitere" if len(told) > SHOWN else ""
    return [
        Note(
            f"Ungültige Umrisse sind berichtigt: {'; '.join(told[:SHOWN])}{more}.",
            "Nichts: Die Flächen sind so groß wie zuvor. Der Absender kann sie in seiner Datei "
            "reparieren.",
        )
    ]


def named_alike(areas: pd.DataFrame, town: str) -> list[Note]:
    """Areas that a reader cannot tell apart: of one name but for capitals, blanks and accents."""
    bearers: dict[str, list[str]] = {}
    for key, name in zip(areas["raum"], areas["name"], strict=True):
        bearers.setdefault(_as_read(name), []).append(key)
    notes = [
        Note(
            f"Die Räume {', '.join(f'«{key}»' for key in keys[:SHOWN])} haben denselben Namen "
            f"(«{areas['name'][areas['raum'].eq(keys[0])].iloc[0]}»): Im Bericht sind sie nicht zu "
            "unterscheiden.",
            "Unter raeume.namen unterscheiden. Sind es Teilflächen eines Raums: aufloesen oder "
            "verbinden.",
        )
        for keys in bearers.values()
        if len(keys) > 1
    ]
    if town and (own := bearers.get(_as_read(town))):
        notes.append(
            Note(
                f"Der Raum «{own[0]}» heißt wie die ganze Kommune («{town}»): In Tabellen und "
                "Sätzen sind sie nicht zu unterscheiden.",
                "Unter raeume.namen unterscheiden, zum Beispiel mit «Kernstadt».",
            )
        )
    return notes


def _as_read(name: str) -> str:
    return " ".join(unicodedata.normalize("NFKC", name).casefold().split())


def _of_others(areas: pd.DataFrame, ags: str) -> list[Note]:
    """Keys of Gemeinden that belong to another Kreis than the one that the params file names."""
    keys = list(areas["raum"])
    if len(ags) != KREIS_DIGITS or not all(re.fullmatch(_GEMEINDE, key) for key in keys):
        return []
    foreign = [key for key in keys if not key.startswith(ags)]
    if not foreign:
        return []
    return [
        Note(
            f"{len(foreign)} von {len(keys)} Räumen gehören nach ihrem Schlüssel nicht zum Kreis "
            f"{ags}: {', '.join(foreign[:SHOWN])}{' …' if len(foreign) > SHOWN else ''}.",
            "kommune.ags prüfen; sind es Gemeinden anderer Kreise, mit raeume.nur die eigenen "
            "wählen.",
        )
    ]


def _sizes(areas: geopandas.GeoDataFrame) -> list[Note]:
    sizes = list(areas.geometry.area)
    notes = [
        Note(
            f"Der Raum «{key}» ist nur {_hectares(size)} groß.",
            "Stimmt der Umriss? Nichts, wenn es ein einzelner Block ist.",
        )
        for key, size in zip(areas["raum"], sizes, strict=True)
        if size < SMALL
    ]
    if sum(sizes) > WIDE:
        notes.append(
            Note(
                f"Die Räume sind zusammen {sum(sizes) / 1e6:.0f} km² groß, mehr als jeder Kreis in "
                "Deutschland.",
                "Stimmt das Koordinatensystem, und sind es nur die eigenen Räume (raeume.nur)?",
            )
        )
    return notes[:SHOWN]


def _apart(areas: geopandas.GeoDataFrame) -> list[Note]:
    """Areas further from all others than these reach: a wrong digit in a coordinate."""
    from shapely import box

    if len(areas) < MANY:
        return []
    found = []
    for position, (key, shape) in enumerate(zip(areas["raum"], areas.geometry, strict=True)):
        others = areas.geometry.drop(areas.index[position])
        west, south, east, north = others.total_bounds
        away = float(box(west, south, east, north).distance(shape))
        if away > max(FAR, math.hypot(east - west, north - south)):
            found.append((away, key))
    return [
        Note(
            f"Der Raum «{key}» liegt {away / 1000:.0f} km von allen anderen entfernt.",
            "Koordinaten prüfen: ein falscher Wert rückt einen Raum weg, und die Karte wird "
            "winzig. Nichts, wenn es eine Insel ist.",
        )
        for away, key in sorted(found, reverse=True)[:SHOWN]
    ]


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
