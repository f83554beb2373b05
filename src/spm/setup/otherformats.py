"""Why a file of a format that is not read is left out, and what to ask for instead."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath

from spm.errors import SpmError
from spm.foreign import door

PACKED = (".zip", ".7z", ".rar", ".gz", ".tgz", ".tar", ".bz2", ".xz")
OUTLINES = (".shp", ".geojson", ".gpkg")
"""Files with the geometry of areas, as SPM reads it."""

_TABLES = "bitte die Tabellen als Excel oder CSV anfordern."
_KINDS = {
    **dict.fromkeys((".pdf", ".doc", ".docx", ".odt", ".rtf", ".ppt", ".pptx"), _TABLES),
    **dict.fromkeys((".html", ".htm", ".png", ".jpg", ".jpeg", ".tif", ".tiff"), _TABLES),
    **dict.fromkeys((".mdb", ".accdb", ".sav", ".dta", ".numbers"), _TABLES),
    **dict.fromkeys(
        (".kml", ".kmz", ".gml", ".dxf", ".dwg", ".tab", ".mif", ".topojson", ".fgb"),
        "bitte die Räume als GeoJSON, GeoPackage oder Shapefile ausgeben lassen.",
    ),
}


def why_not(path: Path) -> str:
    """The reason, in German, as it stands behind the name of the file."""
    suffix = path.suffix.lower()
    if suffix in PACKED:
        packed = "Gepackte Geometrie" if _has_outlines(path) else "Gepackt"
        return f"{packed}: bitte in diesen Ordner entpacken."
    if suffix in _KINDS:
        return f"{suffix.removeprefix('.').upper()} liest SPM nicht: {_KINDS[suffix]}"
    return "SPM liest dieses Format nicht."


def _has_outlines(path: Path) -> bool:
    """Whether a ZIP holds geometry; only its list of names is read."""
    if path.suffix.lower() != ".zip":
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(door.content(path))) as packed:
            return any(PurePosixPath(n).suffix.lower() in OUTLINES for n in packed.namelist())
    except (SpmError, OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False
