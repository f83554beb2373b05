"""The social gradient: how outcomes change from the least poor area to the poorest one."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import combinations
from pathlib import Path

from spm.presentation.blocks import Block, figure, from_data, joined, paragraphs, plain
from spm.presentation.figures import slope, style
from spm.presentation.pages import companions
from spm.presentation.synthesis.sections import section
from spm.presentation.synthesis.together import Pairs, Together
from spm.presentation.tables.crosstable import slug
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording.grammar import (
    capitalised,
    noun_phrase,
    number_kept,
    plural_dative,
    quoted,
    so_many,
)
from spm.presentation.wording.pooling import caption_year
from spm.synthesis.gradient import FEWEST, Gradient, Kind, course, gradient
from spm.synthesis.relations import FEWEST as ENOUGH
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

MOSTLY = 2 / 3
"""The share of pairs from which on a direction is called that of most."""


def graded(together: Together, folder: Path) -> Block:
    """Every outcome of the params file along the areas in the order of their poverty."""
    if not together.gradients:
        return Block()
    order = together.gradients[0][0]
    areas, every = plural_dative(order.place), from_data(order.place.plural)
    told = [_outcome(together, *entry, folder) for entry in together.gradients]
    proven = any(sure for _, sure in told)
    opening = (
        f"Wie ändern sich Kennzahlen von {areas} mit niedrigen zu {areas} mit hohen Werten der "
        f"Kennzahl {quoted(order.indicator.kurztitel)} ({caption_year(order)})? Durch die Werte, "
        f"in dieser Reihenfolge, ist eine Ausgleichslinie gelegt; große {every} zählen mehr als "
        f"kleine.{' Verglichen werden ihre beiden Enden.' if proven else ''}"
    )
    interval = (
        " Ihr Intervall bildet ab, wie genau die einzelnen Werte sind, nicht, wie gut die Linie zu "
        "ihnen passt."
    )
    limits = (
        f"**Grenzen:** Die Linie beschreibt Unterschiede zwischen {areas}, nicht zwischen "
        f"einzelnen Kindern, und nennt keine Ursache.{interval if proven else ''} Von einem "
        "Gefälle ist nur die Rede, wenn seine Enden sich nachweisbar unterscheiden und eine solche "
        "Reihenfolge auch unter allen geprüften Zusammenhängen kaum durch Zufall entstünde."
    )
    return section(TITLE, paragraphs(opening), *(block for block, _ in told), paragraphs(limits))


def is_drawn(view: IndicatorView, rows: Pairs) -> bool:
    """Whether there is a figure of an outcome: enough areas, and a line that can be computed."""
    return len(rows) >= FEWEST and _is_fit(view, [row for _, row in rows])


def _is_fit(view: IndicatorView, own: Sequence[AreaRow]) -> bool:
    """No value and no limit lies where its logarithm or logit has none."""
    known = [x for row in own for x in (row.shown, *row.limits)]
    most = view.indicator.faktor if view.indicator.art == "anteil" else float("inf")
    return min(known) > 0 and max(known) < most


def _outcome(
    together: Together, order: IndicatorView, view: IndicatorView, rows: Pairs, folder: Path
) -> tuple[Block, bool]:
    """Sentence and figure, and whether a gradient can be told."""
    own = [b for _, b in rows]
    title = quoted(view.indicator.kurztitel)
    if len(rows) < FEWEST:
        few = (
            f"Für {title} sind Werte aus weniger als {number_word(FEWEST)} "
            f"{plural_dative(view.place)} veröffentlicht: zu wenige für ein Gefälle."
        )
        return paragraphs(few), False
    if not _is_fit(view, own):
        none = (
            f"Für {title} lässt sich kein Gefälle berechnen: In mindestens "
            f"{so_many(1, view.place, case='dat')} ist kein Fall gezählt, oder es sind alle."
        )
        return paragraphs(none), False
    factor = view.indicator.faktor
    kind: Kind = "share" if view.indicator.art == "anteil" else "rate"
    lows, highs = zip(*(row.limits for row in own), strict=True)
    found = gradient(
        [row.shown / factor for row in own],
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
    proven = _is_clear(found) and together.believed(order, view)
    slope.draw_slope(view, own, line, by).save(path)
    slope.draw_slope(view, own, line, by, width=style.PHONE).save(companions.phone_picture(path))
    caption = (
        f"{capitalised(from_data(view.indicator.kurztitel))} ({caption_year(view)}) in der "
        f"Reihenfolge der Kennzahl {from_data(by)}"
    )
    told = _proven(view, found) if proven else _unproven(order, view, rows, found)
    missing = _missing(order, view, rows)
    alt = _alt(order, view, rows, line if proven else [])
    drawn = figure(key, path.as_posix(), alt, caption)
    return joined(paragraphs(f"{told} {missing}".rstrip()), drawn), proven


def _is_clear(found: Gradient) -> bool:
    return found.slope_low > 0 or found.slope_high < 0


def _proven(view: IndicatorView, found: Gradient) -> str:
    """Both ends of the line, with how far they lie apart."""
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
    return f"{text}. Das Gefälle ist nachweisbar."


def _unproven(order: IndicatorView, view: IndicatorView, rows: Pairs, found: Gradient) -> str:
    """Published values only: ends of a line would say what is not known."""
    by, first, last = quoted(order.indicator.kurztitel), rows[0][1], rows[-1][1]
    what, way = noun_phrase(view.indicator.satz), _mostly([row.shown for _, row in rows])
    along = f"Wo die Werte von {by} höher sind, ist {what}"
    along += {1: " meist auch höher", -1: " meist niedriger"}.get(
        way, " weder durchweg höher noch durchweg niedriger"
    )
    complete = len(rows) == len(order.areas)
    low, high = (
        (f"dort ist {by} am niedrigsten", "dort am höchsten")
        if complete
        else ("am Anfang der Reihe", "am Ende")
    )
    ends = (
        f"{view.text(first.shown)} in {number_kept(first.name)} ({low}), "
        f"{view.text(last.shown)} in {number_kept(last.name)} ({high})"
    )
    if not _is_clear(found):
        why = "Auf ein Gefälle lässt sich daraus nicht schließen: Der Unterschied kann Zufall sein."
    elif len(rows) < ENOUGH:
        few = capitalised(so_many(len(rows), view.place))
        why = f"{few} sind zu wenige, um daraus auf ein Gefälle zu schließen."
    else:
        why = (
            "Auf ein Gefälle lässt sich daraus nicht schließen: So geordnet könnten die Werte auch "
            "zufällig liegen."
        )
    return f"{along}: {ends}. {why}"


def _mostly(values: Sequence[float]) -> int:
    """1 or -1 if of most pairs of areas the later one is higher or lower, else 0."""
    pairs = list(combinations(values, 2))
    for way in (1, -1):
        if sum(way * (b - a) > 0 for a, b in pairs) >= MOSTLY * len(pairs):
            return way
    return 0


def _missing(order: IndicatorView, view: IndicatorView, rows: Pairs) -> str:
    n = len(order.areas) - len(rows)
    if not n:
        return ""
    names = {row.raum for _, row in rows}
    left_out = [row.name for row in order.areas if row.raum not in names]
    who = from_data(left_out[0]) if n == 1 else so_many(n, order.place)
    return f"Ohne {who}: Nicht alle nötigen Werte sind veröffentlicht."


def _alt(order: IndicatorView, view: IndicatorView, rows: Pairs, line: Sequence[float]) -> str:
    """``line``: only of a gradient that is told."""
    low, high = rows[0][1], rows[-1][1]
    head = (
        f"{view.indicator.kurztitel} in {len(rows)} {plural_dative(view.place)}, geordnet nach "
        f"{order.indicator.kurztitel}, mit einer Ausgleichslinie"
    )
    head += f" von {view.short(line[0])} bis {view.text(line[-1])}." if line else "."
    ends = (
        f" Links {low.name} ({view.short(low.shown)}), rechts {high.name} "
        f"({view.short(high.shown)})."
    )
    text = plain(head)
    if len(text) > ALT_LONGEST:
        return f"{text[: ALT_LONGEST - 1]}…"
    return text + plain(ends) if len(text) + len(plain(ends)) <= ALT_LONGEST else text
