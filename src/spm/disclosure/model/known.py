"""Sums that every reader knows besides those of the printed numbers themselves."""

from __future__ import annotations

from collections.abc import Hashable, Sequence
from itertools import product

from spm.disclosure.inputs.everything import Inputs
from spm.disclosure.model.complete import complete
from spm.disclosure.model.groups import identity
from spm.disclosure.model.space import REST, Space, Tally, facilities_by_kind
from spm.disclosure.model.units import units_of
from spm.disclosure.problem import Relation
from spm.published import GESAMT, NICHT_ZUORDENBAR

Relations = dict[Hashable, Relation]


def known_sums(space: Space, tally: Tally, inputs: Inputs) -> Relations:
    """Facilities share out the people of the municipality; measures add up to each other; every
    unit (household, say) has somebody in it.

    Returns
    -------
    dict
        Relation by name.
    """
    return (
        _facility_sums(space, tally, inputs)
        | _sums_of_measures(space, tally, inputs)
        | _people_of_units(space, tally, inputs)
    )


def _facility_sums(space: Space, tally: Tally, inputs: Inputs) -> Relations:
    """The facilities of a kind share out the people of the municipality."""
    printed = {
        identity(s): s for k in inputs.catalogue.values() if k.je_einrichtung for s in k.selections
    }
    number = tally.number
    relations: Relations = {}
    for kind, names in sorted(facilities_by_kind(tally.facilities).items()):
        for wanted, year in product(printed.values(), inputs.years):
            total = number(wanted, year, GESAMT)
            inside = sum(number(wanted, year, name) or 0 for name in names)
            error = sum(tally.error(wanted, year, place) for place in (GESAMT, *names))
            if total is None or total + error < inside:
                continue
            others = total > inside or error > 0
            for measure, group in space.groups_of(wanted):
                relations |= _facility_sum(
                    space, inputs, kind, names, (measure, year, group), others
                )
    return relations


def _facility_sum(
    space: Space,
    inputs: Inputs,
    kind: str,
    names: Sequence[str],
    cell: tuple[str, int, int],
    others: bool,
) -> Relations:
    measure, year, group = cell
    own = measure in space.own_totals
    places = [GESAMT] if own else [*inputs.areas, NICHT_ZUORDENBAR, REST]
    everybody = [
        space.index[measure, year, place, group]
        for place in places
        if (measure, year, place, group) in space.index
    ]
    if not everybody:
        return {}
    inside = [space.variable((measure, year, name, group)) for name in names]
    if others:
        inside.append(space.variable((measure, year, f"{kind}: andere", group)))
    coefficients = dict.fromkeys(everybody, -1.0) | dict.fromkeys(inside, 1.0)
    name = ("Einrichtungen", kind, *cell)
    return {name: Relation(name, coefficients)}


def _people_of_units(space: Space, tally: Tally, inputs: Inputs) -> Relations:
    """There are no fewer people than units that they come from, where both are printed."""
    printed = {identity(s): s for k in inputs.catalogue.values() for s in k.selections}
    relations: Relations = {}
    for wanted in printed.values():
        for measure in inputs.rules.of(wanted).units:
            units = units_of(measure, wanted)
            if identity(units) not in printed:
                continue
            places = [*inputs.areas, NICHT_ZUORDENBAR]
            places += [GESAMT] if space.own_totals & {*wanted.merkmal, *units.merkmal} else []
            for year, place in product(inputs.years, places):
                if None in (tally.of(wanted, year, place), tally.of(units, year, place)):
                    continue
                people, number = (tally.number(w, year, place) for w in (wanted, units))
                if people is not None and number is not None and people < number:
                    continue  # some units have nobody whom this selection counts
                signs = [(wanted, 1.0), (units, -1.0)]
                coefficients = {
                    v: sign for w, sign in signs for v in sorted(space.parts(w, (year,), (place,)))
                }
                name = ("Einheiten", measure, identity(wanted), year, place)
                relations[name] = Relation(name, coefficients, 0.0, float("inf"))
    return relations


def _sums_of_measures(space: Space, tally: Tally, inputs: Inputs) -> Relations:
    """The sums between measures that the catalogue names, where they hold."""
    relations: Relations = {}
    for name, known in sorted(inputs.sums.items()):
        signs = [(known.summe, -1.0), *((g, 1.0) for g in known.teile)]
        signs += [(g, -1.0) for g in known.abzueglich]
        places = [*inputs.areas, NICHT_ZUORDENBAR, GESAMT]
        by_area: set[int] = set()
        own = any(space.own_totals.intersection(g.merkmal) for g, _ in signs)
        for year, place in product(inputs.years, places):
            members = [(g, year - (g.jahr == "vorjahr"), sign) for g, sign in signs]
            values = complete(tally.number(g, y, place) for g, y, _ in members)
            told = [tally.of(g, y, place) for g, y, _ in members]
            # Some measures are delivered for the municipality alone; of others the areas say it.
            if None in told or (place == GESAMT and year in by_area and not own):
                continue
            by_area.add(year)
            gap, error = 0.0, sum(tally.error(g, y, place) for g, y, _ in members)
            if values is not None:
                gap = sum(v * s for v, (_, _, s) in zip(values, members, strict=True))
            if abs(gap) <= error:
                coefficients: dict[int, float] = {}
                for g, y, sign in members:
                    for v in sorted(space.parts(g, (y,), (place,))):
                        coefficients[v] = coefficients.get(v, 0.0) + sign
                label = ("Zusammenhang", name, year, place)
                relations[label] = Relation(label, coefficients)
    return relations
