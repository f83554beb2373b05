"""Which years a table has: in its rows, its headings, its title or its name."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from spm.setup.column import (
    JAHR,
    Column,
)
from spm.setup.counts import Count, certain, years_of
from spm.setup.known import Known
from spm.setup.proposal import Proposal
from spm.setup.words import said
from spm.text.times import HALBJAHR, MONAT, QUARTAL, SCHULJAHR, Time, parse_time

PARTS_OF_YEAR = (MONAT, QUARTAL, HALBJAHR)


def find_years(
    made: Proposal, used: list[Count], chosen: Mapping[str, Column], known: Known
) -> None:
    if JAHR in chosen:
        if any(count.time for count in used):
            used[:] = [count for count in used if not count.time]
            if not used:
                made.problem = "Jahre stehen in einer Spalte und in den Überschriften"
                return
        _years_of_rows(made, chosen[JAHR], known)
        return
    dated = [count for count in used if count.time]
    if dated:
        for count in [c for c in used if not c.time]:
            made.open[count.column.header] = "nennt kein Jahr"
            used.remove(count)
        which, made.years = years_of([c.time for c in dated if c.time], set(known.years))
        for count in dated:
            assert count.time is not None
            year = count.time.jahr + (which == "ende")
            count.cell = {"jahr": str(year), **count.cell}
            if not certain(count.time):
                ends = which == "ende"
                count.detail = f"ein {count.time.art} zählt für das Jahr, in dem es {_verb(ends)}"
        return
    layout = made.layout
    assert layout is not None
    for text in (" ; ".join(layout.title), layout.table.sheet, made.file.rsplit("/", 1)[-1]):
        told = said(text.rsplit(".", 1)[0] if text.endswith((".csv", ".xlsx")) else text)
        if told.time and told.times == 1:
            made.years = {told.time.jahr}
            made.mapping.setdefault("konstanten", {})["jahr"] = str(told.time.jahr)
            made.note("konstanten.jahr", False, "Jahr aus dem Titel oder Namen")
            return
    made.problem = "kein Jahr gefunden (Spalte, Überschrift, Titel, Name)"


def _years_of_rows(made: Proposal, column: Column, known: Known) -> None:
    times = [time for text in column.filled if (time := parse_time(text))]
    arts = {time.art for time in times}
    which, made.years = years_of(times, set(known.years))
    if SCHULJAHR in arts:
        made.mapping["schuljahr"] = which
        told = f"zählt für das Jahr, in dem es {_verb(which == 'ende')}"
        made.note("schuljahr", False, told)
    elif arts & set(PARTS_OF_YEAR):
        made.mapping["zeitpunkt"] = _part(times)
        made.note("zeitpunkt", len({t.within_year for t in times}) == 1, "Teil des Jahres")
    elif len({t.within_year for t in times}) > 1 and len(made.years) < len(times):
        made.mapping["zeitpunkt"] = _part(times)
        made.note("zeitpunkt", False, "mehrere Stichtage im Jahr")


def _verb(ends: bool) -> str:
    return "endet" if ends else "beginnt"


def _part(times: Sequence[Time]) -> str:
    parts = Counter(time.within_year for time in times if time.within_year)
    return max(parts, key=lambda p: (parts[p], p in ("31.12.", "Dezember", "4. Quartal")))
