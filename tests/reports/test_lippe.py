"""A real Kreis from end to end: the 16 Gemeinden of Lippe, with values of other places.

Everything expected is computed here from the raw files with the ``csv`` module alone.
"""

import csv
import json
import shutil
from pathlib import Path

import pytest

from tests.reports.real_example import (
    Built,
    add_section,
    build_real,
    german,
    make_real_project,
    real_data,
)
from tests.reports.smaller import keep_chapters

NRW = "Nordrhein-Westfalen"
HERFORD, HOEXTER = ("Kreis Herford", "05758"), ("Kreis Höxter", "05762")


def rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counts(row: dict[str, str]) -> dict[str, int]:
    """What the source gives rounded, as counts."""
    people = int(float(row["einwohner"]))
    return {
        "einwohner": people,
        "nichtdeutsch": round(people * float(row["anteil_auslaender"]) / 100),
        "haushalte": round(people / float(row["haushaltsgroesse"])),
    }


@pytest.fixture(scope="module")
def source(shared: Path) -> Path:
    return real_data(shared, "kreis-lippe-nrw")


@pytest.fixture(scope="module")
def gemeinden(source: Path) -> dict[str, dict[str, int]]:
    """The counts of every Gemeinde of Lippe by its key."""
    everywhere = rows(source / "zensus2022_gemeinden_nrw.csv")
    return {row["ags"]: counts(row) for row in everywhere if row["ags"].startswith("05766")}


@pytest.fixture(scope="module")
def elsewhere(source: Path) -> dict[str, float]:
    """Share of people without German citizenship in the Land and in two neighbouring Kreise."""
    land = [counts(row) for row in rows(source / "zensus2022_gemeinden_nrw.csv")]
    share = sum(r["nichtdeutsch"] for r in land) / sum(r["einwohner"] for r in land)
    kreise = {
        row["county_code"]: float(row["share_foreign"])
        for row in rows(source / "inkar_kreise_nrw_1995_2022.csv")
        if row["year"] == "2022"
    }
    return {NRW: 100 * share, **{name: kreise[key] for name, key in (HERFORD, HOEXTER)}}


@pytest.fixture(scope="module")
def built(
    source: Path,
    gemeinden: dict[str, dict[str, int]],
    elsewhere: dict[str, float],
    tmp_path_factory: pytest.TempPathFactory,
) -> Built:
    """The report, built once in a project of its own."""
    base = tmp_path_factory.mktemp("lippe")
    raw = base / "roh"
    raw.mkdir()
    shutil.copy(source / "gemeinden_lippe_epsg25832.geojson", raw)
    lines = ["ags;einwohner;nichtdeutsch;haushalte"]
    lines += [f"{key};{';'.join(map(str, n.values()))}" for key, n in gemeinden.items()]
    (raw / "zensus2022_lippe.csv").write_text("\n".join(lines), encoding="utf-8")
    lines = ["kennzahl;gebiet;ebene;jahr;wert;quelle"]
    for name, value in elsewhere.items():
        level, where = ("Land", "Zensus 2022") if name == NRW else ("Kreis", "INKAR, BBSR")
        number = f"{value:.2f}".replace(".", ",")
        lines.append(f"anteil_nichtdeutsch;{name};{level};2022;{number};{where}")
    (raw / "vergleichswerte.csv").write_text("\n".join(lines), encoding="cp1252")
    project = make_real_project(base / "projekt", "lippe", raw)
    title = "Menschen ohne deutsche Staatsangehörigkeit"
    add_section(project, "01-bevoelkerung", title, "anteil_nichtdeutsch")
    keep_chapters(
        project,
        *("index", "01-", "02-", "03-", "methoden", "geheimhaltung", "datenquellen", "tabellen"),
    )
    return build_real(project, "lippe")


