"""Open data: everything that the report publishes, as files, described for people and portals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm.book import pictures
from spm.products.opendata import datapackage, dcat, excel, outlines, table, tablebook, workbook
from spm.products.opendata.booktables import book_tables
from spm.products.opendata.datapage import data_page
from spm.products.opendata.files import DataFile
from spm.products.opendata.values import describing, values

if TYPE_CHECKING:
    from spm.products.context import Context

FOLDER = "daten"
AREAS = "raeume.geojson"


def write(context: Context) -> None:
    """Write ``html/daten/`` and ``html/daten.html``."""
    if "html" not in context.formats:
        return
    report, folder = context.report, context.html / FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    together, *single = values(report)
    about = describing(report)
    printed = book_tables(context.chapters, report)
    every = [together, *about, *single, *(entry.table for entry in printed)]
    for one in every:
        table.write(one, folder)
    xlsx = f"{report.params.slug}.xlsx"
    if xlsx == tablebook.FILE:
        xlsx = "kennzahlen.xlsx"
    workbook.write(report, folder / xlsx)
    books = [DataFile(xlsx, "Kennzahlen nach Kapiteln (Excel)", "XLSX", excel.MEDIENTYP)]
    if printed:
        tablebook.write(report, printed, folder / tablebook.FILE)
        title = "Nummerierte Tabellen des Berichts (Excel)"
        books.append(DataFile(tablebook.FILE, title, "XLSX", excel.MEDIENTYP))
    outlines.write(report, folder / AREAS)
    datapackage.write(report, every, books, folder)
    files = [
        *(DataFile(t.file, f"{t.title} (CSV)", "CSV", "text/csv") for t in [together, *about]),
        *books,
        DataFile(AREAS, "Umrisse der Räume (GeoJSON)", "GEOJSON", "application/geo+json"),
        DataFile(
            datapackage.FILE,
            "Beschreibung aller Tabellen (Data Package)",
            "JSON",
            "application/json",
        ),
        *(DataFile(t.file, f"{t.title} (CSV)", "CSV", "text/csv") for t in single),
    ]
    dcat.write(report, files, folder)
    context.write_pages(data_page(report, [together, *about], printed, xlsx))


def write_pictures(context: Context) -> None:
    """Write a PNG beside every figure that has none yet.

    Raises
    ------
    SpmError
        A figure cannot be drawn as PNG.
    """
    if "html" in context.formats:
        pictures.write(context.html)
