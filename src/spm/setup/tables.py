"""One raw table -> a proposal of its mapping."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from math import prod

from spm.setup import signs
from spm.setup.areas import Areas
from spm.setup.columns import (
    ALTER,
    ANTEIL,
    DIMENSIONS,
    GESCHLECHT,
    JAHR,
    KENNUNG,
    LEER,
    MOST_CATEGORIES,
    NATION,
    RAUM,
    TEXT,
    ZAHL,
    Column,
    columns,
)  # fmt: skip
from spm.setup.counts import Count, certain, counts, years_of
from spm.setup.headers import Layout
from spm.setup.measures import Context, context, group_of, guess
from spm.setup.proposal import Proposal
from spm.setup.words import Said, age_text, folded, said
from spm.text.times import HALBJAHR, MONAT, QUARTAL, SCHULJAHR, Time, parse_time

PARTS_OF_YEAR = (MONAT, QUARTAL, HALBJAHR)

_ZEROS_LEFT_OUT = re.compile(
    r"(?:fehl(?:t|en)|entfaellt|entfallen) (?:die|diese|solche) zeilen?|"
    r"zeilen? (?:mit (?:dem wert )?(?:0|null)|ohne faelle) (?:fehlen|entfallen|sind weggelassen)"
)


@dataclass(frozen=True)
class Known:
    """What is known of the municipality.

    Attributes
    ----------
    areas : of its geometry.
    place : its name.
    years : that other tables have, to decide how school years count.
    """

    areas: Areas
    place: str
    years: frozenset[int] = frozenset()


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
    constant = _constant(found)
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
    by = _category(made, categories, around)
    numbers = [c for c in found if c.kind == ZAHL]
    if made.problem:
        return _all_open(made, [*numbers, *categories])
    if not numbers:
        made.problem = _without_counts(found, chosen)
        return _all_open(made, categories)
    taken = {*chosen, *by}
    found_counts = counts(numbers, around, taken, "merkmal" in by)
    if by.get("auspraegung"):
        _same_measure(found_counts, by["auspraegung"])
    _take(made, found_counts, chosen, by, known)
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


def _category(
    made: Proposal, categories: Sequence[Column], around: Context
) -> dict[str, tuple[Column, str]]:
    """The column that names measures or groups of one, canonical column -> (column, measure)."""
    splitting = [c for c in categories if len(c.filled) > 1]
    if not splitting:
        return {}
    if len(splitting) > 1:
        made.problem = "mehrere Spalten unterteilen die Zeilen: " + ", ".join(
            f"«{c.header}»" for c in splitting[:4]
        )
        return {}
    (column,) = splitting
    about = guess(Said(), around) or guess(Said(words=said(column.header).words), around)
    for measure in [about.measure] if about else []:
        groups = {text: group_of(text, measure) for text in column.filled}
        if measure.groups and all(groups.values()):
            _map(made, "auspraegung", column, {t: str(g) for t, g in groups.items()})
            return {"auspraegung": (column, measure.name)}
    named = {text: guess(said(text), around) for text in column.filled}
    measures = {text: one.measure.name for text, one in named.items() if one}
    if len(measures) == len(named) and len(set(measures.values())) == len(measures):
        ages = {a for text in column.filled for a in said(text).ages}
        if not ages or ages == set(around.title.ages) or len(ages) == 1:
            _map(made, "merkmal", column, measures)
            if ages and not around.title.ages:
                made.mapping.setdefault("konstanten", {})["alter"] = age_text(ages.pop())
                made.note("konstanten.alter", False, f"steht bei Werten von «{column.header}»")
            return {"merkmal": (column, "")}
    made.problem = f"die Werte der Spalte «{column.header}» sind nicht erkannt"
    return {}


def _map(made: Proposal, key: str, column: Column, values: Mapping[str, str]) -> None:
    made.mapping.setdefault("spalten", {})[key] = column.header
    made.mapping.setdefault("werte", {})[key] = dict(values)
    made.note(f"spalten.{key}", False, "Werte der Spalte erkannt, siehe werte")


def _same_measure(found: Sequence[Count], by: tuple[Column, str]) -> None:
    """Groups of one measure stand in rows: columns of another one do not belong there."""
    for count in found:
        if count.measure is not None and count.measure.name != by[1]:
            count.problem, count.measure = f"zählt etwas anderes als «{by[0].header}»", None


def _without_counts(found: Sequence[Column], chosen: Mapping[str, Column]) -> str:
    if any(c.kind == ANTEIL for c in found):
        return "keine Spalte mit Anzahlen, nur Anteile, Raten oder Mittelwerte"
    if RAUM in chosen and len(found) > 3:
        return "eine Zeile je Person oder Angebot (Schlüssel zaehlen)"
    return "keine Spalte mit Anzahlen"


def _all_open(made: Proposal, columns_: Iterable[Column]) -> Proposal:
    why = made.problem or "nicht erkannt, was sie zählt"
    for column in columns_:
        if column.header not in made.unneeded:
            made.open.setdefault(column.header, why)
    made.problem = why
    return made


def _take(
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
    _years(made, used, chosen, known)
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


def _years(made: Proposal, used: list[Count], chosen: Mapping[str, Column], known: Known) -> None:
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
    total = len(chosen[RAUM].matched.whole) if RAUM in chosen and chosen[RAUM].matched else 0
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
