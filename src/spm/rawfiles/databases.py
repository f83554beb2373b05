"""Sources whose cells have types: Parquet files and the results of SQL queries.

Rows are numbered from 1, there is no header row.
"""

import os
import sqlite3
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np

from spm.config.tables import Tabelle
from spm.errors import SpmError
from spm.rawfiles.grid import Grid, empty, join_header

if TYPE_CHECKING:
    from sqlalchemy import Engine


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
        content = pq.ParquetFile(path).read()
    except (pa.ArrowException, OSError) as error:
        raise SpmError(
            "Die Datei ist keine lesbare Parquet-Datei.", tun="Die Datei neu anfordern."
        ) from error
    columns = [column.to_pylist() for column in content.columns]
    return _grid(content.column_names, list(zip(*columns, strict=True)))


def read_database(table: Tabelle, path: Path | None = None) -> Grid:
    """Run a query. The database is only read: whatever a query changes is rolled back.

    Parameters
    ----------
    path : a DuckDB or SQLite file; without it the address comes from an environment variable.

    Raises
    ------
    SpmError
        Without the address, which can hold a password.
    """
    from sqlalchemy.exc import SQLAlchemyError

    assert table.abfrage  # `Tabelle` asks a database for it, and for one of the two below
    if path:
        engine = _file_engine(path)
    else:
        assert table.url_variable
        engine = _url_engine(table.url_variable)
    try:
        try:
            connection = engine.connect()
        except Exception as error:  # each driver has its own errors; their texts hold addresses
            raise _unreachable(table, error) from None
        with connection:
            try:
                result = connection.execution_options(no_parameters=True).exec_driver_sql(
                    table.abfrage
                )
                names, rows = list(result.keys()), result.fetchall()
            except SQLAlchemyError as error:
                raise SpmError(
                    "Die Datenbank lehnt die Abfrage ab: " + _message(error, engine),
                    tun="abfrage in der Params-Datei berichtigen.",
                ) from None
            connection.rollback()
    finally:
        engine.dispose()
    return _grid(names, rows)


def _grid(names: list[str], rows: Sequence[Sequence]) -> Grid:
    if not rows:
        raise empty("Die Quelle liefert keine Zeilen.")
    header = join_header([names], len(names))
    return Grid(header, rows, np.arange(1, len(rows) + 1), has_header_row=False)


def _file_engine(path: Path) -> "Engine":
    """An engine that can only read this one file."""
    from sqlalchemy import URL, create_engine

    if path.suffix.lower() == ".duckdb":
        # Otherwise a query could read any file of the computer
        options = {"read_only": True, "config": {"enable_external_access": "false"}}
        return create_engine(URL.create("duckdb", database=str(path)), connect_args=options)
    address = f"{path.resolve().as_uri()}?mode=ro"
    return create_engine("sqlite://", creator=lambda: sqlite3.connect(address, uri=True))


def _url_engine(variable: str) -> "Engine":
    from sqlalchemy import create_engine

    address = os.environ.get(variable, "").strip()
    if not address:
        raise SpmError(
            f"Die Umgebungsvariable {variable} ist nicht gesetzt.",
            tun="Sie muss die Adresse der Datenbank enthalten, z. B. "
            "postgresql://benutzer:passwort@rechner/datenbank.",
        )
    try:
        return create_engine(address)
    except Exception:  # unknown dialect, missing driver, malformed address: all the same to mend
        raise SpmError(
            f"Die Umgebungsvariable {variable} enthält keine brauchbare Adresse einer Datenbank.",
            tun="Schreibweise prüfen (art://benutzer:passwort@rechner/datenbank) und ob der "
            "Treiber der Datenbank installiert ist.",
        ) from None


def _unreachable(table: Tabelle, error: Exception) -> SpmError:
    return SpmError(
        f"Die Datenbank ist nicht erreichbar ({type(error).__name__}).",
        tun=f"Adresse und Passwort in {table.url_variable} sowie die Netzverbindung prüfen."
        if table.url_variable
        else "Ist die Datei eine unbeschädigte Datenbank, und ist sie nirgends geöffnet?",
    )


def _message(error: Exception, engine: "Engine") -> str:
    """The first line of the driver's message, without any part of the address."""
    lines = str(getattr(error, "orig", None) or type(error).__name__).strip().splitlines()
    message = lines[0] if lines else type(error).__name__
    url = engine.url
    secrets = [url.render_as_string(hide_password=False), url.password]
    secrets += [name for name in (url.host, url.username) if name and len(name) > 3]
    for secret in filter(None, secrets):
        message = message.replace(secret, "…")
    return message
