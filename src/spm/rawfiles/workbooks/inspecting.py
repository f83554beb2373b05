"""The state of one sheet of a workbook of any format."""

import io
import zipfile

from spm.rawfiles.workbooks.state import SheetState

_UNKNOWN = (
    "Ob die Mappe Fehlerzellen, Formeln ohne Ergebnis, verbundene oder ausgeblendete Zellen hat, "
    "lässt sich {why} nicht feststellen."
)


def unknown(why: str) -> SheetState:
    """The state of a sheet of which nothing can be found out."""
    return SheetState(unknown=_UNKNOWN.format(why=why))


def inspected(content: bytes) -> dict[str, SheetState] | str:
    """The state of every sheet, by name; or why nothing can be found out, never an error."""
    try:
        if not zipfile.is_zipfile(io.BytesIO(content)):
            from spm.rawfiles.workbooks import xls

            return xls.inspect(content)
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = set(archive.namelist())
        if "xl/workbook.bin" in parts:
            return "im Format .xlsb"
        if "content.xml" in parts:
            from spm.rawfiles.workbooks import ods

            return ods.inspect(content)
        from spm.rawfiles.workbooks import xlsx

        return xlsx.inspect(content)
    except Exception as error:
        return f"an dieser Datei ({type(error).__name__})"
