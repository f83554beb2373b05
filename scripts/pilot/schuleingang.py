"""Public health office: the school-entry examination, one row per child."""

from pathlib import Path

import numpy as np

from pilot.files import Workbook
from pilot.population import Population, each_area_year
from pilot.profile import HINWEIS, YEARS, Area, shifted, stream

HEAD = [
    "Lfd. Nr.",
    "Untersuchungsjahr",
    "Sozialraum",
    "Geschlecht",
    "Kita",
    "Zuständige Grundschule",
    "Sprache",
    "Visuomotorik",
    "Körperkoordination",
    "BMI-Kategorie",
    "U-Heft",
    "Masernimpfungen",
]

NO_KITA = "keine Kita besucht"
NOT_EXAMINED = "nicht untersucht"
UNKNOWN = "ohne Angabe"

# Area -> invented names.
KITAS = {
    "1": ["Kita Marktgasse", "Kita Am Stadtgraben", "Kita Kunterbunt"],
    "2": ["Kita Birkenweg", "Kita Löwenzahn"],
    "3": ["Waldkita Buchfink"],
    "4": ["Kita Regenbogen", "Kita Bahnhofstraße", "Kita Weltentdecker", "Kita Am Park"],
    "5": ["Kita Mühlenbach"],
    "6": ["Kita Dorfanger"],
    "7": ["Kita Sonnenhügel", "Kita Lindenhof"],
}
SCHOOLS = {
    "1": ["Grundschule Am Markt"],
    "2": ["Grundschule Birkenweg"],
    "3": ["Grundschule Buchenfeld"],
    "4": ["Grundschule Parkstraße", "Grundschule Nordring"],
    "5": ["Grundschule Birkenweg"],
    "6": ["Grundschule Mühlental"],
    "7": ["Grundschule Sonnenhügel"],
}

# Finding: share with it at burden 0, and how it rises with burden (logit scale).
FINDINGS = {
    "Sprache": (0.21, 0.75),
    "Visuomotorik": (0.14, 0.60),
    "Körperkoordination": (0.11, 0.55),
}
OVERWEIGHT = (0.105, 0.65)
COMPLETE_CHECKS = (0.93, -0.75)
MEASLES_TWICE = (0.945, -0.30)

IN_TREATMENT = 0.3
"""Share of the children with a finding who are already treated for it."""

SHARED_CAUSE = 1.1
"""Standard deviation (logit) of what makes one child have several findings."""


def write(folder: Path, population: Population) -> None:
    """Write ``schuleingangsuntersuchung.xlsx``."""
    rng = stream(8)
    children: list[list[object]] = []
    for area, year in each_area_year():
        for _ in range(round(population.ages(area, year, 3, 5) / 3)):
            children.append(_child(area, year, rng))
    # Neither area nor year can be told from a child's number.
    numbers = rng.permutation(np.arange(10_000, 10_000 + len(children)))
    order = sorted(range(len(children)), key=lambda i: (children[i][0], numbers[i]))
    rows = [[f"K{numbers[i]}", *children[i]] for i in order]
    title = "Schuleingangsuntersuchung, Pilotkommune (synthetisch)"
    with Workbook(folder / "schuleingangsuntersuchung.xlsx", title) as book:
        # The register proper starts in the first row; the notice has its own sheet behind it.
        book.add("Untersuchungen", [], [HEAD], rows)
        book.add("Hinweis", [title, HINWEIS], [["Jahre", f"{YEARS[0]} bis {YEARS[-1]}"]], [])


def _child(area: Area, year: int, rng: np.random.Generator) -> list[object]:
    tendency = rng.normal(0, SHARED_CAUSE)
    year_effect = 0.05 * max(0, min(year, 2022) - 2019)
    return [
        year,
        UNKNOWN if rng.random() < 0.008 else area.name,
        "männlich" if rng.random() < 0.515 else "weiblich",
        NO_KITA if rng.random() < 0.02 else _pick(KITAS[area.key], rng),
        _pick(SCHOOLS[area.key], rng),
        *(
            _finding(shifted(level, slope, area.burden), tendency + year_effect, rng)
            for level, slope in FINDINGS.values()
        ),
        _weight(shifted(*OVERWEIGHT, area.burden), rng),
        _checks(shifted(*COMPLETE_CHECKS, area.burden), rng),
        _measles(shifted(*MEASLES_TWICE, area.burden) + 0.004 * (year - YEARS[0]), rng),
    ]


def _pick(names: list[str], rng: np.random.Generator) -> str:
    return names[int(rng.integers(len(names)))]


def _finding(level: float, tendency: float, rng: np.random.Generator) -> str:
    if rng.random() < 0.015:
        return NOT_EXAMINED
    # 0.9: the tendency's spread raises the mean of a rare finding; this brings it back.
    if rng.random() >= shifted(0.9 * level, 1, tendency):
        return "unauffällig"
    return "in Behandlung" if rng.random() < IN_TREATMENT else "auffällig"


def _weight(overweight: float, rng: np.random.Generator) -> str:
    if rng.random() < 0.02:
        return "nicht gemessen"
    shares = [0.07, 0.93 - overweight, 0.58 * overweight, 0.42 * overweight]
    names = ["Untergewicht", "Normalgewicht", "Übergewicht", "Adipositas"]
    return names[int(rng.choice(4, p=shares))]


def _checks(complete: float, rng: np.random.Generator) -> str:
    if rng.random() < 0.06:
        return "nicht vorgelegt"
    return "vollständig" if rng.random() < complete else "unvollständig"


def _measles(twice: float, rng: np.random.Generator) -> str:
    if rng.random() < 0.06:
        return "Impfbuch nicht vorgelegt"
    if rng.random() < min(twice, 0.985):
        return "zwei"
    return "eine" if rng.random() < 0.7 else "keine"
