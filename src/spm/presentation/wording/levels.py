"""How sure a change is, in words: shown by the test, a hint, not shown; or a counted fact."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from spm.presentation.views import IndicatorView
from spm.presentation.wording.grammar import capitalised, in_municipality
from spm.published import (
    FALLEND,
    GESAMT,
    GESTIEGEN,
    GESUNKEN,
    HINWEIS_ANSTIEG,
    HINWEIS_RUECKGANG,
    HINWEISE,
    NACHWEISBAR,
    STEIGEND,
    UNVERAENDERT,
)
from spm.text.numbers import format_number, format_value, number_word

LEVELS = {
    GESTIEGEN: "nachweisbar gestiegen",
    GESUNKEN: "nachweisbar gesunken",
    HINWEIS_ANSTIEG: "Hinweis auf Anstieg",
    HINWEIS_RUECKGANG: "Hinweis auf Rückgang",
    UNVERAENDERT: "keine Veränderung nachweisbar",
}
"""Of a change of the municipality; never that nothing changed."""

ARROWS = {
    GESTIEGEN: "↑",
    GESUNKEN: "↓",
    HINWEIS_ANSTIEG: "(↑)",
    HINWEIS_RUECKGANG: "(↓)",
}
"""Before a change: what is shown bears an arrow, a hint one in brackets."""

HINT_MEANS = (
    "Für sich betrachtet ist ein Hinweis mehr als Zufall, unter allen Veränderungen der Kommune "
    "kann er Zufall sein."
)

_NOUNS = {HINWEIS_ANSTIEG: "einen Anstieg", HINWEIS_RUECKGANG: "einen Rückgang"}
UP = (GESTIEGEN, HINWEIS_ANSTIEG, STEIGEND)
"""Directions of changes and trends that go up."""


def arrows_explained(directions: Iterable[str]) -> str:
    """What arrows before changes mean, for the note of a table; "" where no change was told."""
    found = set(directions)
    if not found & set(LEVELS):
        return ""
    parts = []
    if found & set(NACHWEISBAR):
        parts.append("ein Pfeil vor einer Veränderung heißt: sie ist nachweisbar")
    if found & set(HINWEISE):
        parts.append("ein Pfeil in Klammern: es gibt einen Hinweis auf eine Veränderung")
    return "; ".join(parts) or "keine der Veränderungen ist nachweisbar"


def hint(view: IndicatorView, name: str, values: str, apart: str) -> str:
    """The sentences of a change of the municipality that is a hint.

    Parameters
    ----------
    name : what the values are called: "Anteil".
    values, apart : the two values and the difference, as in "2018 bei 3 %, 2023 bei 4 %" and
        "Unterschied +1,0 Prozentpunkte; …".
    """
    way = _NOUNS[view.changes[GESAMT].richtung]
    where = capitalised(in_municipality(view.place))
    return (
        f"{where} gibt es einen Hinweis auf {way}: Der {name} lag {values} ({apart}). Für sich "
        "betrachtet geht das über zufällige Schwankungen hinaus; unter allen Veränderungen der "
        "Kommune kann es trotzdem Zufall sein."
    )


def counted(view: IndicatorView, first: int, last: int, place: str = "") -> str:
    """How a number of people or things changed: it was counted, and is not tested.

    ``"In Lemgo ist die Zahl von 5.102 (2018) auf 5.248 (2023) gestiegen: +146 Personen."``

    Parameters
    ----------
    first, last : years with a published value of the municipality.
    place : where, if not in the municipality.
    """
    old, new = (view.row(GESAMT, year).shown for year in (first, last))
    where = capitalised(place or in_municipality(view.place))
    course = f"von {format_number(old)} ({first}) auf {format_number(new)} ({last})"
    if old == new:
        return f"{where} war die Zahl {first} und {last} dieselbe: {view.text(new)}."
    moved = "gestiegen" if new > old else "gesunken"
    by = format_value(new - old, view.indicator.einheit, 0, signed=True)
    return f"{where} ist die Zahl {course} {moved}: {by}."


class Counted(NamedTuple):
    """A number of people or things in two years."""

    since: int
    old: float
    new: float


def counted_change(view: IndicatorView) -> Counted | None:
    """How the municipality's number changed, of indicators that are one or the change of one."""
    row, breaks = view.total, [year for year in view.breaks if year <= view.year]
    if not row.ok or view.window > 1:
        return None
    if view.indicator.art == "veraenderung" and row.zaehler is not None and row.nenner is not None:
        return Counted(view.years[0], row.nenner, row.zaehler)
    first = breaks[-1] if breaks else view.years[0]
    years = [y for y in view.years if first <= y < view.year and view.row(GESAMT, y).ok]
    if view.indicator.art != "anzahl" or not years:
        return None
    return Counted(years[0], view.row(GESAMT, years[0]).shown, row.shown)


def reconciled(view: IndicatorView, *areas: str) -> str:
    """Why a trend is told where first and last value alone show no change, or the other way round.

    Parameters
    ----------
    areas : keys of areas of which a trend is told; without any, the municipality.
    """
    keys = areas or (GESAMT,)
    apart = [raum for raum in keys if _apart(view, raum)]
    if not apart:
        return ""
    if not areas:
        change, trend = view.changes[GESAMT], view.trends[GESAMT]
        if change.richtung in NACHWEISBAR:
            return "Von Jahr zu Jahr verlief die Entwicklung also nicht gleichmäßig."
        if change.richtung in HINWEISE and (change.richtung in UP) == (trend.richtung in UP):
            return (
                f"Das stützt den Hinweis aus dem Vergleich von {change.von} und {change.bis}, der "
                "für sich allein nicht ausreicht."
            )
        return (
            f"Der Unterschied zwischen {change.von} und {change.bis} allein ist dafür nicht groß "
            f"genug; erst alle {number_word(trend.n)} Werte zusammen zeigen die Richtung."
        )
    return (
        "Der Unterschied zwischen dem ersten und dem letzten Wert allein zeigt das nicht überall; "
        "erst alle Werte zusammen zeigen die Richtung."
    )


def _apart(view: IndicatorView, raum: str) -> bool:
    """Whether a trend of an area is told and its change is not, or goes the other way."""
    change, trend = view.changes.get(raum), view.trends.get(raum)
    if change is None or trend is None or trend.richtung not in (STEIGEND, FALLEND):
        return False
    alike = (change.richtung in UP) == (trend.richtung in UP)
    return change.richtung not in NACHWEISBAR or not alike
