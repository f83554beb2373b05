"""Write the raw data of the invented municipality "Pilotkommune".

Usage: python scripts/pilotkommune.py [folder]

Every run writes the same bytes (default folder: data/raw/pilotkommune). Nothing in them describes
a real place; only the SGB II rates of 2023 are set to a published table, so that the report can be
checked against it.
"""

import sys
from pathlib import Path

from pilot import (
    einwohner,
    geometry,
    haushalte,
    hze,
    jobcenter,
    kinderbetreuung,
    schule,
    schuleingang,
    vergleich,
)
from pilot.population import Population
from pilot.profile import HINWEIS

DEFAULT_FOLDER = Path(__file__).parents[1] / "data" / "raw" / "pilotkommune"

DELIVERIES = [einwohner, haushalte, jobcenter, kinderbetreuung, hze, schuleingang, schule]

README = f"""Pilotkommune: Rohdaten der Beispielkommune

{HINWEIS}

Die Dateien sehen aus, wie Fachstellen liefern: mit Titelzeilen, verbundenen Kopfzeilen, Summen-
und Fußzeilen, gesperrten Werten und unterschiedlichen Schreibweisen der Sozialräume.
params/pilotkommune.yml sagt SPM, wie sie zu lesen sind.

sozialraeume.geojson            sieben Sozialräume, EPSG:25832
einwohner.csv                   Einwohnermeldeamt: Alter, Geschlecht, Staatsangehörigkeit
haushalte.xlsx                  Statistikstelle: Haushalte nach Typ und Kinderzahl
sgb2.xlsx                       Jobcenter: Personen und Bedarfsgemeinschaften nach SGB II
kinderbetreuung.xlsx            Jugendamt: Kinder in Kitas und Kindertagespflege
hze.csv                         Jugendamt: Hilfen zur Erziehung und Eingliederungshilfen
schuleingangsuntersuchung.xlsx  Gesundheitsamt: eine Zeile je (erfundenes) Kind
schule.xlsx                     Schulamt: Übergänge, Abgänge, Unterstützungsbedarf
vergleichswerte.csv             erfundene Werte eines Kreises und eines Landes zum Vergleich

Die SGB-II-Quoten 2023 der unter 18-Jährigen sind so gewählt, dass sie eine veröffentlichte Tabelle
ergeben (16,64; 7,19; 5,92; 27,85; 8,37; 5,48; 11,88; gesamt 15,66 %). Alles andere ist gewürfelt.

Erzeugt mit: python scripts/pilotkommune.py
"""


def main(folder: Path) -> None:
    """Write all files into ``folder``, creating it if needed."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "LIESMICH.txt").write_bytes(README.replace("\n", "\r\n").encode("utf-8-sig"))
    geometry.write(folder)
    population = Population()
    for delivery in DELIVERIES:
        delivery.write(folder, population)
    vergleich.write(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER)
