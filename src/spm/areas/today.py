"""The areas of a municipality: keys, names and geometry."""

from __future__ import annotations

import math
import re
import unicodedata
from typing import TYPE_CHECKING

from spm.errors import SpmError, nearest
from spm.published import GESAMT, NICHT_ZUORDENBAR

if TYPE_CHECKING:
    import geopandas
    import pandas as pd

    from spm.config.areas import Raumsatz
    from spm.config.params import Params

CRS = "EPSG:25832"
"""ETRS89 / UTM 32N: the metric system that German surveying offices deliver for most Länder."""

FULL_CIRCLE = 360
"""No coordinate in degrees is larger."""

RESERVED = {GESAMT, NICHT_ZUORDENBAR}
"""Area keys that the fact table uses for the municipality and for people without an area."""


def load_areas(
    params: Params, section: Raumsatz | None = None, key: str = "raeume"
) -> geopandas.GeoDataFrame:
    """Read and check the areas.

    Parameters
    ----------
    section, key : of the params file, and what messages call it; default: today's areas.

    Returns
    -------
    GeoDataFrame
        Columns ``raum`` (key, text), ``name`` (as readers see it), ``geometriename`` (without the
        changes of ``raeume.namen``; deliveries may use it), ``geometry`` in EPSG:25832, in natural
        order of the keys ("2" before "10").

    Raises
    ------
    SpmError
        File missing or unreadable, no CRS, wrong column, empty or double key, invalid or missing
        polygon, an area missing from or not on ``raeume.liste``.
    """
    import geopandas

    from spm.areas.geometryfile import read_geometry

    section = section or params.raeume
    assert section.datei  # without one, earlier areas are read from a table
    path = params.rohdatei(section.datei)
    where = str(path)
    frame = read_geometry(path, section.ebene, key)
    for name, column in (("schluessel", section.schluessel), ("name", section.name)):
        if column not in frame.columns:
            raise SpmError(
                f"Die Geometrie hat keine Spalte «{column}».{nearest(column, frame.columns)}",
                wo=where,
                tun=f"Bitte {key}.{name} berichtigen.",
            )
    frame = geopandas.GeoDataFrame(
        {
            "raum": [_key(v) for v in frame[section.schluessel]],
            "geometriename": [_key(v) for v in frame[section.name]],
        },
        geometry=frame.geometry.values,
        crs=frame.crs,
    )
    given = zip(frame.raum, frame.geometriename, strict=True)
    frame.insert(1, "name", [section.namen.get(raum, name) for raum, name in given])
    _check_keys(frame, section, key, where)
    _check_renamed(frame, section, f"{key}.namen", params)
    _check_names(frame, section, key, where)
    _check_polygons(frame, where)
    return _project(frame, section.crs, f"{key}.crs", where).sort_values(
        "raum", key=lambda keys: keys.map(natural), ignore_index=True
    )


def own_names(areas: pd.DataFrame) -> list[str]:
    """Every key and name that means one of these areas."""
    return [*areas.raum, *areas.name, *areas.geometriename]


def natural(key: str) -> tuple:
    """Sort key that puts "2" before "10" and keeps texts apart from numbers."""
    parts = re.split(r"(\d+)", key)
    return tuple((1, int(p), p) if p.isdecimal() else (0, 0, p) for p in parts if p)


