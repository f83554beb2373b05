"""Real, openly licensed files exactly as they were published."""

import pandas as pd
import pytest

from tests.deliveries_example import counts, errors, read

DISTRICTS = pd.DataFrame(
    {"raum": [str(i) for i in range(1, 14)], "name": [f"Stadtteil {i}" for i in range(1, 14)]}
)


def test_flensburg_children_with_suppressed_cells_and_people_without_area(shared):
    table = {
        "datei": "fl_beneficiaries_age_15_to_under_65_by_district.csv",
        "trennzeichen": ",",
        "gesperrt": [""],
        "nicht_zuordenbar": [""],
        "konstanten": {"merkmal": "sgb2_erwerbsfaehige", "alter": "15-64"},
        "spalten": {"jahr": "year", "raum": "district_id"},
        "entpivotieren": {"employable_with_benefits": {}},
    }
    facts, findings = read(
        shared / "data" / "flensburg", table, areas=DISTRICTS, years=(2021, 2022)
    )
    assert errors(findings) == []
    numbers = counts(facts, "jahr", "raum")
    assert (numbers[2021, "1"], numbers[2022, "1"], numbers[2021, "2"]) == (377, 326, 809)


@pytest.mark.slow
def test_koeln_long_table_with_ages_and_subtotals(shared):
    raw = pd.read_csv(shared / "data" / "koeln" / "bevoelkerung.csv", dtype=str)
    areas = raw.loc[raw["raum_id"] > "100", ["raum_id", "raum"]].drop_duplicates()
    table = {
        "datei": "bevoelkerung.csv",
        "trennzeichen": ",",
        "dezimal": ".",
        "nur": {"tab_id": ["020"]},
        "ohne": {"raum_id": [f"00{i}" for i in range(1, 10)]},
        "gesamtzeilen": ["000"],
        "konstanten": {"merkmal": "bevoelkerung"},
        "spalten": {"raum": "raum_id", "jahr": "jahr", "alter": "zeile", "anzahl": "zahl"},
    }
    facts, findings = read(
        shared / "data" / "koeln",
        table,
        areas=areas.rename(columns={"raum": "name", "raum_id": "raum"}),
        years=(2005, 2012),
    )
    assert errors(findings) == []
    assert len(facts) == 8 * 13 * (86 + 1)
    young = facts[(facts["jahr"] == 2012) & (facts["alter_von"] == 0)]
    total = young.loc[young["raum"] == "gesamt", "anzahl"].item()
    assert young.loc[young["raum"] != "gesamt", "anzahl"].sum() == total
    assert set(young["alter_bis"]) == {2}


@pytest.mark.slow
def test_genesis_export_with_titles_footer_and_latin1(shared):
    table = {
        "datei": "12411-05-01-4_bevoelkerung_kreise_latin1.csv",
        "zeichensatz": "latin-1",
        "kopfzeilen": [7],
        "ende": "____",
        "fehlend": [".", "-"],
        "jahre_ausserhalb": "ignorieren",
        "nur": {"Spalte 2": ["01001", "01002", "01003"]},
        "konstanten": {"merkmal": "bevoelkerung"},
        "spalten": {"jahr": "Spalte 1", "raum": "Spalte 3"},
        "entpivotieren": {"männlich": {"geschlecht": "m"}, "Insgesamt": {}},
    }
    names = ["Flensburg, kreisfreie Stadt", "Kiel, Landeshauptstadt, kreisfreie Stadt"]
    names.append("Lübeck, Hansestadt, kreisfreie Stadt")
    areas = pd.DataFrame({"raum": ["01001", "01002", "01003"], "name": names})
    facts, findings = read(shared / "data" / "genesis", table, areas=areas, years=(2019, 2019))
    assert errors(findings) == []
    men = facts[facts["geschlecht"] == "m"]
    assert counts(men, "raum") == {"01001": 44752, "01002": 120382, "01003": 104202}


def test_without_its_encoding_a_genesis_export_is_an_error(shared):
    name = "AI-N-06_schulabgaenger_kreise_latin1.csv"
    _, findings = read(shared / "data" / "genesis", {"datei": name})
    (error,) = errors(findings)
    assert error.tun == "In der Params-Datei zeichensatz: cp1252 versuchen."
