"""Sentences about the index of the domains, and its limits."""

from __future__ import annotations

from spm.presentation.blocks import from_data
from spm.presentation.synthesis.composite import CLASSED, Composite
from spm.presentation.synthesis.compositewords import ALONE, DRAWS, SHARE, belonging, ends
from spm.presentation.wording.grammar import capitalised, plural, so_many
from spm.synthesis.draws import REPEATS
from spm.text.numbers import NBSP, format_interval, format_number, join_words, number_word

LIMITS_OF_INDEX = (
    "Ein Index verdichtet: Welche Kennzahlen eingehen und wie viel sie zählen, ist eine fachliche "
    "Entscheidung, keine Messung. Gleiche Werte können aus verschiedenen Themenfeldern kommen; "
    "deshalb gehören diese immer dazu. Für eine Rangliste eignet er sich nicht."
)


def of_index(made: Composite) -> str:
    """What the index is, and which areas are surely among the highest or the lowest quarter."""
    equal = not made.settings.gewichte
    weights = "" if equal else f" (Gewichte: {_weights(made)})"
    opening = (
        f"Der Index ist das Mittel der {number_word(len(made.domains))} Themenfelder, "
        f"{'jedes mit demselben Gewicht' if equal else 'gewichtet'}{weights}.{_without(made)}"
    )
    parts = belonging(made, made.judged(-1))
    if not parts:
        return (
            f"{opening} {capitalised(_none(made))} gehört in mindestens {SHARE} der {DRAWS} "
            f"{ends(made)} und {ALONE}."
        )
    return (
        f"{opening} {capitalised('; '.join(parts))}: in mindestens {SHARE} von "
        f"{format_number(REPEATS)} durchgespielten {DRAWS}n und nachweisbar auch in einzelnen "
        "Kennzahlen."
    )


def _none(made: Composite) -> str:
    return f"k{so_many(1, made.place)}"


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
        f"verschiebt sich {_none(made)} um mehr als {places}"
        if most
        else "ändert sich die Reihenfolge nicht"
    )
    which = "beiden" if len(made.views) == 2 else number_word(len(made.views))
    return (
        f"Lässt man eine der {which} Kennzahlen weg, {moved}. Auch das ist durchgespielt: In jedem "
        "der Zufallsfälle fehlt eine von ihnen oder keine, und die Gewichte der Themenfelder "
        f"schwanken um bis zu 25{NBSP}%."
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
        verdict = "die Belastung ist insgesamt gestiegen"
    elif high < 0:
        verdict = "die Belastung ist insgesamt gesunken"
    else:
        verdict = "ob sie sich verändert hat, ist nicht nachweisbar"
    return (
        f"Mittel und Streuung sind die des Jahres {base}. Gegenüber damals (0) liegt der Index im "
        f"Mittel der {plural(made.place, 'gen')} {_year(made)} bei {said}: {verdict}."
    )


def bounded(made: Composite) -> str:
    """That so few areas have an order and no classes; docs/explanation/index-and-status.md: why."""
    if made.n >= CLASSED:
        return ""
    return (
        f"Aus {so_many(made.n, made.place, case='dat')} lässt sich nur eine Reihenfolge bilden. "
        "Klassen wie „hoch“ oder „niedrig“ gibt es erst ab "
        f"{so_many(CLASSED, made.place, case='dat')}."
    )


def _weights(made: Composite) -> str:
    weights = made.settings.gewichte
    parts = [
        f"{from_data(name)} {weights.get(name, 1.0):g}".replace(".", ",") for name in made.names
    ]
    return ", ".join(parts)


def _year(made: Composite) -> int:
    return made.views[0].year
