"""School authority: recommendations, transitions, all-day care, repeated years, certificates."""

from pathlib import Path

import numpy as np

from pilot.files import Workbook
from pilot.population import Population
from pilot.profile import AREAS, HINWEIS, LAST_YEAR, YEARS, shifted, stream

# School form: share of the transitions at burden 0, and how it changes with burden (log scale).
FORMS = {
    "Gymnasium": (0.40, -0.38),
    "Gesamtschule": (0.29, 0.18),
    "Realschule": (0.15, 0.02),
    "Sekundarschule": (0.10, 0.30),
    "Hauptschule": (0.035, 0.75),
    "Sonstige": (0.025, 0.35),
}

# Recommendation of the primary school: share at burden 0, and how it changes with burden.
RECOMMENDATIONS = {
    "Hauptschule": (0.10, 0.55),
    "Realschule mit Einschränkung": (0.11, 0.35),
    "Realschule": (0.30, 0.08),
    "Gymnasium mit Einschränkung": (0.13, -0.10),
    "Gymnasium": (0.36, -0.38),
}

# Certificate of those who do not leave without any: share at burden 0, and its slope.
CERTIFICATES = {
    "Hauptschulabschluss": (0.15, 0.45),
    "Mittlerer Schulabschluss": (0.37, 0.05),
    "Fachhochschulreife (schulischer Teil)": (0.07, 0.0),
    "Allgemeine Hochschulreife": (0.41, -0.35),
}
UNKNOWN = "ohne Angabe"


def write(folder: Path, population: Population) -> None:
    """Write ``schule.xlsx``."""
    pupils = _leavers_and_pupils(population)
    with Workbook(folder / "schule.xlsx", "Schulstatistik, Pilotkommune (synthetisch)") as book:
        book.add(
            "Übergänge",
            ["Übergänge nach Klasse 4 zum Schuljahr …, nach Wohnort des Kindes", HINWEIS],
            [["Sozialraum", "Schulform", *(_school_year(year) for year in YEARS)]],
            _transitions(population),
            FOOTER,
        )
        book.add(
            "Abgänge und Förderbedarf",
            ["Schulabgänge und sonderpädagogischer Unterstützungsbedarf, nach Wohnort", HINWEIS],
            [
                [None, None, *["Abgänge"] * 2, *["Primarstufe und Sekundarstufe I"] * 2],
                [
                    "Sozialraum",
                    "Jahr",
                    "insgesamt",
                    "ohne Hauptschulabschluss",
                    "insgesamt",
                    "mit Unterstützungsbedarf",
                ],
            ],
            pupils,
            FOOTER,
        )
        book.add(
            "Empfehlungen",
            ["Empfehlungen der Grundschule mit dem Halbjahreszeugnis der Klasse 4", HINWEIS],
            [["Sozialraum", "Schuljahr", *RECOMMENDATIONS]],
            _recommendations(population),
            FOOTER,
        )
        book.add(
            "Ganztag",
            ["Kinder der Primarstufe (Klassen 1 bis 4), Stand 15.10., nach Wohnort", HINWEIS],
            [["Sozialraum", "Jahr", "Kinder insgesamt", "darunter: im offenen Ganztag"]],
            _all_day(pupils, population),
            FOOTER,
        )
        book.add(
            "Sekundarstufe I",
            ["Schülerinnen und Schüler der Sekundarstufe I, Stand 15.10., nach Wohnort", HINWEIS],
            [["Sozialraum", "Jahr", "insgesamt", "darunter: wiederholen die Klasse"]],
            _repeating(pupils, population),
            FOOTER,
        )
        book.add(
            "Abschlüsse",
            ["Schulabgänge nach Abschluss, nach Wohnort", HINWEIS],
            [["Sozialraum", "Jahr", "ohne Hauptschulabschluss", *CERTIFICATES]],
            _certificates(pupils),
            FOOTER,
        )


FOOTER = ["Quelle: Schulamt der Pilotkommune (erfunden), amtliche Schuldaten"]


def _school_year(year: int) -> str:
    return f"{year}/{(year + 1) % 100:02d}"


