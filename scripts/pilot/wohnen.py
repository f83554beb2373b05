"""Town planning and environment offices: living space, green and play areas, noise."""

from pathlib import Path

from pilot.files import Workbook
from pilot.population import Population
from pilot.profile import AREAS, HINWEIS, LAST_YEAR, YEARS, shifted, stream

FOOTER = ["Quelle: Stadtplanung und Umweltamt der Pilotkommune (erfunden)"]

NOISE_MAPS = {year: 2017 if year < 2022 else 2022 for year in YEARS}
"""Every five years there is a new map; in between, the residents of the year are laid over it."""


def write(folder: Path, population: Population) -> None:
    """Write ``wohnen.xlsx``."""
    space: list[list[object]] = []
    green: list[list[object]] = []
    noise: list[list[object]] = []
    for area in AREAS:
        rng = stream(33, int(area.key))
        per_head = (44.5 - 5.0 * area.burden) * rng.normal(1, 0.02)
        parks = population.total(area, LAST_YEAR) * (16 - 7.5 * area.burden) * rng.normal(1, 0.15)
        grounds = round(area.minors / (150 + 45 * area.burden) * rng.normal(1, 0.1))
        size = round(grounds * rng.normal(870, 90))
        space_row: list[object] = [area.name]
        for year in YEARS:
            back = LAST_YEAR - year
            people = population.total(area, year)
            space_row.append(round(people * per_head * (1 - 0.004 * back)))
            later = 1 if area.key == "4" and year >= 2022 else 0
            green.append(
                [
                    area.name,
                    year,
                    round(parks / 100) * 100,
                    size - 760 * (1 - later) * (area.key == "4"),
                    grounds - (1 - later) * (area.key == "4"),
                ]
            )
            louder = 1.25 if NOISE_MAPS[year] == 2022 else 1.0
            noise.append(
                [
                    area.name,
                    year,
                    NOISE_MAPS[year],
                    round(people * shifted(0.045, 0.75, area.burden) * louder),
                    round(people * shifted(0.052, 0.78, area.burden) * louder),
                ]
            )
        space.append(space_row)
    with Workbook(folder / "wohnen.xlsx", "Wohnen und Umfeld (synthetisch)") as book:
        book.add(
            "Wohnfläche",
            ["Wohnfläche in Wohn- und Nichtwohngebäuden in m², Stand 31.12.", HINWEIS],
            [["Sozialraum", *YEARS]],
            space,
            FOOTER,
        )
        book.add(
            "Grün und Spiel",
            ["Öffentliche Grünflächen und Spielplätze, Stand 31.12.", HINWEIS],
            [
                [None, None, "Grünflächen", *["Spielplätze"] * 2],
                ["Sozialraum", "Jahr", "Fläche in m²", "Fläche in m²", "Anzahl"],
            ],
            green,
            FOOTER,
        )
        book.add(
            "Straßenlärm",
            [
                "Einwohnerinnen und Einwohner an lauten Straßen, Lärmkarte und Adressen zum 31.12.",
                HINWEIS,
            ],
            [["Sozialraum", "Jahr", "Lärmkarte", "L_DEN über 65 dB(A)", "L_Night über 55 dB(A)"]],
            noise,
            FOOTER,
        )
