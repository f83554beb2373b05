"""Jobcenter: SGB II counts, one sheet per topic, small counts replaced by ``*``."""

from pathlib import Path

import numpy as np

from pilot.files import Workbook
from pilot.population import Population
from pilot.profile import AREAS, HINWEIS, LAST_YEAR, YEARS, Area, shifted, spread, stream

STREAM = 38
"""Of several tried, a draw in which the sender has to suppress counts of the last year."""

Counts = dict[tuple[str, int], list[int]]

SUPPRESSED_BELOW = 3
STAR = "*"
ALL = "Insgesamt"

LEVEL = {2018: 1.09, 2019: 1.06, 2020: 1.05, 2021: 1.01, 2022: 1.03, LAST_YEAR: 1.0}
"""Rate of the residents under 18, relative to the last year."""

OLDER_WEIGHTS = [(3, 14, 1.04), (15, 17, 0.86)]
"""Age groups from 3 years on and their rate, relative to that of all minors."""

FOOTER = [
    "Zeichenerklärung: * Zahlenwerte unter 3 und Werte, aus denen sie zu errechnen wären.",
    "BG: Bedarfsgemeinschaft. NEF: nicht erwerbsfähige Leistungsberechtigte.",
]


def write(folder: Path, population: Population) -> None:
    """Write ``sgb2.xlsx``: persons, Bedarfsgemeinschaften, and duration of benefits."""
    persons, households = _draw(population)
    with Workbook(folder / "sgb2.xlsx", "SGB II, Pilotkommune (synthetisch)") as book:
        book.add(
            "Personen",
            ["Personen in Bedarfsgemeinschaften nach Alter und Sozialraum", HINWEIS],
            [
                [
                    "Berichtsmonat",
                    "Sozialraum",
                    "unter 18 Jahre",
                    "darunter: unter 3 Jahre",
                    "NEF unter 15 Jahre",
                ]
            ],
            _rows(persons),
            FOOTER,
        )
        book.add(
            "Bedarfsgemeinschaften",
            ["Bedarfsgemeinschaften (BG) nach Typ und Sozialraum", HINWEIS],
            [
                [
                    "Berichtsmonat",
                    "Sozialraum",
                    "BG insgesamt",
                    "BG mit Kindern unter 18 Jahren",
                    "darunter: Alleinerziehende",
                ]
            ],
            _rows(households),
            FOOTER,
        )
        book.add(
            "Verweildauer",
            ["Erwerbsfähige Leistungsberechtigte (ELB) nach bisheriger Verweildauer", HINWEIS],
            [["Berichtsmonat", "Sozialraum", "ELB insgesamt", "darunter: 4 Jahre und länger"]],
            _rows(_by_duration(households)),
            FOOTER,
        )


def _by_duration(households: Counts) -> Counts:
    """Persons able to work, and those of them who have had benefits for four years and longer."""
    counts: Counts = {}
    for area in AREAS:
        rng = stream(23, int(area.key))
        for year in YEARS:
            able = round(households[area.key, year][0] * rng.normal(1.34, 0.02))
            # Before the war in Ukraine fewer new households came in, so the share was higher.
            share = shifted(0.44 if year < 2022 else 0.40, 0.22, area.burden)
            counts[area.key, year] = [able, int(rng.binomial(able, share))]
    return counts


def _draw(population: Population) -> tuple[Counts, Counts]:
    """Persons (under 18, under 3, NEF under 15) and BG (all, with children, single parents)."""
    persons: Counts = {}
    households: Counts = {}
    for area in AREAS:
        rng = stream(STREAM, int(area.key))
        children_per_household = 1.72 + 0.12 * area.burden
        for year in YEARS:
            minors = _minors(area, year, population, rng)
            under_3 = int(rng.binomial(minors, shifted(0.145, 0.35, area.burden)))
            weights = [
                population.ages(area, year, first, last) * weight
                for first, last, weight in OLDER_WEIGHTS
            ]
            from_3, _ = spread(minors - under_3, weights)
            persons[area.key, year] = [minors, under_3, rng.binomial(under_3 + from_3, 0.965)]
            with_children = round(minors / children_per_household)
            single_parents = round(
                with_children * shifted(0.47, 0.12, area.burden) * rng.normal(1, 0.05)
            )
            all_households = round(with_children / shifted(0.36, 0.1, area.burden))
            households[area.key, year] = [all_households, with_children, single_parents]
    return persons, households


def _minors(area: Area, year: int, population: Population, rng: np.random.Generator) -> int:
    """Minors in Bedarfsgemeinschaften; in the last year exactly those of the profile."""
    rate = area.minors_sgb2 / area.minors * LEVEL[year]
    noise = rng.normal(1, 0.02)
    if year == LAST_YEAR:
        return area.minors_sgb2
    return round(population.ages(area, year, 0, 17) * rate * noise)


def _rows(counts: Counts) -> list[list[object]]:
    rows: list[list[object]] = []
    for year in YEARS:
        block = [counts[area.key, year] for area in AREAS]
        columns = [_with_total(list(column)) for column in zip(*block, strict=True)]
        labels = [*(f"SR {area.key}" for area in AREAS), ALL]
        for label, *cells in zip(labels, *columns, strict=True):
            rows.append([f"Dezember {year}", label, *cells])
    return rows


def _with_total(column: list[int]) -> list[object]:
    """Suppress small counts, and a second one where the total would give a single one away."""
    hidden = {i for i, count in enumerate(column) if 0 < count < SUPPRESSED_BELOW}
    if len(hidden) == 1:
        hidden.add(min((i for i in range(len(column)) if i not in hidden), key=column.__getitem__))
    return [STAR if i in hidden else int(n) for i, n in enumerate(column)] + [int(sum(column))]
