"""The invented municipality: its raw files are reproducible, marked and give the known rates."""

import json
import re
import subprocess
import sys
import zipfile
from itertools import combinations
from pathlib import Path

import geopandas
import openpyxl
import pandas as pd
import pytest
import yaml

ROOT = Path(__file__).parents[2]
RAW = ROOT / "data" / "raw" / "pilotkommune"
PARAMS = ROOT / "params" / "pilotkommune.yml"

PUBLISHED_2023 = {
    "Sozialraum 1": 16.64,
    "Sozialraum 2": 7.19,
    "Sozialraum 3": 5.92,
    "Sozialraum 4": 27.85,
    "Sozialraum 5": 8.37,
    "Sozialraum 6": 5.48,
    "Sozialraum 7": 11.88,
    "Pilotkommune": 15.66,
}
"""SGB II rates under 18 as published (Kreis Lippe), in %."""

MINORS = ["unter 3", "3 bis unter 6", "6 bis unter 10", "10 bis unter 14", "14", "15 bis unter 18"]
YEARS = list(range(2018, 2024))


@pytest.fixture(scope="module")
def residents() -> pd.DataFrame:
    """The residents' file as Sozialraum, Jahr, Altersgruppe, … Anzahl (int)."""
    frame = pd.read_csv(
        RAW / "einwohner.csv",
        sep=";",
        encoding="cp1252",
        skiprows=2,
        thousands=".",
        dtype={"Sozialraum": str, "Stichtag": str, "Altersgruppe": str},
    )
    frame["Jahr"] = frame.Stichtag.str[-4:].astype(int)
    return frame


