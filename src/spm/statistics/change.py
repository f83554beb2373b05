"""How the reporting year differs from the first comparable year."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from spm.areas.pooling import Pool
from spm.config.catalogue import Kennzahl
from spm.published import (
    GESAMT,
    GESTIEGEN,
    GESUNKEN,
    HINWEIS_ANSTIEG,
    HINWEIS_RUECKGANG,
    NICHT_BERECHENBAR,
    UNVERAENDERT,
)
from spm.statistics import conditional
from spm.statistics.conditional import Counts
from spm.statistics.discovery import NOTICEABLE, q_values_apart
from spm.statistics.runs import runs

COLUMNS = [
    *["kennzahl", "raum", "von", "bis", "differenz", "ki_unten", "ki_oben", "p", "q", "richtung"]
]


def changes(
    published: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    pools: Mapping[str, Pool],
    breaks: Mapping[str, Collection[int]],
    reporting_year: int,
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
        is "gestiegen" or "gesunken" with q <= 0.05, the changes of the municipality being one
        family of tests and those of the areas another (`q_values_apart`). Of the municipality it
        is else "hinweis_anstieg" or "hinweis_rueckgang" if the interval does not hold zero; areas
        have no hints: of so many, every twentieth would have one where nothing changed. The rest
        is "unveraendert" (no change to be seen) or "nicht_berechenbar".
    """
    found = [
        run
        for run in runs(published, catalogue, pools, breaks, reporting_year)
        if run.years[0] <= reporting_year - run.window
    ]
    earlier, later = (np.array([run.rows[i] for run in found], int) for i in (0, -1))
    kinds = [catalogue[run.kennzahl].art for run in found]
    now, then = (Counts.of(published.iloc[rows]) for rows in (later, earlier))
    p = conditional.equal(kinds, now, then)
    own = np.array([run.raum == GESAMT for run in found], bool)
    q = q_values_apart(p, own)
    intervals = published[["wert", "ki_unten", "ki_oben"]].to_numpy(float)
    differenz, low, high = difference(tuple(intervals[earlier].T), tuple(intervals[later].T))
    clear = q <= NOTICEABLE
    up, down = differenz > 0, differenz < 0
    richtung = np.select(
        [np.isnan(p), clear & up, clear & down, own & (low > 0), own & (high < 0)],
        [NICHT_BERECHENBAR, GESTIEGEN, GESUNKEN, HINWEIS_ANSTIEG, HINWEIS_RUECKGANG],
        UNVERAENDERT,
    )
    ends = [(run.kennzahl, run.raum, int(run.years[0]), reporting_year) for run in found]
    result = pd.DataFrame(ends, columns=COLUMNS[:4])
    numbers = dict(zip(COLUMNS[4:], [differenz, low, high, p, q, richtung], strict=True))
    return result.assign(**numbers)


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
