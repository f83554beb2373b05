"""SQLite and DuckDB files: opened so that a query can read them and nothing else.

Runs in `spm.foreign.helper`: a view in a delivered file may compute without end, and a damaged file
may end its reader.
"""

from __future__ import annotations

import sqlite3
import threading
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from spm.errors import SpmError

MOST_ROWS = 2_000_000
"""Of a query; a Kreis counts some hundred thousand persons."""
LARGEST_VALUE = 10_000_000
"""Bytes of one value."""
SECONDS = 5.0

DUCKDB = ".duckdb"

_READS = {
    sqlite3.SQLITE_SELECT,
    sqlite3.SQLITE_READ,
    sqlite3.SQLITE_FUNCTION,
    sqlite3.SQLITE_RECURSIVE,
}
_HARMFUL = {"load_extension", "readfile", "writefile", "edit", "fts3_tokenizer"}
"""Functions of SQLite that reach outside; most builds lack them."""

_CONFIG: dict[str, str | bool | int | float | list[str]] = {
    "enable_external_access": "false",  # no other file, no address, no ATTACH, COPY, INSTALL
    "autoinstall_known_extensions": "false",
    "autoload_known_extensions": "false",
    "allow_community_extensions": "false",
    "memory_limit": "400MB",
    "threads": "2",
    "temp_directory": "",  # nothing is written beside the file
    "lock_configuration": "true",  # a query cannot take any of this back
}

Table = tuple[list[str], list[tuple[Any, ...]]]


def rows(path: str, query: str) -> Table:
    """Columns and rows of a query.

    Raises
    ------
    SpmError
        The file is no database, or the query is refused, does something else than read, takes too
        long or has too many rows.
    """
    return _duckdb(path, query) if path.lower().endswith(DUCKDB) else _sqlite(path, query)


def _sqlite(path: str, query: str) -> Table:
    try:
        connection = sqlite3.connect(f"{Path(path).as_uri()}?mode=ro", uri=True)
        with closing(connection):
            connection.execute("PRAGMA trusted_schema = OFF")
            connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
            connection.setlimit(sqlite3.SQLITE_LIMIT_LENGTH, LARGEST_VALUE)
            connection.setlimit(sqlite3.SQLITE_LIMIT_ATTACHED, 0)
            connection.set_authorizer(_may)
            until = time.monotonic() + SECONDS
            connection.set_progress_handler(lambda: time.monotonic() > until, 100_000)
            try:
                cursor = connection.execute(query)
                return [c[0] for c in cursor.description or ()], taken(cursor.fetchmany)
            except sqlite3.Warning as error:  # several statements
                raise refused(str(error)) from None
            except (sqlite3.Error, OverflowError, UnicodeError) as error:
                late = str(error) == "interrupted"
                raise _endless() if late else refused(str(error)) from None
    except sqlite3.Error as error:
        raise unreachable(error) from None


def _may(action: int, name: str | None, second: str | None, *_: Any) -> int:
    allowed = action in _READS and str(second).lower() not in _HARMFUL
    return sqlite3.SQLITE_OK if allowed else sqlite3.SQLITE_DENY


def _duckdb(path: str, query: str) -> Table:
    import duckdb

    try:
        connection = duckdb.connect(path, read_only=True, config=_CONFIG)
    except (duckdb.Error, RuntimeError) as error:
        raise unreachable(error) from None
    with closing(connection), _at_most(SECONDS, connection.interrupt):
        try:
            statements = connection.extract_statements(query)
            if len(statements) != 1:
                raise refused("You can only execute one statement at a time.")
            if statements[0].type != duckdb.StatementType.SELECT:
                raise refused("Cannot execute anything but SELECT in read-only mode.")
            answer = connection.execute(statements[0])
            return [c[0] for c in answer.description or ()], taken(answer.fetchmany)
        except duckdb.InterruptException:
            raise _endless() from None
        except duckdb.Error as error:
            raise refused(str(error)) from None


def taken(fetch: Callable[[int], Iterable[Any]]) -> list[Any]:
    """All rows, but no more than `MOST_ROWS`."""
    found: list[Any] = []
    while piece := list(fetch(10_000)):
        found += piece
        if len(found) > MOST_ROWS:
            raise SpmError(
                f"Die Abfrage gibt mehr als {MOST_ROWS} Zeilen.",
                tun="abfrage in der Params-Datei zusammenfassen lassen (GROUP BY).",
            )
    return found


@contextmanager
def _at_most(seconds: float, end: Callable[[], None]) -> Iterator[None]:
    timer = threading.Timer(seconds, end)
    timer.start()
    try:
        yield
    finally:
        timer.cancel()


def refused(message: str) -> SpmError:
    """The error of a query, in the words of the database."""
    first = (message.strip().splitlines() or [""])[0]
    return SpmError(
        f"Die Datenbank lehnt die Abfrage ab: {first}",
        tun="abfrage in der Params-Datei berichtigen.",
    )


def unreachable(error: Exception) -> SpmError:
    """The error of a file that is no database."""
    return SpmError(
        f"Die Datenbank ist nicht erreichbar ({type(error).__name__}).",
        tun="Ist die Datei eine unbeschädigte Datenbank, und ist sie nirgends geöffnet?",
    )


def _endless() -> SpmError:
    return SpmError(
        f"Die Abfrage ist nach {SECONDS:g} Sekunden nicht fertig.",
        tun="abfrage in der Params-Datei vereinfachen, oder die Tabelle als CSV liefern lassen.",
    )
