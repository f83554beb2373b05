"""How an indicator changed over the years; a rise or fall only where the test says so."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import from_data
from spm.presentation.differences import printed_difference
from spm.presentation.views import AreaRow, Change, IndicatorView
from spm.presentation.wording import levels
from spm.presentation.wording.areas import in_areas
from spm.presentation.wording.choice import pick
from spm.presentation.wording.estimates import earlier_years
from spm.presentation.wording.grammar import all_areas, capitalised, dative_of_one, in_municipality
from spm.presentation.wording.pooling import for_period, from_to, in_period
from spm.presentation.wording.sentences import noun_of_values
from spm.published import (
    FALLEND,
    GESAMT,
    GESTIEGEN,
    GESUNKEN,
    HINWEISE,
    KEIN_TREND,
    STEIGEND,
    UNVERAENDERT,
)
from spm.text.numbers import format_interval, format_value, number_word


def development(view: IndicatorView) -> str:
    """The municipality's first comparable value and the one of the reporting year.

    Pooled values that share a year are not compared: part of both is the same.
    """
    if view.indicator.art == "veraenderung":
        return ""
    change = view.changes.get(GESAMT)
    if not change or not all(view.row(GESAMT, y).ok for y in (change.von, change.bis)):
        return _two_values(view)
    if change.richtung in (GESTIEGEN, GESUNKEN):
        return _moved(view, change) + _gaps(view, change.von)
    if change.richtung in (UNVERAENDERT, *HINWEISE):
        return _not_moved(view, change) + _gaps(view, change.von)
    return _two_values(view)


def _moved(view: IndicatorView, change: Change) -> str:
    up, where, name = (
        change.richtung == GESTIEGEN,
        in_municipality(view.place),
        noun_of_values(view),
    )
    old, new = _values(view, change)
    by, limits = _difference(view, change, signed=False), _limits(view, change)
    then, now = in_period(view, change.von), in_period(view, change.bis)
    moved, changed = ("gestiegen", "erhöht") if up else ("gesunken", "verringert")
    if old == view.short(view.row(GESAMT, change.bis).shown):
        since = _since(view, [change.von])
        return (
            f"{capitalised(where)} ist der {name} gegenüber {since} um {by} {moved}{limits}; "
            f"gerundet lag er beide Male bei {new}."
        )
    course = f"von {old} {then} auf {new} {now}"
    texts = [
        f"{capitalised(where)} ist der {name} {course} {moved}, um {by}{limits}.",
        f"Der {name} hat sich {where} {course} {changed}, um {by}{limits}.",
    ]
    if view.window == 1:
        texts.append(
            f"Zwischen {change.von} und {change.bis} ist der {name} {where} um {by}{limits} auf "
            f"{new} {moved}."
        )
    return pick(view, *texts)


def _not_moved(view: IndicatorView, change: Change) -> str:
    where, name = in_municipality(view.place), noun_of_values(view)
    old, new = _values(view, change, short=False)
    then, now = _in(view, change.von), _in(view, change.bis)
    by = _difference(view, change)
    limits = _limits(view, change, "; {}")
    values = f"{then} bei {old}, {now} bei {new}"
    if old == new:
        values = f"{then} und {now} gerundet bei {new}"
    if change.richtung in HINWEISE:
        return levels.hint(view, name, values, f"Unterschied {by}{limits}")
    return pick(
        view,
        f"{capitalised(where)} hat sich der {name} nicht nachweisbar verändert: Er lag {values} "
        f"(Unterschied {by}{limits}).",
        f"Der {name} lag {where} {values}. Eine Veränderung ist damit nicht nachweisbar "
        f"(Unterschied {by}{limits}).",
    )


def _two_values(view: IndicatorView) -> str:
    """Two numbers and no word about whether they differ by more than chance."""
    years = [y for y in comparable_years(view) if view.row(GESAMT, y).ok]
    if len(years) < 2 or years[-1] != view.year:
        return ""
    first, last = years[0], years[-1]
    if last - first < view.window:
        both = " und ".join(from_to(view, year) for year in (first, last))
        return (
            f"Die Zeiträume {both} überschneiden sich; ihre Werte werden deshalb nicht miteinander "
            "verglichen."
        )
    if view.indicator.art == "anzahl" and view.window == 1:
        return levels.counted(view, first, last) + _gaps(view, first)
    where, name = in_municipality(view.place), noun_of_values(view)
    old, new = (view.text(view.row(GESAMT, year).shown) for year in (first, last))
    then, now = _in(view, first), _in(view, last)
    values = f"bei {old} und {now} bei {new}" if old != new else f"und {now} gerundet bei {new}"
    text = pick(
        view,
        f"{capitalised(where)} lag der {name} {then} {values}.",
        f"Der {name} lag {where} {then} {values}.",
    )
    return text + _gaps(view, first)


def comparable_years(view: IndicatorView) -> list[int]:
    """Years up to the reporting year without a break between them."""
    breaks = [year for year in view.breaks if year <= view.year]
    start = breaks[-1] + view.window - 1 if breaks else view.years[0]
    return [year for year in view.years if start <= year <= view.year]


def _values(view: IndicatorView, change: Change, *, short: bool = True) -> tuple[str, str]:
    old, new = (view.row(GESAMT, year).shown for year in (change.von, change.bis))
    return (view.short(old) if short else view.text(old)), view.text(new)


def _difference(view: IndicatorView, change: Change, *, signed: bool = True) -> str:
    """``"+1,7 Prozentpunkte"``: of the printed values, as in every table of the report."""
    places = view.indicator.nachkommastellen
    found = printed_difference(view, GESAMT, change)
    if not found and change.richtung != UNVERAENDERT:
        step = format_value(10**-places, _unit(view, 10**-places), places)
        return f"weniger als {step}"
    shown = found if signed else abs(found)
    return format_value(shown, _unit(view, shown), places, signed=signed)


def _limits(view: IndicatorView, change: Change, shape: str = " ({})") -> str:
    """The 95 % interval of a difference, as part of a sentence; nothing where there is none."""
    low, high = change.ki_unten, change.ki_oben
    if low is None or high is None or low != low or high != high:
        return ""
    places = view.indicator.nachkommastellen
    limits = format_interval(low, high, _unit(view, 2), places, signed=True)
    return shape.format(f"95-%-Vertrauensintervall {limits}")


def _unit(view: IndicatorView, amount: float) -> str:
    """A difference of percentages is one of percentage points."""
    k = view.indicator
    if k.einheit != "%":
        return "" if k.art == "anzahl" else k.einheit
    return "Prozentpunkt" if abs(amount) == 1 and not k.nachkommastellen else "Prozentpunkte"


def _in(view: IndicatorView, year: int) -> str:
    """A year as sentences name it: ``"2023"``, ``"im Zeitraum 2021 bis 2023"``."""
    return str(year) if view.window == 1 else in_period(view, year)


def _gaps(view: IndicatorView, first: int) -> str:
    gaps = [y for y in view.years if first < y < view.year and not view.row(GESAMT, y).ok]
    if not gaps:
        return ""
    if view.window == 1:
        which = f"{number_word(len(gaps))} Jahre dazwischen" if len(gaps) > 1 else f"{gaps[0]}"
        return f" Für {which} ist kein Wert veröffentlicht."
    which = f"für {number_word(len(gaps))} Zeiträume dazwischen"
    which = which if len(gaps) > 1 else for_period(view, gaps[0])
    return f" {capitalised(which)} ist kein Wert veröffentlicht."


def areas_changed(view: IndicatorView) -> str:
    """In which areas the value rose or fell, each since its own first comparable year."""
    told = [
        (row, change)
        for row in view.areas
        if (change := view.changes.get(row.raum))
        and change.richtung in (GESTIEGEN, GESUNKEN, UNVERAENDERT)
    ]
    if not told or len(view.areas) == 1 or view.indicator.art == "veraenderung":
        return ""
    rose, fell, same = (
        [row for row, change in told if change.richtung == way]
        for way in (GESTIEGEN, GESUNKEN, UNVERAENDERT)
    )
    since = _since(view, [change.von for _, change in told])
    if not rose and not fell:
        return _nowhere(view, same, since)
    ways = [(rose, "gestiegen"), (fell, "gesunken")]
    parts = [f"{in_areas(rows, view)} {word}" for rows, word in ways if rows]
    text = pick(
        view,
        f"Gegenüber {since} ist der {noun_of_values(view)} {' und '.join(parts)}.",
        f"Der {noun_of_values(view)} ist gegenüber {since} {' und '.join(parts)}.",
    )
    if same:
        text += f" {capitalised(in_areas(same, view))} ist keine Veränderung nachweisbar."
    return text


def _since(view: IndicatorView, years: Sequence[int]) -> str:
    if len(set(years)) > 1:
        return "dem jeweils ersten vergleichbaren " + ("Jahr" if view.window == 1 else "Zeitraum")
    return str(years[0]) if view.window == 1 else f"dem Zeitraum {from_to(view, years[0])}"


def _nowhere(view: IndicatorView, same: Sequence[AreaRow], since: str) -> str:
    if len(same) == 1:
        return f"{capitalised(in_areas(same, view))} ist keine Veränderung nachweisbar."
    which = f"k{dative_of_one(view.place)} der {all_areas(len(same), view.place)}"
    if len(same) < len(view.areas):
        which += ", für die ein Vergleich möglich ist,"
    return f"In {which} ist eine Veränderung gegenüber {since} nachweisbar."


_ADJECTIVES = {STEIGEND: "steigender", FALLEND: "fallender"}


def trend(view: IndicatorView) -> str:
    """The trend of the municipality and the areas in which there is one."""
    if view.indicator.art == "veraenderung":
        return ""
    own = view.trends.get(GESAMT)
    texts = []
    if own and own.richtung in (*_ADJECTIVES, KEIN_TREND):
        kind = f"ein {_ADJECTIVES[own.richtung]}" if own.richtung in _ADJECTIVES else "kein"
        where = in_municipality(view.place)
        texts.append(
            pick(
                view,
                f"Über die {number_word(own.n)} Werte von {own.von} bis {own.bis} ist {where} "
                f"{kind} Trend nachweisbar.",
                f"{capitalised(where)} ist von {own.von} bis {own.bis} ({number_word(own.n)} "
                f"Werte) {kind} Trend nachweisbar.",
            )
        )
        texts.append(levels.reconciled(view))
    for way, word in _ADJECTIVES.items():
        rows = [r for r in view.areas if (t := view.trends.get(r.raum)) and t.richtung == way]
        if rows and len(view.areas) > 1:
            too = "ebenfalls " if own and own.richtung == way else ""
            where = capitalised(in_areas(rows, view))
            texts.append(f"{where} ist {too}ein {word} Trend nachweisbar.")
            texts.append(levels.reconciled(view, *(row.raum for row in rows)))
    return " ".join(dict.fromkeys(filter(None, texts)))


def breaks(view: IndicatorView) -> str:
    """Since when values are comparable, and why not before."""
    texts = []
    for year, why in view.breaks.items():
        reason = from_data(why.strip().removesuffix("."))
        texts.append(f"{reason}. Die Werte vor {year} sind deshalb nicht vergleichbar.")
    return " ".join(texts)


def estimated_values(view: IndicatorView) -> str:
    """What is estimated in the series, and whether a change that was told rests on it."""
    told = [
        year
        for raum, a in view.changes.items()
        for year in (a.von, a.bis)
        # The municipality's own values are counted, whatever was moved inside of it.
        if a.richtung in (GESTIEGEN, GESUNKEN) and view.row(raum, year).geschaetzt
    ]
    return earlier_years(view, told)
