"""Which years of an indicator may be compared with the reporting year."""

from __future__ import annotations

from collections.abc import Collection, Mapping

import pandas as pd

from spm.catalogue import Kennzahl
from spm.facts import NICHT_ZUORDENBAR
from spm.pooling import Pool

KINDS = ("anteil", "rate", "quotient", "saldo")
"""Kinds of indicators whose years are compared: a change of a change says nothing, and absolute
numbers and measured sizes do not vary at random."""

Series = dict[int, pd.Series]
"""The published rows of one indicator in one area, by year, ascending and without a gap."""


def runs(
    published: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    pools: Mapping[str, Pool],
    breaks: Mapping[str, Collection[int]],
    berichtsjahr: int,
) -> dict[tuple[str, str], pd.DataFrame]:
    """The uninterrupted years that end in the reporting year.

    Parameters
    ----------
    published : rows with ``kennzahl, jahr, raum, gruppe, zaehler, nenner, …, status``.
    pools : by indicator how many years are counted together; without an entry, one.
    breaks : by indicator the first years after a break of the series (law, method, borders).
    berichtsjahr : the reporting year.

    Returns
    -------
    dict
        ``(kennzahl, raum)`` -> its rows, by ascending ``jahr``, in the order of the table. A year
        that is not published ends the run, and so does a break; of pooled years all must lie after
        it. Series that do not reach the reporting year are left out, as are facilities and people
        without an area.
    """
    kinds = published["kennzahl"].map({key: entry.art for key, entry in catalogue.items()})
    rows = published[
        published["status"].eq("ok")
        & published["gruppe"].isna()
        & published["raum"].ne(NICHT_ZUORDENBAR)
        & published[["zaehler", "nenner"]].notna().all(axis=1)
        & published["jahr"].le(berichtsjahr)
        & kinds.isin(KINDS)
    ].sort_values("jahr", kind="stable")
    rows = rows.reindex(columns=list(dict.fromkeys([*rows.columns, "abzueglich"])))
    order = published.groupby(["kennzahl", "raum"], sort=False).ngroup()
    found: dict[tuple[str, str], pd.DataFrame] = {}
    for _, part in rows.groupby(order[rows.index], sort=True):
        key, raum = part["kennzahl"].iat[0], part["raum"].iat[0]
        first = max((b for b in breaks.get(key, ()) if b <= berichtsjahr), default=0)
        part = part[part["jahr"] >= first + width(pools, key) - 1]
        gapless = part["jahr"].to_numpy() == range(berichtsjahr - len(part) + 1, berichtsjahr + 1)
        run = part[gapless[::-1].cumprod()[::-1].astype(bool)] if len(part) else part
        if len(run):
            found[key, raum] = run
    return found


def width(pools: Mapping[str, Pool], key: str) -> int:
    """How many years of an indicator are counted together."""
    return pools[key].jahre if key in pools else 1
