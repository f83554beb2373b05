"""Sentences about domains, and their limits."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from itertools import groupby

import numpy as np

from spm.presentation import judging
from spm.presentation.blocks import from_data
from spm.presentation.places import Place
from spm.presentation.synthesis.choosing import REASONS, Choice
from spm.presentation.synthesis.composite import FEWEST, Composite
from spm.presentation.views import IndicatorView
from spm.presentation.wording.grammar import (
    all_areas,
    capitalised,
    number_kept,
    plural,
    plural_dative,
    quoted,
    so_many,
)
from spm.synthesis.composite import REACHED
from spm.synthesis.draws import REPEATS
from spm.text.numbers import NBSP, format_number, join_words, number_word

NAMED = 4
"""Areas named in one sentence; more are counted."""

ENDS = ((judging.UNGUENSTIG, "höchsten"), (judging.GUENSTIG, "niedrigsten"))
"""What may be said of an area, and of which burden."""

SHARE = f"{REACHED * 100:.0f}{NBSP}%"

DRAWS = "Zufallsfälle"
"""What texts call draws, in the genitive, too."""


def why_not(made: Composite) -> str:
    """Why there are no domains."""
    if made.n < FEWEST:
        return (
            f"Themenfelder vergleichen {from_data(made.place.plural)} miteinander; dafür müssen "
            f"mindestens {number_word(FEWEST)} eingeordnet sein."
        )
    return (
        f"Es gibt keine Kennzahl, aus der sich ein Themenfeld für alle {plural(made.place)} bilden "
        "lässt."
    )


def lead(made: Composite) -> str:
    """What the domains are, and how to read the figure."""
    fields, k = len(made.domains), len(made.views)
    number = "Ein Themenfeld" if fields == 1 else f"{capitalised(number_word(fields))} Themenfelder"
    verb = "fasst" if fields == 1 else "fassen"
    what = "eine Kennzahl" if k == 1 else f"{number_word(k)} Kennzahlen"
    return (
        f"{number} {verb} {what} zusammen. Die Abbildung zeigt für die "
        f"{all_areas(made.n, made.place)}, wo sie in der Reihenfolge der Belastung stehen (rechts: "
        "höhere Belastung). Kleine Zahlen schwanken durch Zufall; deshalb wurden "
        f"{format_number(REPEATS)} {DRAWS} durchgespielt: Werte, wie sie bei denselben "
        "Verhältnissen auch hätten zustande kommen können. Die Linien reichen über die Stellen, "
        f"an denen die {plural(made.place)} jeweils in mindestens {SHARE} davon stehen."
    )


def beside(made: Composite, fields: Mapping[str, int]) -> str:
    """That domains are not those of the table above them, which hold more indicators.

    Parameters
    ----------
    fields : number of indicators of every domain of that table.
    """
    if not fields:
        return ""
    text = (
        f"Themenfelder sind nicht die Bereiche der Tabelle oben: In sie gehen nur wenige, "
        f"ausgewählte Kennzahlen ein, die für alle {plural(made.place)} veröffentlicht sind."
    )
    same = next((name for name in made.names if name in fields), None)
    if same is None:
        return text
    name, own = f"„{from_data(same)}“", _indicators(len(made.domains[same]))
    return (
        f"{text} Das Themenfeld {name} besteht hier aus {own}, der Bereich {name} aus "
        f"{_indicators(fields[same])}."
    )


def _indicators(n: int) -> str:
    return "einer Kennzahl" if n == 1 else f"{number_word(n)} Kennzahlen"


def limits_of_domains(made: Composite) -> str:
    """What domains cannot say."""
    areas = plural(made.place)
    return (
        "Ein Themenfeld ist nur so vollständig wie die Kennzahlen, die geliefert und für alle "
        f"eingeordneten {areas} veröffentlicht sind. Es vergleicht {from_data(made.place.plural)} "
        "miteinander, beschreibt nicht die Familien, die dort leben, und sagt nicht, woher "
        "Unterschiede kommen."
    )


def claims(made: Composite) -> list[str]:
    """Domain by domain the areas that are surely among the highest or the lowest quarter."""
    told = []
    for column, name in enumerate(made.names):
        parts = belonging(made, made.judged(column))
        if parts:
            told.append(f"**{from_data(name)}**: {'; '.join(parts)}.")
    return told


def belonging(made: Composite, found: Sequence[str]) -> list[str]:
    """Who surely belongs where: ``"Sozialraum 4 gehört zu den zwei Sozialräumen mit …"``."""
    return [
        f"{named(made, found, kind)} {'gehört' if found.count(kind) == 1 else 'gehören'} "
        f"{ends(made, word)}"
        for kind, word in ENDS
        if kind in found
    ]


def claims_opening(made: Composite) -> str:
    """What the list of claims says."""
    return (
        f"Genannt ist nur, was in mindestens {SHARE} der {DRAWS} gilt, wenn sich dort auch eine "
        "einzelne Kennzahl nachweisbar von der übrigen Kommune unterscheidet:"
    )


def no_claim(made: Composite) -> str:
    """That nothing is sure, where nothing is."""
    return (
        f"In keinem Themenfeld gehört {so_many(1, made.place)} in mindestens {SHARE} der {DRAWS} "
        f"{ends(made)} und {ALONE}; die Reihenfolge ist also unsicher."
    )


def ends(made: Composite, word: str = "") -> str:
    """Where an area surely belongs: ``"zu den zwei Sozialräumen mit der höchsten Belastung"``.

    Parameters
    ----------
    word : of which burden; without it, of either.
    """
    many = number_word(made.quarter)
    if made.quarter == 1:
        first, again = "an die Stelle", "an die"
    else:
        first, again = f"zu den {many} {plural_dative(made.place)}", f"zu den {many}"
    if word:
        return f"{first} mit der {word} Belastung"
    return f"{first} mit der höchsten oder {again} mit der niedrigsten Belastung"


ALONE = "unterscheidet sich zugleich in einer einzelnen Kennzahl nachweisbar"


def made_of(made: Composite) -> str:
    """Which indicators make which domain."""
    parts = [f"{from_data(name)} ({titles(views)})" for name, views in made.domains.items()]
    return f"Kennzahlen der Themenfelder: {', '.join(parts)}."


def titles(views: Iterable[IndicatorView]) -> str:
    """Indicators by their short titles, in quotation marks: some hold a comma."""
    return join_words([quoted(view.indicator.kurztitel) for view in views])


def missing(choice: Choice, place: Place, empty: Sequence[str] = ()) -> str:
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
        who = join_words(names) if len(names) <= NAMED else so_many(len(names), place)
        texts.append(f"Wegen zu kleiner Bevölkerung nicht eingeordnet: {who}.")
    return " ".join(texts)


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


def named(made: Composite, found: Sequence[str], kind: str) -> str:
    """The areas of which one thing may be said, or how many they are."""
    areas = [name for (_, name), one in zip(made.choice.areas, found, strict=True) if one == kind]
    if len(areas) <= NAMED:
        return join_words([number_kept(name) for name in areas])
    return f"{number_word(len(areas))} der {plural(made.place, 'gen')}"
