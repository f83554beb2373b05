"""Explaining numbers of the demo: what is listed gives the printed value, and is in the files."""

import csv
import re
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path

import openpyxl
import pandas as pd
import pytest

from spm.errors import SpmError
from spm.explain import explain, inside, open_project
from spm.explain.records import ABSENT, CELLS, PERSONS, Fakt
from spm.explain.wording import WARNING, in_words
from tests.conftest import PARAMS

SEED = 20241
RAW = "data/raw/pilotkommune"
KINDS = {
    "anteil": lambda row: row.art == "anteil",
    "rate": lambda row: row.art == "rate",
    "saldo": lambda row: row.art == "saldo",
    "mittelwert": lambda row: row.art == "mittelwert",
    "messwert": lambda row: row.art == "messwert",
    "quotient": lambda row: row.art == "quotient",
    "anzahl": lambda row: row.art == "anzahl",
    "veraenderung": lambda row: row.art == "veraenderung",
    "jahre zusammen": lambda row: "-" in row.jahre,
    "raeume zusammen": lambda row: "," in row.raeume,
    "gesperrt": lambda row: row.status == "gesperrt",
    "vorjahr": lambda row: "versatz" in row.zaehlt,
    "gesamt": lambda row: row.raum == "gesamt",
}
"""Two rows of each."""


@pytest.fixture(scope="module")
def project(demo):
    return open_project(demo / PARAMS)


@pytest.fixture(scope="module")
def rows(project) -> pd.DataFrame:
    frame = project.report.published
    art = {key: entry.art for key, entry in project.report.catalogue.items()}
    shown = frame[frame["status"].isin(["ok", "gesperrt"])]
    return shown.assign(art=shown["kennzahl"].map(art))


@pytest.mark.parametrize("kind", KINDS)
def test_the_listed_facts_give_the_printed_value(project, rows, kind):
    fitting = rows[[KINDS[kind](row) for row in rows.itertuples()]]
    for row in fitting.sample(min(2, len(fitting)), random_state=SEED).itertuples():
        told = explain(project, row.kennzahl, str(row.jahr), row.raum)
        numbers = {n.rolle: sum(f.anzahl for f in n.fakten) for n in told.zahlen}
        assert numbers == {n.rolle: n.anzahl for n in told.zahlen}
        entry = project.report.catalogue[row.kennzahl]
        value = _value(entry.art, entry.faktor, numbers)
        text = project.report.view(row.kennzahl).text
        assert told.formel.endswith(f" = {text(value)}")
        assert _computed(told.formel) == _rounded(value, entry.nachkommastellen)
        assert told.gedruckt == (text(value) if row.status == "ok" else "")
        for fact in (f for n in told.zahlen for f in n.fakten):
            assert _in_files(fact) == fact.anzahl, fact


def _value(art: str, factor: float, numbers: dict[str, int]) -> float:
    top, bottom = numbers["zaehler"], numbers.get("nenner", 1)
    if art == "veraenderung":
        return (top / bottom - 1) * factor
    return (top - numbers.get("abzueglich", 0)) / bottom * factor


def _computed(formula: str) -> Decimal:
    """The left side of a formula, rounded as its right side is."""
    left, right = formula.replace(".", "").replace(",", ".").replace("−", "-").split(" = ")
    number = Decimal(re.match(r"[+-]?[\d.]+", right)[0])
    exact = eval(left.replace("×", "*"))
    rounded = Decimal(repr(float(exact))).quantize(number, ROUND_HALF_UP)
    assert rounded == number
    return rounded


def _rounded(x: float, decimals: int) -> Decimal:
    return Decimal(repr(float(x))).quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)


def _in_files(fact: Fakt) -> int:
    """The count that the named places give."""
    assert fact.stellen
    counted = 0
    for place in fact.stellen:
        counted += int(place.wert.replace(".", "")) if place.art == CELLS else len(place.zeilen)
        assert place.art != ABSENT or place.zeilen == ()
    return counted


