"""Grids: raw tables as a person sees them, with row numbers and headers. Nothing is interpreted."""

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import pandas as pd

from spm.config.tables import Tabelle
from spm.errors import SpmError
from spm.rawfiles.cells import clean
from spm.text.visible import hidden

SEPARATOR = " | "
"""Joins the levels of a header with several rows."""


@dataclass(frozen=True)
class Remark:
    """What to look at in a raw table though it is no error.

    Parameters
    ----------
    was, tun : German sentences; "{n}" in ``was`` stands for the number of rows.
    column : header of the column it is about, "" for the whole table.
    rows : row numbers it is about; it does not matter if none of them is used. Empty: no certain
        rows.
    """

    was: str
    tun: str
    column: str = ""
    rows: tuple[int, ...] = ()


def in_words(remark: Remark, rows: int) -> str:
    """The sentence of a remark about so many rows."""
    return remark.was.replace("{n}", str(rows))


@dataclass
class Grid:
    """A raw table without title rows, header rows, blank rows and footer.

    Attributes
    ----------
    header : column names, unique.
    cells : the cells of every data row as delivered; a row may be shorter than the header.
    rows : row number of every data row as Excel or a text editor shows it, from 1.
    sheet : name of the sheet, "" if the source has none.
    has_header_row : False for typed sources, whose column names are not a row.
    uneven : what is wrong, by row number, for rows that do not fit the header.
    filled : texts of columns that were filled down, by header.
    decimal : the table's decimal sign, in which typed numbers are written.
    remarks : what to look at though it is no error.
    """

    header: list[str]
    cells: Sequence[Sequence]
    rows: np.ndarray
    sheet: str = ""
    has_header_row: bool = True
    uneven: dict[int, str] = field(default_factory=dict)
    filled: dict[str, np.ndarray] = field(default_factory=dict)
    decimal: str = ","
    remarks: list[Remark] = field(default_factory=list)

    def find(self, name: str) -> str | None:
        """The header meant by ``name`` after collapsing blanks; None if there is none.

        Of headers that occur several times, "Anzahl (1)" means the first.
        """
        name = clean(name)
        if name in self.header:
            return name
        first = name.removesuffix(" (1)")
        return first if first != name and f"{first} (2)" in self.header else None

    def texts(self, name: str) -> np.ndarray:
        """The cells of the column with this header as cleaned texts (dtype object)."""
        if name in self.filled:
            return self.filled[name]
        i = self.header.index(name)
        cells = [row[i] if i < len(row) else "" for row in self.cells]
        written = [c if type(c) is str else cell_text(c, self.decimal) for c in cells]
        raw = np.array(written, dtype=object)
        codes, distinct = pd.factorize(raw)
        return np.array([clean(text) for text in distinct], dtype=object)[codes]

    def unseen(self, name: str) -> list[int]:
        """Rows of the column whose cell holds a character that nobody sees; `texts` drops it."""
        i = self.header.index(name)
        return [
            int(number)
            for number, row in zip(self.rows, self.cells, strict=True)
            if i < len(row) and type(row[i]) is str and not row[i].isascii() and hidden(row[i])
        ]

    def typed(self, name: str, text: str) -> bool:
        """Whether every cell of a column that reads like this is a number, not a text."""
        i = self.header.index(name)
        alike = [row[i] for row in self.cells if i < len(row) and self._reads(row[i]) == text]
        return not any(isinstance(cell, str) for cell in alike)

    def _reads(self, cell: Any) -> str:
        return clean(cell if type(cell) is str else cell_text(cell, self.decimal))

    def keep(self, mask: np.ndarray) -> "Grid":
        """The grid with only the rows where ``mask`` is true."""
        if mask.all():
            return self
        cells = [self.cells[i] for i in np.flatnonzero(mask).tolist()]
        filled = {name: texts[mask] for name, texts in self.filled.items()}
        return replace(self, cells=cells, rows=self.rows[mask], filled=filled)

    def fill_down(self, name: str) -> None:
        """Give every empty cell of a column the text above it, as in merged cells."""
        texts = pd.Series(self.texts(name), dtype="str")
        self.filled[name] = texts.where(texts != "").ffill().fillna("").to_numpy(dtype=object)


