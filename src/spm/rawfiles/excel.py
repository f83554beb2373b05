"""Excel and LibreOffice workbooks."""

import functools
from dataclasses import replace
from pathlib import Path

from spm.config.tables import Tabelle
from spm.errors import SpmError, nearest
from spm.foreign import door, helper
from spm.rawfiles.grid import Grid, Remark, cut
from spm.rawfiles.workbooks.inspecting import unknown
from spm.rawfiles.workbooks.onto import onto_cells, onto_grid
from spm.rawfiles.workbooks.sheets import PASSWORD, Sheet
from spm.rawfiles.workbooks.state import Place, SheetState

_SHEETS = "spm.rawfiles.workbooks.sheets"

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""First bytes of a genuine .xls and of every encrypted workbook."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream that holds an encrypted workbook inside an OLE file."""


def read_excel(table: Tabelle, path: Path) -> Grid:
    """Read one sheet with the values its cells show; formulas give their stored result.

    Raises
    ------
    SpmError
        For a password, a damaged file, a sheet that does not exist, or one that cannot be read
        with a gigabyte of memory in some seconds.
    """
    content = door.content(path)
    found = read_sheet(content, table.blatt)
    name, rows = _sheet(table, found), found.rows
    states = _states(content)
    state = unknown(states) if isinstance(states, str) else states.get(name, SheetState())
    told = onto_cells(state, rows)
    grid = cut(rows, table, sheet=name)
    onto_grid(state, grid, rows, _counts(table, grid), table.kopfzeilen)
    grid.remarks += _by_column(told, grid)
    return grid


def read_sheet(content: bytes, name: str | None) -> Sheet:
    """One sheet of a workbook; of None the first that a person sees. Its errors: `read_excel`."""
    if content.startswith(_OLE) and _ENCRYPTED in content:
        raise _password()
    try:
        found: Sheet = helper.call(f"{_SHEETS}:values", content, name, size=len(content))
    except helper.GaveUp as error:
        raise _gave_up(content, error.why) from None
    if found.problem == PASSWORD:
        raise _password()
    if found.problem:
        raise SpmError(
            "Die Datei ist keine lesbare Excel-Datei: beschädigt, oder eine andere Datei mit "
            "der Endung einer Excel-Datei.",
            tun="Die Datei in Excel öffnen und als .xlsx neu speichern, oder neu anfordern.",
        )
    return found


@functools.lru_cache(maxsize=4)  # the tables of a delivery are often sheets of one workbook
def _states(content: bytes) -> dict[str, SheetState] | str:
    """By sheet, or why nothing can be found out."""
    found: dict[str, SheetState] | str
    try:
        found = helper.call(f"{_SHEETS}:states", content, size=len(content))
    except helper.GaveUp:
        found = "an dieser Datei (zu groß)"
    return found


def _gave_up(content: bytes, why: str) -> SpmError:
    """What most probably is the reason: one cell far away from all others."""
    try:
        name, cell = helper.call(f"{_SHEETS}:farthest", content, seconds=2)
    except (helper.GaveUp, SpmError):
        name = cell = ""
    if not cell:
        return SpmError(f"Die Arbeitsmappe {why}.", tun=f"{_COPY} und als .xlsx speichern.")
    return SpmError(
        f"Die Arbeitsmappe {why}: das Blatt «{name}» reicht bis zur Zelle {cell}.",
        tun=f"Auf dem Blatt «{name}» mit Strg+Ende zur letzten Zelle gehen und löschen, was weit "
        f"außerhalb der Tabelle steht; oder {_COPY[0].lower()}{_COPY[1:]}.",
    )


_COPY = "Nur die Tabelle in eine neue Mappe kopieren"


def _counts(table: Tabelle, grid: Grid) -> set[str] | None:
    """The headers of columns with counts; None for a table without a mapping."""
    if not table.spalten and not table.entpivotieren:
        return None
    wanted = [*table.entpivotieren, table.spalten.get("anzahl", "")]
    return {name for name in map(grid.find, wanted) if name is not None}


def _by_column(told: list[tuple[Place, Remark]], grid: Grid) -> list[Remark]:
    """One remark of a kind for every column."""
    rows: dict[tuple[str, str], list[int]] = {}
    kinds: dict[tuple[str, str], Remark] = {}
    for (row, column), remark in told:
        if column <= len(grid.header):
            header = grid.header[column - 1]
            key = header, remark.tun
            rows.setdefault(key, []).append(row)
            kinds.setdefault(key, replace(remark, column=header))
    return [replace(kinds[key], rows=tuple(sorted(found))) for key, found in rows.items()]


def _password() -> SpmError:
    return SpmError(
        "Die Excel-Datei ist mit einem Passwort geschützt.",
        tun="Die Datei in Excel ohne Passwort speichern (Datei > Informationen > Arbeitsmappe "
        "schützen) oder neu anfordern.",
    )


def _sheet(table: Tabelle, found: Sheet) -> str:
    """The name of the sheet that was read."""
    if found.name:
        return found.name
    if not found.sheets:
        raise SpmError("Die Arbeitsmappe hat kein Tabellenblatt.", tun="Die Datei neu anfordern.")
    raise SpmError(
        f"Das Blatt «{table.blatt}» gibt es nicht. Vorhanden sind: {', '.join(found.sheets)}."
        + _meant(str(table.blatt), found.sheets),
        tun="blatt in der Params-Datei berichtigen.",
    )


def _meant(name: str, sheets: list[str]) -> str:
    """The near match alone: all sheets are listed anyway."""
    hint = nearest(name, sheets)
    return hint if hint.startswith(" Gemeint") else ""
