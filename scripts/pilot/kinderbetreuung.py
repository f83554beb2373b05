"""Youth welfare office, day care: an Excel file with one column per year."""

from pathlib import Path

from pilot.files import Workbook
from pilot.population import Population
from pilot.profile import AREAS, HINWEIS, LAST_YEAR, YEARS, Area, shifted, stream

FORMS = ["Kindertageseinrichtung", "Kindertagespflege"]
SERVICES = [
    "Kinder in Kindertageseinrichtungen (0 bis 5 Jahre)",
    "darunter: Betreuungsumfang 45 Stunden",
    "darunter: vorrangig nicht Deutsch in der Familie",
]
# Label, first and last age, places per child, size of the steps.
PLACES = [("unter 3", 0, 2, 0.34, 6), ("3 bis unter 6", 3, 5, 0.97, 5)]
UNKNOWN = "nicht zuzuordnen"

Series = dict[str, list[list[int]]]
"""Area label -> one list per row label -> one count per year."""


def write(folder: Path, population: Population) -> None:
    """Write ``kinderbetreuung.xlsx``: children under 3, from 3 to 5, services and places."""
    under_3, from_3, services = _draw(population)
    with Workbook(folder / "kinderbetreuung.xlsx", "Kindertagesbetreuung (synthetisch)") as book:
        for sheet, title, series, kind, labels in (
            ("U3", "Betreute Kinder unter 3 Jahren", under_3, "Betreuungsform", FORMS),
            ("Ü3", "Betreute Kinder von 3 bis unter 6 Jahren", from_3, "Betreuungsform", FORMS),
            ("Kita", "Angaben zu Kindertageseinrichtungen", services, "Angabe", SERVICES),
        ):
            book.add(
                sheet,
                [f"{title}, Stichtag 1. März, nach Wohnort des Kindes", "Pilotkommune", HINWEIS],
                [["Sozialraum", kind, *YEARS]],
                # The name of the area stands in the first of its rows only, as if merged.
                [
                    [area if at == 0 else None, label, *counts]
                    for area, block in series.items()
                    for at, (label, counts) in enumerate(zip(labels, block, strict=True))
                ],
                FOOTER,
            )
        book.add(
            "Plätze",
            [
                "Plätze in Kindertageseinrichtungen laut Bedarfsplan, am Ort der Einrichtung",
                "Pilotkommune",
                HINWEIS,
            ],
            [["Sozialraum", "Alter", *YEARS]],
            _places(population),
            FOOTER,
        )


FOOTER = ["Quelle: Jugendamt der Pilotkommune (erfunden), Fachverfahren Kita"]


def _places(population: Population) -> list[list[object]]:
    """Places of the Kitas: they come by the group, so their number changes in steps."""
    rows: list[list[object]] = []
    for area in AREAS:
        rng = stream(24, int(area.key))
        for at, (label, first, last, level, step) in enumerate(PLACES):
            # The Kitas of the centre take in children of other areas, too.
            central = 1.12 if area.burden > 0 else 0.97
            tilt = level * central * rng.normal(1, 0.05) * (1 - 0.10 * max(area.burden, 0))
            years = [
                step * round(population.ages(area, y, first, last) * tilt * _grown(y) / step)
                for y in YEARS
            ]
            rows.append([area.name if at == 0 else None, label, *years])
    return rows


def _grown(year: int) -> float:
    return 1 - 0.025 * (LAST_YEAR - year)


def _draw(population: Population) -> tuple[Series, Series, Series]:
    under_3: Series = {}
    from_3: Series = {}
    services: Series = {}
    for area in AREAS:
        rng = stream(4, int(area.key))
        young: list[list[int]] = [[], []]
        older: list[list[int]] = [[], []]
        kita: list[list[int]] = [[], [], []]
        for year in YEARS:
            back = LAST_YEAR - year
            quota = shifted(0.36 - 0.015 * back, -0.45, area.burden)
            cared = rng.binomial(population.ages(area, year, 0, 2), quota)
            childminder = rng.binomial(cared, shifted(0.14, -0.5, area.burden))
            _append(young, cared - childminder, childminder)
            cared = rng.binomial(
                population.ages(area, year, 3, 5), shifted(0.955, -0.45, area.burden)
            )
            childminder = rng.binomial(cared, 0.006)
            _append(older, cared - childminder, childminder)
            children = young[0][-1] + older[0][-1]
            _append(
                kita,
                children,
                rng.binomial(children, shifted(0.50 - 0.01 * back, 0.15, area.burden)),
                rng.binomial(children, _not_german(area, back)),
            )
        under_3[area.name], from_3[area.name], services[area.name] = young, older, kita
    rng = stream(4, 0)
    for series, rows in ((under_3, 2), (from_3, 2)):
        series[UNKNOWN] = [[int(n) for n in rng.poisson(1.5, len(YEARS))] for _ in range(rows)]
    kita = [[a + b for a, b in zip(under_3[UNKNOWN][0], from_3[UNKNOWN][0], strict=True)]]
    kita += [[int(rng.binomial(n, p)) for n in kita[0]] for p in (0.5, 0.3)]
    services[UNKNOWN] = kita
    return under_3, from_3, services


def _append(rows: list[list[int]], *counts: int) -> None:
    for row, count in zip(rows, counts, strict=True):
        row.append(int(count))


def _not_german(area: Area, back: int) -> float:
    """More families speak another language at home than have another citizenship."""
    return min(0.9, area.foreign * 1.75 * (1 - 0.03 * back))
