"""The state of the sheets of an .ods: read from its XML, which may not name entities."""

import io
import zipfile
from collections.abc import Iterator
from typing import Any

from spm.rawfiles.workbooks.state import NOT_COMPUTED, SheetState

_BASE = "urn:oasis:names:tc:opendocument:xmlns:"
_TABLE, _OFFICE, _TEXT = (f"{{{_BASE}{n}:1.0}}" for n in ("table", "office", "text"))
_STYLE, _NUMBER = (f"{{{_BASE}{n}:1.0}}" for n in ("style", "datastyle"))
_FO_POSITION = f"{_STYLE}text-position"
_CALCEXT = "{urn:org:documentfoundation:names:experimental:calc:xmlns:calcext:1.0}"

MOST_REPEATED = 20_000
"""A longer run of equal rows or columns is the empty rest of the sheet."""


def inspect(content: bytes) -> dict[str, SheetState]:
    """The state of every sheet, by name.

    Raises
    ------
    defusedxml.DefusedXmlException, xml.etree.ElementTree.ParseError
        The XML is broken, or names entities.
    """
    from defusedxml import ElementTree

    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        styles: dict[str, Any] = {}
        for part in ("styles.xml", "content.xml"):
            if part in archive.namelist():
                root = ElementTree.fromstring(archive.read(part))
                for element in root.iter():
                    name = element.get(f"{_STYLE}name")
                    if name and element.tag.startswith((_STYLE, _NUMBER)):
                        styles[name] = element
    return {
        table.get(f"{_TABLE}name", ""): _state(table, styles)
        for table in root.iter(f"{_TABLE}table")
    }


def _state(table: Any, styles: dict[str, Any]) -> SheetState:
    properties = styles.get(table.get(f"{_TABLE}style-name", ""))
    state = SheetState(hidden=any(e.get(f"{_TABLE}display") == "false" for e in _below(properties)))
    defaults: list[str] = []  # of the columns, for cells without a style
    column = 0
    for element, shown in _pieces(table, "table-column"):
        times = _times(element, "columns")
        if not shown or element.get(f"{_TABLE}visibility") in ("collapse", "filter"):
            state.hidden_columns.update(range(column + 1, column + 1 + times))
        defaults += [element.get(f"{_TABLE}default-cell-style-name", "")] * times
        column += times
    row = 0
    for element, shown in _pieces(table, "table-row"):
        times = _times(element, "rows")
        visibility = element.get(f"{_TABLE}visibility")
        if not shown or visibility in ("collapse", "filter"):
            state.hidden_rows.update(range(row + 1, row + 1 + times))
        state.filtered |= visibility == "filter"
        _cells(element, range(row + 1, row + 1 + times), state, styles, defaults)
        row += times
    return state


def _below(element: Any) -> Iterator[Any]:
    return iter(()) if element is None else element.iter()


def _pieces(element: Any, kind: str, shown: bool = True) -> Iterator[tuple[Any, bool]]:
    """Rows or columns in their order, also inside groups; a group may be folded up."""
    for child in element:
        if child.tag == _TABLE + kind:
            yield child, shown
        elif child.tag.startswith(f"{_TABLE}{kind}-group") or child.tag in (
            f"{_TABLE}table-header-{kind.removeprefix('table-')}s",
            f"{_TABLE}{kind}s",
        ):
            yield from _pieces(child, kind, shown and child.get(f"{_TABLE}display") != "false")


def _times(element: Any, of: str) -> int:
    return min(int(element.get(f"{_TABLE}number-{of}-repeated", 1)), MOST_REPEATED)


def _cells(
    row: Any, numbers: range, state: SheetState, styles: dict[str, Any], defaults: list[str]
) -> None:
    column = 0
    for cell in row:
        if cell.tag not in (f"{_TABLE}table-cell", f"{_TABLE}covered-table-cell"):
            continue
        times = _times(cell, "columns")
        down, right = (int(cell.get(f"{_TABLE}number-{x}-spanned", 1)) for x in ("rows", "columns"))
        if (down, right) != (1, 1):
            top, left = numbers[0], column + 1
            state.merged.append((top, left, top + down - 1, left + right - 1))
        if len(cell) or cell.get(f"{_OFFICE}value-type") or cell.get(f"{_TABLE}formula"):
            style = cell.get(f"{_TABLE}style-name") or "".join(defaults[column : column + 1])
            for number in numbers:
                for at in range(column + 1, column + 1 + times):
                    _look_at(cell, (number, at), state, styles, style)
        column += times


def _look_at(
    cell: Any, place: tuple[int, int], state: SheetState, styles: dict[str, Any], style: str
) -> None:
    shown = "\n".join(_text(p, styles, raised=True) for p in cell if p.tag == f"{_TEXT}p")
    kind = cell.get(f"{_OFFICE}value-type")
    if cell.get(f"{_CALCEXT}value-type") == "error" or _is_error(cell, shown):
        state.texts[place] = shown or "#FEHLER"
    elif cell.get(f"{_TABLE}formula") and kind is None:
        state.texts[place] = NOT_COMPUTED
    elif kind == "percentage":
        state.formats[place] = "0%"
    elif kind == "date" and not _names_year(style, styles):
        state.formats[place] = "mmmm"
    elif kind == "float" and not any(c.isdigit() for c in shown) and len(cell):
        state.formats[place] = f'"{shown}"'  # a text, or nothing, in place of the number
    elif kind == "string":
        kept = "\n".join(_text(p, styles, raised=False) for p in cell if p.tag == f"{_TEXT}p")
        if kept.strip() and kept != shown:
            state.plain[place] = kept


def _is_error(cell: Any, shown: str) -> bool:
    return bool(cell.get(f"{_TABLE}formula")) and shown.startswith(("#", "Err:", "Fehler:"))


def _text(element: Any, styles: dict[str, Any], raised: bool) -> str:
    """The text of a paragraph, with or without raised and lowered characters."""
    text = element.text or ""
    for child in element:
        position = [
            e.get(_FO_POSITION, "") for e in _below(styles.get(child.get(f"{_TEXT}style-name", "")))
        ]
        off_line = any(p and not p.startswith("0") for p in position)
        if child.tag == f"{_TEXT}s":
            text += " " * int(child.get(f"{_TEXT}c", 1))
        elif raised or not off_line:
            text += _text(child, styles, raised)
        text += child.tail or ""
    return text


def _names_year(style: str, styles: dict[str, Any]) -> bool:
    """Whether the dates of a style show their year; without a format of its own they do."""
    while style and style in styles:
        data = styles[style].get(f"{_STYLE}data-style-name")
        if data:
            parts = [e.tag for e in _below(styles.get(data))]
            return f"{_NUMBER}year" in parts or f"{_NUMBER}month" not in parts
        style = styles[style].get(f"{_STYLE}parent-style-name", "")
    return True
