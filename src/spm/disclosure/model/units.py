"""People who come from few units: twelve people of two households are as recognisable as two.

The Federal Employment Agency, for example, tells no number of people of fewer than three
Bedarfsgemeinschaften. Over several years and areas, units are added up as people are.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

from spm.config.selections import Auswahl
from spm.disclosure.inputs.rules import Rules
from spm.disclosure.model.complete import complete
from spm.disclosure.model.groups import identity
from spm.disclosure.model.space import Tally
from spm.disclosure.problem import Units
from spm.facts import GEZAEHLT


def units_of(measure: str, wanted: Auswahl | None) -> Auswahl:
    """The selection of units that belongs to one of people; None: all units."""
    if wanted is None:
        return Auswahl(merkmal=[measure])
    return wanted.model_copy(update={"merkmal": [measure]})


def unit_selections(selections: Sequence[Auswahl], rules: Rules) -> list[Auswahl]:
    """All selections of units that `few_units` may ask for."""
    return [
        units_of(measure, w)
        for wanted in selections
        for measure in rules.of(wanted).units
        for w in (wanted, None)
    ]


def few_units(
    wanted: Auswahl, years: Sequence[int], places: Sequence[str], tally: Tally, rules: Rules
) -> str:
    """Why people must not be told although they are many; "" if they may.

    They come from fewer units than the threshold, or from nobody knows how many. If the units are
    not split by the groups of the people, those of all groups count: there are no more.
    """
    for measure, number, least in _numbers(wanted, years, places, tally, rules):
        if number is None:
            return f"unbekannt, aus wie vielen Einheiten ({measure})"
        if number < least:
            return f"aus {number} Einheiten ({measure})"
    return ""


def units_behind(
    wanted: Auswahl, years: Sequence[int], places: Sequence[str], tally: Tally, rules: Rules
) -> Units | None:
    """The units that people come from, where they are known (of several measures, the first)."""
    for measure, number, least in _numbers(wanted, years, places, tally, rules):
        if number is not None:
            return Units((measure, identity(wanted), tuple(years)), number, least)
    return None


def _numbers(
    wanted: Auswahl, years: Sequence[int], places: Sequence[str], tally: Tally, rules: Rules
) -> Iterator[tuple[str, int | None, int]]:
    """Measure, how many there are (None: not known) and how many there must be."""
    rule = rules.at(wanted, places)
    for measure in rule.units:
        found = complete(_units(measure, wanted, tally, y, p) for y, p in product(years, places))
        least = max(rule.threshold, rules.of(units_of(measure, None)).threshold)
        yield measure, None if found is None else sum(found), least


def _units(measure: str, wanted: Auswahl, tally: Tally, year: int, place: str) -> int | None:
    alike = tally.of(units_of(measure, wanted), year, place)
    count = tally.of(units_of(measure, None), year, place) if alike is None else alike
    return count.anzahl if count is not None and count.status == GEZAEHLT else None
