"""Every indicator of the catalogue, for every area and year, from the facts."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np
import pandas as pd

from spm.catalogue import Auswahl, Kennzahl
from spm.facts import GESAMT, GESPERRT, GEZAEHLT, NICHT_GELIEFERT, NICHT_ZUORDENBAR
from spm.statistics import intervals
from spm.statistics.comparison import classify
from spm.statistics.selection import KEY, count

OK, ABSENDER_GESPERRT, NICHT_BERECHENBAR = "ok", "absender_gesperrt", "nicht_berechenbar"
NUMBERS = ["zaehler", "nenner", "wert", "ki_unten", "ki_oben"]
COLUMNS = ["kennzahl", "jahr", "raum", "gruppe", *NUMBERS, "klasse", "status"]


def compute_indicators(
    facts: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    areas: Iterable[str],
    years: Iterable[int],
) -> pd.DataFrame:
    """Compute all indicators.

    Parameters
    ----------
    facts : the store of counts (``spm.facts.FACT_COLUMNS``).
    catalogue : indicator by id.
    areas : keys of all areas.
    years : the years of the series.

    Returns
    -------
    DataFrame
        One row per indicator × year × area (plus "gesamt", "nz" where delivered, and one row per
        facility with ``gruppe``): ``kennzahl, jahr, raum, gruppe, zaehler, nenner, wert, ki_unten,
        ki_oben, klasse, status``. ``wert`` = zaehler / nenner × faktor, not rounded; for
        "veraenderung" (zaehler / nenner − 1) × faktor. Rows that are not "ok" carry no number.
    """
    areas, years = list(areas), list(years)
    is_facility = facts["einrichtung"].notna()
    whole, facilities = facts[~is_facility], facts[is_facility]
    named = facilities.assign(raum=facilities["einrichtung"])
    cache: dict = {}
    tables = []
    for entry in catalogue.values():
        parts = [_indicator(whole, entry, areas, years, cache)]
        if entry.je_einrichtung and not named.empty:
            groups = sorted(named["raum"].unique())
            rows = _indicator(named, entry, groups, years, cache, facilities=True)
            rows = rows[~rows["raum"].isin([GESAMT, NICHT_ZUORDENBAR])]
            parts.append(rows.assign(gruppe=rows["raum"], raum=GESAMT))
        tables.extend(parts)
    result = pd.concat(tables, ignore_index=True)
    result["gruppe"] = result["gruppe"].astype("object").where(result["gruppe"].notna(), None)
    result["klasse"] = classify(result)
    return result[COLUMNS]


def _indicator(
    facts: pd.DataFrame,
    entry: Kennzahl,
    areas: list[str],
    years: list[int],
    cache: dict,
    facilities: bool = False,
) -> pd.DataFrame:
    def counted(wanted: Auswahl) -> pd.DataFrame:
        key = (wanted.model_dump_json(), facilities)
        if key not in cache:
            cache[key] = count(facts, wanted, areas)
        return cache[key] if wanted.jahr == "gleich" else _of_first_year(cache[key], years)

    top = counted(entry.zaehler)
    bottom = counted(entry.nenner) if entry.nenner else None
    keys = pd.MultiIndex.from_product([years, [*areas, GESAMT]], names=KEY)
    unassigned = top.index[top.index.get_level_values("raum") == NICHT_ZUORDENBAR]
    keys = keys.append(unassigned[unassigned.get_level_values("jahr").isin(years)])
    rows = pd.DataFrame(index=keys)
    rows["zaehler"] = top["anzahl"].reindex(keys).astype(float)
    state = top["status"].astype("object").reindex(keys).fillna(NICHT_GELIEFERT)
    if bottom is None:
        rows["nenner"] = np.nan
    else:
        rows["nenner"] = bottom["anzahl"].reindex(keys).astype(float)
        other = bottom["status"].astype("object").reindex(keys).fillna(NICHT_GELIEFERT)
        state = state.where(~other.eq(NICHT_GELIEFERT), NICHT_GELIEFERT).where(
            ~(other.eq(GESPERRT) & state.eq(GEZAEHLT)), GESPERRT
        )
    rows["status"] = state.map(
        {GEZAEHLT: OK, GESPERRT: ABSENDER_GESPERRT, NICHT_GELIEFERT: NICHT_GELIEFERT}
    )
    if bottom is not None:
        # People without an area are counted by some senders only: no rate can be made of them.
        odd = (rows.index.get_level_values("raum") == NICHT_ZUORDENBAR) & (
            rows["nenner"].isna() | (rows["zaehler"] > rows["nenner"])
        )
        empty = rows["nenner"].eq(0) & rows["status"].eq(OK)
        rows.loc[empty | odd, "status"] = NICHT_BERECHENBAR
    rows = rows.reset_index().assign(kennzahl=entry.id, gruppe=None)
    _add_values(rows, entry)
    rows.loc[rows["status"] != OK, NUMBERS] = np.nan
    return rows


def _of_first_year(counts: pd.DataFrame, years: list[int]) -> pd.DataFrame:
    first = counts[counts.index.get_level_values("jahr") == years[0]].droplevel("jahr")
    return pd.concat({year: first for year in years}, names=["jahr"])


def _add_values(rows: pd.DataFrame, entry: Kennzahl) -> None:
    """Add value and 95 % interval in the unit of the indicator (see ``methoden.ipynb``)."""
    rows[["wert", "ki_unten", "ki_oben"]] = np.nan
    good = rows["status"].eq(OK)
    top, bottom = rows.loc[good, "zaehler"], rows.loc[good, "nenner"]
    if entry.art == "anzahl":
        rows.loc[good, "wert"] = top
        return
    if top.empty:
        return
    shift = 1 if entry.art == "veraenderung" else 0
    if entry.art == "anteil":
        # A numerator above its denominator is an error that spm.statistics.plausibility names.
        low, high = intervals.wilson(np.minimum(top, bottom), bottom)
    elif entry.art == "rate":
        low, high = (limit / bottom for limit in intervals.poisson(top))
    else:
        low, high = intervals.ratio(top, bottom)
    rows.loc[good, "wert"] = (top / bottom - shift) * entry.faktor
    rows.loc[good, "ki_unten"] = (np.asarray(low) - shift) * entry.faktor
    rows.loc[good, "ki_oben"] = (np.asarray(high) - shift) * entry.faktor
