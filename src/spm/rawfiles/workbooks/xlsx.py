"""The state of the sheets of an .xlsx or .xlsm, as openpyxl reads it."""

import io
import re
import warnings
import zipfile
from typing import Any

from spm.rawfiles.workbooks.formats import is_plain, names_year
from spm.rawfiles.workbooks.state import NOT_COMPUTED, SheetState

_SPECIAL = re.compile(
    rb"<(?:\w+:)?(?:f[\s>/]|mergeCell |filterColumn|vertAlign)"
    rb'|\bt="e"|\bhidden="|\bht="0"|\bfilterMode="|\bshowZeros="|\bzeroHeight="'
    rb'|<(?:\w+:)?xf\b[^>]*\bnumFmtId="(?!0"|1"|2"|3"|4"|49")'
    rb'|\bstate="(?:hidden|veryHidden)"'
)
"""What only a file has that openpyxl must look at: it takes ten times as long as the values."""

_AGAIN = re.compile(rb'\b(?:fullCalcOnLoad|forceFullCalc)="(?:1|true)"')
"""Whoever opens the workbook is to compute it anew."""


def inspect(content: bytes) -> dict[str, SheetState]:
    """The state of every sheet, by name; an empty dictionary if nothing is special about any."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = [n for n in archive.namelist() if re.search(r"(sheet\d*|Strings|styles|book)\.", n)]
        if not any(_SPECIAL.search(archive.read(name)) for name in parts if name.endswith(".xml")):
            return {}
        # openpyxl takes the wish for granted where it is not there
        again = any(_AGAIN.search(archive.read(name)) for name in parts if "book." in name)
    return _states(content, again)


def _states(content: bytes, again: bool) -> dict[str, SheetState]:
    import openpyxl

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of charts and extensions that it does not know
        book = openpyxl.load_workbook(io.BytesIO(content), rich_text=True, keep_links=False)
        states = {sheet.title: _state(sheet) for sheet in book.worksheets}
        formulas = {
            sheet.title: [
                (cell.row, cell.column)
                for row in sheet.iter_rows()
                for cell in row
                if cell.data_type == "f"
            ]
            for sheet in book.worksheets
        }
        if any(formulas.values()):
            computed = openpyxl.load_workbook(io.BytesIO(content), data_only=True, keep_links=False)
            for name, places in formulas.items():
                for place in places:
                    _judge(computed[name].cell(*place), states[name], again)
    return states


def _state(sheet: Any) -> SheetState:
    state = SheetState(
        hidden=sheet.sheet_state != "visible",
        filtered=bool(sheet.sheet_properties.filterMode)
        or bool(sheet.auto_filter and sheet.auto_filter.filterColumn),
        merged=[
            (span.min_row, span.min_col, span.max_row, span.max_col)
            for span in sheet.merged_cells.ranges
        ],
        hides_zeros=sheet.sheet_view is not None and sheet.sheet_view.showZeros is False,
    )
    state.hidden_rows = {
        number for number, row in sheet.row_dimensions.items() if row.hidden or row.height == 0
    }
    if sheet.sheet_format.zeroHeight:  # every row that says nothing else is hidden
        state.hidden_rows |= set(range(1, sheet.max_row + 1)) - set(sheet.row_dimensions)
    for column in sheet.column_dimensions.values():
        if column.hidden or column.width == 0:
            state.hidden_columns.update(range(column.min or 0, (column.max or 0) + 1))
    for row in sheet.iter_rows():
        for cell in row:
            if cell.value is not None:
                _look_at(cell, state)
    return state


def _look_at(cell: Any, state: SheetState) -> None:
    place = cell.row, cell.column
    if cell.data_type == "e":
        state.texts[place] = str(cell.value)
    elif not isinstance(cell.value, str | list):
        if cell.is_date:
            if not names_year(cell.number_format):
                state.formats[place] = cell.number_format
        elif not is_plain(cell.number_format):
            state.formats[place] = cell.number_format
    elif isinstance(cell.value, list):  # rich text
        kept = "".join(part if isinstance(part, str) else _level(part) for part in cell.value)
        if kept.strip() and kept != "".join(str(part) for part in cell.value):
            state.plain[place] = kept


def _level(block: Any) -> str:
    """The text of a part that stands on the line, "" of a raised or lowered one."""
    return "" if block.font.vertAlign in ("superscript", "subscript") else block.text


def _judge(cell: Any, state: SheetState, again: bool) -> None:
    """Whether the stored result of a formula can be true.

    A program that computes nothing stores no result, or 0 or "" and the wish that the whole
    workbook be computed on opening (``again``); Excel itself never leaves that wish behind.
    """
    place = cell.row, cell.column
    if cell.data_type == "e":
        state.texts[place] = str(cell.value)
    elif cell.value is None or cell.value == "":
        if again or cell.data_type not in ("s", "str", "inlineStr"):
            state.texts[place] = NOT_COMPUTED
    elif again:
        if cell.value == 0 and not isinstance(cell.value, bool):
            state.texts[place] = NOT_COMPUTED
        else:
            state.outdated += 1
    if not isinstance(cell.value, str) and not (cell.is_date or is_plain(cell.number_format)):
        state.formats[place] = cell.number_format
