"""Databases are read only by the connection itself, whatever the query or the address says."""

import os
import sqlite3
from types import SimpleNamespace

import duckdb
import pytest

from spm.errors import SpmError
from spm.rawfiles import databasefiles
from spm.rawfiles.queries import check_query, read_only
from tests.deliveries_example import LONG, only_error, read
from tests.rawfiles.test_databases import BY_URL, QUERY, fill


@pytest.fixture(params=["kinder.sqlite", "kinder.duckdb"])
def database(tmp_path, request):
    path = tmp_path / request.param
    fill((duckdb if path.suffix == ".duckdb" else sqlite3).connect(str(path)))
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    return path


@pytest.mark.parametrize(
    "query",
    [
        "DELETE FROM kinder",
        "INSERT INTO kinder VALUES ('3', 2020, 1) RETURNING *",
        "ATTACH '{folder}/new.db' AS b",
        "COPY kinder TO '{folder}/new.db'",
        "EXPORT DATABASE '{folder}/new.db'",
        "VACUUM INTO '{folder}/new.db'",
        "PRAGMA journal_mode = WAL",
        "PRAGMA user_version = 7",
        "SET enable_external_access = true",
        "SELECT * FROM read_csv('{folder}/secret.csv')",
        "SELECT * FROM '{folder}/secret.csv'",
        "INSTALL httpfs",
        "LOAD '{folder}/a.duckdb_extension'",
        "SELECT load_extension('{folder}/a.so')",
        "CREATE TEMP TABLE a AS SELECT 1",
        "SELECT 1; DELETE FROM kinder",
        "SELECT nope FROM kinder",
    ],
)
def test_a_connection_lets_a_query_read_and_nothing_else(database, query):
    before, folder = database.read_bytes(), database.parent
    with pytest.raises(SpmError, match="lehnt die Abfrage ab"):
        databasefiles.rows(str(database), query.format(folder=folder))
    assert database.read_bytes() == before
    assert {p.name for p in folder.iterdir()} == {database.name, "secret.csv"}
    names, rows = databasefiles.rows(str(database), QUERY)
    assert (names, len(rows)) == (["Raum", "Jahr", "Anzahl"], 2)


ENDLESS = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n"


def test_a_query_without_end_ends(database, monkeypatch):
    monkeypatch.setattr(databasefiles, "SECONDS", 0.2)
    with pytest.raises(SpmError, match="nicht fertig"):
        databasefiles.rows(str(database), ENDLESS)


@pytest.mark.parametrize(
    "query", [ENDLESS.replace("max(i)", "i"), "SELECT zeroblob(900000000)"], ids=["rows", "value"]
)
def test_an_answer_without_end_is_refused(tmp_path, monkeypatch, query):
    monkeypatch.setattr(databasefiles, "MOST_ROWS", 50_000)
    fill(sqlite3.connect(tmp_path / "kinder.sqlite"))
    with pytest.raises(SpmError):
        databasefiles.rows(str(tmp_path / "kinder.sqlite"), query)


@pytest.mark.parametrize(
    ("query", "word"),
    [
        ("DELETE FROM a", "DELETE"),
        ("/* SELECT */ attach 'a' AS b", "ATTACH"),
        ("SELECT 1; SELECT 2", "mehreren"),
        ("WITH a AS (DELETE FROM b RETURNING *) SELECT * FROM a", "DELETE"),
        ("SELECT * FROM a INTO OUTFILE '/tmp/a'", "INTO"),
        ("SELECT * INTO b FROM a", "INTO"),
        ("SELECT 1 /*! INTO OUTFILE '/tmp/a' */", "INTO"),
        ("", "«»"),
    ],
)
def test_one_query_that_reads(query, word):
    with pytest.raises(SpmError, match=word):
        check_query(query)


@pytest.mark.parametrize(
    "query",
    [
        "select ';', \"delete\" from a -- ; drop\n;",
        "WITH a AS (SELECT 1) SELECT replace(b, 'insert into', '') FROM a",
        "(SELECT 1) UNION (SELECT 2)",
        "SELECT k.update, k.load FROM kinder k",
        "FROM kinder",
    ],
)
def test_usual_queries_are_asked(query):
    check_query(query)


@pytest.mark.parametrize(
    "address",
    [
        "sqlite:///{file}?mode=rwc",
        "sqlite:///file:{file}?mode=rwc&uri=true",
        "sqlite:///file:{file}",
        "sqlite+pysqlcipher:///{file}",
        "sqlite://",
        "duckdb:///{file}?access_mode=READ_WRITE",
        "duckdb:///md:geheim",
        "duckdb:///:memory:",
        "duckdb:///{file}",
        "postgresql://user:geheim@127.0.0.1:1/db?options=-cdefault_transaction_read_only%3Doff",
        "mysql://user:geheim@127.0.0.1:1/db?local_infile=1",
        "mssql+pyodbc://user:geheim@127.0.0.1/db?driver=/tmp/a.so",
        "postgresql://user:geheim@127.0.0.1:1/db?plugin=geheim",
    ],
)
def test_an_address_cannot_say_more_than_where(tmp_path, monkeypatch, address):
    fill(sqlite3.connect(tmp_path / "kinder.sqlite"))
    monkeypatch.setenv("SPM_TEST_URL", address.format(file=tmp_path / "kinder.sqlite"))
    error = only_error(read(tmp_path, BY_URL)[1])
    assert "Option" in error.was or "keine brauchbare Adresse" in error.was
    assert "geheim" not in str(error)


def test_what_lies_beside_a_database_leads_nowhere_else(tmp_path):
    (tmp_path / "a").mkdir()
    fill(sqlite3.connect(tmp_path / "a" / "kinder.sqlite"))
    os.symlink(tmp_path / "b", tmp_path / "a" / "kinder.sqlite-wal")
    table = LONG | {"datei": "kinder.sqlite", "abfrage": QUERY}
    assert "kinder.sqlite-wal" in only_error(read(tmp_path / "a", table)[1]).was


@pytest.mark.parametrize("kind", ["postgresql", "mariadb"])
def test_a_server_is_told_to_let_nobody_write(kind):
    told = []

    def options(**given):
        told.append(given)
        return connection

    connection = SimpleNamespace(
        dialect=SimpleNamespace(name=kind), execution_options=options, exec_driver_sql=told.append
    )
    read_only(connection)
    assert "READ ONLY" in str(told) or "'postgresql_readonly': True" in str(told)