def _lines(demo: Path, name: str) -> list[list[str]]:
    with (demo / RAW / name).open(encoding="cp1252", newline="") as file:
        return list(csv.reader(file, delimiter=";"))


def test_the_rows_of_a_csv_are_those_that_hold_the_numbers(demo, project):
    told = explain(project, "sgb2_quote_u18", "2023", "Sozialraum 4")
    lines = _lines(demo, "einwohner.csv")
    young = {
        "unter 3",
        "3 bis unter 6",
        "6 bis unter 10",
        "10 bis unter 14",
        "14",
        "15 bis unter 18",
    }
    wanted = {
        number: int(line[5])
        for number, line in enumerate(lines, start=1)
        if line[:2] == ["Sozialraum 4", "31.12.2023"] and line[2] in young
    }
    below = told.zahlen[1]
    listed = {place.zeilen[0]: int(place.wert) for f in below.fakten for place in f.stellen}
    assert listed == wanted
    assert below.anzahl == sum(wanted.values()) == 1993


def test_a_cell_of_a_workbook_is_where_it_is_said_to_be(demo, project):
    told = explain(project, "sgb2_quote_u18", "2023", "4")
    ((place,),) = (f.stellen for f in told.zahlen[0].fakten)
    sheet = openpyxl.load_workbook(demo / RAW / place.datei)[place.blatt]
    head = [cell.value for cell in sheet[4]]
    found = sheet.cell(place.zeilen[0], head.index(place.spalte) + 1).value
    assert str(found) == place.wert == "555"
    row = [cell.value for cell in sheet[place.zeilen[0]]]
    assert row[head.index("Sozialraum")] == place.raum == "SR 4"
    assert row[head.index("Berichtsmonat")] == "Dezember 2023"


def test_the_rows_of_persons_are_those_who_are_counted(demo, project):
    told = explain(project, "seu_adipositas", "2023", "Sozialraum 4")
    sheet = openpyxl.load_workbook(demo / RAW / "schuleingangsuntersuchung.xlsx")["Untersuchungen"]
    head = [cell.value for cell in sheet[1]]
    columns = [head.index(n) for n in ("Sozialraum", "Untersuchungsjahr", "BMI-Kategorie")]
    wanted = {
        year: [
            number
            for number, row in enumerate(sheet.iter_rows(values_only=True), start=1)
            if [str(row[c]) for c in columns] == ["Sozialraum 4", str(year), "Adipositas"]
        ]
        for year in told.jahre
    }
    assert told.jahre == tuple(range(2018, 2024))
    places = {f.jahr: list(f.stellen[0].zeilen) for f in told.zahlen[0].fakten}
    assert places == wanted
    assert {f.stellen[0].art for f in told.zahlen[0].fakten} == {PERSONS}


def test_several_findings_are_explained_by_the_rows_that_have_them(demo, project):
    told = explain(project, "seu_drei_befunde", "2023", "gesamt")
    sheet = openpyxl.load_workbook(demo / RAW / "schuleingangsuntersuchung.xlsx")["Untersuchungen"]
    head, *rows = sheet.iter_rows(values_only=True)
    tests = ("Sprache", "Visuomotorik", "Körperkoordination", "Aufmerksamkeit", "Zahlen und Mengen")
    wanted = []
    for number, row in enumerate(rows, start=2):
        child = dict(zip(head, row, strict=True))
        found = [child[test] for test in tests]
        several = sum(f in ("auffällig", "in Behandlung") for f in found) >= 3
        if child["Untersuchungsjahr"] in told.jahre and "nicht untersucht" not in found and several:
            wanted.append(number)
    places = [place for f in told.zahlen[0].fakten for place in f.stellen]
    assert sorted(n for place in places for n in place.zeilen) == wanted
    assert len(wanted) == 121
    assert all("dabei mindestens 3 von seu_sprache_auffaellig" in p.wert for p in places)
    (reason,) = explain(project, "seu_drei_befunde", "2023", "Sozialraum 4").geheimhaltung.klassen
    assert reason == "verbundene Angaben je Kind"