def cell_text(cell: Any, decimal: str = ",") -> str:
    """Write a typed cell the way a German spreadsheet shows it: 1.0 as "1", 12.5 as "12,5"."""
    if cell is None or cell != cell or cell is pd.NaT:  # NaN is not equal to itself
        return ""
    if isinstance(cell, bool):
        return "WAHR" if cell else "FALSCH"
    if isinstance(cell, dt.datetime) and cell.time() == dt.time():
        return cell.date().isoformat()
    if isinstance(cell, str | int | dt.date | dt.time):
        return str(cell)
    try:
        number = float(cell)
        return str(int(number)) if number == int(number) else repr(number).replace(".", decimal)
    except (TypeError, ValueError, OverflowError):
        return str(cell)


def empty(was: str) -> SpmError:
    """The error of a source without data."""
    return SpmError(was, tun="Die Datei neu anfordern oder kopfzeilen und blatt prüfen.")


def cut(rows: Sequence[Sequence], table: Tabelle, sheet: str = "") -> Grid:
    """Cut a sheet or file into header and data.

    Parameters
    ----------
    rows : all rows from the very first one, cells as delivered, lengths may differ.
    """
    last_header = table.kopfzeilen[-1]
    if not any(cell_text(cell).strip() for row in rows for cell in row):
        raise empty("Die Tabelle ist leer.")
    if len(rows) < last_header:
        raise empty(f"Die Tabelle hat nur {len(rows)} Zeilen, keine Kopfzeile {last_header}.")
    kept, numbers, remarks = [], [], []
    for number, row in enumerate(rows[last_header:], start=last_header + 1):
        first = next((c for c in row if c is not None and c != "" and str(c).strip()), None)
        if first is None:
            continue
        if table.ende and clean(str(first)).startswith(clean(table.ende)):
            remarks = _cut_off(rows[number - 1 :], number, table)
            break
        kept.append(row)
        numbers.append(number)
    else:
        remarks = _without_end(table)
    if not kept:
        raise empty("Unter der Kopfzeile stehen keine Daten.")
    header_rows = [[cell_text(c) for c in rows[k - 1]] for k in table.kopfzeilen]
    width = max(map(len, [*header_rows, *kept]))
    return Grid(join_header(header_rows, width), kept, np.array(numbers), sheet, remarks=remarks)


def _cut_off(rows: Sequence[Sequence], number: int, table: Tabelle) -> list[Remark]:
    """Rows behind the one where the data end that are as full as data; a footer has no such."""
    wanted = max(len(table.spalten) + len(table.entpivotieren), 2)
    full = [sum(bool(cell_text(cell).strip()) for cell in row) >= wanted for row in rows[1:]]
    if not any(full):
        return []
    was = (
        f"Die Tabelle endet vor Zeile {number}, weil diese mit «{table.ende}» beginnt (ende); "
        f"danach stehen aber noch gefüllte Zeilen ({sum(full)}, die erste ist Zeile "
        f"{number + 1 + full.index(True)})."
    )
    return [Remark(was, "Gehören sie dazu, ende genauer angeben oder die Bemerkung löschen.")]


def _without_end(table: Tabelle) -> list[Remark]:
    """A table that should have a last row and does not have it may have been cut off."""
    if not table.ende:
        return []
    return [
        Remark(
            f"Die Zeile «{table.ende}», vor der die Daten enden (ende), kommt nicht vor: Ist die "
            "Datei abgeschnitten?",
            "Die Datei mit dem Original vergleichen (Zahl der Zeilen, letzter Raum). Hat sie keine "
            "solche Zeile mehr, ende streichen.",
        )
    ]


def join_header(header_rows: Sequence[Sequence[str]], width: int) -> list[str]:
    """Join header rows to unique names; a merged cell of an upper row counts for all its columns.

    A cell is taken to end where a row above begins something new. Columns without any text are
    called "Spalte n", a repeated name gets " (2)", " (3)" …
    """
    own = [[clean(c) for c in row] + [""] * (width - len(row)) for row in header_rows]
    filled = [list(row) for row in own]
    for level, row in enumerate(filled[:-1]):
        for i in range(1, width):
            if row[i] == "" and not any(upper[i] for upper in own[:level]):
                row[i] = row[i - 1]
    names: Iterable[str] = (
        SEPARATOR.join(filter(None, levels)) if any(texts) else f"Spalte {i}"
        for i, (levels, texts) in enumerate(
            zip(zip(*filled, strict=True), zip(*own, strict=True), strict=True), start=1
        )
    )
    seen: dict[str, int] = {}
    unique = []
    for name in names:
        seen[name] = seen.get(name, 0) + 1
        unique.append(name if seen[name] == 1 else f"{name} ({seen[name]})")
    return unique
