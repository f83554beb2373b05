"""Whether two selections count the same: then what is made from them is related by construction."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import product
from typing import TYPE_CHECKING

from spm.text.ages import OPEN_END

if TYPE_CHECKING:
    from spm.config.params import Params
    from spm.config.selections import Auswahl, Zusammenhang


class Overlaps:
    """What is known of measures that have people in common.

    Two selections overlap if they take the same measure in groups that can have somebody in
    common; if a known sum of the catalogue joins their measures; if one is the unit of the other
    (Bedarfsgemeinschaften and the people in them); or if both are counted from the same list of
    persons under conditions that somebody can fulfil together. Years do not matter: who lives
    somewhere lives there a year later, as a rule.

    Parameters
    ----------
    sums : known sums of the catalogue.
    """

    def __init__(self, params: Params, sums: Mapping[str, Zusammenhang]) -> None:
        self._joined: set[frozenset[str]] = set()
        for known in sums.values():
            for part in (*known.teile, *known.abzueglich):
                self._join(known.summe.merkmal, part.merkmal)
        self._lists: list[Mapping[str, Mapping[str, list[str]]]] = []
        for delivery in params.lieferungen.values():
            for measure, unit in delivery.beitragende.items():
                self._join([measure], [unit])
            for table in delivery.tabellen:
                if counted := table.zaehlen:
                    # Who has several findings may have any other one, too
                    self._lists.append({m: counted.merkmale.get(m, {}) for m in counted.measures})

    def _join(self, first: Iterable[str], second: Iterable[str]) -> None:
        self._joined |= {frozenset(pair) for pair in product(first, second)}

    def between(self, first: Iterable[Auswahl], second: Iterable[Auswahl]) -> str:
        """What two indicators both count: measures, joined; empty if nothing.

        Parameters
        ----------
        first, second : selections of each of them.
        """
        for one, other in product(first, second):
            for a, b in product(one.merkmal, other.merkmal):
                if a == b:
                    if _have_in_common(one, other):
                        return a
                elif frozenset((a, b)) in self._joined or self._same_persons(a, b):
                    return f"{a}, {b}"
        return ""

    def _same_persons(self, first: str, second: str) -> bool:
        for counted in self._lists:
            if first in counted and second in counted:
                one, other = counted[first], counted[second]
                shared = one.keys() & other.keys()
                if all(set(one[column]) & set(other[column]) for column in shared):
                    return True
        return False


def _have_in_common(one: Auswahl, other: Auswahl) -> bool:
    """Whether somebody can be in the groups of both selections of a measure."""
    (a, b), (c, d) = ((s.ages[0], s.ages[1]) if s.ages else (0, None) for s in (one, other))
    if a > (OPEN_END if d is None else d) or c > (OPEN_END if b is None else b):
        return False
    groups = (
        (one.geschlecht, other.geschlecht),
        (one.staatsangehoerigkeit, other.staatsangehoerigkeit),
        (one.auspraegung, other.auspraegung),
    )
    return all(x is None or y is None or bool(set(x) & set(y)) for x, y in groups)
