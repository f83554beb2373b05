"""Counts of earlier areas, moved onto today's: nobody is lost and nobody is made.

People cannot be divided. Within a measure, year and earlier area they stand in a line, row after
row, and a fixed order of places (the method of Sainte-Laguë) says who lives where today. Every row
so keeps all its people, the sum of the rows comes as close to the shares as whole people allow, and
a longer line never gives an area fewer of them than a shorter one.

A row that contains other rows (all ages, both sexes) gets what its parts got, and its rest besides:
in no area are more girls than children.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

import numpy as np
import pandas as pd

from spm.errors import SpmError, nearest
from spm.facts import FACT_COLUMNS, GEZAEHLT, GROUPS
from spm.published import GESPERRT, NICHT_GELIEFERT

Shares = Mapping[str, Mapping[str, float]]
"""By earlier area the share of its people in each of today's areas; above 0, together 1."""

SPLITS = ("geschlecht", "staatsangehoerigkeit", "auspraegung")
WORST_LAST = [GEZAEHLT, GESPERRT, NICHT_GELIEFERT]
EVERY_AGE = (-1, 1000)
OPEN_END = 999


@dataclass(frozen=True)
class Crosswalk:
    """Where the people of the earlier areas live by today's boundaries.

    Parameters
    ----------
    shares : of people in general.
    by_measure : shares of its own for a measure (households, say), for some earlier areas.
    where : the file, for messages.
    """

    shares: Shares
    by_measure: Mapping[str, Shares] = field(default_factory=dict)
    where: str = ""

    def of(self, measure: str, area: str) -> Mapping[str, float]:
        """Today's areas of an earlier one, with the shares of a measure."""
        return self.by_measure.get(measure, {}).get(area) or self.shares[area]

    def check_measures(self, known: Iterable[str]) -> None:
        """SpmError if shares are given for a measure that nobody delivered."""
        known = set(known)
        for measure in sorted(set(self.by_measure) - known):
            raise SpmError(
                f"Das Merkmal «{measure}» der Umschlüsselung kommt in keiner Lieferung vor."
                f"{nearest(measure, known)}",
                wo=f"{self.where}, Spalte merkmal",
                tun="Bitte berichtigen, oder die Zeilen dieses Merkmals löschen.",
            )


class _Row(NamedTuple):
    line: int
    age: tuple[int, int]
    groups: tuple[str | None, ...]
    kind: tuple[bool, ...]
    number: int | None

    @property
    def counted(self) -> int:
        """``number`` of a row that was counted."""
        assert self.number is not None
        return self.number


def redistribute(facts: pd.DataFrame, crosswalk: Crosswalk) -> pd.DataFrame:
    """Move counts of earlier areas onto today's.

    Parameters
    ----------
    facts : columns ``spm.facts.FACT_COLUMNS``, of years that were delivered in the earlier areas.

    Returns
    -------
    DataFrame
        The same columns. Counts of the municipality ("gesamt"), of people without an area ("nz")
        and of facilities stay as they are. Of an earlier area that lies in several of today's,
        every count is an estimate (``geschaetzt``). A part that is suppressed or was not delivered
        makes the whole row so.
    """
    inside = facts["raum"].isin(list(crosswalk.shares)) & facts["einrichtung"].isna()
    old = facts[inside].reset_index(drop=True)
    parts: list[tuple[int, str, int | None, bool]] = []
    for (measure, _, area), own in old.groupby(["merkmal", "jahr", "raum"], sort=True):
        shares = crosswalk.of(measure, area)
        rows = _rows(own)
        if len(shares) == 1:
            (target,) = shares
            parts += [(row.line, target, row.number, False) for row in rows]
            continue
        targets = sorted(shares)
        placed = _place(rows, [shares[t] for t in targets])
        for row in rows:
            counts: Sequence[int | None] = placed.get(row.line) or [None] * len(targets)
            parts += [(row.line, t, n, True) for t, n in zip(targets, counts, strict=True)]
    moved = _together(old, parts, crosswalk)
    result = pd.concat([facts[~inside], moved], ignore_index=True)
    return result[FACT_COLUMNS].astype({"anzahl": "Int64", "geschaetzt": bool})


def _rows(own: pd.DataFrame) -> list[_Row]:
    """The rows of a measure, year and area in the order of their line."""
    plain = own[["alter_von", "alter_bis", *SPLITS, "anzahl", "status"]].astype(object)
    plain = plain.where(plain.notna(), None)
    rows = []
    for index, von, bis, *groups, count, status in plain.itertuples(name=None):
        age = EVERY_AGE if von is None else (int(von), OPEN_END if bis is None else int(bis))
        kind = (von is not None, *(g is not None for g in groups))
        known = int(count) if status == GEZAEHLT else None
        rows.append(_Row(index, age, tuple(groups), kind, known))
    return sorted(rows, key=lambda row: (row.kind, row.age, [g or "" for g in row.groups]))


