"""Why a file of a format that is not read is left out, and what to ask for instead."""

from __future__ import annotations

import io
import zipfile
from pathlib import Path, PurePosixPath

from spm.config.rawformats import is_packed, not_read
from spm.errors import SpmError
from spm.foreign import door

OUTLINES = (".shp", ".geojson", ".gpkg")
"""Files with the geometry of areas, as SPM reads it."""


def why_not(path: Path) -> str:
    """The reason, in German, as it stands behind the name of the file."""
    if is_packed(path.name):
        packed = "Gepackte Geometrie" if _has_outlines(path) else "Gepackt"
        return f"{packed}: bitte in diesen Ordner entpacken."
    if (told := not_read(path.name)) is None:
        return "SPM liest dieses Format nicht."
    kind, advice = told
    return f"{kind} liest SPM nicht: {advice}."


def _has_outlines(path: Path) -> bool:
    """Whether a ZIP holds geometry; only its list of names is read."""
    if path.suffix.lower() != ".zip":
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(door.content(path))) as packed:
            return any(PurePosixPath(n).suffix.lower() in OUTLINES for n in packed.namelist())
    except (SpmError, OSError, ValueError, zipfile.BadZipFile, NotImplementedError):
        return False
