"""A real city from end to end: what the report says about Flensburg is what the source says.

Everything expected is computed here from the raw files with the ``csv`` module alone.
"""

import csv
import hashlib
import re
import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest

from tests.reports.real_example import (
    Built,
    build_real,
    german,
    make_real_project,
    plain,
    real_data,
)

DISTRICTS = [str(i) for i in range(1, 14)]
YEARS = range(2017, 2023)
NUMBERS = ["zaehler", "nenner", "wert", "ki_unten", "ki_oben"]
NO_AREA = ""
"""The source's ``district_id`` of people without an area."""

NO_DELIVERY = "Für dieses Kapitel liegt keine Lieferung vor."
WITHOUT_DELIVERY = [
    "02-haushalte",
    "04-kinderbetreuung",
    "05-hze",
    "06-schuleingang",
    "07-bildung",
]

Counts = dict[tuple[int, str], int | None]
"""By year and district; None where the source has an empty cell."""


@dataclass
class Flensburg(Built):
    """The report and the raw files that everything is compared with."""

    raw: Path
    digests: dict[str, str]  # of the raw files before the run

    def column(self, name: str, column: str = "residents") -> Counts:
        """One column of a raw file by year and district."""
        with (self.raw / f"fl_{name}.csv").open(encoding="utf-8", newline="") as file:
            return {
                (int(row["year"]), row["district_id"]): int(row[column]) if row[column] else None
                for row in csv.DictReader(file)
                if int(row["year"]) in YEARS
            }

    def city(self, *columns: str) -> dict[int, int]:
        """The sum of some columns of the table for the whole city, by year."""
        path = self.raw / "fl_age_groups_of_residents.csv"
        with path.open(encoding="utf-8", newline="") as file:
            rows = [row for row in csv.DictReader(file) if int(row["year"]) in YEARS]
        return {
            int(row["year"]): sum(int(row[c]) for c in columns or row if c != "year")
            for row in rows
        }


def digests(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in files
    }


@pytest.fixture(scope="module")
def built(shared: Path, tmp_path_factory: pytest.TempPathFactory) -> Flensburg:
    """The report, built once in a project of its own."""
    raw = real_data(shared, "flensburg")
    project = tmp_path_factory.mktemp("flensburg") / "projekt"
    before = digests(raw)
    done = build_real(make_real_project(project, "flensburg", raw), "flensburg", "html,pdf")
    return Flensburg(done.project, done.name, raw, before)


@pytest.fixture(scope="module")
def published(built: Flensburg) -> pd.DataFrame:
    """Everything a notebook sees, by indicator, year and area."""
    return built.table("published")


@pytest.fixture(scope="module")
def computed(built: Flensburg) -> pd.DataFrame:
    """The same before disclosure control."""
    return built.table("indicators")


def values(published: pd.DataFrame, indicator: str, column: str, *areas: str) -> dict:
    """Published numbers of an indicator by year and area, without those that have none."""
    rows = published.loc[indicator]
    rows = rows[rows.index.get_level_values("raum").isin(areas or DISTRICTS)]
    return rows[column].dropna().astype(float).to_dict()


def test_raw_files_stay_as_they_are(built: Flensburg) -> None:
    assert digests(built.raw) == built.digests


def test_both_formats_are_there(built: Flensburg) -> None:
    assert (built.report / "html" / "index.html").is_file()
    assert (built.report / "flensburg.pdf").read_bytes().startswith(b"%PDF-")


