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
_UNPACK = "bitte entpacken und unter datei die Datei daraus nennen"

_OTHERS = {
    ("pdf",): ("PDF", _ORDER),
    ("doc", "docx", "odt", "rtf"): ("Textdokumente", _ORDER),
    ("ppt", "pptx", "odp"): ("Präsentationen", _ORDER),
    ("png", "jpg", "jpeg", "tif", "tiff", "gif", "bmp"): ("Bilder", _ORDER),
    ("msg", "eml"): ("E-Mails", "bitte den Anhang speichern und unter datei nennen"),
    ("zip", "7z", "rar", "gz", "tgz", "tar"): ("gepackte Dateien", _UNPACK),
    ("htm", "html", "xml", "mht"): ("Webseiten und XML", _EXPORT),
    ("mdb", "accdb"): ("Access-Datenbanken", _EXPORT),
    ("sav", "por", "dta", "sas7bdat", "numbers"): ("Dateien dieses Programms", _EXPORT),
    ("shp", "gpkg", "dbf"): ("Karten als Tabelle", "Umrisse gehören unter raeume.datei"),
}


def no_format(name: str) -> str:
    """Why no reader takes a file, as a sentence, and what to do.

    Examples
    --------
    >>> no_format("Jobcenter.pdf")
    'PDF kann SPM nicht lesen («Jobcenter.pdf»): bitte die Tabelle als Excel oder CSV anfordern.'
    """
    suffix = PurePosixPath(name).suffix.lower().removeprefix(".")
    for suffixes, (kind, advice) in _OTHERS.items():
        if suffix in suffixes:
            return f"{kind[0].upper()}{kind[1:]} kann SPM nicht lesen («{name}»): {advice}."
    return (
        f"Das Format von «{name}» ist an der Endung nicht zu erkennen: bitte format angeben "
        "(csv, excel, json, parquet oder sql)."
    )