def _transitions(population: Population) -> list[list[object]]:
    rows: list[list[object]] = []
    for area in AREAS:
        rng = stream(6, int(area.key))
        shares = np.array([p * np.exp(slope * area.burden) for p, slope in FORMS.values()])
        columns = []
        for year in YEARS:
            gesamtschule = np.where(np.arange(len(FORMS)) == 1, 1 - 0.02 * (LAST_YEAR - year), 1)
            weights = shares * gesamtschule
            leaving = round(population.ages(area, year, 10, 13) / 4)
            columns.append(rng.multinomial(leaving, weights / weights.sum()))
        rows += _by_form(area.name, columns)
    rng = stream(6, 0)
    unknown = [rng.multinomial(2, [0.2, 0.4, 0.2, 0.1, 0.05, 0.05]) for _ in YEARS]
    return rows + _by_form(UNKNOWN, unknown)


def _by_form(label: str, columns: list[np.ndarray]) -> list[list[object]]:
    return [
        [label, form, *(int(column[at]) for column in columns)] for at, form in enumerate(FORMS)
    ]


def _leavers_and_pupils(population: Population) -> list[list[object]]:
    rows: list[list[object]] = []
    for area in AREAS:
        rng = stream(7, int(area.key))
        support = shifted(0.068, 0.5, area.burden) * rng.normal(1, 0.04)
        for year in YEARS:
            leavers = round(population.ages(area, year, 15, 17) / 3)
            pupils = round(population.ages(area, year, 6, 14) * 1.11)
            with_support = pupils * support * (1 - 0.015 * (LAST_YEAR - year))
            rows.append(
                [
                    area.name,
                    year,
                    leavers,
                    int(rng.binomial(leavers, shifted(0.045, 0.75, area.burden))),
                    pupils,
                    round(with_support * rng.normal(1, 0.03)),
                ]
            )
    rng = stream(7, 0)
    for year in YEARS:
        leavers, pupils = int(rng.poisson(2)), int(rng.poisson(6))
        rows.append(
            [
                UNKNOWN,
                year,
                leavers,
                int(rng.binomial(leavers, 0.1)),
                pupils,
                int(rng.binomial(pupils, 0.1)),
            ]
        )
    return rows


def _recommendations(population: Population) -> list[list[object]]:
    rows: list[list[object]] = []
    for area in AREAS:
        rng = stream(25, int(area.key))
        shares = np.array([p * np.exp(k * area.burden) for p, k in RECOMMENDATIONS.values()])
        for year in YEARS:
            # A few families move between the winter, when it is given, and the summer.
            pupils = round(population.ages(area, year, 10, 13) / 4) + int(rng.integers(-1, 2))
            counts = rng.multinomial(pupils, shares / shares.sum())
            rows.append([area.name, _half_year(year), *(int(n) for n in counts)])
    return rows


def _half_year(year: int) -> str:
    """The school year in whose second half a child changes school in ``year``."""
    return _school_year(year - 1)


def _primary(row: list[object], population: Population) -> int:
    """Those of a row's pupils who are in primary school; the others are in Sekundarstufe I."""
    area = {area.name: area for area in AREAS}.get(str(row[0]))
    if area is None:
        return round(int(row[4]) * 0.4)
    return round(population.ages(area, int(row[1]), 6, 9) * 1.06)


def _all_day(pupils: list[list[object]], population: Population) -> list[list[object]]:
    rng = stream(26)
    level = {area.name: shifted(0.52, 0.15, area.burden) for area in AREAS}
    rows: list[list[object]] = []
    for row in pupils:
        children = _primary(row, population)
        share = level.get(str(row[0]), 0.5) - 0.022 * (LAST_YEAR - int(row[1]))
        rows.append([*row[:2], children, int(rng.binomial(children, share))])
    return rows


def _repeating(pupils: list[list[object]], population: Population) -> list[list[object]]:
    rng = stream(27)
    level = {area.name: shifted(0.031, 0.35, area.burden) for area in AREAS}
    rows: list[list[object]] = []
    for row in pupils:
        others = int(row[4]) - _primary(row, population)
        # In the summer of 2020 everybody moved up.
        share = level.get(str(row[0]), 0.03) * (0.6 if row[1] == 2020 else 1)
        rows.append([*row[:2], others, int(rng.binomial(others, share))])
    return rows


def _certificates(pupils: list[list[object]]) -> list[list[object]]:
    rng = stream(28)
    burdens = {area.name: area.burden for area in AREAS}
    rows: list[list[object]] = []
    for row in pupils:
        leavers, without = int(row[2]), int(row[3])
        burden = burdens.get(str(row[0]), 0.0)
        shares = np.array([p * np.exp(k * burden) for p, k in CERTIFICATES.values()])
        counts = rng.multinomial(leavers - without, shares / shares.sum())
        rows.append([*row[:2], without, *(int(n) for n in counts)])
    return rows
