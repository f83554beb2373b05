"""Read one raw table of any kind into a grid."""

from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from spm.config.tables import Tabelle
from spm.errors import SpmError, nearest
from spm.rawfiles import csvfiles, databases, excel, jsonfiles
from spm.rawfiles.grid import Grid, empty
from spm.system import files
from spm.system.names import is_left_by_programs

if TYPE_CHECKING:
    from spm.config.params import Params


def read_table(table: Tabelle, params: "Params") -> Grid:
    """Read one raw table.

    Parameters
    ----------
    table : where and how to read.
    params : the params object; ``params.raw_file(name)`` resolves a file name.

    Raises
    ------
    SpmError
        If the source cannot be read at all, or has no data rows.
    """
    if table.url_variable:
        return replace(databases.read_database(table), decimal=table.dezimal)
    assert table.datei and table.source_format  # `Tabelle` asks for them
    path = params.raw_file(table.datei)
    if path.is_dir():
        raise SpmError(
            f"«{table.datei}» ist ein Ordner, keine Datei.",
            tun="In der Params-Datei unter datei den Namen der Datei darin nennen.",
        )
    if not path.is_file():
        raise _missing(params.original(path), table.datei)
    return read_existing(table, path)


def read_existing(table: Tabelle, path: Path) -> Grid:
    """Read one raw table from a file that exists; its errors: `read_table`."""
    assert table.source_format  # `Tabelle` asks for it
    read = {
        "csv": csvfiles.read_csv,
        "excel": excel.read_excel,
        "json": jsonfiles.read_json,
        "parquet": databases.read_parquet,
        "sql": databases.read_database,
    }[table.source_format]
    try:
        if path.stat().st_size == 0:
            raise empty("Die Datei ist leer.")
        return replace(read(table, path), decimal=table.dezimal)
    except PermissionError as error:
        raise files.unreadable(path) from error
    except OSError as error:
        raise SpmError(
            f"Die Datei lässt sich nicht öffnen ({type(error).__name__}).",
            tun="Ist sie in einem anderen Programm geöffnet, oder fehlen Leserechte?",
        ) from error


def _missing(path: Path, name: str) -> SpmError:
    there = sorted(p.name for p in path.parent.iterdir()) if path.parent.is_dir() else []
    there = [known for known in there if not is_left_by_programs(known)]
    hint = nearest(path.name, there) if there else " Der Ordner ist leer oder fehlt."
    return SpmError(
        f"Die Datei «{name}» fehlt.{hint}",
        tun="Die Datei in den Datenordner legen oder den Namen in der Params-Datei berichtigen.",
    )