def test_a_missing_row_is_said_to_count_as_nobody(demo, project):
    told = explain(project, "hze_teilstationaer", "2023", "Sozialraum 2")
    (nobody,) = [f for f in told.zahlen[0].fakten if (f.jahr, f.raum) == (2023, "2")]
    assert nobody.anzahl == 0
    assert [place.art for place in nobody.stellen] == [ABSENT]
    text = (demo / RAW / "hze.csv").read_text(encoding="utf-8-sig")
    assert not re.search(r"(?m)^2;2023;[^\n]*teilstation", text)


def test_an_area_of_a_group_is_explained_by_its_group(project):
    told = explain(project, "sgb2_quote_u3", "2023", "Sozialraum 2")
    assert (told.raum, told.raeume) == ("Sozialräume 2 und 5", ("2", "5"))
    assert told.hinweise[0].startswith("«Sozialraum 2» hat für diese Kennzahl keinen eigenen Wert")


@pytest.mark.parametrize(
    ("area", "decision", "kind"),
    [
        ("3", "primaer", ("Mindestfallzahl",)),
        ("1", "sekundaer", ()),
        ("gesamt", "veroeffentlicht", ()),
    ],
)
def test_the_decision_is_that_of_the_confidential_list(project, area, decision, kind):
    told = explain(project, "sgb2_quote_u3", "2018", area).geheimhaltung
    assert (told.entscheidung, told.klassen) == (decision, kind)
    if decision == "primaer":
        assert told.gruende == ("sgb2_personen, Alter 0-2, 2018, Raum 3: 5",)
        assert told.moeglich[0].startswith(
            "sgb2_personen, Alter 0-2, 2018, Raum 3: Leser kommen nicht näher "
        )
        assert "sgb2_quote_u3 2018 Raum 1" in told.gemeinsam


def test_what_its_sender_suppressed_is_where_the_file_has_a_sign(demo, project):
    frame = project.report.published
    row = frame[frame["status"].eq("absender_gesperrt")].iloc[0]
    told = explain(project, row["kennzahl"], str(row["jahr"]), row["raum"])
    assert told.geheimhaltung.entscheidung == "vom_absender"
    assert (told.wert, told.formel) == (None, "")
    hidden = [f for n in told.zahlen for f in n.fakten if f.status == "gesperrt"]
    (place,) = hidden[0].stellen
    sheet = openpyxl.load_workbook(demo / RAW / place.datei)[place.blatt]
    assert "*" in [cell.value for cell in sheet[place.zeilen[0]]]
    assert place.wert == "*"
    lines = in_words(told, project.report.view(told.kennzahl).text)
    assert any("vom Absender gesperrt  " in line for line in lines)


def test_p_and_q_are_those_behind_the_published_words(project):
    told = explain(project, "sgb2_langzeit", "2023", "gesamt")
    frame = pd.read_parquet(project.folder / "entwicklung.parquet")
    own = frame[frame.kennzahl.eq("sgb2_langzeit") & frame.raum.eq("gesamt")]
    assert [(t.p, t.q) for t in told.tests[1:]] == list(zip(own.p, own.q, strict=True))
    assert told.tests[0].grund == "Die Kommune wird nicht mit sich selbst verglichen."
    frame = project.report.published
    for area in ("1", "4"):
        test = explain(project, "sgb2_quote_u18", "2023", area).tests[0]
        row = frame[(frame.kennzahl == "sgb2_quote_u18") & (frame.jahr == 2023)]
        klasse = row.loc[row.raum == area, "klasse"].item()
        different = {"wie": test.q > 0.05, "deutlich_ueber": test.q <= 0.002}
        assert different[klasse], (area, test)


