"""Numerator and denominator with the facts behind them, and the formula that they stand in."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

import pandas as pd

from spm.config.selections import Auswahl
from spm.errors import SpmError
from spm.explain.origins import Origins
from spm.explain.question import Question
from spm.explain.records import Fakt, Zahl
from spm.explain.terms import Term, Terms
from spm.facts import GEZAEHLT
from spm.published import GESAMT, NICHT_ZUORDENBAR, OK
from spm.text.numbers import MINUS, format_number, format_years

if TYPE_CHECKING:
    from spm.config.catalogue import Kennzahl
    from spm.disclosure.inputs.counted import Term as Published
    from spm.explain.stored import Stored

Selections = Mapping[str, tuple[Auswahl, Sequence[int]]]
"""By role what is selected, and the years that are counted."""

GROUPS = ("geschlecht", "staatsangehoerigkeit", "auspraegung")


def value_of(rows: pd.DataFrame, asked: Question) -> dict[str, Any]:
    """One row of the published data or of the indicators; what is empty is None.

    Raises
    ------
    SpmError
        There is none.
    """
    group = rows["gruppe"].isna() if asked.gruppe is None else rows["gruppe"].eq(asked.gruppe)
    own = rows[
        rows["kennzahl"].eq(asked.kennzahl)
        & rows["jahr"].eq(asked.jahr)
        & rows["raum"].eq(asked.raum)
        & group
    ]
    if own.empty:
        raise SpmError(
            "Diese Zahl hat der Bericht nicht.",
            wo=f"{asked.kennzahl}, {asked.jahr}, {asked.gruppe or asked.raum}",
            tun="Bitte Kennzahl, Jahr und Raum prüfen.",
        )
    row: dict[str, Any] = own.iloc[0].to_dict()
    return {name: None if pd.isna(value) else value for name, value in row.items()}


def sums(
    stored: Stored,
    origins: Origins,
    selections: Selections,
    places: Sequence[str],
    rows: tuple[Mapping[str, Any], Mapping[str, Any]],
    published: Mapping[str, Published],
) -> list[Zahl]:
    """The numbers of a row, each as the sum of its facts.

    Parameters
    ----------
    places : keys of the areas that are counted together, "gesamt", "nz", or a facility.
    rows : the true row, and the published one.
    published : what the published row says that it counts.

    Raises
    ------
    SpmError
        The facts of a number do not give what is stored.
    """
    true, shown = rows
    inside = stored.facts["einrichtung"].notna()
    facility = places[0] not in (GESAMT, NICHT_ZUORDENBAR) and places[0] in set(
        stored.facts.loc[inside, "einrichtung"]
    )
    facts = stored.facts[inside if facility else ~inside]
    by_place = facts.assign(raum=facts["einrichtung"]) if facility else facts
    areas = [] if facility else list(stored.report.areas["raum"])
    apart = set(facts["merkmal"]) if facility else stored.totals
    terms = Terms(by_place, areas, apart)
    found = []
    for role, (wanted, years) in selections.items():
        counts, missing = _terms(terms, wanted, years, places, areas)
        told = tuple(
            origins.fact(row)
            for row in facts.loc[[n for t in counts for n in t.facts]].to_dict("records")
        )
        number = _total(told) if not missing else None
        if true["status"] == OK and number != true[role]:
            raise SpmError(
                f"Die Fakten ergeben {number}, gespeichert ist {true[role]}: Diese Zahl lässt "
                "sich nicht erklären.",
                wo=f"{true['kennzahl']}, {true['jahr']}, Raum {true['raum']}, {role}",
                tun="Das ist ein Fehler von SPM: bitte melden.",
            )
        found.append(
            Zahl(
                rolle=role,
                zaehlt=_words(wanted, years),
                anzahl=number,
                gedruckt=shown[role],
                rundung=published[role].rounding,
                fakten=told,
                fehlt=missing,
            )
        )
    return found


def _terms(
    terms: Terms,
    wanted: Auswahl,
    years: Sequence[int],
    places: Sequence[str],
    areas: Sequence[str],
) -> tuple[list[Term], tuple[str, ...]]:
    """All terms, and what is missing for the sum."""
    found, missing = [], []
    for year in dict.fromkeys(years):
        for place in places:
            own = terms.of(wanted, year, place)
            found += own
            there = {t.measure for t in own}
            missing += [
                f"{measure}, {year}, {_place(place)}: "
                + (
                    f"geliefert, aber nicht mit {' und '.join(_groups(wanted))}"
                    if _groups(wanted) and terms.delivers(measure, year, place)
                    else "nicht geliefert"
                )
                for measure in wanted.merkmal
                if measure not in there and place != NICHT_ZUORDENBAR
            ]
            missing += [
                f"{t.measure}, {t.year}, {_place(t.place)}: nicht vollständig geliefert"
                for t in own
                if t.found.status == "nicht_geliefert"
            ]
            parts = {t.place for t in own} - {NICHT_ZUORDENBAR}
            if place == GESAMT and parts and parts != {GESAMT}:
                missing += [f"{year}, Raum {a}: nicht geliefert" for a in areas if a not in parts]
    return found, tuple(dict.fromkeys(missing))


def _total(facts: Sequence[Fakt]) -> int | None:
    if any(fact.status != GEZAEHLT for fact in facts):
        return None
    return sum(fact.anzahl or 0 for fact in facts)


def _place(place: str) -> str:
    return "Kommune gesamt" if place == GESAMT else f"Raum {place}"


def _groups(wanted: Auswahl) -> list[str]:
    groups = [f"Alter {wanted.alter}"] if wanted.alter else []
    for name in GROUPS:
        values = getattr(wanted, name)
        groups += ["/".join(values)] if values else []
    return groups


def _words(wanted: Auswahl, years: Sequence[int]) -> str:
    """A selection in words: "sgb2_personen, Alter 0-17, 2021–2023"."""
    return ", ".join(
        [" + ".join(wanted.merkmal), *_groups(wanted), format_years(sorted(set(years)))]
    )


def formula(entry: Kennzahl, numbers: Sequence[Zahl], value: str, shown: bool) -> str:
    """The formula with its numbers, as they are printed or, of a suppressed row, as they are."""
    by_role = {n.rolle: n.gedruckt if shown else n.anzahl for n in numbers}
    if not value or any(x is None for x in by_role.values()):
        return ""
    known = {role: format_number(x) for role, x in by_role.items() if x is not None}
    top, off, bottom = (known.get(role, "") for role in ("zaehler", "abzueglich", "nenner"))
    factor = "" if entry.faktor == 1 else f" × {format_number(entry.faktor)}"
    if entry.art == "anzahl":
        return f"{top} = {value}"
    if off:
        return f"({top} {MINUS} {off}) / {bottom}{factor} = {value}"
    if entry.art == "veraenderung":
        return f"({top} / {bottom} {MINUS} 1){factor} = {value}"
    return f"{top} / {bottom}{factor} = {value}"
