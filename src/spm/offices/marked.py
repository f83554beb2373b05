"""Mark cells of a workbook: coloured, with a comment, and a sheet that lists what is to be settled.

Runs in `spm.foreign.helper`, as it opens what others wrote; numpy is not there.
"""

from __future__ import annotations

import datetime as dt
import io
import re
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from spm.system.archives import same_everywhere

AUTHOR = "SPM"
QUESTIONS = "Rückfragen"
"""Name of the sheet with the list: the last one, so that the first one stays the first."""

COLOURS = {"Fehler": "FFFFC9C9", "Hinweis": "FFFFF0A8"}
"""Of a cell, by severity; no workbook has them by chance, so an answer can be cleaned again."""

HEADS = (
    ("Nr.", 5),
    ("Art", 9),
    ("Blatt", 20),
    ("Zelle", 10),
    ("Spalte", 24),
    ("Wert", 16),
    ("Was ist unklar?", 60),
    ("Was ist zu tun?", 50),
    ("Ihre Antwort", 40),
)

COMMENTED, COLOURED = 100, 5000
"""So many cells of one question get a comment, and a colour."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""Time of every part: files of the same content are the same."""


@dataclass(frozen=True)
class Question:
    """One thing to settle.

    Parameters
    ----------
    art : "Fehler" or "Hinweis".
    sheet, heading, value : where it is, and what stands there.
    was, tun : German sentences.
    rows, column : the cells, from 1; no rows: only in the list.
    """

    art: str
    sheet: str
    heading: str
    value: str
    was: str
    tun: str
    rows: tuple[int, ...] = ()
    column: int = 0


@dataclass(frozen=True)
class Values:
    """Cells of a table that is no workbook: by sheet the rows with their numbers."""

    rows: dict[str, list[tuple[int, list[str]]]] = field(default_factory=dict)


def marked(
    source: bytes | Values,
    questions: Sequence[Question],
    introduction: str,
    day: dt.datetime,
    without: Sequence[str] = (),
) -> bytes:
    """A copy with the cells in question marked.

    Parameters
    ----------
    source : an .xlsx or .xlsm, or the values of another table.
    introduction : stands above the list.
    day : of the copy; nothing else in it is a date of today.
    without : sheets that are left out: those of other offices.
    """
    import openpyxl

    if isinstance(source, bytes):
        book = openpyxl.load_workbook(io.BytesIO(source))
        _clean(book)
        for name in without:
            if name in book.sheetnames and len(book.sheetnames) > 1:
                book.remove(book[name])
    else:
        book = _of_values(source)
    for number, question in enumerate(questions, start=1):
        _mark(book, number, question)
    _list(book, questions, introduction)
    target = io.BytesIO()
    book.save(target)
    return _timeless(target.getvalue(), day)


def _of_values(values: Values) -> Any:
    import openpyxl

    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in values.rows.items():
        sheet = book.create_sheet(name)
        for number, cells in rows:
            for column, text in enumerate(cells, start=1):
                if text:
                    _put(sheet.cell(number, column), text)
        for column in sheet.columns:
            longest = max((len(str(cell.value)) for cell in column[:50] if cell.value), default=8)
            sheet.column_dimensions[column[0].column_letter].width = min(max(longest + 2, 8), 40)
    return book


def _clean(book: Any) -> None:
    """Take away what an earlier copy marked, if it is what came back."""
    if QUESTIONS in book.sheetnames:
        book.remove(book[QUESTIONS])
    own = set(COLOURS.values())
    for sheet in book.worksheets:
        for row in sheet.iter_rows():
            for cell in row:
                if cell.comment is not None and cell.comment.author == AUTHOR:
                    cell.comment = None
                if cell.has_style and cell.fill.fgColor.rgb in own:
                    _paint(cell, None)


