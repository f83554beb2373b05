"""Files with the geometry of the areas, and every reason why one cannot be read."""

from __future__ import annotations

import os
import warnings
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spm.areas.encoding import shapefile_encoding
from spm.areas.geometrysource import BadEncoding, Source, geometry_source, part_of
from spm.errors import SpmError, nearest

if TYPE_CHECKING:
    import geopandas

SHAPEFILE_PARTS = (".shx", ".dbf")
"""Without these a .shp file has no index, and no keys and names."""

_OTHERS = (
    "ADBC,AIVector,AVCBin,AVCE00,AmigoCloud,CSV,CSW,Carto,DGN,DXF,EDIGEO,EEDA,ESRIJSON,"
    "Elasticsearch,FlatGeobuf,GDALG,GML,GPSBabel,GPX,GTFS,GeoJSONSeq,GeoRSS,HTTP,Idrisi,JML,JSONFG,"
    "KML,LIBKML,LVBAG,MBTiles,MVT,MapInfo File,MapML,MiraMonVector,NGW,OAPIF,ODS,OGCAPI,OGR_GMT,"
    "OGR_PDS,OGR_VRT,OSM,OpenFileGDB,PCIDSK,PDF,PDS4,PGDUMP,PLSCENES,PMTiles,S57,SQLite,SXF,Selafin,"
    "TopoJSON,VDV,VFK,VICAR,VRT,WAsP,WFS,XLSX"
)
"""Drivers that GDAL does without, if nobody has loaded it before."""


def read_geometry(
    path: Path,
    layer: str | None,
    key: str = "raeume",
    encoding: str | None = None,
    original: Path | None = None,
) -> geopandas.GeoDataFrame:
    """Read one layer of a geometry file.

    Parameters
    ----------
    layer : its name; None if the file has only one layer with geometry.
    key : the section of the params file that names the file.
    encoding : of its texts; None if the file tells.
    original : the file that ``path`` is a copy of: beside a copy lies nothing else.

    Raises
    ------
    SpmError
        File missing, damaged, empty or without geometry; layer unknown or not chosen; texts in
        another encoding than the file says.
    """
    _check_files(path, key, original or path)
    try:
        source = geometry_source(path, encoding)
    except BadEncoding:
        raise _recoded(path, encoding, key) from None
    except OSError:
        raise _unreadable(path) from None
    layers = source.layers
    if not layers:
        raise _unreadable(path, _NO_GEOMETRY)
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
    frame = _read(source, path, layer or layers[0], key, encoding)
    if frame.empty:
        raise _unreadable(path, "Die Geometrie der Räume ist leer.")
    return frame


def _read(
    source: Source, path: Path, layer: str, key: str, encoding: str | None
) -> geopandas.GeoDataFrame:
    options: dict[str, str] = {}
    if source.parts:
        encoding = encoding or shapefile_encoding(source.parts, path, key)
        options = {"encoding": encoding} if encoding else {}
    elif path.suffix.lower() == ".gpkg":
        options = {"layer": layer, "LIST_ALL_TABLES": "NO"}
    try:
        with warnings.catch_warnings():
            # In English, and about what is checked here: rings that are no rings, odd encodings
            warnings.simplefilter("ignore")
            frame = _geopandas().read_file(source.content, engine="pyogrio", **options)
    except UnicodeDecodeError:
        raise _recoded(path, None, key) from None
    except Exception:  # GDAL raises many kinds; each means that the file is not readable
        raise _unreadable(path) from None
    if "geometry" not in frame.columns:
        raise _unreadable(path, _NO_GEOMETRY)
    return frame


def _geopandas() -> Any:
    """Geopandas with a GDAL that knows the three formats and asks nobody."""
    before = os.environ.get("GDAL_SKIP")
    os.environ["GDAL_SKIP"] = _OTHERS
    try:
        import pyogrio
    finally:
        os.environ.pop("GDAL_SKIP") if before is None else os.environ.update(GDAL_SKIP=before)
    import geopandas
    from pyproj.network import set_network_enabled  # type: ignore[attr-defined]

    set_network_enabled(False)
    pyogrio.set_gdal_config_options(
        {"GDAL_DISABLE_READDIR_ON_OPEN": "EMPTY_DIR", "OGR_SQLITE_LOAD_EXTENSIONS": "NO"}
    )
    return geopandas


def _recoded(path: Path, encoding: str | None, key: str) -> SpmError:
    if encoding is None:
        return SpmError(
            "Die Texte der Geometrie sind nicht in UTF-8 geschrieben.",
            wo=str(path),
            tun=f"Bitte den Zeichensatz als {key}.zeichensatz nennen, zum Beispiel cp1252.",
        )
    return SpmError(
        f"Die Geometrie ist nicht in {encoding} geschrieben.",
        wo=str(path),
        tun=f"Bitte {key}.zeichensatz berichtigen oder weglassen.",
    )


def _check_files(path: Path, key: str, original: Path) -> None:
    if not path.exists() and not original.parent.is_dir():
        raise SpmError(
            "Den Ordner der Geometrie gibt es nicht.",
            wo=str(original.parent),
            tun="Bitte den datenordner in der Params-Datei berichtigen (Netzlaufwerk verbunden?).",
        )
    if not path.exists():
        beside = [p.name for p in original.parent.iterdir() if p.suffix.lower() in SUFFIXES]
        raise SpmError(
            f"Die Geometrie der Räume fehlt.{nearest(original.name, beside)}",
            wo=str(original),
            tun=f"Bitte die Datei in den Datenordner legen oder {key}.datei berichtigen.",
        )
    if path.is_dir():
        raise SpmError(
            "Die Geometrie der Räume ist ein Ordner, keine Datei.",
            wo=str(path),
            tun=f"Bitte unter {key}.datei die Datei darin nennen.",
        )
    if path.suffix.lower() == ".shp":
        missing = [part for part in SHAPEFILE_PARTS if not part_of(path, part).exists()]
        if missing:
            raise SpmError(
                f"Zum Shapefile fehlt die Datei «{path.stem}{missing[0]}».",
                wo=str(path),
                tun="Ein Shapefile besteht aus mehreren Dateien (.shp, .shx, .dbf, .prj). Bitte "
                "alle in denselben Ordner legen.",
            )


SUFFIXES = (".geojson", ".json", ".gpkg", ".shp")
"""Of files that may be meant where another name stands."""

_NO_GEOMETRY = "Die Datei enthält keine Geometrie."


def _unreadable(path: Path, was: str = "Die Geometrie der Räume ist nicht lesbar.") -> SpmError:
    return SpmError(
        was,
        wo=str(path),
        tun="Bitte als GeoJSON, GeoPackage oder Shapefile neu ausgeben lassen.",
    )