def test_where_it_is_printed(demo, project):
    places = explain(project, "sgb2_quote_u18", "2023", "Sozialraum 4").stellen
    by_address = {(p.art, p.anker) for p in places}
    assert {
        ("tabelle", "03-sgb2.html#tbl-sgb2-uebersicht"),
        ("tabelle", "tabellenanhang.html#tbl-sgb2-quote-u18-daten"),
        ("abbildung", "03-sgb2.html#fig-sgb2-quote-u18-block"),
        ("satz", "03-sgb2.html#kennzahl-sgb2-quote-u18"),
        ("atlas", "atlas.html#kennzahl=sgb2_quote_u18&jahr=2023&raum=4"),
    } <= by_address
    for kind, address in by_address - {("atlas", a) for _, a in by_address}:
        page, _, anchor = address.partition("#")
        html = (demo / "report/pilotkommune/html" / page).read_text(encoding="utf-8")
        assert not anchor or f'id="{anchor}"' in html, (kind, address)


def test_a_suppressed_number_is_printed_nowhere(project):
    told = explain(project, "sgb2_quote_u3", "2022", "3")
    assert (told.gedruckt, told.wert) != ("", None)
    assert {p.art for p in told.stellen} <= {"tabelle", "abbildung", "atlas", "daten"}
    assert told.formel.startswith("3 / 104")


@pytest.mark.parametrize(
    ("address", "year", "area", "meant"),
    [
        ("atlas.html#kennzahl=wohngeld&jahr=2021&raum=7", "", "", ("wohngeld", 2021, "7")),
        ("https://x.example/atlas.html#kennzahl=wohngeld", "", "", ("wohngeld", 2023, "gesamt")),
        ("03-sgb2.html#fig-sgb2-quote-u18-block", "", "", ("sgb2_quote_u18", 2023, "gesamt")),
        ("#kennzahl-sgb2-quote-u18", "2020", "4", ("sgb2_quote_u18", 2020, "4")),
        ("#tbl-seu-masern-daten", "2020–2022", "1", ("seu_masern", 2022, "1")),
        ("profile/raum-4.html#kennzahl-wohngeld", "", "", ("wohngeld", 2023, "4")),
        ("SGB II, unter 18 Jahre", "", "Sozialraum 4", ("sgb2_quote_u18", 2023, "4")),
    ],
)
def test_permanent_addresses_are_understood(project, address, year, area, meant):
    told = explain(project, address, year, area)
    assert (told.kennzahl, told.jahr, told.raum) == meant


@pytest.mark.parametrize(
    ("words", "text"),
    [
        (("sgb2_quot_u18", "", ""), "Gemeint ist vielleicht «sgb2_quote_u18»"),
        (("wohngeld", "2012", ""), "gehört nicht zur Zeitreihe 2018 bis 2023"),
        (("wohngeld", "2023", "Sozialraum 44"), "Gemeint ist vielleicht «Sozialraum 4»"),
        (("03-sgb2.html#tbl-sgb2-uebersicht", "", ""), "führt zu keiner einzelnen Kennzahl"),
    ],
)
def test_what_is_not_there_names_what_is_near(project, words, text):
    with pytest.raises(SpmError, match=re.escape(text)):
        explain(project, *words)


def test_an_explanation_is_kept_in_the_confidential_folder_only(demo, project, tmp_path):
    folder = project.folder
    assert inside(project, folder / "erklaerung.txt") == (folder / "erklaerung.txt").resolve()
    for wrong in (tmp_path / "x.txt", folder, folder / "../x.txt", folder / "stufen.json"):
        with pytest.raises(SpmError):
            inside(project, wrong)


def test_the_console_says_that_it_is_confidential_and_stays_readable(project):
    told = explain(project, "anteil_u18", "2023", "")
    lines = in_words(told, project.report.view("anteil_u18").text)
    assert lines[0] == WARNING
    assert len(lines) < 110  # of 420 facts
    assert any("24 Angaben" in line and "Raum 4" in line for line in lines)
    assert lines[-1].startswith(f"Erklärt ist der Datenstand {told.stand.daten[:16]}")