def _mark(book: Any, number: int, question: Question) -> None:
    from openpyxl.comments import Comment

    if question.sheet not in book.sheetnames or not question.column:
        return
    sheet = book[question.sheet]
    text = _printable(f"{question.art} {number}: {question.was}\n{question.tun}".strip())
    for position, row in enumerate(question.rows[:COLOURED]):
        cell = _whole(sheet, row, question.column)
        before = cell.comment
        if question.art == "Fehler" or before is None or before.author != AUTHOR:
            _paint(cell, COLOURS[question.art])
        if position < COMMENTED:
            old = f"{before.text}\n\n" if before is not None else ""
            note = Comment(old + text, AUTHOR)
            note.width, note.height = 320, 40 + 18 * (len(note.text) // 42 + note.text.count("\n"))
            cell.comment = note


def _whole(sheet: Any, row: int, column: int) -> Any:
    """The cell, or that of the merged ones that it is part of which holds their content."""
    for merged in sheet.merged_cells.ranges:
        if merged.min_row <= row <= merged.max_row and merged.min_col <= column <= merged.max_col:
            return sheet.cell(merged.min_row, merged.min_col)
    return sheet.cell(row, column)


def _paint(cell: Any, colour: str | None) -> None:
    from openpyxl.styles import PatternFill

    cell.fill = PatternFill("solid", fgColor=colour) if colour else PatternFill()


def _list(book: Any, questions: Sequence[Question], introduction: str) -> None:
    from openpyxl.styles import Alignment, Font
    from openpyxl.utils import get_column_letter

    sheet = book.create_sheet(QUESTIONS)
    sheet["A1"], sheet["A1"].font = QUESTIONS, Font(name="Calibri", bold=True, size=14)
    _put(sheet["A2"], introduction)
    sheet.merge_cells(start_row=2, start_column=1, end_row=2, end_column=len(HEADS))
    sheet["A2"].alignment = Alignment(wrap_text=True, vertical="top")
    sheet.row_dimensions[2].height = 48
    for column, (head, width) in enumerate(HEADS, start=1):
        cell = sheet.cell(4, column, head)
        cell.font = Font(name="Calibri", bold=True, size=11)
        _paint(cell, "FFDCE6F0")
        sheet.column_dimensions[get_column_letter(column)].width = width
    for number, question in enumerate(questions, start=1):
        row = 4 + number
        named = ""
        if question.rows and question.column:
            named = f"{get_column_letter(question.column)}{question.rows[0]}"
        told = [str(number), question.art, question.sheet, named]
        told += [question.heading, question.value, question.was, question.tun]
        for column, text in enumerate(told, start=1):
            cell = sheet.cell(row, column)
            _put(cell, text)
            cell.alignment = Alignment(wrap_text=True, vertical="top")
        _paint(sheet.cell(row, 2), COLOURS[question.art])
        if named and question.sheet in book.sheetnames:
            quoted = question.sheet.replace("'", "''")
            link = sheet.cell(row, 4)
            link.hyperlink = f"#'{quoted}'!{named}"
            link.font = Font(name="Calibri", size=11, underline="single", color="FF0B4F8A")
    sheet.freeze_panes = "A5"
    sheet.page_setup.orientation, sheet.page_setup.paperSize = "landscape", 9
    sheet.sheet_properties.pageSetUpPr = _fitting()
    sheet.page_setup.fitToHeight = 0
    book.active = len(book.worksheets) - 1
    for other in book.worksheets:
        other.sheet_view.tabSelected = other is sheet


def _fitting() -> Any:
    from openpyxl.worksheet.properties import PageSetupProperties

    return PageSetupProperties(fitToPage=True)


def _put(cell: Any, text: str) -> None:
    """Write a text that stays one, whatever it begins with."""
    cell.value = _printable(text)
    if cell.value is not None:
        cell.data_type = "s"


def _printable(text: str) -> str:
    from openpyxl.cell.cell import ILLEGAL_CHARACTERS_RE

    return str(ILLEGAL_CHARACTERS_RE.sub("\ufffd", text))


def _timeless(content: bytes, day: dt.datetime) -> bytes:
    """The same workbook without the time at which it was saved."""
    target = io.BytesIO()
    stamp = f"{day:%Y-%m-%dT%H:%M:%SZ}".encode()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as source,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as copy,
    ):
        for part in source.infolist():
            data = source.read(part)
            if part.filename == "docProps/core.xml":
                data = re.sub(
                    rb"(<dcterms:(created|modified)[^>]*>)[^<]*(?=</)", rb"\g<1>" + stamp, data
                )
            info = zipfile.ZipInfo(part.filename, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            copy.writestr(info, data)
    return same_everywhere(target.getvalue())
