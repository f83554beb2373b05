"""What GDAL is given: bytes of one of three formats, looked at before it sees them.

GDAL reads eighty formats, and some of them are descriptions of where the data are: of a server, of
another file, of a program to run. It is given no name of a file here, only bytes: a GeoJSON written
anew from what is known of it, a GeoPackage of which the tables were looked at, or the five parts of
a shapefile. Whatever else a file says never gets there.
"""

from __future__ import annotations

import io
import json
import re
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from spm.areas.geopackage import in_memory, spatial_tables
from spm.errors import SpmError
from spm.foreign import door, nesting

KINDS = {".geojson": "GeoJSON", ".json": "GeoJSON", ".gpkg": "GPKG", ".shp": "ESRI Shapefile"}
"""Formats by suffix; no other is read."""

PARTS = (".shp", ".shx", ".dbf", ".prj", ".cpg")
"""Files of a shapefile that are read; the last two may be missing."""

LARGEST = 300_000_000
"""Bytes of a GeoPackage or a part of a shapefile; the areas of a whole Land have a tenth."""

MOST_COLUMNS = 2_000
"""Attributes of the areas; a database of surveyors has some dozens."""

_GRIDS = re.compile(rb"(?:nad|geoid)grids\\?=(?!@null)", re.IGNORECASE)
"""A system of coordinates that names a file, on this computer or in the web."""

_SYSTEM = re.compile(
    r"(?:urn:(?:ogc|x-ogc):def:crs:|https?://www\.opengis\.net/(?:def/crs/|gml/srs/epsg\.xml#))?"
    r"(?:(EPSG)[:/]*(?:[\d.]*[:/])?(\d{4,6})|(\d{4,6})|OGC[:/](?:[\d.]*[:/])?(CRS84))",
    re.IGNORECASE,
)
"""Every usual way to say EPSG:25832, or longitude and latitude."""

_SAVE = "Bitte als GeoJSON, GeoPackage oder Shapefile neu ausgeben lassen."


class BadEncoding(ValueError):
    """A text file in another encoding than expected."""


@dataclass(frozen=True)
class Source:
    """What is read, and of which layers.

    Parameters
    ----------
    content : for GDAL.
    layers : with geometry.
    parts : of a shapefile, by suffix.
    """

    content: bytes
    layers: list[str]
    parts: Mapping[str, bytes] = field(default_factory=dict)


def geometry_source(path: Path, encoding: str | None) -> Source:
    """Read and look at a geometry file.

    Parameters
    ----------
    encoding : of a GeoJSON; None: UTF-8.

    Raises
    ------
    SpmError
        No format that is read, or the file is not what its name says; it names other files or
        addresses; it is damaged, too large or nested too deep.
    BadEncoding
        A GeoJSON in another encoding.
    OSError
        It cannot be opened.
    """
    kind = KINDS.get(path.suffix.lower())
    try:
        if kind == "GeoJSON":
            return _geojson(path, encoding or "utf-8-sig")
        if kind == "GPKG":
            content = in_memory(door.content(path, LARGEST))
            _refuse_grids(content)
            return Source(content, spatial_tables(content, path))
        if kind == "ESRI Shapefile":
            return _shapefile(path)
    except SpmError as error:
        raise SpmError(error.was, wo=error.wo or str(path), tun=error.tun) from None
    raise SpmError(
        f"Die Geometrie «{path.name}» ist keine Datei, die gelesen wird.", wo=str(path), tun=_SAVE
    )


def _geojson(path: Path, encoding: str) -> Source:
    try:
        text = door.content(path, nesting.LARGEST).decode(encoding).removeprefix("\ufeff")
    except UnicodeDecodeError:
        raise BadEncoding(encoding) from None
    try:
        content = nesting.parsed(text, object_pairs_hook=_unique, parse_constant=_not_finite)
    except (ValueError, RecursionError):
        raise _unreadable() from None
    kind = content.get("type") if isinstance(content, dict) else None
    features = content.get("features") if kind == "FeatureCollection" else [content]
    if kind not in ("FeatureCollection", "Feature") or not isinstance(features, list):
        raise SpmError("Die Datei ist kein GeoJSON mit Räumen (FeatureCollection).", tun=_SAVE)
    columns: dict[str, None] = {}
    for feature in features:
        if not isinstance(feature, dict) or not isinstance(feature.get("properties") or {}, dict):
            raise _unreadable()
        columns.update(dict.fromkeys(feature.get("properties") or {}))
    _refuse_many(len(columns))
    plain = {"type": "FeatureCollection", **_crs(content)}
    plain["features"] = [
        {"type": "Feature", **{k: f[k] for k in ("id", "properties", "geometry") if k in f}}
        for f in features
    ]
    name = content.get("name")
    layer = name if isinstance(name, str) and name else path.stem
    there = not features or any(feature.get("geometry") for feature in features)
    written = json.dumps(plain, ensure_ascii=False, allow_nan=True)
    if re.search(r"[\[,] -?Infinity", written):
        raise not_finite(str(path), "Die Geometrie")
    return Source(written.encode(), [layer] if there else [])


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    """Refuse an object with the same key twice: readers disagree on which one counts."""
    found = dict(pairs)
    if len(found) < len(pairs):
        raise SpmError("Ein Objekt der Datei nennt einen Schlüssel zweimal.", tun=_SAVE)
    return found


