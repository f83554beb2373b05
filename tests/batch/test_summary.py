"""The page and the table that say what came of a batch."""

import json
from dataclasses import replace

import python_calamine

from spm.batch.keyfigures import of_report
from spm.batch.page import write_page
from spm.batch.records import (
    FEHLER,
    GEBAUT,
    OFFEN,
    OHNE_AENDERUNG,
    STATE,
    KeyFigures,
    Outcome,
    after,
    read_state,
    write_state,
)
from spm.batch.workbook import write_workbook
from tests.accessibility_example import axe_source, violations

FIGURES = KeyFigures(7, 65, 2018, 2023, 12345, 67, 8)
RECORDS = [
    Outcome("a", "Aheim", GEBAUT, sekunden=61.25, eckzahlen=FIGURES),
    Outcome("b", "Bheim <b>", OHNE_AENDERUNG, sekunden=59.0, eckzahlen=FIGURES),
    Outcome(
        "c", "", FEHLER, was="Die Params-Datei hat\n  - einen Fehler", wo="c.yml", tun="=Bitte"
    ),
    Outcome("d", "", OFFEN),
]


def test_the_page_says_what_to_do_first_and_has_every_number(tmp_path):
    (tmp_path / "report/a/html").mkdir(parents=True)
    (tmp_path / "report/a/html/index.html").touch()
    page = write_page(RECORDS, tmp_path, tmp_path / "report").read_text(encoding="utf-8")
    assert (
        "Der Lauf betrifft 4 Kommunen. Ein Bericht wurde gebaut. Ein Bericht ist unverändert, "
        "weil sich seine Eingaben nicht geändert haben. Eine Kommune ist gescheitert. Eine "
        "Kommune ist offen, weil der Lauf vorher endete." in page
    )
    assert '<a href="a/html/index.html">Aheim</a>' in page
    assert "Bheim &lt;b&gt;" in page
    for cell in ("12.345", "2018–2023", "67", "61,3"):
        assert f">{cell}</td>" in page
    assert page.index("Was zu tun ist") < page.index("einen Fehler") < page.index("Alle Kommunen")
    assert "http" not in page.replace("http://www.w3.org", "")
    assert str(tmp_path) not in page


def test_the_same_records_give_the_same_bytes(tmp_path):
    kept = []
    for name in ("one", "two"):
        folder = tmp_path / name
        folder.mkdir()
        shuffled = RECORDS if name == "one" else RECORDS[::-1]
        paths = (write_page(shuffled, folder, folder), write_workbook(shuffled, folder))
        kept.append([path.read_bytes() for path in paths])
    assert kept[0] == kept[1]


def test_the_page_is_accessible(tmp_path, browser):
    page = browser.new_page()
    page.goto(write_page(RECORDS, tmp_path, tmp_path).as_uri())
    assert violations(page, axe_source()) == []
    page.emulate_media(color_scheme="dark")
    assert violations(page, axe_source()) == []
    page.close()


def test_the_table_holds_numbers_and_texts_as_what_they_are(tmp_path):
    book = python_calamine.CalamineWorkbook.from_path(write_workbook(RECORDS, tmp_path))
    head, *rows = book.get_sheet_by_name("Kommunen").to_python()
    by_slug = {row[1]: dict(zip(head, row, strict=True)) for row in rows}
    assert [row[1] for row in rows] == ["c.yml", "d.yml", "a.yml", "b.yml"]
    assert by_slug["a.yml"]["Werte gesperrt"] == 67
    assert by_slug["a.yml"]["Sekunden des letzten Laufs"] == 61.25
    assert by_slug["c.yml"]["Was ist zu tun?"] == "=Bitte"  # no formula
    assert by_slug["d.yml"]["Räume"] == ""


def test_the_state_comes_back_and_a_broken_one_is_none(tmp_path):
    write_state(tmp_path, RECORDS)
    assert list(read_state(tmp_path).values()) == RECORDS
    assert json.loads((tmp_path / STATE).read_text(encoding="utf-8"))[0]["kommune"] == "Aheim"
    (tmp_path / STATE).write_text('[{"slug": "a"}, ', encoding="utf-8")
    assert read_state(tmp_path) == {}
    (tmp_path / STATE).write_text('[{"slug": "a"}]', encoding="utf-8")
    assert read_state(tmp_path) == {}


def test_an_unchanged_report_keeps_the_seconds_of_its_build():
    built = RECORDS[0]
    now = replace(built, status=OHNE_AENDERUNG, sekunden=0.4)
    assert after(built, now).sekunden == 61.25
    assert after(None, now).sekunden is None
    assert after(built, replace(now, status=GEBAUT)).sekunden == 0.4


def test_without_a_report_there_are_no_figures(tmp_path):
    assert of_report(tmp_path) is None
