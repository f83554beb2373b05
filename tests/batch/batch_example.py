"""Small municipalities side by side in one project: three areas, two chapters, seconds to build."""

import json
import re
from pathlib import Path

import nbformat

from tests.conftest import ROOT

KEYS = ("01", "02", "03")
YEARS = (2022, 2023)

PARAMS = """
kommune:
  name: {name}
  ags: "0599900{number}"
  raumebene: Ortsteil
  raumebene_mehrzahl: Ortsteile
bericht: {{datum: 2024-09-30, berichtsjahr: 2023, herausgeber: Amt}}
zeitreihe: {{von: 2022, bis: 2023}}
datenordner: roh/{slug}
raeume: {{datei: ortsteile.geojson, schluessel: nr, name: name}}
kennzahlen: [params/kennzahlen-klein.yml]
"""

DELIVERY = """lieferungen:
  einwohner:
    titel: Einwohnerbestand
    stelle: Einwohnermeldeamt
    mindestfallzahl: 3
    tabellen:
      - datei: einwohner.csv
        spalten: {raum: nr, jahr: jahr, alter: alter, anzahl: anzahl}
        konstanten: {merkmal: bevoelkerung}
"""

CATALOGUE = """
kennzahlen:
  kinder_anteil:
    kapitel: bevoelkerung
    titel: Anteil der Kinder
    kurztitel: Kinder
    satz: der Anteil der Kinder
    definition: Kinder je 100 Menschen.
    art: anteil
    zaehler: {merkmal: bevoelkerung, alter: 0-17}
    nenner: {merkmal: bevoelkerung}
    faktor: 100
    einheit: "%"
"""

COUNTS = {"0-17": 240, "18-64": 800, "65+": 300}
"""People of one Ortsteil by age; in the others and in later years some more."""


def make_land(root: Path, *slugs: str) -> Path:
    """A project with these municipalities; ``root`` is new."""
    for folder in ("params", "notebooks"):
        (root / folder).mkdir(parents=True)
    book = (ROOT / "_quarto.yml").read_text(encoding="utf-8")
    listed = re.sub(
        r"(  chapters:\n)(    - .*\n)+", r"\1    - index.ipynb\n    - 01-bevoelkerung.ipynb\n", book
    )
    (root / "_quarto.yml").write_text(listed, encoding="utf-8")
    (root / "params/kennzahlen-klein.yml").write_text(CATALOGUE, encoding="utf-8")
    _notebook(root / "notebooks/index.ipynb", "# Einleitung {#sec-einleitung .unnumbered}")
    _notebook(
        root / "notebooks/01-bevoelkerung.ipynb",
        "# Kinder {#sec-kinder}",
        'from spm import Report\nkapitel = Report(params).kapitel("bevoelkerung")',
        'kapitel.aussagen("kinder_anteil")',
    )
    for number, slug in enumerate(slugs):
        text = PARAMS.format(name=slug.capitalize(), slug=slug, number=number) + DELIVERY
        (root / f"params/{slug}.yml").write_text(text, encoding="utf-8")
        _raw(root / "roh" / slug, number)
    return root


def _raw(folder: Path, more: int) -> None:
    folder.mkdir(parents=True)
    y = 5_700_000
    features = [
        {
            "type": "Feature",
            "properties": {"nr": key, "name": f"Ortsteil {key}"},
            "geometry": {
                "type": "Polygon",
                "coordinates": [
                    [[x, y], [x + 3000, y], [x + 3000, y + 4000], [x, y + 4000], [x, y]]
                ],
            },
        }
        for x, key in zip((350_000, 353_000, 356_000), KEYS, strict=True)
    ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
    text = json.dumps({"type": "FeatureCollection", "crs": crs, "features": features})
    (folder / "ortsteile.geojson").write_text(text, encoding="utf-8")
    lines = ["nr;jahr;alter;anzahl"]
    for step, key in enumerate(KEYS):
        for year in YEARS:
            lines += [
                f"{key};{year};{age};{n + 10 * step + year % 10 + more}"
                for age, n in COUNTS.items()
            ]
    (folder / "einwohner.csv").write_text("\n".join(lines) + "\n", encoding="utf-8")


def _notebook(path: Path, title: str, *cells: str) -> None:
    parameters = nbformat.v4.new_code_cell('params = "params/x.yml"')
    parameters.metadata["tags"] = ["parameters", "remove-cell"]
    code = [nbformat.v4.new_code_cell(cell) for cell in cells]
    notebook = nbformat.v4.new_notebook(
        cells=[nbformat.v4.new_markdown_cell(title), parameters, *code]
    )
    for number, cell in enumerate(notebook.cells):
        cell["id"] = f"zelle-{number}"  # else by chance, and no two projects would be the same
    nbformat.write(notebook, path)
