"""What lies in a folder: every format, names that say nothing, broken files, very many or none."""

import json

import openpyxl
import pytest

from spm.errors import SpmError
from spm.setup.folder import look, separator


def test_encodings_and_separators(tmp_path):
    text = "Stadtteil;Jahr;Anzahl\nÖstliche Höhe;2020;5\n"
    (tmp_path / "a.csv").write_bytes(text.encode("cp1252"))
    (tmp_path / "b.txt").write_bytes(text.replace(";", "\t").encode("utf-8"))
    (tmp_path / "c.csv").write_bytes(text.replace(";", ",").encode("utf-8-sig"))
    found = look(tmp_path).tables
    read = [(t.file, t.encoding, t.separator) for t in found]
    assert read == [
        ("a.csv", "cp1252", ";"), ("b.txt", "utf-8-sig", "\t"), ("c.csv", "utf-8-sig", ","),
    ]  # fmt: skip
    assert {t.rows[1][0] for t in found} == {"Östliche Höhe"}


def test_a_comma_in_numbers_is_no_separator():
    assert separator("Raum;Quote\n1;12,5\n2;13,5\n3;7,5\n") == ";"
    assert separator('a,b,c\n"x; y",2,3\n"z",4,5\n') == ","


def test_every_sheet_of_a_workbook(tmp_path):
    book = openpyxl.Workbook()
    book.active.title = "2020"
    book.create_sheet("2021")
    hidden = book.create_sheet("Rechnung")
    hidden.sheet_state = "hidden"
    for sheet in book:
        sheet.append(["Stadtteil", "Einwohner"])
        sheet.append(["Altstadt", 5])
    book.create_sheet("leer")
    book.save(tmp_path / "einwohner.xlsx")
    (tmp_path / "~$einwohner.xlsx").write_bytes(b"open in Excel")
    found = look(tmp_path)
    assert [(t.sheet, t.rows[1]) for t in found.tables] == [
        ("2020", ["Altstadt", "5"]), ("2021", ["Altstadt", "5"]),
    ]  # fmt: skip
    assert found.unread == {}


def test_records_of_json(tmp_path):
    records = [{"raum": "1", "jahr": 2020, "einwohner": 5}, {"raum": "2", "jahr": 2020}]
    (tmp_path / "a.json").write_text(json.dumps(records), encoding="utf-8")
    (table,) = look(tmp_path).tables
    assert table.rows[0] == ["raum", "jahr", "einwohner"]
    assert not table.has_header_row


def test_what_cannot_be_read_is_told(tmp_path):
    (tmp_path / "leer.csv").write_bytes(b"")
    (tmp_path / "kaputt.xlsx").write_bytes(b"PK\x03\x04 nothing")
    (tmp_path / "bericht.pdf").write_bytes(b"%PDF")
    (tmp_path / "amt.sqlite").write_bytes(b"SQLite format 3\x00")
    (tmp_path / "raeume.shp").write_bytes(b"")
    (tmp_path / "raeume.dbf").write_bytes(b"")
    found = look(tmp_path)
    assert found.tables == []
    assert found.geometries == ["raeume.shp"]
    assert set(found.unread) == {"leer.csv", "kaputt.xlsx", "bericht.pdf", "amt.sqlite"}
    assert all(found.unread.values())


def test_a_link_out_of_the_folder_is_not_followed(tmp_path):
    (tmp_path / "geheim.csv").write_text("a;b\n1;2\n", encoding="utf-8")
    folder = tmp_path / "daten"
    folder.mkdir()
    (folder / "verweis.csv").symlink_to(tmp_path / "geheim.csv")
    found = look(folder)
    assert (found.tables, list(found.unread)) == ([], ["verweis.csv"])


def test_no_folder_and_a_file(tmp_path):
    with pytest.raises(SpmError, match="gibt es nicht"):
        look(tmp_path / "nichts")
    (tmp_path / "a.csv").write_text("a", encoding="utf-8")
    with pytest.raises(SpmError, match="kein Ordner"):
        look(tmp_path / "a.csv")


def test_three_hundred_files(tmp_path):
    for n in range(300):
        text = f"Stadtteil;Jahr;Einwohner\nAltstadt;{1900 + n};5\n"
        (tmp_path / f"t{n:03}.csv").write_text(text, encoding="utf-8")
    assert len(look(tmp_path).tables) == 300
