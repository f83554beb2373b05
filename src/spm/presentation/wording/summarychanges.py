"""The Kurzfassung on the municipality: changes by how sure they are, and other places."""

from __future__ import annotations

import re
from collections.abc import Sequence

from spm.presentation.blocks import from_data
from spm.presentation.judging import FAVOURABLE, GLEICH, NONE, against, judged
from spm.presentation.places import Place
from spm.presentation.views import IndicatorView
from spm.presentation.wording import levels
from spm.presentation.wording.grammar import capitalised, in_municipality, in_place, quoted
from spm.presentation.wording.profile import so_many_indicators
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
from spm.text.numbers import format_number, join_words, number_word

NAMED = 4
"""Indicators of one level that are told; the others are counted."""

_WORDS = {
    GESTIEGEN: "gestiegen",
    GESUNKEN: "gesunken",
    HINWEIS_ANSTIEG: "Anstieg",
    HINWEIS_RUECKGANG: "Rückgang",
}
_NUMBER = re.compile(r"Veränderung der (Zahl .+?)(?: gegenüber .*)?$")
"""What an indicator of a change counts: "die Veränderung der Zahl der unter 18-Jährigen …"."""


def _told(views: Sequence[IndicatorView], ways: Sequence[str]) -> list[IndicatorView]:
    return [v for v in views if v.total.ok and GESAMT in v.changes and _way(v) in ways]


def _way(view: IndicatorView) -> str:
    return view.changes[GESAMT].richtung


def headline(views: Sequence[IndicatorView], place: Place) -> str:
    """How many indicators of the municipality changed, in one sentence; "" if none is compared."""
    shown, hints = _told(views, NACHWEISBAR), _told(views, HINWEISE)
    same = _told(views, (UNVERAENDERT,))
    total = len(shown) + len(hints) + len(same)
    if not total:
        return ""
    where = capitalised(in_municipality(place))
    if not shown and not hints:
        which = "der einen vergleichbaren Kennzahl" if total == 1 else "keiner der vergleichbaren "
        which += "" if total == 1 else f"{number_word(total)} Kennzahlen"
        return f"{where} ist bei {which} {'k' * (total == 1)}eine Veränderung nachweisbar."
    parts = []
    if shown:
        some = [f"{_name(v)}: {_WORDS[_way(v)]}" for v in _lead_first(shown)[:2]]
        among = "darunter " if len(shown) > 2 else ""
        parts.append(
            f"ist bei {_so_many_of(len(shown), total)} eine Veränderung nachweisbar "
            f"({among}{'; '.join(some)})"
        )
    if hints:
        verb = "gibt es bei" if not shown else "bei"
        end = "einen Hinweis auf eine Veränderung"
        how = so_many_indicators(len(hints)) if not shown else _more(len(hints))
        parts.append(f"{verb} {how} {end if not shown else 'gibt es ' + end}")
    return f"{where} {'; '.join(parts)}."


def _so_many_of(n: int, total: int) -> str:
    if n == total:
        return (
            "der einen vergleichbaren Kennzahl" if n == 1 else f"allen {number_word(n)} Kennzahlen"
        )
    return f"{'einer' if n == 1 else number_word(n)} von {number_word(total)} Kennzahlen"


def _more(n: int) -> str:
    return "einer weiteren" if n == 1 else f"{number_word(n)} weiteren"


def opening(views: Sequence[IndicatorView], place: Place) -> str:
    """What opens the list of changes."""
    total = len(_told(views, (*NACHWEISBAR, *HINWEISE, UNVERAENDERT)))
    where = in_municipality(place)
    if not total:
        return f"Veränderungen {where}:"
    many = (
        "eine Kennzahl ließ sich" if total == 1 else f"{number_word(total)} Kennzahlen ließen sich"
    )
    return f"{capitalised(many)} {where} mit einem früheren Jahr vergleichen:"


def by_level(views: Sequence[IndicatorView], lead: Sequence[str]) -> list[str]:
    """One item for every level: shown, hints, trends, how many show none, and counted ones.

    All but the trends and the counted ones add up to the number in `opening`.

    Of a hint that a trend of the same direction bears there is one verdict, in an item of its own.

    Parameters
    ----------
    lead : indicators that come first.
    """
    items = []
    hints = _told(views, HINWEISE)
    borne = [v for v in hints if _borne(v)]
    for title, found, explained in (
        ("Nachweisbar bei {}", _told(views, NACHWEISBAR), ""),
        ("Hinweis bei {}, durch den Trend über alle Jahre gestützt", borne, ""),
        ("Hinweise bei {}", [v for v in hints if v not in borne], f" {levels.HINT_MEANS}"),
    ):
        if found:
            told = _joined([_one(v) for v in _lead_first(found, lead)])
            items.append(f"**{title.format(_number(len(found)))}:** {told}.{explained}")
    trends = [v for v in with_trend(views) if _way_of(v) not in NACHWEISBAR and v not in borne]
    if trends:
        parts = []
        for way in (STEIGEND, FALLEND):
            some = [
                _quoted(v) for v in _lead_first(trends, lead) if v.trends[GESAMT].richtung == way
            ]
            if some:
                shown, more = _cut(some)
                parts.append(f"{way}: {join_words(shown)}{more}")
        items.append(
            f"**Trend über alle Jahre:** {'; '.join(parts)}. Der Unterschied zwischen dem "
            "ersten und dem letzten Jahr allein ist dafür nicht groß genug; erst alle Werte "
            "zusammen zeigen die Richtung."
        )
    same = _told(views, (UNVERAENDERT,))
    if same:
        going = sum(v.indicator.id in {t.indicator.id for t in trends} for v in same)
        but = f"; bei {_number(going)} davon gibt es aber den Trend" if going else ""
        end = "ist keine Veränderung nachweisbar"
        items.append(f"Bei {so_many_indicators(len(same))} {end}{but}.")
    counts = [v for v in views if (c := levels.counted_change(v)) and c.old != c.new]
    if counts:
        told = _joined([_counted(v) for v in counts])
        items.append(f"**Außerdem gezählt, nicht geprüft:** {told}.")
    return items


