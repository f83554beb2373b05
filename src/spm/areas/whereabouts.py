"""Where the areas lie: in Germany, and in the Land that the municipality's key names."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from spm.errors import SpmError

if TYPE_CHECKING:
    import geopandas

Box = tuple[float, float, float, float]
"""West, south, east, north; in degrees, or x and y of a projected system."""

GERMANY: Box = (5.3, 46.9, 15.6, 55.6)
"""Its mainland and islands with some margin."""

LAENDER: dict[str, tuple[str, Box]] = {
    "01": ("Schleswig-Holstein", (7.8, 53.3, 11.4, 55.1)),
    "02": ("Hamburg", (8.3, 53.3, 10.4, 54.0)),
    "03": ("Niedersachsen", (6.5, 51.2, 11.7, 54.0)),
    "04": ("Bremen", (8.4, 52.9, 9.1, 53.7)),
    "05": ("Nordrhein-Westfalen", (5.8, 50.3, 9.5, 52.6)),
    "06": ("Hessen", (7.7, 49.3, 10.3, 51.7)),
    "07": ("Rheinland-Pfalz", (6.0, 48.9, 8.6, 51.0)),
    "08": ("Baden-Württemberg", (7.4, 47.5, 10.6, 49.9)),
    "09": ("Bayern", (8.9, 47.2, 13.9, 50.6)),
    "10": ("dem Saarland", (6.3, 49.0, 7.5, 49.7)),
    "11": ("Berlin", (13.0, 52.3, 13.8, 52.7)),
    "12": ("Brandenburg", (11.2, 51.3, 14.8, 53.6)),
    "13": ("Mecklenburg-Vorpommern", (10.5, 53.1, 14.5, 54.8)),
    "14": ("Sachsen", (11.8, 50.1, 15.1, 51.7)),
    "15": ("Sachsen-Anhalt", (10.5, 50.9, 13.3, 53.1)),
    "16": ("Thüringen", (9.8, 50.1, 12.7, 51.7)),
}
"""First digits of a municipality's key -> name and, rounded outwards, extent of its Land."""

LAND_MARGIN = 0.2
"""Degrees by which areas may lie outside of the extent of their Land: rounding, islands."""

SYSTEMS = {
    "EPSG:25832": "ETRS89 / UTM-Zone 32",
    "EPSG:25833": "ETRS89 / UTM-Zone 33",
    "EPSG:4647": "UTM-Zone 32 mit Zonenkennung 32 vor dem Ostwert",
    "EPSG:5650": "UTM-Zone 33 mit Zonenkennung 33 vor dem Ostwert",
    "EPSG:31466": "Gauß-Krüger, Zone 2",
    "EPSG:31467": "Gauß-Krüger, Zone 3",
    "EPSG:31468": "Gauß-Krüger, Zone 4",
    "EPSG:31469": "Gauß-Krüger, Zone 5",
    "EPSG:4326": "Längen- und Breitengrade, WGS 84",
    "EPSG:3857": "Web-Mercator",
    "EPSG:3035": "ETRS89 / LAEA Europa",
}
"""Systems of German geometry; areas may turn out to be in one of them."""


def in_degrees(bounds: Sequence[float], crs: object) -> Box:
    """The extent in degrees of longitude and latitude; infinite where the system has no place."""
    from pyproj import Transformer

    west, south, east, north = bounds
    transformer = Transformer.from_crs(crs, "EPSG:4326", always_xy=True)
    xs, ys = transformer.transform([west, west, east, east], [south, north, south, north])
    return min(xs), min(ys), max(xs), max(ys)


def inside(place: Box, extent: Box, margin: float = 0.0) -> bool:
    """Whether a place lies within an extent; one that is not finite never does."""
    (west, south, east, north), (left, low, right, high) = place, extent
    return (
        left - margin <= west <= east <= right + margin
        and low - margin <= south <= north <= high + margin
    )


def land_of(ags: str) -> tuple[str, Box] | None:
    """Name and extent of the Land of a municipality, by its key."""
    return LAENDER.get(ags[:2])


def explanations(bounds: Sequence[float], crs: object, ags: str) -> list[str]:
    """What the coordinates may be in truth, as words; those that fit the Land, else all."""
    west, south, east, north = bounds
    as_is, swapped = (west, south, east, north), (south, west, north, east)
    trials: list[tuple[Box, object]] = [(as_is, system) for system in SYSTEMS]
    trials.append((swapped, crs if crs is not None else "EPSG:4326"))
    trials += [(swapped, system) for system in SYSTEMS] if crs is None else []
    found = []
    for box, system in trials:
        place = in_degrees(box, system)
        if inside(place, GERMANY):
            found.append((place, _in_words(system, crs, swapped=box is swapped)))
    land = land_of(ags)
    fitting = [words for place, words in found if land and inside(place, land[1], LAND_MARGIN)]
    return list(dict.fromkeys(fitting or [words for _, words in found]))


def _in_words(system: object, crs: object, *, swapped: bool) -> str:
    axes = "x und y sind vertauscht" if swapped else ""
    name = "" if system is crs else f"{system} ({SYSTEMS[str(system)]})"
    return ", und ".join(part for part in (name, axes) if part)


def check_place(frame: geopandas.GeoDataFrame, ags: str, key: str, where: str) -> None:
    """Refuse areas outside of Germany whose coordinates are explained by another system, or that
    are nowhere; others are noted, see `spm.areas.fitting.notes_on`.

    Parameters
    ----------
    frame : with its coordinate system, not projected yet.
    ags : the municipality's key.
    key : the key of the params file with the coordinate system.
    """
    bounds = tuple(float(limit) for limit in frame.total_bounds)
    place = in_degrees(bounds, frame.crs)
    found = [] if inside(place, GERMANY) else explanations(bounds, frame.crs, ags)
    if all(map(math.isfinite, place)) and not found:
        return
    told = f"{degrees(place)}, " if all(map(math.isfinite, place)) else ""
    code = f"EPSG:{frame.crs.to_epsg()}, " if frame.crs.to_epsg() else ""
    raise SpmError(
        f"Die Räume liegen {told}nicht in Deutschland: Die Koordinaten passen nicht zum "
        f"Koordinatensystem ({code}{frame.crs.name}).",
        wo=f"{where} (x {bounds[0]:.10g} bis {bounds[2]:.10g}, y {bounds[1]:.10g} bis "
        f"{bounds[3]:.10g})",
        tun=advice(found, key),
    )


def advice(found: Sequence[str], key: str) -> str:
    """What to do about coordinates that do not fit their system."""
    if not found:
        return (
            "Bitte das Koordinatensystem beim Absender erfragen und die Datei damit neu ausgeben "
            "lassen."
        )
    meant = "; oder ".join(found[:3])
    if all("vertauscht" in one for one in found):
        return (
            f"Vermutlich: {meant}. Bitte die Datei neu ausgeben lassen oder in QGIS mit "
            "«Koordinaten tauschen» berichtigen."
        )
    return (
        f"Vermutlich: {meant}. Bitte beim Absender erfragen und als {key} eintragen, zum Beispiel "
        f"{found[0].split(' ')[0]}."
    )


def degrees(place: Box) -> str:
    """The middle of a place in words: "bei 8,83° Ost, 51,92° Nord"."""
    east, north = (place[0] + place[2]) / 2, (place[1] + place[3]) / 2
    words = [
        f"{abs(east):.2f}° {'Ost' if east >= 0 else 'West'}",
        f"{abs(north):.2f}° {'Nord' if north >= 0 else 'Süd'}",
    ]
    return "bei " + ", ".join(words).replace(".", ",")
