"""Cells of a workbook that show no value: errors, and formulas that were never computed.

The reader of workbooks returns both as empty cells, and an empty cell means "not delivered".
"""

import html
import re
import zipfile
from pathlib import Path, PurePosixPath
from xml.etree import ElementTree

NOT_COMPUTED = "(Formel ohne Ergebnis)"
"""Stands for a formula that some program wrote without its result."""

_CELL = re.compile(rb"<(?:\w+:)?c\s([^>]*[^>/])>(.*?)</(?:\w+:)?c>", re.DOTALL)
_VALUE = re.compile(rb"<(?:\w+:)?v(?:\s[^>]*)?>([^<]+)<")
_FORMULA = re.compile(rb"<(?:\w+:)?f[\s>/]")
_PLACE = re.compile(rb"\br=\"([A-Z]+)(\d+)\"")
_TYPE = re.compile(rb"\bt=\"(\w+)\"")


def unreadable_cells(path: Path, sheet: str) -> dict[tuple[int, int], str]:
    """Find the cells of one sheet that show an error or a formula without a result.

    Parameters
    ----------
    path : an .xlsx or .xlsm file; other workbooks have no such cells that could be found.
    sheet : name of an existing sheet.

    Returns
    -------
    dict
        Row and column, both from 1 -> the error as the file holds it ("#DIV/0!", "#N/A") or
        ``NOT_COMPUTED``.
    """
    try:
        with zipfile.ZipFile(path) as archive:
            content = archive.read(_part_of(sheet, archive))
    except (zipfile.BadZipFile, KeyError, ElementTree.ParseError):
        return {}
    if b't="e"' not in content and not _FORMULA.search(content):
        return {}
    found = {}
    for attributes, inside in _CELL.findall(content):
        place, kind = _PLACE.search(attributes), _TYPE.search(attributes)
        text = _shown(inside, kind[1] if kind else b"n")
        if place and text:
            found[int(place[2]), _column(place[1])] = text
    return found


def _shown(inside: bytes, kind: bytes) -> str:
    """What to show for a cell that has no value, "" for any other cell."""
    value = _VALUE.search(inside)
    if kind == b"e":
        return html.unescape(value[1].decode()) if value else "#FEHLER"
    computed = value is not None or kind in (b"str", b"inlineStr")  # a text may be empty
    return "" if computed or not _FORMULA.search(inside) else NOT_COMPUTED


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - ord("A") + 1
    return number


def _part_of(sheet: str, archive: zipfile.ZipFile) -> str:
    """The name of the file inside the workbook that holds a sheet; KeyError if there is none."""
    workbook = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    relations = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {element.get("Id"): element.get("Target", "") for element in relations}
    for element in workbook.iter():
        if element.tag.endswith("}sheet") and element.get("name") == sheet:
            key = next(v for name, v in element.attrib.items() if name.endswith("}id"))
            return str(PurePosixPath("/xl", targets[key])).lstrip("/")
    raise KeyError(sheet)
