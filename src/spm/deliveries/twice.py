"""The same numbers twice: a file that was sent for two years, or under two names."""

from __future__ import annotations

import re
from collections.abc import Sequence

import pandas as pd

from spm.deliveries.checking import SIZES
from spm.deliveries.findings import HINWEIS, Finding, Source
from spm.deliveries.mapping import KEY
from spm.facts import GEZAEHLT

LEAST_CELLS, LEAST_NUMBERS = 8, 4
"""So many counts, and different numbers among them, are never all the same by chance."""

LEAST_COUNT = 10
"""Persons or cases from which a count counts among these: a handful may well stay the same."""

_STANDING = re.compile(rf"{SIZES}|plaetze|angebote|einrichtungen|gruppen|spielplatz")
"""Measures of what is built rather than counted anew each year: green stays green."""

_BLOCK = ["_tabelle", "merkmal", "jahr"]
_WITHIN = [column for column in KEY if column not in _BLOCK]


def check_twice(rows: pd.DataFrame, sources: Sequence[Source]) -> list[Finding]:
    """Note measures whose counts are the same in two years, or in two files, cell by cell.

    What a file looks like does not matter: a copy that was saved again, or exported as another
    kind, has the same counts.

    Parameters
    ----------
    rows : as delivered, nothing added: columns of ``mapping.KEY``, anzahl, status and ``_tabelle``
        (position in ``sources``).

    Returns
    -------
    list of Finding
        One per two files and years, at the later of them, naming its measures. Two measures of one
        file may be the same (a sum with one part); of two years, or two files, they are told.
    """
    counted = rows[rows["status"].eq(GEZAEHLT)]
    names = counted["merkmal"].astype("str")
    counted = counted[~names.isin([name for name in names.unique() if _STANDING.search(name)])]
    if counted.empty:
        return []
    cells = counted[_WITHIN].astype("str").fillna("").assign(anzahl=counted["anzahl"].astype(float))
    hashed = pd.util.hash_pandas_object(cells, index=False)
    blocks = counted[_BLOCK].assign(
        _sum=hashed.to_numpy(), _above=counted["anzahl"].ge(LEAST_COUNT), _number=counted["anzahl"]
    )
    groups = blocks.groupby(_BLOCK, sort=True).agg(
        same=("_sum", "sum"),
        size=("_sum", "size"),
        above=("_above", "sum"),
        number=("_number", "nunique"),
    )
    groups = groups[groups["above"].ge(LEAST_CELLS) & groups["number"].ge(LEAST_NUMBERS)]
    first: dict[tuple[int, int], tuple[int, str, int]] = {}
    told: dict[tuple[int, int, int, int], list[str]] = {}
    for (position, measure, year), same, size in zip(
        groups.index, groups["same"], groups["size"], strict=True
    ):
        here = (int(position), str(measure), int(year))
        before = first.setdefault((int(same), int(size)), here)
        other_file = sources[before[0]].datei != sources[here[0]].datei
        if before != here and (before[1] == measure or other_file):
            key = (before[0], before[2], here[0], here[2])
            told.setdefault(key, []).append(here[1])
    return [_finding(sources, *key, measures) for key, measures in told.items()]


def _finding(
    sources: Sequence[Source], one: int, year: int, other: int, later: int, measures: list[str]
) -> Finding:
    years = f"von {year} und {later}" if year != later else f"von {year}"
    before = sources[one]
    files = "" if before.datei == sources[other].datei else f" in «{before.datei}» und hier"
    return sources[other].finding(
        f"Die Zahlen {years} sind{files} in jeder Zelle gleich ({', '.join(measures)}): Ist eine "
        "Datei zweimal geliefert?",
        "Die richtige Datei anfordern; sonst ist nichts zu tun.",
        schwere=HINWEIS,
    )
