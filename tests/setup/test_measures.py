"""Headings against the synonyms: what they mean, and what must stay open."""

import re

import pytest
import yaml

from spm.setup.measures import context, group_of, guess, is_share
from spm.setup.synonyms import synonyms
from spm.setup.words import said
from tests.conftest import ROOT


def measure(heading, title="", sheet="", file="x.csv"):
    found = guess(said(heading), context([title], sheet, file))
    return found.measure.name if found else None


@pytest.mark.parametrize(
    ("heading", "name"),
    [
        ("Einwohner insgesamt", "bevoelkerung"),
        ("EW_0_U3", "bevoelkerung"),
        ("Wohnbevölkerung am Ort der Hauptwohnung", "bevoelkerung"),
        ("Lebendgeborene", "geburten"),
        ("Zuzüge unter 18 Jahren", "zuzuege"),
        ("BG insgesamt", "sgb2_bg"),
        ("BG mit Kindern unter 18 Jahren", "sgb2_bg_mit_kindern"),
        ("BG mit minderjährigen Kindern", "sgb2_bg_mit_kindern"),
        ("Kinder unter 18 Jahren in Bedarfsgemeinschaften", "sgb2_personen"),
        ("Kinder unter 18 in Bedarfsgemeinschaften", "sgb2_personen"),
        ("Kinder in Bedarfsgemeinschaften unter 18 Jahre", "sgb2_personen"),
        ("Kinder unter 3 Jahren in BG", "sgb2_personen"),
        ("Kinder unter 15 Jahren in SGB-II-Bedarfsgemeinschaften", "sgb2_personen"),
        ("Minderjährige in Bedarfsgemeinschaften", "sgb2_personen"),
        ("NEF unter 15 Jahre", "sgb2_nef"),
        ("ELB", "sgb2_elb"),
        ("Inobhutnahmen (§ 42)", "inobhutnahmen"),
        ("Gefährdungseinschätzungen (§ 8a SGB VIII)", "gefaehrdungseinschaetzungen"),
        ("births", "geburten"),
        ("unemployed_total", "arbeitslose"),
    ],
)
def test_headings_that_say_it_themselves(heading, name):
    assert measure(heading) == name


@pytest.mark.parametrize(
    "heading",
    [
        "Arbeitslose SGB III",  # a part
        "Einwohner mit Nebenwohnsitz",
        "Einwohner mit Migrationshintergrund",
        "Lebendgeborene nichtehelich",
        "BG mit 1 Kind",
        "BG mit Kindern und Einkommen",
        "Kinder ohne Schwimmabzeichen",
        "Hilfen zur Pflege",
        "Betrag in Euro",
        "male",
        "Anzahl",
        "residents",
        "BG Kinder unter 18",
        "Kinder in alleinerziehenden BG",
        "Kinder unter 18 in Bedarfsgemeinschaften Alleinerziehender",
        "Haushalte mit Kindern unter 18 im SGB II",
    ],
)
def test_what_is_a_part_or_something_else_stays_open(heading):
    found = measure(heading)
    assert found is None or (heading == "residents" and found == "bevoelkerung")


def test_words_that_follow_each_other_stand_in_one_place():
    assert measure("Kinder", title="Bedarfsgemeinschaften in Flensburg") is None
    assert measure("Kinder", title="Personen in Bedarfsgemeinschaften") == "sgb2_personen"


