"""What was found in the columns of a table becomes its mapping."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence

from spm.setup import signs
from spm.setup.column import (
    DIMENSIONS,
    RAUM,
    Column,
)
from spm.setup.counts import Count
from spm.setup.known import Known
from spm.setup.proposal import Proposal
from spm.setup.years import find_years


def place(
    made: Proposal,
    found: Sequence[Count],
    chosen: Mapping[str, Column],
    by: Mapping[str, tuple[Column, str]],
    known: Known,
) -> None:
    """Write the columns into the mapping."""
    used = [count for count in found if not count.problem]
    for count in found:
        if count.problem:
            (made.unneeded if count.unneeded else made.open)[count.column.header] = count.problem
    if not used:
        return
    _columns(made, chosen, known)
    mapped = made.mapping.setdefault("werte", {}).get("merkmal", {})
    made.measures = {c.measure.name for c in used if c.measure} | set(mapped.values())
    made.delivery = _delivery(used, made.measures)
    find_years(made, used, chosen, known)
    if made.problem:
        return
    one = len(used) == 1 and used[0].time is None
    if one:
        _one_column(made, used[0])
    else:
        _many_columns(made, used)
    if RAUM not in chosen:
        made.mapping.setdefault("konstanten", {})["raum"] = "gesamt"
        made.note("konstanten.raum", False, "keine Spalte mit Räumen: Zahlen der ganzen Kommune")
    signs.add(made, [count.column for count in used], typed=_typed(made))
    for key in ("spalten", "konstanten", "werte", "entpivotieren"):  # in their order, none empty
        value = made.mapping.pop(key, None)
        if value:
            made.mapping[key] = value


def _typed(made: Proposal) -> bool:
    return made.layout is not None and made.layout.table.typed


def _columns(made: Proposal, chosen: Mapping[str, Column], known: Known) -> None:
    columns_ = made.mapping.setdefault("spalten", {})
    ordered = {kind: chosen[kind].header for kind in DIMENSIONS if kind in chosen}
    made.mapping["spalten"] = ordered | {k: v for k, v in columns_.items() if k not in ordered}
    for kind, column in chosen.items():
        made.note(f"spalten.{kind}", True, column.why)
        if column.values and kind != RAUM:
            made.mapping.setdefault("werte", {})[kind] = column.values
            made.note(f"werte.{kind}", False, column.why)
    if RAUM in chosen:
        signs.areas(made, chosen[RAUM], known.areas)


def _delivery(used: Sequence[Count], measures: set[str]) -> str:
    from spm.setup.synonyms import synonyms

    known = synonyms().measures
    often = Counter(c.measure.delivery for c in used if c.measure)
    if often:
        return often.most_common(1)[0][0]
    return known[min(measures)].delivery if measures else ""


def _one_column(made: Proposal, count: Count) -> None:
    made.mapping["spalten"]["anzahl"] = count.column.header
    constants = made.mapping.setdefault("konstanten", {})
    if count.measure:
        constants["merkmal"] = count.measure.name
        made.note("konstanten.merkmal", count.sure, count.why)
    else:
        made.note("spalten.anzahl", True, "die einzige Spalte mit Zahlen")
    constants.update(count.cell)


def _many_columns(made: Proposal, used: Sequence[Count]) -> None:
    """What all columns have in common stands once, under ``konstanten``."""
    cells = []
    for count in used:
        own = {"merkmal": count.measure.name} if count.measure else {}
        cells.append(own | count.cell)
    shared = {
        key: value
        for key, value in cells[0].items()
        if len(used) > 1 and all(cell.get(key) == value for cell in cells)
    }
    constants = made.mapping.setdefault("konstanten", {})
    constants.update(shared)
    made.mapping["entpivotieren"] = {
        count.column.header: {k: v for k, v in cell.items() if k not in shared}
        for count, cell in zip(used, cells, strict=True)
    }
    whys = list(dict.fromkeys((count.sure, count.why) for count in used if count.why))
    if "merkmal" in shared and len(whys) == 1:
        made.note("konstanten.merkmal", *whys[0])
    else:
        for count in used:
            if count.why:
                made.note(f"entpivotieren.{count.column.header}", count.sure, count.why)
    details = {count.detail for count in used if count.detail}
    if details:
        made.note("entpivotieren", False, min(details))
