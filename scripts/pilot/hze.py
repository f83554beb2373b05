"""Youth welfare office, Hilfen zur Erziehung: long CSVs in which zeros have no row."""

import math
from pathlib import Path

from pilot.files import write_csv
from pilot.population import Population, each_area_year
from pilot.profile import AREAS, HINWEIS, YEARS, stream

# Kind of help: cases per 1.000 residents under 18, and how they rise with burden (log scale).
KINDS = {
    "ambulant": (17.0, 0.75),
    "teilstationär": (1.7, 0.8),
    "stationär": (7.5, 0.9),
    "§ 35a": (7.0, 0.1),
}
# Kind of help: the paragraphs of SGB VIII that it stands for, and their shares of it.
PARAGRAPHS = {
    "ambulant": {"§ 27 Abs. 2": 0.10, "§ 29": 0.04, "§ 30": 0.22, "§ 31": 0.56, "§ 35": 0.08},
    "teilstationär": {"§ 32": 1.0},
    "stationär": {"§ 33": 0.48, "§ 34": 0.52},
}
COUNSELLING = ("§ 28", 24.0, 0.15)
"""Erziehungsberatung, which no kind above holds: cases per 1.000 and slope, as in ``KINDS``."""

STREAM = 63
"""Of several tried, a split with at least three cases of §§ 31, 33, 34 in any three years."""

UNKNOWN = "ohne Angabe"

Cases = dict[tuple[str, int], dict[str, int]]
"""Area label and year -> kind of help -> cases."""


def write(folder: Path, population: Population) -> None:
    """Write ``hze.csv`` by kind and ``hze_paragraf.csv`` by paragraph."""
    cases = _draw(population)
    head = ["Sozialraum", "Jahr"]
    footer = [
        [f"Hinweis: {HINWEIS}"],
        ["Hinweis: Im Kalenderjahr begonnene Hilfen nach dem Wohnort der Familie bei Beginn."],
        ["Hinweis: Gab es keine Hilfe, fehlt die Zeile."],
    ]
    for name, kind, counts in (
        ("hze.csv", "Hilfeart", cases),
        ("hze_paragraf.csv", "Rechtsgrundlage", _by_paragraph(cases, population)),
    ):
        rows = [
            [*key, label, count] for key, part in counts.items() for label, count in part.items()
        ]
        table = [[*head, kind, "Hilfen unter 18"], *(row for row in rows if row[-1]), *footer]
        write_csv(folder / name, table, "utf-8-sig")


def _draw(population: Population) -> Cases:
    rng = stream(5)
    cases: Cases = {}
    for area, year in each_area_year():
        minors = population.ages(area, year, 0, 17)
        cases[area.key, year] = {
            kind: rng.poisson(_expected(minors, year, level, slope * area.burden))
            for kind, (level, slope) in KINDS.items()
        }
    for year in YEARS:
        cases[UNKNOWN, year] = {kind: rng.poisson(0.8) for kind in KINDS}
    return cases


def _by_paragraph(cases: Cases, population: Population) -> Cases:
    rng = stream(STREAM)
    label, level, slope = COUNSELLING
    areas = {area.key: area for area in AREAS}
    split: Cases = {}
    for (place, year), by_kind in cases.items():
        found: dict[str, int] = {}
        for kind, shares in PARAGRAPHS.items():
            parts = rng.multinomial(by_kind[kind], list(shares.values()))
            found |= dict(zip(shares, (int(n) for n in parts), strict=True))
        area = areas.get(place)
        minors = population.ages(area, year, 0, 17) if area else 0
        expected = _expected(minors, year, level, slope * area.burden) if area else 2.5
        found[label] = rng.poisson(expected)
        split[place, year] = dict(sorted(found.items()))
    return split


def _expected(minors: int, year: int, level: float, tilt: float) -> float:
    trend = 1 + 0.02 * (year - YEARS[0])
    return minors * level / 1000 * trend * math.exp(tilt)
