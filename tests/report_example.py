"""A small municipality whose published data a test makes up: seven areas, nothing delivered."""

from datetime import date
from pathlib import Path

import geopandas

from spm.book.project import Project
from tests.presentation_sample import areas

PARAMS = """
kommune: {name: Musterstadt, ags: "05999000", raumebene: Stadtteil, raumebene_mehrzahl: Stadtteile}
bericht: {titel: T, datum: 2024-09-30, berichtsjahr: 2023, herausgeber: Amt, kontakt: "a@b.example"}
zeitreihe: {von: 2018, bis: 2023}
datenordner: data/raw/muster
raeume: {datei: raeume.geojson, schluessel: raum, name: name}
kennzahlen: [params/kennzahlen.yml]
einrichtungen: {mindestfallzahl: 12}
lieferungen:
  jobcenter:
    titel: Leistungen
    stelle: Jobcenter
    stichtag: "31.12."
    mindestfallzahl: 10
    tabellen:
      - {datei: x.csv, spalten: {raum: Raum, jahr: Jahr, anzahl: Zahl}, konstanten: {merkmal: fall}}
"""

CHAPTERS = {"quote": "sgb2", "zweite": "sgb2", "leer": "bildung"}
"""Three indicators and their chapters."""

TITLES = """\
kapitel:
  sgb2: {titel: Leistungen nach SGB II, kurztitel: SGB II}
  hze: {titel: Hilfen zur Erziehung}
  bildung: {titel: Bildung}
"""

PROJECT = Project(
    chapters=(),
    title="T",
    subtitle="",
    publisher="Amt",
    municipality="Musterstadt",
    contact="",
    note="",
    date=date(2024, 9, 30),
    date_in_words="30. September 2024",
    colour="#14405c",
    accent="#0a5a70",
    logo="",
    logo_text="",
)
"""The book of this municipality, as products see it."""


def entry(key: str, chapter: str, **more: object) -> str:
    """A share in the catalogue, with further keys."""
    lines = "".join(f"    {name}: {value}\n" for name, value in more.items())
    return f"""
  {key}:
    kapitel: {chapter}
    titel: Titel {key}
    kurztitel: Kurz {key}
    satz: der Anteil {key}
    definition: Fälle je 100.
    art: anteil
    zaehler: {{merkmal: {"schueler" if chapter == "bildung" else "fall"}}}
    nenner: {{merkmal: alle}}
    faktor: 100
    einheit: "%"
{lines}"""


def three_entries() -> list[str]:
    """The indicators of `CHAPTERS`, also by facility."""
    return [entry(key, chapter, je_einrichtung="ja") for key, chapter in CHAPTERS.items()]


def make_project(
    root: Path,
    entries: list[str],
    params: str = PARAMS,
    shapes: geopandas.GeoDataFrame | None = None,
) -> Path:
    """Params file, catalogue and geometry; the folder in which a test publishes.

    Parameters
    ----------
    entries : of the catalogue, each as `entry` writes it.
    shapes : seven squares, if none are given.
    """
    data = root / "data/processed/muster"
    for folder in (root / "params", root / "data/raw/muster", data):
        folder.mkdir(parents=True)
    (root / "_quarto.yml").touch()
    (root / "params/muster.yml").write_text(params, encoding="utf-8")
    catalogue = f"{TITLES}kennzahlen:" + "".join(entries)
    (root / "params/kennzahlen.yml").write_text(catalogue, encoding="utf-8")
    shapes = areas(7) if shapes is None else shapes
    shapes.to_file(root / "data/raw/muster/raeume.geojson")
    return data
