"""Statistics office: households, one Excel file with two-row headers (type over year)."""

from pathlib import Path

import numpy as np

from pilot.files import Workbook
from pilot.population import Population
from pilot.profile import AREAS, HINWEIS, YEARS, Area, shifted, spread, stream

TYPES = [
    "Einpersonenhaushalte",
    "Mehrpersonenhaushalte ohne Kinder",
    "Paare mit Kindern",
    "Alleinerziehende",
]
CHILDREN = ["1 Kind", "2 Kinder", "3 und mehr Kinder"]
ALL = "Insgesamt"

STABLE = 0.012
"""Relative standard deviation of a stock from one year to the next."""


SHELTERED = 0.013
"""Share of the residents who live in homes and shared accommodation, in no private household."""


def write(folder: Path, population: Population) -> None:
    """Write ``haushalte.xlsx``: sheets by type, by number of children, and people in households."""
    by_type: list[list[object]] = []
    by_children: list[list[object]] = []
    people: list[list[object]] = []
    for area in AREAS:
        drawn = _draw(area, population)
        by_type.append([area.name, *(n for types, _ in drawn for n in (*types, sum(types)))])
        by_children.append([area.name, *(n for _, children in drawn for n in children)])
        rng = stream(21, int(area.key))
        sheltered = SHELTERED * rng.normal(1, 0.2)
        people.append(
            [
                area.name,
                *(round(population.total(area, y) * (1 - sheltered)) for y in YEARS),
            ]
        )
    with Workbook(folder / "haushalte.xlsx", "Haushalte, Pilotkommune (synthetisch)") as book:
        book.add(
            "Haushaltstypen",
            ["Privathaushalte nach Haushaltstyp und Sozialraum, Stand 31.12.", HINWEIS],
            _heads([*TYPES, ALL]),
            [*by_type, _sum_row(by_type)],
            FOOTER,
        )
        book.add(
            "Kinderzahl",
            ["Haushalte mit Kindern unter 18 Jahren nach Kinderzahl, Stand 31.12.", HINWEIS],
            _heads(CHILDREN),
            [*by_children, _sum_row(by_children)],
            FOOTER,
        )
        book.add(
            "Personen",
            ["Personen in Privathaushalten, Stand 31.12.", HINWEIS],
            [["Sozialraum", *(f"31.12.{year}" for year in YEARS)]],
            [*people, _sum_row(people)],
            FOOTER,
        )


FOOTER = ["Quelle: Statistikstelle der Pilotkommune (erfunden), Haushaltegenerierung"]


def totals(area: Area, population: Population) -> list[int]:
    """All households of an area, by year."""
    return [sum(types) for types, _ in _draw(area, population)]


def _draw(area: Area, population: Population) -> list[tuple[list[int], list[int]]]:
    """Households by ``TYPES`` and those with children by ``CHILDREN``, by year."""
    rng = stream(2, int(area.key))
    tilt = rng.normal(1, 0.03, 3)
    drawn = []
    for year in YEARS:
        children = _by_children(area, population.ages(area, year, 0, 17), rng, tilt[0])
        types = _by_type(area, sum(children), population.total(area, year), rng, tilt)
        drawn.append((types, children))
    return drawn


def _by_children(area: Area, minors: int, rng: np.random.Generator, tilt: float) -> list[int]:
    """Households with one, two, three and more children that ``minors`` live in."""
    many = shifted(0.125, 0.42, area.burden) * tilt * rng.normal(1, 2 * STABLE)
    one = 0.47 * rng.normal(1, STABLE)
    weights = [one, 1 - one - many, many]
    children_per_household = weights[0] + 2 * weights[1] + 3.35 * weights[2]
    return spread(round(minors / children_per_household), weights)


def _by_type(
    area: Area, with_children: int, people: int, rng: np.random.Generator, tilt: np.ndarray
) -> list[int]:
    """Households by ``TYPES``."""
    single_parents = round(
        with_children * shifted(0.185, 0.5, area.burden) * tilt[1] * rng.normal(1, 2 * STABLE)
    )
    households = round(people / (2.1 - 0.1 * area.burden))
    one_person = round(
        households * shifted(0.37, 0.35, area.burden) * tilt[2] * rng.normal(1, STABLE)
    )
    without_children = households - with_children - one_person
    return [one_person, without_children, with_children - single_parents, single_parents]


def _heads(columns: list[str]) -> list[list[object]]:
    years = [f"31.12.{year}" for year in YEARS for _ in columns]
    return [[None, *years], ["Sozialraum", *columns * len(YEARS)]]


def _sum_row(rows: list[list[object]]) -> list[object]:
    columns = list(zip(*rows, strict=True))[1:]
    return [ALL, *(sum(column) for column in columns)]
