"""What indicators need and deliveries almost have; what deliveries have and no indicator needs."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from typing import NamedTuple

import pandas as pd

from spm.config.catalogue import Kennzahl
from spm.config.selections import Auswahl
from spm.facts import GEZAEHLT
from spm.published import COUNTS, GESAMT, NICHT_ZUORDENBAR
from spm.statistics.selection import DIMENSIONS, OPEN_END, Store
from spm.text.ages import Age, tile

MATTERS = 0.001
"""Share by which a total must differ from the sum of its areas: less does not show in a ratio."""


class Lacking(NamedTuple):
    """Groups of a delivered measure that indicators ask for in vain.

    Attributes
    ----------
    measure, wanted : the measure, and in words what is asked for: "alter 15-24".
    there : in words what was delivered.
    years : those in which it cannot be made up; empty if that is every year of the measure.
    indicators : who asks for it.
    """

    measure: str
    wanted: str
    there: str
    years: tuple[int, ...]
    indicators: tuple[str, ...]


class _Groups(NamedTuple):
    """Age groups, and by dimension the values, of rows that are split by the same groups."""

    ages: set[Age]
    values: dict[str, set[str]]


class OneSided(NamedTuple):
    """A ratio of which one side is a delivered total with people of no area, the other a sum.

    ``with_total`` and ``as_sum`` are the selections' measures; the numbers are those of ``year``.
    """

    indicators: tuple[str, ...]
    with_total: str
    as_sum: str
    year: int
    total: int
    areas: int
    sum_of_other: int


def unused(facts: pd.DataFrame, used: Collection[str]) -> dict[str, list[str]]:
    """By delivery its measures that nobody uses."""
    pairs = facts[["lieferung", "merkmal"]].drop_duplicates()
    found: dict[str, list[str]] = {}
    for sender, measure in sorted(pairs.itertuples(index=False, name=None)):
        if measure not in used:
            found.setdefault(sender, []).append(measure)
    return found


def without_first_year(facts: pd.DataFrame, catalogue: Mapping[str, Kennzahl]) -> list[str]:
    """Indicators that refer to the year before, and of which all measures were delivered: in the
    first year of the series they have no value."""
    there = set(facts["merkmal"])
    return [
        entry.id
        for entry in catalogue.values()
        if entry.years_before and all(there.issuperset(s.merkmal) for s in entry.selections)
    ]


def lacking_groups(facts: pd.DataFrame, catalogue: Mapping[str, Kennzahl]) -> list[Lacking]:
    """Selections of delivered measures that no delivered groups make up, in some year or in all.

    Of indicators all of whose measures were delivered: only the groups are missing.

    Parameters
    ----------
    facts : the store of counts.
    """
    by_measure = _delivered_groups(facts)
    found: dict[tuple[str, str, str, tuple[int, ...]], list[str]] = {}
    for entry in catalogue.values():
        slots = [wanted for slot in COUNTS if (wanted := getattr(entry, slot))]
        if any(measure not in by_measure for wanted in slots for measure in wanted.merkmal):
            continue
        for wanted, measure in ((w, m) for w in slots if _asked(w) for m in w.merkmal):
            own = by_measure[measure]
            years = [year for year in sorted(own) if not _answers(own[year].values(), wanted)]
            if years:
                there = _there(own[years[-1]].values(), wanted)
                told = () if len(years) == len(own) else tuple(years)
                key = (measure, _asked(wanted), there, told)
                found.setdefault(key, []).append(entry.id)
    return [
        Lacking(measure, wanted, there, years, tuple(dict.fromkeys(ids)))
        for (measure, wanted, there, years), ids in found.items()
    ]


def _delivered_groups(
    facts: pd.DataFrame,
) -> dict[str, dict[int, dict[tuple[object, ...], _Groups]]]:
    """By measure, year and kind (sender, and what is split) the groups that were counted."""
    counted = facts[(facts["status"] == GEZAEHLT) & facts["einrichtung"].isna()]
    columns = ["merkmal", "jahr", "lieferung", "alter_von", "alter_bis", *DIMENSIONS]
    distinct = counted[columns].drop_duplicates()
    missing = distinct.isna().to_numpy()
    found: dict[str, dict[int, dict[tuple[object, ...], _Groups]]] = {}
    for row, gone in zip(distinct.itertuples(index=False, name=None), missing, strict=True):
        measure, year, sender, first, last, *values = row
        kinds = found.setdefault(measure, {}).setdefault(int(year), {})
        kind = (sender, gone[3], *gone[5:])
        groups = kinds.setdefault(kind, _Groups(set(), {name: set() for name in DIMENSIONS}))
        if not gone[3]:
            groups.ages.add((int(first), OPEN_END if gone[4] else int(last)))
        for name, value, empty in zip(DIMENSIONS, values, gone[5:], strict=True):
            if not empty:
                groups.values[name].add(str(value))
    return found


def _asked(wanted: Auswahl) -> str:
    """The groups that a selection names, as words; "" if it takes everybody."""
    parts = [f"alter {wanted.alter}"] if wanted.ages else []
    parts += [
        f"{name} {', '.join(values)}" for name in DIMENSIONS if (values := getattr(wanted, name))
    ]
    return " und ".join(parts)


def _answers(kinds: Iterable[_Groups], wanted: Auswahl) -> bool:
    """Whether the groups of one year make up what a selection asks for."""
    asked = {d: set(getattr(wanted, d)) for d in DIMENSIONS if getattr(wanted, d)}
    first, last = wanted.ages or (None, None)
    for groups in kinds:
        if any(not values <= groups.values[d] for d, values in asked.items()):
            continue
        if first is None or tile(groups.ages, first, OPEN_END if last is None else last):
            return True
    return False


def _there(kinds: Collection[_Groups], wanted: Auswahl) -> str:
    """What was delivered in place of what is asked for, as words."""
    parts = []
    if wanted.ages:
        first, last = wanted.ages
        end = OPEN_END if last is None else last
        every = {age for groups in kinds for age in groups.ages}
        ages = sorted(age for age in every if age[0] <= end and first <= age[1])
        parts.append(f"alter {_listed(map(_age, ages))}" if ages else "kein solches Alter")
    for name in DIMENSIONS:
        if getattr(wanted, name):
            values = sorted({value for groups in kinds for value in groups.values[name]})
            parts.append(f"{name} {_listed(values)}" if values else f"nichts nach {name}")
    return ", ".join(parts)


def _age(age: Age) -> str:
    first, last = age
    return f"{first}+" if last == OPEN_END else str(first) if first == last else f"{first}-{last}"


def _listed(words: Iterable[str], most: int = 8) -> str:
    shown = list(words)
    return ", ".join(shown[:most]) + (", …" if len(shown) > most else "")


def one_sided_totals(
    facts: pd.DataFrame, catalogue: Mapping[str, Kennzahl], areas: Iterable[str]
) -> list[OneSided]:
    """Ratios whose value for the municipality counts people of no area on one side only.

    One side has a delivered total that differs from the sum of its areas; the other has none, nor
    people without an area, so that its areas are summed.
    """
    areas = list(areas)
    people = facts[facts["einrichtung"].isna()]
    whole = people[people["raum"] == GESAMT]
    has_total = set(whole["merkmal"])
    has_rest = set(people.loc[people["raum"] == NICHT_ZUORDENBAR, "merkmal"])
    ratios: dict[tuple[str, str], list[tuple[Kennzahl, Auswahl, Auswahl]]] = {}
    for entry in catalogue.values():
        if entry.nenner is None:
            continue
        sides: tuple[Auswahl, Auswahl] = (entry.zaehler, entry.nenner)
        for one, other in (sides, sides[::-1]):
            bare = not (set(other.merkmal) & (has_total | has_rest))
            if bare and set(one.merkmal) <= has_total:
                key = ", ".join(one.merkmal), ", ".join(other.merkmal)
                ratios.setdefault(key, []).append((entry, one, other))
    if not ratios:
        return []
    told, parts = Store(people), Store(people[people["raum"] != GESAMT])
    found = []
    for (with_total, as_sum), asking in ratios.items():
        _, one, other = asking[0]
        totals, sums = told.count(one, areas), parts.count(one, areas)
        others = parts.count(other, areas)
        for year in sorted({y for y, _ in totals}, reverse=True):
            counts = (found_in.get((year, GESAMT)) for found_in in (totals, sums, others))
            numbers = [count.anzahl for count in counts if count and count.anzahl is not None]
            if len(numbers) < 3 or not numbers[1]:
                continue
            if abs(numbers[0] / numbers[1] - 1) >= MATTERS:
                ids = tuple(dict.fromkeys(entry.id for entry, _, _ in asking))
                found.append(
                    OneSided(
                        indicators=ids,
                        with_total=with_total,
                        as_sum=as_sum,
                        year=year,
                        total=numbers[0],
                        areas=numbers[1],
                        sum_of_other=numbers[2],
                    )
                )
                break
    return found