@pytest.mark.parametrize(
    ("indicator", "column", "file", "raw_column"),
    [
        ("einwohner", "wert", "residents_by_district", "residents"),
        ("anteil_u18", "zaehler", "children_age_under_18_by_district", "residents"),
        ("jugendquotient", "zaehler", "children_age_under_18_by_district", "residents"),
        ("jugendquotient", "nenner", "residents_age_18_to_under_65_by_district", "residents"),
        ("veraenderung_u18", "zaehler", "children_age_under_18_by_district", "residents"),
        ("anteil_ab_65", "zaehler", "residents_age_65_and_above_by_district", "residents"),
        ("anteil_u7", "zaehler", "age_groups_by_district", "age_0_to_under_7"),
        (
            "anteil_nichtdeutsch",
            "zaehler",
            "migration_background_by_district",
            "foreign_citizenship",
        ),
        ("geburten", "zaehler", "births_by_district", "births"),
        ("geburten", "nenner", "residents_by_district", "residents"),
        ("rlb", "wert", "beneficiaries_by_district", "residents"),
        ("rlb_quote", "zaehler", "beneficiaries_by_district", "residents"),
        (
            "nef_je_minderjaehrige",
            "zaehler",
            "inactive_beneficiaries_households_by_district",
            "residents",
        ),
        ("leistungsbeziehende", "wert", "beneficiaries_age_15_to_under_65_by_district", "total"),
    ],
)
def test_every_district_and_year_equals_the_source(
    built: Flensburg,
    computed: pd.DataFrame,
    indicator: str,
    column: str,
    file: str,
    raw_column: str,
) -> None:
    source = built.column(file, raw_column)
    expected = {key: number for key, number in source.items() if key[1] != NO_AREA}
    assert values(computed, indicator, column) == expected


def test_shares_are_of_all_ages_of_the_district(built: Flensburg, computed: pd.DataFrame) -> None:
    parts = [
        built.column("children_age_under_18_by_district"),
        built.column("residents_age_18_to_under_65_by_district"),
        built.column("residents_age_65_and_above_by_district"),
    ]
    everybody = {key: sum(part[key] for part in parts) for key in parts[0]}
    assert values(computed, "anteil_u18", "nenner") == everybody
    foreign = values(computed, "anteil_nichtdeutsch", "nenner")
    assert foreign == {key: n for key, n in everybody.items() if key[0] >= 2021}


def test_the_city_includes_people_without_an_area(
    built: Flensburg, published: pd.DataFrame
) -> None:
    everybody, young = built.city(), built.city("age_under_18")
    assert (everybody[2022], young[2022]) == (99_341, 15_295)
    city = values(published, "einwohner", "wert", "gesamt")
    assert city == {(year, "gesamt"): n for year, n in everybody.items()}
    city = values(published, "anteil_u18", "zaehler", "gesamt")
    assert city == {(year, "gesamt"): n for year, n in young.items()}
    districts = built.column("residents_by_district")
    assert everybody[2021] - sum(districts[2021, d] for d in DISTRICTS) == 5


def test_rows_without_an_area_count_in_the_total(built: Flensburg, published: pd.DataFrame) -> None:
    receiving = built.column("beneficiaries_age_15_to_under_65_by_district", "total")
    kinds = ("employability", "unemployability")
    split = [built.column("beneficiaries_characteristics_by_district", k) for k in kinds]
    for year, unassigned in ((2021, 451), (2022, 482)):
        assert receiving[year, NO_AREA] == unassigned
        rows = published.loc["leistungsbeziehende", year]
        assert rows.wert["nz"] == unassigned
        assert rows.wert["gesamt"] == sum(n for (y, _), n in receiving.items() if y == year)
        rows = published.loc["rlb", year]
        assert rows.wert["nz"] == sum(part[year, NO_AREA] for part in split)
        entitled = sum(n for part in split for (y, _), n in part.items() if y == year)
        assert rows.wert["gesamt"] == entitled
        assert published.loc[("rlb_quote", year, "gesamt"), "zaehler"] == entitled


def test_rows_without_an_area_are_shown(built: Flensburg) -> None:
    page = built.page("03-sgb2")
    shown = re.search(r"nicht zuordenbar(.*?)Flensburg insgesamt(.*?)Zeichen:", page)
    assert shown is not None
    assert {"80", "482"} <= set(shown[1].split())
    assert {"10.011", "10.376"} <= set(shown[2].split())


