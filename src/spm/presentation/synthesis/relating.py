"""What goes together: pairs of indicators over areas, or their orders where areas are few."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from spm.presentation.blocks import Block, figure, from_data, joined, paragraphs, plain
from spm.presentation.figures import orders, scatter, style
from spm.presentation.pages import companions
from spm.presentation.synthesis.grading import is_drawn
from spm.presentation.synthesis.sections import section
from spm.presentation.synthesis.together import Pairs, Together
from spm.presentation.tables.crosstable import slug
from spm.presentation.views import IndicatorView
from spm.presentation.wording.grammar import (
    capitalised,
    noun_phrase,
    plural_dative,
    quoted,
    so_many,
)
from spm.presentation.wording.pooling import caption_year
from spm.synthesis.relations import FEWEST, Relation, relation
from spm.text.numbers import format_interval, format_number, join_words, number_word
from spm.text.permitted import ALT_LONGEST

TITLE = "Was zusammen auftritt"
LEAST = 3
"""Fewer areas have no order worth a figure."""


def related(together: Together, folder: Path) -> Block:
    """Every pair of the params file: a scatter with its rank correlation, or two orders."""
    shown = [entry for entry in together.pairs if not _is_graded(together, *entry)]
    if not shown:
        return Block()
    blocks = [_pair(together, *entry, folder) for entry in shown]
    view = shown[0][0]
    opening = (
        f"Treten höhere Werte zweier Kennzahlen in denselben {plural_dative(view.place)} auf? "
        f"Verglichen werden {from_data(view.place.plural)}, nicht Kinder."
    )
    few = [len(rows) for *_, rows in shown if LEAST <= len(rows) < FEWEST]
    if few:
        opening += f" {_few(view, max(few))}"
    return section(TITLE, paragraphs(opening), *blocks, paragraphs(_limits(together)))


def _is_graded(
    together: Together, first: IndicatorView, second: IndicatorView, rows: Pairs
) -> bool:
    """Whether two orders would only repeat the figure of a gradient of the same two."""
    pair = {first.indicator.id, second.indicator.id}
    return len(rows) < FEWEST and any(
        {a.indicator.id, b.indicator.id} == pair and is_drawn(b, own)
        for a, b, own in together.gradients
    )


def _pair(
    together: Together, first: IndicatorView, second: IndicatorView, rows: Pairs, folder: Path
) -> Block:
    if len(rows) < LEAST:
        names = " und ".join(quoted(v.indicator.kurztitel) for v in (first, second))
        return paragraphs(
            f"Für {names} sind zu wenige Werte veröffentlicht, um sie nebeneinanderzustellen."
        )
    name = f"gesamtbild-{slug(first.indicator.id)}-{slug(second.indicator.id)}"
    path = folder / f"{name}.svg"
    compared = len(rows) >= FEWEST
    draw = scatter.draw_scatter if compared else orders.draw_orders
    draw(first, second, rows).save(path)
    draw(first, second, rows, width=style.PHONE).save(companions.phone_picture(path))
    a, b = (from_data(v.indicator.kurztitel) for v in (first, second))
    alt = _alt_scatter if compared else _alt_orders
    what = "" if compared else ", Reihenfolge von hoch zu niedrig"
    caption = f"{capitalised(a)} ({caption_year(first)}) und {b} ({caption_year(second)}){what}"
    if compared:
        values = [[x.shown for x, _ in rows], [y.shown for _, y in rows]]
        told = _told(first, second, relation(*values, draws=9), together)
    else:
        told = ""
    missing = _missing(first, second, rows)
    drawn = figure(name, path.as_posix(), alt(first, second, rows), caption)
    return joined(paragraphs(f"{told} {missing}".strip()), drawn)


def _told(first: IndicatorView, second: IndicatorView, found: Relation, together: Together) -> str:
    """What the correlation says: a relation only where the family of tests allows it."""
    a, b = (noun_phrase(v.indicator.satz) for v in (first, second))
    over = f"über {so_many(found.n, first.place, case='akk')}"
    if found.rho != found.rho:
        return f"{capitalised(over)} hat eine der beiden Kennzahlen überall denselben Wert."
    size = (
        f"Rangkorrelation {over}: {format_number(found.rho, 2, signed=True)}, "
        f"95-%-Vertrauensintervall {format_interval(found.low, found.high, '', 2, signed=True)}"
    )
    if not together.believed(first, second):
        return f"Dass {a} und {b} zusammenhängen, ist nicht nachweisbar ({size})."
    also = "meist auch" if found.rho > 0 else "meist"
    level = "höher" if found.rho > 0 else "niedriger"
    return f"Wo {a} höher ist, ist {also} {b} {level} ({size})."


def _few(view: IndicatorView, most: int) -> str:
    """Why there is no correlation; ``most``: areas of the pair that has most."""
    return (
        f"Für eine Maßzahl des Zusammenhangs sind {so_many(most, view.place)} zu wenige "
        f"(mindestens {number_word(FEWEST)}). Eine Abbildung stellt dann nur ihre Reihenfolge bei "
        "beiden Kennzahlen nebeneinander; Unterschiede zwischen Nachbarn in der Reihe können "
        "Zufall sein."
    )


def _missing(first: IndicatorView, second: IndicatorView, rows: Pairs) -> str:
    """Areas that a figure lacks, because one of both numbers is not published."""
    shown = {a.raum for a, _ in rows}
    names = [row.name for row in first.areas if row.raum not in shown]
    if not names:
        return ""
    who = (
        join_words([from_data(name) for name in names])
        if len(names) <= 4
        else so_many(len(names), first.place)
    )
    fehlt = "fehlt" if len(names) == 1 else "fehlen"
    return f"{capitalised(who)} {fehlt}: Nicht beide Werte sind veröffentlicht."


def _limits(together: Together) -> str:
    places = together.pairs[0][0].place.plural
    text = (
        f"**Grenzen:** Was für {from_data(places)} gilt, muss nicht für einzelne Kinder gelten "
        "(ökologischer Fehlschluss): Es müssen nicht dieselben Kinder sein, die in beiden "
        "Kennzahlen gezählt sind. Über Ursachen sagt der Vergleich nichts."
    )
    tested = len(together.family)
    if any(len(rows) >= FEWEST for *_, rows in together.pairs) and tested > 1:
        text += (
            f" Weil {number_word(tested)} Zusammenhänge zugleich geprüft sind, gilt für jeden eine "
            "strengere Grenze."
        )
    return text


def _alt_scatter(first: IndicatorView, second: IndicatorView, rows: Pairs) -> str:
    ends = [rows[i] for i in _ends([a.shown for a, _ in rows])]
    told = [f"{a.name} {first.short(a.shown)} und {second.short(b.shown)}" for a, b in ends]
    return _fitting(
        f"Punktwolke aus {len(rows)} {plural_dative(first.place)}: waagerecht "
        f"{first.indicator.kurztitel}, senkrecht {second.indicator.kurztitel}.",
        f"Von {told[0]} bis {told[1]}.",
    )


def _alt_orders(first: IndicatorView, second: IndicatorView, rows: Pairs) -> str:
    sides = []
    for view, own in ((first, [a for a, _ in rows]), (second, [b for _, b in rows])):
        listed = [f"{r.name} {view.short(r.shown)}" for r in orders.ordered(own)]
        sides.append((f"{view.indicator.kurztitel}:", listed))
    full = [f"{head} {', '.join(listed)}." for head, listed in sides]
    short = [f"{head} {listed[0]} bis {listed[-1]}." for head, listed in sides]
    head = f"{len(rows)} {first.place.plural} von hoch zu niedrig."
    whole = plain(" ".join([head, *full]))
    return whole if len(whole) <= ALT_LONGEST else _fitting(head, *short)


def _fitting(head: str, *parts: str) -> str:
    """As many sentences as an alternative text may have; the first one is cut if need be."""
    text = plain(head)
    for part in map(plain, parts):
        if len(text) + 1 + len(part) <= ALT_LONGEST:
            text = f"{text} {part}"
    return text if len(text) <= ALT_LONGEST else f"{text[: ALT_LONGEST - 1]}…"


def _ends(values: Sequence[float]) -> tuple[int, int]:
    places = range(len(values))
    return min(places, key=values.__getitem__), max(places, key=values.__getitem__)
