"""Age groups of one table and of one measure: they may contain, but not cut each other."""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import cache
from types import MappingProxyType

import pandas as pd

from spm.config.tables import Tabelle
from spm.deliveries.crosschecks import SPLITS, above_totals, moved
from spm.deliveries.findings import Finding, Source
from spm.deliveries.mapping import KEY
from spm.facts import GEZAEHLT
from spm.text.ages import OPEN_END, Age, tile

PAIRS_TOLD = 3
"""Overlapping pairs that one finding names."""


def spans(rows: pd.DataFrame) -> set[Age]:
    """First and last age of every age group of the rows; all ages together are none."""
    first = rows["alter_von"].dropna().astype(int)
    last = rows.loc[first.index, "alter_bis"].fillna(OPEN_END).astype(int)
    return set(zip(first.tolist(), last.tolist(), strict=True))


def check_overlaps(rows: pd.DataFrame, tables: Sequence[tuple[Tabelle, Source]]) -> list[Finding]:
    """Report age groups of one table that cut each other: who is 3 belongs to 0–3 and to 3–6.

    Groups that others make up exactly (0–17 beside 0–2, 3–5 …) may cut a third one (15–24), and
    so may groups that the params file names one by one, unless they share but their limit.

    Parameters
    ----------
    rows : columns of ``mapping.KEY`` and ``mapping.CELL``, ``_tabelle`` (position in ``tables``).

    Returns
    -------
    list of Finding
        One per table and measure, naming the first pairs.
    """
    ages = ["_tabelle", "merkmal", "jahr", "alter_von", "alter_bis"]
    aged = rows.loc[rows["alter_von"].notna(), [*ages, *SPLITS, "_zeile"]]
    kind = aged[SPLITS].notna().astype(int).dot([1, 2, 4])
    aged = aged.assign(_art=kind).drop_duplicates([*ages, "_art"])
    wrong: dict[tuple[int, str], set[tuple[Age, Age]]] = {}
    for (position, measure, _, _), own in aged.groupby(["_tabelle", "merkmal", "jahr", "_art"]):
        cut = _cut(frozenset(spans(own)), by_name=_by_name(tables[position][0]))
        if cut:
            wrong.setdefault((position, measure), set()).update(cut)
    found = []
    for (position, measure), pairs in wrong.items():
        table, source = tables[position]
        own = aged[(aged["_tabelle"] == position) & (aged["merkmal"] == measure)]
        told = [
            f"{shown(first)} und {shown(second)} (wer {second[0]} ist, gehört zu beiden)"
            for first, second in sorted(pairs)[:PAIRS_TOLD]
        ]
        more = f" und {len(pairs) - PAIRS_TOLD} weitere Paare" if len(pairs) > PAIRS_TOLD else ""
        starts = {second[0] for _, second in pairs}
        firsts = own[own["alter_von"].isin(starts)].drop_duplicates("alter_von")
        found.append(
            source.finding(
                f"Altersgruppen von «{measure}» überschneiden sich: {', '.join(told)}{more}.",
                "Ist «bis unter» gemeint, die Gruppen unter werte.alter zuordnen "
                f"({_meant(min(pairs)[0], min(pairs)[1])}). Überschneiden sie sich zu Recht, dort "
                "jede Gruppe nennen.",
                zeilen=firsts["_zeile"].dropna(),
                spalte=table.spalten.get("alter") or table.spalten.get("alter_von", ""),
            )
        )
    return found


@cache
def _cut(ages: frozenset[Age], *, by_name: bool) -> tuple[tuple[Age, Age], ...]:
    """`overlapping`, once for the same age groups of many years."""
    return tuple(overlapping(ages, by_name=by_name))


def overlapping(ages: Collection[Age], *, by_name: bool) -> Iterator[tuple[Age, Age]]:
    """Pairs of age groups that cut each other, but for those that may.

    Parameters
    ----------
    by_name : whether the params file names every group; then only a common limit is an error.
    """
    atoms = sorted(age for age in ages if not tile(set(ages) - {age}, *age))
    for i, first in enumerate(atoms):
        for second in atoms[i + 1 :]:
            cut = first[0] < second[0] <= first[1] < second[1]
            if cut and (not by_name or second[0] == first[1]):
                yield first, second


