"""What templates ask for, also of offices that have not delivered yet."""

import openpyxl
import pandas as pd
import pytest

from spm.config.params import load_params
from spm.config.tables import Tabelle
from spm.deliveries.templates import SCHEMA
from spm.errors import SpmError
from spm.offices.groups import Group, from_mapping, needed
from spm.offices.labels import age_words, headings, measure_words
from spm.offices.names import file_name
from spm.offices.places import Places
from spm.offices.sheets import EXPLANATION, HEAD, LISTS
from spm.offices.templates import told, write_templates
from spm.offices.workbook import counted
from spm.text.ages import parse_age
from tests.offices.offices_example import project


@pytest.fixture(scope="module")
def empty(tmp_path_factory):
    """A project whose offices have not delivered anything; the templates of one year."""
    path = project(tmp_path_factory.mktemp("leer"))
    for file in (path.parents[1] / "data/raw/pilotkommune").iterdir():
        if file.suffix != ".geojson":
            file.unlink()
    text = path.read_text(encoding="utf-8")
    new = """
  neu:
    titel: Neue Zahlen
    stelle: Neues Amt
    merkmale: [sgb2_personen, unbekanntes]
    tabellen:
      - {datei: neu.xlsx, vorlage: ja}
"""
    path.write_text(text.replace("\n  # ---", f"{new}\n  # ---", 1), encoding="utf-8")
    params = load_params(path)
    return params, write_templates(params, [2023])


def test_without_a_delivery_the_mapping_tells_the_groups(empty):
    _, done = empty
    assert done.refused == []
    sheets = {sheet.name: sheet for own in done.sheets.values() for sheet in own}
    kinds = [list(s.numbers) for s in done.sheets["Statistikstelle"]]
    assert kinds[1] == ["1 Kind", "2 Kinder", "3 und mehr Kinder"]
    kinds = ["ambulant", "teilstationär", "stationär", "§ 35a"]
    assert list(sheets["Hilfeart"].numbers) == [f"{kind}, unter 18 Jahre" for kind in kinds]


def test_ages_that_only_a_file_would_tell_follow_from_the_indicators(empty):
    _, done = empty
    (people, _) = done.sheets["Einwohnermeldeamt"]
    ages = {(g.von, g.bis) for groups in people.meaning.values() for g in groups}
    assert (0, 17) in ages and (0, 2) in ages


def test_an_office_without_any_mapping(empty):
    _, done = empty
    (sheet,) = done.sheets["Neues Amt"]
    assert {g.merkmal for gs in sheet.meaning.values() for g in gs} == {
        "sgb2_personen",
        "unbekanntes",
    }
    assert len(set(sheet.numbers)) == len(sheet.numbers)


def test_a_workbook_is_protected_checked_and_explained(empty):
    _, done = empty
    book = openpyxl.load_workbook(done.files["Jobcenter"])
    assert done.files["Jobcenter"].name == "jobcenter-2023.xlsx"
    assert book.sheetnames[0] == EXPLANATION and book[SCHEMA].sheet_state == "hidden"
    sheet = book["Personen"]
    assert sheet.protection.sheet and sheet.protection.password is None
    assert [cell.value for cell in sheet[HEAD]][:2] == ["Raum", "Jahr"]
    assert sheet.cell(HEAD + 1, 1).protection.locked
    assert not sheet.cell(HEAD + 1, 3).protection.locked
    (rule,) = sheet.data_validations.dataValidation
    assert rule.type == "custom" and str(rule.sqref) == "C5:E12"
    words = "\n".join(str(cell.value) for row in book[EXPLANATION].iter_rows() for cell in row)
    for part in ("Anzahlen unter 10", "unter 3 sperren Sie", "genau null", "Dezember", "NEF"):
        assert part in words


def test_lists_of_persons_have_choices(empty):
    _, done = empty
    book = openpyxl.load_workbook(done.files["Gesundheitsamt"])
    sheet = book["Untersuchungen"]
    rules = {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation}
    lists = book[LISTS]
    assert book[LISTS].sheet_state == "hidden"
    column = [cell.value for cell in sheet[HEAD]].index("Sprache")
    letter = openpyxl.utils.get_column_letter(column + 1)
    source = next(f for where, f in rules.items() if where.startswith(f"{letter}{HEAD + 1}:"))
    named = source.split("!")[1].replace("$", "")
    assert [cell[0].value for cell in lists[named]] == [
        "unauffällig", "auffällig", "in Behandlung", "nicht untersucht",
    ]  # fmt: skip


