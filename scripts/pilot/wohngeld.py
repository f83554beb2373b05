"""Housing benefit office: a UTF-8 CSV, one column per year."""

from pathlib import Path

from pilot import haushalte
from pilot.files import write_csv
from pilot.population import Population
from pilot.profile import AREAS, HINWEIS, YEARS, shifted, stream

LEVEL = {2018: 0.011, 2019: 0.010, 2020: 0.013, 2021: 0.0125, 2022: 0.013, 2023: 0.027}
"""Share of the households: the reform of 2020, and that of 2023 (Wohngeld-Plus)."""

UNKNOWN = "ohne Zuordnung"


def write(folder: Path, population: Population) -> None:
    """Write ``wohngeld.csv``."""
    rows: list[list[object]] = [["Sozialraum", *(f"31.12.{year}" for year in YEARS)]]
    for area in AREAS:
        rng = stream(31, int(area.key))
        counts = [
            int(rng.binomial(households, shifted(LEVEL[year], 0.55, area.burden)))
            for year, households in zip(YEARS, haushalte.totals(area, population), strict=True)
        ]
        rows.append([area.key, *counts])
    rng = stream(31, 0)
    rows.append([UNKNOWN, *(int(n) for n in 3 + rng.poisson(2, len(YEARS)))])
    rows.append([f"Quelle: Wohngeldstelle (erfunden). {HINWEIS}"])
    write_csv(folder / "wohngeld.csv", rows, "utf-8-sig")
