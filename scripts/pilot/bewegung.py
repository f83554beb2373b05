"""Residents' registration office: births and moves, a cp1252 CSV with one column per event."""

from pathlib import Path

from pilot.files import german, write_csv
from pilot.population import Population
from pilot.profile import AREAS, HINWEIS, YEARS, Area, stream

MOVES = (0.055, 0.030)
"""Residents under 18 who leave an area in a year: share at burden 0, and per unit of burden."""


def write(folder: Path, population: Population) -> None:
    """Write ``bewegungen.csv``."""
    rows: list[list[object]] = [
        ["Geburten und Wanderungen nach Sozialräumen, Pilotkommune (synthetisch)"],
        [HINWEIS],
        [
            "Sozialraum",
            "Jahr",
            "Lebendgeborene",
            "Zuzüge unter 18 Jahren",
            "Fortzüge unter 18 Jahren",
        ],
    ]
    for area in AREAS:
        rng = stream(20, int(area.key))
        for year in YEARS:
            births = round(population.ages(area, year, 0, 2) / 3 * rng.normal(1, 0.03))
            level, slope = MOVES
            minors = population.ages(area, year, 0, 17)
            leaving = int(rng.poisson(minors * (level + slope * area.burden)))
            balance = _balance(area, year, births, population) + round(rng.normal(0, 2))
            coming = max(leaving + balance, 0)
            rows.append([area.name, year, *map(german, (births, coming, leaving))])
    write_csv(folder / "bewegungen.csv", rows, "cp1252")


def _balance(area: Area, year: int, births: int, population: Population) -> int:
    """What moves must have added, where stocks changed by more than births and birthdays.

    Only nearly: how many residents turned 18 is estimated from an age group of three years, and
    the stock before the first year is not known.
    """
    start = max(year, YEARS[1])
    grown = population.ages(area, start, 0, 17) - population.ages(area, start - 1, 0, 17)
    return round(grown - births + population.ages(area, year, 15, 17) / 3)