def _by_name(table: Tabelle) -> bool:
    return not {"alter", "alter_von"} & table.spalten.keys() or "alter" in table.werte


def _meant(first: Age, second: Age) -> str:
    """The groups as they were probably meant: the first ends before the second begins."""
    return f"{first[0]}-{second[0] - 1}, {second[0]}{_end(second)} …"


def _end(age: Age) -> str:
    return "+" if age[1] == OPEN_END else f"-{age[1] - 1}"


def shown(age: Age) -> str:
    """An age group in words: "3–5", "65 und mehr", "17"."""
    first, last = age
    if last == OPEN_END:
        return f"{first} und mehr"
    return str(first) if first == last else f"{first}–{last}"


def check_ages(
    rows: pd.DataFrame,
    sources: Sequence[Source],
    errors: Mapping[str, int] = MappingProxyType({}),
) -> list[Finding]:
    """Report age groups that add up to more than an age group, or all ages, around them.

    Of groups that cut each other as many as do not are added up at a time.
    """
    counted = rows[rows["status"] == GEZAEHLT]
    nested = [
        (measure, *pair)
        for measure, own in counted.groupby("merkmal", sort=True)
        for pair in _nested(own)
    ]
    if not nested:
        return []
    columns = ["merkmal", "_kette", "_von", "_bis", "alter_von", "alter_bis"]
    pairs = pd.DataFrame(nested, columns=columns).astype(
        {"merkmal": "str"} | dict.fromkeys(columns[1:], "Int64")
    )
    key = [column for column in KEY if column not in ("alter_von", "alter_bis")]
    parts = counted.merge(pairs, on=["merkmal", "alter_von", "alter_bis"])
    parts = parts.assign(_fehler=moved(parts, sources, errors))
    sums = parts.groupby([*key, "_kette", "_von", "_bis"], dropna=False, sort=False).agg(
        teile=("anzahl", "sum"), _fehler=("_fehler", "sum")
    )
    sums = sums.reset_index().sort_values("teile", ascending=False)
    sums = sums.drop_duplicates([*key, "_von", "_bis"])  # of several chains the largest sum
    both = counted.merge(sums.rename(columns={"_von": "alter_von", "_bis": "alter_bis"}), on=KEY)
    return above_totals(
        both[both["teile"] > both["anzahl"]],
        sources,
        errors,
        "Die Summe der enthaltenen Altersgruppen ({teile}) ist größer als die Zahl der ganzen "
        "Altersgruppe",
        "Eine der Zahlen ist falsch, oder die Altersgrenzen sind falsch zugeordnet.",
    )


def _nested(own: pd.DataFrame) -> Iterable[tuple]:
    """(number of a chain, outer von, bis, inner von, bis) for groups inside every wider one.

    A chain holds the finest groups that do not cut each other; another one begins where they do.
    """
    raw = {}
    for pair in (
        own[["alter_von", "alter_bis"]].drop_duplicates().itertuples(index=False, name=None)
    ):
        first, last = (None if pd.isna(age) else int(age) for age in pair)
        raw[first, last] = (first or 0, OPEN_END if last is None else last)
    for outer, (start, end) in raw.items():
        inner = {
            age: span
            for age, span in raw.items()
            if start <= span[0] and span[1] <= end and (age[0] is not None)
            and (span != (start, end) or outer[0] is None)
        }  # fmt: skip
        finest = [
            age
            for age, (a, b) in inner.items()
            if not any(a <= c and d <= b and (c, d) != (a, b) for c, d in inner.values())
        ]
        ends: list[int] = []
        for age in sorted(finest, key=lambda age: (inner[age][1], inner[age][0])):
            first, last = inner[age]
            chain = next((i for i, free in enumerate(ends) if first > free), len(ends))
            ends[chain : chain + 1] = [last]
            yield (chain, *outer, *age)
