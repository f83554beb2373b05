"""Whether a series of years goes up or down."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import numpy as np
import pandas as pd

from spm.areas.pooling import Pool
from spm.config.catalogue import Kennzahl
from spm.published import FALLEND, GESAMT, KEIN_TREND, NICHT_BERECHENBAR, STEIGEND
from spm.statistics.conditional import Counts
from spm.statistics.discovery import NOTICEABLE, q_values_apart
from spm.statistics.runs import runs

YEARS_NEEDED = 5
"""Below, three or four values that happen to lie in a row would already count as a trend."""

COLUMNS = ["kennzahl", "raum", "von", "bis", "n", "chi2", "p", "q", "richtung"]


def trends(
    published: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    pools: Mapping[str, Pool],
    breaks: Mapping[str, Collection[int]],
    reporting_year: int,
) -> pd.DataFrame:
    """Test every uninterrupted run of five or more years for a trend.

    Parameters
    ----------
    As in `spm.statistics.runs.runs`.

    Returns
    -------
    DataFrame
        One row per indicator and area with enough years: ``kennzahl, raum, von, bis, n, chi2, p, q,
        richtung``; n values, of pooled years only windows that do not overlap. ``richtung`` is
        "steigend" or "fallend" with q <= 0.05 among all trends of the municipality, or among all of
        its areas (`q_values_apart`); else "kein_trend", or "nicht_berechenbar".
    """
    from scipy.special import chdtrc  # the upper tail of chi-squared

    found = []
    every = Counts.of(published)
    for run in runs(published, catalogue, pools, breaks, reporting_year):
        apart = (reporting_year - run.years) % run.window == 0
        years, rows = run.years[apart].astype(float), run.rows[apart]
        if len(years) >= YEARS_NEEDED:
            counts = Counts(*(column[rows] for column in every))
            statistic, slope = linear_trend(catalogue[run.kennzahl].art, years, counts)
            ends = int(years[0]), reporting_year, len(years)
            found.append((run.kennzahl, run.raum, *ends, statistic, slope))
    result = pd.DataFrame(found, columns=[*COLUMNS[:6], "slope"])
    result["p"] = chdtrc(1, result["chi2"].astype(float))
    result["q"] = q_values_apart(result["p"], result["raum"] == GESAMT)
    clear, slope = result["q"] <= NOTICEABLE, result["slope"]
    result["richtung"] = np.select(
        [result["p"].isna(), clear & (slope > 0), clear & (slope < 0)],
        [NICHT_BERECHENBAR, STEIGEND, FALLEND],
        KEIN_TREND,
    )
    return result[COLUMNS]


def linear_trend(kind: str, years: np.ndarray, counts: Counts) -> tuple[float, float]:
    """Chi-squared for a linear trend, one degree of freedom.

    Shares: Cochran (1954) and Armitage (1955), Biometrics 11, 375-386. Rates: the same for Poisson
    counts, given their sum (Breslow and Day 1987, p. 96). Ratios of two counts: as the share of the
    numerator in the sum of both. Net figures: the moves in both directions vary as Poisson counts.

    Parameters
    ----------
    kind : "anteil", "rate", "quotient" or "saldo".
    years, counts : shape (n,).

    Returns
    -------
    chi2, slope : the slope's sign is the direction. NaN where a denominator is not above 0, a part
        is larger than its whole, or no year has an event (or every year has nothing else).
    """
    top, bottom, moves = counts.top, counts.bottom, counts.top
    if kind == "quotient":
        bottom = top + bottom
    if kind == "saldo":
        top, moves = top - counts.less, top + counts.less
    if not (np.all(counts.bottom > 0) and np.all(moves >= 0)):
        return np.nan, np.nan
    pooled = moves.sum() / bottom.sum()
    variance = pooled if kind in ("rate", "saldo") else pooled * (1 - pooled)
    away = years - np.average(years, weights=bottom)
    slope, size = float(np.sum(away * top)), float(np.sum(bottom * away**2))
    beyond = kind == "anteil" and np.any(top > bottom)
    if beyond or not variance * size > 0:
        return np.nan, np.nan
    return slope**2 / (variance * size), slope
