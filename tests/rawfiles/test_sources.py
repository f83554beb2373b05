"""Sources that cannot be read: each is one finding, and the other tables go on."""

import json

import pandas as pd
import pytest
import xlsxwriter

from spm.deliveries import read_deliveries
from spm.errors import nearest
from tests.deliveries_example import (
    AREAS,
    COMPLETE,
    HEAD,
    LONG,
    counts,
    errors,
    example_params,
    only_error,
    read,
    read_text,
)
from tests.locked_example import lock

WORKBOOK = LONG | {"datei": "kinder.xlsx"}
OLE = bytes.fromhex("D0CF11E0A1B11AE1")


def write_workbook(path, rows, sheet="Kinder"):
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet(sheet)
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)


ROWS = [["Raum", "Jahr", "Anzahl"], [1, 2020, 10], [2, 2020, 20], [3, 2020, 30]]


def test_a_missing_file_names_the_nearest_and_the_others_go_on(tmp_path):
    (tmp_path / "kinder.csv").write_text(COMPLETE, encoding="utf-8")
    tables = [LONG | {"datei": "kindr.csv", "konstanten": {"merkmal": "anderes"}}, LONG]
    facts, findings = read(tmp_path, *tables)
    error = only_error(findings)
    assert error.was == "Die Datei «kindr.csv» fehlt. Gemeint ist vielleicht «kinder.csv»."
    assert (error.lieferung, error.datei, error.zeile) == ("amt", "kindr.csv", None)
    assert counts(facts, "raum") == {"1": 10, "2": 20, "3": 30}


def test_a_workbook_that_excel_has_locked_says_so_and_the_others_go_on(tmp_path, monkeypatch):
    (tmp_path / "kinder.csv").write_text(COMPLETE, encoding="utf-8")
    write_workbook(tmp_path / "kinder.xlsx", ROWS)
    lock(monkeypatch, ".xlsx")
    tables = [WORKBOOK | {"konstanten": {"merkmal": "anderes"}}, LONG]
    error = only_error(read(tmp_path, *tables)[1])
    assert (
        "in einem anderen Programm geöffnet (Excel …)" in error.was and error.datei == "kinder.xlsx"
    )
    (tmp_path / "~$kinder.xlsx").touch()
    facts, findings = read(tmp_path, *tables)
    error = only_error(findings)
    assert error.was == "«kinder.xlsx» ist in Excel geöffnet und lässt sich deshalb nicht lesen."
    assert "schließen und den Befehl wiederholen" in error.tun
    assert counts(facts, "raum") == {"1": 10, "2": 20, "3": 30}


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig"])
@pytest.mark.parametrize("name", ["kinder.csv", "kinder.json"])
def test_the_mark_of_utf8_is_no_part_of_the_first_heading(tmp_path, name, encoding):
    text = COMPLETE
    if name.endswith(".json"):
        head, *rows = [line.split(";") for line in COMPLETE.split()]
        text = json.dumps([dict(zip(head, row, strict=True)) for row in rows], indent=1)
    content = b"\xef\xbb\xbf" + text.encode().replace(b"\n", b"\r\n")
    (tmp_path / name).write_bytes(content)
    facts, findings = read(tmp_path, LONG | {"datei": name, "zeichensatz": encoding})
    assert errors(findings) == [] and counts(facts, "raum") == {"1": 10, "2": 20, "3": 30}


@pytest.mark.parametrize("content", ["", "\n\n", "Raum;Jahr;Anzahl\n"])
def test_an_empty_file_is_an_error(tmp_path, content):
    _, findings = read_text(tmp_path, content)
    assert "leer" in only_error(findings).was or "keine Daten" in only_error(findings).was


def test_an_empty_workbook_is_an_error(tmp_path):
    (tmp_path / "kinder.xlsx").write_bytes(b"")
    assert only_error(read(tmp_path, WORKBOOK)[1]).was == "Die Datei ist leer."
    write_workbook(tmp_path / "kinder.xlsx", [])
    assert only_error(read(tmp_path, WORKBOOK)[1]).was == "Die Tabelle ist leer."


