"""The numbered tables of the report as printed, so that nobody must copy them from the PDF."""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, NamedTuple

import lxml.html

from spm.presentation.pages.companions import table_file
from spm.products.opendata.table import GEDRUCKT, DataColumn, DataTable

if TYPE_CHECKING:
    from spm.book.document import Chapter
    from spm.report import Report


class BookTable(NamedTuple):
    """A numbered table with the chapter that it stands in (its page and title)."""

    page: str
    chapter: str
    anchor: str
    table: DataTable


def book_tables(chapters: Iterable[Chapter], report: Report) -> list[BookTable]:
    """Every numbered table of the chapters, except those by Kita and Grundschule.

    They are for internal use, wherever a notebook shows them; open data are not.
    """
    internal = set(re.findall(r"\{#(tbl-[\w-]+)\}", report.einrichtungen().markdown))
    found = []
    for chapter in chapters:
        if not chapter.html.strip():
            continue
        page = lxml.html.fragment_fromstring(chapter.html, create_parent="div")
        title = text_of(lxml.html.fragment_fromstring(chapter.title, create_parent="div"))
        title = f"{chapter.number} {title}".strip()
        for figure in page.xpath(".//figure[starts-with(@id, 'tbl-')][.//table]"):
            if figure.get("id") not in internal:
                table = _table(figure, title)
                found.append(BookTable(f"{chapter.stem}.html", title, figure.get("id"), table))
    return found


def _table(figure: lxml.html.HtmlElement, chapter: str) -> DataTable:
    caption = figure.find(".//figcaption")
    rows = [[text_of(cell) for cell in row.xpath("./th|./td")] for row in figure.iter("tr")]
    width = max(len(row) for row in rows)
    rows = [[*row, *[""] * (width - len(row))] for row in rows]
    headed = figure.xpath(".//thead/tr")
    head = rows[0] if headed else [""] * width
    file = PurePosixPath(table_file(figure.get("id"))).relative_to("daten")
    return DataTable(
        str(file),
        text_of(caption) if caption is not None else figure.get("id"),
        f"Wie im Bericht gedruckt, Kapitel {chapter}.",
        [
            DataColumn(name, f"Spalte {i} der gedruckten Tabelle", GEDRUCKT)
            for i, name in enumerate(_distinct(head), start=1)
        ],
        rows[1:] if headed else rows,
    )


def _distinct(names: list[str]) -> list[str]:
    """Heads as printed; where two are the same or one is empty, programs need a name."""
    seen: list[str] = []
    for i, name in enumerate(names, start=1):
        own = name or f"Spalte {i}"
        seen.append(f"{own} ({i})" if own in seen else own)
    return seen


def text_of(element: lxml.html.HtmlElement) -> str:
    """The text that a reader sees, on one line."""
    return " ".join(element.text_content().replace("\u00ad", "").split())
