"""Marked copies: what is wrong comes back at its cell, in the office's own file."""

import datetime as dt
import shutil
from dataclasses import replace

import openpyxl
import pandas as pd
import pytest

from spm.config.params import load_params
from spm.deliveries import read_deliveries
from spm.deliveries.findings import Source
from spm.offices.marked import AUTHOR, COLOURS, QUESTIONS, Question, Values, marked
from spm.offices.questions import write_copies
from spm.offices.templates import write_templates
from tests.offices.offices_example import areas_of, counts_of, fill, project

pytestmark = pytest.mark.slow

DAY = dt.datetime(2024, 9, 30)


@pytest.fixture(scope="module")
def jobcenter(tmp_path_factory):
    """A project in which the Jobcenter delivers by template, and the filled template."""
    path = project(tmp_path_factory.mktemp("rueckfragen"))
    params = load_params(path)
    own = {"sgb2": params.lieferungen["sgb2"]}
    params = params.model_copy(update={"lieferungen": own})
    areas = areas_of(params)
    facts, _ = read_deliveries(params, areas)
    done = write_templates(params)
    template = done.files["Jobcenter"]
    names = dict(zip(areas["name"], areas["raum"], strict=True))
    fill(template, done.sheets["Jobcenter"], counts_of(facts), names)
    by_template = own["sgb2"].model_copy(update={"tabellen": [tabelle()]})
    return params.model_copy(update={"lieferungen": {"sgb2": by_template}}), template


def tabelle():
    from spm.config.tables import Tabelle

    return Tabelle(datei="jobcenter.xlsx", vorlage="ja")


def planted(jobcenter, changes):
    """Findings and copies after some cells of the filled template were changed."""
    params, template = jobcenter
    raw = params.raw_file("jobcenter.xlsx")
    shutil.copy(template, raw)
    book = openpyxl.load_workbook(raw)
    for cell, value in changes.items():
        book["Personen"][cell] = value
    book.save(raw)
    before = raw.read_bytes()
    _, findings = read_deliveries(params, areas_of(params))
    copies = write_copies(findings, params)
    assert raw.read_bytes() == before  # never changed
    return findings, copies


def errors(findings):
    return {(f.zeile, f.spalte): f.was for f in findings if f.schwere == "Fehler"}


PLANTED = {"C5": "=2*3", "D6": "ca. 20", "A7": "Niemandsland", "C8": -4, "C9": "–", "E10": 12.5}


def test_errors_come_back_at_their_cells(jobcenter):
    findings, copies = planted(jobcenter, PLANTED)
    first = "unter 18 Jahre"
    assert errors(findings).keys() == {
        (5, first),
        (6, "darunter: unter 3 Jahre"),
        (7, "Raum"),
        (8, first),
        (9, first),
        (10, "NEF unter 15 Jahre"),
    }
    (path,) = copies.files
    assert path.name == "jobcenter-jobcenter.xlsx"
    book = openpyxl.load_workbook(path)
    sheet = book["Personen"]
    red = {
        cell.coordinate
        for row in sheet.iter_rows()
        for cell in row
        if cell.fill.fgColor.rgb == COLOURS["Fehler"]
    }
    assert red == set(PLANTED)
    assert "negativ" in sheet["C8"].comment.text
    assert "unbekannt" in sheet["A7"].comment.text
    assert "Formel hat kein gespeichertes Ergebnis" in sheet["C5"].comment.text
    assert sheet["C5"].value == "=2*3"  # the office's own cell
    assert sheet["D7"].comment is None
    assert book.active.title == QUESTIONS == book.sheetnames[-1]


def test_advice_is_for_the_office(jobcenter):
    _, copies = planted(jobcenter, PLANTED)
    sheet = openpyxl.load_workbook(copies.files[0])[QUESTIONS]
    told = [cell for row in sheet.iter_rows(min_row=5, values_only=True) for cell in row if cell]
    assert not any("Params-Datei" in str(text) or "werte." in str(text) for text in told)
    assert sheet["D5"].hyperlink.location or sheet["D5"].hyperlink.target


@pytest.mark.parametrize(
    ("tun", "asked"),
    [
        ("Eine Zahl eintragen. In der Zuordnung gilt zeichen: din55301.", ["Jobcenter"]),
        ("Die Formel beim Absender berichtigen lassen.", ["Jobcenter"]),
        ("Den Wert berichtigen oder unter werte.raum ergänzen.", ["Jobcenter"]),
        ("In der Params-Datei merkmal unter konstanten festlegen.", []),
        ("Den Namen in der Params-Datei berichtigen.", []),
    ],
)
def test_who_can_mend_an_error_is_asked(jobcenter, tun, asked):
    params, template = jobcenter
    shutil.copy(template, params.raw_file("jobcenter.xlsx"))
    source = Source("sgb2", "jobcenter.xlsx", "Personen")
    error = source.finding("Falsch.", tun, zeilen=[5])
    done = write_copies([error], params)
    assert (len(done.files), done.asked) == (1, asked)
    assert write_copies([replace(error, schwere="Hinweis")], params).asked == []


def test_copies_are_the_same_each_time(jobcenter):
    _, first = planted(jobcenter, PLANTED)
    content = first.files[0].read_bytes()
    findings, _ = planted(jobcenter, PLANTED)
    assert write_copies(findings, jobcenter[0]).files[0].read_bytes() == content