def _not_finite(word: str) -> float:
    raise not_finite("", "Die Geometrie")


def not_finite(where: str, whose: str) -> SpmError:
    """The error of coordinates that are no numbers."""
    return SpmError(
        f"{whose} hat Koordinaten, die keine Zahlen sind (NaN oder unendlich).",
        wo=where,
        tun="Bitte mit dem richtigen Koordinatensystem neu ausgeben lassen.",
    )


def _crs(content: Mapping[str, Any]) -> dict[str, Any]:
    """The system of coordinates, by its number alone: GDAL would follow an address."""
    if "crs" not in content:
        return {}
    given = content["crs"]
    if given is None:
        return {"crs": None}
    about = given.get("properties") if isinstance(given, dict) else None
    about = about if isinstance(about, dict) else {}
    kind, name = (str(given.get("type", "")) if about else ""), about.get("name", about.get("code"))
    found = _SYSTEM.fullmatch(str(name).strip())
    if kind.lower() not in ("name", "epsg") or found is None:
        raise SpmError(
            "Das GeoJSON nennt sein Koordinatensystem nicht mit einer EPSG-Nummer"
            + (", sondern mit einem Verweis (link)." if kind.lower() == "link" else "."),
            tun="Bitte neu ausgeben lassen, zum Beispiel in EPSG:25832.",
        )
    number = found[2] or found[3]
    urn = f"urn:ogc:def:crs:EPSG::{number}" if number else "urn:ogc:def:crs:OGC:1.3:CRS84"
    return {"crs": {"type": "name", "properties": {"name": urn}}}


def _shapefile(path: Path) -> Source:
    parts = {}
    for suffix in PARTS:
        beside = part_of(path, suffix)
        inside = door.within(path.parent, beside.name)
        if inside is None:
            raise SpmError(
                f"«{beside.name}» ist ein Verweis auf eine Datei außerhalb des Ordners.",
                tun="Bitte alle Teile des Shapefiles in denselben Ordner kopieren.",
            )
        if inside.exists():
            parts[suffix] = door.content(inside, LARGEST)
    _check_shapes(parts)
    _refuse_grids(parts.get(".prj", b""))
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_STORED) as archive:
        for suffix, part in parts.items():
            archive.writestr(f"raeume{suffix}", part)
    return Source(packed.getvalue(), [path.stem], parts)


def part_of(path: Path, suffix: str) -> Path:
    """The part of a shapefile with this suffix, however it is capitalised."""
    for part in path.parent.iterdir():
        if part.stem == path.stem and part.suffix.lower() == suffix:
            return part
    return path.with_suffix(suffix)


def _check_shapes(parts: Mapping[str, bytes]) -> None:
    """Whether the parts are what they are called, and as long as they say."""
    shp, shx, dbf = (parts[suffix] for suffix in PARTS[:3])
    for part in (shp, shx):
        said = 2 * int.from_bytes(part[24:28], "big")
        if part[:4] != b"\x00\x00\x27\x0a" or not 100 <= said <= len(part):
            raise _unreadable()
    number, header, length = (int.from_bytes(dbf[a:b], "little") for a, b in _DBASE)
    if header < 33 or header + number * length > len(dbf):
        raise _unreadable()
    _refuse_many((header - 33) // 32)


_DBASE = ((4, 8), (8, 10), (10, 12))
"""Where a dBASE table says how many records it has, where they begin and how long each is."""


def _refuse_many(columns: int) -> None:
    if columns > MOST_COLUMNS:
        raise SpmError(f"Die Geometrie hat {columns} Spalten.", tun=_SAVE)


def _refuse_grids(content: bytes) -> None:
    if _GRIDS.search(content):
        raise SpmError(
            "Das Koordinatensystem der Geometrie nennt eine andere Datei (grids).",
            tun="Bitte in EPSG:25832 neu ausgeben lassen.",
        )


def _unreadable() -> SpmError:
    return SpmError("Die Geometrie der Räume ist nicht lesbar.", tun=_SAVE)
