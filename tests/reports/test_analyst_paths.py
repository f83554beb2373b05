"""What an analyst does without Python: an indicator, a chapter, additional chapters, facilities."""

import html
import re

import pandas as pd

from tests.reports.damage import Project
from tests.reports.own_example import LEAST, LEAST_BASE, PLACE


def page(project, name):
    return (project / f"report/pilotkommune/html/{name}.html").read_text(encoding="utf-8")


def test_an_own_chapter_needs_a_notebook_and_a_catalogue_only(own):
    text = page(own, "11-jugendarbeit")
    assert "10- bis 17-Jährigen" in text and text.count("<figure") >= 1
    place = html.escape(PLACE, quote=False)
    assert f"In {place}" in text or f"in {place}" in text


def test_additional_chapters_stand_between_the_seven_and_the_methods(own):
    text = page(own, "index")
    places = [text.index(f"{name}.html") for name in (
        "03-sgb2", "08-wohnen", "09-mobilitaet", "10-angebote", "11-jugendarbeit",
        "einrichtungen", "methoden",
    )]  # fmt: skip
    assert places == sorted(places)
    assert "Wohnfläche" in page(own, "08-wohnen")
    assert "Haltestelle" in page(own, "09-mobilitaet")


def test_offers_stand_against_need_by_phase_of_life(own):
    text = page(own, "10-angebote")
    assert "Hinweise auf Bedarf entlang der Lebensphasen" in text
    assert "0 bis 2 Jahre" in text and re.search(r"\d\xa0\(\d+/\d+\)", text)


def test_the_page_by_facility_is_for_internal_use_and_stricter(own):
    text = page(own, "einrichtungen")
    assert "Nur für den internen Gebrauch" in text and "Kita" in text and "Grundschule" in text
    rows = pd.read_parquet(own / "data/processed/pilotkommune/published.parquet")
    inside = rows[rows["gruppe"].notna() & rows["status"].eq("ok")]
    assert len(inside) and inside["nenner"].min() >= LEAST_BASE
    assert inside["zaehler"].min() >= LEAST


def test_without_being_asked_for_nothing_is_published_by_facility(demo):
    rows = pd.read_parquet(demo / "data/processed/pilotkommune/published.parquet")
    assert rows["gruppe"].isna().all()
    assert not (demo / "report/pilotkommune/html/einrichtungen.html").exists()


def test_a_chapter_without_a_notebook_is_named(project, monkeypatch, capsys):
    case = Project(project, monkeypatch, capsys)
    case.set("zusatzkapitel: []", "zusatzkapitel: [wonen]")
    text = case.refused().text
    assert "zusatzkapitel" in text
    assert "«wonen» gibt es kein Notebook. Gemeint ist vielleicht «wohnen»" in text
