"""Write the raw data of the invented municipality "Pilotkommune".

Usage: python scripts/pilotkommune.py [folder]

Every run writes the same bytes (default folder: data/raw/pilotkommune). Nothing in them describes
a real place; only the SGB II rates of 2023 are set to a published table, so that the report can be
checked against it.
"""

import sys
from pathlib import Path

from pilot import (
    agentur,
    angebote,
    bewegung,
    einwohner,
    geometry,
    haushalte,
    hze,
    jobcenter,
    kinderbetreuung,
    kinderschutz,
    mobilitaet,
    schule,
    schuleingang,
    vergleich,
    wohnen,
    wohngeld,
    ziele,
)
from pilot.population import Population
from pilot.profile import HINWEIS

DEFAULT_FOLDER = Path(__file__).parents[1] / "data" / "raw" / "pilotkommune"

DELIVERIES = [
    einwohner,
    bewegung,
    haushalte,
    wohngeld,
    jobcenter,
    agentur,
    kinderbetreuung,
    hze,
    kinderschutz,
    schuleingang,
    schule,
    wohnen,
    mobilitaet,
    angebote,
]

README = f"""Pilotkommune: Rohdaten der Beispielkommune

{HINWEIS}

Die Dateien sehen aus, wie Fachstellen liefern: mit Titelzeilen, verbundenen Kopfzeilen, Summen-
und Fußzeilen, gesperrten Werten und unterschiedlichen Schreibweisen der Sozialräume.
params/pilotkommune.yml sagt SPM, wie sie zu lesen sind.

sozialraeume.geojson            sieben Sozialräume, EPSG:25832
einwohner.csv                   Einwohnermeldeamt: Alter, Geschlecht, Staatsangehörigkeit
bewegungen.csv                  Einwohnermeldeamt: Geburten, Zuzüge und Fortzüge
haushalte.xlsx                  Statistikstelle: Haushalte nach Typ und Kinderzahl, Personen
wohngeld.csv                    Wohngeldstelle: Haushalte mit Wohngeld
sgb2.xlsx                       Jobcenter: Personen, Bedarfsgemeinschaften, Verweildauer
arbeitslose.xlsx                Agentur für Arbeit: Arbeitslose unter 25 Jahren
kinderbetreuung.xlsx            Jugendamt: Kinder in Kitas und Kindertagespflege, Plätze
hze.csv                         Jugendamt: Hilfen zur Erziehung und Eingliederungshilfen
hze_paragraf.csv                Jugendamt: dieselben Hilfen nach Rechtsgrundlage, dazu § 28
kinderschutz.txt                Jugendamt: Gefährdungseinschätzungen und Inobhutnahmen
schuleingangsuntersuchung.xlsx  Gesundheitsamt: eine Zeile je (erfundenes) Kind
schule.xlsx                     Schulamt: Übergänge, Empfehlungen, Ganztag, Abschlüsse u. a.
vergleichswerte.csv             erfundene Werte eines Kreises, eines Landes und ähnlicher Orte
ziele.csv                       erfundene Ziele und Maßnahmen (Zielmatrix)
angebotsliste.csv               öffentliche Liste der Angebote und Netzwerke

Nur für die Zusatzkapitel:
wohnen.xlsx                     Stadtplanung, Umweltamt: Wohnfläche, Grün, Spielplätze, Lärm
mobilitaet.csv                  Stadtplanung: Kinder in der Nähe von Haltestelle, Kita, Schule
angebote.xlsx                   Präventionsstelle: eine Zeile je Angebot und Jahr; Hausbesuche

Die Anteile der unter 18-Jährigen in Bedarfsgemeinschaften 2023 sind so gewählt, dass sie eine
veröffentlichte Tabelle ergeben (16,64; 7,19; 5,92; 27,85; 8,37; 5,48; 11,88; gesamt 15,66 %). Alles
andere ist gewürfelt.

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
    ziele.write(folder)


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DEFAULT_FOLDER)
