"""How the reporting year differs from the first comparable year."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from spm.catalogue import Kennzahl
from spm.pooling import Pool
from spm.statistics import conditional
from spm.statistics.conditional import Counts
from spm.statistics.discovery import NOTICEABLE, q_values
from spm.statistics.intervals import Limits
from spm.statistics.runs import runs, width

GESTIEGEN, GESUNKEN, UNVERAENDERT = "gestiegen", "gesunken", "unveraendert"
NICHT_BERECHENBAR = "nicht_berechenbar"
COLUMNS = [
    *["kennzahl", "raum", "von", "bis", "differenz", "ki_unten", "ki_oben", "p", "q", "richtung"]
]


def changes(
    published: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    pools: Mapping[str, Pool],
    breaks: Mapping[str, Collection[int]],
    berichtsjahr: int,
) -> pd.DataFrame:
    """Compare the reporting year with the first year of its uninterrupted run.

    Parameters
    ----------
    As in `spm.statistics.runs.runs`; ``wert, ki_unten, ki_oben`` are used too.

    Returns
    -------
    DataFrame
        One row per indicator and area that has two comparable years: ``kennzahl, raum, von, bis,
        differenz, ki_unten, ki_oben, p, q, richtung``. The difference and its 95 % limits are in
        the unit of the indicator (percentage points where that is %). Pooled years do not overlap:
        ``von`` is the first year of the run that the reporting window does not reach. ``richtung``
        is "gestiegen" or "gesunken" with q <= 0.05 among all changes of the report, else
        "unveraendert" (no change to be seen), or "nicht_berechenbar".
    """
    pairs = []
    for (key, _), run in runs(published, catalogue, pools, breaks, berichtsjahr).items():
        if run["jahr"].iat[0] <= berichtsjahr - width(pools, key):
            pairs.append((run.iloc[0], run.iloc[-1]))
    if not pairs:
        return pd.DataFrame(columns=COLUMNS)
    earlier, later = (pd.DataFrame(list(side)) for side in zip(*pairs, strict=True))
    kinds = [catalogue[key].art for key in later["kennzahl"]]
    p = conditional.equal(kinds, _counts(later), _counts(earlier))
    q = q_values(p)
    differenz, low, high = difference(_interval(earlier), _interval(later))
    richtung = np.select(
        [np.isnan(p), (q <= NOTICEABLE) & (differenz > 0), (q <= NOTICEABLE) & (differenz < 0)],
        [NICHT_BERECHENBAR, GESTIEGEN, GESUNKEN],
        UNVERAENDERT,
    )
    ends = [later["kennzahl"], later["raum"], earlier["jahr"], later["jahr"]]
    values = [*(end.to_numpy() for end in ends), differenz, low, high, p, q, richtung]
    return pd.DataFrame(dict(zip(COLUMNS, values, strict=True)))


def difference(
    earlier: tuple[np.ndarray, ...], later: tuple[np.ndarray, ...]
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Difference of two independent values and its limits, from the limits of both (MOVER).

    The limit of the difference lies as far from it as both values' own limits, added as squares.
    With Wilson limits of shares this is Newcombe's hybrid score interval (1998, Statistics in
    Medicine 17, 873-890, method 10); with others see Zou and Donner (2008), Statistics in Medicine
    27, 1693-1702.

    Parameters
    ----------
    earlier, later : value, lower and upper limit, arrays of the same shape and unit.

    Returns
    -------
    difference, lower, upper.
    """
    (a, a_low, a_high), (b, b_low, b_high) = earlier, later
    found = b - a
    return found, found - np.hypot(b - b_low, a_high - a), found + np.hypot(b_high - b, a - a_low)


def _interval(rows: pd.DataFrame) -> tuple[np.ndarray, *Limits]:
    value, low, high = (rows[name].to_numpy(float) for name in ("wert", "ki_unten", "ki_oben"))
    return value, low, high


def _counts(rows: pd.DataFrame) -> Counts:
    return Counts(*(rows[name].to_numpy(float) for name in ("zaehler", "nenner", "abzueglich")))
