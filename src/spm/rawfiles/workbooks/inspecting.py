"""The state of one sheet of a workbook of any format."""

import functools
import zipfile
from pathlib import Path

from spm.rawfiles.workbooks.state import SheetState

_UNKNOWN = (
    "Ob die Mappe Fehlerzellen, Formeln ohne Ergebnis, verbundene oder ausgeblendete Zellen hat, "
    "lässt sich {why} nicht feststellen."
)


def sheet_state(path: Path, sheet: str) -> SheetState:
    """What is special about a sheet; never an error: what cannot be found out is said."""
    about = path.stat()
    found = _states(path, about.st_mtime_ns, about.st_size)
    if isinstance(found, str):
        return SheetState(unknown=_UNKNOWN.format(why=found))
    return found.get(sheet, SheetState())


@functools.lru_cache(maxsize=4)  # the tables of a delivery are often sheets of one workbook
def _states(path: Path, modified: int, size: int) -> dict[str, SheetState] | str:
    """By sheet, or why nothing can be found out."""
    try:
        if not zipfile.is_zipfile(path):
            from spm.rawfiles.workbooks import xls

            return xls.inspect(path)
        with zipfile.ZipFile(path) as archive:
            parts = set(archive.namelist())
        if "xl/workbook.bin" in parts:
            return "im Format .xlsb"
        if "content.xml" in parts:
            from spm.rawfiles.workbooks import ods

            return ods.inspect(path)
        from spm.rawfiles.workbooks import xlsx

        return xlsx.inspect(path)
    except Exception as error:
        return f"an dieser Datei ({type(error).__name__})"
