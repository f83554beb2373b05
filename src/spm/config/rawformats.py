"""Which kinds of raw files are read, and what to do about those that are not."""

from __future__ import annotations

from pathlib import PurePosixPath

FORMAT_OF_SUFFIX = {
    ".csv": "csv",
    ".tsv": "csv",
    ".txt": "csv",
    ".xlsx": "excel",
    ".xlsm": "excel",
    ".xlsb": "excel",
    ".xls": "excel",
    ".ods": "excel",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".geojson": "json",
    ".parquet": "parquet",
    ".duckdb": "sql",
    ".sqlite": "sql",
    ".sqlite3": "sql",
    ".db": "sql",
}

_ORDER = "bitte die Tabelle als Excel oder CSV anfordern"
_EXPORT = "bitte die Tabelle als Excel oder CSV ausgeben lassen"
_OUTLINES = "bitte die Räume als GeoJSON, GeoPackage oder Shapefile ausgeben lassen"

_PACKED = ("zip", "7z", "rar", "gz", "tgz", "tar", "bz2", "xz")

_OTHERS = {
    ("pdf",): ("PDF", _ORDER),
    ("doc", "docx", "odt", "rtf"): ("Textdokumente", _ORDER),
    ("ppt", "pptx", "odp"): ("Präsentationen", _ORDER),
    ("png", "jpg", "jpeg", "tif", "tiff", "gif", "bmp"): ("Bilder", _ORDER),
    ("msg", "eml"): ("E-Mails", "bitte den Anhang speichern"),
    _PACKED: ("Gepackte Dateien", "bitte entpacken"),
    ("htm", "html", "xml", "mht"): ("Webseiten und XML", _EXPORT),
    ("mdb", "accdb"): ("Access-Datenbanken", _EXPORT),
    ("sav", "por", "dta", "sas7bdat", "numbers"): ("Dateien dieses Programms", _EXPORT),
    ("shp", "gpkg", "dbf"): ("Karten als Tabelle", "Umrisse gehören unter raeume.datei"),
    ("kml", "kmz", "gml", "dxf", "dwg", "tab", "mif", "topojson", "fgb"): (
        "Karten dieses Formats",
        _OUTLINES,
    ),
}


def not_read(name: str) -> tuple[str, str] | None:
    """What kind of file no reader takes, in the plural, and what to do; None of any other.

    Examples
    --------
    >>> not_read("Jobcenter.pdf")
    ('PDF', 'bitte die Tabelle als Excel oder CSV anfordern')
    """
    return next((told for suffixes, told in _OTHERS.items() if _suffix(name) in suffixes), None)


def is_packed(name: str) -> bool:
    """Whether other files lie in a file of this name."""
    return _suffix(name) in _PACKED


def no_format(name: str) -> str:
    """Why no reader takes a file, as a sentence, and what to do."""
    if (told := not_read(name)) is None:
        return (
            f"Das Format von «{name}» ist an der Endung nicht zu erkennen: bitte format angeben "
            "(csv, excel, json, parquet oder sql)."
        )
    kind, advice = told
    return f"{kind} kann SPM nicht lesen («{name}»): {advice}."


def _suffix(name: str) -> str:
    return PurePosixPath(name).suffix.lower().removeprefix(".")