def test_empty_cells_stay_suppressed(
    built: Flensburg, computed: pd.DataFrame, published: pd.DataFrame
) -> None:
    cells = built.column("risk_homelessness_by_district")
    empty = [key for key, number in cells.items() if number is None]
    assert len(empty) == 12
    assert len({year for year, _ in empty}) == 5
    rows = computed.loc["bedrohte_haushalte"]
    # A total with a suppressed part would give that part away.
    for key in [*empty, *((year, "gesamt") for year, _ in empty)]:
        assert rows.status[key] == "absender_gesperrt"
        assert rows.loc[key, NUMBERS].isna().all()
    counted = {key: number for key, number in cells.items() if number is not None}
    assert values(computed, "bedrohte_haushalte", "zaehler") == counted
    assert not rows[NUMBERS].eq(0).any(axis=None)
    shown = published.loc["bedrohte_haushalte"]
    assert shown.loc[empty, NUMBERS].isna().all(axis=None)


def test_suppressed_cells_are_explained(built: Flensburg) -> None:
    page = built.page("03-sgb2")
    assert "x vom Absender geheim gehalten" in page
    assert re.search(r"Tarup [^A-Z]*? x ", page)


def test_population_in_the_report(built: Flensburg) -> None:
    page = built.page("01-bevoelkerung")
    assert "99.341" in page and "15.295 von 99.341" in page
    for (year, _), residents in built.column("residents_by_district").items():
        assert year != 2022 or german(residents) in page


@pytest.mark.parametrize("indicator", ["rlb_quote", "nef_je_minderjaehrige", "bedrohte_haushalte"])
def test_chapter_3_shows_what_it_has_over_several_years(built: Flensburg, indicator: str) -> None:
    """The notebook names other indicators than Flensburg has; these are shown instead."""
    assert (built.report / "book" / "figures" / f"{indicator}-block.svg").is_file()
    page = (built.report / "html" / "03-sgb2.html").read_text(encoding="utf-8")
    assert f"fig-{indicator.replace('_', '-')}-block" in page


def test_the_few_without_a_district_cannot_be_worked_out(
    computed: pd.DataFrame, published: pd.DataFrame
) -> None:
    """The city minus its districts leaves one to three children in 2017 to 2021."""
    for year in range(2017, 2022):
        city = computed.loc[("anteil_u18", year, "gesamt"), "zaehler"]
        inside = [computed.loc[("anteil_u18", year, d), "zaehler"] for d in DISTRICTS]
        shown = [published.loc[("anteil_u18", year, d), "status"] for d in DISTRICTS]
        assert 0 < city - sum(inside) <= 3
        assert "gesperrt" in shown or city - sum(inside) >= 3


@pytest.mark.parametrize("chapter", WITHOUT_DELIVERY)
def test_chapters_without_delivery_say_so(built: Flensburg, chapter: str) -> None:
    assert built.page(chapter).count(NO_DELIVERY) == 1
    assert "<figure" not in (built.report / "html" / f"{chapter}.html").read_text(encoding="utf-8")


@pytest.mark.parametrize("chapter", ["01-bevoelkerung", "03-sgb2"])
def test_chapters_with_delivery_do_not(built: Flensburg, chapter: str) -> None:
    assert NO_DELIVERY not in built.page(chapter)


def test_source_and_licence_are_named_on_every_page(built: Flensburg) -> None:
    for path in sorted((built.report / "html").glob("*.html")):
        assert "Sozialatlas der Stadt Flensburg (CC0 1.0)" in built.page(path.stem), path.name


@pytest.mark.skipif(shutil.which("pdftotext") is None, reason="pdftotext is not installed")
def test_the_pdf_says_the_same(built: Flensburg) -> None:
    done = subprocess.run(
        ["pdftotext", "-layout", built.report / "flensburg.pdf", "-"],
        capture_output=True,
        check=True,
        timeout=60,
    )
    text = plain(done.stdout.decode("utf-8"))
    for expected in ("99.341", "15.295", "nicht zuordenbar", "vom Absender geheim gehalten"):
        assert expected in text
    assert text.count(NO_DELIVERY) == len(WITHOUT_DELIVERY)
