"""The check report: German, accessible, self-contained, the same bytes every time."""

import datetime as dt
import re
from html.parser import HTMLParser

import openpyxl
import pytest

from spm.deliveries import read_deliveries, write_check_report
from spm.deliveries.findings import Finding, Source
from tests.deliveries_example import AREAS, COMPLETE, LONG, example_params

NASTY = '=HYPERLINK("http://x")<script>alert(1)</script>'


def write(tmp_path, extra=()):
    (tmp_path / "kinder.csv").write_text(COMPLETE + "9;2020;1\n", encoding="utf-8")
    (tmp_path / "ohne.csv").write_text(COMPLETE, encoding="utf-8")
    other = LONG | {"datei": "ohne.csv", "konstanten": {"merkmal": "anderes"}}
    params = example_params(tmp_path, {"amt": [LONG], "jugendamt": [other]})
    _, findings = read_deliveries(params, AREAS)
    return write_check_report([*findings, *extra], params, tmp_path / "protokoll"), findings


def test_names_and_structure(tmp_path):
    (html, xlsx), _ = write(tmp_path)
    assert (html.name, xlsx.name) == (
        "pruefprotokoll-beispiel.html",
        "pruefprotokoll-beispiel.xlsx",
    )
    text = html.read_text(encoding="utf-8")
    assert '<html lang="de">' in text
    assert text.count('<th scope="col">') == 7
    assert text.count('<th scope="row">') == 1
    assert "Das Protokoll nennt einen Fehler und keinen Hinweis." in text
    assert "Beispielstadt, Stand 30.09.2024" in text
    assert "Titel jugendamt</h2>" in text
    assert "Keine Befunde." in text
    assert "Der Raum ist unbekannt." in text


def test_the_page_asks_for_nothing_from_elsewhere(tmp_path):
    (html, _), _ = write(tmp_path)
    text = html.read_text(encoding="utf-8")
    assert not re.search(r"https?://|<script|<link|<img|@import|url\(", text)


def test_tags_are_balanced(tmp_path):
    class Balance(HTMLParser):
        open_tags: list = []  # noqa: RUF012 - one instance

        def handle_starttag(self, tag, attrs):
            if tag != "meta":
                self.open_tags.append(tag)

        def handle_endtag(self, tag):
            assert self.open_tags.pop() == tag

    (html, _), _ = write(tmp_path)
    parser = Balance()
    parser.feed(html.read_text(encoding="utf-8"))
    assert parser.open_tags == []


def test_raw_texts_are_harmless(tmp_path):
    finding = Source("amt", "kinder.csv").finding("Falsch.", spalte=NASTY, wert=NASTY + "\x00")
    (html, xlsx), _ = write(tmp_path, [finding])
    assert "<script" not in html.read_text(encoding="utf-8")
    cell = openpyxl.load_workbook(xlsx).active.cell(3, 8)
    assert (cell.data_type, cell.value) == ("s", NASTY + "\ufffd")


def test_the_workbook_can_be_filtered(tmp_path):
    (_, xlsx), findings = write(tmp_path)
    sheet = openpyxl.load_workbook(xlsx).active
    assert sheet.freeze_panes == "A2"
    assert sheet.auto_filter.ref == "A1:J2"
    assert [cell.value for cell in sheet[1]][:6] == [
        "Art",
        "Lieferung",
        "Stelle",
        "Datei",
        "Blatt",
        "Zeile",
    ]
    row = [cell.value for cell in sheet[2]]
    assert row[:6] == ["Fehler", "amt", "Stelle amt", "kinder.csv", None, 5]
    assert row[8] == findings[0].was
    assert sheet["I2"].alignment.wrap_text


@pytest.mark.slow
def test_the_same_findings_give_the_same_bytes(tmp_path):
    first = [path.read_bytes() for path in write(tmp_path)[0]]
    (_, xlsx), _ = again = write(tmp_path)
    assert [path.read_bytes() for path in again[0]] == first
    assert openpyxl.load_workbook(xlsx).properties.created == dt.datetime(2024, 9, 30)


def test_a_report_without_findings_says_so(tmp_path):
    params = example_params(tmp_path, {"amt": [LONG]})
    html, xlsx = write_check_report([], params, tmp_path)
    assert "Das Protokoll nennt keinen Fehler und keinen Hinweis." in html.read_text("utf-8")
    assert openpyxl.load_workbook(xlsx).active.max_row == 1


def test_findings_about_several_deliveries_come_last(tmp_path):
    finding = Source("amt, jugendamt", "").finding("Zähler größer als Nenner.")
    (html, _), _ = write(tmp_path, [finding])
    text = html.read_text(encoding="utf-8")
    assert text.index("amt, jugendamt</h2>") > text.index("Titel jugendamt</h2>")


def test_a_finding_reads_as_a_sentence_with_its_place():
    finding = Finding("Fehler", "amt", "a.xlsx", "Blatt 1", 7, "Anzahl", "x", "Text.", "Zahl.")
    assert str(finding) == (
        "Fehler: Text.\n"
        "  Wo: a.xlsx, Blatt «Blatt 1», Zeile 7, Spalte «Anzahl», Wert «x»\n"
        "  Was tun: Zahl."
    )
