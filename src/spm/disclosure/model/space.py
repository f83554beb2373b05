"""Who there is: one variable per measure, year, place and smallest group.

A place is an area, "nz" (people whom the sender assigned to no area), "rest" (people in the
municipality's total whom no area and no "nz" row holds) or a facility. A total that legitimately
counts something else than the areas together is a place of its own, "gesamt"
(`spm.disclosure.model.owntotals`).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

import pandas as pd

from spm.config.delivery import Umfang
from spm.config.selections import Auswahl
from spm.disclosure.model.complete import complete
from spm.disclosure.model.groups import Groups, identity
from spm.errors import SpmError
from spm.facts import GEZAEHLT
from spm.published import GESAMT, NICHT_ZUORDENBAR
from spm.statistics.selection import Count, Store

REST = "rest"


class Tally:
    """The count of every selection, by year and place, as the indicators use it.

    Parameters
    ----------
    errors : by delivery, how far its numbers may be from the true ones.
    apart : measures whose total is not the sum of the areas (`Rules.totals`).
    """

    def __init__(
        self,
        facts: pd.DataFrame,
        selections: Iterable[Auswahl],
        areas: Sequence[str],
        errors: Mapping[str, float] | None = None,
        apart: Collection[str] = (),
    ) -> None:
        inside = facts["einrichtung"].notna()
        facilities = facts[inside].assign(raum=facts.loc[inside, "einrichtung"])
        self.facilities = sorted(facilities["raum"].unique())
        everybody = Store(facts[~inside], errors, apart)
        by_facility = Store(facilities, errors)
        self._found: dict[tuple[Hashable, ...], dict[tuple[int, str], Count]] = {}
        for wanted in selections:
            key = identity(wanted)
            if key in self._found:
                continue
            found = everybody.count(wanted, areas)
            # The store adds a sum over all facilities, which is no count of the municipality.
            own = set(self.facilities)
            inner = by_facility.count(wanted, self.facilities).items() if own else ()
            self._found[key] = found | {k: c for k, c in inner if k[1] in own}

    def of(self, wanted: Auswahl, year: int, place: str) -> Count | None:
        """The count, or None if nothing was delivered."""
        return self._found[identity(wanted)].get((year, place))

    def extend(self, wanted: Auswahl, counts: Mapping[tuple[int, str], Count]) -> None:
        """Add counts of other places than areas of today, by year and place."""
        self._found[identity(wanted)] |= counts

    def number(self, wanted: Auswahl, year: int, place: str) -> int | None:
        """The count if it was counted."""
        count = self.of(wanted, year, place)
        return count.anzahl if count is not None and count.status == GEZAEHLT else None

    def error(self, wanted: Auswahl, year: int, place: str) -> float:
        """How far the true number may be from the delivered one."""
        count = self.of(wanted, year, place)
        return 0.0 if count is None else float(count.deviation)


class Space:
    """The variables.

    Parameters
    ----------
    groups : the smallest groups of every measure.
    tally : the true counts; they tell whether anybody is in no area.
    selections, areas, years : of the report; the selections also of the other reports.
    totals : measures whose total is not the sum of the areas, and on which side of it.
    unprinted : selections of known sums whose measures no indicator has: they, too, may have people
        in no area.

    Attributes
    ----------
    groups, totals, selections : as above, each selection once.
    own_totals : measures whose total has variables of its own: it may be less than its areas.

    Raises
    ------
    SpmError
        A total is smaller than the sum of its areas.
    """

    def __init__(
        self,
        groups: Groups,
        tally: Tally,
        selections: Sequence[Auswahl],
        areas: Sequence[str],
        years: Sequence[int],
        totals: Mapping[str, Umfang] | None = None,
        unprinted: Sequence[Auswahl] = (),
    ) -> None:
        self.areas, self.groups, self._tally = list(areas), groups, tally
        self.totals = totals or {}
        self.own_totals = frozenset(m for m, extent in self.totals.items() if extent != "mehr")
        self.selections = list({identity(s): s for s in selections}.values())
        self.index: dict[Hashable, int] = {}
        self._outside: dict[tuple[str, int], list[str]] = defaultdict(list)
        self._rests: dict[tuple[Hashable, ...], int | None] = {}
        for wanted in (*self.selections, *unprinted):
            for year in years:
                self._find_outside(wanted, year)

    def variable(self, name: Hashable) -> int:
        """Number of a variable; a new one if the name is new."""
        return self.index.setdefault(name, len(self.index))

    def parts(self, wanted: Auswahl, years: Iterable[int], places: Iterable[str]) -> frozenset[int]:
        """Variables that a selection sums over years and places; "gesamt" is everybody."""
        found = []
        for year in years:
            for measure in wanted.merkmal:
                for place in self._spread(measure, year, places):
                    for group in sorted(self.groups.of(measure, wanted)):
                        found.append(self.variable((measure, year, place, group)))
        return frozenset(found)

    def cell(self, members: Iterable[tuple[str, int]], year: int, place: str) -> frozenset[int]:
        """Variables of measures and smallest groups in one year; "gesamt" is everybody."""
        return frozenset(
            self.variable((measure, year, at, group))
            for measure, group in sorted(members)
            for at in self._spread(measure, year, (place,))
        )

    def leave_open(self, measure: str, year: int) -> None:
        """Nothing was delivered: whether somebody is in no area is not known either."""
        self._outside[measure, year] = [NICHT_ZUORDENBAR, REST]

    def groups_of(self, wanted: Auswahl) -> list[tuple[str, int]]:
        """Measure and smallest group of everything a selection sums."""
        return [(m, g) for m in wanted.merkmal for g in sorted(self.groups.of(m, wanted))]

    def outside(self, wanted: Auswahl, year: int) -> list[str]:
        """ "nz" and "rest", where a measure of the selection has them in a year."""
        found = [p for m in wanted.merkmal for p in self._outside[m, year]]
        return [p for p in (NICHT_ZUORDENBAR, REST) if p in found]

    def has_rest(self, wanted: Auswahl, year: int) -> bool:
        """Whether a measure of the selection holds people of no area and no row."""
        return REST in self.outside(wanted, year)

    def rest(self, wanted: Auswahl, year: int) -> int | None:
        """How many of them a selection counts; None if a part is not known."""
        if self.own_totals.intersection(wanted.merkmal):
            return None
        return self._rests.get((identity(wanted), year))

    def adds_up(self, wanted: Auswahl, year: int) -> bool:
        """Whether readers know the total of a selection to be the sum of its places."""
        if not self.own_totals.intersection(wanted.merkmal):
            return True
        return self.same(wanted, year)

    def same(self, wanted: Auswahl, year: int) -> bool:
        """Whether the total of a selection is exactly the sum of its places."""
        return self._rests.get((identity(wanted), year)) == 0

    def _spread(self, measure: str, year: int, places: Iterable[str]) -> list[str]:
        spread = []
        for place in places:
            whole = place == GESAMT and measure not in self.own_totals
            spread += [*self.areas, *self._outside[measure, year]] if whole else [place]
        return spread

    def _find_outside(self, wanted: Auswahl, year: int) -> None:
        """Learn whether the municipality holds people of no area."""
        number = self._tally.number
        unassigned = self._tally.of(wanted, year, NICHT_ZUORDENBAR)
        found = [] if unassigned is None else [NICHT_ZUORDENBAR]
        total = number(wanted, year, GESAMT)
        inside = complete(number(wanted, year, area) for area in self.areas)
        outside = 0 if unassigned is None else unassigned.anzahl
        if total is not None and inside is not None and outside is not None:
            rest = total - sum(inside) - outside
            places = [GESAMT, *self.areas, NICHT_ZUORDENBAR]
            error = sum(self._tally.error(wanted, year, place) for place in places)
            if rest < -error and not self.own_totals.intersection(wanted.merkmal):
                raise SpmError(
                    f"Die Gesamtzahl ({total}) ist kleiner als die Summe der Räume "
                    f"({total - rest}).",
                    wo=f"Merkmal {', '.join(wanted.merkmal)}, Jahr {year}"
                    + (f", Alter {wanted.alter}" if wanted.alter else ""),
                    tun="Eine der Zahlen ist falsch, oder sie haben verschiedene Stichtage: bitte "
                    "mit der liefernden Stelle klären.",
                )
            # Where the sender changed every number for itself, sums need not add up; who is in no
            # area, if anybody is, nobody knows.
            apart = self.own_totals.intersection(wanted.merkmal)
            found += [REST] if not apart and (rest > 0 or (rest and error)) else []
            self._rests[identity(wanted), year] = None if error else rest
        for measure in wanted.merkmal:
            known = self._outside[measure, year]
            # Where a total may be more than its areas, nobody knows that it is not.
            own = [*found, REST] if self.totals.get(measure) == "mehr" else found
            known += [place for place in dict.fromkeys(own) if place not in known]


def facilities_by_kind(names: Iterable[str]) -> Mapping[str, list[str]]:
    """ "Kita: Sonnenschein" and its like by what stands before the colon."""
    kinds: dict[str, list[str]] = defaultdict(list)
    for name in names:
        kinds[name.partition(": ")[0]].append(name)
    return kinds
