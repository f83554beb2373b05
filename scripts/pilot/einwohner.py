"""Residents' registration office: a cp1252 CSV with one row per combination."""

from pathlib import Path

from pilot.files import german, write_csv
from pilot.population import Population, each_area_year
from pilot.profile import BANDS, HINWEIS, LAST_YEAR, YEARS, Band, spread, stream

MALE_SHARE_MINORS, MALE_SHARE_ADULTS, MALE_SHARE_OLD = 0.514, 0.498, 0.437
ADULT_FOREIGN = {18: 1.05, 25: 1.1, 45: 0.6, 65: 0.25}
"""Share of non-German residents of an adult age group, relative to that of the minors."""

GROUPS = [
    ("männlich", "deutsch"),
    ("männlich", "nichtdeutsch"),
    ("weiblich", "deutsch"),
    ("weiblich", "nichtdeutsch"),
]
"""Order of the rows of one age group, the same as that of the weights in ``write``."""


def write(folder: Path, population: Population) -> None:
    """Write ``einwohner.csv``."""
    rng = stream(1)
    rows: list[list[object]] = [
        ["Einwohnerbestand nach Sozialräumen, Pilotkommune (synthetisch)"],
        [HINWEIS],
        [
            "Sozialraum",
            "Stichtag",
            "Altersgruppe",
            "Geschlecht",
            "Staatsangehörigkeit",
            "Anzahl",
        ],
    ]
    for area, year in each_area_year():
        trend = 1 - 0.28 * (LAST_YEAR - year) / (LAST_YEAR - YEARS[0])
        for band in BANDS:
            foreign = area.foreign * trend * ADULT_FOREIGN.get(band.first, 1) * rng.normal(1, 0.03)
            male = _male_share(band) * rng.normal(1, 0.006)
            weights = [
                male * (1 - foreign),
                male * foreign,
                (1 - male) * (1 - foreign),
                (1 - male) * foreign,
            ]
            counts = spread(population.band(area, year, band), weights)
            for (sex, citizenship), count in zip(GROUPS, counts, strict=True):
                rows.append(
                    [area.name, f"31.12.{year}", label(band), sex, citizenship, german(count)]
                )
    write_csv(folder / "einwohner.csv", rows, "cp1252")


def label(band: Band) -> str:
    """How the office writes an age group."""
    if band.last is None:
        return f"{band.first} und älter"
    if band.first == 0:
        return f"unter {band.last + 1}"
    if band.first == band.last:
        return str(band.first)
    return f"{band.first} bis unter {band.last + 1}"


def _male_share(band: Band) -> float:
    if band.last is None:
        return MALE_SHARE_OLD
    return MALE_SHARE_MINORS if band.last < 18 else MALE_SHARE_ADULTS
