"""Which years of an indicator may be compared with the reporting year."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import NamedTuple

import numpy as np
import pandas as pd

from spm.areas.pooling import Pool
from spm.config.catalogue import Kennzahl
from spm.published import NICHT_ZUORDENBAR, OK

KINDS = ("anteil", "rate", "quotient", "saldo")
"""Kinds of indicators whose years are compared: a change of a change says nothing, and absolute
numbers and measured sizes do not vary at random."""


class Run(NamedTuple):
    """The uninterrupted years of one indicator in one area that end in the reporting year.

    years : ascending, shape (n,). zeilen : positions of their rows, shape (n,). fenster : so many
    years each row counts together.
    """

    kennzahl: str
    raum: str
    years: np.ndarray
    rows: np.ndarray
    window: int


def runs(
    published: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    pools: Mapping[str, Pool],
    breaks: Mapping[str, Collection[int]],
    reporting_year: int,
) -> list[Run]:
    """The uninterrupted years that end in the reporting year, for every indicator and area.

    Parameters
    ----------
    published : rows with ``kennzahl, jahr, raum, gruppe, zaehler, nenner, …, status``.
    pools : by indicator how many years are counted together; without an entry, one.
    breaks : by indicator the first years after a break of the series (law, method, borders).
    reporting_year : the reporting year.

    Returns
    -------
    list of Run
        In the order of the table. A year that is not published ends the run, and so does a break;
        of pooled years all must lie after it. Series that do not reach the reporting year are left
        out, as are facilities and people without an area.
    """
    kinds = published["kennzahl"].map({key: entry.art for key, entry in catalogue.items()})
    usable = (
        published["status"].eq(OK)
        & published["gruppe"].isna()
        & published["raum"].ne(NICHT_ZUORDENBAR)
        & published[["zaehler", "nenner"]].notna().all(axis=1)
        & published["jahr"].le(reporting_year)
        & kinds.isin(KINDS)
    ).to_numpy(bool)
    series = published.groupby(["kennzahl", "raum"], sort=False).ngroup().to_numpy()
    years = published["jahr"].to_numpy(int)
    at = np.flatnonzero(usable)
    at = at[np.lexsort((years[at], series[at]))]
    keys, areas = published["kennzahl"].to_numpy(object), published["raum"].to_numpy(object)
    found = []
    for rows in np.split(at, np.flatnonzero(np.diff(series[at])) + 1) if len(at) else ():
        key = keys[rows[0]]
        window = pools[key].years if key in pools else 1
        start = max((b for b in breaks.get(key, ()) if b <= reporting_year), default=0)
        rows = rows[years[rows] >= start + window - 1]
        # Counted back from the reporting year, the k-th row must be the k-th year.
        in_step = years[rows][::-1] == reporting_year - np.arange(len(rows))
        length = len(rows) if in_step.all() else int(np.argmin(in_step))
        if length:
            rows = rows[-length:]
            found.append(Run(key, areas[rows[0]], years[rows], rows, window))
    return found
