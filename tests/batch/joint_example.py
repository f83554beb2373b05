"""Municipalities of a Kreis that deliver in the same files, and one params file for all of them."""

import csv
import json
from pathlib import Path

import yaml

from tests.batch.batch_example import COUNTS, DELIVERY, YEARS, make_land

AGS = {"aheim": "05999001", "bheim": "05999002", "cheim": "05999003"}

COMMON = (
    """
filter: {Gemeinde: "{name}"}
kommune: {raumebene: Ortsteil, raumebene_mehrzahl: Ortsteile}
bericht: {datum: 2024-09-30, berichtsjahr: 2023, herausgeber: Amt}
zeitreihe: {von: 2022, bis: 2023}
datenordner: roh
raeume:
  datei: ortsteile.geojson
  filter: {ags: "{ags}"}
  schluessel: nr
  name: name
kennzahlen: [params/kennzahlen-klein.yml]
"""
    + DELIVERY
)
"""All that the params file says of every municipality."""


def entries(*slugs: str) -> str:
    """The section ``kommunen``."""
    lines = ["kommunen:"]
    for slug in slugs:
        lines += [f"  {slug}:", f"    name: {slug.capitalize()}", f'    ags: "{AGS[slug]}"']
    return "\n".join(lines) + "\n"


def make_joint(root: Path, *slugs: str) -> Path:
    """A project with one params file, ``params/kreis.yml``; ``root`` is new."""
    make_land(root)
    (root / "params/kreis.yml").write_text(entries(*slugs) + COMMON, encoding="utf-8")
    (root / "roh").mkdir()
    write_raw(root / "roh", slugs)
    return root


def make_own(root: Path, slug: str) -> Path:
    """The same municipality alone: a params file of its own, and files without other's rows."""
    make_land(root)
    data = yaml.safe_load(COMMON.replace("2024-09-30", '"2024-09-30"'))
    del data["filter"], data["raeume"]["filter"]
    data["kommune"] |= {"name": slug.capitalize(), "ags": AGS[slug]}
    (root / f"params/{slug}.yml").write_text(yaml.safe_dump(data), encoding="utf-8")
    (root / "roh").mkdir()
    write_raw(root / "roh", [slug])
    return root


def write_raw(folder: Path, slugs) -> None:
    """Geometry and counts of the municipalities, which differ."""
    y, features, rows = 5_700_000, [], []
    for slug in slugs:
        number = list(AGS).index(slug)
        for step in range(3):
            key, x = f"{AGS[slug]}-{step + 1}", 350_000 + 9000 * number + 3000 * step
            ring = [[x, y], [x + 3000, y], [x + 3000, y + 4000], [x, y + 4000], [x, y]]
            names = {"nr": key, "name": f"Ortsteil {step + 1}", "ags": AGS[slug]}
            features.append(
                {
                    "type": "Feature",
                    "properties": names,
                    "geometry": {"type": "Polygon", "coordinates": [ring]},
                }
            )
            for year in YEARS:
                rows += [
                    [slug.capitalize(), key, year, age, n + 10 * step + year % 10 + 7 * number]
                    for age, n in COUNTS.items()
                ]
    crs = {"type": "name", "properties": {"name": "urn:ogc:def:crs:EPSG::25832"}}
    text = json.dumps({"type": "FeatureCollection", "crs": crs, "features": features})
    (folder / "ortsteile.geojson").write_text(text, encoding="utf-8")
    with (folder / "einwohner.csv").open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, delimiter=";", lineterminator="\n")
        writer.writerows([["Gemeinde", "nr", "jahr", "alter", "anzahl"], *rows])
