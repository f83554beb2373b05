"""Two finished reports, small enough to be checked by hand: four areas, two indicators."""

import copy
import csv
import hashlib
import json
import shutil
from pathlib import Path

import nbformat
import pandas as pd
from shapely.geometry import box, mapping

YEARS = (2021, 2022)
AREAS = {"1": "Sozialraum 1", "2": "Sozialraum 2", "3": "Sozialraum 3", "4": "Hafen"}
COUNTS = {"1": 20, "2": 30, "3": 40, "4": 50, "gesamt": 140}
PER = 200
NUMBERS = ["zaehler", "abzueglich", "nenner", "wert", "ki_unten", "ki_oben", "geglaettet"]
MANIFEST = {
    "bericht": "Soziale Lebenslagen",
    "kommune": "Musterstadt",
    "ags": "05999000",
    "datum": "2023-09-30",
    "spm": {"version": "0.1.0", "commit": "a" * 40},
    "renderer": "embedded",
    "abhaengigkeiten": {"pandas": "3.0", "scipy": "1.0"},
    "regeln": {
        "bericht": {"titel": "Soziale Lebenslagen", "berichtsjahr": 2022},
        "zeitreihe": {"von": 2021, "bis": 2022},
        "zusammenfassen": {},
        "raeume": {"gruppen": {}},
        "lieferungen": {
            "jobcenter": {
                "titel": "Leistungen",
                "stelle": "Jobcenter",
                "mindestfallzahl": 10,
            }
        },
    },
    "eingaben": {"params/kennzahlen.yml": "2" * 64},
    "vertraulich": {
        "schluessel": "0123456789abcdef",
        "lieferungen": {"jobcenter": "1" * 64},
        "nachweis": "3" * 64,
    },
    "ausgaben": {},
}
TEXT = {
    "01-sgb2": "# SGB II {#sec-sgb2}\n\nDie Quote beschreibt die Lage der Familien. "
    "In Sozialraum 3 lag sie am 31. Dezember 2022 bei 20,0 % (40 von 200).\n\n"
    '::: {#fig-quote-karte}\n![](figures/quote-karte.svg){fig-alt="40 von 200"}\n\nKarte\n:::',
    "methoden": "# Methoden {#sec-methoden}\n\nEin Test prüft jeden Unterschied.",
}
DEFINITIONS = {
    "quote": {"titel": "SGB-II-Quote", "definition": "Kinder je 100.", "art": "anteil"},
    "zweite": {"titel": "Zweite Quote", "definition": "Eltern je 100.", "art": "anteil"},
}


def rows(years=YEARS):
    """Published rows: every indicator, year and area; one facility."""
    found = []
    for key in DEFINITIONS:
        for year in years:
            for raum, n in COUNTS.items():
                per = PER * (len(AREAS) if raum == "gesamt" else 1)
                value = 100 * n / per
                found.append(
                    {
                        "kennzahl": key,
                        "jahr": year,
                        "raum": raum,
                        "gruppe": None,
                        "zaehler": float(n),
                        "abzueglich": float("nan"),
                        "nenner": float(per),
                        "wert": value,
                        "ki_unten": value - 4,
                        "ki_oben": value + 4,
                        "geglaettet": value + 0.5,
                        "klasse": None if raum == "gesamt" else "wie",
                        "status": "ok",
                    }
                )
    found.append(found[0] | {"raum": "gesamt", "gruppe": "Kita: Sonne", "wert": 77.0})
    return pd.DataFrame(found)


def development(richtung="unveraendert", bis=2022):
    """One change and one trend."""
    common = {"kennzahl": "quote", "raum": "3", "von": 2021, "bis": bis}
    return pd.DataFrame(
        [
            {"art": "aenderung", **common, "differenz": 0.1, "richtung": richtung},
            {"art": "trend", **common, "richtung": "kein_trend"},
        ]
    )


