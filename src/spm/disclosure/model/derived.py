"""Counts that no row prints but subtraction gives: differences, rests, single years of a mean."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Mapping, Sequence

from spm.disclosure.inputs.everything import Inputs
from spm.disclosure.inputs.rules import Rule
from spm.disclosure.model.complete import complete
from spm.disclosure.model.counts import Counts, Window
from spm.disclosure.model.groups import identity
from spm.disclosure.model.space import REST, facilities_by_kind
from spm.disclosure.problem import Count, Item
from spm.facts import is_facility
from spm.published import GESAMT, NICHT_ZUORDENBAR

Partition = tuple[int, tuple[int, ...]]
YearsAndPlaces = tuple[tuple[int, ...], tuple[str, ...]]


def add_derived(counts: Counts, items: Sequence[Item], inputs: Inputs) -> list[Partition]:
    """Add the small counts that published ones give away by subtraction.

    Returns
    -------
    list of (whole, parts)
        All sums whose whole and parts are printed, for the reader who subtracts.
    """
    printed = sorted({s.count for item in items for s in item.shows})
    _single_cells(counts, printed)
    _outside(counts, printed)
    together = _by_window(counts, printed)
    _left_of_sums(counts, together, inputs)
    partitions = _nested(counts, together)
    partitions += _places(counts, printed, inputs)
    return list(dict.fromkeys(partitions))


def _single_cells(counts: Counts, printed: Sequence[int]) -> None:
    """Years and areas that are printed together only: each of them is a count, too."""
    for index in printed:
        for window in list(counts.windows.get(index, ())):
            if len(window.years) * len(window.places) > 1:
                for year in window.years:
                    for place in window.places:
                        if place not in counts.uncounted:
                            counts.add(Window(window.wanted, (year,), (place,)))


def _outside(counts: Counts, printed: Sequence[int]) -> None:
    """People in the total and in no area, where the sender gave no number of them."""
    for index in printed:
        for window in list(counts.windows.get(index, ())):
            if window.places == (GESAMT,):
                for year in window.years:
                    counts.add_rest(Window(window.wanted, (year,), (REST,)))


def _by_window(counts: Counts, printed: Sequence[int]) -> dict[YearsAndPlaces, list[int]]:
    """What is printed of the same years and places."""
    together: dict[YearsAndPlaces, list[int]] = defaultdict(list)
    for index in printed:
        for at in {(w.years, w.places) for w in counts.windows.get(index, ())}:
            together[at].append(index)
    return dict(sorted(together.items()))


def _nested(counts: Counts, together: Mapping[YearsAndPlaces, Sequence[int]]) -> list[Partition]:
    """Counts of one place and window, one inside the other."""
    partitions: list[Partition] = []
    for indices in together.values():
        for whole in indices:
            inside = [i for i in indices if counts.all[i].parts < counts.all[whole].parts]
            for part in inside:
                _left_over(counts, whole, (part,))
                partitions.append((whole, (part,)))
                partitions.append((whole, _disjoint(counts, part, inside)))
    return partitions


def _left_of_sums(
    counts: Counts, together: Mapping[YearsAndPlaces, Sequence[int]], inputs: Inputs
) -> None:
    """What is left of a sum between measures that readers know, after its printed parts.

    Who knows that the parts of one measure add up to another one subtracts what is printed of them.
    """
    for name, known in sorted(inputs.sums.items()):
        if known.abzueglich or any(g.jahr != "gleich" for g in (known.summe, *known.teile)):
            continue
        measures = {m for g in known.teile for m in g.merkmal}
        for (years, places), printed in together.items():
            if is_facility(places[0]) or not any(
                measures & set(w.wanted.merkmal)
                for i in printed
                for w in counts.windows[i]
                if (w.years, w.places) == (years, places)
            ):
                continue
            total = Window(known.summe, years, places)
            members = [Window(g, years, places) for g in known.teile]
            values = complete(counts.value(w) for w in (total, *members))
            if values is None or values[0] != sum(values[1:]):
                continue
            if values[0] < counts.rule(total).threshold:  # the sum is secret under its own name
                continue
            parts = frozenset().union(*map(counts.parts, members))
            inside = [i for i in printed if counts.all[i].parts < parts]
            whole = counts.add_parts(parts, values[0], counts.rule(total), f"{name}: Summe")
            counts.printed.same(whole, counts.find(total))
            for part in inside:
                _left_over(counts, whole, (part,))
                _left_over(counts, whole, _disjoint(counts, part, inside))


def _left_over(counts: Counts, whole: int, parts: Sequence[int]) -> None:
    """The people of the whole that are in none of its parts, if they are few."""
    outer, *inner = (counts.all[i] for i in (whole, *parts))
    taken = complete(part.value for part in inner)
    if outer.value is None or taken is None:
        return
    left = outer.parts - frozenset().union(*(part.parts for part in inner))
    number = outer.value - sum(taken)
    threshold = max(count.threshold for count in (outer, *inner))
    # Nobody left may only mean that the two definitions agree.
    if left and 0 < number < threshold:
        rule = Rule(int(threshold), outer.zeros_shown)
        names = " und ".join(str(part.name) for part in inner)
        index = counts.add_parts(left, number, rule, f"{outer.name} ohne {names}")
        counts.printed.derived(index, whole, parts)


def _disjoint(counts: Counts, first: int, others: Sequence[int]) -> tuple[int, ...]:
    """Parts that do not overlap, beginning with one; larger ones are taken first."""
    chosen, used = [first], set(counts.all[first].parts)
    for other in sorted(others, key=lambda i: (-len(counts.all[i].parts), i)):
        if not used & counts.all[other].parts:
            chosen.append(other)
            used |= counts.all[other].parts
    return tuple(sorted(chosen))


def _places(counts: Counts, printed: Sequence[int], inputs: Inputs) -> list[Partition]:
    """Areas, groups of areas and facilities as parts of the municipality."""
    families: dict[tuple[Hashable, ...], dict[tuple[str, ...], int]] = defaultdict(dict)
    apart: set[tuple[Hashable, ...]] = set()  # whose total is no sum of areas
    for index in printed:
        for window in counts.windows.get(index, ()):
            families[identity(window.wanted), window.years][window.places] = index
            if not counts.adds_up(window):
                apart.add((identity(window.wanted), window.years))
    kinds = [
        tuple(names)
        for places in [{p for found in families.values() for key in found for p in key}]
        for names in facilities_by_kind(sorted(p for p in places if is_facility(p))).values()
    ]
    partitions = []
    for family, found in sorted(families.items()):
        areas = [found[(a,)] for a in (*inputs.areas, NICHT_ZUORDENBAR) if (a,) in found]
        inside_it = {*inputs.areas}
        groups = {p: i for p, i in found.items() if len(p) > 1 and inside_it.issuperset(p)}
        for places, index in groups.items():
            inside = tuple(found[(a,)] for a in places if (a,) in found)
            partitions += [(index, inside)] if inside else []
        if (GESAMT,) in found:
            whole = found[(GESAMT,)]
            sums = family not in apart
            partitions += [(whole, tuple(areas))] if sums else []
            unassigned = [found[(NICHT_ZUORDENBAR,)]] if (NICHT_ZUORDENBAR,) in found else []
            for chosen in _apart(groups) if sums else ():
                grouped = {a for places in chosen for a in places}
                alone = [found[(a,)] for a in inputs.areas if a not in grouped and (a,) in found]
                taken = [groups[places] for places in chosen]
                partitions.append((whole, (*taken, *alone, *unassigned)))
            for names in kinds:
                inside = tuple(found[(n,)] for n in names if (n,) in found)
                partitions += [(whole, inside)] if inside else []
    return [(w, p) for w, p in partitions if p and _consistent(counts.all[w], p)]


def _apart(groups: Collection[tuple[str, ...]]) -> list[list[tuple[str, ...]]]:
    """Groups of areas without a common one, beginning with each of them; of one report all are."""
    found = []
    for first in groups:
        chosen, used = [first], set(first)
        for other in groups:
            if not used & set(other):
                chosen.append(other)
                used |= set(other)
        found.append([places for places in groups if places in chosen])
    return found


def _consistent(whole: Count, parts: tuple[int, ...]) -> bool:
    return whole.value is not None and len(set(parts)) == len(parts)
