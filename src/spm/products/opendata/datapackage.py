"""The description of all tables as a Frictionless Data Package (version 1).

Every table is a tabular resource; the package itself is not called tabular, because the workbooks
are for reading and have no schema.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spm.products.opendata.files import DataFile
from spm.products.opendata.licences import licence
from spm.products.opendata.table import BOOLEAN, DataColumn, DataTable
from spm.release.digest import sha256

if TYPE_CHECKING:
    from spm.report import Report

FILE = "datapackage.json"
DIALECT = {
    "delimiter": ",",
    "lineTerminator": "\n",
    "quoteChar": '"',
    "doubleQuote": True,
    "header": True,
}


def write(
    report: Report, tables: Sequence[DataTable], books: Sequence[DataFile], folder: Path
) -> None:
    """Write ``datapackage.json`` about the tables and the workbooks in a folder.

    The files for Excel hold the same rows and are no resources of their own.
    """
    section = report.params.bericht
    content: dict[str, Any] = {
        "profile": "data-package",
        "name": report.params.slug,
        "title": f"{section.titel}: Daten, {report.place.name}",
        "description": description(report),
        "version": section.datum.isoformat(),
        "created": f"{section.datum.isoformat()}T00:00:00Z",
        "keywords": KEYWORDS,
        "contributors": [{"title": section.herausgeber, "role": "publisher"}],
        "resources": [
            *(_resource(table, tables, folder) for table in tables),
            *(_workbook(book, folder) for book in books),
        ],
    }
    if section.adresse:
        content["homepage"] = section.adresse
    if known := licence(section.lizenz):
        short = known.short or re.sub(r"[^A-Za-z0-9._]+", "-", known.name).strip("-")
        entry = {"name": short or "Lizenz", "title": known.name}
        content["licenses"] = [entry | ({"path": known.address} if known.address else {})]
    # For programs: indented it would take 200 kB more.
    text = json.dumps(content, ensure_ascii=False, separators=(",", ":"))
    (folder / FILE).write_text(f"{text}\n", encoding="utf-8", newline="\n")


KEYWORDS = [
    "Kinder",
    "Jugendliche",
    "Sozialbericht",
    "Sozialraum",
    "Prävention",
    "Kommunalstatistik",
]


def description(report: Report) -> str:
    """What the data are, in German sentences."""
    series = report.params.zeitreihe
    several = series.von < series.bis
    years = f"die Jahre {series.von} bis {series.bis}" if several else f"das Jahr {series.bis}"
    text = (
        f"Veröffentlichte Kennzahlen zu den Lebenslagen von Kindern und Jugendlichen, "
        f"{report.place.name}, für {years}, nach {report.place.level}. Werte, bei denen einzelne "
        "Menschen erkennbar sein könnten, sind gesperrt und in keiner Datei enthalten."
    )
    return " ".join(filter(None, [text, report.params.bericht.hinweis]))


def _resource(table: DataTable, tables: Sequence[DataTable], folder: Path) -> dict[str, Any]:
    path = folder / table.file
    names = {other.file: _name(other.file) for other in tables}
    schema: dict[str, Any] = {
        "fields": [_field(column) for column in table.columns],
        "missingValues": [""],
    }
    if table.key:
        schema["primaryKey"] = list(table.key)
    links = [
        {"fields": [own], "reference": {"resource": names[file], "fields": [other]}}
        for own, (file, other) in table.references.items()
        if file in names
    ]
    if links:
        schema["foreignKeys"] = links
    return {
        "name": names[table.file],
        "profile": "tabular-data-resource",
        "path": table.file,
        "title": table.title,
        "description": table.description,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "dialect": DIALECT,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
        "schema": schema,
    }


def _workbook(book: DataFile, folder: Path) -> dict[str, Any]:
    path = folder / book.name
    return {
        "name": book.name,
        "type": "file",  # what frictionless needs to leave the sheets alone
        "profile": "data-resource",
        "path": book.name,
        "title": book.title,
        "description": f"{book.title}, zum Lesen; dieselben Zahlen wie in den Tabellen.",
        "format": "xlsx",
        "mediatype": book.media_type,
        "bytes": path.stat().st_size,
        "hash": f"sha256:{sha256(path)}",
    }


def _name(file: str) -> str:
    return file.removesuffix(".csv").rpartition("/")[2]


def _field(column: DataColumn) -> dict[str, Any]:
    field: dict[str, Any] = {
        "name": column.name,
        "type": column.kind,
        "description": f"{column.description}.",
    }
    if column.kind == BOOLEAN:
        field |= {"trueValues": ["true"], "falseValues": ["false"]}
    rules: dict[str, Any] = {}
    if column.required:
        rules["required"] = True
    if column.words:
        rules["enum"] = list(column.words)
        field["description"] += " " + "; ".join(f"{k}: {v}" for k, v in column.words.items()) + "."
    return field | ({"constraints": rules} if rules else {})
