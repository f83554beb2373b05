"""The state of the sheets of an .xls, as xlrd reads it."""

import io
import struct
from typing import Any

from spm.rawfiles.workbooks.formats import is_plain, names_year
from spm.rawfiles.workbooks.state import NOT_COMPUTED, SheetState

_FORMULA, _FILTERMODE, _EOF, _BOF = 0x0006, 0x009B, 0x000A, 0x0809
_NO_RESULT = bytes([3, 0, 0, 0, 0, 0, 0xFF, 0xFF])
"""A formula's result as a program leaves it that computes nothing: an empty text."""

_ON_LOAD = 0x0002
"""Option of a formula: compute it when the file is opened."""


def inspect(content: bytes) -> dict[str, SheetState]:
    """The state of every sheet, by name."""
    import xlrd

    silence = io.StringIO()  # its remarks on the file are for programmers
    # on_demand keeps the records, which `_formulas` reads again
    with xlrd.open_workbook(
        file_contents=content, formatting_info=True, logfile=silence, on_demand=True
    ) as book:
        return {name: _state(book, book.sheet_by_name(name)) for name in book.sheet_names()}


def _state(book: Any, sheet: Any) -> SheetState:
    import xlrd

    state = SheetState(
        hidden=sheet.visibility != 0,
        hidden_rows={
            row + 1 for row, info in sheet.rowinfo_map.items() if info.hidden or info.height == 0
        },
        hidden_columns={
            column + 1
            for column, info in sheet.colinfo_map.items()
            if info.hidden or not info.width
        },
        merged=[
            (top + 1, left + 1, bottom, right) for top, bottom, left, right in sheet.merged_cells
        ],
        hides_zeros=not sheet.show_zero_values,
    )
    for row in range(sheet.nrows):
        for column, kind in enumerate(sheet.row_types(row)):
            place = row + 1, column + 1
            if kind == xlrd.XL_CELL_ERROR:
                code = sheet.cell_value(row, column)
                state.texts[place] = xlrd.error_text_from_code.get(code, "#FEHLER")
            elif kind in (xlrd.XL_CELL_NUMBER, xlrd.XL_CELL_DATE):
                pattern = _pattern(book, sheet, row, column)
                plain = names_year(pattern) if kind == xlrd.XL_CELL_DATE else is_plain(pattern)
                if not plain:
                    state.formats[place] = pattern
    for (row, column), runs in sheet.rich_text_runlist_map.items():
        text = sheet.cell_value(row, column)
        kept = _level(book, text, runs)
        if kept.strip() and kept != text:
            state.plain[row + 1, column + 1] = kept
    _formulas(book, sheet, state)
    return state


def _pattern(book: Any, sheet: Any, row: int, column: int) -> str:
    found = book.format_map.get(book.xf_list[sheet.cell_xf_index(row, column)].format_key)
    return found.format_str if found else "General"


def _level(book: Any, text: str, runs: list[tuple[int, int]]) -> str:
    """The characters on the line; a run is where a font begins."""
    kept = text[: runs[0][0]]
    ends = [start for start, _ in runs[1:]] + [len(text)]
    for (start, font), end in zip(runs, ends, strict=True):
        if not book.font_list[font].escapement:
            kept += text[start:end]
    return kept


def _formulas(book: Any, sheet: Any, state: SheetState) -> None:
    """Formulas without a result, and an active filter: xlrd tells neither, the records do."""
    data, at = book.mem, book._sh_abs_posn[sheet.number]
    depth = 0  # a chart inside the sheet is a stream of its own
    while at + 4 <= len(data):
        kind, size = struct.unpack_from("<HH", data, at)
        body = bytes(data[at + 4 : at + 4 + size])
        at += 4 + size
        if kind == _BOF:
            depth += 1
        elif kind == _EOF:
            depth -= 1
            if depth == 0:
                return
        elif kind == _FILTERMODE:
            state.filtered = True
        elif kind == _FORMULA and size >= 16:
            row, column = struct.unpack_from("<HH", body)
            result, (options,) = body[6:14], struct.unpack_from("<H", body, 14)
            if result == _NO_RESULT or (not any(result) and options & _ON_LOAD):
                state.texts[row + 1, column + 1] = NOT_COMPUTED