def with_trend(views: Sequence[IndicatorView]) -> list[IndicatorView]:
    """Indicators of which the municipality has a trend."""
    return [v for v in views if (t := v.trends.get(GESAMT)) and t.richtung in (STEIGEND, FALLEND)]


def _borne(view: IndicatorView) -> bool:
    """Whether a hint is borne by a trend of the same direction."""
    trend = view.trends.get(GESAMT)
    return trend is not None and trend.richtung == (
        STEIGEND if _way(view) in levels.UP else FALLEND
    )


def _way_of(view: IndicatorView) -> str:
    return _way(view) if GESAMT in view.changes else ""


def _lead_first(
    views: Sequence[IndicatorView], lead: Sequence[str] | None = None
) -> list[IndicatorView]:
    """Lead indicators first, then judged ones, in catalogue order; never by a p-value."""

    def rank(view: IndicatorView) -> tuple[bool, bool]:
        leads = view.indicator.leitkennzahl if lead is None else view.indicator.id in lead
        return not leads, not judged(view)

    return sorted(views, key=rank)


def _number(n: int) -> str:
    return "einer" if n == 1 else number_word(n)


def _cut(told: Sequence[str]) -> tuple[list[str], str]:
    """The first ones, and how many more there are; a single one more is told instead."""
    more = len(told) - NAMED
    if more <= 1:
        return list(told), ""
    return list(told[:NAMED]), f" und {number_word(more)} weitere"


def _joined(told: Sequence[str]) -> str:
    first, more = _cut(told)
    return "; ".join(first) + more


def _name(view: IndicatorView) -> str:
    return capitalised(from_data(view.indicator.kurztitel))


def _quoted(view: IndicatorView) -> str:
    """In a list: names may have commas."""
    return quoted(capitalised(view.indicator.kurztitel))


def _one(view: IndicatorView) -> str:
    """``"Offener Ganztag gestiegen von 43,9 % (2018) auf 52,0 %, günstiger"``."""
    change = view.changes[GESAMT]
    old = view.row(GESAMT, change.von)
    word = _WORDS[change.richtung]
    then = f"von {view.short(old.shown)} ({view.short_years(change.von)}) " if old.ok else ""
    course = f"{then}auf {view.text(view.total.shown)}"
    return f"{_name(view)}: {word} {course}{_judgement(view, change.richtung in levels.UP)}"


def _judgement(view: IndicatorView, up: bool) -> str:
    if not judged(view):
        return ""
    better = up == (view.indicator.richtung == "entlastend")
    return ", günstiger" if better else ", ungünstiger"


def _counted(view: IndicatorView) -> str:
    found = levels.counted_change(view)
    assert found is not None  # else nothing is told of it
    by = format_number(found.new - found.old, signed=True)
    course = f"von {format_number(found.old)} ({found.since}) auf {format_number(found.new)}"
    name = _name(view)
    if view.indicator.art == "veraenderung" and (what := _NUMBER.search(view.indicator.satz)):
        name = from_data(what[1])
    return f"{name}: {by}, {course}"


def beside_others(views: Sequence[IndicatorView], place: Place) -> str:
    """Which values are higher and lower than those of the first other places; "" without any."""
    names = list(dict.fromkeys(v.gebiet for view in views for v in view.elsewhere))[:2]
    texts = [text for name in names if (text := _beside(views, name))]
    return f"{capitalised(in_municipality(place))} ist der Wert {'; '.join(texts)}." * bool(texts)


def _beside(views: Sequence[IndicatorView], name: str) -> str:
    """The same for one other place, as part of a sentence."""
    found = [(v, e) for v in views for e in v.elsewhere if e.gebiet == name]
    told = [(v, e, way) for v, e in found if (way := against(v, e)) != NONE]
    sides = []
    for word, up in (("höher", True), ("niedriger", False)):
        some = [
            f"{_quoted(v)}{_side(v, way)}"
            for v, e, way in told
            if way != GLEICH and (v.row(GESAMT, e.jahr).shown > e.wert) == up
        ]
        if some:
            sides.append(f"{word} als {in_place(name)} bei {join_words(some)}")
    if told and not sides:
        return f"bei keiner wichtigen Kennzahl erkennbar anders als {in_place(name)}"
    return ", ".join(sides)


def _side(view: IndicatorView, way: str) -> str:
    if not judged(view):
        return ""
    return " (günstiger)" if way in FAVOURABLE else " (ungünstiger)"
