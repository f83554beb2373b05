"""The sentences of the Kurzfassung."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import from_data
from spm.presentation.places import Place
from spm.presentation.profile import BEDARF, STAERKE, AreaProfile, Differing, Entry
from spm.presentation.views import IndicatorView
from spm.presentation.wording import changes
from spm.presentation.wording.grammar import (
    capitalised,
    dative_of_one,
    in_municipality,
    number_kept,
    plural,
    quoted,
    so_many,
    so_many_of,
)
from spm.presentation.wording.profile import examples, so_many_indicators, together_with
from spm.published import GESAMT
from spm.text.numbers import format_number, format_value, join_words, number_word

NAMED = 3
"""Areas named in one sentence."""

NAMED_INDICATORS = 6
"""So many differences are named in it, of all these areas together; more are counted."""

EXAMPLES = 2
"""Indicators named with their values, of the favourable and of the unfavourable ones."""


def most_different(counted: Sequence[Differing], place: Place) -> str:
    """Which areas differ in most of the most important indicators, in one sentence."""
    highest = max((area.differs for area in counted), default=0)
    if not highest:
        return ""
    most = [area for area in counted if area.differs == highest]
    names = [number_kept(area.name) for area in most[:NAMED]]
    who = (
        join_words(names)
        if len(most) <= NAMED
        else f"{number_word(len(most))} {from_data(place.plural)}"
    )
    verb = "unterscheidet sich" if len(most) == 1 else "unterscheiden sich"
    of = {area.compared for area in most}
    among = f" von {number_word(of.pop())}" if len(of) == 1 else ""
    named = len(most) <= NAMED and sum(area.differs for area in most) <= NAMED_INDICATORS
    ways = f" ({_ways(most[0], named=named)})" if len(most) == 1 else ""
    if 1 < len(most) <= NAMED:
        who = join_words(
            [f"{name} ({_ways(a, named=named)})" for name, a in zip(names, most, strict=True)]
        )
    still = sum(not area.differs for area in counted)
    many = "einer" if highest == 1 else number_word(highest)
    noun = "Kennzahl" if highest == 1 and not among else "Kennzahlen"
    text = (
        f"Am häufigsten {verb} {who} von der übrigen Kommune: bei {many}{among} wichtigen "
        f"{noun}{ways}"
    )
    if max(area.compared for area in counted) == 1:
        text = (
            f"Bei der einen wichtigen Kennzahl, die sich vergleichen lässt, {verb} {who} von der "
            f"übrigen Kommune{ways}"
        )
    if still:
        text += f"; bei {so_many(still, place, case='dat')} ist kein Unterschied nachweisbar"
    return f"{text}."


def _ways(area: Differing, *, named: bool) -> str:
    """How it differs: ``"ungünstiger bei vier, höher bei zwei"``, or with their names."""
    counts = (
        ("günstiger", area.favourable),
        ("ungünstiger", area.unfavourable),
        ("höher", area.higher),
        ("niedriger", area.lower),
    )
    parts = []
    for word, n in counts:
        names = [quoted(capitalised(title)) for way, title in area.named if way == word]
        if named and names:
            parts.append(f"{word} bei {join_words(names)}")
        elif n:
            parts.append(f"{word} bei {'einer' if n == 1 else number_word(n)}")
    return ", ".join(parts)


def areas_opening(place: Place, told: int, of: int, least: int) -> str:
    """What opens the list of areas."""
    if of == 1:
        return "Unterschiede, die über zufällige Schwankungen hinausgehen:"
    verb = "unterscheidet sich" if told == 1 else "unterscheiden sich"
    which = capitalised(so_many_of(told, place, of))
    rest = f"der {'jeweils ' if told > 1 else ''}übrigen Kommune"
    return (
        f"{which} {verb} in mindestens {number_word(least)} bewerteten Kennzahlen von {rest}, "
        "und zwar über zufällige Schwankungen hinaus:"
    )


def no_area(place: Place) -> str:
    """That no area differs in several indicators."""
    return (
        f"In k{dative_of_one(place)} der {plural(place, 'gen')} unterscheiden sich mehrere "
        "bewertete Kennzahlen von der übrigen Kommune so, dass es über zufällige Schwankungen "
        "hinausgeht."
    )


def one_area(profile: AreaProfile) -> str:
    """One area: how many indicators are more and less favourable, with examples."""
    parts = []
    for art, word in ((STAERKE, "günstiger"), (BEDARF, "ungünstiger")):
        found = [a for a in profile.entries if a.kind == art]
        if found:
            some = examples(found, EXAMPLES)
            among = "darunter " if len(found) > EXAMPLES else ""
            listed = "; ".join(_example(a) for a in some)
            parts.append(f"{word} bei {so_many_indicators(len(found))} ({among}{listed})")
    return f"**{number_kept(profile.name)}:** {', '.join(parts)}."


def _example(entry: Entry) -> str:
    view, row = entry.view, entry.row
    name = f"{capitalised(from_data(view.indicator.kurztitel))}{together_with(entry, ' ')}"
    return f"{name}: {view.text(row.shown)}"


def changes_opening(place: Place, moved: int, same: int, most: int) -> str:
    """What opens the list of changes; empty if none can be told."""
    where = in_municipality(place)
    if not moved and not same:
        return ""
    if not moved:
        which = "der einen Kennzahl" if same == 1 else f"keiner der {number_word(same)} Kennzahlen"
        no = "k" if same == 1 else ""
        return (
            f"Bei {which}, für die ein Vergleich möglich ist, ist {where} {no}eine Veränderung "
            "nachweisbar."
        )
    first = f"{capitalised(where)} ist eine Veränderung nachweisbar bei {so_many_indicators(moved)}"
    rest = f", bei {so_many_indicators(same)} nicht" if same else ""
    return (
        f"{first}{rest}. {'Die ersten ' + number_word(most) + ':' if moved > most else ''}".strip()
    )


def one_change(view: IndicatorView) -> str:
    """One indicator that rose or fell."""
    return f"**{capitalised(from_data(view.indicator.kurztitel))}:** {changes.development(view)}"


def trends_opening(found: int, most: int) -> str:
    """What opens the list of trends."""
    if found == 1:
        return "Über die Jahre hinweg ist ein Trend nachweisbar:"
    rest = f"; die ersten {number_word(most)}:" if found > most else ":"
    return f"Über die Jahre hinweg ist ein Trend nachweisbar bei {so_many_indicators(found)}{rest}"


def one_trend(view: IndicatorView) -> str:
    """One indicator that went one way, with its first and last value."""
    found = view.trends[GESAMT]
    ends = [
        f"{view.text(view.row(GESAMT, year).shown)} ({view.short_years(year)})"
        for year in (found.von, found.bis)
    ]
    name = capitalised(from_data(view.indicator.kurztitel))
    return f"**{name}:** {found.richtung}, von {ends[0]} auf {ends[1]}"


def what_numbers_cannot_say(
    place: Place, year: int, shown: int, hidden: int, compared: bool
) -> str:
    """How many values are missing, and what an interval and a difference mean."""
    texts = []
    if hidden:
        total = shown + hidden
        share = format_value(100 * hidden / total, "%", 0)
        verb = "ist" if hidden == 1 else "sind"
        texts.append(
            f"Von {format_number(total)} Werten der {plural(place, 'gen')} für {year} {verb} "
            f"{format_number(hidden)} ({share}) aus Gründen der Geheimhaltung nicht gezeigt; "
            "das heißt nicht, dass es dort nur wenige Fälle gibt."
        )
    if shown:
        texts.append("Je breiter das Intervall, desto unsicherer ist ein Wert.")
    if compared:
        texts.append(
            "Als Unterschied oder Veränderung nennt die Kurzfassung nur, was über zufällige "
            "Schwankungen hinausgeht. Ursachen zeigen die Zahlen nicht."
        )
    return " ".join(texts)
