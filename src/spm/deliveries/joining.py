"""Counts of areas that the params file joins (``raeume.verbinden``): one count of several."""

from collections.abc import Sequence

import pandas as pd

from spm.areas.names import AreasOfYears
from spm.config.tables import Tabelle
from spm.deliveries.findings import HINWEIS, Finding, Source, capped
from spm.deliveries.mapping import KEY
from spm.facts import GEZAEHLT
from spm.published import GESPERRT, NICHT_GELIEFERT

WORST = (GEZAEHLT, NICHT_GELIEFERT, GESPERRT)
"""A sum is as good as its worst part: the last of these."""


def summed(parts: pd.DataFrame, columns: Sequence[str]) -> pd.DataFrame:
    """One row for all rows that agree in the columns, in the place of the first of them.

    Parameters
    ----------
    parts : ``columns``, anzahl, status and others, which stay those of the first row.

    Returns
    -------
    DataFrame
        A sum with a part that is suppressed or not delivered is itself so.
    """
    worst = parts["status"].map({status: rank for rank, status in enumerate(WORST)})
    groups = parts.assign(_worst=worst).groupby(list(columns), dropna=False, sort=False)
    merged = groups.head(1).copy()  # groups and their first rows come in the same order
    ranks = groups["_worst"].max().to_numpy()
    merged["status"] = [WORST[rank] for rank in ranks]
    merged["anzahl"] = groups["anzahl"].sum().where(ranks == 0).to_numpy()
    return merged[parts.columns]


def join_parts(
    rows: pd.DataFrame, tables: Sequence[tuple[Tabelle, Source]], areas: AreasOfYears
) -> tuple[pd.DataFrame, list[Finding]]:
    """Add up the counts of areas that are one together.

    Parameters
    ----------
    rows : columns of ``mapping.KEY`` and ``mapping.CELL``, anzahl, status, ``_tabelle`` (position
        in ``tables``); unique by ``KEY``.
    areas : all areas of every year; its ``whole`` says which are joined.

    Returns
    -------
    rows, findings
        A joined area of which a part is missing is not delivered, with a note, unless a missing
        row of the table is a zero.
    """
    is_part = areas.is_part(rows)
    if not is_part.any():
        return rows, []
    parts = rows[is_part].assign(_teil=rows.loc[is_part, "raum"])
    parts["raum"] = areas.joined(rows[is_part])
    sums = summed(parts, KEY)
    there = parts.groupby(KEY, dropna=False, sort=False)["_teil"].agg(set).tolist()
    found: dict[tuple, list[str]] = {}
    for place, (row, seen) in enumerate(zip(sums.to_dict("records"), there, strict=True)):
        missing = [part for part in areas.parts_of(row["raum"]) if part not in seen]
        if not missing or tables[row["_tabelle"]][0].fehlende_zeilen == "null":
            continue
        sums.iloc[place, sums.columns.get_loc("status")] = NICHT_GELIEFERT
        sums.iloc[place, sums.columns.get_loc("anzahl")] = pd.NA
        key = (row["_tabelle"], int(row["jahr"]), row["raum"], tuple(missing))
        found.setdefault(key, []).append(row["merkmal"])
    notes = [
        tables[position][1].finding(
            f"Für den Raum «{whole}» fehlt im Jahr {year} der Teil {', '.join(missing)} "
            f"({', '.join(dict.fromkeys(measures))}); die Summe gilt als nicht geliefert.",
            "Nachliefern. Bedeutet eine fehlende Zeile eine 0, fehlende_zeilen: null setzen.",
            schwere=HINWEIS,
        )
        for (position, year, whole, missing), measures in found.items()
    ]
    together = pd.concat([rows[~is_part], sums[list(rows.columns)]], ignore_index=True)
    return together.astype(rows.dtypes.to_dict()), capped(notes)
