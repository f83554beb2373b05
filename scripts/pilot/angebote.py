"""Coordination of prevention: an inventory of what there is, one row per offer and year; the list
of it that everybody may see; and how many families the visits to newborns reach."""

from pathlib import Path

from pilot.files import Workbook, write_csv
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

# Life phase -> topic, target group.
ABOUT = {
    "Schwangerschaft und Geburt": ("Frühe Hilfen", "werdende Eltern"),
    "0 bis 2 Jahre": ("Frühe Hilfen", "Familien mit Kindern unter 3 Jahren"),
    "3 bis 5 Jahre": ("Bildung und Betreuung", "Kinder in der Kita und ihre Eltern"),
    "Einschulung": ("Übergänge", "Kinder vor der Einschulung"),
    "Grundschule": ("Bildung und Betreuung", "Grundschulkinder"),
    "Sekundarstufe": ("Jugendarbeit", "Jugendliche von 10 bis 16 Jahren"),
    "Übergang in den Beruf": ("Übergänge", "Jugendliche vor dem Schulabschluss"),
    "alle Lebensphasen": ("Familie", "Familien im Sozialraum"),
}
OPEN_TO = ("alle", "alle", "Familien aus dem Sozialraum", "angemeldete Familien")

LIST_HEAD = (
    "art", "name", "traeger", "thema", "lebensphase", "raum", "plaetze", "zielgruppe",
    "offen_fuer",
)  # fmt: skip
NETWORKS = [
    ("netzwerk", "Netzwerk Frühe Hilfen", "Gesundheitsamt", "Frühe Hilfen und Kinderschutz",
     "", "gesamt", "", "", "Fachkräfte"),
    ("netzwerk", "Runder Tisch Übergänge", "Schulamt", "Übergang Kita, Schule und Beruf",
     "", "gesamt", "", "", "Schulen, Kitas und Betriebe"),
    ("netzwerk", "Stadtteilkonferenz", "Jugendamt", "Familie, Nachbarschaft und Wohnen",
     "", "Sozialraum 4", "", "", "alle"),
]  # fmt: skip

REACHED_HEAD = ["Sozialraum", "Jahr", "Familien mit Neugeborenen", "davon besucht"]


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
        book.add("Besuche", ["Willkommensbesuche"], [REACHED_HEAD], _visits())
        book.add("Hinweis", ["Bestandsaufnahme zum 31.12. jedes Jahres", HINWEIS], [], [])
    _write_list(folder / "angebotsliste.csv", offers)


def _write_list(path: Path, offers: list[tuple[int, str, str, str, str]]) -> None:
    """The offers of the last year with their places, as the website of the municipality has them:
    one row per name, carrier and area."""
    rng = stream(36)
    places: dict[tuple[str, str, str, str], int] = {}
    for _, name, carrier, phase, area in offers:
        key = (name, carrier, phase, "gesamt" if area == EVERYWHERE else area)
        places[key] = places.get(key, 0) + int(rng.integers(6, 25))
    rows: list[tuple[object, ...]] = [LIST_HEAD]
    for (name, carrier, phase, area), number in places.items():
        topic, group = ABOUT[phase]
        opened = OPEN_TO[int(rng.integers(len(OPEN_TO)))]
        rows.append(("angebot", name, carrier, topic, phase, area, number, group, opened))
    write_csv(path, [*rows, *NETWORKS], "utf-8-sig")


def _visits() -> list[list[object]]:
    """Families with a newborn, and how many of them the visits reach."""
    rng = stream(37)
    rows: list[list[object]] = []
    for area in AREAS:
        for year in YEARS:
            families = int(rng.poisson(area.minors / 17))
            reached = int(rng.binomial(families, 0.88 - 0.05 * area.burden))
            rows.append([area.name, year, families, reached])
    return rows