@pytest.mark.parametrize(("there", "wanted"), [("2020", "2023"), ("EW 2020", "EW 2023")])
def test_the_sheet_of_another_year_is_not_meant(tmp_path, there, wanted):
    write_workbook(tmp_path / "kinder.xlsx", ROWS, sheet=there)
    error = only_error(read(tmp_path, WORKBOOK | {"blatt": wanted})[1])
    assert error.was == f"Das Blatt «{wanted}» gibt es nicht. Vorhanden sind: {there}."


def test_a_number_is_no_misspelling_of_another():
    assert nearest("012", ["12", "13"]) == " Gemeint ist vielleicht «12»."
    assert nearest("14", ["13", "12"]) == " Bekannt sind: 12, 13."
    assert nearest("EWO2023", ["EWO 2023", "EWO 2022"]) == " Gemeint ist vielleicht «EWO 2023»."
    assert nearest("kinder_2023.csv", ["kinder_2022.csv"]) == " Bekannt sind: kinder_2022.csv."
    assert nearest("kinder.csv", ["kinder_2022.csv"]).endswith("vielleicht «kinder_2022.csv».")


def test_a_wrong_sheet_lists_the_sheets(tmp_path):
    write_workbook(tmp_path / "kinder.xlsx", ROWS, sheet="Kinder 2020")
    error = only_error(read(tmp_path, WORKBOOK | {"blatt": "Kinder2020"})[1])
    assert error.was == (
        "Das Blatt «Kinder2020» gibt es nicht. Vorhanden sind: Kinder 2020. "
        "Gemeint ist vielleicht «Kinder 2020»."
    )
    assert error.blatt == "Kinder2020"


def test_an_encrypted_workbook_asks_for_one_without_password(tmp_path):
    stream = "EncryptedPackage".encode("utf-16-le")
    (tmp_path / "kinder.xlsx").write_bytes(OLE + bytes(1016) + stream + bytes(96))
    assert "mit einem Passwort geschützt" in only_error(read(tmp_path, WORKBOOK)[1]).was


@pytest.mark.parametrize("content", [b"PK\x03\x04 broken", b"<html></html>", OLE + bytes(600)])
@pytest.mark.parametrize("name", ["kinder.xlsx", "kinder.xls"])
def test_a_damaged_workbook_is_an_error(tmp_path, content, name):
    (tmp_path / name).write_bytes(content)
    error = only_error(read(tmp_path, WORKBOOK | {"datei": name})[1])
    assert error.was.startswith("Die Datei ist keine lesbare Excel-Datei")


@pytest.mark.parametrize(
    ("written", "declared", "advice"),
    [
        ("cp1252", "utf-8-sig", "zeichensatz: cp1252"),
        ("utf-16", "utf-8-sig", "zeichensatz: utf-16"),
        ("utf-8", "cp1252", "zeichensatz: utf-8-sig"),
        ("cp1252", "latin-1", "zeichensatz: cp1252"),
    ],
)
def test_a_wrong_encoding_says_which_to_try(tmp_path, written, declared, advice):
    text = "Räume;Jahr;Anzahl\nSüd – West;2020;1\n"
    (tmp_path / "kinder.csv").write_bytes(text.encode(written))
    error = only_error(read(tmp_path, LONG | {"zeichensatz": declared})[1])
    assert error.was == f"Die Datei hat nicht den Zeichensatz {declared}, Umlaute wären falsch."
    assert advice in error.tun


@pytest.mark.parametrize("broken", ["MÃ¼rwik", "M\ufffdrwik"])
def test_letters_destroyed_by_the_sender_are_found(tmp_path, broken):
    error = only_error(read_text(tmp_path, HEAD + f"{broken};2020;1\n")[1])
    assert error.was.startswith("In Zeile 2 sind ")
    assert "beim Absender neu ausgeben" in error.tun


