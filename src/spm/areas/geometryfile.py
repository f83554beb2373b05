"""Files with the geometry of the areas, and every reason why one cannot be read."""

from __future__ import annotations

import re
import warnings
from pathlib import Path
from typing import TYPE_CHECKING

from spm.areas.encoding import shapefile_encoding
from spm.errors import SpmError, nearest

if TYPE_CHECKING:
    import geopandas

SHAPEFILE_PARTS = (".shx", ".dbf")
"""Without these a .shp file has no index, and no keys and names."""

TEXTS = (".geojson", ".json")
"""Files that are a text as a whole."""


NOT_FINITE = re.compile(rb"[\[,]\s*-?(?:NaN|Inf(?:inity)?|null|\d+(?:\.\d+)?[eE]\d{3,})\s*[,\]]")
"""A coordinate of a GeoJSON that is no number."""


def read_geometry(
    path: Path, layer: str | None, key: str = "raeume", encoding: str | None = None
) -> geopandas.GeoDataFrame:
    """Read one layer of a geometry file.

    Parameters
    ----------
    layer : its name; None if the file has only one layer with geometry.
    key : the section of the params file that names the file.
    encoding : of its texts; None if the file tells.

    Raises
    ------
    SpmError
        File missing, damaged, empty or without geometry; layer unknown or not chosen; texts in
        another encoding than the file says.
    """
    import pyogrio

    _check_files(path, key)
    try:
        kinds = dict(pyogrio.list_layers(path))
    except Exception:  # GDAL raises many kinds; each means that the file is not readable
        if path.suffix.lower() in TEXTS and NOT_FINITE.search(path.read_bytes()):
            raise not_finite(str(path), "Die Geometrie") from None
        raise _unreadable(path) from None
    layers = [name for name, kind in kinds.items() if kind is not None]
    if not layers:
        raise _unreadable(path, "Die Datei enthält keine Geometrie.")
    if layer is None and len(layers) > 1:
        raise SpmError(
            f"Die Geometrie hat mehrere Ebenen: {', '.join(layers)}.",
            wo=str(path),
            tun=f"Bitte die Ebene der Räume in der Params-Datei als {key}.ebene nennen.",
        )
    if layer is not None and layer not in layers:
        raise SpmError(
            f"Die Geometrie hat keine Ebene «{layer}».{nearest(layer, layers)}",
            wo=str(path),
            tun=f"Bitte {key}.ebene berichtigen.",
        )
    frame = _read(path, layer or layers[0], key, encoding)
    if frame.empty:
        raise _unreadable(path, "Die Geometrie der Räume ist leer.")
    return frame


def _read(path: Path, layer: str, key: str, encoding: str | None) -> geopandas.GeoDataFrame:
    import geopandas

    shapefile, text = path.suffix.lower() == ".shp", path.suffix.lower() in TEXTS
    source: Path | bytes = path
    if encoding is None and shapefile:
        encoding = shapefile_encoding(path, key)
    elif encoding and text:  # GDAL takes it for UTF-8
        source, encoding = _recoded(path, encoding, key), None
    try:
        with warnings.catch_warnings():
            # In English, and about what is checked here: rings that are no rings, odd encodings
            warnings.simplefilter("ignore")
            return geopandas.read_file(
                source, layer=layer, **({"encoding": encoding} if encoding else {})
            )
    except UnicodeDecodeError:
        raise SpmError(
            "Die Texte der Geometrie sind nicht in UTF-8 geschrieben.",
            wo=str(path),
            tun=f"Bitte den Zeichensatz als {key}.zeichensatz nennen, zum Beispiel cp1252.",
        ) from None
    except Exception:  # GDAL raises many kinds; each means that the file is not readable
        if text and NOT_FINITE.search(path.read_bytes()):
            raise not_finite(str(path), "Die Geometrie") from None
        raise _unreadable(path) from None


def _recoded(path: Path, encoding: str, key: str) -> bytes:
    try:
        return path.read_bytes().decode(encoding).encode("utf-8")
    except UnicodeDecodeError:
        raise SpmError(
            f"Die Geometrie ist nicht in {encoding} geschrieben.",
            wo=str(path),
            tun=f"Bitte {key}.zeichensatz berichtigen oder weglassen.",
        ) from None


def not_finite(where: str, whose: str) -> SpmError:
    """The error of coordinates that are no numbers."""
    return SpmError(
        f"{whose} hat Koordinaten, die keine Zahlen sind (NaN oder unendlich).",
        wo=where,
        tun="Bitte mit dem richtigen Koordinatensystem neu ausgeben lassen.",
    )


def _check_files(path: Path, key: str) -> None:
    if not path.parent.is_dir():
        raise SpmError(
            "Den Ordner der Geometrie gibt es nicht.",
            wo=str(path.parent),
            tun="Bitte den datenordner in der Params-Datei berichtigen (Netzlaufwerk verbunden?).",
        )
    if not path.exists():
        raise SpmError(
            "Die Geometrie der Räume fehlt.",
            wo=str(path),
            tun=f"Bitte die Datei in den Datenordner legen oder {key}.datei berichtigen.",
        )
    if path.is_dir() and path.suffix.lower() != ".gdb":  # a file geodatabase is a folder
        raise SpmError(
            "Die Geometrie der Räume ist ein Ordner, keine Datei.",
            wo=str(path),
            tun=f"Bitte unter {key}.datei die Datei darin nennen.",
        )
    if path.suffix.lower() == ".shp":
        there = {p.suffix.lower() for p in path.parent.glob(f"{path.stem}.*")}
        missing = [part for part in SHAPEFILE_PARTS if part not in there]
        if missing:
            raise SpmError(
                f"Zum Shapefile fehlt die Datei «{path.stem}{missing[0]}».",
                wo=str(path),
                tun="Ein Shapefile besteht aus mehreren Dateien (.shp, .shx, .dbf, .prj). Bitte "
                "alle in denselben Ordner legen.",
            )


def _unreadable(path: Path, was: str = "Die Geometrie der Räume ist nicht lesbar.") -> SpmError:
    return SpmError(
        was,
        wo=str(path),
        tun="Bitte als GeoJSON, GeoPackage oder Shapefile neu ausgeben lassen.",
    )
