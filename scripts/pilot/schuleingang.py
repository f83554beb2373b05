"""Public health office: the school-entry examination, one row per child."""

from pathlib import Path

import numpy as np

from pilot.files import Workbook
from pilot.population import Population, each_area_year
from pilot.profile import AREAS, HINWEIS, YEARS, Area, shifted, stream

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
    "Aufmerksamkeit",
    "Zahlen und Mengen",
    "Erstsprache",
    "Deutschkenntnisse",
    "Kita-Jahre",
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

SCREENINGS = {"Aufmerksamkeit": (0.125, 0.50), "Zahlen und Mengen": (0.145, 0.60)}
"""Screenings that know a borderline; share with a finding, as in ``FINDINGS``."""

BORDERLINE = 0.1
"""Share of the children whose screening is neither clear nor a finding."""

GERMAN = {
    "fehlerfrei": 0.38,
    "flüssig, leichte Fehler": 0.29,
    "flüssig, erhebliche Fehler": 0.17,
    "gebrochen": 0.11,
    "kein Deutsch": 0.05,
}
"""How well children with another first language speak German: shares at burden 0."""

FIRST_GERMAN = "entfällt (Erstsprache Deutsch)"
YEARS_IN_KITA = {"unter 1": 0.02, "1 bis unter 2": 0.06, "2 bis unter 3": 0.22, "3 und mehr": 0.70}
"""Duration of the visit: shares at burden 0."""

SHARED_CAUSE = 1.1
"""Standard deviation (logit) of what makes one child have several findings."""


def write(folder: Path, population: Population) -> None:
    """Write ``schuleingangsuntersuchung.xlsx``."""
    rng = stream(8)
    children: list[list[object]] = []
    for area, year in each_area_year():
        for _ in range(round(population.ages(area, year, 3, 5) / 3)):
            children.append(_child(area, year, rng))
    later = stream(29)
    children = [[*child, *_screened(child, later)] for child in children]
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


def _screened(child: list[object], rng: np.random.Generator) -> list[object]:
    """The columns that the office added later; drawn apart, so that the older ones stay."""
    area = {area.name: area for area in AREAS}.get(str(child[1]))
    burden, foreign = (area.burden, area.foreign) if area else (0.3, 0.15)
    striking = child[5] in ("auffällig", "in Behandlung")
    cells: list[object] = []
    for level, slope in SCREENINGS.values():
        cells.append(_screening(shifted(0.72 * level, slope, burden), striking, rng))
    other_language = rng.random() < min(0.7, 0.14 + 1.35 * foreign)
    cells.append("andere Sprache" if other_language else "Deutsch")
    cells.append(_german(burden, rng) if other_language else FIRST_GERMAN)
    cells.append("keine" if child[3] == NO_KITA else _kita_years(burden, other_language, rng))
    return cells


def _screening(level: float, striking: bool, rng: np.random.Generator) -> str:
    if rng.random() < 0.02:
        return NOT_EXAMINED
    if rng.random() < min(0.9, level * (2.6 if striking else 1)):
        return "auffällig"
    return "grenzwertig" if rng.random() < BORDERLINE else "unauffällig"


def _german(burden: float, rng: np.random.Generator) -> str:
    if rng.random() < 0.03:
        return "nicht beurteilt"
    weights = np.array(list(GERMAN.values())) * np.exp(0.25 * burden * np.arange(-1, 4) / 2)
    return list(GERMAN)[int(rng.choice(len(GERMAN), p=weights / weights.sum()))]


def _kita_years(burden: float, other_language: bool, rng: np.random.Generator) -> str:
    if rng.random() < 0.03:
        return UNKNOWN
    weights = np.array(list(YEARS_IN_KITA.values()))
    weights[:-1] *= np.exp(0.35 * burden + 0.35 * other_language)
    return list(YEARS_IN_KITA)[int(rng.choice(len(YEARS_IN_KITA), p=weights / weights.sum()))]
