"""One raw table -> a proposal of its mapping."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from math import prod

from spm.setup.categories import category, same_measure
from spm.setup.column import (
    ALTER,
    ANTEIL,
    DIMENSIONS,
    GESCHLECHT,
    KENNUNG,
    LEER,
    MOST_CATEGORIES,
    NATION,
    RAUM,
    TEXT,
    ZAHL,
    Column,
)
from spm.setup.columns import columns
from spm.setup.counts import counts
from spm.setup.headers import Layout
from spm.setup.known import Known
from spm.setup.measures import context
from spm.setup.placing import place
from spm.setup.proposal import SHARES, Proposal
from spm.setup.words import folded

MOST_VALUES = 12
"""Of a column by which persons are counted."""

_ZEROS_LEFT_OUT = re.compile(
    r"(?:fehl(?:t|en)|entfaellt|entfallen) (?:die|diese|solche) zeilen?|"
    r"zeilen? (?:mit (?:dem wert )?(?:0|null)|ohne faelle) (?:fehlen|entfallen|sind weggelassen)"
)


def propose(layout: Layout, known: Known) -> list[Proposal]:
    """Map one table; a long table with several topics gives one proposal for each."""
    found = columns(layout, known.areas, known.place)
    topic = _topic(found, layout, known)
    if topic is None:
        return [_proposal(layout, found, known, None)]
    proposals = []
    for value in topic.filled:
        rows = [row for row in layout.rows if row[topic.number] == value]
        part = replace(layout, rows=rows)
        own = columns(part, known.areas, known.place)
        proposals.append(_proposal(part, own, known, (topic, value)))
    placed = [one for one in proposals if one.placed]
    if not placed:
        return [_proposal(layout, found, known, None)]
    for one, value in zip(proposals, topic.filled, strict=True):
        if not one.placed:
            placed[-1].open[f"{topic.header}: {value}"] = one.problem
    return placed


def _topic(found: Sequence[Column], layout: Layout, known: Known) -> Column | None:
    """The column that says which of several tables a row belongs to."""
    categories = [c for c in found if c.kind == TEXT and 2 <= len(c.filled) <= MOST_CATEGORIES]
    for topic in categories:
        for other in categories:
            if other is topic or len(other.filled) <= len(topic.filled):
                continue
            for value in topic.filled:
                texts = [
                    text for text, own in zip(other.texts, topic.texts, strict=True) if own == value
                ]
                rows = [[text] for text in dict.fromkeys(texts)]
                part = replace(layout, header=[other.header], rows=rows)
                (column,) = columns(part, known.areas, known.place)
                if column.kind in (ALTER, GESCHLECHT, NATION):
                    return topic
    return None


def _proposal(
    layout: Layout, found: list[Column], known: Known, topic: tuple[Column, str] | None
) -> Proposal:
    raw = layout.table
    made = Proposal(raw.file, raw.sheet, layout)
    _how_to_read(made, layout)
    if topic:
        column, value = topic
        made.mapping["nur"] = {column.header: [value]}
        made.note("nur", False, "mehrere Tabellen in einer: nur diese Zeilen")
        found[column.number].kind = LEER
        found[column.number].why = "sagt, zu welcher Tabelle eine Zeile gehört"
    constant = [*([topic[1]] if topic else []), *_constant(found)]
    around = context([*layout.title, *constant], raw.sheet, raw.file, known.place)
    chosen = _chosen(found)
    for column in found:
        if column.kind in (ANTEIL, KENNUNG, LEER):
            made.unneeded[column.header] = column.why
        elif column.kind in DIMENSIONS and column not in chosen.values():
            made.unneeded[column.header] = "dasselbe wie eine andere Spalte"
    if chosen:
        made.mapping["spalten"] = {kind: column.header for kind, column in chosen.items()}
    _leave_dependent(made, found, list(chosen.values()))
    _fill(made, chosen)
    categories = [c for c in found if c.kind == TEXT and c.header not in made.unneeded]
    numbers = [c for c in found if c.kind == ZAHL]
    if not numbers:
        made.problem = _without_counts(found, chosen)
        if not any(column.kind == ANTEIL for column in found):
            _persons(made, found, categories)
        return _all_open(made, categories)
    by = category(made, categories, around)
    if made.problem:
        return _all_open(made, [*numbers, *categories])
    taken = {*chosen, *by}
    found_counts = counts(numbers, around, taken, "merkmal" in by)
    if by.get("auspraegung"):
        same_measure(found_counts, by["auspraegung"])
    place(made, found_counts, chosen, by, known)
    if not made.placed:
        return _all_open(made, [*numbers, *categories])
    _check_rows(made, layout, chosen, by)
    return made if made.placed else _all_open(made, [*numbers, *categories])


def _how_to_read(made: Proposal, layout: Layout) -> None:
    raw = layout.table
    if raw.file.lower().endswith((".csv", ".tsv", ".txt")):
        if raw.encoding != "utf-8-sig":
            made.mapping["zeichensatz"] = raw.encoding
        if raw.separator != ";":
            made.mapping["trennzeichen"] = "tab" if raw.separator == "\t" else raw.separator
    if raw.has_header_row and layout.header_rows != [1]:
        made.mapping["kopfzeilen"] = layout.header_rows
    if layout.end:
        made.mapping["ende"] = layout.end


def _constant(found: Iterable[Column]) -> list[str]:
    """Texts that stand in every row: they are a title."""
    told = []
    for column in found:
        if column.kind == TEXT and len(column.filled) == 1 and all(column.texts):
            column.kind, column.why = LEER, "in jeder Zeile dasselbe"
            told.append(column.filled[0])
    return told


def _chosen(found: Sequence[Column]) -> dict[str, Column]:
    """One column for each dimension: of several for areas the one that is read best."""
    chosen: dict[str, Column] = {}
    for kind in DIMENSIONS:
        own = [c for c in found if c.kind == kind]
        if kind == RAUM and own:
            chosen[kind] = max(own, key=_readable)
        elif own:
            chosen[kind] = own[0]
    return chosen


def _readable(column: Column) -> tuple[int, int, int, int]:
    matched = column.matched
    assert matched is not None
    keys = sum(text.isdecimal() for text in matched.direct)
    return len(matched.direct) + len(matched.translated), keys, -len(matched.rest), -column.number


def _leave_dependent(made: Proposal, found: Sequence[Column], dimensions: Sequence[Column]) -> None:
    """Columns that say in other words what a dimension says, row by row."""
    for column in found:
        if column.kind not in (TEXT, KENNUNG, ZAHL) or column.kind == ZAHL:
            continue
        for other in dimensions:
            pairs = set(zip(other.texts, column.texts, strict=True))
            if len(pairs) == len(other.distinct) and len(column.filled) > 1:
                made.unneeded[column.header] = f"folgt aus «{other.header}»"
                break
        else:
            if len(column.filled) == len(column.texts) > MOST_CATEGORIES:
                made.unneeded[column.header] = "in jeder Zeile ein anderer Text"


def _fill(made: Proposal, chosen: Mapping[str, Column]) -> None:
    """Columns whose cells are merged downwards."""
    for column in chosen.values():
        if column.filled_down:
            made.mapping.setdefault("auffuellen", []).append(column.header)
            below = column.filled_down - 1
            made.note("auffuellen", True, f"unter jeder gefüllten Zelle: {below} leere")


def _without_counts(found: Sequence[Column], chosen: Mapping[str, Column]) -> str:
    if any(c.kind == ANTEIL for c in found):
        return SHARES
    if RAUM in chosen and len(found) > 3:
        return "eine Zeile je Person oder Angebot (Schlüssel zaehlen)"
    return "keine Spalte mit Anzahlen"


def _persons(made: Proposal, found: Sequence[Column], categories: Sequence[Column]) -> None:
    """The beginning of ``zaehlen``: what its values mean only people know."""
    valid = {c.header: c.filled for c in categories if len(c.filled) <= MOST_VALUES}
    counted: dict[str, object] = {"merkmale": {"?": {}}, "gueltig": valid}
    identifiers = [c.header for c in found if c.kind == KENNUNG]
    if identifiers:
        counted["kennung"] = identifiers[0]
    made.mapping["zaehlen"] = counted


def _all_open(made: Proposal, columns_: Iterable[Column]) -> Proposal:
    why = made.problem or "nicht erkannt, was sie zählt"
    for column in columns_:
        if column.header not in made.unneeded:
            made.open.setdefault(column.header, why)
    made.problem = why
    return made


def _check_rows(
    made: Proposal,
    layout: Layout,
    chosen: Mapping[str, Column],
    by: Mapping[str, tuple[Column, str]],
) -> None:
    """Rows must differ in what is mapped, else something else splits them."""
    keys = [*chosen.values(), *(column for column, _ in by.values())]
    rows = list(zip(*(column.texts for column in keys), strict=True)) if keys else []
    if rows and len(set(rows)) < len(rows):
        names = ", ".join(f"«{column.header}»" for column in keys)
        made.problem = f"mehrere Zeilen mit gleichen Werten in {names}"
        made.delivery = ""
        return
    every = prod(len(column.filled) for column in keys)
    matched = chosen[RAUM].matched if RAUM in chosen else None
    total = len(matched.whole) if matched else 0
    if any(_ZEROS_LEFT_OUT.search(folded(line)) for line in [*layout.title, *layout.footer]):
        made.mapping["fehlende_zeilen"] = "null"
        made.note("fehlende_zeilen", False, "die Datei sagt, dass Zeilen mit 0 fehlen")
    elif len(keys) > 2 and by and len(rows) < every and not total:
        made.note(
            "fehlende",
            False,
            f"{every - len(rows)} Zeilen fehlen (Raum × Jahr × Gruppe): Heißt das 0? Dann "
            "fehlende_zeilen: null",
        )
