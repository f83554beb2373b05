"""A made-up municipality whose areas differ as much as a test wants, as its report sees it."""

import numpy as np
import pandas as pd

from spm.config.composite import Gebietsstand, Index
from spm.presentation.places import Place
from spm.presentation.rows import build_view
from spm.presentation.synthesis.composite import composite_of
from spm.presentation.synthesis.standing import standing_of
from spm.presentation.views import Change
from spm.published import GESTIEGEN, GESUNKEN, UNVERAENDERT
from spm.statistics.comparison import classify
from tests.presentation_sample import _row, kennzahl

INDICATORS = {
    "armut": ("Ökonomie", "belastend"),
    "arbeit": ("Ökonomie", "belastend"),
    "deutsch": ("Integration/Sprache", "entlastend"),
    "gewicht": ("Gesundheit", "belastend"),
    "impfung": ("Gesundheit", "entlastend"),
    "kita": ("Bildung", "entlastend"),
    "abschluss": ("Bildung", "belastend"),
}
YEAR = 2023
YEARS = (2019, 2020, 2021, 2022, 2023)


def entry(key, domaene, richtung, **more):
    """An indicator that has a domain."""
    return kennzahl(
        key, kurztitel=f"Kennzahl {key}", domaene=domaene, richtung=richtung, titel=key, **more
    )


def municipality(
    n=40, spread=0.6, seed=1, hidden=(), moved=(), breaks=(), names=None, drift=0.0, tested=False
):
    """The views of `INDICATORS` and of the number of people, for n areas.

    Parameters
    ----------
    spread : how much areas differ; 0: only by chance.
    hidden : (indicator, area, year) that are suppressed; None matches everything.
    moved : areas whose burden has become much larger since 2021 (negative numbers: smaller), as
        (position, log odds).
    breaks : indicators that are counted otherwise since 2022.
    drift : log odds by which the burden of all areas grows every year.
    tested : classes as the report makes them, with its false discovery rate, not each for itself.
    """
    rng = np.random.default_rng(seed)
    keys = [str(i + 1) for i in range(n)]
    names = names or [f"Stadtteil {key}" for key in keys]
    burden = rng.normal(size=n)
    shift = np.zeros(n)
    for position, by in moved:
        shift[position] = by
    place = Place("Musterstadt", "Stadtteil", "Stadtteile")
    people = kennzahl("einwohner", art="anzahl", richtung="neutral", domaene=None, einheit="")
    size = rng.integers(2500, 9000, n).astype(float)
    rows = [
        _row(people, year, raum, x, x, None)
        for year in YEARS
        for raum, x in zip(keys, size, strict=True)
    ]
    views = [_view(people, rows, keys, names, place, hidden, {})]
    made = []
    for key, (domaene, richtung) in INDICATORS.items():
        one = entry(key, domaene, richtung, brueche={2022: "anders"} if key in breaks else {})
        sign = 1 if richtung == "belastend" else -1
        own = 0.8 * burden + 0.6 * rng.normal(size=n)
        rows, values = [], {}
        for year in YEARS:
            later = shift * (year > 2021) + drift * (year - YEARS[0])
            share = 1 / (1 + np.exp(1.5 - sign * (spread * own + later)))
            total = rng.integers(150, 600, n)
            cases = rng.binomial(total, share)
            whole = cases.sum() / total.sum()
            values[year] = cases / total
            rows += [
                _row(one, year, raum, float(x), float(t), whole)
                for raum, x, t in zip(keys, cases, total, strict=True)
            ]
            rows.append(_row(one, year, "gesamt", float(cases.sum()), float(total.sum()), None))
        changes = {}
        for i, raum in enumerate(keys):
            by = float(values[YEAR][i] - values[YEARS[0]][i]) * 100
            clear = (GESTIEGEN if by > 0 else GESUNKEN) if shift[i] else UNVERAENDERT
            changes[raum] = Change(YEARS[0], YEAR, by, by - 1, by + 1, clear)
        made.append((one, rows, changes))
    if tested:
        frame = pd.DataFrame([row for _, rows, _ in made for row in rows])
        classes = iter(classify(frame, {one.id: one for one, _, _ in made}))
        made = [
            (one, [row | {"klasse": next(classes)} for row in rows], changes)
            for one, rows, changes in made
        ]
    for one, rows, changes in made:
        views.append(_view(one, rows, keys, names, place, hidden, changes))
    return views, place


def _view(one, rows, keys, names, place, hidden, changes):
    frame = pd.DataFrame(rows).astype({"klasse": "string", "gruppe": "string"})
    for key, raum, year in hidden:
        if key not in (one.id, None):
            continue
        match = (frame.raum == raum) | (raum is None)
        match &= (frame.jahr == year) | (year is None)
        frame.loc[match, ["zaehler", "nenner", "wert", "ki_unten", "ki_oben"]] = np.nan
        frame.loc[match, "klasse"] = pd.NA
        frame.loc[match, "status"] = "gesperrt"
    areas = zip(keys, names, strict=True)
    return build_view(one, frame, areas, place, YEAR, YEARS, changes=changes)


def index_of(views, place, **settings):
    """Domains and index with the settings of a params file."""
    return composite_of(views, place, Index(**settings))


def standing(views, place, **settings):
    """Status and dynamics with the settings of a params file."""
    return standing_of(views, place, Gebietsstand(**settings))
