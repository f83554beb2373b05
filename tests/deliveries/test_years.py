"""The column of years: reference dates, school years, quarters, months; years of life."""

import pytest

from spm.config.delivery import Lieferung
from spm.config.tables import Tabelle
from spm.deliveries import read_deliveries
from spm.text.ages import parse_age
from spm.text.times import parse_time
from tests.deliveries_example import AREAS, HEAD, LONG, counts, errors, example_params, read_text


def years_of(tmp_path, *texts, **mapping):
    rows = "".join(f"{area};{text};{area}\n" for text in texts for area in (1, 2, 3))
    return read_text(tmp_path, HEAD + rows, years=(2018, 2023), **mapping)


def read_at(tmp_path, stichtag, *texts, **mapping):
    rows = "".join(f"{area};{text};{area}\n" for text in texts for area in (1, 2, 3))
    (tmp_path / "kinder.csv").write_text(HEAD + rows, encoding="utf-8")
    params = example_params(tmp_path, {"amt": [LONG | mapping]}, (2022, 2023))
    delivery = Lieferung(titel="T", stelle="S", stichtag=stichtag, tabellen=[LONG | mapping])
    params.lieferungen = {"amt": delivery}
    return read_deliveries(params, AREAS)


# ------------------------------------------------------------------------------ reference dates


@pytest.mark.parametrize(
    ("stichtag", "texts", "told"),
    [
        ("31.12.", ["31.12.2022", "30.06.2023"], "2023 am 30.06.; 2022 am 31.12."),
        ("31.12.", ["2022-12-31", "2023-06-30"], "2023 am 30.06.; 2022 am 31.12."),
        (None, ["31.12.2022", "30.06.2023"], "2023 am 30.06.; 2022 am 31.12."),
        ("31.12.", ["30.06.2022", "30.06.2023"], "2022 bis 2023 am 30.06.;"),
        ("31.12.", ["2022", "30.06.2023"], "2023 am 30.06.; 2022 ohne Tag"),
        ("Dezember", ["31.12.2022", "30.06.2023"], "steht «Dezember»"),
    ],
)
def test_dates_that_do_not_fit_are_one_note(tmp_path, stichtag, texts, told):
    _, (note,) = read_at(tmp_path, stichtag, *texts)
    assert note.schwere == "Hinweis"
    assert told in note.was


@pytest.mark.parametrize(
    ("stichtag", "texts"),
    [
        ("31.12.", ["31.12.2022", "31.12.2023"]),
        ("31.12.", ["2022", "2023"]),
        ("Dezember", ["31.12.2022", "2023-12-31"]),
        ("Untersuchungsjahr", ["2022", "2023"]),
        (None, ["30.06.2022", "30.06.2023"]),
    ],
)
def test_dates_that_fit_are_none(tmp_path, stichtag, texts):
    assert read_at(tmp_path, stichtag, *texts)[1] == []


def test_dates_in_headings_count_as_well(tmp_path):
    (tmp_path / "kinder.csv").write_text(
        "Raum;31.12.2022;30.06.2023\n1;1;1\n2;1;1\n3;1;1\n", encoding="utf-8"
    )
    table = {
        "datei": "kinder.csv",
        "spalten": {"raum": "Raum"},
        "konstanten": {"merkmal": "kinder"},
        "entpivotieren": {"31.12.2022": {"jahr": "2022"}, "30.06.2023": {"jahr": "2023"}},
    }
    _, (note,) = read_deliveries(example_params(tmp_path, {"amt": [table]}, (2022, 2023)), AREAS)
    assert "2023 am 30.06.; 2022 am 31.12." in note.was


def test_two_dates_of_one_year_need_a_choice(tmp_path):
    _, findings = read_at(tmp_path, "31.12.", "31.12.2022", "30.06.2023", "31.12.2023")
    assert any("zeitpunkt" in f.tun for f in findings)
    assert errors(findings)
    facts, findings = read_at(
        tmp_path, "31.12.", "31.12.2022", "30.06.2023", "31.12.2023", zeitpunkt="31.12."
    )
    assert (findings, set(facts["jahr"])) == ([], {2022, 2023})


def test_dates_of_events_are_no_reference_dates(tmp_path):
    (tmp_path / "liste.csv").write_text(
        "Raum;Tag\n1;03.05.2022\n2;04.05.2022\n3;09.09.2022\n1;01.02.2023\n", encoding="utf-8"
    )
    table = {
        "datei": "liste.csv",
        "spalten": {"raum": "Raum", "jahr": "Tag"},
        "zaehlen": {"merkmale": {"kinder": {}}},
    }
    params = example_params(tmp_path, {"amt": [table]}, (2022, 2023))
    params.lieferungen["amt"] = Lieferung(titel="T", stelle="S", stichtag="31.12.",
                                          tabellen=[table])  # fmt: skip
    facts, findings = read_deliveries(params, AREAS)
    assert (len(facts), findings) == (6, [])


# -------------------------------------------------------------------- school years, parts of years


@pytest.mark.parametrize(
    "text",
    ["2022/23", "2022/2023", "22/23", "Schuljahr 2022/23", "SJ 2022/23", "Kita-Jahr 2022/23"],
)
def test_a_school_year_counts_as_the_key_says(tmp_path, text):
    (error,) = errors(years_of(tmp_path, text)[1])
    assert "als 2022 oder als 2023" in error.was
    assert "schuljahr: beginn" in error.tun
    for word, year in (("beginn", 2022), ("ende", 2023)):
        facts, findings = years_of(tmp_path, text, schuljahr=word)
        assert (errors(findings), set(facts["jahr"])) == ([], {year})


