"""Tables that analysts make themselves, as Excel saves them: CSV or a workbook, no mapping."""

from __future__ import annotations

from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING

from spm.config.rawformats import FORMAT_OF_SUFFIX
from spm.config.tables import Tabelle
from spm.errors import SpmError
from spm.foreign import door
from spm.rawfiles.reading import read_table

if TYPE_CHECKING:
    from spm.config.params import Params
    from spm.rawfiles.grid import Grid

FORMATS = ("csv", "excel")


def read_own_table(params: Params, name: str, what: str, key: str) -> Grid:
    """Read a file of the data folder.

    Parameters
    ----------
    what : the table in messages, with its article ("Die Umschlüsselung").
    key : of the params file that names it.

    Raises
    ------
    SpmError
        Neither CSV nor Excel, missing or unreadable.
    """
    if FORMAT_OF_SUFFIX.get(PurePosixPath(name).suffix.lower()) not in FORMATS:
        raise SpmError(
            f"{what} «{name}» ist weder eine CSV- noch eine Excel-Datei.",
            wo=f"{params.path}, {key}",
            tun="Bitte die Tabelle als .csv oder .xlsx speichern.",
        )
    path = params.raw_file(name)
    try:
        return read_table(Tabelle(datei=name, zeichensatz=_encoding(path)), params)
    except SpmError as error:
        raise SpmError(error.was, wo=error.wo or str(path), tun=error.tun) from None


def _encoding(path: Path) -> str:
    """What Excel saves as "CSV UTF-8", or what it saves as "CSV"."""
    try:
        door.content(path).decode("utf-8")
    except UnicodeDecodeError:
        return "cp1252"
    except OSError:
        pass  # read_table says what is wrong
    return "utf-8-sig"
