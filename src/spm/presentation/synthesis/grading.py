"""The social gradient: how outcomes change from the least poor area to the poorest one."""

from __future__ import annotations

from pathlib import Path

from spm.presentation.blocks import Block, figure, from_data, joined, paragraphs, plain
from spm.presentation.figures import slope, style
from spm.presentation.pages import companions
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
from spm.synthesis.gradient import FEWEST, Gradient, Kind, course, gradient
from spm.text.numbers import (
    format_interval,
    format_number,
    format_value,
    number_word,
    round_half_away,
)
from spm.text.permitted import ALT_LONGEST

TITLE = "Soziales Gefälle"
DRAWS = 20_000
"""Enough for limits that are printed with the decimals of the indicator."""


def graded(together: Together, folder: Path) -> Block:
    """Every outcome of the params file along the areas in the order of their poverty."""
    if not together.gradients:
        return Block()
    order = together.gradients[0][0]
    areas = plural_dative(order.place)
    opening = (
        f"Wie ändern sich Kennzahlen von {areas} mit niedrigen zu {areas} mit hohen Werten der "
        f"Kennzahl {quoted(order.indicator.kurztitel)} ({caption_year(order)})? Durch die Werte, "
        "in dieser Reihenfolge, ist eine Ausgleichslinie gelegt; große Gebiete zählen mehr als "
        "kleine. Verglichen werden ihre beiden Enden."
    )
    limits = (
        f"**Grenzen:** Die Linie beschreibt Unterschiede zwischen {areas}, nicht zwischen "
        "einzelnen Kindern, und nennt keine Ursache. Ihr Intervall bildet ab, wie genau die "
        "einzelnen Werte sind, nicht, wie gut die Linie zu ihnen passt. Nachweisbar heißt ein "
        "Gefälle nur, wenn das Intervall die Null nicht enthält und eine solche Reihenfolge auch "
        "unter allen geprüften Zusammenhängen kaum durch Zufall entstünde."
    )
    blocks = [_outcome(together, *entry, folder) for entry in together.gradients]
    return section(TITLE, paragraphs(opening), *blocks, paragraphs(limits))


def _outcome(
    together: Together, order: IndicatorView, view: IndicatorView, rows: Pairs, folder: Path
) -> Block:
    own = [b for _, b in rows]
    title = quoted(view.indicator.kurztitel)
    if len(rows) < FEWEST:
        return paragraphs(
            f"Für {title} sind Werte aus weniger als {number_word(FEWEST)} "
            f"{plural_dative(view.place)} veröffentlicht: zu wenige für ein Gefälle."
        )
    factor, art = view.indicator.faktor, view.indicator.art
    lows, highs = zip(*(row.limits for row in own), strict=True)
    shown = [row.shown for row in own]
    most = factor if art == "anteil" else float("inf")
    if min(*lows, *shown) <= 0 or max(*highs, *shown) >= most:
        return paragraphs(
            f"Für {title} lässt sich kein Gefälle berechnen: Mindestens in einem Gebiet ist kein "
            "Fall gezählt, oder es sind alle."
        )
    kind: Kind = "share" if art == "anteil" else "rate"
    found = gradient(
        [x / factor for x in shown],
        [row.nenner or 0.0 for row in own],
        limits=([x / factor for x in lows], [x / factor for x in highs]),
        kind=kind,
        transform=True,
        factor=factor,
        draws=DRAWS,
    )
    key = f"gesamtbild-gefaelle-{slug(view.indicator.id)}"
    path = folder / f"{key}.svg"
    ends = [found.start / factor, (found.start + found.slope) / factor]
    line = [factor * value for value in course(ends[0], ends[1], kind)]
    by = order.indicator.kurztitel
    slope.draw_slope(view, own, line, by).save(path)
    slope.draw_slope(view, own, line, by, width=style.PHONE).save(companions.phone_picture(path))
    caption = (
        f"{capitalised(from_data(view.indicator.kurztitel))} ({caption_year(view)}) in der "
        f"Reihenfolge der Kennzahl {from_data(by)}"
    )
    told = _told(view, found, together.believed(order, view), len(rows))
    missing = _missing(order, view, rows)
    drawn = figure(key, path.as_posix(), _alt(order, view, rows, line), caption)
    return joined(paragraphs(f"{told} {missing}".rstrip()), drawn)


def _told(view: IndicatorView, found: Gradient, believed: bool, n: int) -> str:
    k = view.indicator
    places = k.nachkommastellen
    start, end = found.start, found.start + found.slope
    by = abs(float(round_half_away(end, places) - round_half_away(start, places)))
    unit = "Prozentpunkte" if k.einheit == "%" else k.einheit
    limits = format_interval(found.slope_low, found.slope_high, "", places, signed=True)
    verb = "steigt" if found.slope > 0 else "fällt"
    text = (
        f"Entlang dieser Ordnung {verb} {noun_phrase(k.satz)} rechnerisch von {view.short(start)} "
        f"auf {view.text(end)}, um {format_value(by, unit, places)} (95-%-Vertrauensintervall "
        f"{limits})"
    )
    if found.ratio == found.ratio:
        text += f", auf das {format_number(found.ratio, 1)}-Fache"
        if found.ratio_low == found.ratio_low:
            text += f" ({format_interval(found.ratio_low, found.ratio_high, '', 1)})"
    clear = found.slope_low > 0 or found.slope_high < 0
    if clear and believed:
        return f"{text}. Das Gefälle ist nachweisbar."
    areas = so_many(n, view.place, case="dat")
    why = (
        f"so geordnet könnten die Werte von {areas} auch zufällig liegen"
        if clear
        else "der Unterschied kann Zufall sein"
    )
    return f"{text}. Nachweisbar ist ein Gefälle damit nicht; {why}."


def _missing(order: IndicatorView, view: IndicatorView, rows: Pairs) -> str:
    n = len(order.areas) - len(rows)
    if not n:
        return ""
    names = {row.raum for _, row in rows}
    left_out = [row.name for row in order.areas if row.raum not in names]
    who = from_data(left_out[0]) if n == 1 else so_many(n, order.place)
    return f"Ohne {who}: Nicht alle nötigen Werte sind veröffentlicht."


def _alt(order: IndicatorView, view: IndicatorView, rows: Pairs, line: slope.Line) -> str:
    low, high = rows[0][1], rows[-1][1]
    head = (
        f"{view.indicator.kurztitel} in {len(rows)} {plural_dative(view.place)}, geordnet nach "
        f"{order.indicator.kurztitel}, mit einer Linie von {view.short(line[0])} bis "
        f"{view.text(line[-1])}."
    )
    ends = (
        f" Links {low.name} ({view.short(low.shown)}), rechts {high.name} "
        f"({view.short(high.shown)})."
    )
    text = plain(head)
    if len(text) > ALT_LONGEST:
        return f"{text[: ALT_LONGEST - 1]}…"
    return text + plain(ends) if len(text) + len(plain(ends)) <= ALT_LONGEST else text