def _place(rows: Sequence[_Row], shares: Sequence[float]) -> dict[int, list[int]]:
    """For every counted row how many of its people live in which of the areas."""
    counted = [row for row in rows if row.number is not None]
    parts = {row.line: [other for other in counted if _contains(row, other)] for row in counted}
    placed: dict[int, list[int]] = {}
    line: dict[tuple, list[_Row]] = defaultdict(list)
    for row in counted:
        if not parts[row.line]:
            line[row.kind].append(row)
    longest = max((sum(row.counted for row in own) for own in line.values()), default=0)
    order = sainte_lague(shares, longest)
    for own in line.values():
        start = 0
        for row in own:
            places = order[start : start + row.counted]
            placed[row.line] = np.bincount(places, minlength=len(shares)).tolist()
            start += row.counted
    for row in sorted(counted, key=lambda row: len(parts[row.line])):
        if parts[row.line]:
            placed[row.line] = _whole(row, parts[row.line], placed, shares)
    return placed


def _contains(whole: _Row, part: _Row) -> bool:
    """Whether everybody in ``part`` is in ``whole``, by their groups."""
    if part.line == whole.line or part.age[0] < whole.age[0] or part.age[1] > whole.age[1]:
        return False
    return all(w is None or w == p for w, p in zip(whole.groups, part.groups, strict=True))


def _whole(
    row: _Row, parts: Sequence[_Row], placed: Mapping[int, list[int]], shares: Sequence[float]
) -> list[int]:
    """The people of the parts where they are, and the rest as near to the shares as possible."""
    sums = []
    for kind in dict.fromkeys(part.kind for part in parts):
        own = [part for part in parts if part.kind == kind]
        finest = [part for part in own if not any(_contains(part, other) for other in own)]
        if not _overlap(finest):
            sums.append(np.sum([placed[part.line] for part in finest], axis=0))
    sums = [s for s in sums if s.sum() <= row.counted]
    least = np.max(sums, axis=0) if sums else np.zeros(len(shares), dtype=int)
    if least.sum() > row.counted:  # two ways to split the row, neither complete
        least = max(sums, key=lambda s: s.sum())
    rest = row.counted - int(least.sum())
    return (least + _largest_remainder(row.counted * np.array(shares) - least, rest)).tolist()


def _overlap(parts: Sequence[_Row]) -> bool:
    """Whether age groups overlap, so that their sum means nothing."""
    by_group = defaultdict(list)
    for part in parts:
        by_group[part.groups].append(part.age)
    return any(
        later[0] <= earlier[1]
        for ages in by_group.values()
        for earlier, later in zip(sorted(ages), sorted(ages)[1:], strict=False)
    )


def _largest_remainder(wanted: np.ndarray, people: int) -> np.ndarray:
    """Whole people in the proportions of what is wanted (negative: nobody)."""
    if people == 0:
        return np.zeros(len(wanted), dtype=int)
    wanted = np.maximum(wanted, 0.0)
    exact = people * wanted / wanted.sum()
    result = np.floor(exact).astype(int)
    first = np.argsort(result - exact, kind="stable")[: people - int(result.sum())]
    result[first] += 1
    return result


def sainte_lague(shares: Sequence[float], people: int) -> np.ndarray:
    """Position of the area in which each of so many people lives, one after the other.

    Whoever breaks off this order early has the right apportionment of fewer people (Sainte-Laguë
    has no Alabama paradox): the j-th person of an area comes at share / (2 j + 1).

    Examples
    --------
    >>> sainte_lague([0.5, 0.25, 0.25], 8).tolist()
    [0, 0, 1, 2, 0, 0, 1, 2]
    """
    most = [int(people * share) + len(shares) + 1 for share in shares]
    areas = np.repeat(np.arange(len(shares)), most)
    turn = np.concatenate([share / (2 * np.arange(n) + 1) for share, n in zip(shares, most)])  # noqa: B905
    return areas[np.lexsort((areas, -turn))][:people]


def _together(
    old: pd.DataFrame, parts: Sequence[tuple[int, str, int | None, bool]], crosswalk: Crosswalk
) -> pd.DataFrame:
    """Today's rows: the sums of what came from the earlier areas."""
    columns = ["_row", "_target", "_count", "_estimated"]
    part = pd.DataFrame(parts, columns=columns).astype({"_count": "Int64", "_estimated": bool})
    rows = old.loc[part["_row"]].reset_index(drop=True)
    rows = rows.assign(raum=part["_target"], anzahl=part["_count"], geschaetzt=part["_estimated"])
    rows["raum"] = rows["raum"].astype(old["raum"].dtype)
    rows["_worst"] = rows["status"].map(WORST_LAST.index).astype(int)
    key = ["merkmal", "jahr", "raum", *GROUPS]
    grouped = rows.groupby(key, dropna=False, sort=False)
    whole = grouped.head(1).copy()  # groups and their first rows come in the same order
    expected = [_parts_of(crosswalk, m, t) for m, t in whole[["merkmal", "raum"]].to_numpy()]
    # An earlier area without such a row leaves the sum unknown.
    incomplete = grouped.size().to_numpy() < np.array(expected, dtype=int)
    worst = np.where(incomplete, len(WORST_LAST) - 1, grouped["_worst"].max().to_numpy())
    whole["status"] = pd.array([WORST_LAST[w] for w in worst], dtype=old["status"].dtype)
    whole["anzahl"] = pd.Series(grouped["anzahl"].sum().to_numpy(), whole.index).where(worst == 0)
    whole["geschaetzt"] = grouped["geschaetzt"].any().to_numpy()
    return whole


def _parts_of(crosswalk: Crosswalk, measure: str, target: str) -> int:
    """How many earlier areas have people in one of today's."""
    return sum(target in crosswalk.of(measure, area) for area in crosswalk.shares)
