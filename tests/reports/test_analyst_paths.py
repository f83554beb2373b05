"""What an analyst does without Python: an indicator, a chapter, additional chapters, facilities."""

import json
import re
import shutil

import pandas as pd
import pytest

from tests.conftest import make_project, run_spm

CATALOGUE = """
kennzahlen:
  jugendliche_anteil:
    kapitel: jugendarbeit
    titel: Anteil der 10- bis 17-Jährigen an den unter 18-Jährigen
    kurztitel: 10 bis 17 Jahre
    satz: der Anteil der 10- bis 17-Jährigen an den unter 18-Jährigen
    definition: Personen von 10 bis unter 18 Jahren je 100 Personen unter 18 Jahren.
    art: anteil
    zaehler: {merkmal: bevoelkerung, alter: 10-17}
    nenner: {merkmal: bevoelkerung, alter: 0-17}
    faktor: 100
    einheit: "%"
    nachkommastellen: 1
    lebensphase: Sekundarstufe
"""
LEAST = 25
"""Children in a facility below which the page by facility shows nothing."""


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """A report with every additional chapter, one of its own, and the page by facility."""
    project = make_project(tmp_path_factory.mktemp("analyst") / "projekt")
    path = project / "params/pilotkommune.yml"
    text = path.read_text(encoding="utf-8")
    wanted = "zusatzkapitel: [wohnen, mobilitaet, angebote, jugendarbeit]\n"
    wanted += f"einrichtungen: {{mindestfallzahl: 10, mindestnenner: {LEAST}}}\n"
    assert "zusatzkapitel: []\n" in text
    path.write_text(text.replace("zusatzkapitel: []\n", wanted), encoding="utf-8")
    (project / "params/kennzahlen-jugendarbeit.yml").write_text(CATALOGUE, encoding="utf-8")
    notebook = json.loads((project / "notebooks/09-mobilitaet.ipynb").read_text(encoding="utf-8"))
    notebook["cells"] = [*notebook["cells"][:3], *cells("karte", "balken", "aussagen")]
    notebook["cells"][0]["source"] = ["# Jugendarbeit {#sec-jugendarbeit}"]
    notebook["cells"][2]["source"] = [
        "from spm import Report\n", "\n", "bericht = Report(params)\n",
        'kapitel = bericht.kapitel("jugendarbeit")',
    ]  # fmt: skip
    target = project / "notebooks/11-jugendarbeit.ipynb"
    target.write_text(json.dumps(notebook), encoding="utf-8")
    result = run_spm(
        "build", "params/pilotkommune.yml", "--renderer", "embedded", "--to", "html", cwd=project
    )
    assert result.returncode == 0, result.stderr
    return project


def cells(*kinds):
    return [
        {
            "cell_type": "code", "execution_count": None, "id": kind, "metadata": {},
            "outputs": [], "source": [f'kapitel.{kind}("jugendliche_anteil")'],
        }
        for kind in kinds
    ]  # fmt: skip


def page(project, name):
    return (project / f"report/pilotkommune/html/{name}.html").read_text(encoding="utf-8")


def test_an_own_chapter_needs_a_notebook_and_a_catalogue_only(built):
    text = page(built, "11-jugendarbeit")
    assert "10- bis 17-Jährigen" in text and text.count("<figure") >= 2
    assert "In der Pilotkommune" in text or "in der Pilotkommune" in text


def test_additional_chapters_stand_between_the_seven_and_the_methods(built):
    text = page(built, "index")
    places = [text.index(f"{name}.html") for name in (
        "07-bildung", "08-wohnen", "09-mobilitaet", "10-angebote", "11-jugendarbeit",
        "einrichtungen", "methoden",
    )]  # fmt: skip
    assert places == sorted(places)
    assert "Wohnfläche" in page(built, "08-wohnen")
    assert "Haltestelle" in page(built, "09-mobilitaet")


def test_offers_stand_against_need_by_phase_of_life(built):
    text = page(built, "10-angebote")
    assert "Hinweise auf Bedarf entlang der Lebensphasen" in text
    assert "0 bis 2 Jahre" in text and re.search(r"\d\xa0\(\d+/\d+\)", text)


def test_the_page_by_facility_is_for_internal_use_and_stricter(built):
    text = page(built, "einrichtungen")
    assert "Nur für den internen Gebrauch" in text and "Kita" in text and "Grundschule" in text
    rows = pd.read_parquet(built / "data/processed/pilotkommune/published.parquet")
    inside = rows[rows["gruppe"].notna() & rows["status"].eq("ok")]
    assert len(inside) and inside["nenner"].min() >= LEAST and inside["zaehler"].min() >= 10


def test_without_being_asked_for_nothing_is_published_by_facility(demo):
    rows = pd.read_parquet(demo / "data/processed/pilotkommune/published.parquet")
    assert rows["gruppe"].isna().all()
    assert not (demo / "report/pilotkommune/html/einrichtungen.html").exists()


def test_a_chapter_without_a_notebook_is_named(project):
    path = project / "params/pilotkommune.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("zusatzkapitel: []", "zusatzkapitel: [wonen]"), encoding="utf-8")
    shutil.rmtree(project / "data/processed/pilotkommune", ignore_errors=True)
    result = run_spm("build", "params/pilotkommune.yml", cwd=project)
    assert result.returncode == 1 and "Traceback" not in result.stderr
    assert "zusatzkapitel" in result.stderr
    assert "«wonen» gibt es kein Notebook. Gemeint ist vielleicht «wohnen»" in result.stderr