@pytest.mark.parametrize(
    ("heading", "title", "sheet", "file", "name"),
    [
        ("Anzahl", "Einwohnerbestand nach Sozialräumen", "", "x.csv", "bevoelkerung"),
        ("31.12.2020", "Personen in Privathaushalten", "Personen", "x", "personen_in_haushalten"),
        ("unter 18 Jahre", "Personen in Bedarfsgemeinschaften", "", "x", "sgb2_personen"),
        ("dar. Alleinerziehende", "Bedarfsgemeinschaften (BG)", "", "x", "sgb2_bg_alleinerziehend"),
        ("2018", "Betreute Kinder unter 3 Jahren", "U3", "kita.xlsx", "betreute_kinder"),
        ("2018", "Plätze in Kindertageseinrichtungen", "", "kita.xlsx", "kita_plaetze"),
        ("insgesamt", "Schüler der Sekundarstufe I", "", "x", "schueler_sekundarstufe1"),
        ("residents", "", "", "residents_by_district.csv", "bevoelkerung"),
        ("residents", "", "", "unemployed_residents_by_district.csv", "arbeitslose"),
    ],
)
def test_title_sheet_and_file_say_it(heading, title, sheet, file, name):
    assert measure(heading, title, sheet, file) == name


@pytest.mark.parametrize(
    "file",
    [
        "debt_counseling_residents.csv",
        "risk_homelessness_by_district.csv",
        "employed_with_pension_insurance.csv",
        "migration_background_by_district.csv",
        "personen_mit_grundsicherung.csv",
        "kinder_im_schwimmverein.csv",
    ],
)
def test_another_topic_around_a_word_for_people(file):
    assert measure("residents", file=file) is None
    assert measure("Personen", file=file) is None


@pytest.mark.parametrize(
    "heading",
    ["SGB II-Quote", "Anteil Ausländer", "birth_rate", "percentage_females", "Jugendquotient",
     "Lebendgeborene je 10.000 EW", "Prozent", "Arbeitslosenquote", "Durchschnittsalter",
     "Einwohnerdichte (EW je qkm)", "share_foreign"],
)  # fmt: skip
def test_shares_are_no_counts(heading):
    assert is_share(heading)


@pytest.mark.parametrize("heading", ["Geburten", "Betreute Kinder", "Einwohner je Altersgruppe"])
def test_counts_are_no_shares(heading):
    assert not is_share(heading)


def test_groups_by_their_whole_name():
    households = synonyms().measures["haushalte"]
    assert group_of("Mehrpersonenhaushalte ohne Kinder", households) == "mehrpersonen_ohne_kinder"
    assert group_of("Alleinerziehende mit 2 Kindern", households) is None
    help_ = synonyms().measures["hilfen_sgb8"]
    assert group_of("§ 35a", help_) == "eingliederungshilfe_35a"


def test_every_measure_is_one_of_the_catalogues():
    used = set()
    for path in sorted((ROOT / "params").glob("kennzahlen*.yml")):
        text = yaml.safe_dump(yaml.safe_load(path.read_text(encoding="utf-8")))
        used |= set(re.findall(r"[a-z][a-z0-9_]+", text))
    known = synonyms()
    assert set(known.measures) <= used
    assert {m.delivery for m in known.measures.values()} <= set(known.deliveries)


def test_words_are_written_as_they_are_compared():
    text = (ROOT / "src/spm/setup/synonyms.yml").read_text(encoding="utf-8")
    body = text[text.index("fuellworte:") :]
    keys = [line for line in body.splitlines() if "titel:" not in line and "#" not in line]
    assert not re.search("[äöüß]", "\n".join(keys).replace("bevölkerung", ""))


@pytest.mark.parametrize(
    "heading",
    ["Geburtenüberschuss", "Bevölkerungsprognose 2030", "Schülerinnen", "Einwohnerinnen",
     "Wohngeldhaushalte mit Kindern", "Schulabgängerinnen"],
)  # fmt: skip
def test_words_that_only_begin_alike(heading):
    assert measure(heading) is None
    assert measure(heading, "Bevölkerung nach Stadtteilen") is None


def test_women_and_men_are_all():
    assert measure("Schülerinnen und Schüler") == "schueler"
    assert measure("Einwohner*innen") == "bevoelkerung"
    assert said("Ausländerinnen und Ausländer").nationalities == ["nichtdeutsch"]
