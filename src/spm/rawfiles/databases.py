"""Sources whose cells have types: Parquet files and the results of SQL queries.

Rows are numbered from 1, there is no header row.
"""

from __future__ import annotations

import io
import os
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from spm.config.tables import Tabelle
from spm.errors import SpmError
from spm.foreign import door, helper
from spm.rawfiles.databasefiles import DUCKDB, Table, refused, taken, unreachable
from spm.rawfiles.grid import Grid, empty, join_header
from spm.rawfiles.queries import check_address, check_query, read_only

if TYPE_CHECKING:
    from sqlalchemy import URL, Engine

MOST_CELLS = 20_000_000
"""Of a Parquet file; a few bytes of it can stand for thousands of millions of equal values."""


def read_parquet(table: Tabelle, path: Path) -> Grid:
    """Read a Parquet file.

    Raises
    ------
    SpmError
        If the file is damaged or has no rows.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        file = pq.ParquetFile(io.BytesIO(door.content(path)))
        about = file.metadata
        if about.num_rows * about.num_columns > MOST_CELLS:
            raise SpmError(
                f"Die Tabelle hat {about.num_rows} Zeilen und {about.num_columns} Spalten.",
                tun="Nur die gebrauchten Spalten und Jahre liefern lassen.",
            )
        content = file.read()
    except (pa.ArrowException, OSError) as error:
        raise SpmError(
            "Die Datei ist keine lesbare Parquet-Datei.", tun="Die Datei neu anfordern."
        ) from error
    columns = [column.to_pylist() for column in content.columns]
    return _grid(content.column_names, list(zip(*columns, strict=True)))


def read_database(table: Tabelle, path: Path | None = None) -> Grid:
    """Run a query. The database is only read, see `spm.rawfiles.databasefiles` for files; what a
    query changes on a server that lets it is rolled back.

    Parameters
    ----------
    path : a DuckDB or SQLite file; without it the address comes from an environment variable.

    Raises
    ------
    SpmError
        Without the address, which can hold a password.
    """
    assert table.abfrage  # `Tabelle` asks a database for it, and for one of the two below
    check_query(table.abfrage)
    if path:
        return _grid(*_of_file(path, table.abfrage))
    assert table.url_variable
    url = _address(table.url_variable)
    if url.get_backend_name() in FILES:
        return _grid(*_of_file(_file_of(url, table.url_variable), table.abfrage))
    return _grid(*_of_server(table, url))


FILES = {"sqlite": ("sqlite", "sqlite+pysqlite"), "duckdb": ("duckdb", "duckdb+duckdb_engine")}
"""Databases that are files, and how their addresses begin."""


def _of_file(path: Path, query: str) -> Table:
    for suffix in ("-wal", "-journal", "-shm", ".wal"):  # a reader opens these as well
        if door.within(path.parent, f"{path.name}{suffix}") is None:
            raise SpmError(
                f"«{path.name}{suffix}» ist ein Verweis auf eine Datei außerhalb des Ordners.",
                tun="Bitte die Datenbank schließen und die Datei noch einmal kopieren.",
            )
    try:
        door.opened(path).close()
        found: Table = helper.call(
            "spm.rawfiles.databasefiles:rows",
            str(door.resolved(path)),
            query,
            size=path.stat().st_size,
        )
    except OSError as error:
        raise unreachable(error) from None
    except helper.GaveUp as error:
        raise SpmError(
            f"Die Datenbank {error.why}.",
            tun="abfrage in der Params-Datei vereinfachen, oder eine CSV-Datei liefern lassen.",
        ) from None
    return found


def _file_of(url: URL, variable: str) -> Path:
    name = url.database or ""
    if url.drivername not in FILES[url.get_backend_name()] or not name or ":" in name[2:]:
        raise _useless(variable)
    path = Path(name)
    is_duckdb = path.suffix.lower() == DUCKDB
    if name.startswith(("file:", "md:", ":")) or is_duckdb != (url.get_backend_name() == "duckdb"):
        raise _useless(variable)
    return path


def _of_server(table: Tabelle, url: URL) -> Table:
    from sqlalchemy import create_engine
    from sqlalchemy.exc import SQLAlchemyError

    assert table.abfrage and table.url_variable
    try:
        engine = create_engine(url)
    except Exception:  # unknown dialect, missing driver: all the same to mend
        raise _useless(table.url_variable) from None
    try:
        try:
            connection = engine.connect()
        except Exception as error:  # each driver has its own errors; their texts hold addresses
            raise _unreachable(table, error) from None
        with connection:
            try:
                result = read_only(connection).exec_driver_sql(table.abfrage)
                names = list(result.keys())
                return names, [tuple(row) for row in taken(result.fetchmany)]
            except SQLAlchemyError as error:
                raise refused(_message(error, engine)) from None
            finally:
                connection.rollback()
    finally:
        engine.dispose()


def _grid(names: list[str], rows: Sequence[Sequence]) -> Grid:
    if not rows:
        raise empty("Die Quelle liefert keine Zeilen.")
    header = join_header([names], len(names))
    return Grid(header, rows, np.arange(1, len(rows) + 1), has_header_row=False)


def _address(variable: str) -> URL:
    from sqlalchemy import make_url

    address = os.environ.get(variable, "").strip()
    if not address:
        raise SpmError(
            f"Die Umgebungsvariable {variable} ist nicht gesetzt.",
            tun="Sie muss die Adresse der Datenbank enthalten, z. B. "
            "postgresql://benutzer:passwort@rechner/datenbank.",
        )
    try:
        url = make_url(address)
        url.get_backend_name()
    except Exception:  # no address, a port that is no number
        raise _useless(variable) from None
    check_address(url, variable)
    return url


def _useless(variable: str) -> SpmError:
    return SpmError(
        f"Die Umgebungsvariable {variable} enthält keine brauchbare Adresse einer Datenbank.",
        tun="Schreibweise prüfen (art://benutzer:passwort@rechner/datenbank, sqlite:///datei.db) "
        "und ob der Treiber der Datenbank installiert ist.",
    )


def _unreachable(table: Tabelle, error: Exception) -> SpmError:
    return SpmError(
        f"Die Datenbank ist nicht erreichbar ({type(error).__name__}).",
        tun=f"Adresse und Passwort in {table.url_variable} sowie die Netzverbindung prüfen.",
    )


def _message(error: Exception, engine: Engine) -> str:
    """The first line of the driver's message, without any part of the address."""
    lines = str(getattr(error, "orig", None) or type(error).__name__).strip().splitlines()
    message = lines[0] if lines else type(error).__name__
    url = engine.url
    secrets = [url.render_as_string(hide_password=False), url.password]
    secrets += [name for name in (url.host, url.username) if name and len(name) > 3]
    for secret in filter(None, secrets):
        message = message.replace(secret, "…")
    return message