def _key(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # shapefiles hold whole numbers as floats
    missing = value is None or value != value
    return "" if missing else unicodedata.normalize("NFC", " ".join(str(value).split()))


def _check_keys(frame: geopandas.GeoDataFrame, section: Raumsatz, name: str, where: str) -> None:
    expected, keys = getattr(section, "liste", []), list(frame.raum)
    column = section.schluessel
    for number, key in enumerate(keys, start=1):
        if not key:
            raise SpmError(
                f"Raum Nr. {number} der Geometrie hat keinen Schlüssel.",
                wo=f"{where}, Spalte {column}",
                tun=f"Bitte ergänzen lassen, oder ist {name}.schluessel die falsche Spalte?",
            )
        if key in RESERVED:
            raise SpmError(
                f"Der Schlüssel «{key}» ist für SPM reserviert.",
                wo=f"{where}, Spalte {column}",
                tun="Bitte einen anderen Schlüssel vergeben.",
            )
        if keys.index(key) != number - 1:
            raise SpmError(
                f"Der Raum «{key}» steht zweimal in der Geometrie.",
                wo=f"{where}, Spalte {column}, Objekte {keys.index(key) + 1} und {number}",
                tun="Bitte Teilflächen zu einer Fläche zusammenfassen oder den Schlüssel "
                "berichtigen.",
            )
    if expected:
        missing, extra = sorted(set(expected) - set(keys)), sorted(set(keys) - set(expected))
        if missing or extra:
            parts = []
            if missing:
                parts.append(f"in der Geometrie fehlt: {', '.join(missing)}")
            if extra:
                parts.append(f"die Geometrie hat zusätzlich: {', '.join(extra)}")
            raise SpmError(
                f"Geometrie und raeume.liste nennen nicht dieselben Räume: {'; '.join(parts)}.",
                wo=f"{where}, Spalte {column}",
                tun="Bitte die Geometrie ergänzen oder raeume.liste berichtigen.",
            )


def _check_renamed(
    frame: geopandas.GeoDataFrame, section: Raumsatz, key: str, params: Params
) -> None:
    unknown = sorted(set(section.namen) - set(frame.raum))
    if unknown:
        raise SpmError(
            f"{key} nennt den unbekannten Raum «{unknown[0]}».{nearest(unknown[0], frame.raum)}",
            wo=f"{params.pfad}, {key}",
            tun="Bitte den Schlüssel berichtigen oder den Eintrag löschen.",
        )


def _check_names(frame: geopandas.GeoDataFrame, section: Raumsatz, key: str, where: str) -> None:
    """Every area has a name, and none that deliveries would take for another area's key."""
    for raum, name in zip(frame.raum, frame.name, strict=True):
        was = ""
        if not name:
            was = f"Der Raum «{raum}» hat keinen Namen."
        elif name != raum and name in set(frame.raum):
            was = f"Der Raum «{raum}» heißt «{name}» wie der Schlüssel eines anderen Raums."
        if was:
            raise SpmError(
                was,
                wo=f"{where}, Spalte {section.name}",
                tun=f"Bitte dort berichtigen lassen oder in der Params-Datei unter {key}.namen "
                "einen Namen nennen.",
            )


def _check_polygons(frame: geopandas.GeoDataFrame, where: str) -> None:
    from shapely import is_valid_reason

    for key, shape in zip(frame.raum, frame.geometry, strict=True):
        if shape is None or shape.is_empty:
            raise SpmError(
                f"Der Raum «{key}» hat keine Fläche.",
                wo=where,
                tun="Bitte die Geometrie ergänzen lassen oder das Objekt entfernen.",
            )
        if shape.geom_type not in ("Polygon", "MultiPolygon"):
            raise SpmError(
                f"Der Raum «{key}» ist keine Fläche ({shape.geom_type}).",
                wo=where,
                tun="Bitte die Umrisse der Räume als Flächen (Polygone) liefern lassen.",
            )
        if not shape.is_valid:
            raise SpmError(
                f"Die Fläche des Raums «{key}» ist ungültig: {is_valid_reason(shape)}.",
                wo=where,
                tun="Bitte reparieren lassen, zum Beispiel in QGIS mit «Geometrien reparieren».",
            )


def _project(
    frame: geopandas.GeoDataFrame, crs: str | None, key: str, where: str
) -> geopandas.GeoDataFrame:
    if _not_in_degrees(frame):
        frame = frame.set_crs(None, allow_override=True)
    if frame.crs is None:
        if not crs:
            raise SpmError(
                "Die Geometrie nennt kein Koordinatensystem.",
                wo=where,
                tun=f"Bitte beim Absender erfragen und in der Params-Datei als {key} "
                "eintragen, zum Beispiel EPSG:25832.",
            )
        try:
            frame = frame.set_crs(crs)
        except Exception:  # pyproj raises CRSError, which is no public base of geopandas
            raise SpmError(
                f"Das Koordinatensystem «{crs}» ist unbekannt.",
                wo=f"{where}, {key}",
                tun="Bitte in der Form EPSG:25832 angeben.",
            ) from None
    projected = frame.to_crs(CRS)
    if not all(abs(limit) < math.inf for limit in projected.total_bounds):
        raise SpmError(
            f"Die Koordinaten passen nicht zum Koordinatensystem ({frame.crs.name}).",
            wo=where,
            tun="Bitte das Koordinatensystem beim Absender erfragen und die Datei damit neu "
            "ausgeben lassen.",
        )
    return projected


def _not_in_degrees(frame: geopandas.GeoDataFrame) -> bool:
    """Whether metres are passed off as degrees: GeoJSON without a system counts as WGS 84."""
    if frame.crs is None or not frame.crs.is_geographic:
        return False
    return max(abs(limit) for limit in frame.total_bounds) > FULL_CIRCLE
