"""Youth welfare office, Hilfen zur Erziehung: a long CSV in which zeros have no row."""

import math
from pathlib import Path

from pilot.files import write_csv
from pilot.population import Population, each_area_year
from pilot.profile import HINWEIS, YEARS, stream

# Kind of help: cases per 1.000 residents under 18, and how they rise with burden (log scale).
KINDS = {
    "ambulant": (17.0, 0.75),
    "teilstationär": (1.7, 0.8),
    "stationär": (7.5, 0.9),
    "§ 35a": (7.0, 0.1),
}
UNKNOWN = "ohne Angabe"


def write(folder: Path, population: Population) -> None:
    """Write ``hze.csv``."""
    rng = stream(5)
    rows: list[list[object]] = [["Sozialraum", "Jahr", "Hilfeart", "Hilfen unter 18"]]
    for area, year in each_area_year():
        minors = population.ages(area, year, 0, 17)
        for kind, (level, slope) in KINDS.items():
            trend = 1 + 0.02 * (year - YEARS[0])
            expected = minors * level / 1000 * trend * math.exp(slope * area.burden)
            _add(rows, [area.key, year, kind], rng.poisson(expected))
    for year in YEARS:
        for kind in KINDS:
            _add(rows, [UNKNOWN, year, kind], rng.poisson(0.8))
    rows += [
        [f"Hinweis: {HINWEIS}"],
        ["Hinweis: Im Laufe des Jahres gewährte Hilfen nach dem Wohnort der Familie bei Beginn."],
        ["Hinweis: Gab es keine Hilfe, fehlt die Zeile."],
    ]
    write_csv(folder / "hze.csv", rows, "utf-8-sig")


def _add(rows: list[list[object]], start: list[object], count: int) -> None:
    if count:
        rows.append([*start, count])
