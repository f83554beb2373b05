"""The finding of an indicator in one sentence: the heading of its block, without a full stop."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording.areas import for_areas, in_areas
from spm.presentation.wording.changes import comparable_years
from spm.presentation.wording.grammar import (
    capitalised,
    in_municipality,
    noun_phrase,
    plural,
    so_many_of,
)
from spm.presentation.wording.sentences import balance, extremes, with_names
from spm.published import GESAMT, GESTIEGEN, GESUNKEN, HOEHER, NIEDRIGER, WIE
from spm.text.numbers import format_number, number_word

NAMED = 2
"""So many areas of one side are named; more are counted, and the figure shows which."""

MOVED = {GESTIEGEN: "gestiegen", GESUNKEN: "gesunken"}


class Finding(NamedTuple):
    """A headline, and what it says of the municipality, so that the text below need not repeat it.

    ``text`` is empty where no value is published.
    """

    text: str = ""
    level: bool = False
    move: bool = False


def finding(view: IndicatorView) -> Finding:
    """What matters most: differences of areas, else a change, else the level.

    Differences and changes are told only where the tests say so; a count of all people is a fact.
    """
    if not view.published and not view.total.ok:
        return Finding()
    if any(row.klasse in (*HOEHER, *NIEDRIGER) for row in view.published):
        return Finding(_differing(view))
    like = [row for row in view.published if row.klasse == WIE]
    if like and len(view.areas) > 1:
        return _alike(view, like)
    whole = _municipality(view)
    if view.indicator.art == "messwert" or not whole.text:
        return _range(view)
    return whole


def _differing(view: IndicatorView) -> str:
    """Which areas differ; where it is judged the less favourable ones first, else the higher."""
    sides = [(HOEHER, "höher"), (NIEDRIGER, "niedriger")]
    if view.indicator.richtung == "entlastend":
        sides.reverse()
    found = [
        (rows, word)
        for classes, word in sides
        if (rows := [row for row in view.published if row.klasse in classes])
    ]
    (rows, word), *others = found
    n = len(view.areas)
    where = (
        in_areas(rows, view)
        if len(rows) <= NAMED
        else f"in {so_many_of(len(rows), view.place, n, case='dat')}"
    )
    text = f"ist {noun_phrase(view.indicator.satz)} {word} als in der übrigen Kommune"
    for other, side in others:
        text += f", {in_others(other, rows, view)} {side}"
    return f"{capitalised(where)} {text}"


def in_others(
    rows: Sequence[AreaRow], before: Sequence[AreaRow], view: IndicatorView, named: int = NAMED
) -> str:
    """Where else: ``"in Sozialraum 1"``, ``"in drei weiteren"``; ``"in den übrigen fünf"`` if that
    is all that is left beside those named before."""
    if len(rows) <= named:
        return in_areas(rows, view)
    number = number_word(len(rows))
    if len(rows) + len(before) == len(view.areas):
        return f"in den übrigen {number}"
    return f"in {number} weiteren"


def _alike(view: IndicatorView, like: Sequence[AreaRow]) -> Finding:
    """No area differs: then what holds for the whole municipality is the finding."""
    if len(like) == 1:
        none = f"{for_areas(like, view)} ist kein Unterschied erkennbar"
    else:
        which = so_many_of(1, view.place, len(like))
        if len(like) < len(view.areas):
            areas = plural(view.place, "gen")
            which = which.replace(areas, f"vergleichbaren {areas}")
        none = f"k{which} weicht erkennbar ab"
    whole = _municipality(view)
    if not whole.text:
        subject = capitalised(noun_phrase(view.indicator.satz))
        return Finding(f"{subject.rstrip(',')}: {none}")
    return whole._replace(text=f"{whole.text}; {none}")


def _range(view: IndicatorView) -> Finding:
    """The lowest and the highest value: what was measured is no matter of chance, and where the
    municipality shows no number there is nothing else to say."""
    if len(view.published) < 2:
        return _municipality(view)
    low, high = extremes(view)
    subject = capitalised(noun_phrase(view.indicator.satz))
    if low == high:
        return Finding(f"{subject} liegt überall gerundet bei {amount(view, low[0].shown)}")
    ends = view.short(low[0].shown), amount(view, high[0].shown)
    lowest, highest = with_names(low, ends[0], view), with_names(high, ends[1], view)
    return Finding(f"{subject} reicht von {lowest} bis {highest}")


def _municipality(view: IndicatorView) -> Finding:
    """The municipality alone: more or fewer than before, a change by the test, or its value."""
    row, change, k = view.total, view.changes.get(GESAMT), view.indicator
    if not row.ok:
        return Finding()
    where, subject = in_municipality(view.place), noun_phrase(k.satz)
    if k.art == "saldo":
        return Finding(balance(view, row.shown))
    if k.art == "anzahl":
        return Finding(f"{capitalised(subject)} {_counted(view, where)}", level=True, move=True)
    if change and change.richtung in MOVED and k.art != "veraenderung":
        since = f"seit {view.short_years(change.von)}"
        text = f"{capitalised(subject)} ist {where} {since} {MOVED[change.richtung]}"
        return Finding(text, move=True)
    return Finding(f"{capitalised(subject)} {amounts_to(view, row.shown, where)}", level=True)


def amount(view: IndicatorView, value: float) -> str:
    """A value behind the name of the indicator, which may have said in what it is measured: "die
    Zahl der Geburten je 1.000 Frauen"."""
    named = view.indicator.art == "anzahl" or view.indicator.einheit in view.indicator.satz
    return view.number(value) if named else view.text(value)


def amounts_to(view: IndicatorView, value: float, where: str) -> str:
    """``"liegt in Lemgo bei 12,3 %"``; of changes and balances ``"beträgt in Lemgo +3,1 %"``."""
    shown = amount(view, value)
    return f"beträgt {where} {shown}" if view.signed else f"liegt {where} bei {shown}"


def _counted(view: IndicatorView, where: str) -> str:
    """How many there are, and how many more or fewer than in the first comparable year."""
    now = view.total.shown
    years = [year for year in comparable_years(view) if view.row(GESAMT, year).ok]
    exact = view.exactness.rounded_to == 1 and not view.exactness.changed_by
    number = format_number(now, view.indicator.nachkommastellen)
    if len(years) < 2 or not exact:
        return f"liegt {where} bei {number}"
    then = view.row(GESAMT, years[0]).shown
    if then == now:
        return f"liegt {where} wie {years[0]} bei {number}"
    by = format_number(abs(now - then), view.indicator.nachkommastellen)
    word = "gestiegen" if now > then else "gesunken"
    return f"ist {where} seit {years[0]} um {by} auf {number} {word}"
