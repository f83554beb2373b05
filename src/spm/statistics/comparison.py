"""How an area compares with the rest of the municipality, from published numbers only."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import pandas as pd

from spm.config.catalogue import Kennzahl
from spm.published import (
    COUNTS,
    DEUTLICH_UEBER,
    DEUTLICH_UNTER,
    GESAMT,
    NICHT_BERECHENBAR,
    NICHT_ZUORDENBAR,
    UEBER,
    UNTER,
    WIE,
)
from spm.statistics import conditional
from spm.statistics.conditional import Counts
from spm.statistics.discovery import CLEAR, NOTICEABLE, q_values
from spm.statistics.means import different_means

IST_GESAMT, OHNE_RAUM, OHNE_TEST = "ist_gesamt", "ohne_raum", "ohne_test"
FEHLT, GESAMT_FEHLT, KEIN_REST = "fehlt", "gesamt_fehlt", "kein_rest"
REASONS = {
    IST_GESAMT: "Die Kommune wird nicht mit sich selbst verglichen.",
    OHNE_RAUM: "Personen ohne Raum sind kein Gebiet.",
    OHNE_TEST: "Für Kennzahlen dieser Art gibt es keinen Vergleich.",
    FEHLT: "Der Wert ist nicht veröffentlicht.",
    GESAMT_FEHLT: "Der Wert der Kommune ist nicht veröffentlicht.",
    KEIN_REST: "Außerhalb des Gebiets bleibt nichts zum Vergleichen.",
    NICHT_BERECHENBAR: "Der Vergleich ist nicht berechenbar.",
}
"""Why a row has no class: key -> sentence for readers."""


def classify(rows: pd.DataFrame, catalogue: Mapping[str, Kennzahl]) -> pd.Series:
    """Class of every row against the rest of the municipality; see `compare`."""
    return compare(rows, catalogue)["klasse"]


def compare(rows: pd.DataFrame, catalogue: Mapping[str, Kennzahl]) -> pd.DataFrame:
    """Compare every area with the rest of the municipality: the municipality minus the area.

    Against the municipality itself an area would be compared with something that it is part of;
    the larger the area, the less it could stand out.

    Parameters
    ----------
    rows : published rows, ``kennzahl, jahr, raum, gruppe, zaehler, nenner`` and, where there are
        net figures, ``abzueglich``. Only rows with numbers count, so that a class tells nothing
        that a reader could not compute.
    catalogue : indicator by id.

    Returns
    -------
    DataFrame
        With the index of ``rows``: ``p`` (two-sided, see `spm.statistics.conditional`, of means
        `spm.statistics.means`), ``q`` (false discovery rate), ``klasse`` and ``grund`` (a key of
        `REASONS` where there is no class, else null). "deutlich_ueber" and "deutlich_unter" have
        q <= 0.002, "ueber" and "unter" q <= 0.05, "wie" is the rest. All areas, years and
        indicators are one family of tests; facilities, which stand on an internal page, are
        another.
    """
    kinds = kinds_of(rows, catalogue)
    area, total = Counts.of(rows), Counts.of(municipality_of(rows))
    rest = Counts(*(whole - part for whole, part in zip(total, area, strict=True)))
    of_means = different_means(rows, catalogue)
    p = np.where(np.isnan(of_means), conditional.equal(kinds, area, rest), of_means)
    tested = np.isin(kinds.astype(str), list(conditional.TESTS)) | ~np.isnan(of_means)
    reasons = _reasons(rows, tested, area, total, rest)
    p[[reason is not None for reason in reasons]] = np.nan
    reasons[np.isnan(p) & np.array([reason is None for reason in reasons], bool)] = (
        NICHT_BERECHENBAR
    )
    facility, q = rows["gruppe"].notna().to_numpy(), np.full(len(rows), np.nan)
    for family in (facility, ~facility):
        q[family] = q_values(p[family])
    with np.errstate(invalid="ignore"):
        above = conditional.values(kinds, area) > conditional.values(kinds, rest)
    classes: list[Any] = [None, DEUTLICH_UEBER, DEUTLICH_UNTER, UEBER, UNTER]
    result = np.select(
        [np.isnan(p), (q <= CLEAR) & above, q <= CLEAR, (q <= NOTICEABLE) & above, q <= NOTICEABLE],
        classes,
        WIE,
    )
    words = {"klasse": result, "grund": reasons}
    texts = {name: pd.Series(found, rows.index, dtype=object) for name, found in words.items()}
    return pd.DataFrame({"p": p, "q": q, **texts}, rows.index)


def kinds_of(rows: pd.DataFrame, catalogue: Mapping[str, Kennzahl]) -> np.ndarray:
    """``entry.art`` of every row, shape (n,); null for an indicator the catalogue does not have."""
    kinds = rows["kennzahl"].map({key: entry.art for key, entry in catalogue.items()})
    found: np.ndarray = kinds.to_numpy(object)
    return found


def municipality_of(rows: pd.DataFrame) -> pd.DataFrame:
    """The counts of the municipality in the indicator and year of every row, or NaN.

    Returns
    -------
    DataFrame
        ``zaehler, abzueglich, nenner``, in the order of ``rows``.
    """
    own = rows[(rows["raum"] == GESAMT) & rows["gruppe"].isna()]
    known = own.set_index(["kennzahl", "jahr"]).reindex(columns=COUNTS).astype(float)
    return known.reindex(pd.MultiIndex.from_frame(rows[["kennzahl", "jahr"]]))


def _reasons(
    rows: pd.DataFrame, tested: np.ndarray, area: Counts, total: Counts, rest: Counts
) -> np.ndarray:
    facility = rows["gruppe"].notna().to_numpy()
    whole = (rows["raum"] == GESAMT).to_numpy() & ~facility
    nobody = ~(rest.bottom > 0) | (rest.top < 0) | (rest.less < 0)
    if len(rows) == 0:
        return np.empty(0, object)
    return np.select(
        [
            whole,
            (rows["raum"] == NICHT_ZUORDENBAR).to_numpy(),
            ~tested,
            np.isnan(area.top) | np.isnan(area.bottom),
            np.isnan(total.top) | np.isnan(total.bottom),
            nobody,
        ],
        [IST_GESAMT, OHNE_RAUM, OHNE_TEST, FEHLT, GESAMT_FEHLT, KEIN_REST],
        np.array(None, object),
    )
