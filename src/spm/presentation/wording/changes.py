"""How an indicator changed over the years; a rise or fall only where the test says so."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import from_data
from spm.presentation.views import AreaRow, Change, IndicatorView
from spm.presentation.wording.areas import in_areas
from spm.presentation.wording.choice import pick
from spm.presentation.wording.estimates import earlier_years
from spm.presentation.wording.grammar import all_areas, capitalised, dative_of_one, in_municipality
from spm.presentation.wording.pooling import for_period, from_to, in_period
from spm.presentation.wording.sentences import noun_of_values
from spm.published import FALLEND, GESAMT, GESTIEGEN, GESUNKEN, KEIN_TREND, STEIGEND, UNVERAENDERT
from spm.text.numbers import format_interval, format_value, number_word, round_half_away


def development(sicht: IndicatorView) -> str:
    """The municipality's first comparable value and the one of the reporting year.

    Pooled values that share a year are not compared: part of both is the same.
    """
    if sicht.kennzahl.art == "veraenderung":
        return ""
    change = sicht.aenderungen.get(GESAMT)
    if not change or not all(sicht.zeile(GESAMT, y).ok for y in (change.von, change.bis)):
        return _two_values(sicht)
    if change.richtung in (GESTIEGEN, GESUNKEN):
        return _moved(sicht, change) + _gaps(sicht, change.von)
    if change.richtung == UNVERAENDERT:
        return _not_moved(sicht, change) + _gaps(sicht, change.von)
    return _two_values(sicht)


def _moved(sicht: IndicatorView, change: Change) -> str:
    up, where, name = (
        change.richtung == GESTIEGEN,
        in_municipality(sicht.ort),
        noun_of_values(sicht),
    )
    old, new = _values(sicht, change)
    by, limits = _difference(sicht, change, signed=False), _limits(sicht, change)
    then, now = in_period(sicht, change.von), in_period(sicht, change.bis)
    moved, changed = ("gestiegen", "erhöht") if up else ("gesunken", "verringert")
    if old == sicht.kurz(sicht.zeile(GESAMT, change.bis).gezeigt):
        since = _since(sicht, [change.von])
        return (
            f"{capitalised(where)} ist der {name} gegenüber {since} um {by} {moved}{limits}; "
            f"gerundet lag er beide Male bei {new}."
        )
    course = f"von {old} {then} auf {new} {now}"
    texts = [
        f"{capitalised(where)} ist der {name} {course} {moved}, um {by}{limits}.",
        f"Der {name} hat sich {where} {course} {changed}, um {by}{limits}.",
    ]
    if sicht.fenster == 1:
        texts.append(
            f"Zwischen {change.von} und {change.bis} ist der {name} {where} um {by}{limits} auf "
            f"{new} {moved}."
        )
    return pick(sicht, *texts)


def _not_moved(sicht: IndicatorView, change: Change) -> str:
    where, name = in_municipality(sicht.ort), noun_of_values(sicht)
    old, new = _values(sicht, change, short=False)
    then, now = _in(sicht, change.von), _in(sicht, change.bis)
    by = _difference(sicht, change)
    limits = _limits(sicht, change, "; {}")
    values = f"{then} bei {old}, {now} bei {new}"
    if old == new:
        values = f"{then} und {now} gerundet bei {new}"
    text = pick(
        sicht,
        f"{capitalised(where)} hat sich der {name} nicht nachweisbar verändert: Er lag {values} "
        f"(Unterschied {by}{limits}).",
        f"Der {name} lag {where} {values}. Eine Veränderung ist damit nicht nachweisbar "
        f"(Unterschied {by}{limits}).",
    )
    if limits and not change.ki_unten <= 0 <= change.ki_oben:
        # The interval is that of one comparison, the test allows for all of the report.
        text += " Gemessen an der Zahl aller Vergleiche im Bericht kann dieser Unterschied "
        text += "zufällig sein."
    return text


def _two_values(sicht: IndicatorView) -> str:
    """Two numbers and no word about whether they differ by more than chance."""
    years = [y for y in comparable_years(sicht) if sicht.zeile(GESAMT, y).ok]
    if len(years) < 2 or years[-1] != sicht.jahr:
        return ""
    first, last = years[0], years[-1]
    if last - first < sicht.fenster:
        both = " und ".join(from_to(sicht, year) for year in (first, last))
        return (
            f"Die Zeiträume {both} überschneiden sich; ihre Werte werden deshalb nicht miteinander "
            "verglichen."
        )
    where, name = in_municipality(sicht.ort), noun_of_values(sicht)
    old, new = (sicht.text(sicht.zeile(GESAMT, year).gezeigt) for year in (first, last))
    then, now = _in(sicht, first), _in(sicht, last)
    values = f"bei {old} und {now} bei {new}" if old != new else f"und {now} gerundet bei {new}"
    text = pick(
        sicht,
        f"{capitalised(where)} lag der {name} {then} {values}.",
        f"Der {name} lag {where} {then} {values}.",
    )
    return text + _gaps(sicht, first)


def comparable_years(sicht: IndicatorView) -> list[int]:
    """Years up to the reporting year without a break between them."""
    breaks = [year for year in sicht.brueche if year <= sicht.jahr]
    start = breaks[-1] + sicht.fenster - 1 if breaks else sicht.jahre[0]
    return [year for year in sicht.jahre if start <= year <= sicht.jahr]


def _values(sicht: IndicatorView, change: Change, *, short: bool = True) -> tuple[str, str]:
    old, new = (sicht.zeile(GESAMT, year).gezeigt for year in (change.von, change.bis))
    return (sicht.kurz(old) if short else sicht.text(old)), sicht.text(new)


def _difference(sicht: IndicatorView, change: Change, *, signed: bool = True) -> str:
    """``"+1,7 Prozentpunkte"``: rounded after subtracting, as in every table of the report."""
    places = sicht.kennzahl.nachkommastellen
    found = round_half_away(change.differenz, places)
    if not found and change.richtung != UNVERAENDERT:
        step = format_value(10**-places, _unit(sicht, 10**-places), places)
        return f"weniger als {step}"
    shown = found if signed else abs(found)
    return format_value(float(shown), _unit(sicht, float(shown)), places, vorzeichen=signed)


def _limits(sicht: IndicatorView, change: Change, shape: str = " ({})") -> str:
    """The 95 % interval of a difference, as part of a sentence; nothing where there is none."""
    low, high = change.ki_unten, change.ki_oben
    if low is None or high is None or low != low or high != high:
        return ""
    places = sicht.kennzahl.nachkommastellen
    limits = format_interval(low, high, _unit(sicht, 2), places, vorzeichen=True)
    return shape.format(f"95-%-Vertrauensintervall {limits}")


def _unit(sicht: IndicatorView, amount: float) -> str:
    """A difference of percentages is one of percentage points."""
    k = sicht.kennzahl
    if k.einheit != "%":
        return "" if k.art == "anzahl" else k.einheit
    return "Prozentpunkt" if abs(amount) == 1 and not k.nachkommastellen else "Prozentpunkte"


def _in(sicht: IndicatorView, year: int) -> str:
    """A year as sentences name it: ``"2023"``, ``"im Zeitraum 2021 bis 2023"``."""
    return str(year) if sicht.fenster == 1 else in_period(sicht, year)


def _gaps(sicht: IndicatorView, first: int) -> str:
    gaps = [y for y in sicht.jahre if first < y < sicht.jahr and not sicht.zeile(GESAMT, y).ok]
    if not gaps:
        return ""
    if sicht.fenster == 1:
        which = f"{number_word(len(gaps))} Jahre dazwischen" if len(gaps) > 1 else f"{gaps[0]}"
        return f" Für {which} ist kein Wert veröffentlicht."
    which = f"für {number_word(len(gaps))} Zeiträume dazwischen"
    which = which if len(gaps) > 1 else for_period(sicht, gaps[0])
    return f" {capitalised(which)} ist kein Wert veröffentlicht."


def areas_changed(sicht: IndicatorView) -> str:
    """In which areas the value rose or fell, each since its own first comparable year."""
    told = [
        (row, change)
        for row in sicht.areas
        if (change := sicht.aenderungen.get(row.raum))
        and change.richtung in (GESTIEGEN, GESUNKEN, UNVERAENDERT)
    ]
    if not told or len(sicht.areas) == 1 or sicht.kennzahl.art == "veraenderung":
        return ""
    rose, fell, same = (
        [row for row, change in told if change.richtung == way]
        for way in (GESTIEGEN, GESUNKEN, UNVERAENDERT)
    )
    since = _since(sicht, [change.von for _, change in told])
    if not rose and not fell:
        return _nowhere(sicht, same, since)
    ways = [(rose, "gestiegen"), (fell, "gesunken")]
    parts = [f"{in_areas(rows, sicht)} {word}" for rows, word in ways if rows]
    text = pick(
        sicht,
        f"Gegenüber {since} ist der {noun_of_values(sicht)} {' und '.join(parts)}.",
        f"Der {noun_of_values(sicht)} ist gegenüber {since} {' und '.join(parts)}.",
    )
    if same:
        text += f" {capitalised(in_areas(same, sicht))} ist keine Veränderung nachweisbar."
    return text


def _since(sicht: IndicatorView, years: Sequence[int]) -> str:
    if len(set(years)) > 1:
        return "dem jeweils ersten vergleichbaren " + ("Jahr" if sicht.fenster == 1 else "Zeitraum")
    return str(years[0]) if sicht.fenster == 1 else f"dem Zeitraum {from_to(sicht, years[0])}"


def _nowhere(sicht: IndicatorView, same: Sequence[AreaRow], since: str) -> str:
    if len(same) == 1:
        return f"{capitalised(in_areas(same, sicht))} ist keine Veränderung nachweisbar."
    which = f"k{dative_of_one(sicht.ort)} der {all_areas(len(same), sicht.ort)}"
    if len(same) < len(sicht.areas):
        which += ", für die ein Vergleich möglich ist,"
    return f"In {which} ist eine Veränderung gegenüber {since} nachweisbar."


_ADJECTIVES = {STEIGEND: "steigender", FALLEND: "fallender"}


def trend(sicht: IndicatorView) -> str:
    """The trend of the municipality and the areas in which there is one."""
    if sicht.kennzahl.art == "veraenderung":
        return ""
    own = sicht.trends.get(GESAMT)
    texts = []
    if own and own.richtung in (*_ADJECTIVES, KEIN_TREND):
        kind = f"ein {_ADJECTIVES[own.richtung]}" if own.richtung in _ADJECTIVES else "kein"
        where = in_municipality(sicht.ort)
        texts.append(
            pick(
                sicht,
                f"Über die {number_word(own.n)} Werte von {own.von} bis {own.bis} ist {where} "
                f"{kind} Trend nachweisbar.",
                f"{capitalised(where)} ist von {own.von} bis {own.bis} ({number_word(own.n)} "
                f"Werte) {kind} Trend nachweisbar.",
            )
        )
    for way, word in _ADJECTIVES.items():
        rows = [r for r in sicht.areas if (t := sicht.trends.get(r.raum)) and t.richtung == way]
        if rows and len(sicht.areas) > 1:
            too = "ebenfalls " if own and own.richtung == way else ""
            where = capitalised(in_areas(rows, sicht))
            texts.append(f"{where} ist {too}ein {word} Trend nachweisbar.")
    return " ".join(texts)


def breaks(sicht: IndicatorView) -> str:
    """Since when values are comparable, and why not before."""
    texts = []
    for year, why in sicht.brueche.items():
        reason = from_data(why.strip().removesuffix("."))
        texts.append(f"{reason}. Die Werte vor {year} sind deshalb nicht vergleichbar.")
    return " ".join(texts)


def estimated_values(sicht: IndicatorView) -> str:
    """What is estimated in the series, and whether a change that was told rests on it."""
    told = [
        year
        for raum, a in sicht.aenderungen.items()
        for year in (a.von, a.bis)
        # The municipality's own values are counted, whatever was moved inside of it.
        if a.richtung in (GESTIEGEN, GESUNKEN) and sicht.zeile(raum, year).geschaetzt
    ]
    return earlier_years(sicht, told)