def outlines(moved=0.0):
    """Four squares beside each other; the border of the last two may be moved."""
    edges = [0.0, 1.0, 2.0, 3.0 + moved, 4.0]
    return {key: box(edges[i], 0, edges[i + 1], 1) for i, key in enumerate(AREAS)}


class Ablage:
    """A finished report in a folder; every part can be changed before it is written.

    Without ``web`` it is one that was built as PDF only.
    """

    def __init__(self):
        self.manifest = copy.deepcopy(MANIFEST)
        self.rows, self.development = rows(), development()
        self.text, self.definitions = dict(TEXT), copy.deepcopy(DEFINITIONS)
        self.areas, self.outlines = dict(AREAS), outlines()
        self.web = True

    def row(self, key, year, raum):
        """Mask of one row."""
        r = self.rows
        return r.kennzahl.eq(key) & r.jahr.eq(year) & r.raum.eq(raum) & r.gruppe.isna()

    def set(self, key, year, raum, **cells):
        for name, cell in cells.items():
            self.rows.loc[self.row(key, year, raum), name] = cell

    def count(self, key, year, raum, n):
        """Another numerator, with the value that follows."""
        per = self.rows.loc[self.row(key, year, raum), "nenner"].iloc[0]
        self.set(key, year, raum, zaehler=float(n), wert=100 * n / per)

    def hide(self, key, year, raum, status="gesperrt"):
        self.set(key, year, raum, status=status, klasse=None, **dict.fromkeys(NUMBERS, None))

    def add_year(self, year=2023):
        """The report of the next year."""
        more = rows([year])
        self.rows = pd.concat([self.rows, more[more.gruppe.isna()]], ignore_index=True)
        self.manifest["regeln"]["bericht"]["berichtsjahr"] = year
        self.manifest["regeln"]["zeitreihe"]["bis"] = year
        self.manifest["datum"] = f"{year + 1}-09-30"

    def write(self, folder: Path) -> Path:
        if folder.exists():
            shutil.rmtree(folder)
        for name in ("book", "html/daten"):
            (folder / name).mkdir(parents=True)
        self.rows.to_parquet(folder / "published.parquet", index=False)
        if self.development is not None:
            self.development.to_parquet(folder / "entwicklung.parquet", index=False)
        certify(folder)
        for stem, text in self.text.items():
            notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_markdown_cell(text)])
            nbformat.write(notebook, folder / "book" / f"{stem}.ipynb")
        places = {"einheit": "%", "nachkommastellen": "1"}
        catalogue = [{"kennzahl": k, **d, **places} for k, d in self.definitions.items()]
        table(folder / "html/daten/kennzahlenset.csv", catalogue)
        known = [{"raum": k, "raum_name": n, "besteht_aus": ""} for k, n in self.areas.items()]
        known.append({"raum": "gesamt", "raum_name": "Musterstadt", "besteht_aus": ""})
        table(folder / "html/daten/raeume.csv", known)
        features = [
            {"type": "Feature", "properties": {"raum": k}, "geometry": mapping(s)}
            for k, s in self.outlines.items()
        ]
        content = {"type": "FeatureCollection", "features": features}
        (folder / "html/daten/raeume.geojson").write_text(json.dumps(content), encoding="utf-8")
        if not self.web:
            shutil.rmtree(folder / "html")
        outputs = (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())
        manifest = self.manifest | {"ausgaben": dict.fromkeys(sorted(outputs), "0" * 64)}
        (folder / "manifest.json").write_text(json.dumps(manifest), encoding="utf-8")
        return folder


def certify(folder):
    """The part of a certificate that a finished report is recognised by."""
    content = {"bestanden": True}
    for key, name in (("datensatz", "published"), ("entwicklung", "entwicklung")):
        path = folder / f"{name}.parquet"
        if path.exists():
            digest = hashlib.sha256(path.read_bytes()).hexdigest()
            content[key] = {"datei": path.name, "sha256": digest}
    (folder / "geheimhaltung.json").write_text(json.dumps(content), encoding="utf-8")


def table(path, entries):
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, list(entries[0]))
        writer.writeheader()
        writer.writerows(entries)
