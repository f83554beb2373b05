"""Sentences about domains and their index, and their limits."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import groupby

import numpy as np

from spm.presentation import judging
from spm.presentation.blocks import from_data
from spm.presentation.synthesis.choosing import REASONS, Choice
from spm.presentation.synthesis.composite import CLASSED, FEWEST, Composite
from spm.presentation.views import IndicatorView
from spm.presentation.wording.grammar import (
    all_areas,
    capitalised,
    number_kept,
    plural,
    quoted,
    so_many,
)
from spm.synthesis.composite import REACHED
from spm.synthesis.draws import REPEATS
from spm.text.numbers import NBSP, format_interval, format_number, join_words, number_word

NAMED = 4
"""Areas named in one sentence; more are counted."""

SHARE = f"{REACHED * 100:.0f}{NBSP}%"

LIMITS_OF_DOMAINS = (
    "Ein Themenfeld ist nur so vollständig wie die Kennzahlen, die geliefert und für alle "
    "eingeordneten Gebiete veröffentlicht sind. Es vergleicht Gebiete miteinander, beschreibt "
    "nicht die Familien, die dort leben, und sagt nicht, woher Unterschiede kommen."
)
LIMITS_OF_INDEX = (
    "Ein Index verdichtet: Welche Kennzahlen eingehen und wie viel sie zählen, ist eine fachliche "
    "Entscheidung, keine Messung. Gleiche Werte können aus verschiedenen Themenfeldern kommen; "
    "deshalb gehören diese immer dazu. Für eine Rangliste eignet er sich nicht."
)


def why_not(made: Composite) -> str:
    """Why there are no domains."""
    if made.n < FEWEST:
        return (
            "Themenfelder vergleichen Gebiete miteinander; dafür müssen mindestens "
            f"{number_word(FEWEST)} eingeordnet sein."
        )
    return "Es gibt keine Kennzahl, aus der sich ein Themenfeld für alle Gebiete bilden lässt."


def lead(made: Composite) -> str:
    """What the domains are, and how to read the figure."""
    fields, k = len(made.domains), len(made.views)
    number = "Ein Themenfeld" if fields == 1 else f"{capitalised(number_word(fields))} Themenfelder"
    verb = "fasst" if fields == 1 else "fassen"
    what = "eine Kennzahl" if k == 1 else f"{number_word(k)} Kennzahlen"
    return (
        f"{number} {verb} {what} zusammen. Die Abbildung zeigt für die "
        f"{all_areas(made.n, made.place)}, wo sie in der Reihenfolge der Belastung stehen (rechts: "
        f"höhere Belastung) und in welcher Spanne sie nach {format_number(REPEATS)} Ziehungen "
        "liegen können, denn kleine Zahlen schwanken durch Zufall."
    )


def claims(made: Composite) -> list[str]:
    """Domain by domain the areas that are surely among the highest or the lowest quarter."""
    told = []
    for column, name in enumerate(made.names):
        found = made.judged(column)
        parts = [
            f"im Viertel mit der {word} Belastung {_areas(made, found, kind)}"
            for kind, word in ((judging.UNGUENSTIG, "höchsten"), (judging.GUENSTIG, "niedrigsten"))
            if kind in found
        ]
        if parts:
            told.append(f"**{from_data(name)}**: {', '.join(parts)}.")
    return told


def claims_opening(made: Composite) -> str:
    """What the list of claims says."""
    return (
        f"Genannt ist ein Gebiet, das in mindestens {SHARE} der Ziehungen in einem Viertel liegt "
        f"(hier {number_word(made.quarter)} von {number_word(made.n)}), wenn sich dort auch eine "
        "einzelne Kennzahl nachweisbar von der übrigen Kommune unterscheidet:"
    )


def no_claim(made: Composite) -> str:
    """That nothing is sure, where nothing is."""
    return (
        f"In keinem Themenfeld liegt eines der Gebiete in mindestens {SHARE} der Ziehungen im "
        "höchsten oder niedrigsten Viertel; die Reihenfolge ist also unsicher."
    )


def made_of(made: Composite) -> str:
    """Which indicators make which domain."""
    parts = [f"{from_data(name)} ({titles(views)})" for name, views in made.domains.items()]
    return f"Kennzahlen der Themenfelder: {', '.join(parts)}."


def titles(views: Iterable[IndicatorView]) -> str:
    """Indicators by their short titles, in quotation marks: some hold a comma."""
    return join_words([quoted(view.indicator.kurztitel) for view in views])


def missing(choice: Choice, empty: Sequence[str] = ()) -> str:
    """Which indicators, domains and areas are left out, and why."""
    told = []
    ordered = sorted(choice.left_out, key=lambda one: REASONS.index(one.reason))
    for reason, group in groupby(ordered, key=lambda one: one.reason):
        told.append(f"weil {reason}: {titles(one.view for one in group)}")
    texts = [f"Nicht eingegangen, {'; '.join(told)}."] if told else []
    if empty:
        names = [f"„{from_data(name)}“" for name in empty]
        noun = "bleibt das Themenfeld" if len(empty) == 1 else "bleiben die Themenfelder"
        texts.append(f"Ohne Kennzahl {noun} {join_words(names)}.")
    if choice.small:
        names = [number_kept(name) for _, name in choice.small]
        who = join_words(names) if len(names) <= NAMED else f"{number_word(len(names))} Gebiete"
        texts.append(f"Wegen zu kleiner Bevölkerung nicht eingeordnet: {who}.")
    return " ".join(texts)


def of_index(made: Composite) -> str:
    """What the index is, and which areas are surely among the highest or the lowest quarter."""
    equal = not made.settings.gewichte
    weights = "" if equal else f" (Gewichte: {_weights(made)})"
    opening = (
        f"Der Index ist das Mittel der {number_word(len(made.domains))} Themenfelder, "
        f"{'jedes mit demselben Gewicht' if equal else 'gewichtet'}{weights}.{_without(made)}"
    )
    found = made.judged(-1)
    parts = [
        f"{'gehört' if found.count(kind) == 1 else 'gehören'} zum Viertel mit der {word} "
        f"Belastung {_areas(made, found, kind)}"
        for kind, word in ((judging.UNGUENSTIG, "höchsten"), (judging.GUENSTIG, "niedrigsten"))
        if kind in found
    ]
    if not parts:
        return (
            f"{opening} Kein Gebiet gehört in mindestens {SHARE} der Ziehungen zum Viertel mit der "
            "höchsten oder der niedrigsten Belastung."
        )
    return (
        f"{opening} In mindestens {SHARE} der Ziehungen, und nachweisbar auch in einzelnen "
        f"Kennzahlen, {'; '.join(parts)}."
    )


def _without(made: Composite) -> str:
    if not made.empty:
        return ""
    names = join_words([f"„{from_data(name)}“" for name in made.empty])
    return f" {names} {'fehlt' if len(made.empty) == 1 else 'fehlen'} darin ganz."


def robust(made: Composite) -> str:
    """How much the order depends on single indicators and on weights."""
    if len(made.views) < 2:
        return ""
    most = made.without_each
    places = "eine Stelle" if most == 1 else f"{number_word(most)} Stellen"
    moved = (
        f"rückt ein Gebiet um höchstens {places}" if most else "ändert sich die Reihenfolge nicht"
    )
    return (
        f"Ohne eine beliebige der {number_word(len(made.views))} Kennzahlen {moved}. In den "
        "Ziehungen fehlt auch jedes Mal eine von ihnen oder keine, und die Gewichte der "
        f"Themenfelder schwanken um bis zu 25{NBSP}%."
    )


def progress(made: Composite) -> str:
    """How all areas together have moved since the base year."""
    base = made.settings.basisjahr
    if base is None:
        return ""
    value, low, high = made.progress[-1]
    span = format_interval(low, high, "", 2, signed=True)
    said = f"{format_number(value, 2, signed=True)} (95-%-Intervall {span})"
    if low > 0:
        ends = "die Belastung ist insgesamt gestiegen"
    elif high < 0:
        ends = "die Belastung ist insgesamt gesunken"
    else:
        ends = "ob sie sich verändert hat, ist nicht nachweisbar"
    return (
        f"Mittel und Streuung sind die des Jahres {base}. Gegenüber damals (0) liegt der Index im "
        f"Mittel der Gebiete {_year(made)} bei {said}: {ends}."
    )


def bounded(made: Composite) -> str:
    """What a value in standard deviations can mean with so many areas."""
    limit = format_number(float(np.sqrt(made.n - 1)), 1)
    if made.n >= CLASSED:
        return ""
    return (
        f"Aus {so_many(made.n, made.place, case='dat')} lassen sich keine Klassen bilden, nur eine "
        f"Reihenfolge: Kein Gebiet kann hier weiter als √({made.n}{NBSP}−{NBSP}1) = {limit} "
        "Standardabweichungen vom Mittel entfernt sein, so sehr es sich auch unterscheidet."
    )


def alt_text(made: Composite, column: int, name: str) -> str:
    """What a figure of spans shows, for readers who cannot see it."""
    places, ranges = made.places[column], made.ranges
    order = np.argsort(places, kind="stable")
    ends = [("am weitesten rechts", order[0]), ("am weitesten links", order[-1])]
    told = [
        f"{where} {number_kept(made.choice.areas[i][1])} ({_span(made, column, i)})"
        for where, i in ends
    ]
    width = ranges.last[column] - ranges.first[column] + 1
    least, most = int(width.min()), int(width.max())
    places = f"{least}" if least == most else f"{least} bis {most}"
    return f"{from_data(name)}: {', '.join(told)}; Länge der Spannen: {places}."


def _span(made: Composite, column: int, i: int) -> str:
    first, last = int(made.ranges.first[column, i]), int(made.ranges.last[column, i])
    return f"Stelle {first}" if first == last else f"Stelle {first} bis {last}"


def _areas(made: Composite, found: Sequence[str], kind: str) -> str:
    areas = [name for (_, name), one in zip(made.choice.areas, found, strict=True) if one == kind]
    if len(areas) <= NAMED:
        return join_words([number_kept(name) for name in areas])
    return f"{number_word(len(areas))} der {plural(made.place, 'gen')}"


def _weights(made: Composite) -> str:
    weights = made.settings.gewichte
    parts = [
        f"{from_data(name)} {weights.get(name, 1.0):g}".replace(".", ",") for name in made.names
    ]
    return ", ".join(parts)


def _year(made: Composite) -> int:
    return made.views[0].year