@pytest.mark.parametrize(
    ("texts", "zeitpunkt"),
    [
        (["2022-Q4", "2023-Q3", "2023-Q4"], "4. Quartal"),
        (["Q4 2022", "Q1/2023", "IV. Quartal 2023"], "Q4"),
        (["Dezember 2022", "Nov 2023", "Dez. 2023"], "Dezember"),
        (["2022-12", "11/2023", "12/2023"], "Dezember"),
        (["31.12.2022", "30.09.2023", "31.12.2023"], "31.12."),
        (["2. Halbjahr 2022", "1. Halbjahr 2023", "2023 H2"], "2. Halbjahr"),
    ],
)
def test_parts_of_years_need_a_choice(tmp_path, texts, zeitpunkt):
    if not texts[0].startswith("31"):
        assert "zeitpunkt" in errors(years_of(tmp_path, *texts)[1])[0].tun
    facts, findings = years_of(tmp_path, *texts, zeitpunkt=zeitpunkt)
    assert errors(findings) == []
    assert counts(facts, "jahr", "raum") == {
        (year, area): int(area) for year in (2022, 2023) for area in ("1", "2", "3")
    }


@pytest.mark.parametrize(
    "text", ["2022/24", "2021-2023", "30.02.2023", "2023-13-01", "gestern", "2011-12", "12"]
)
def test_what_is_no_year_is_an_error(tmp_path, text):
    assert errors(years_of(tmp_path, text)[1])


def test_a_month_that_may_be_a_school_year_is_ambiguous(tmp_path):
    (error,) = errors(years_of(tmp_path, "2018-19", "2022-12", "2011-12")[1])[-1:]
    assert "mehrdeutig: Dezember 2011 oder das Schuljahr 2011/12" in error.was
    assert parse_time("2018-19").art == "Schuljahr"


def test_an_unknown_part_of_a_year_is_refused():
    with pytest.raises(ValueError, match="Teil eines Jahres"):
        Lieferung(titel="T", stelle="S", tabellen=[LONG | {"zeitpunkt": "Jahressumme"}])


# --------------------------------------------------------------------------------- years of life


@pytest.mark.parametrize(
    ("text", "ages"),
    [
        ("3. Lebensjahr", (2, 2)),
        ("Lebensjahr 3", (2, 2)),
        ("im 3. Lebensjahr", (2, 2)),
        ("1. bis 3. Lebensjahr", (0, 2)),
        ("4.-6. Lebensjahr", (3, 5)),
        ("Lebensjahre 1-3", (0, 2)),
        ("bis zum vollendeten 18. Lebensjahr", (0, 17)),
        ("ab dem vollendeten 65. Lebensjahr", (65, None)),
        ("3 Jahre", (3, 3)),
    ],
)
def test_a_year_of_life_is_one_below_its_age(text, ages):
    assert parse_age(text) == ages


def test_the_year_of_life_0_does_not_exist():
    with pytest.raises(ValueError, match="Lebensjahr 0"):
        parse_age("Lebensjahr 0")


def test_numbers_under_a_heading_of_years_of_life_are_a_note(tmp_path):
    spalten = {"raum": "Raum", "jahr": "Jahr", "alter": "Lebensjahr", "anzahl": "Anzahl"}

    def read(first):
        rows = "".join(f"{a};2020;{age};5\n" for a in (1, 2, 3) for age in (first, first + 1))
        return read_text(tmp_path, "Raum;Jahr;Lebensjahr;Anzahl\n" + rows, spalten=spalten)[1]

    (note,) = read(1)
    assert "Das 1. Lebensjahr ist das Alter 0" in note.was
    assert read(0) == []


BANDS = {"raum": "Raum", "jahr": "Jahr", "alter_von": "von", "alter_bis": "bis", "anzahl": "Anzahl"}


def two_columns(tmp_path, *bands, **mapping):
    rows = "".join(f"{a};2020;{first};{last};5\n" for a in (1, 2, 3) for first, last in bands)
    return read_text(tmp_path, "Raum;Jahr;von;bis;Anzahl\n" + rows, spalten=BANDS, **mapping)


def test_an_age_group_in_two_columns(tmp_path):
    bands = [("0", "2"), ("3", "3"), ("4", "64"), ("65", ""), ("80", "999")]
    facts, findings = two_columns(tmp_path, *bands)
    own = facts[facts["raum"] == "1"]
    found = list(zip(own["alter_von"], own["alter_bis"], strict=True))
    assert found[:3] == [(0, 2), (3, 3), (4, 64)] and [a for a, _ in found[3:]] == [65, 80]
    assert own["alter_bis"].isna().sum() == 2
    assert not errors(findings)


@pytest.mark.parametrize(
    ("bands", "was"),
    [
        ([("0", "3"), ("3", "6")], "überschneiden sich"),  # «bis unter», written as two ends
        ([("0", "2"), ("", "")], "Altersgruppe"),
        ([("0", "2"), ("x", "5")], "Altersgruppe"),
        ([("6", "2")], "Altersgruppe"),
    ],
)
def test_two_columns_that_are_no_age_group(tmp_path, bands, was):
    _, findings = two_columns(tmp_path, *bands)
    assert was in errors(findings)[0].was + errors(findings)[0].tun


@pytest.mark.parametrize(
    "mapping",
    [
        {"spalten": {"alter_von": "von"}},
        {"spalten": {"alter_von": "von", "alter_bis": "bis", "alter": "Alter"}},
        {"spalten": {"alter_von": "von", "alter_bis": "bis"}, "konstanten": {"alter": "0-2"}},
        {"konstanten": {"alter_von": "3"}},
        {"werte": {"alter_bis": {"x": "3"}}},
    ],
)
def test_half_an_age_group_and_two_are_refused(mapping):
    with pytest.raises(ValueError, match="alter"):
        Tabelle.model_validate({"datei": "x.csv"} | mapping)
