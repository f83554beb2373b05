"""Every indicator of the catalogue, for every area and year, from the facts."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd

from spm.areas.pooling import Pool
from spm.config.catalogue import Kennzahl
from spm.config.selections import Zaehlung
from spm.published import (
    ABSENDER_GESPERRT,
    COUNTS,
    GESAMT,
    GESPERRT,
    NICHT_BERECHENBAR,
    NICHT_GELIEFERT,
    NICHT_ZUORDENBAR,
    NUMBERS,
    OK,
)
from spm.statistics import intervals
from spm.statistics.selection import MISSING, Count, Key, Store, added

COLUMNS = ["kennzahl", "jahr", "raum", "gruppe", *NUMBERS, "status", "geschaetzt"]


def compute_indicators(
    facts: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    areas: Iterable[str],
    years: Iterable[int],
    pools: Mapping[str, Pool] | None = None,
    *,
    facilities: bool = True,
    apart: Collection[str] = (),
) -> pd.DataFrame:
    """Compute all indicators.

    Parameters
    ----------
    facts : the store of counts (``spm.facts.FACT_COLUMNS``).
    catalogue : indicator by id.
    areas : keys of all areas.
    years : the years of the series.
    pools : by indicator the years and areas that are counted together; default: none are. Pooled
        are counts, before any rate is made of them.
    facilities : also by facility, where the indicator says ``je_einrichtung``.
    apart : measures whose municipality is no sum of areas, see `Store`.

    Returns
    -------
    DataFrame
        One row per indicator × year × area (plus "gesamt", "nz" where delivered, and one row per
        facility with ``gruppe``): ``kennzahl, jahr, raum, gruppe, zaehler, abzueglich, nenner,
        wert, ki_unten, ki_oben, status, geschaetzt``. ``wert`` = zaehler / nenner × faktor, not
        rounded; for "veraenderung" (zaehler / nenner − 1) × faktor, for "saldo" (zaehler −
        abzueglich) / nenner × faktor; ``abzueglich`` is NaN for all others. Rows that are not "ok"
        carry no number. Of pooled years ``year`` is the last one; the years before the first that
        has all of them are "nicht_geliefert", and so is the first year of an indicator that counts
        a part of itself in the year before (``jahr: vorjahr``). A group of areas stands in place of
        its areas, ``raum`` is its name. ``geschaetzt``: a count behind it was moved from earlier
        areas onto today's.
    """
    areas, years = list(areas), list(years)
    inside = facts["einrichtung"].notna()
    by_place = facts[inside].assign(raum=facts.loc[inside, "einrichtung"])
    names = sorted(by_place["raum"].unique()) if facilities else []
    everybody, by_facility = (
        _Counts(facts[~inside], areas, years, apart),
        _Counts(by_place, names, years, ()),
    )
    rows: list[tuple[Any, ...]] = []
    for entry in catalogue.values():
        pool = (pools or {}).get(entry.id) or Pool(rows=tuple(areas))
        found = everybody.of(entry, pool)
        rows += [(entry.id, year, raum, None, *cell) for (year, raum), *cell in found]
        if entry.je_einrichtung and facilities:
            rows += [
                (entry.id, year, GESAMT, name, *cell)
                for (year, name), *cell in by_facility.of(entry, Pool(pool.years, tuple(names)))
                if name in names
            ]
    columns = ["kennzahl", "jahr", "raum", "gruppe", *COUNTS, "status", "geschaetzt"]
    types = dict.fromkeys(COUNTS, float) | {"geschaetzt": bool}
    result = pd.DataFrame(rows, columns=columns).astype(types)
    result["gruppe"] = result["gruppe"].astype(object).where(result["gruppe"].notna(), None)
    add_values(result, catalogue)
    return result[COLUMNS]


class _Counts:
    """Numerators and denominators; every selector is summed once."""

    def __init__(
        self, facts: pd.DataFrame, areas: list[str], years: list[int], apart: Collection[str]
    ) -> None:
        self._store, self._areas, self._years = Store(facts, apart=apart), areas, years
        self._cache: dict[str, dict[Key, Count]] = {}

    def of(self, entry: Kennzahl, pool: Pool) -> Iterator[tuple[Any, ...]]:
        """Yield key, numerator, what goes off it, denominator, state and whether they were moved,
        for every year and area of the pool."""
        top = self._count(entry.zaehler)
        off = self._count(entry.abzueglich) if entry.abzueglich else None
        bottom = self._count(entry.nenner) if entry.nenner else None
        counted = {j for (j, _), count in top.items() if count.status != NICHT_GELIEFERT}
        for year in self._years:
            window = range(year - pool.years + 1, year + 1)
            unassigned = any((j, NICHT_ZUORDENBAR) in top for j in window)
            for raum in [*pool.rows, GESAMT, *[NICHT_ZUORDENBAR] * unassigned]:
                keys = [(j, part) for j in window for part in pool.parts(raum)]
                if raum == NICHT_ZUORDENBAR:  # no row of theirs means nobody, see `Store.count`
                    upper = _total(top, [key for key in keys if key in top])
                    keys = [key for key in keys if key in top or key in (bottom or ())]
                    if not counted.issuperset(window):  # of such a year not even that is known
                        upper = MISSING
                else:
                    upper = _total(top, keys)
                if window[0] < self._years[0]:
                    upper = MISSING
                minus = None if off is None else _total(off, keys)
                lower = None if bottom is None else _total(bottom, keys)
                state = _state(raum, upper, minus, lower)
                moved = any(count.geschaetzt for count in (upper, minus, lower) if count)
                if state == OK and moved and entry.art == "anteil" and _exceeds(upper, lower):
                    state = NICHT_BERECHENBAR  # moved apart by a person or two
                found = (upper, minus, lower) if state == OK else (None, None, None)
                yield (year, raum), *(c.anzahl if c else None for c in found), state, moved

    def _count(self, wanted: Zaehlung) -> dict[Key, Count]:
        name = wanted.model_dump_json()
        if name not in self._cache:
            found = self._store.count(wanted, self._areas)
            if wanted.jahr == "erstes":
                first = {raum: c for (year, raum), c in found.items() if year == self._years[0]}
                found = {(year, raum): c for year in self._years for raum, c in first.items()}
            elif wanted.shift:
                found = {(year - wanted.shift, raum): c for (year, raum), c in found.items()}
            self._cache[name] = found
        return self._cache[name]


def _total(counts: Mapping[Key, Count], keys: Sequence[Key]) -> Count:
    return added([counts.get(key, MISSING) for key in keys])


def _state(raum: str, top: Count, off: Count | None, bottom: Count | None) -> str:
    states = {count.status for count in (top, off, bottom) if count}
    if NICHT_GELIEFERT in states:
        # People without an area are counted by some senders only: no rate can be made of them.
        only_top = raum == NICHT_ZUORDENBAR and top.status != NICHT_GELIEFERT
        return NICHT_BERECHENBAR if only_top else NICHT_GELIEFERT
    if GESPERRT in states:
        return ABSENDER_GESPERRT
    if bottom and (bottom.anzahl == 0 or (raum == NICHT_ZUORDENBAR and _exceeds(top, bottom))):
        return NICHT_BERECHENBAR
    return OK


def _exceeds(top: Count, bottom: Count | None) -> bool:
    """Whether more were counted above the line than below it; both are counted."""
    return bottom is not None and top.counted > bottom.counted


def add_values(rows: pd.DataFrame, catalogue: Mapping[str, Kennzahl]) -> None:
    """Add value and 95 % interval in the unit of the indicator (see ``methoden.ipynb``)."""
    rows[["wert", "ki_unten", "ki_oben"]] = np.nan
    kind = rows["kennzahl"].map({key: entry.art for key, entry in catalogue.items()})
    factor = rows["kennzahl"].map({key: entry.faktor for key, entry in catalogue.items()})
    for art, limits in LIMITS.items():
        here = rows["status"].eq(OK) & kind.eq(art)
        if not here.any():
            continue
        top, off, bottom = (rows.loc[here, column] for column in COUNTS)
        shift, scale = 1 if art == "veraenderung" else 0, factor[here]
        rows.loc[here, "wert"] = ((top - off.fillna(0)) / bottom - shift) * scale
        if limits is not None:
            low, high = limits(top, off, bottom)
            rows.loc[here, "ki_unten"] = (low - shift) * scale
            rows.loc[here, "ki_oben"] = (high - shift) * scale
    counts = rows["status"].eq(OK) & kind.eq("anzahl")
    rows.loc[counts, "wert"] = rows.loc[counts, "zaehler"]


def _share(top: pd.Series, off: pd.Series, bottom: pd.Series) -> intervals.Limits:
    # A numerator above its denominator is an error that spm.statistics.plausibility names.
    return intervals.wilson(np.minimum(top, bottom), bottom)


def _rate(top: pd.Series, off: pd.Series, bottom: pd.Series) -> intervals.Limits:
    low, high = intervals.poisson(top)
    return low / bottom.to_numpy(), high / bottom.to_numpy()


def _ratio(top: pd.Series, off: pd.Series, bottom: pd.Series) -> intervals.Limits:
    return intervals.ratio(top, bottom)


def _balance(top: pd.Series, off: pd.Series, bottom: pd.Series) -> intervals.Limits:
    low, high = intervals.balance(top, off)
    return low / bottom.to_numpy(), high / bottom.to_numpy()


LIMITS = {
    "anteil": _share,
    "rate": _rate,
    "quotient": _ratio,
    "veraenderung": _ratio,
    "saldo": _balance,
    "mittelwert": None,
    "messwert": None,
}
"""95 % limits, by kind of indicator; areas and places are no outcome of chance and have none, and
of a mean two sums do not say how much the units differ."""
