"""The report in plain language: short sentences, one thing each, rounded numbers, no intervals.

Only what is certain is said: values of the municipality, and changes and differences of areas that
a test bears; of a difference it is said where. Long words have a hyphen where they fall apart; the
rules are those of Netzwerk Leichte Sprache (https://www.netzwerk-leichte-sprache.de) as far as a
program can follow them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spm.presentation.blocks import from_data
from spm.presentation.places import Place
from spm.presentation.views import IndicatorView
from spm.presentation.wording.areas import in_areas
from spm.presentation.wording.grammar import capitalised, in_municipality, plural_dative
from spm.presentation.wording.levels import counted_change
from spm.published import (
    ABSENDER_GESPERRT,
    GESAMT,
    GESPERRT,
    GESTIEGEN,
    HOEHER,
    NACHWEISBAR,
    NIEDRIGER,
)
from spm.text.numbers import format_number

Section = tuple[str, list[str]]
"""A heading and its sentences, with marked parts."""

NAMED = 2
"""Areas that are named, each in a sentence of its own; more are counted."""

DIGITS = 2
"""Of a number of people so many digits are said: "etwa 35.000"."""


class Told(NamedTuple):
    """How an indicator is told.

    topic : heading; indicators of the same topic stand below one.
    before : sentences that explain what is counted.
    value : the sentence with its value, rounded, in place of ``{}``.
    after : sentences that say whom the value counts.
    """

    topic: str
    before: tuple[str, ...]
    value: str
    after: tuple[str, ...] = ()


PEOPLE, SCHOOL = "Wer lebt hier?", "Schule"

SENTENCES: dict[str, Told] = {
    "einwohner": Told(PEOPLE, (), "{ort} leben etwa {} Menschen."),
    "anteil_u18": Told(PEOPLE, (), "Von 100 Menschen sind etwa {} jünger als 18 Jahre."),
    "sgb2_quote_u18": Told(
        "Geld",
        ("Manche Familien haben wenig Geld.", "Dann hilft das Job-Center mit Geld."),
        "Von 100 Kindern und Jugendlichen leben etwa {} in diesen Familien.",
    ),
    "betreuungsquote_u3": Told(
        "Kita",
        (
            "Manche Kinder sind jünger als 3 Jahre und gehen in eine Kita.",
            "Oder sie gehen zu einer Tages-Mutter oder einem Tages-Vater.",
        ),
        "Das sind etwa {} von 100 Kindern unter 3 Jahren.",
    ),
    "hze_dichte": Told(
        "Hilfe für Familien",
        ("Manche Familien brauchen Hilfe bei der Erziehung.", "Das Jugend-Amt hilft ihnen."),
        "Für 1.000 Kinder und Jugendliche gibt es etwa {} Hilfen.",
    ),
    "seu_sprache": Told(
        SCHOOL,
        ("Vor der Schule werden alle Kinder untersucht.",),
        "Etwa {} von 100 Kindern brauchen vielleicht Hilfe beim Sprechen.",
    ),
    "uebergang_gymnasium": Told(
        SCHOOL, (), "Nach der Grund-Schule gehen etwa {} von 100 Kindern auf ein Gymnasium."
    ),
    "abgaenge_ohne_abschluss": Told(
        SCHOOL,
        (),
        "Etwa {} von 100 Jugendlichen verlassen die Schule ohne Ersten Schul-Abschluss.",
        ("Dazu zählen auch Jugendliche mit einem Abschluss der Förder-Schule.",),
    ),
}
"""Indicators of the catalogue that comes with the program; others a municipality tells itself."""


def sections(
    views: Sequence[IndicatorView], place: Place, year: int, publisher: str, contact: str
) -> list[Section]:
    """All sections, without those that have nothing to say.

    Parameters
    ----------
    views : all indicators, in catalogue order.
    """
    told = [(v, SENTENCES[v.indicator.id]) for v in views if v.indicator.id in SENTENCES]
    facts = [(v, text) for v, text in told if v.total.ok]
    hidden = any(r.status in (GESPERRT, ABSENDER_GESPERRT) for v in views for r in v.areas)
    found: list[Section] = [
        ("Was ist das für ein Bericht?", _about(place, year, publisher, views)),
        *(
            (topic, [text for v, t in facts if t.topic == topic for text in _one(v, t, place)])
            for topic in dict.fromkeys(t.topic for _, t in facts)
        ),
        ("Warum fehlen manche Zahlen?", _gaps() if hidden else []),
        ("Was sagen die Zahlen nicht?", _limits() if facts else []),
        ("Mehr erfahren", _more(contact)),
    ]
    return [(title, sentences) for title, sentences in found if sentences]


def _about(place: Place, year: int, publisher: str, views: Sequence[IndicatorView]) -> list[str]:
    parts = max((len(v.area_names) for v in views if not v.groups), default=0)
    several = f"Die Kommune hat {format_number(parts)} Teile: die {from_data(place.plural)}."
    return [
        "Das ist ein Bericht über Kinder und Jugendliche.",
        f"Die Kinder und Jugendlichen leben {in_municipality(place)}.",
        several if parts > 1 else "",
        f"Die meisten Zahlen sind aus dem Jahr {year}." if any(v.total.ok for v in views) else "",
        f"Den Bericht hat gemacht: {from_data(publisher)}.",
    ]


def _one(view: IndicatorView, told: Told, place: Place) -> list[str]:
    where = capitalised(in_municipality(place))
    value = told.value.replace("{ort}", where).replace("{}", rounded(view))
    value = value.replace("etwa weniger", "weniger").replace("Etwa weniger", "Weniger")
    return [*told.before, value, *_before(view), *_where(view), *told.after]


def _where(view: IndicatorView) -> list[str]:
    """Where there are more or fewer than elsewhere, by the test; nothing of areas put together."""
    texts = []
    for word, classes in (("mehr", HOEHER), ("weniger", NIEDRIGER)):
        found = [row for row in view.published if row.klasse in classes]
        if view.groups or not found:
            continue
        where = [capitalised(in_areas([row], view)) for row in found]
        if len(found) > NAMED:
            where = [f"In {format_number(len(found))} {plural_dative(view.place)}"]
        texts += [f"{place} sind es {word}." for place in where]
    return texts


def _before(view: IndicatorView) -> list[str]:
    """Whether there were more or fewer before, if the test or a count says so."""
    change, counted = view.changes.get(GESAMT), counted_change(view)
    if change and change.richtung in NACHWEISBAR:
        when = f"Im Jahr {change.von}" if view.window == 1 else "Vor einigen Jahren"
        return [f"{when} waren es {_opposite(change.richtung == GESTIEGEN)}."]
    if view.indicator.art == "anzahl" and counted and counted.old != counted.new:
        return [f"Im Jahr {counted.since} waren es {_opposite(counted.new > counted.old)}."]
    return []


def _opposite(rose: bool) -> str:
    """How many there were before."""
    return "weniger" if rose else "mehr"


def rounded(view: IndicatorView) -> str:
    """The municipality's value as it is said after "etwa": ``"35.000"``, ``"16"``."""
    value = view.total.shown
    if view.indicator.art == "anzahl":
        size = max(len(str(int(abs(value)))) - DIGITS, 0)
        return format_number(round(value / 10**size) * 10**size)
    return format_number(value) if value >= 1 else "weniger als 1"


def _gaps() -> list[str]:
    return [
        "Manche Zahlen stehen nicht im Bericht.",
        "Niemand soll einen Menschen erkennen.",
        "Deshalb bleiben manche Zahlen geheim.",
        "Eine geheime Zahl sagt nichts über die Menschen.",
    ]


def _limits() -> list[str]:
    return [
        "Die Zahlen sagen nichts über einen einzelnen Menschen.",
        "Die Zahlen sagen nicht: Warum ist das so?",
    ]


def _more(contact: str) -> list[str]:
    return [
        "Im ganzen Bericht steht mehr.",
        f"Sie haben Fragen? Schreiben Sie hierhin: {from_data(contact)}" if contact else "",
        "Dieser Text folgt Regeln für Leichte Sprache.",
        "Menschen mit Lern-Schwierigkeiten haben ihn noch nicht geprüft.",
    ]
