"""Sum the facts that a selector of the catalogue asks for, by year and area."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from spm.catalogue import Auswahl
from spm.facts import GESAMT, GESPERRT, GEZAEHLT, NICHT_GELIEFERT, NICHT_ZUORDENBAR

DIMENSIONS = ["geschlecht", "staatsangehoerigkeit", "auspraegung"]
OPEN_END = 999
"""Stands for "and older": above every age, so that an open-ended group can end a tiling."""

KEY = ["jahr", "raum"]
RANK = {GEZAEHLT: 0, GESPERRT: 1, NICHT_GELIEFERT: 2}
"""A sum is as good as its worst part."""

STATUS = {rank: status for status, rank in RANK.items()}

Age = tuple[int, int]


def count(facts: pd.DataFrame, wanted: Auswahl, areas: Iterable[str]) -> pd.DataFrame:
    """Sum what ``wanted`` selects.

    Parameters
    ----------
    facts : the store of counts, without facilities (``einrichtung`` null).
    areas : keys of the areas whose sum is the municipality.

    Returns
    -------
    DataFrame
        Index ``jahr, raum`` (areas, "nz", "gesamt"), columns ``anzahl`` (float, null unless
        counted) and ``status``. Only keys of which something was delivered.

    Notes
    -----
    A group that the selector does not name is summed over; the sum over everybody, where it was
    delivered as such, is preferred to a sum of parts. Ages must be tiled exactly by delivered age
    groups. The municipality is the delivered total or, without one, the sum over all areas and
    those without an area, and known only if each of them is.
    """
    parts = [
        with_total(_one_measure(facts[facts["merkmal"] == m], wanted), areas)
        for m in wanted.merkmal
    ]
    if len(parts) > 1:
        keys = pd.concat(parts).index.unique()
        # A measure without a row for this key was not delivered; that is no 0.
        complete = [p.reindex(keys).fillna({"rank": RANK[NICHT_GELIEFERT]}) for p in parts]
        parts = [_add(pd.concat(complete).reset_index(), KEY)]
    result = parts[0]
    return pd.DataFrame({"anzahl": result["anzahl"], "status": result["rank"].map(STATUS)})


def with_total(counts: pd.DataFrame, areas: Iterable[str]) -> pd.DataFrame:
    """Add the municipality where the sender delivered no total (or suppressed it)."""
    if counts.empty:
        return counts
    raum = counts.index.get_level_values("raum")
    years = counts.index.get_level_values("jahr").unique()
    inside = pd.MultiIndex.from_product([years, list(areas)], names=KEY)
    parts = counts.reindex(inside).fillna({"rank": RANK[NICHT_GELIEFERT]})
    sums = _add(pd.concat([parts, counts[raum == NICHT_ZUORDENBAR]]).reset_index(), ["jahr"])
    sums.index = pd.MultiIndex.from_product([sums.index, [GESAMT]], names=KEY)
    delivered = counts[raum == GESAMT]
    # Without a sum, the delivered status says more ("suppressed") than "one area is missing".
    kept = delivered[delivered["rank"].eq(RANK[GEZAEHLT]) | ~sums["known"].reindex(delivered.index)]
    own = sums.drop(kept.index)
    return pd.concat([counts.drop(own.index, errors="ignore"), own]).sort_index()


def _one_measure(facts: pd.DataFrame, wanted: Auswahl) -> pd.DataFrame:
    """Answer from each kind of table that can; a counted answer first, then the least split."""
    if facts.empty:
        return _empty()
    rows = facts.assign(
        rank=facts["status"].map(RANK).astype(int), anzahl=facts["anzahl"].astype(float)
    )
    kinds = rows[DIMENSIONS].notna().assign(alter=rows["alter_von"].notna())
    kinds["lieferung"] = rows["lieferung"]
    answers = []
    for kind, of_kind in rows.groupby([kinds[c] for c in kinds], sort=True):
        grouped = dict(zip(kinds.columns, kind, strict=True))
        if _can_answer(grouped, wanted):
            answer = _from_table(of_kind, grouped, wanted)
            answers.append(answer.assign(groups=sum(kind[:-1])))
    if not answers:
        return _empty()
    if len(answers) == 1:
        return answers[0]
    ranked = pd.concat(answers).reset_index().sort_values([*KEY, "rank", "groups"], kind="stable")
    return ranked.drop_duplicates(KEY).set_index(KEY)


def _can_answer(grouped: dict[str, bool], wanted: Auswahl) -> bool:
    asked = {d: getattr(wanted, d) is not None for d in DIMENSIONS}
    asked["alter"] = wanted.alter is not None
    return all(grouped[d] for d, is_asked in asked.items() if is_asked)


def _from_table(rows: pd.DataFrame, grouped: dict[str, bool], wanted: Auswahl) -> pd.DataFrame:
    """Sum per year and area; a combination that only other areas have was not delivered."""
    used = [d for d in DIMENSIONS if grouped[d]]
    for d in used:
        values = getattr(wanted, d)
        if values is not None:
            rows = rows[rows[d].isin(values)]
    if grouped["alter"]:
        rows = _tiled(rows, wanted)
        used.append("alter_von")
    if rows.empty:
        return _empty()
    summed = _add(rows, KEY)
    expected = pd.Series(1, sorted(rows["jahr"].unique()))
    for d in used:
        asked = getattr(wanted, d, None)
        expected *= len(set(asked)) if asked else rows.groupby("jahr")[d].nunique()
    short = (
        summed["cells"].to_numpy()
        < expected.reindex(summed.index.get_level_values("jahr")).to_numpy()
    )
    summed.loc[short & summed["known"], "rank"] = RANK[NICHT_GELIEFERT]
    summed.loc[short, ["anzahl", "known"]] = [np.nan, False]
    return summed


def _tiled(rows: pd.DataFrame, wanted: Auswahl) -> pd.DataFrame:
    """The rows of age groups that together make exactly the wanted ages; none if they cannot."""
    ages = pd.MultiIndex.from_arrays(
        [
            rows["jahr"].astype(int),
            rows["alter_von"].astype(int),
            rows["alter_bis"].fillna(OPEN_END).astype(int),
        ]
    )
    delivered: dict[int, list[Age]] = {}
    for jahr, von, bis in ages.unique():
        delivered.setdefault(jahr, []).append((von, bis))
    tiles = []
    for jahr, groups in delivered.items():
        if wanted.alter is None:
            first, end = min(von for von, _ in groups), max(bis for _, bis in groups)
        else:
            first, bis = wanted.alter_grenzen
            end = OPEN_END if bis is None else bis
        tiles += [(jahr, *age) for age in tile(groups, first, end)]
    return rows[ages.isin(tiles)] if tiles else rows.iloc[:0]


def tile(delivered: list[Age], first: int, last: int) -> list[Age]:
    """Find age groups that follow on one another from ``first`` to ``last``.

    Long groups are tried first, so that the fewest are summed.

    Examples
    --------
    >>> tile([(0, 2), (0, 6), (3, 5), (6, 17)], 0, 17)
    [(0, 2), (3, 5), (6, 17)]
    """
    for von, bis in sorted((a for a in delivered if a[0] == first), key=lambda a: -a[1]):
        if bis == last:
            return [(von, bis)]
        if bis < last and (rest := tile(delivered, bis + 1, last)):
            return [(von, bis), *rest]
    return []


def _add(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Sum counts; the sum is as good as its worst part.

    Returns
    -------
    DataFrame
        Index ``by``; ``anzahl`` (null unless all parts were counted), ``rank`` of the status,
        ``known`` (all parts counted), ``cells`` (number of parts).
    """
    grouped = rows.groupby(by)
    result = pd.DataFrame({"anzahl": grouped["anzahl"].sum(), "rank": grouped["rank"].max()})
    result["known"] = result["rank"] == RANK[GEZAEHLT]
    result["cells"] = grouped.size()
    result.loc[~result["known"], "anzahl"] = np.nan
    return result


def _empty() -> pd.DataFrame:
    index = pd.MultiIndex.from_arrays([[], []], names=KEY)
    columns = {"anzahl": float, "rank": int, "known": bool, "cells": int}
    return pd.DataFrame({c: pd.Series([], index, dtype=t) for c, t in columns.items()}, index)
