"""Databases: the address comes from the environment and is never shown."""

import sqlite3

import duckdb
import pytest

from tests.deliveries_example import LONG, counts, only_error, read

QUERY = "SELECT raum AS Raum, jahr AS Jahr, anzahl AS Anzahl FROM kinder"
BY_URL = {k: v for k, v in LONG.items() if k != "datei"} | {
    "url_variable": "SPM_TEST_URL",
    "abfrage": QUERY,
}


def fill(connection):
    connection.execute("CREATE TABLE kinder (raum TEXT, jahr INTEGER, anzahl INTEGER)")
    connection.execute("INSERT INTO kinder VALUES ('1', 2020, 10), ('2', 2020, NULL)")
    connection.commit()
    connection.close()


@pytest.mark.slow
@pytest.mark.parametrize("name", ["kinder.duckdb", "kinder.sqlite"])
def test_a_database_file_is_read_but_never_changed(tmp_path, name):
    fill((duckdb if name.endswith("duckdb") else sqlite3).connect(str(tmp_path / name)))
    facts, _ = read(tmp_path, LONG | {"datei": name, "abfrage": QUERY})
    assert counts(facts, "raum") == {"1": 10, "2": None, "3": None}
    for query in ("DELETE FROM kinder", "DROP TABLE kinder"):
        _, findings = read(tmp_path, LONG | {"datei": name, "abfrage": query})
        assert only_error(findings).was.startswith("Die Abfrage beginnt mit «D")
    facts, _ = read(tmp_path, LONG | {"datei": name, "abfrage": QUERY})
    assert counts(facts, "raum")["1"] == 10


def test_a_query_cannot_read_other_files(tmp_path):
    fill(duckdb.connect(str(tmp_path / "kinder.duckdb")))
    (tmp_path / "secret.csv").write_text("a\n1\n", encoding="utf-8")
    query = f"SELECT * FROM read_csv('{tmp_path / 'secret.csv'}')"
    _, findings = read(tmp_path, LONG | {"datei": "kinder.duckdb", "abfrage": query})
    assert "disabled by configuration" in only_error(findings).was


def test_the_address_comes_from_the_environment(tmp_path, monkeypatch):
    fill(sqlite3.connect(tmp_path / "kinder.sqlite"))
    monkeypatch.setenv("SPM_TEST_URL", f"sqlite:///{tmp_path / 'kinder.sqlite'}")
    facts, findings = read(tmp_path, BY_URL)
    assert counts(facts, "raum")["1"] == 10
    assert all(f.datei == "Datenbank (SPM_TEST_URL)" for f in findings)


def test_a_missing_variable_is_named(tmp_path, monkeypatch):
    monkeypatch.delenv("SPM_TEST_URL", raising=False)
    error = only_error(read(tmp_path, BY_URL)[1])
    assert error.was == "Die Umgebungsvariable SPM_TEST_URL ist nicht gesetzt."


@pytest.mark.parametrize(
    "address",
    [
        "sqlite:////nowhere/geheim/x.db",
        "unknowndb://user:geheim@host/db",
        "postgresql://user:geheim@127.0.0.1:1/db",
        "geheim",
    ],
)
def test_no_finding_shows_the_address(tmp_path, monkeypatch, address):
    monkeypatch.setenv("SPM_TEST_URL", address)
    error = only_error(read(tmp_path, BY_URL)[1])
    assert "Datenbank" in error.was
    assert "geheim" not in str(error)


def test_a_wrong_query_is_quoted_from_the_database(tmp_path, monkeypatch):
    fill(sqlite3.connect(tmp_path / "kinder.sqlite"))
    monkeypatch.setenv("SPM_TEST_URL", f"sqlite:///{tmp_path / 'kinder.sqlite'}")
    error = only_error(read(tmp_path, BY_URL | {"abfrage": "SELECT nope FROM kinder"})[1])
    assert error.was == "Die Datenbank lehnt die Abfrage ab: no such column: nope"
    assert str(tmp_path) not in str(error)
