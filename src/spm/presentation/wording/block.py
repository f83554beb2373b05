"""The text below the headline of an indicator: at most two sentences that add to it, and notes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spm.presentation.blocks import from_data
from spm.presentation.views import Change, IndicatorView
from spm.presentation.wording import changes, estimates, peers
from spm.presentation.wording.areas import in_areas
from spm.presentation.wording.grammar import (
    capitalised,
    for_municipality,
    in_municipality,
    in_place,
)
from spm.presentation.wording.headline import MOVED, amount, finding
from spm.published import (
    ABSENDER_GESPERRT,
    FALLEND,
    GESAMT,
    GESPERRT,
    HINWEIS_ANSTIEG,
    HINWEIS_RUECKGANG,
    STEIGEND,
    UNVERAENDERT,
)
from spm.text.numbers import format_number, join_words, number_word

if TYPE_CHECKING:
    from spm.published import ComparisonValue

TOGETHER = "Σ"
"""Sign of values of several years or areas together; the reading guide says what it means."""

_PRONOUNS = {"der": "er", "die": "sie", "das": "es"}
HINTS = {HINWEIS_ANSTIEG: "einen Anstieg", HINWEIS_RUECKGANG: "einen Rückgang"}
"""Of a change that the test of this one comparison shows, and that of all of them does not."""

_HINT_OF = {STEIGEND: HINWEIS_ANSTIEG, FALLEND: HINWEIS_RUECKGANG}
_TRENDS = {STEIGEND: "steigender", FALLEND: "fallender"}


def label(view: IndicatorView) -> str:
    """What is counted, in what unit and when: the line below the headline."""
    pooled = view.window > 1 or bool(view.groups)
    sign = f" {TOGETHER}" if pooled else ""
    return f"{from_data(view.heading)}, {view.short_years(view.year)}{sign}"


def level(view: IndicatorView) -> str:
    """The municipality's value with its counts, and those of other places."""
    row, k = view.total, view.indicator
    where = in_municipality(view.place)
    if not row.ok:
        hidden = row.status in (GESPERRT, ABSENDER_GESPERRT)
        whom = capitalised(for_municipality(view.place))
        return f"{whom} insgesamt wird kein Wert gezeigt." if hidden else ""
    others = beside(view)
    counts = ""
    if k.art == "anteil" and row.zaehler is not None and row.nenner is not None:
        years = f" in {number_word(view.window)} Jahren" if view.window > 1 else ""
        counts = f"{format_number(row.zaehler)} von {format_number(row.nenner)}{years}"
    if finding(view).level:
        text = f"Das sind {counts}" if counts else ""
        if not others:
            return f"{text}." if text else ""
        compared = f"zum Vergleich: {join_words(others)}"
        return f"{text}; {compared}." if text else f"{capitalised(compared)}."
    verb, value = ("beträgt", "") if view.signed else ("liegt", "bei ")
    value += amount(view, row.shown) + (f" ({counts})" if counts else "")
    own = f"{capitalised(where)} insgesamt {verb} {pronoun(view)} {value}"
    return f"{join_words([own, *others])}."


def beside(view: IndicatorView) -> list[str]:
    """Values of other places: ``"im Kreis Lippe bei 14,1 % (2022)"``."""
    return [*(_elsewhere(view, value) for value in view.elsewhere), *peers.beside(view)]


def _elsewhere(view: IndicatorView, value: ComparisonValue) -> str:
    """One of them; the table of the chapter names the source."""
    year = "" if value.jahr == view.year else f" ({value.jahr})"
    before = "" if view.signed else "bei "
    return f"{in_place(value.gebiet)} {before}{view.text(value.wert)}{year}"


def pronoun(view: IndicatorView) -> str:
    """What stands for the indicator in the sentences after its headline."""
    return _PRONOUNS.get(view.indicator.satz.split()[0], "der Wert")


def course(view: IndicatorView) -> str:
    """How it changed over the years, in one sentence: the municipality, then its areas.

    Empty in a report of one year, and of pooled values that share a year.
    """
    if view.indicator.art == "veraenderung":
        return ""
    own, trend = view.changes.get(GESAMT), view.trends.get(GESAMT)
    known = own and all(view.row(GESAMT, year).ok for year in (own.von, own.bis))
    parts = [_moved(view, own)] if known and own else []
    if known and own and own.richtung not in MOVED and trend and trend.richtung in _TRENDS:
        # A hint that the trend bears out, or what first and last value alone do not show
        borne_out = own.richtung == _HINT_OF[trend.richtung]
        shows = "bestätigt das ein" if borne_out else "zeigt sich aber ein"
        words = (
            f"über alle {number_word(trend.n)} Werte hinweg {shows} {_TRENDS[trend.richtung]} Trend"
        )
        parts[0] += f"; {words}"
    elif not known and trend and trend.richtung in _TRENDS:
        kind = _TRENDS[trend.richtung]
        parts = [f"Seit {trend.von} zeigt sich {in_municipality(view.place)} ein {kind} Trend"]
    parts += _areas(view, parts)
    return f"{'; '.join(filter(None, parts))}." if any(parts) else ""


def _moved(view: IndicatorView, change: Change) -> str:
    """The municipality: from what to what, or that no change is seen."""
    it, year = pronoun(view), view.short_years(change.von)
    old, new = (view.text(view.row(GESAMT, year).shown) for year in (change.von, change.bis))
    told = finding(view)
    if told.move and view.indicator.art == "anzahl":
        return ""
    if change.richtung in MOVED:
        word = MOVED[change.richtung]
        if old == new:
            return f"Gegenüber {year} ist {it} leicht {word}, gerundet auf denselben Wert"
        if told.move:
            return (
                f"{capitalised(it)} lag {year} bei {old}, {view.short_years(change.bis)} bei {new}"
            )
        return f"{year} lag {it} noch bei {old}; seitdem ist {it} {word}"
    if change.richtung in HINTS:
        return f"Gegenüber {year} ({old}) gibt es einen Hinweis auf {HINTS[change.richtung]}"
    if change.richtung == UNVERAENDERT:
        return f"Gegenüber {year} ({old}) ist keine Veränderung erkennbar"
    return f"{year} lag {it} bei {old}"


def _areas(view: IndicatorView, before: Sequence[str]) -> list[str]:
    """In which areas it rose or fell; nothing of those in which no change is seen."""
    if len(view.areas) == 1:
        return []
    own, it = view.changes.get(GESAMT), pronoun(view)
    alike, others = [], []
    for way, word in MOVED.items():
        rows = [r for r in view.areas if (c := view.changes.get(r.raum)) and c.richtung == way]
        if rows and any(before) and own and own.richtung == way:
            alike.append(f"ebenso {in_areas(rows, view)}")
        elif rows:
            others.append(f"{in_areas(rows, view)} {word}")
    if not others:
        return alike
    if any(before):
        return [*alike, f"für sich genommen ist {it} {join_words(others)}"]
    years = {c.von for raum, c in view.changes.items() if raum != GESAMT and c.richtung in MOVED}
    since = f"Seit {view.short_years(min(years))}" if len(years) == 1 else "Im Lauf der Jahre"
    return [f"{since} ist {it} {join_words(others)}"]


def notes(view: IndicatorView) -> str:
    """What readers must know of the numbers: estimates in the series, or in this year alone."""
    return changes.estimated_values(view) or estimates.estimates_note(view)
