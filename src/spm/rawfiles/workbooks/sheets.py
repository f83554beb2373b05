"""The sheets of a workbook as calamine and openpyxl read them; runs in `spm.foreign.helper`."""

from __future__ import annotations

import io
import re
import zipfile
from dataclasses import dataclass, field
from typing import Any

from spm.errors import SpmError

UNPACKED = 500_000_000
"""Bytes of all parts of a workbook together."""

DAMAGED = "damaged"
PASSWORD = "password"

_DEFINITIONS = re.compile(rb"<\0?!\0?(?:D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")
_HEAD = 4096
"""Bytes of a part in which its definitions would begin."""


@dataclass
class Sheet:
    """One sheet, and which others there are.

    Parameters
    ----------
    sheets, shown : names of all sheets, and of those that are not hidden.
    name : of this one; "" if the wanted one does not exist.
    rows : its cells, from the very first row and column.
    problem : `DAMAGED` or `PASSWORD`, else "".
    """

    sheets: list[str] = field(default_factory=list)
    shown: list[str] = field(default_factory=list)
    name: str = ""
    rows: list[list[Any]] = field(default_factory=list)
    problem: str = ""


def values(content: bytes, wanted: str | None) -> Sheet:
    """One sheet with the values its cells show; formulas give their stored result.

    Raises
    ------
    SpmError
        Parts that are far larger than the file, or that define something of their own (DTD).
    """
    import python_calamine as calamine

    check_parts(content)
    try:
        with calamine.CalamineWorkbook.from_filelike(io.BytesIO(content)) as workbook:
            visible = calamine.SheetVisibleEnum.Visible
            found = Sheet(
                list(workbook.sheet_names),
                [s.name for s in workbook.sheets_metadata if s.visible == visible],
            )
            found.name = chosen(wanted, found.sheets, found.shown)
            if found.name:
                # Leading blank rows and columns stay, so that row numbers are those of Excel
                sheet = workbook.get_sheet_by_name(found.name)
                found.rows = sheet.to_python(skip_empty_area=False)
            return found
    except calamine.PasswordError:
        return Sheet(problem=PASSWORD)
    except calamine.CalamineError:
        return Sheet(problem=DAMAGED)


def chosen(wanted: str | None, sheets: list[str], shown: list[str]) -> str:
    """The sheet to read: the named one, or the first that a person sees; "" if there is none."""
    if wanted is not None:
        return wanted if wanted in sheets else ""
    return (shown or sheets or [""])[0]


def states(content: bytes) -> Any:
    """What `spm.rawfiles.workbooks.inspecting.inspected` finds."""
    from spm.rawfiles.workbooks.inspecting import inspected

    return inspected(content)


def check_parts(content: bytes) -> None:
    """Refuse a packed file that would unpack to gigabytes, or whose XML defines entities."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = archive.infolist()
            if sum(part.file_size for part in parts) > UNPACKED:
                raise SpmError(
                    "Die Mappe ist entpackt größer als "
                    f"{UNPACKED // 1_000_000} MB; so groß ist keine Tabelle.",
                    tun=_SAVE,
                )
            for part in parts:
                if part.filename.lower().endswith((".xml", ".rels", ".vml")):
                    with archive.open(part) as file:
                        if _DEFINITIONS.search(file.read(_HEAD)):
                            raise SpmError(
                                f"Die Mappe enthält eigene Definitionen (DOCTYPE, in "
                                f"{part.filename}).",
                                tun=_SAVE,
                            )
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError, RuntimeError, EOFError):
        return  # an .xls, or damaged: its reader says so


_SAVE = (
    "Die Datei in Excel oder LibreOffice öffnen, nur die Tabelle in eine neue Mappe kopieren und "
    "als .xlsx speichern."
)


def farthest(content: bytes) -> tuple[str, str]:
    """Sheet and name of the cell that makes a sheet of an .xlsx the largest; empty if unknown."""
    found: list[tuple[int, str, str]] = []
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name, part in _parts(archive).items():
            rows, columns = 0, b""
            with archive.open(part) as file:
                while piece := file.read(10_000_000):
                    piece += file.read(100)  # a cell's name is not cut in two
                    for letters, number in re.findall(rb'\br="([A-Z]{1,3})(\d{1,7})"', piece):
                        rows = max(rows, int(number))
                        columns = max(columns, letters, key=lambda c: (len(c), c))
            found.append((rows * _number(columns), name, f"{columns.decode()}{rows}"))
    _, name, cell = max(found, default=(0, "", ""))
    return name, cell


def _parts(archive: zipfile.ZipFile) -> dict[str, str]:
    """The part of every sheet, by name."""
    from defusedxml import ElementTree

    book = ElementTree.fromstring(archive.read("xl/workbook.xml"))
    links = ElementTree.fromstring(archive.read("xl/_rels/workbook.xml.rels"))
    targets = {link.get("Id"): str(link.get("Target")).split("xl/")[-1] for link in links}
    found = {}
    for sheet in book.iter():
        if sheet.tag.endswith("}sheet"):
            key = next((v for k, v in sheet.attrib.items() if k.endswith("}id")), "")
            part = f"xl/{targets.get(key, '').lstrip('/')}"
            if part in archive.namelist():
                found[str(sheet.get("name"))] = part
    return found


def _number(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = 26 * number + letter - ord("A") + 1
    return number
