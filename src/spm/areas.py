"""The areas of a municipality: keys, names and geometry."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from spm.errors import SpmError, naechster

if TYPE_CHECKING:
    import geopandas

    from spm.params import Params

CRS = "EPSG:25832"
"""ETRS89 / UTM 32N: the metric system that German surveying offices deliver for most Länder."""

RESERVED = {"gesamt", "nz"}
"""Area keys that the fact table uses for the municipality and for people without an area."""


def load_areas(params: Params) -> geopandas.GeoDataFrame:
    """Read and check the areas.

    Returns
    -------
    GeoDataFrame
        Columns ``raum`` (key, text), ``name``, ``geometry`` in EPSG:25832, in natural order of the
        keys ("2" before "10").

    Raises
    ------
    SpmError
        File missing or unreadable, no CRS, wrong column, empty or double key, invalid or missing
        polygon, an area missing from or not on ``raeume.liste``.
    """
    import geopandas

    section, path = params.raeume, params.rohdatei(params.raeume.datei)
    where = str(path)
    if not path.exists():
        raise SpmError(
            "Die Geometrie der Räume fehlt.",
            wo=where,
            tun="Bitte die Datei in den Datenordner legen oder raeume.datei berichtigen.",
        )
    try:
        frame = geopandas.read_file(path, layer=section.ebene)
    except Exception as e:  # GDAL raises many kinds; each means that the file is not readable
        raise SpmError(
            f"Die Geometrie der Räume ist nicht lesbar: {_first_line(e)}",
            wo=where,
            tun="Bitte als GeoJSON, GeoPackage oder Shapefile neu ausgeben lassen; raeume.ebene "
            "muss eine Ebene der Datei nennen.",
        ) from None
    for key, column in (("schluessel", section.schluessel), ("name", section.name)):
        if column not in frame.columns:
            raise SpmError(
                f"Die Geometrie hat keine Spalte «{column}».{naechster(column, frame.columns)}",
                wo=where,
                tun=f"Bitte raeume.{key} berichtigen.",
            )
    frame = geopandas.GeoDataFrame(
        {
            "raum": [_key(v) for v in frame[section.schluessel]],
            "name": [str(v).strip() for v in frame[section.name]],
        },
        geometry=frame.geometry.values,
        crs=frame.crs,
    )
    frame["name"] = [section.namen.get(k, n) for k, n in zip(frame.raum, frame.name, strict=True)]
    _check_keys(frame, params, where)
    _check_polygons(frame, where)
    return _project(frame, params, where).sort_values(
        "raum", key=lambda keys: keys.map(natural), ignore_index=True
    )


def natural(key: str) -> tuple:
    """Sort key that puts "2" before "10" and keeps texts apart from numbers."""
    parts = re.split(r"(\d+)", key)
    return tuple((1, int(p), p) if p.isdigit() else (0, 0, p) for p in parts if p)


def _key(value: object) -> str:
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # shapefiles hold whole numbers as floats
    return "" if value is None or value != value else str(value).strip()


def _check_keys(frame: geopandas.GeoDataFrame, params: Params, where: str) -> None:
    expected, keys = params.raeume.liste, list(frame.raum)
    column = params.raeume.schluessel
    if not keys:
        raise SpmError("Die Geometrie der Räume ist leer.", wo=where)
    for number, key in enumerate(keys, start=1):
        if not key:
            raise SpmError(
                f"Raum Nr. {number} der Geometrie hat keinen Schlüssel.",
                wo=f"{where}, Spalte {column}",
            )
        if key in RESERVED:
            raise SpmError(
                f"Der Schlüssel «{key}» ist für SPM reserviert.", wo=f"{where}, Spalte {column}"
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
    unknown = sorted(set(params.raeume.namen) - set(keys))
    if unknown:
        raise SpmError(
            f"raeume.namen nennt den unbekannten Raum «{unknown[0]}».{naechster(unknown[0], keys)}",
            wo=str(params.pfad),
        )


def _check_polygons(frame: geopandas.GeoDataFrame, where: str) -> None:
    from shapely import is_valid_reason

    for key, shape in zip(frame.raum, frame.geometry, strict=True):
        if shape is None or shape.is_empty:
            raise SpmError(f"Der Raum «{key}» hat keine Fläche.", wo=where)
        if shape.geom_type not in ("Polygon", "MultiPolygon"):
            raise SpmError(f"Der Raum «{key}» ist keine Fläche ({shape.geom_type}).", wo=where)
        if not shape.is_valid:
            raise SpmError(
                f"Die Fläche des Raums «{key}» ist ungültig: {is_valid_reason(shape)}.",
                wo=where,
                tun="Bitte reparieren lassen, zum Beispiel in QGIS mit «Geometrien reparieren».",
            )


def _project(frame: geopandas.GeoDataFrame, params: Params, where: str) -> geopandas.GeoDataFrame:
    if frame.crs is None:
        if not params.raeume.crs:
            raise SpmError(
                "Die Geometrie nennt kein Koordinatensystem.",
                wo=where,
                tun="Bitte beim Absender erfragen und in der Params-Datei als raeume.crs "
                "eintragen, zum Beispiel EPSG:25832.",
            )
        try:
            frame = frame.set_crs(params.raeume.crs)
        except Exception:  # pyproj raises CRSError, which is no public base of geopandas
            raise SpmError(
                f"Das Koordinatensystem «{params.raeume.crs}» ist unbekannt.",
                wo=f"{params.pfad}, raeume.crs",
                tun="Bitte in der Form EPSG:25832 angeben.",
            ) from None
    return frame.to_crs(CRS)


def _first_line(error: Exception) -> str:
    return str(error).splitlines()[0] if str(error) else type(error).__name__
