"""Town planning office: children by the distance from their home, counted in a GIS."""

from pathlib import Path

from pilot.files import german, write_csv
from pilot.population import Population, each_area_year
from pilot.profile import HINWEIS, LAST_YEAR, YEARS, stream

# What is near: first and last age of the children, their share in the country and in the centre.
DISTANCES = {
    "0-17: Haltestelle bis 300 m": (0, 17, 0.52, 0.90),
    "3-5: Kita bis 1 km": (3, 5, 0.58, 0.91),
    "6-9: Grundschule bis 2 km": (6, 9, 0.63, 0.93),
}


def write(folder: Path, population: Population) -> None:
    """Write ``mobilitaet.csv``."""
    rng = stream(34)
    better = {
        (area.key, label): float(rng.normal(0, 0.03))
        for area, year in each_area_year()
        if year == LAST_YEAR
        for label in DISTANCES
    }
    rows: list[list[object]] = [["Raum-Nr.", "Stand", *DISTANCES]]
    for area, year in each_area_year():
        counts = []
        for label, (first, last, country, centre) in DISTANCES.items():
            share = (centre if area.burden > 0 else country) + better[area.key, label]
            share -= 0.006 * (LAST_YEAR - year)
            counts.append(int(rng.binomial(population.ages(area, year, first, last), share)))
        rows.append([area.key, f"31.12.{year}", *map(german, counts)])
    rows.append([f"Stand {YEARS[-1]}, Wege auf dem Straßennetz. {HINWEIS}"])
    write_csv(folder / "mobilitaet.csv", rows, "utf-8-sig")