def test_no_findings_no_copy_and_older_ones_go(jobcenter):
    _, copies = planted(jobcenter, PLANTED)
    assert copies.files[0].exists()
    findings, none = planted(jobcenter, {})
    assert errors(findings) == {} and none.files == []
    assert not copies.files[0].exists()


def test_a_marked_copy_that_comes_back_corrected_is_read_and_cleaned(jobcenter):
    params, template = jobcenter
    _, copies = planted(jobcenter, {"C8": -4})
    book = openpyxl.load_workbook(copies.files[0])
    book["Personen"]["C8"] = openpyxl.load_workbook(template)["Personen"]["C8"].value
    book["Personen"]["D6"] = "viele"
    book.save(params.raw_file("jobcenter.xlsx"))
    _, findings = read_deliveries(params, areas_of(params))
    assert set(errors(findings)) == {(6, "darunter: unter 3 Jahre")}
    (path,) = write_copies(findings, params).files
    sheet = openpyxl.load_workbook(path)["Personen"]
    assert sheet["C8"].comment is None and sheet["C8"].fill.fgColor.rgb != COLOURS["Fehler"]
    assert sheet["D6"].comment.author == AUTHOR


def test_a_template_of_another_place_is_refused(jobcenter):
    params, template = jobcenter
    shutil.copy(template, params.raw_file("jobcenter.xlsx"))
    other = params.kommune.model_copy(update={"ags": "05513000"})
    _, findings = read_deliveries(params.model_copy(update={"kommune": other}), areas_of(params))
    assert any("für eine andere Kommune (Pilotkommune" in f.was for f in findings)


def test_a_workbook_that_is_no_template_is_refused(jobcenter):
    params, _ = jobcenter
    openpyxl.Workbook().save(params.raw_file("jobcenter.xlsx"))
    _, findings = read_deliveries(params, areas_of(params))
    assert any("keine Vorlage von SPM" in f.was for f in findings)


def asked(art, sheet, row, column, was):
    return Question(
        art=art,
        sheet=sheet,
        heading="Anzahl",
        value="",
        was=was,
        tun="Bitte.",
        rows=(row,),
        column=column,
    )


def test_values_of_a_csv_are_marked_in_the_same_rows():
    values = Values({"Werte": [(3, ["Raum", "Anzahl"]), (4, ["=1+1", "zwölf"])]})
    question = asked("Fehler", "Werte", 4, 2, "Text.")
    content = marked(values, [question], "Ihre Datei", DAY)
    assert content == marked(values, [question], "Ihre Datei", DAY)
    import io

    book = openpyxl.load_workbook(io.BytesIO(content))
    sheet = book["Werte"]
    assert sheet["A4"].value == "=1+1" and sheet["A4"].data_type == "s"
    assert sheet["B4"].comment.text.startswith("Fehler 1: Text.")
    assert book.properties.modified == DAY


def test_a_comment_of_the_office_stays():
    import io

    from openpyxl.comments import Comment

    book = openpyxl.Workbook()
    book.active.title = "Zahlen"
    book.active["B2"] = -1
    book.active["B2"].comment = Comment("vorläufig", "Amt")
    book.active.merge_cells("B2:C2")
    source = io.BytesIO()
    book.save(source)
    question = asked("Hinweis", "Zahlen", 2, 3, "Negativ.")
    content = marked(source.getvalue(), [question], "", DAY)
    text = openpyxl.load_workbook(io.BytesIO(content))["Zahlen"]["B2"].comment.text
    assert text.startswith("vorläufig") and "Negativ." in text


def test_sheets_of_other_offices_are_left_out(jobcenter):
    from spm.config.delivery import Lieferung

    params, _ = jobcenter
    raw = params.raw_file("beide.xlsx")
    book = openpyxl.Workbook()
    book.active.title = "Eigenes"
    for name in ("Eigenes", "Fremdes"):
        sheet = book[name] if name in book.sheetnames else book.create_sheet(name)
        sheet.append(["Raum", "Jahr", "Anzahl"])
        sheet.append(["1", 2020, -5])
    book.save(raw)
    tables = {
        name: {
            "datei": "beide.xlsx",
            "blatt": name,
            "spalten": {"raum": "Raum", "jahr": "Jahr", "anzahl": "Anzahl"},
            "konstanten": {"merkmal": name.lower()},
        }
        for name in ("Eigenes", "Fremdes")
    }
    both = {
        name: Lieferung(titel=name, stelle=f"Stelle {name}", tabellen=[table])
        for name, table in tables.items()
    }
    both = params.model_copy(update={"lieferungen": both})
    _, findings = read_deliveries(both, areas_of(params))
    first, second = write_copies(findings, both).files
    assert openpyxl.load_workbook(first).sheetnames == ["Eigenes", QUESTIONS]
    assert openpyxl.load_workbook(second).sheetnames == ["Fremdes", QUESTIONS]


def test_findings_know_all_their_rows():
    from spm.deliveries.findings import Source

    finding = Source("amt", "a.csv").finding("Falsch.", zeilen=pd.array(range(2, 40)))
    assert finding.zeile == 2 and finding.zeilen == tuple(range(2, 40))
