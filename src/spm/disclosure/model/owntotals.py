"""Totals that legitimately are more, or less, than the sum of their areas (``gesamtzahl``).

Moves of a municipality hold those across its border only, those of its areas also the moves between
them; cases without an address are in the total alone. What readers may conclude is an inequality,
or nothing, and never the equation:

- "mehr": the municipality is its areas and a rest that may be nobody (`Space`: the place "rest");
- "weniger": it has variables of its own, in no group more than those of the areas together;
- "anders": it has variables of its own, and nothing follows from one for the other.

Somebody may believe the equation all the same. Where it happens to hold, it is therefore taken for
known; where it does not hold, what follows from it is not true. To know more only makes what must
stay possible harder to keep open, so a reader who knows less is stopped, too.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import product

from spm.config.selections import Auswahl
from spm.disclosure.inputs.everything import Inputs
from spm.disclosure.model.complete import complete
from spm.disclosure.model.groups import identity
from spm.disclosure.model.space import Space, Tally
from spm.disclosure.problem import Relation
from spm.errors import SpmError
from spm.published import GESAMT, NICHT_ZUORDENBAR


def sums_of_totals(space: Space, tally: Tally, inputs: Inputs) -> dict[Hashable, Relation]:
    """What readers know of such totals and their areas besides the numbers themselves.

    Parameters
    ----------
    space : with the variables of all counts.

    Returns
    -------
    dict
        Relation by name.

    Raises
    ------
    SpmError
        A total is said to be less than its areas and is more, in a group that two counts tell.
    """
    _check_less(space, tally, inputs)
    relations = [*_equal(space, inputs), *_less(space)]
    return {relation.name: relation for relation in relations}


def _equal(space: Space, inputs: Inputs) -> Iterator[Relation]:
    """Totals that happen to be the sum of their areas, each as a whole."""
    for wanted, year in product(space.selections, inputs.years):
        if not space.totals.keys() & set(wanted.merkmal) or not space.same(wanted, year):
            continue
        coefficients = dict.fromkeys(sorted(space.parts(wanted, (year,), (GESAMT,))), 1.0)
        for v in sorted(space.parts(wanted, (year,), _places(space, wanted, year))):
            coefficients[v] = coefficients.get(v, 0.0) - 1.0
        name = ("Gesamtzahl gleich", *identity(wanted), year)
        yield Relation(name, {v: k for v, k in coefficients.items() if k})


def _less(space: Space) -> Iterator[Relation]:
    """In every smallest group the total is at most as many as the areas together."""
    less = {m for m, extent in space.totals.items() if extent == "weniger"}
    told = [n for n in space.index if isinstance(n, tuple) and n[0] in less and n[2] == GESAMT]
    for measure, year, _, group in told:
        one = Auswahl(merkmal=[measure])
        parts = {
            v for place in _places(space, one, year)
            for v in space.cell([(measure, group)], year, place)
        }  # fmt: skip
        total = space.variable((measure, year, GESAMT, group))
        coefficients = dict.fromkeys(sorted(parts), 1.0) | {total: -1.0}
        name = ("Gesamtzahl weniger", measure, year, group)
        yield Relation(name, coefficients, 0.0, float("inf"))


def _check_less(space: Space, tally: Tally, inputs: Inputs) -> None:
    """Of the groups that follow from two selections none may contradict what was said."""
    for measure in sorted(m for m, extent in space.totals.items() if extent == "weniger"):
        own = [s for s in space.selections if s.merkmal == [measure]]
        members = [frozenset(space.groups.of(measure, s)) for s in own]
        for year in inputs.years:
            gaps = [_gap(space, tally, s, year) for s in own]
            for i, j in product(range(len(own)), [None, *range(len(own))]):
                inner = (0.0, 0.0) if j is None else gaps[j]
                outer = gaps[i]
                if (
                    outer is None
                    or inner is None
                    or (j is not None and not members[j] < members[i])
                ):
                    continue
                more, error = outer[0] - inner[0], outer[1] + inner[1]
                if more > error:
                    age = f", Alter {own[i].alter}" if own[i].alter else ""
                    but = f" ohne Alter {own[j].alter}" if j is not None and own[j].alter else ""
                    raise SpmError(
                        f"Die Gesamtzahl ist um {more:g} größer als die Summe der Räume, obwohl "
                        "sie weniger sein soll.",
                        wo=f"Merkmal {measure}, Jahr {year}{age}{but}",
                        tun="Bitte mit der liefernden Stelle klären; kann sie größer und kleiner "
                        f"sein: gesamtzahl: {{{measure}: anders}}.",
                    )


def _gap(space: Space, tally: Tally, wanted: Auswahl, year: int) -> tuple[float, float] | None:
    """By how much a total is more than its areas, and how far that may be from the truth."""
    places = [GESAMT, *_places(space, wanted, year)]
    numbers = complete(tally.number(wanted, year, place) for place in places)
    if numbers is None:
        return None
    error = sum(tally.error(wanted, year, place) for place in places)
    return numbers[0] - sum(numbers[1:]), error


def _places(space: Space, wanted: Auswahl, year: int) -> list[str]:
    """All areas, and those without one, if there are any."""
    outside = [p for p in space.outside(wanted, year) if p == NICHT_ZUORDENBAR]
    return [*space.areas, *outside]