def test_a_filled_template_is_not_overwritten(empty):
    params, done = empty
    path = done.files["Umweltamt"]
    before = path.read_bytes()
    book = openpyxl.load_workbook(path)
    book.worksheets[1]["C5"] = 3
    book.save(path)
    filled = path.read_bytes()
    again = write_templates(params, [2023], ["Umweltamt"])
    assert again.kept == [path] and path.read_bytes() == filled
    assert "Nicht ersetzt" in told(again, params, [])[0]
    path.write_bytes(before)
    assert write_templates(params, [2023], ["Umweltamt"]).files == {"Umweltamt": path}


def test_the_entries_of_every_office_are_told(empty):
    import yaml

    params, done = empty
    lines = told(done, params, list(map(str, done.files.values())), [2023])
    start = next(i for i, line in enumerate(lines) if line.startswith("Ausgefüllt zurück?"))
    entries = yaml.safe_load("\n".join(lines[start + 1 :]))
    sent = {sheet.delivery for sheets in done.sheets.values() for sheet in sheets}
    assert len(done.files) > 1 and entries.keys() == sent


def test_the_entry_for_the_params_file_can_be_read(empty):
    import yaml

    from spm.offices.templates import entry

    params, done = empty
    (key, section), *_ = yaml.safe_load(entry(done, params, "Jobcenter", [2023])).items()
    assert key == "sgb2" and "sgb2_bg" in section["merkmale"]
    assert Tabelle(**section["tabellen"][0] | {"vorlage": "ja"}).datei == "jobcenter-{jahr}.xlsx"


def test_wrong_wishes(empty):
    params, _ = empty
    with pytest.raises(SpmError, match="liegt nicht in der Zeitreihe"):
        write_templates(params, [2031])
    with pytest.raises(SpmError, match="Gemeint ist vielleicht «Jobcenter»"):
        write_templates(params, [2023], ["Jobzenter"])


def test_headings_are_never_the_same():
    groups = {Group("a", 0, 2): "", Group("b", 0, 2): "", Group("a_m2"): "", Group("b_m2"): ""}
    names = headings(groups, None)
    assert len(set(names.values())) == 4
    table = Tabelle(
        datei="a.csv", entpivotieren={"Kinder": {"merkmal": "a"}, "Kinder ": {"merkmal": "b"}}
    )
    names = headings({Group("a"): "Kinder", Group("b"): "Kinder"}, table)
    assert len(set(names.values())) == 2


def test_a_heading_says_what_is_counted_and_of_whom():
    one = {Group("sgb2_nef", 0, 14): "Leistungen nach SGB II"}
    assert list(headings(one, None).values()) == ["SGB II NEF, unter 15 Jahre"]
    two = {Group("kinder", 3, 5, geschlecht=sex): "" for sex in "mw"}
    assert list(headings(two, None).values()) == [
        "männlich, 3 bis unter 6 Jahre",
        "weiblich, 3 bis unter 6 Jahre",
    ]


@pytest.mark.parametrize("ages", [(0, 2), (3, 5), (14, 14), (65, None), (None, None), (0, 0)])
def test_words_of_ages_are_understood(ages):
    assert parse_age(age_words(Group("kinder", *ages))) == ages


def test_measures_in_words():
    assert measure_words("betreute_kinder") == "Betreute Kinder"
    assert measure_words("laerm_den_ueber_65") == "Lärm Den über 65"
    assert measure_words("seu_kita_dauer_bekannt").startswith("SEU Kita Dauer")


def test_names_of_files():
    assert file_name("Agentur für Arbeit") == "agentur-fuer-arbeit"
    assert file_name("§§") == "stelle"
    assert file_name("CON") == "con-"
    assert len(file_name("x" * 200)) == 60


def test_areas_whose_name_means_two_are_called_by_their_key():
    areas = pd.DataFrame({"raum": ["1", "2", "3"], "name": ["Mitte", "Mitte", "2"]})
    assert Places(areas).of(2023) == ["1", "2", "3"]


def test_needs_of_a_measure():
    assert needed("kinder", {}) == [Group("kinder")]
    table = Tabelle(
        datei="a.csv",
        spalten={"raum": "R", "jahr": "J", "geschlecht": "G", "anzahl": "A"},
        konstanten={"merkmal": "kinder", "alter": "0-17"},
        werte={"geschlecht": {"Jungen": "m", "Mädchen": "w"}},
    )
    assert list(from_mapping(table, {})) == [
        Group("kinder", 0, 17, "m"),
        Group("kinder", 0, 17, "w"),
    ]


def test_the_sheet_itself_says_what_is_counted(empty):
    _, done = empty
    told = {sheet.name: counted(sheet) for own in done.sheets.values() for sheet in own}
    assert told["Hilfeart"] == "Gezählt: Hilfen SGB VIII"
