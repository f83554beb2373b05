"""Made-up published data for tests of the presentation."""

import math
from types import SimpleNamespace

import geopandas
import numpy as np
import pandas as pd
from shapely import box

from spm.config.chaptertitles import Kapiteltitel
from spm.presentation.rows import build_view
from spm.presentation.views import IndicatorView, Place

YEARS = tuple(range(2018, 2024))
NASTY = ["<script>alert(1)</script>", "A|B # c", "@fig-x", "$a_b$ *x*", 'Der "Berg" & Tal']


def kennzahl(key="sgb2_quote_u18", **changes):
    """One entry of the catalogue."""
    values = {
        "id": key,
        "kapitel": "sgb2",
        "titel": "Kinder und Jugendliche in Bedarfsgemeinschaften nach SGB II",
        "kurztitel": "SGB-II-Quote unter 18",
        "satz": "der Anteil der unter 18-Jährigen, die in einer Bedarfsgemeinschaft leben",
        "definition": "Unter 18-Jährige in Bedarfsgemeinschaften je 100 unter 18-Jährige.",
        "art": "anteil",
        "faktor": 100.0,
        "einheit": "%",
        "nachkommastellen": 2,
        "richtung": "belastend",
        "je_einrichtung": False,
        "leitkennzahl": False,
        "profilanfang": False,
        "bereich": "Materielle Lage",
        "lebensphase": [],
        "nenner": SimpleNamespace(ages=(0, 17)),
        "brueche": {},
        "einmalig": False,
        "verteilung": {},
        "years_before": 0,
    }
    values |= changes
    chapter = Kapiteltitel(titel=values["kapitel"].capitalize())
    return SimpleNamespace(**({"chapter": chapter} | values))


def areas(n):
    """n square areas of one kilometre, in rows of ten, somewhere in Lippe."""
    x, y = 480_000, 5_750_000
    return geopandas.GeoDataFrame(
        {"raum": [str(i + 1) for i in range(n)], "name": [f"Sozialraum {i + 1}" for i in range(n)]},
        geometry=[
            box(left, top, left + 1000, top + 1000)
            for i in range(n)
            for left, top in [(x + i % 10 * 1000, y + i // 10 * 1000)]
        ],
        crs="EPSG:25832",
    )


def published(entries, raeume, years=YEARS, seed=1, hidden=()):
    """Rows as in ``published.parquet``: every entry, area and year.

    Parameters
    ----------
    hidden : (entry id, area, year, status) of rows without numbers; None matches everything.
    """
    rng = np.random.default_rng(seed)
    rows = []
    for k in entries:
        share = rng.uniform(0.04, 0.3, len(raeume))
        size = rng.integers(150, 1500, len(raeume))
        for year in years:
            cases = rng.binomial(size, share)
            total = cases.sum() / size.sum()
            for raum, x, n in zip(raeume, cases, size, strict=True):
                rows.append(_row(k, year, raum, float(x), float(n), total))
            rows.append(_row(k, year, "gesamt", float(cases.sum()), float(size.sum()), None))
            rows.append(_row(k, year, "nz", 12.0, 140.0, None))
    frame = pd.DataFrame(rows).astype({"klasse": "string", "gruppe": "string"})
    for key, raum, year, status in hidden:
        match = pd.Series(True, index=frame.index)
        for column, value in (("kennzahl", key), ("raum", raum), ("jahr", year)):
            if value is not None:
                match &= frame[column] == value
        frame.loc[match, ["zaehler", "nenner", "wert", "ki_unten", "ki_oben"]] = np.nan
        frame.loc[match, "klasse"] = pd.NA
        frame.loc[match, "status"] = status
    return frame


def _row(k, year, raum, x, n, total):
    row = {
        "kennzahl": k.id,
        "jahr": year,
        "raum": raum,
        "gruppe": None,
        "zaehler": x,
        "abzueglich": None,
        "nenner": n,
        "wert": x / n * k.faktor,
        "ki_unten": None,
        "ki_oben": None,
        "klasse": None,
        "status": "ok",
    }
    if k.art == "anzahl":
        return row | {"wert": n, "zaehler": n, "nenner": None}
    if k.art == "veraenderung":
        return row | {"wert": 10 * math.sin(x)}
    half = 1.96 * math.sqrt(x * (1 - x / n)) / n
    low, high = max(0.0, x / n - half), x / n + half
    row |= {"ki_unten": low * k.faktor, "ki_oben": high * k.faktor}
    if total is not None:
        row["klasse"] = "ueber" if low > total else "unter" if high < total else "wie"
    return row


def sicht(
    n=7,
    entry=None,
    names=None,
    ort=None,
    year=2023,
    years=YEARS,
    fenster=1,
    gruppen=None,
    **kwargs,
) -> IndicatorView:
    """A view of one indicator for n areas.

    Parameters
    ----------
    fenster, gruppen : how it is pooled; a group is one of the names.
    """
    entry = entry or kennzahl()
    keys = [str(i + 1) for i in range(n)]
    names = names or [f"Sozialraum {key}" for key in keys]
    groups = gruppen or {}
    keys = [name if name in groups else key for key, name in zip(keys, names, strict=True)]
    rows = published([entry], keys, **kwargs)
    place = ort or Place("Musterstadt")
    areas = zip(keys, names, strict=True)
    return build_view(entry, rows, areas, place, year, years, fenster, groups)
