"""Write raw files as departments send them, with the same bytes on every run."""

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

import xlsxwriter

from pilot.profile import HINWEIS

CREATED = datetime(2024, 6, 3, 9, 0)
"""Creation date inside the workbooks: the clock would change their bytes."""

Row = Sequence[Any]


def german(number: int) -> str:
    """Whole number with dots between thousands: 1.234."""
    return f"{number:,}".replace(",", ".")


def write_csv(path: Path, rows: Sequence[Row], encoding: str, separator: str = ";") -> None:
    """Write a text table with the line ends of Windows programs."""
    text = "".join(separator.join(str(cell) for cell in row) + "\r\n" for row in rows)
    path.write_bytes(text.encode(encoding))


class Workbook:
    """An Excel file with title rows above and a footer below each table."""

    def __init__(self, path: Path, title: str) -> None:
        self._book = xlsxwriter.Workbook(str(path))
        self._book.set_properties({"title": title, "comments": HINWEIS, "created": CREATED})
        self._bold = self._book.add_format({"bold": True})
        self._head = self._book.add_format(
            {"bold": True, "border": 1, "align": "center", "text_wrap": True}
        )

    def __enter__(self) -> "Workbook":
        return self

    def __exit__(self, *_: object) -> None:
        self._book.close()

    def add(
        self,
        sheet: str,
        titles: Sequence[str],
        heads: Sequence[Row],
        rows: Sequence[Row],
        footer: Sequence[str] = (),
    ) -> None:
        """Add a sheet.

        Parameters
        ----------
        titles : lines above the table; an empty row follows them.
        heads : header rows; in all but the last, a cell equal to its left neighbour is merged
            with it.
        rows : the table; None leaves a cell empty.
        footer : lines below the table, after an empty row.
        """
        page = self._book.add_worksheet(sheet)
        page.set_column(0, 0, 24)
        at = 0
        for title in titles:
            page.write(at, 0, title, self._bold)
            at += 1
        at += 1 if titles else 0
        for level, head in enumerate(heads):
            self._write_head(page, at, head, merge=level < len(heads) - 1)
            at += 1
        for row in rows:
            for column, cell in enumerate(row):
                if cell is not None:
                    page.write(at, column, cell)
            at += 1
        for line in footer:
            at += 1
            page.write(at, 0, line)

    def _write_head(self, page: Any, at: int, head: Row, merge: bool) -> None:
        column = 0
        while column < len(head):
            end = column
            while merge and head[column] and end + 1 < len(head) and head[end + 1] == head[column]:
                end += 1
            if end > column:
                page.merge_range(at, column, at, end, head[column], self._head)
            elif head[column] is not None:
                page.write(at, column, head[column], self._head)
            column = end + 1
