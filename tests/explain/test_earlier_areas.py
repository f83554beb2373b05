"""Numbers of a redrawn municipality, of joined areas and of facilities; and of what is stale."""

import csv
from pathlib import Path

import pytest

from spm.build import prepare
from spm.errors import SpmError
from spm.explain import explain, open_project
from spm.explain.wording import in_words
from spm.progress import Steps
from tests.areas.redrawn_example import make

PERSONS = """\
  schuleingang:
    titel: Untersuchungen
    stelle: Gesundheitsamt
    mindestfallzahl: 1
    nullen_veroeffentlichen: ja
    rundung: 5
    tabellen:
      - datei: kinder.csv
        spalten: {raum: Raum, jahr: Jahr}
        nicht_zuordenbar: [unbekannt, auswärts]
        gesamtzeilen: []
        zaehlen:
          merkmale:
            kinder: {}
            auffaellig: {Befund: [ja]}
          einrichtungen: {Kita: Kita}
"""
INDICATOR = """\
  befund:
    kapitel: sgb2
    titel: Kinder mit Befund
    kurztitel: Befund
    satz: der Anteil der Kinder mit Befund
    definition: Kinder mit Befund je 100 Kinder.
    art: anteil
    zaehler: {merkmal: auffaellig}
    nenner: {merkmal: kinder}
    faktor: 100
    einheit: "%"
    nachkommastellen: 1
    richtung: belastend
    quelle: Gesundheitsamt
    rechtsgrundlage: keine
    lebensphase: Einschulung
    bereich: Gesundheit
    je_einrichtung: ja
"""


def _children(folder: Path) -> list[list[str]]:
    rows = [["Raum", "Jahr", "Befund", "Kita"]]
    for number in range(120):
        area = ("A", "B", "C", "D", "unbekannt", "auswärts")[number % 6]
        found = "ja" if number % 7 < 3 else "nein"
        rows.append([area, str(2020 + number % 4), found, ("Nord", "Süd")[number % 2]])
    text = "\n".join(";".join(row) for row in rows) + "\n"
    (folder / "roh/kinder.csv").write_text(text, encoding="utf-8")
    return rows


@pytest.fixture(scope="module")
def params(tmp_path_factory) -> Path:
    path = make(tmp_path_factory.mktemp("neu") / "projekt")
    folder = path.parents[1]
    _children(folder)
    text = path.read_text(encoding="utf-8") + "\n" + PERSONS
    path.write_text(
        text.replace("lieferungen:", "einrichtungen: {mindestfallzahl: 2}\nlieferungen:")
    )
    catalogue = folder / "params/kennzahlen.yml"
    catalogue.write_text(catalogue.read_text(encoding="utf-8") + INDICATOR, encoding="utf-8")
    prepare(path, Steps(quiet=True))
    return path


@pytest.fixture(scope="module")
def project(params):
    return open_project(params)


def test_counts_of_earlier_areas_say_where_they_came_from(project):
    told = explain(project, "quote", "2019", "Chaussee")
    (fact,) = told.zahlen[0].fakten
    assert [(m.raum, m.anteil) for m in fact.umrechnung] == [("3", 0.75), ("A", 1.0)]
    assert sum(m.anzahl for m in fact.umrechnung) == fact.anzahl
    with (project.report.params.raw_file("sgb2.csv")).open(encoding="utf-8") as file:
        lines = list(csv.reader(file, delimiter=";"))
    for move in fact.umrechnung:
        (place,) = move.stellen
        (row,) = place.zeilen
        column = lines[0].index(place.spalte)
        assert int(lines[row - 1][column]) == move.anzahl_dort == int(place.wert)
        assert lines[row - 1][0] == place.raum == f"Alt {move.raum}"
    assert abs(fact.umrechnung[0].anzahl - 0.75 * fact.umrechnung[0].anzahl_dort) < 1
    lines = in_words(told, project.report.view("quote").text)
    assert any("aus dem früheren Raum 3 (Anteil 75,0 %)" in line for line in lines)