def test_the_kreis_is_the_sum_of_its_gemeinden(
    built: Built, gemeinden: dict[str, dict[str, int]]
) -> None:
    assert len(gemeinden) == 16
    rows = built.table("published")
    people = {key: n["einwohner"] for key, n in gemeinden.items()}
    assert sum(people.values()) == 348_030
    shown = rows.loc["einwohner", 2022].wert
    assert shown[list(people)].to_dict() == people
    assert shown["gesamt"] == 348_030
    total = rows.loc["anteil_nichtdeutsch", 2022, "gesamt"]
    assert total.zaehler == sum(n["nichtdeutsch"] for n in gemeinden.values())
    assert (total.nenner, total.status) == (348_030, "ok")


def test_rates_of_the_source_come_out_again(built: Built, source: Path) -> None:
    rows_ = built.table("published")
    for row in rows(source / "zensus2022_gemeinden_nrw.csv"):
        if not row["ags"].startswith("05766"):
            continue
        share = rows_.loc[("anteil_nichtdeutsch", 2022, row["ags"]), "wert"]
        size = rows_.loc[("haushaltsgroesse", 2022, row["ags"]), "wert"]
        assert round(share, 1) == float(row["anteil_auslaender"])
        assert round(size, 2) == float(row["haushaltsgroesse"])


def test_sentences_speak_of_a_kreis_and_its_gemeinden(built: Built) -> None:
    page = built.page("01-bevoelkerung")
    people = "Die Zahl der Einwohnerinnen und Einwohner liegt im Kreis Lippe bei"
    assert f"Stand: {people} {german(348_030)}." in page
    assert "im Kreis Lippe im Jahr 2022" in page or "Im Kreis Lippe lag im Jahr 2022" in page
    one = "ist die eine vergleichbare Kennzahl anders als in der übrigen Kommune"
    assert f"In allen 16 Gemeinden {one}" in page
    assert "5,2 % (Dörentrup)" in page and "16,6 % (Augustdorf)" in page
    assert "in den Kreis" not in page and "in Kreis" not in page and "für Kreis" not in page
    start = built.page("index")
    assert "im Kreis Lippe, gegliedert nach 16 Gemeinden." in start
    assert any("in 16 Gemeinden" in alt for alt in built.alt_texts("01-bevoelkerung"))


def test_other_places_are_named_with_year_and_source(
    built: Built, elsewhere: dict[str, float]
) -> None:
    herford, hoexter, land = (
        f"{elsewhere[name]:.2f}".replace(".", ",") for name in (HERFORD[0], HOEXTER[0], NRW)
    )
    assert (herford, hoexter) == ("11,78", "8,30")
    page = built.page("01-bevoelkerung")
    assert (
        "Zum Vergleich: Im Kreis Herford lag der Wert 2022 bei 11,8 % und im Kreis Höxter bei "
        "8,3 % (Quelle: INKAR, BBSR). In Nordrhein-Westfalen lag der Wert 2022 bei "
    ) in page
    assert "Werte anderer Gebiete zum Vergleich" in page
    sources = built.page("datenquellen")
    assert "INKAR, BBSR Kreis Herford Ohne deutsche Staatsangehörigkeit (2022)" in sources
    assert land[:2] in page


def test_the_manifests_name_key_and_file(built: Built) -> None:
    manifest = json.loads((built.report / "manifest.json").read_text(encoding="utf-8"))
    assert manifest["ags"] == "05766"
    kept = built.project / "data/processed" / built.name / "manifest-vertraulich.json"
    full = json.loads(kept.read_text(encoding="utf-8"))
    assert "datenordner/vergleichswerte.csv" in full["eingaben"]


def test_pages_and_pictures_are_there(built: Built) -> None:
    for name in ("anteil_nichtdeutsch-karte", "anteil_nichtdeutsch-balken"):
        assert (built.figures / f"{name}.svg").is_file(), name
    assert "Haushaltsgröße" in built.page("02-haushalte")
    assert built.page("03-sgb2").count("Für dieses Kapitel liegt keine Lieferung vor.") == 1
