"""Sum the facts that a selector of the catalogue asks for, by year and area."""

from __future__ import annotations

from collections.abc import Iterable

import pandas as pd

from spm.catalogue import Auswahl
from spm.facts import GESAMT, GESPERRT, GEZAEHLT, NICHT_GELIEFERT, NICHT_ZUORDENBAR

DIMENSIONS = ["geschlecht", "staatsangehoerigkeit", "auspraegung"]
OPEN_END = 999
"""Stands for "and older": above every age, so that an open-ended group can end a tiling."""

KEY = ["jahr", "raum"]
RANK = {GEZAEHLT: 0, GESPERRT: 1, NICHT_GELIEFERT: 2}
"""A sum is as good as its worst part."""

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
        Index ``jahr, raum`` (areas, "nz", "gesamt"), columns ``anzahl`` (null unless counted) and
        ``status``. Only keys of which something was delivered.

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
    if len(parts) == 1:
        return parts[0]
    together = pd.concat(parts)
    keys = together.index.unique()
    # A measure without a row for this key was not delivered; that must not pass as a sum of 0.
    complete = [p.reindex(keys) for p in parts]
    for part in complete:
        part["status"] = part["status"].fillna(NICHT_GELIEFERT)
    return _add(pd.concat(complete).reset_index(), KEY)


def with_total(counts: pd.DataFrame, areas: Iterable[str]) -> pd.DataFrame:
    """Add the municipality where the sender delivered no total (or suppressed it)."""
    areas = list(areas)
    if counts.empty:
        return counts
    years = counts.index.get_level_values("jahr").unique()
    inside = pd.MultiIndex.from_product([years, areas], names=KEY)
    parts = counts.reindex(inside)
    parts["status"] = parts["status"].fillna(NICHT_GELIEFERT)
    outside = counts[counts.index.get_level_values("raum") == NICHT_ZUORDENBAR]
    sums = _add(pd.concat([parts, outside]).reset_index(), ["jahr"])
    sums.index = pd.MultiIndex.from_product([sums.index, [GESAMT]], names=KEY)
    delivered = counts[counts.index.get_level_values("raum") == GESAMT]
    good = delivered[delivered["status"] == GEZAEHLT].index
    # Without a sum, the delivered status says more ("suppressed") than "one area is missing".
    better = sums.index.difference(good)
    better = better[(sums.loc[better, "status"] == GEZAEHLT) | ~better.isin(delivered.index)]
    return pd.concat([counts.drop(better, errors="ignore"), sums.loc[better]]).sort_index()


def _one_measure(facts: pd.DataFrame, wanted: Auswahl) -> pd.DataFrame:
    """Answer from each kind of table that can, the one with the fewest groups first."""
    if facts.empty:
        return _empty()
    kinds = facts[DIMENSIONS].notna().assign(alter=facts["alter_von"].notna())
    kinds["lieferung"] = facts["lieferung"]
    answers = []
    for kind, rows in facts.groupby([kinds[c] for c in kinds], sort=True):
        grouped = dict(zip(kinds.columns, kind, strict=True))
        if _can_answer(grouped, wanted):
            answers.append((sum(kind[:-1]), len(answers), _from_table(rows, grouped, wanted)))
    if not answers:
        return _empty()
    merged = pd.concat([a.assign(order=(n, i)[0] * 1000 + i) for n, i, a in answers])
    merged["rank"] = merged["status"].map(RANK)
    best = merged.reset_index().sort_values([*KEY, "rank", "order"]).drop_duplicates(KEY)
    return best.set_index(KEY)[["anzahl", "status"]]


def _can_answer(grouped: dict[str, bool], wanted: Auswahl) -> bool:
    asked = {d: getattr(wanted, d) is not None for d in DIMENSIONS}
    asked["alter"] = wanted.alter is not None
    return all(grouped[d] for d, is_asked in asked.items() if is_asked)


def _from_table(rows: pd.DataFrame, grouped: dict[str, bool], wanted: Auswahl) -> pd.DataFrame:
    used = [d for d in DIMENSIONS if grouped[d]]
    for d in used:
        values = getattr(wanted, d)
        if values is not None:
            rows = rows[rows[d].isin(values)]
    answers = []
    for jahr, of_year in rows.groupby("jahr"):
        if grouped["alter"]:
            of_year = _tiled(of_year, wanted)
            used_here = [*used, "alter_von"]
        else:
            used_here = used
        if of_year.empty:
            continue
        answers.append(_sum_cells(of_year, used_here, jahr, wanted))
    return pd.concat(answers) if answers else _empty()


def _sum_cells(rows: pd.DataFrame, used: list[str], jahr: int, wanted: Auswahl) -> pd.DataFrame:
    """Sum per area; a combination that other areas have and this one lacks was not delivered."""
    summed = _add(rows, KEY)
    expected = 1
    for d in used:
        asked = getattr(wanted, d, None) if d in DIMENSIONS else None
        expected *= len(set(asked)) if asked else rows[d].nunique()
    cells = rows.groupby(KEY).size().reindex(summed.index)
    short = cells < expected
    summed.loc[short & (summed["status"] == GEZAEHLT), "status"] = NICHT_GELIEFERT
    summed.loc[summed["status"] != GEZAEHLT, "anzahl"] = pd.NA
    return summed


def _tiled(rows: pd.DataFrame, wanted: Auswahl) -> pd.DataFrame:
    """The rows of age groups that together make exactly the wanted ages; none if they cannot."""
    last = rows["alter_bis"].fillna(OPEN_END).astype(int)
    delivered = sorted(set(zip(rows["alter_von"].astype(int), last, strict=True)))
    if wanted.alter is None:
        first, end = delivered[0][0], max(bis for _, bis in delivered)
    else:
        first, bis = wanted.alter_grenzen
        end = OPEN_END if bis is None else bis
    tiles = tile(delivered, first, end)
    keep = pd.Series(list(zip(rows["alter_von"].astype(int), last, strict=True)), rows.index)
    return rows[keep.isin(tiles)]


def tile(delivered: list[Age], first: int, last: int) -> list[Age]:
    """Find age groups that follow on one another from ``first`` to ``last``.

    Long groups are tried first, so that the fewest are summed.

    Examples
    --------
    >>> tile([(0, 2), (0, 6), (3, 5), (6, 17)], 0, 17)
    [(0, 2), (3, 5), (6, 17)]
    """
    if first > last:
        return []
    for von, bis in sorted((a for a in delivered if a[0] == first), key=lambda a: -a[1]):
        if bis == last:
            return [(von, bis)]
        if bis < last and (rest := tile(delivered, bis + 1, last)):
            return [(von, bis), *rest]
    return []


def _add(rows: pd.DataFrame, by: list[str]) -> pd.DataFrame:
    """Sum counts; the sum's status is the worst of its parts."""
    worst = {rank: status for status, rank in RANK.items()}
    grouped = rows.assign(rank=rows["status"].map(RANK)).groupby(by)
    result = pd.DataFrame(
        {
            "anzahl": grouped["anzahl"].sum(min_count=1).astype("Int64"),
            "status": grouped["rank"].max().map(worst),
        }
    )
    result.loc[result["status"] != GEZAEHLT, "anzahl"] = pd.NA
    return result


def _empty() -> pd.DataFrame:
    index = pd.MultiIndex.from_arrays([[], []], names=KEY)
    return pd.DataFrame({"anzahl": pd.array([], "Int64"), "status": []}, index=index)