def test_years_of_today_are_not_moved(project):
    told = explain(project, "quote", "2020", "Chaussee")
    assert all(not fact.umrechnung for number in told.zahlen for fact in number.fakten)


def test_a_delivered_total_is_told_as_such(project):
    told = explain(project, "quote", "2021", "gesamt")
    (fact,) = told.zahlen[0].fakten
    assert (fact.raum, fact.stellen[0].raum) == ("gesamt", "Summe")
    assert {f.raum for f in told.zahlen[1].fakten} == {"A", "B", "C", "D"}


def test_rows_of_children_without_an_area_are_those_of_all_its_names(project):
    told = explain(project, "befund", "2022", "nz")
    rows = _children(project.report.params.root)
    wanted = [
        number
        for number, row in enumerate(rows, start=1)
        if row[:2] in (["unbekannt", "2022"], ["auswärts", "2022"])
    ]
    (place,) = told.zahlen[1].fakten[0].stellen
    assert list(place.zeilen) == wanted


def test_rows_of_a_facility_are_those_of_its_children(project):
    told = explain(project, "befund", "2022", "Nord")
    rows = _children(project.report.params.root)
    wanted = [
        number
        for number, (_, year, found, kita) in enumerate(rows, start=1)
        if (year, found, kita) == ("2022", "ja", "Nord")
    ]
    assert told.einrichtung == "Kita: Nord"
    (place,) = told.zahlen[0].fakten[0].stellen
    assert list(place.zeilen) == wanted
    assert told.zahlen[0].anzahl == len(wanted)


def test_a_rounded_number_is_told_beside_the_true_one(project):
    told = explain(project, "befund", "2022", "gesamt")
    top, bottom = told.zahlen
    assert (top.rundung, bottom.rundung) == (5, 5)
    assert (top.anzahl, top.gedruckt, bottom.anzahl, bottom.gedruckt) == (13, 15, 30, 30)
    assert told.formel.replace("\u00a0", " ") == "15 / 30 × 100 = 50,0 %"
    lines = in_words(told, project.report.view("befund").text)
    assert "  gedruckt als 15: auf Vielfache von 5 gerundet" in lines


def test_without_a_report_it_says_that_it_cannot_tell_where_a_number_stands(project):
    (note,) = explain(project, "befund", "2022", "A").hinweise
    assert "macht ihn neu" in note


def test_what_is_stale_is_not_explained(params):
    raw = params.parents[1] / "roh/sgb2.csv"
    before = raw.read_text(encoding="utf-8")
    raw.write_text(before + "\n", encoding="utf-8")
    with pytest.raises(SpmError, match="passt nicht mehr") as caught:
        open_project(params)
    assert "Lieferung sgb2: Eingabe geändert: sgb2.csv" in caught.value.wo
    raw.write_text(before, encoding="utf-8")
    open_project(params)


def test_a_params_file_that_is_newer_than_the_report_is_the_reason_told(params):
    before = params.read_text(encoding="utf-8")
    changes = {
        "nullen_veroeffentlichen: ja": "nullen_veroeffentlichen: nein",  # the gate would refuse
        "{mindestfallzahl: 2}": "{mindestfallzahl: 3}",
        "  schuleingang:": "  anders:",  # a delivery that was never read
    }
    for old, new in changes.items():
        assert old in before
        params.write_text(before.replace(old, new), encoding="utf-8")
        with pytest.raises(SpmError, match="Der Bericht ist älter als die Params-Datei") as caught:
            open_project(params)
        assert caught.value.wo == str(params)
        assert f"spm build params/{params.name}" in caught.value.tun
    params.write_text(f"# ein Kommentar\n{before}", encoding="utf-8")
    open_project(params)
    params.write_text(before, encoding="utf-8")
    open_project(params)


def test_without_the_confidential_folder_nothing_is_explained(params):
    facts = params.parents[1] / "data/processed/klein/facts.parquet"
    away = facts.rename(facts.with_suffix(".weg"))
    with pytest.raises(SpmError, match="wer den vertraulichen Ordner der Kommune hat"):
        open_project(params)
    away.rename(facts)
