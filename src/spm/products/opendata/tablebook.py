"""The numbered tables of the report as printed, in one Excel workbook: a sheet for each."""

from __future__ import annotations

import re
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import xlsxwriter

from spm.presentation.wording.estimates import LEGEND, SIGN
from spm.presentation.wording.grammar import all_signs
from spm.products.opendata.booktables import BookTable
from spm.products.opendata.excel import Formats, page, sheet_name, write_book
from spm.products.opendata.table import GEDRUCKTE_ZAHL, DataTable
from spm.text.numbers import MINUS

if TYPE_CHECKING:
    from spm.report import Report

FILE = "tabellen.xlsx"
CONTENTS = "Inhalt"
COLUMNS = [("Tabelle", 16), ("Titel", 90), ("Kapitel", 44)]
HEAD = 2
"""Row of the head: the title stands above it."""

WIDTHS = (9, 48)
"""The narrowest and the widest column, in characters."""

_TITLE = re.compile(r"(Tabelle [\w.]+): (.+)")
_KEY = re.compile(r"[+-]?0\d")


class PrintedNumber(NamedTuple):
    """A number, and the format by which Excel shows it as it is printed."""

    value: float
    format: str


def write(report: Report, tables: Sequence[BookTable], path: Path) -> None:
    """Write a sheet with all tables and what their signs mean, then one sheet per table."""

    def fill(book: xlsxwriter.Workbook, formats: Formats) -> None:
        contents, taken = book.add_worksheet(CONTENTS), {CONTENTS.lower()}
        named = []
        for entry in tables:
            number, title = _numbered(entry)
            name = sheet_name(number, taken)
            _table(book.add_worksheet(name), entry.table, formats)
            named.append((name, title, entry.chapter))
        _contents(contents, named, formats)

    write_book(report, "Tabellen", path, fill)


def number_of(cell: str) -> PrintedNumber | None:
    """The number in a printed cell; None for signs, texts and keys with a leading zero."""
    text = cell.replace(MINUS, "-")
    if not GEDRUCKTE_ZAHL.fullmatch(text) or _KEY.match(text):
        return None
    decimals = text.partition(",")[2]
    shape = ("#,##0" if "." in text else "0") + ("." + "0" * len(decimals) if decimals else "")
    if text.startswith("+"):
        shape = f"+{shape};-{shape};{shape}"
    return PrintedNumber(float(text.replace(".", "").replace(",", ".")), shape)


def _numbered(entry: BookTable) -> tuple[str, str]:
    """Number and title of a table; its id where a notebook gives it no caption."""
    found = _TITLE.fullmatch(entry.table.title)
    return (found[1], found[2]) if found else (entry.anchor, entry.table.title)


def _contents(sheet: Any, named: Sequence[tuple[str, str, str]], formats: Formats) -> None:
    sheet.write_string(0, 0, "Tabellen des Berichts", formats.title)
    for i, (label, width) in enumerate(COLUMNS):
        sheet.set_column(i, i, width)
        sheet.write_string(HEAD, i, label, formats.head)
    link = formats.get(font_color="#0563C1", underline=1)
    for i, (name, title, chapter) in enumerate(named, start=HEAD + 1):
        sheet.write_url(i, 0, f"internal:{_quoted(name)}!A1", link, name)
        sheet.write_string(i, 1, title, formats.text)
        sheet.write_string(i, 2, chapter, formats.text)
    start = HEAD + len(named) + 2
    for i, (sign, meaning) in enumerate([*all_signs(), (SIGN, LEGEND)], start=start):
        sheet.write_string(i, 0, sign, formats.bold)
        sheet.write_string(i, 1, meaning, formats.text)
    sheet.freeze_panes(HEAD + 1, 0)
    page(sheet, HEAD)


def _table(sheet: Any, table: DataTable, formats: Formats) -> None:
    sheet.write_string(0, 0, table.title, formats.title)
    for i, column in enumerate(table.columns):
        cells = [str(row[i]) for row in table.rows]
        numbers = [number_of(cell) for cell in cells]
        longest = max(map(len, [*column.name.split(), *cells]))
        sheet.set_column(i, i, min(max(longest + 2, WIDTHS[0]), WIDTHS[1]))
        sheet.write_string(HEAD, i, column.name, formats.head)
        sign = formats.get(align="right") if any(numbers) else formats.text
        for line, (cell, number) in enumerate(zip(cells, numbers, strict=True), start=HEAD + 1):
            if number:
                shape = formats.get(num_format=number.format)
                sheet.write_number(line, i, number.value, shape)
            else:
                sheet.write_string(line, i, cell, sign)
    sheet.freeze_panes(HEAD + 1, 0)
    page(sheet, HEAD)


def _quoted(name: str) -> str:
    return "'" + name.replace("'", "''") + "'"
