"""A GeoPackage is a database, and may hold programs: what is in it is looked at first."""

from __future__ import annotations

import sqlite3
import time
from pathlib import Path

from spm.errors import SpmError

SECONDS = 8
"""So long the tables may be looked at."""

_MAGIC = b"SQLite format 3\0"
_VERSIONS = slice(18, 20)
"""Of the header: 2 while QGIS has the file open, or after it crashed; the changes lie beside it."""

_SAVE = "Bitte als GeoPackage oder GeoJSON neu ausgeben lassen."


def in_memory(content: bytes) -> bytes:
    """The file marked as closed; it cannot be opened in memory otherwise."""
    if content[_VERSIONS] != b"\x02\x02":
        return content
    return content[: _VERSIONS.start] + b"\x01\x01" + content[_VERSIONS.stop :]


def spatial_tables(content: bytes, path: Path) -> list[str]:
    """Names of the layers with geometry, in the order of the file.

    Parameters
    ----------
    content : as `in_memory` returns it.
    path : where it came from.

    Raises
    ------
    SpmError
        No GeoPackage, or a damaged one; changes that lie in another file; a layer that is a view, a
        column that is computed, a table that lies elsewhere: each is a program of the sender.
    """
    if not content.startswith(_MAGIC):
        raise _unreadable()
    beside = path.with_name(f"{path.name}-wal")
    if beside.exists() and beside.stat().st_size:
        raise SpmError(
            "Das GeoPackage ist noch in einem anderen Programm geöffnet; seine letzten Änderungen "
            f"stehen in «{beside.name}».",
            tun="Bitte das Projekt in QGIS schließen und die Datei noch einmal kopieren.",
        )
    connection = sqlite3.connect(":memory:")
    try:
        connection.deserialize(content)
        return _looked_at(connection)
    except sqlite3.Error:
        raise _unreadable() from None
    finally:
        connection.close()


def _looked_at(connection: sqlite3.Connection) -> list[str]:
    until = time.monotonic() + SECONDS
    connection.set_progress_handler(lambda: time.monotonic() > until, 100_000)
    connection.execute("PRAGMA trusted_schema = OFF")
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise _unreadable()
    listed = [
        name
        for (name,) in connection.execute(
            "SELECT c.table_name FROM gpkg_contents c JOIN gpkg_geometry_columns g "
            "ON lower(c.table_name) = lower(g.table_name) ORDER BY c.rowid"
        )
    ]
    kinds = {}
    for kind, name, sql in connection.execute("SELECT type, name, sql FROM sqlite_master"):
        kinds[str(name).lower()] = kind
        made = " ".join(str(sql).lower().split())
        if made.startswith("create virtual table") and " using rtree" not in made:
            raise _program(f"Die Tabelle «{name}» liegt anderswo")
    for name in listed:
        if kinds.get(str(name).lower()) != "table":
            raise _program(f"Die Ebene «{name}» ist eine Abfrage (Sicht)")
        columns = connection.execute("SELECT hidden FROM pragma_table_xinfo(?)", (name,))
        if any(hidden > 1 for (hidden,) in columns):
            raise _program(f"Die Ebene «{name}» hat berechnete Spalten")
    return listed


def _program(what: str) -> SpmError:
    return SpmError(f"{what}; gelesen werden nur gespeicherte Werte.", tun=_SAVE)


def _unreadable() -> SpmError:
    return SpmError("Die Geometrie der Räume ist nicht lesbar.", tun=_SAVE)