@pytest.fixture(scope="module")
def generated(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A fresh run of the generator."""
    return generate(tmp_path_factory.mktemp("pilot"))


def generate(folder: Path) -> Path:
    """Run the generator as a user would."""
    subprocess.run([sys.executable, str(ROOT / "scripts/pilotkommune.py"), str(folder)], check=True)
    return folder


def contents(folder: Path) -> dict[str, object]:
    """Every file's bytes; of a workbook its members, since compression depends on the zlib."""
    found: dict[str, object] = {}
    for path in sorted(folder.iterdir()):
        if path.suffix == ".xlsx":
            with zipfile.ZipFile(path) as book:
                found[path.name] = {name: book.read(name) for name in book.namelist()}
        else:
            found[path.name] = path.read_bytes()
    return found


def table(file: str, name: str) -> pd.DataFrame:
    """A sheet of plain rows by area and year: header in the fourth row, footer below."""
    head, *rows = sheet(file, name)[3:]
    frame = pd.DataFrame([row for row in rows if row[1] is not None], columns=head)
    return frame.set_index(["Sozialraum", "Jahr"]).astype(int)


def help_by_area(name: str, kind: str) -> pd.Series:
    """Hilfen zur Erziehung of a file by area, year and kind."""
    frame = pd.read_csv(RAW / name, sep=";", encoding="utf-8-sig", skipfooter=3, engine="python")
    return frame.set_index(["Sozialraum", "Jahr", kind])["Hilfen unter 18"]


def moves() -> pd.DataFrame:
    """Births and moves by area and year."""
    frame = pd.read_csv(RAW / "bewegungen.csv", sep=";", encoding="cp1252", skiprows=2)
    return frame.set_index(["Sozialraum", "Jahr"])


def sheet(file: str, name: str) -> list[list[object]]:
    """All rows of a sheet, read by another library than the one SPM reads with."""
    book = openpyxl.load_workbook(RAW / file, read_only=True)
    rows = [list(row) for row in book[name].iter_rows(values_only=True)]
    book.close()
    return rows


def examined_children() -> pd.DataFrame:
    """The register of the school-entry examination, all cells as text."""
    head, *rows = sheet("schuleingangsuntersuchung.xlsx", "Untersuchungen")
    return pd.DataFrame(rows, columns=head, dtype=str)


def sgb2_minors(year: int) -> dict[str, int]:
    """Persons under 18 in Bedarfsgemeinschaften by label of the Jobcenter's file."""
    rows = sheet("sgb2.xlsx", "Personen")
    return {row[1]: row[2] for row in rows if row[0] == f"Dezember {year}"}


@pytest.mark.slow
def test_generator_reproduces_committed_files(generated: Path) -> None:
    assert contents(generated) == contents(RAW)


@pytest.mark.slow
def test_two_runs_write_the_same_bytes(generated: Path, tmp_path: Path) -> None:
    again = generate(tmp_path)
    assert {p.name: p.read_bytes() for p in again.iterdir()} == {
        p.name: p.read_bytes() for p in generated.iterdir()
    }


def test_published_sgb2_rates(residents: pd.DataFrame) -> None:
    minors = residents[(residents.Jahr == 2023) & residents.Altersgruppe.isin(MINORS)]
    population = minors.groupby("Sozialraum").Anzahl.sum()
    persons = sgb2_minors(2023)
    rates = {
        f"Sozialraum {n}": 100 * persons[f"SR {n}"] / population[f"Sozialraum {n}"]
        for n in range(1, 8)
    }
    rates["Pilotkommune"] = 100 * sum(persons[f"SR {n}"] for n in range(1, 8)) / population.sum()
    assert {name: round(rate, 2) for name, rate in rates.items()} == PUBLISHED_2023
    assert persons["Insgesamt"] == 993
    assert population.sum() == 6341


def test_population_is_that_of_a_town(residents: pd.DataFrame) -> None:
    totals = residents.groupby("Jahr").Anzahl.sum()
    assert list(totals.index) == YEARS
    assert totals.between(34_000, 36_000).all()
    assert totals.pct_change().abs().max() < 0.02
    old = residents[residents.Altersgruppe == "65 und älter"].groupby("Jahr").Anzahl.sum()
    assert (old / totals).between(0.18, 0.25).all()
    assert not residents.duplicated(
        ["Sozialraum", "Jahr", "Altersgruppe", "Geschlecht", "Staatsangehörigkeit"]
    ).any()
    assert len(residents) == 7 * 6 * 10 * 2 * 2


def test_areas_adjoin_without_gap_or_overlap() -> None:
    areas = geopandas.read_file(RAW / "sozialraeume.geojson")
    assert areas.crs.to_epsg() == 25832
    assert list(areas.raum_id) == list("1234567")
    assert list(areas.name) == [f"Sozialraum {n}" for n in range(1, 8)]
    assert areas.is_valid.all()
    assert set(areas.geom_type) == {"Polygon"}
    whole = areas.union_all()
    assert whole.geom_type == "Polygon"
    assert not whole.interiors
    assert 60 <= whole.area / 1e6 <= 90
    assert areas.area.sum() == pytest.approx(whole.area)
    for one, other in combinations(areas.geometry, 2):
        assert one.intersection(other).area == 0
    coordinates = areas.get_coordinates()
    assert (coordinates == coordinates.round()).all(axis=None)


def test_small_counts_occur() -> None:
    """Disclosure control and the difference between zero and suppressed need something to do."""
    hze = pd.read_csv(RAW / "hze.csv", sep=";", encoding="utf-8-sig", skipfooter=3, engine="python")
    assert hze["Hilfen unter 18"].isin([1, 2]).any()
    assert len(hze[hze.Sozialraum != "ohne Angabe"]) < 7 * 6 * 4, "a zero has no row"
    for age in ("U3", "Ü3"):
        rows = sheet("kinderbetreuung.xlsx", age)
        by_childminders = [row[2:] for row in rows if row[1] == "Kindertagespflege"]
        assert any(n in (1, 2) for counts in by_childminders[:7] for n in counts)
    stars = [row for row in sheet("sgb2.xlsx", "Personen") if "*" in row]
    assert any(row[0] == "Dezember 2023" for row in stars)
    assert all(row[2] != "*" for row in stars), "the counts under 18 are always delivered"
    without_certificate = sheet("schule.xlsx", "Abgänge und Förderbedarf")[5:47]
    assert any(row[3] in (0, 1, 2) for row in without_certificate)


def test_a_suppressed_count_cannot_be_subtracted() -> None:
    for name in ("Personen", "Bedarfsgemeinschaften"):
        rows = [row for row in sheet("sgb2.xlsx", name) if str(row[0]).startswith("Dezember")]
        for year in YEARS:
            block = [row for row in rows if row[0] == f"Dezember {year}"]
            for column in (2, 3, 4):
                assert sum(row[column] == "*" for row in block) != 1


@pytest.mark.slow
def test_burden_points_the_same_way_in_every_department(residents: pd.DataFrame) -> None:
    """Areas 4 and 1 against 3 and 6, all years together."""
    burdened, favoured = ("Sozialraum 4", "Sozialraum 1"), ("Sozialraum 3", "Sozialraum 6")
    children = examined_children()
    findings = children[children.Sprache != "nicht untersucht"]
    speech = (findings.Sprache != "unauffällig").groupby(findings.Sozialraum).mean()
    assert min(speech[list(burdened)]) > max(speech[list(favoured)])

    transitions = pd.DataFrame(sheet("schule.xlsx", "Übergänge")[4:46])
    counts = transitions.set_index([0, 1]).sum(axis=1)
    share = counts.xs("Gymnasium", level=1) / counts.groupby(level=0).sum()
    assert max(share[list(burdened)]) < min(share[list(favoured)])

    minors = residents[residents.Altersgruppe.isin(MINORS)].groupby("Sozialraum").Anzahl.sum()
    hze = pd.read_csv(RAW / "hze.csv", sep=";", encoding="utf-8-sig", skipfooter=3, engine="python")
    hze["Sozialraum"] = "Sozialraum " + hze.Sozialraum
    rate = hze.groupby("Sozialraum")["Hilfen unter 18"].sum() / minors
    assert min(rate[list(burdened)]) > max(rate[list(favoured)])


def test_children_are_pseudonymous_and_unique() -> None:
    children = examined_children()
    assert children["Lfd. Nr."].is_unique
    assert children.groupby("Untersuchungsjahr").size().between(300, 420).all()
    assert (children.Sozialraum == "ohne Angabe").any()
    assert (children.Sprache == "nicht untersucht").any()
    assert children.Kita.nunique() == 14 + 1  # and those without a Kita


def test_every_file_says_that_it_is_synthetic() -> None:
    for name, content in contents(RAW).items():
        if name in ("ziele.csv", "angebotsliste.csv"):
            continue  # no column has room for it: all are shown, on pages that say so
        parts = content.values() if isinstance(content, dict) else [content]
        encoding = "cp1252" if name in ("einwohner.csv", "bewegungen.csv") else "utf-8"
        text = "".join(part.decode(encoding) for part in parts)
        assert "synthetisch" in text.lower(), name
    assert "Synthetische Daten" in yaml.safe_load(PARAMS.read_text("utf-8"))["bericht"]["hinweis"]
    areas = json.loads((RAW / "sozialraeume.geojson").read_text("utf-8"))
    assert all("Synthetisch" in area["properties"]["hinweis"] for area in areas["features"])


def test_births_and_moves_fit_the_residents(residents: pd.DataFrame) -> None:
    events = moves()
    young = residents[residents.Altersgruppe == "unter 3"]
    young = young.groupby(["Sozialraum", "Jahr"]).Anzahl.sum()
    assert (3 * events["Lebendgeborene"] / young).between(0.85, 1.15).all()
    minors = residents[residents.Altersgruppe.isin(MINORS)].groupby("Jahr").Anzahl.sum()
    oldest = residents[residents.Altersgruppe == "15 bis unter 18"].groupby("Jahr").Anzahl.sum()
    by_year = events.groupby("Jahr").sum()
    balance = by_year["Zuzüge unter 18 Jahren"] - by_year["Fortzüge unter 18 Jahren"]
    expected = minors.shift() + by_year["Lebendgeborene"] - oldest / 3 + balance
    assert ((minors - expected).dropna().abs() < 30).all(), "birthdays are an estimate"


def test_paragraphs_add_up_to_the_kinds_of_help() -> None:
    kinds = help_by_area("hze.csv", "Hilfeart").unstack(fill_value=0)
    parts = help_by_area("hze_paragraf.csv", "Rechtsgrundlage").unstack(fill_value=0)
    parts = parts.reindex(kinds.index, fill_value=0)
    outpatient = ["§ 27 Abs. 2", "§ 29", "§ 30", "§ 31", "§ 35"]
    assert (parts[outpatient].sum(axis=1) == kinds["ambulant"]).all()
    assert (parts["§ 32"] == kinds["teilstationär"]).all()
    assert (parts["§ 33"] + parts["§ 34"] == kinds["stationär"]).all()
    assert parts["§ 28"].sum() > 500, "counselling belongs to none of the kinds"


def test_sheets_of_the_school_authority_agree() -> None:
    rows = sheet("schule.xlsx", "Abgänge und Förderbedarf")[5:]
    rows = [row for row in rows if row[1] is not None]
    index = pd.MultiIndex.from_tuples([row[:2] for row in rows], names=["Sozialraum", "Jahr"])
    known = pd.DataFrame([row[2:5] for row in rows], index=index, columns=["ab", "ohne", "alle"])
    primary, secondary = table("schule.xlsx", "Ganztag"), table("schule.xlsx", "Sekundarstufe I")
    certificates = table("schule.xlsx", "Abschlüsse")
    assert (primary["Kinder insgesamt"] + secondary["insgesamt"] == known["alle"]).all()
    assert (certificates.sum(axis=1) == known["ab"]).all()
    assert (certificates["ohne Hauptschulabschluss"] == known["ohne"]).all()


def test_people_in_households_are_nearly_all_residents(residents: pd.DataFrame) -> None:
    people = sheet("haushalte.xlsx", "Personen")[4:11]
    for area, *counts in people:
        everybody = residents[residents.Sozialraum == area].groupby("Jahr").Anzahl.sum()
        assert (counts / everybody).between(0.97, 1, inclusive="neither").all(), area


def test_offers_are_listed_once_a_year() -> None:
    head, *rows = sheet("angebote.xlsx", "Bestand")
    offers = pd.DataFrame(rows, columns=head)
    assert offers["Lfd. Nr."].is_unique
    assert set(offers["Jahr"]) == set(YEARS)
    assert (offers.Sozialraum == "gesamte Kommune").any()
    assert offers.groupby("Jahr").size().is_monotonic_increasing


def read_by_spm(additional: bool):
    """Findings, and indicators without the rows of people without an area."""
    from spm.areas.today import load_areas
    from spm.config.catalogue import load_catalogue
    from spm.config.params import load_params
    from spm.deliveries import read_deliveries
    from spm.statistics.answerable import known_breaks
    from spm.statistics.indicators import compute_indicators

    params = load_params(PARAMS)
    if additional:
        extra = ["wohnen", "mobilitaet", "angebote"]
        params = params.model_copy(update={"zusatzkapitel": extra})
        params._path, params._root = PARAMS, ROOT
    areas, catalogue = load_areas(params), load_catalogue(params)
    facts, findings = read_deliveries(params, areas, breaks=known_breaks(catalogue))
    years = params.zeitreihe.years
    rows = compute_indicators(facts, catalogue, areas.raum, years, facilities=False)
    assert set(rows.kennzahl) == set(catalogue)
    return findings, rows[rows.raum != "nz"]


@pytest.mark.slow
@pytest.mark.parametrize("additional", [False, True], ids=["report", "all chapters"])
def test_spm_reads_all_deliveries_without_a_finding(additional: bool) -> None:
    """Every indicator comes out for every year and area, but for what the sender suppressed."""
    findings, rows = read_by_spm(additional)
    assert findings == []
    assert len(rows) == rows.kennzahl.nunique() * 6 * 8
    incomplete = rows[rows.status != "ok"]
    suppressed = incomplete[incomplete.kennzahl.eq("sgb2_quote_u3")]
    # What refers to the year before has no value in the first year of the series.
    first = incomplete[incomplete.jahr.eq(rows.jahr.min())].kennzahl
    before = {"betreuungsquote_u3", "betreuungsquote_3_5", "kita_plaetze_u3", "kita_plaetze_3_5"}
    assert before <= set(first) and set(incomplete.kennzahl) == before | {"sgb2_quote_u3"}
    incomplete = suppressed
    assert set(incomplete.status) == {"absender_gesperrt"}
    quotas = rows[(rows.kennzahl == "sgb2_quote_u18") & (rows.jahr == 2023)]
    assert list(quotas.sort_values("raum").wert.round(2)) == list(PUBLISHED_2023.values())


def test_catalogue_phrases_fit_into_sentences() -> None:
    for path in sorted((ROOT / "params").glob("kennzahlen*.yml")):
        entries = yaml.safe_load(path.read_text("utf-8"))["kennzahlen"]
        for name, entry in entries.items():
            assert re.match(r"(der|die|das) \S", entry["satz"]), name
            assert not entry["satz"].endswith((".", ",")), name
            assert entry["definition"].endswith("."), name
            assert len(entry["kurztitel"]) <= 40, name


def test_the_readme_of_the_raw_data_names_every_file() -> None:
    text = (RAW / "LIESMICH.txt").read_text("utf-8-sig")
    named = set(re.findall(r"(?m)^(\S+\.\w+) {2,}", text))
    assert named == {path.name for path in RAW.iterdir()} - {"LIESMICH.txt"}


def test_params_example_explains_every_key() -> None:
    """The example is the documentation: no key of the schema may be missing in it."""
    from spm.config.delivery import Lieferung
    from spm.config.params import Bericht, Kommune, Params, Raeume, Zeitreihe
    from spm.config.tables import Tabelle, Zaehlen

    text = PARAMS.read_text("utf-8")
    for model in (Params, Kommune, Bericht, Zeitreihe, Raeume, Lieferung, Tabelle, Zaehlen):
        for key in model.model_fields:
            assert re.search(rf"(?m)^[ #-]*{key}:", text), f"{model.__name__}.{key}"