def test_a_renamed_column_names_the_nearest_and_other_errors_are_still_found(tmp_path):
    _, findings = read_text(tmp_path, "Raum;Jahr;Anzahl Kinder\n9;2020;5\n")
    missing, unknown = errors(findings)
    assert missing.was == "Die Spalte «Anzahl» fehlt. Gemeint ist vielleicht «Anzahl Kinder»."
    assert (missing.zeile, missing.spalte) == (1, "Anzahl")
    assert (unknown.zeile, unknown.wert) == (2, "9")


@pytest.mark.parametrize("column", ["Raum", "Jahr", "Anzahl"])
def test_a_table_without_one_of_its_columns_gives_no_facts(tmp_path, column):
    facts, findings = read_text(tmp_path, COMPLETE.replace(column, "Anderes"))
    assert only_error(findings).spalte == column
    assert facts.empty


def test_a_wrong_separator_is_recognised(tmp_path):
    _, findings = read_text(tmp_path, "Raum,Jahr,Anzahl\n1,2020,5\n")
    assert {e.tun for e in errors(findings)} == {
        "Vermutlich ist das Trennzeichen «,»: trennzeichen anpassen."
    }


def test_a_row_with_a_separator_too_many_is_an_error(tmp_path):
    _, findings = read_text(tmp_path, COMPLETE + "1;2020;;7\nStand: heute\n")
    assert [(e.zeile, e.was) for e in errors(findings)] == [
        (5, "Die Zeile hat 4 statt 3 Felder."),
        (6, "Die Zeile hat 1 statt 3 Felder."),
    ]


def test_an_open_quotation_mark_is_an_error(tmp_path):
    _, findings = read_text(tmp_path, HEAD + '"1;2020;1\n' + "x" * 140_000)
    assert "keine lesbare CSV-Datei" in only_error(findings).was


def test_excel_numbers_are_keys_and_parquet_keeps_leading_zeros(tmp_path):
    write_workbook(tmp_path / "kinder.xlsx", ROWS)
    assert counts(read(tmp_path, WORKBOOK)[0], "raum") == {"1": 10, "2": 20, "3": 30}
    areas = pd.DataFrame({"raum": ["01"], "name": ["Altstadt"]})
    table = pd.DataFrame({"Raum": ["01"], "Jahr": [2020], "Anzahl": [10.0]})
    table.to_parquet(tmp_path / "kinder.parquet")
    facts, findings = read(tmp_path, LONG | {"datei": "kinder.parquet"}, areas=areas)
    assert (counts(facts, "raum"), findings) == ({"01": 10}, [])


@pytest.mark.parametrize("decimal", [",", "."])
def test_a_typed_fraction_is_never_taken_for_thousands(tmp_path, decimal):
    table = pd.DataFrame({"Raum": ["1"], "Jahr": [2020], "Anzahl": [1.234]})
    table.to_parquet(tmp_path / "kinder.parquet")
    _, findings = read(tmp_path, LONG | {"datei": "kinder.parquet", "dezimal": decimal})
    error = only_error(findings)
    assert (error.was, error.wert) == ("Die Anzahl hat Nachkommastellen.", f"1{decimal}234")


def test_a_damaged_parquet_file_is_an_error(tmp_path):
    (tmp_path / "kinder.parquet").write_bytes(b"PAR1 broken")
    _, findings = read(tmp_path, LONG | {"datei": "kinder.parquet"})
    assert only_error(findings).was == "Die Datei ist keine lesbare Parquet-Datei."


def test_a_path_outside_the_data_folder_is_a_finding(tmp_path):
    from spm.errors import SpmError

    def refuse(name):
        raise SpmError("Der Pfad führt hinaus.", tun="Anderen Ordner nehmen.")

    params = example_params(tmp_path, {"amt": [LONG]})
    params.raw_file = refuse
    assert only_error(read_deliveries(params, AREAS)[1]).was == "Der Pfad führt hinaus."


def test_progress_names_every_delivery(tmp_path):
    params = example_params(tmp_path, {"amt": [LONG], "jugendamt": [LONG]})
    seen = []
    read_deliveries(params, AREAS, progress=seen.append)
    assert seen == ["Titel amt", "Titel jugendamt"]
