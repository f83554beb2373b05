"""Excel and LibreOffice workbooks."""

from dataclasses import replace
from pathlib import Path

from spm.config.tables import Tabelle
from spm.errors import SpmError, nearest
from spm.rawfiles.grid import Grid, Remark, cut
from spm.rawfiles.workbooks.inspecting import sheet_state
from spm.rawfiles.workbooks.onto import onto_cells, onto_grid
from spm.rawfiles.workbooks.state import Place

_OLE = bytes.fromhex("D0CF11E0A1B11AE1")
"""First bytes of a genuine .xls and of every encrypted workbook."""

_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
"""Name of the stream that holds an encrypted workbook inside an OLE file."""


def read_excel(table: Tabelle, path: Path) -> Grid:
    """Read one sheet with the values its cells show; formulas give their stored result.

    Raises
    ------
    SpmError
        For a password, a damaged file, or a sheet that does not exist.
    """
    import python_calamine as calamine

    if _is_encrypted(path):
        raise _password()
    try:
        with calamine.CalamineWorkbook.from_path(path) as workbook:
            visible = calamine.SheetVisibleEnum.Visible
            shown = [s.name for s in workbook.sheets_metadata if s.visible == visible]
            name = _sheet(table, workbook.sheet_names, shown)
            # Leading blank rows and columns stay, so that row numbers are those of Excel
            rows = workbook.get_sheet_by_name(name).to_python(skip_empty_area=False)
    except calamine.PasswordError as error:
        raise _password() from error
    except calamine.CalamineError as error:
        raise SpmError(
            "Die Datei ist keine lesbare Excel-Datei: beschädigt, oder eine andere Datei mit "
            "der Endung einer Excel-Datei.",
            tun="Die Datei in Excel öffnen und als .xlsx neu speichern, oder neu anfordern.",
        ) from error
    state = sheet_state(path, name)
    told = onto_cells(state, rows)
    grid = cut(rows, table, sheet=name)
    onto_grid(state, grid, rows, _counts(table, grid), table.kopfzeilen)
    grid.remarks += _by_column(told, grid)
    return grid


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


def _is_encrypted(path: Path) -> bool:
    with path.open("rb") as file:
        return file.read(len(_OLE)) == _OLE and _ENCRYPTED in file.read()


def _password() -> SpmError:
    return SpmError(
        "Die Excel-Datei ist mit einem Passwort geschützt.",
        tun="Die Datei in Excel ohne Passwort speichern (Datei > Informationen > Arbeitsmappe "
        "schützen) oder neu anfordern.",
    )


def _sheet(table: Tabelle, sheets: list[str], shown: list[str]) -> str:
    """The sheet to read: the named one, or the first that a person sees."""
    if not sheets:
        raise SpmError("Die Arbeitsmappe hat kein Tabellenblatt.", tun="Die Datei neu anfordern.")
    if table.blatt is None:
        return (shown or sheets)[0]
    if table.blatt not in sheets:
        raise SpmError(
            f"Das Blatt «{table.blatt}» gibt es nicht. Vorhanden sind: {', '.join(sheets)}."
            + _meant(table.blatt, sheets),
            tun="blatt in der Params-Datei berichtigen.",
        )
    return table.blatt


def _meant(name: str, sheets: list[str]) -> str:
    """The near match alone: all sheets are listed anyway."""
    hint = nearest(name, sheets)
    return hint if hint.startswith(" Gemeint") else ""
