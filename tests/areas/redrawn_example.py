"""A small municipality that was redrawn: five areas up to 2019, four since 2020.

A row of squares, one kilometre high. Old area 3 lies half in B, half in C; 1 became A, 5 became D;
old "A" is another place than today's A, as keys are often used again.

    old   |1    1|2 |3    3|A |5    5|
    new   |A    A|B    B|C    C|D   D|
"""

import json
from pathlib import Path

import geopandas
import pandas as pd
from shapely.geometry import box

from tests.conftest import ROOT

OLD = {"1": (0, 2), "2": (2, 3), "3": (3, 5), "A": (5, 6), "5": (6, 8)}
NEW = {"A": (0, 2), "B": (2, 4), "C": (4, 6), "D": (6, 8)}
OLD_NAMES = {key: f"Alt {key}" for key in OLD}
NEW_NAMES = {"A": "Altstadt", "B": "Bergdorf", "C": "Chaussee", "D": "Damm"}

TABLE = "alt;neu;anteil\n1;A;1\n2;B;1\n3;B;0,25\n3;C;0,75\nA;C;1\n5;D;1\n"

PARAMS = """\
kommune: {{name: Kleinstadt, ags: "05999001"}}
bericht: {{datum: 2024-09-30, berichtsjahr: 2023, herausgeber: Jugendamt}}
zeitreihe: {{von: 2018, bis: 2023}}
datenordner: roh
raeume:
  datei: neu.geojson
  schluessel: key
  fruehere:
    - bis: 2019
      umschluesselung: {crosswalk}
      {more}
kennzahlen: [params/kennzahlen.yml]
lieferungen:
  einwohner:
    titel: Einwohner
    stelle: Meldeamt
    tabellen:
      - datei: einwohner.csv
        spalten: {{raum: Raum, jahr: Jahr, alter: Alter, geschlecht: Geschlecht, anzahl: Anzahl}}
        konstanten: {{merkmal: bevoelkerung}}
  sgb2:
    titel: Leistungsberechtigte
    stelle: Jobcenter
    tabellen:
      - datei: sgb2.csv
        spalten: {{raum: Raum}}
        gesamtzeilen: [Summe]
        konstanten: {{merkmal: sgb2_personen, alter: 0-17}}
        entpivotieren:
{years}
"""

CATALOGUE = """\
kapitel: {sgb2: {titel: SGB II}, bevoelkerung: {titel: Bevölkerung}}
kennzahlen:
  quote:
    kapitel: sgb2
    titel: Kinder in Bedarfsgemeinschaften
    kurztitel: SGB-II-Quote
    satz: der Anteil der Kinder in Bedarfsgemeinschaften
    definition: Kinder in Bedarfsgemeinschaften je 100 Kinder.
    art: anteil
    zaehler: {merkmal: sgb2_personen, alter: 0-17}
    nenner: {merkmal: bevoelkerung, alter: 0-17}
    faktor: 100
    einheit: "%"
  maedchen:
    kapitel: bevoelkerung
    titel: Mädchen unter 18 Jahren
    kurztitel: Mädchen
    satz: die Zahl der Mädchen
    definition: Weibliche Personen unter 18 Jahren.
    art: anzahl
    zaehler: {merkmal: bevoelkerung, alter: 0-17, geschlecht: w}
    einheit: Personen
    nachkommastellen: 0
"""


def keys_of(year: int) -> dict[str, tuple[int, int]]:
    return OLD if year <= 2019 else NEW


def people(year: int, place: int, age: str, sex: str) -> int:
    """Some number for every cell, hundreds of them, none of them round."""
    first, last = list(keys_of(year).values())[place]
    return (
        (last - first) * (203 if age == "0-17" else 907) + 7 * place + (year - 2018) * 3 + len(sex)
    )


def receiving(year: int, place: int) -> int:
    first, last = list(keys_of(year).values())[place]
    return (last - first) * 31 + 5 * place + (year - 2018)


def residents() -> str:
    rows = ["Raum;Jahr;Alter;Geschlecht;Anzahl"]
    for year in range(2018, 2024):
        for place, key in enumerate(keys_of(year)):
            for age in ("0-17", "18+"):
                for sex in ("m", "w"):
                    rows.append(f"{key};{year};{age};{sex};{people(year, place, age, sex)}")
    return "\n".join(rows) + "\n"


def recipients() -> str:
    """Wide, with old and new areas in one table: a cell before or after an area is empty."""
    rows = ["Raum;" + ";".join(str(year) for year in range(2018, 2024))]
    both = [(OLD, range(2018, 2020)), (NEW, range(2020, 2024))]
    for areas, years in both:
        for place, key in enumerate(areas):
            cells = [receiving(y, place) if y in years else "" for y in range(2018, 2024)]
            name = (OLD_NAMES if areas is OLD else NEW_NAMES)[key]
            rows.append(";".join(map(str, [name, *cells])))
    totals = [sum(receiving(y, i) for i in range(len(keys_of(y)))) for y in range(2018, 2024)]
    return "\n".join([*rows, ";".join(map(str, ["Summe", *totals]))]) + "\n"


def squares(limits: dict[str, tuple[int, int]], names: dict[str, str]) -> geopandas.GeoDataFrame:
    x, y = 480_000, 5_750_000  # a place in Lippe
    shapes = [box(x + a * 1000, y, x + b * 1000, y + 1000) for a, b in limits.values()]
    data = {"key": list(limits), "name": [names[key] for key in limits]}
    return geopandas.GeoDataFrame(data, geometry=shapes, crs="EPSG:25832")


def make(folder: Path, crosswalk: str = "alt_neu.csv", table: str = TABLE, more: str = "") -> Path:
    """The project; returns its params file."""
    raw = folder / "roh"
    for path in (raw, folder / "params"):
        path.mkdir(parents=True)
    (folder / "_quarto.yml").write_text((ROOT / "_quarto.yml").read_text(encoding="utf-8"))
    squares(NEW, NEW_NAMES).to_file(raw / "neu.geojson")
    squares(OLD, OLD_NAMES).to_file(raw / "alt.geojson")
    (raw / "alt_neu.csv").write_text(table, encoding="utf-8")
    (raw / "einwohner.csv").write_text(residents(), encoding="utf-8")
    (raw / "sgb2.csv").write_text(recipients(), encoding="utf-8")
    (folder / "params" / "kennzahlen.yml").write_text(CATALOGUE, encoding="utf-8")
    names = f"namen: {json.dumps(OLD_NAMES)}"
    geometry = 'datei: alt.geojson\n      schluessel: "key"'
    years = "\n".join(f'          "{year}": {{jahr: {year}}}' for year in range(2018, 2024))
    more = more or (geometry if crosswalk == "flaeche" else names)
    path = folder / "params" / "klein.yml"
    path.write_text(PARAMS.format(crosswalk=crosswalk, more=more, years=years), encoding="utf-8")
    return path


def read_published(path: Path) -> pd.DataFrame:
    """The published rows by indicator, year and area."""
    frame = pd.read_parquet(path).set_index(["kennzahl", "jahr", "raum"])
    return frame.sort_index()
