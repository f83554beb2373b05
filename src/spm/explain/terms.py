"""Which facts a number is the sum of: asked of the very code that sums them.

A sum does not say what it was made of, unless each of its terms is another power of two: then it
names them. `spm.statistics.selection.Store` is given such marks in place of counts.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import NamedTuple

import pandas as pd

from spm.config.selections import Auswahl
from spm.facts import GEZAEHLT
from spm.published import GESAMT, NICHT_ZUORDENBAR
from spm.statistics.selection import DIMENSIONS, SEVERITY, Count, Store


class Term(NamedTuple):
    """The count of one measure in one year and place, and the labels of its facts."""

    measure: str
    year: int
    place: str
    found: Count
    facts: tuple[int, ...]


class Terms:
    """Finds the facts behind counts.

    Parameters
    ----------
    facts : the store of counts with unique labels; facilities or everybody, see ``raum``.
    areas : keys of all areas.
    apart : measures whose municipality is no sum of areas.
    """

    def __init__(
        self, facts: pd.DataFrame, areas: Sequence[str], apart: Collection[str] = ()
    ) -> None:
        self._facts, self._areas, self._apart = facts, areas, apart

    def of(self, wanted: Auswahl, year: int, place: str) -> list[Term]:
        """The terms of a selection in a year and place, in the order of measures and areas; one
        that was not delivered has no facts and is left out."""
        found: list[Term] = []
        for measure in wanted.merkmal:
            one = wanted.model_copy(update={"merkmal": [measure]})
            found += self._terms(one, self._answers(one, year), year, place)
        return found

    def delivers(self, measure: str, year: int, place: str) -> bool:
        """Whether a measure was delivered there in any groups; of the municipality, anywhere."""
        own = self._facts["merkmal"].eq(measure) & self._facts["jahr"].eq(year)
        return bool((own if place == GESAMT else own & self._facts["raum"].eq(place)).any())

    def _terms(
        self, wanted: Auswahl, answers: Mapping[str, Term], year: int, place: str
    ) -> list[Term]:
        own = [answers[place]] if place in answers else []
        (measure,) = wanted.merkmal
        if place != GESAMT or measure in self._apart or (own and _counted(own[0])):
            return own
        # As `Store.count` does: all areas and those without one, if each of them is known.
        parts = [answers[a] for a in (*self._areas, NICHT_ZUORDENBAR) if a in answers]
        complete = set(self._areas) <= set(answers) and all(map(_counted, parts))
        return parts if complete or not own else own

    def _answers(self, wanted: Auswahl, year: int) -> dict[str, Term]:
        """By place the term of one measure, from the kind of facts that the store prefers."""
        (measure,) = wanted.merkmal
        rows = self._facts[self._facts["merkmal"].eq(measure) & self._facts["jahr"].eq(year)]
        best: dict[str, tuple[Count, pd.DataFrame]] = {}
        for kind in _kinds(rows):
            for (_, place), count in Store(kind, apart=[measure]).count(wanted, ()).items():
                if place not in best or _severity(count) < _severity(best[place][0]):
                    best[place] = count, kind
        named: dict[int, dict[str, tuple[int, ...]]] = {}
        for _, kind in best.values():
            if id(kind) not in named:
                named[id(kind)] = _named(kind, wanted, measure)
        return {
            place: Term(measure, year, place, count, named[id(kind)].get(place, ()))
            for place, (count, kind) in best.items()
        }


def _kinds(rows: pd.DataFrame) -> Iterator[pd.DataFrame]:
    """Facts of one delivery that are split alike, the least split first, as the store looks at
    them."""
    by_age = rows["alter_von"].notna()
    by_group = [rows[d].notna() for d in DIMENSIONS]
    kinds = [
        (sum(split), (sender, split[0], tuple(split[1:])))
        for sender, *split in zip(rows["lieferung"], by_age, *by_group, strict=True)
    ]
    for kind in sorted(set(kinds)):
        yield rows[[own == kind for own in kinds]]


def _named(kind: pd.DataFrame, wanted: Auswahl, measure: str) -> dict[str, tuple[int, ...]]:
    """By place the labels of the facts that its count sums."""
    position = kind.groupby("raum").cumcount()
    marks = pd.Series([1 << int(n) for n in position], kind.index, dtype=object)
    marked = kind.assign(anzahl=marks, status=GEZAEHLT)
    found = {}
    for (_, place), count in Store(marked, apart=[measure]).count(wanted, ()).items():
        own = kind.index[kind["raum"].eq(place)]
        found[place] = tuple(int(label) for n, label in enumerate(own) if count.known >> n & 1)
    return found


def _severity(count: Count) -> int:
    return SEVERITY.index(count.status)


def _counted(term: Term) -> bool:
    return term.found.status == GEZAEHLT
