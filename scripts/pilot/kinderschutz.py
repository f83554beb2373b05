"""Youth welfare office, child protection: a text file with tabs, zeros written as such."""

import math
from pathlib import Path

from pilot.files import write_csv
from pilot.population import Population, each_area_year
from pilot.profile import HINWEIS, YEARS, stream

# Cases per 1.000 residents under 18, and how they rise with burden (log scale).
ASSESSMENTS, TAKEN_INTO_CARE = (15.0, 0.6), (4.2, 0.6)
UNKNOWN = "ohne Angabe"


def write(folder: Path, population: Population) -> None:
    """Write ``kinderschutz.txt``."""
    rng = stream(32)
    rows: list[list[object]] = [
        [f"Kinderschutz, Pilotkommune (synthetisch). {HINWEIS}"],
        ["SR", "Jahr", "Gefährdungseinschätzungen (§ 8a)", "Inobhutnahmen (§ 42)"],
    ]
    for area, year in each_area_year():
        minors = population.ages(area, year, 0, 17)
        trend = 1 + 0.03 * (year - YEARS[0])
        counts = [
            int(rng.poisson(minors * level / 1000 * trend * math.exp(slope * area.burden)))
            for level, slope in (ASSESSMENTS, TAKEN_INTO_CARE)
        ]
        rows.append([area.key, year, *counts])
    for year in YEARS:
        # Among them young people who came to Germany without their parents.
        rows.append([UNKNOWN, year, int(2 + rng.poisson(2)), int(3 + rng.poisson(2))])
    write_csv(folder / "kinderschutz.txt", rows, "utf-8-sig", "\t")
