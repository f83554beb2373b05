"""The summary of a batch as an Excel table, to filter and to hand on."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path

from spm.batch.columns import CAUSE, COLUMNS, ordered
from spm.batch.records import Outcome
from spm.system.archives import same_everywhere
from spm.text.sheets import DEAD

WORKBOOK = "kommunen.xlsx"
CREATED = dt.datetime(2000, 1, 1)
"""Excel files hold a date of their making; theirs is the same for every batch: no clock."""


def write_workbook(records: Sequence[Outcome], folder: Path) -> Path:
    """Write ``kommunen.xlsx``: one row per municipality, what needs somebody first."""
    import xlsxwriter

    from spm.release.replacing import replacing

    path, content = folder / WORKBOOK, io.BytesIO()
    with xlsxwriter.Workbook(content, DEAD) as book:
        book.set_properties({"title": "Berichte der Kommunen", "created": CREATED})
        head = book.add_format(
            {"bold": True, "text_wrap": True, "valign": "top", "bg_color": "#E6ECEF", "bottom": 1}
        )
        text = book.add_format({"text_wrap": True, "valign": "top"})
        sheet = book.add_worksheet("Kommunen")
        rows = ordered(list(records))
        for j, column in enumerate((*COLUMNS, *CAUSE)):
            sheet.set_column(j, j, column.width, text)
            sheet.write_string(0, j, column.title, head)
            for i, record in enumerate(rows, start=1):
                cell = column.cell(record)
                if isinstance(cell, int | float):
                    sheet.write_number(i, j, cell, text)
                elif cell:  # as text: a name may begin with "="
                    sheet.write_string(i, j, cell, text)
        sheet.autofilter(0, 0, len(rows), len(COLUMNS) + len(CAUSE) - 1)
        sheet.freeze_panes(1, 1)
        sheet.set_landscape()
        sheet.set_paper(9)  # A4
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(0)
    with replacing(path) as half:
        half.write_bytes(same_everywhere(content.getvalue()))
    return path
