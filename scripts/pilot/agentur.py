"""Employment agency: young unemployed people, a sheet with one row per month and area."""

from pathlib import Path

from pilot.files import Workbook
from pilot.population import Population
from pilot.profile import AREAS, HINWEIS, YEARS, shifted, stream

ALL, UNKNOWN = "Insgesamt", "Keine Zuordnung möglich"

LEVEL = {2018: 1.02, 2019: 0.98, 2020: 1.22, 2021: 1.02, 2022: 0.96, 2023: 1.0}
"""Share of the unemployed, relative to the last year: 2020 was the year of the closures."""


def write(folder: Path, population: Population) -> None:
    """Write ``arbeitslose.xlsx``."""
    by_area: dict[tuple[str, int], list[int]] = {}
    for area in AREAS:
        rng = stream(30, int(area.key))
        for year in YEARS:
            share = shifted(0.029, 0.5, area.burden) * LEVEL[year]
            total = int(rng.binomial(population.ages(area, year, 15, 24), share))
            insured = int(rng.binomial(total, shifted(0.5, -0.45, area.burden)))
            by_area[area.name, year] = [total, insured, total - insured]
    rng = stream(30, 0)
    rows: list[list[object]] = []
    for year in YEARS:
        insured, other = (int(n) for n in rng.integers(1, 3, 2))
        block = {area.name: by_area[area.name, year] for area in AREAS}
        block[UNKNOWN] = [insured + other, insured, other]
        block[ALL] = [sum(column) for column in zip(*block.values(), strict=True)]
        rows += [[f"Dezember {year}", label, *counts] for label, counts in block.items()]
    with Workbook(folder / "arbeitslose.xlsx", "Arbeitslose (synthetisch)") as book:
        book.add(
            "15 bis unter 25",
            ["Arbeitslose im Alter von 15 bis unter 25 Jahren nach Wohnort", HINWEIS],
            [
                [None, None, *["Arbeitslose"] * 3],
                ["Berichtsmonat", "Sozialraum", "insgesamt", "davon SGB III", "davon SGB II"],
            ],
            rows,
            ["Quelle: Agentur für Arbeit (erfunden), Statistik nach Aufbereitung"],
        )
