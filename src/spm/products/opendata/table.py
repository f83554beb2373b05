"""A table as open data: columns that are described, and rows; written as CSV."""

from __future__ import annotations

import csv
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from spm.presentation.pages.companions import excel_file
from spm.text.numbers import MINUS

Cell = str | int | float | bool | None

DECIMALS = 6
"""Of numbers in files: more than any of them means, and the same on every machine."""

TEXT, INTEGER, NUMBER, BOOLEAN = "string", "integer", "number", "boolean"
"""Types of columns, in the words of Table Schema."""

_FORMULA = re.compile(r"[=+\-@\t\r\n＝＋－＠]")
GEDRUCKTE_ZAHL = re.compile(r"[+-]?(\d{1,3}(\.\d{3})+|\d+)(,\d+)?")
"""A number as the report prints it, with a hyphen for the minus."""


@dataclass(frozen=True)
class DataColumn:
    """One column.

    Parameters
    ----------
    description : one German sentence without full stop.
    kind : `TEXT`, `INTEGER`, `NUMBER` or `BOOLEAN`.
    required : every row has a value.
    words : the words that may stand there and what they are called in German.
    """

    name: str
    description: str
    kind: str = TEXT
    required: bool = False
    words: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class DataTable:
    """A table with its place in the folder of the data.

    Parameters
    ----------
    file : "kennzahlen.csv"; that for Excel is called "kennzahlen-excel.csv".
    key : columns that identify a row.
    references : column -> (file of another table, its column) that every value of it is found in.
    """

    file: str
    title: str
    description: str
    columns: Sequence[DataColumn]
    rows: Sequence[Sequence[Cell]]
    key: tuple[str, ...] = ()
    references: Mapping[str, tuple[str, str]] = field(default_factory=dict)

    @property
    def excel(self) -> str:
        """The file for a German Excel."""
        return excel_file(self.file)


def write(table: DataTable, folder: Path) -> None:
    """Write both files of a table.

    For programs: UTF-8, comma, decimal point, empty cells for missing values. For a German Excel:
    UTF-8 with byte order mark, semicolon, decimal comma, German words; a text that Excel would run
    as a formula begins with an apostrophe, because names come from deliveries.
    """
    head = [column.name for column in table.columns]
    plain = [[_plain(cell) for cell in row] for row in table.rows]
    german = [
        [_german(column, cell) for column, cell in zip(table.columns, row, strict=True)]
        for row in table.rows
    ]
    excel = [[_guarded(name) for name in head], *german]
    _write(folder / table.file, [head, *plain], ",", "utf-8")
    _write(folder / table.excel, excel, ";", "utf-8-sig")


def printed(cell: str) -> str:
    """A cell of the report for a German Excel: a number that it knows, or a harmless text."""
    number = cell.replace(MINUS, "-")
    return number if GEDRUCKTE_ZAHL.fullmatch(number) else _guarded(cell)


def _write(path: Path, rows: Sequence[Sequence[str]], separator: str, encoding: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding=encoding, newline="") as file:
        csv.writer(file, delimiter=separator, lineterminator="\n").writerows(rows)


def _plain(cell: Cell) -> str:
    if cell is None:
        return ""
    if isinstance(cell, bool):
        return "true" if cell else "false"
    return cell if isinstance(cell, str) else number_text(cell)


def _german(column: DataColumn, cell: Cell) -> str:
    if isinstance(cell, bool):
        return "ja" if cell else "nein"
    if isinstance(cell, str):
        return printed(cell) if column.kind == GEDRUCKT else _guarded(column.words.get(cell, cell))
    return "" if cell is None else number_text(cell).replace(".", ",")


GEDRUCKT = "any"
"""Type of a column that holds cells as the report prints them: numbers, signs and texts."""


def number_text(x: float) -> str:
    """A number with a decimal point, without superfluous zeros: ``"6308"``, ``"16.6375"``."""
    text = f"{x:.{DECIMALS}f}".rstrip("0").rstrip(".")
    return "0" if text == "-0" else text


def _guarded(text: str) -> str:
    return f"'{text}" if _FORMULA.match(text) else text
