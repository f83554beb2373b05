"""Coordination of prevention: an inventory of what there is, one row per offer and year."""

from pathlib import Path

from pilot.files import Workbook
from pilot.population import Population
from pilot.profile import AREAS, HINWEIS, YEARS, stream

HEAD = ["Lfd. Nr.", "Jahr", "Angebot", "Träger", "Lebensphase", "Sozialraum"]
EVERYWHERE = "gesamte Kommune"

CARRIERS = [
    "Jugendamt",
    "Gesundheitsamt",
    "Familienbildungsstätte",
    "Wohlfahrtsverband Nord",
    "Wohlfahrtsverband Süd",
    "Kirchengemeinde",
    "Sportverein",
    "Trägerverein Kinder und Familie",
]

# Life phase -> invented names.
OFFERS = {
    "Schwangerschaft und Geburt": [
        "Hebammensprechstunde",
        "Schwangerenberatung vor Ort",
        "Geburtsvorbereitung in einfacher Sprache",
    ],
    "0 bis 2 Jahre": [
        "Willkommensbesuch",
        "Familienhebamme",
        "Eltern-Kind-Gruppe",
        "Babytreff",
        "Offene Sprechstunde Frühe Hilfen",
    ],
    "3 bis 5 Jahre": [
        "Sprachförderung in der Kita",
        "Elterncafé in der Kita",
        "Bewegungskita",
        "Vorlesepaten",
    ],
    "Einschulung": [
        "Übergang Kita und Grundschule",
        "Elternabend Schulstart",
        "Schulreif mit Spaß",
    ],
    "Grundschule": [
        "Hausaufgabenhilfe",
        "Schulsozialarbeit Grundschule",
        "Ferienangebot",
        "Schwimmen lernen",
        "Gesundes Frühstück",
    ],
    "Sekundarstufe": [
        "Schulsozialarbeit Sekundarstufe",
        "Offener Jugendtreff",
        "Streitschlichtung",
        "Medienwerkstatt",
    ],
    "Übergang in den Beruf": ["Berufswahlbegleitung", "Jugendberufsagentur", "Ausbildungspaten"],
    "alle Lebensphasen": ["Familienzentrum", "Familienbüro", "Stadtteiltreff"],
}


def write(folder: Path, population: Population) -> None:
    """Write ``angebote.xlsx``."""
    rng = stream(35)
    offers: list[tuple[int, str, str, str, str]] = []
    for area in AREAS:
        for phase, names in OFFERS.items():
            expected = area.minors / 1000 * (1.9 + 0.35 * area.burden)
            for at in range(int(rng.poisson(expected))):
                first = int(YEARS[0] - 2 + rng.integers(0, 7))
                carrier = CARRIERS[int(rng.integers(len(CARRIERS)))]
                offers.append((first, names[at % len(names)], carrier, phase, area.name))
    for phase, names in OFFERS.items():
        offers.append((YEARS[0], f"{names[0]}, mobil", "Jugendamt", phase, EVERYWHERE))
    numbers = iter(range(1, 10_000))
    rows = [
        [f"A{next(numbers):04d}", year, *offer]
        for year in YEARS
        for first, *offer in offers
        if first <= year
    ]
    with Workbook(folder / "angebote.xlsx", "Präventive Angebote (synthetisch)") as book:
        book.add("Bestand", [], [HEAD], rows)
        book.add("Hinweis", ["Bestandsaufnahme zum 31.12. jedes Jahres", HINWEIS], [], [])
