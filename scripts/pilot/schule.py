"""School authority: transitions after primary school, and leavers with support needs."""

from pathlib import Path

import numpy as np

from pilot.files import Workbook
from pilot.population import Population
from pilot.profile import AREAS, HINWEIS, LAST_YEAR, YEARS, shifted, stream

# School form: share of the transitions at burden 0, and how it changes with burden (log scale).
FORMS = {
    "Gymnasium": (0.40, -0.38),
    "Gesamtschule": (0.29, 0.18),
    "Realschule": (0.15, 0.02),
    "Sekundarschule": (0.10, 0.30),
    "Hauptschule": (0.035, 0.75),
    "Sonstige": (0.025, 0.35),
}
UNKNOWN = "ohne Angabe"


def write(folder: Path, population: Population) -> None:
    """Write ``schule.xlsx``."""
    with Workbook(folder / "schule.xlsx", "Schulstatistik, Pilotkommune (synthetisch)") as book:
        book.add(
            "Übergänge",
            ["Übergänge nach Klasse 4 zum Schuljahr …, nach Wohnort des Kindes", HINWEIS],
            [["Sozialraum", "Schulform", *(_school_year(year) for year in YEARS)]],
            _transitions(population),
            FOOTER,
        )
        book.add(
            "Abgänge und Förderbedarf",
            ["Schulabgänge und sonderpädagogischer Unterstützungsbedarf, nach Wohnort", HINWEIS],
            [
                [None, None, *["Abgänge"] * 2, *["Primarstufe und Sekundarstufe I"] * 2],
                [
                    "Sozialraum",
                    "Jahr",
                    "insgesamt",
                    "ohne Hauptschulabschluss",
                    "insgesamt",
                    "mit Unterstützungsbedarf",
                ],
            ],
            _leavers_and_pupils(population),
            FOOTER,
        )


FOOTER = ["Quelle: Schulamt der Pilotkommune (erfunden), amtliche Schuldaten"]


def _school_year(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def _transitions(population: Population) -> list[list[object]]:
    rows: list[list[object]] = []
    for area in AREAS:
        rng = stream(6, int(area.key))
        shares = np.array([p * np.exp(slope * area.burden) for p, slope in FORMS.values()])
        columns = []
        for year in YEARS:
            gesamtschule = np.where(np.arange(len(FORMS)) == 1, 1 - 0.02 * (LAST_YEAR - year), 1)
            weights = shares * gesamtschule
            leaving = round(population.ages(area, year, 10, 13) / 4)
            columns.append(rng.multinomial(leaving, weights / weights.sum()))
        rows += _by_form(area.name, columns)
    rng = stream(6, 0)
    unknown = [rng.multinomial(2, [0.2, 0.4, 0.2, 0.1, 0.05, 0.05]) for _ in YEARS]
    return rows + _by_form(UNKNOWN, unknown)


def _by_form(label: str, columns: list[np.ndarray]) -> list[list[object]]:
    return [
        [label, form, *(int(column[at]) for column in columns)] for at, form in enumerate(FORMS)
    ]


def _leavers_and_pupils(population: Population) -> list[list[object]]:
    rows: list[list[object]] = []
    for area in AREAS:
        rng = stream(7, int(area.key))
        support = shifted(0.068, 0.5, area.burden) * rng.normal(1, 0.04)
        for year in YEARS:
            leavers = round(population.ages(area, year, 15, 17) / 3)
            pupils = round(population.ages(area, year, 6, 14) * 1.11)
            with_support = pupils * support * (1 - 0.015 * (LAST_YEAR - year))
            rows.append(
                [
                    area.name,
                    year,
                    leavers,
                    int(rng.binomial(leavers, shifted(0.045, 0.75, area.burden))),
                    pupils,
                    round(with_support * rng.normal(1, 0.03)),
                ]
            )
    rng = stream(7, 0)
    for year in YEARS:
        leavers, pupils = int(rng.poisson(2)), int(rng.poisson(6))
        rows.append(
            [
                UNKNOWN,
                year,
                leavers,
                int(rng.binomial(leavers, 0.1)),
                pupils,
                int(rng.binomial(pupils, 0.1)),
            ]
        )
    return rows
