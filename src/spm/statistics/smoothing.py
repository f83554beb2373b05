"""Smoothed values: how far an area's own number may be trusted, given how small the area is."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from spm.config.catalogue import Kennzahl
from spm.published import GESAMT, NICHT_ZUORDENBAR
from spm.statistics.comparison import kinds_of, municipality_of

VARIANCES = {
    "anteil": lambda m: m * (1 - m),
    "rate": lambda m: m,
    "quotient": lambda m: m * (1 + m),
}
"""Variance of numerator / denominator times the denominator, at the expectation m: binomial,
Poisson, and (delta method) the ratio of two Poisson counts."""


def shrink(top: np.ndarray, bottom: np.ndarray, mean: float, kind: str) -> np.ndarray:
    """Global empirical Bayes estimates of numerator / denominator.

    Marshall (1991), Applied Statistics 40, 283-294: with the weighted variance s² of the values
    around the mean m and the mean denominator n̄, the variance between areas is
    A = max(0, s² - v(m) / n̄), and a value r keeps the share A / (A + v(m) / n) of its distance from
    m. Prior mean is the municipality's value, not the mean of the areas.

    Parameters
    ----------
    top, bottom : counts of the areas, shape (n,); NaN where not published.
    mean : numerator / denominator of the municipality.
    kind : a key of `VARIANCES`.

    Returns
    -------
    Smoothed values, shape (n,), between the raw one and ``mean``. NaN for areas without a value,
    and for all if the mean is missing or no expectation of this kind.
    """
    usable = (top >= 0) & (bottom > 0) & ((top <= bottom) | (kind != "anteil"))
    result = np.full(len(top), np.nan)
    noise = VARIANCES[kind](mean)
    if not usable.any() or not noise >= 0:
        return result
    n, raw = bottom[usable], top[usable] / bottom[usable]
    spread = np.sum(n * (raw - mean) ** 2) / np.sum(n)
    between = max(0.0, spread - noise / np.mean(n))
    kept = between / (between + noise / n) if between > 0 else np.zeros(len(n))
    result[usable] = mean + kept * (raw - mean)
    return result


def smoothed(rows: pd.DataFrame, catalogue: Mapping[str, Kennzahl]) -> pd.Series:
    """Smoothed value of every area, in the unit of the indicator.

    Parameters
    ----------
    rows : published rows, ``kennzahl, jahr, raum, gruppe, zaehler, nenner``.

    Returns
    -------
    Series
        NaN for other kinds than `VARIANCES`, the municipality itself, people without an area,
        facilities, and where the area's or the municipality's value is not published.
    """
    result = pd.Series(np.nan, rows.index, dtype=float)
    areas = (
        rows["gruppe"].isna().to_numpy()
        & ~rows["raum"].isin([GESAMT, NICHT_ZUORDENBAR]).to_numpy()
        & np.isin(kinds_of(rows, catalogue).astype(str), list(VARIANCES))
    )
    top, bottom = (rows[name].to_numpy(float) for name in ("zaehler", "nenner"))
    whole = municipality_of(rows)
    below = whole["nenner"].where(whole["nenner"] > 0).to_numpy(float)
    mean = whole["zaehler"].to_numpy(float) / below
    position = pd.Series(np.arange(len(rows)), rows.index)[areas]
    for (key, _), group in position.groupby([rows["kennzahl"], rows["jahr"]], sort=False):
        at, entry = group.to_numpy(), catalogue[key]
        found = shrink(top[at], bottom[at], mean[at[0]], entry.art)
        result.iloc[at] = found * entry.faktor
    return result
