"""What the workbooks of the open data share: the file itself, formats, names of sheets."""

from __future__ import annotations

import datetime as dt
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from spm.system.archives import same_everywhere
from spm.text.sheets import DEAD

if TYPE_CHECKING:
    from spm.report import Report

MEDIENTYP = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
LONGEST_NAME = 31
"""Characters that Excel allows in the name of a sheet."""


class Formats:
    """Formats of cells, each made once."""

    def __init__(self, book: xlsxwriter.Workbook) -> None:
        self._book = book
        self._made: dict[tuple[tuple[str, Any], ...], Any] = {}
        self.title = book.add_format({"bold": True, "font_size": 14})
        self.bold = book.add_format({"bold": True, "valign": "top"})
        self.text = book.add_format({"text_wrap": True, "valign": "top"})
        self.head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6ECEF", "bottom": 1}
        )

    def get(self, **properties: Any) -> Any:
        """Properties as xlsxwriter names them."""
        key = tuple(sorted(properties.items()))
        if key not in self._made:
            self._made[key] = self._book.add_format({"valign": "top", **properties})
        return self._made[key]


def write_book(
    report: Report,
    what: str,
    path: Path,
    fill: Callable[[xlsxwriter.Workbook, Formats], None],
) -> None:
    """Write a workbook; the same sheets give the same bytes.

    Parameters
    ----------
    what : names the content in the workbook's title.
    fill : adds the sheets.
    """
    section = report.params.bericht
    content = io.BytesIO()  # so that a full disk is an OSError like any other
    with xlsxwriter.Workbook(content, DEAD) as book:
        book.set_properties(
            {
                "title": f"{section.titel}: {what}, {report.place.name}",
                "author": section.herausgeber,
                "created": dt.datetime.combine(section.datum, dt.time()),
            }
        )
        fill(book, Formats(book))
    path.write_bytes(same_everywhere(content.getvalue()))


def page(sheet: Any, head: int) -> None:
    """A4 landscape, as wide as the table; the row ``head`` on every page."""
    sheet.set_landscape()
    sheet.set_paper(9)  # A4
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(head)


def sheet_name(title: str, taken: set[str]) -> str:
    """A name that Excel takes and that no other sheet has."""
    plain = re.sub(r"[\[\]:*?/\\]", " ", title).strip(" '") or "Kapitel"
    name, number = plain[:LONGEST_NAME].strip(), 1
    while name.lower() in taken:
        number += 1
        name = f"{plain[: LONGEST_NAME - 3].strip()} {number}"
    taken.add(name.lower())
    return name
