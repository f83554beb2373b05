"""What an indicator shows, in careful German sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording.areas import for_areas, in_areas
from spm.presentation.wording.choice import pick
from spm.presentation.wording.grammar import (
    CLASS_LABELS,
    all_areas,
    capitalised,
    dative_of_one,
    for_municipality,
    in_municipality,
    join_names,
    no_difference,
    noun_phrase,
    quoted,
    so_many,
    so_many_of,
)
from spm.presentation.wording.pooling import in_period
from spm.published import (
    ABSENDER_GESPERRT,
    DEUTLICH_UEBER,
    DEUTLICH_UNTER,
    GESPERRT,
    UEBER,
    UNTER,
    WIE,
)
from spm.text.numbers import (
    format_interval,
    format_number,
    join_words,
    number_word,
    round_half_away,
)


def noun_of_values(view: IndicatorView) -> str:
    """What the values of an indicator are, as a masculine noun: share, balance or just value."""
    k = view.indicator
    if k.art == "saldo":
        return "Saldo"
    return "Anteil" if k.art == "anteil" and k.satz.startswith("der Anteil ") else "Wert"


def situation(view: IndicatorView) -> str:
    """The municipality's value in the reporting year, with counts and interval."""
    row, k, where = view.total, view.indicator, in_municipality(view.place)
    when, subject = in_period(view), noun_phrase(k.satz)
    if not row.ok:
        return _no_total(view)
    value = (
        format_number(row.shown, k.nachkommastellen) if k.art == "anzahl" else view.text(row.shown)
    )
    end = f"{value}{_detail(view, row)}."
    amounts = f"{capitalised(when)} betrug {subject} {where} {end}"
    if k.art == "saldo":
        return f"{balance(view, row.shown)}. {capitalised(subject)} betrug {end}"
    if view.signed:
        return pick(view, f"{capitalised(subject)} betrug {where} {when} {end}", amounts)
    return pick(
        view,
        f"{capitalised(where)} lag {when} {subject} bei {end}",
        f"{capitalised(subject)} lag {where} {when} bei {end}",
        amounts,
    )


def _no_total(view: IndicatorView) -> str:
    whom, title, when = for_municipality(view.place), quoted(view.indicator.titel), in_period(view)
    if view.total.status in (GESPERRT, ABSENDER_GESPERRT):
        return (
            f"{capitalised(whom)} insgesamt wird der Wert der Kennzahl {title} {when} aus Gründen "
            "der Geheimhaltung nicht gezeigt."
        )
    return (
        f"{capitalised(whom)} insgesamt gibt es zur Kennzahl {title} {when} keinen "
        "veröffentlichten Wert."
    )


def balance(view: IndicatorView, value: float) -> str:
    """What a balance means: which of the two was more; a sentence without its stop."""
    plus, minus = view.indicator.zugaenge, view.indicator.abgaenge
    where, when = in_municipality(view.place), in_period(view)
    if round_half_away(value, view.indicator.nachkommastellen) == 0:
        return f"{capitalised(where)} hielten sich {plus} und {minus} {when} etwa die Waage"
    more, less = (plus, minus) if value > 0 else (minus, plus)
    return pick(
        view,
        f"{capitalised(where)} gab es {when} mehr {more} als {less}",
        f"{capitalised(when)} gab es {where} mehr {more} als {less}",
    )


def _detail(view: IndicatorView, row: AreaRow) -> str:
    k, parts = view.indicator, []
    if k.art == "anteil" and row.zaehler is not None and row.nenner is not None:
        years = f" in {number_word(view.window)} Jahren" if view.window > 1 else ""
        parts.append(f"{format_number(row.zaehler)} von {format_number(row.nenner)}{years}")
    if row.has_interval:
        parts.append(f"95-%-Vertrauensintervall {limits_text(view, row)}")
    return f" ({'; '.join(parts)})" if parts else ""


def limits_text(view: IndicatorView, row: AreaRow) -> str:
    """The interval of a value; the value before it names the unit, only the sign % is repeated."""
    k, signed = view.indicator, view.signed
    unit = k.einheit if k.einheit == "%" else ""
    return format_interval(*row.limits, unit, k.nachkommastellen, signed=signed)


def lowest_and_highest(view: IndicatorView) -> str:
    """Lowest and highest areas, with ties."""
    rows, place = view.published, view.place
    total = len(view.areas)
    if not rows or total == 1:
        return ""
    if len(rows) == 1:
        return (
            f"Veröffentlicht ist nur der Wert {_of_one(view)} der {all_areas(total, place)}: "
            f"{view.text(rows[0].shown)} ({join_names(rows)})."
        )
    low, high = extremes(view)
    if low == high:
        return (
            f"In {so_many_of(len(rows), place, total, case='dat')} beträgt der Wert gerundet "
            f"{view.text(low[0].shown)}."
        )
    lowest = with_names(low, view.short(low[0].shown), view)
    highest = with_names(high, view.text(high[0].shown), view)
    every = len(rows) == total
    subject = (
        f"Die Werte der {all_areas(total, place)} reichen"
        if every
        else f"Die veröffentlichten Werte von {so_many_of(len(rows), place, total, case='dat')} "
        "reichen"
    )
    shown = all_areas(len(rows), place, "dat") + ("" if every else " mit veröffentlichten Zahlen")
    name, published = noun_of_values(view), "" if every else "veröffentlichte "
    return pick(
        view,
        f"{subject} von {lowest} bis {highest}.",
        f"In den {shown} liegt der {name} zwischen {lowest} und {highest}.",
        f"Der niedrigste {published}Wert beträgt {lowest}, der höchste {highest}.",
    )


def extremes(view: IndicatorView) -> tuple[list[AreaRow], list[AreaRow]]:
    """Areas with the lowest and with the highest value as printed; ties are all included."""

    def shown(row: AreaRow) -> Decimal:
        return round_half_away(row.shown, view.indicator.nachkommastellen)

    ordered = sorted(view.published, key=shown)
    groups = [list(rows) for _, rows in groupby(ordered, key=shown)]
    return groups[0], groups[-1]


def with_names(rows: Sequence[AreaRow], value: str, view: IndicatorView) -> str:
    """A value and whose it is: ``"5,5 % (Sozialraum 6)"``."""
    return f"{value} ({join_names(rows) or so_many(len(rows), view.place)})"


def _of_one(view: IndicatorView) -> str:
    return "einer" if view.place.gender == "f" else "eines"


def differences(view: IndicatorView) -> str:
    """Which areas differ from the rest of the municipality by more than chance."""
    rows = {c: [row for row in view.published if row.klasse == c] for c in (*_ORDER, WIE)}
    like, different = rows.pop(WIE), {c: found for c, found in rows.items() if found}
    if not different:
        return _no_difference(view, like)
    several = sum(map(len, different.values())) > 1
    rest = f"der {'jeweils ' * several}übrigen Kommune"
    text = pick(view, _adjectives, _prepositions, _sides)(
        view, different, rest, noun_of_values(view)
    )
    if like:
        text += f" {no_difference(capitalised(for_areas(like, view)))}."
    return text


_ORDER = (DEUTLICH_UEBER, UEBER, DEUTLICH_UNTER, UNTER)
_Found = Mapping[str, Sequence[AreaRow]]


def _adjectives(view: IndicatorView, found: _Found, rest: str, name: str) -> str:
    parts = [f"{in_areas(rows, view)} {CLASS_LABELS[klasse]}" for klasse, rows in found.items()]
    return f"Verglichen mit {rest} ist der {name} {join_words(parts)}."


def _prepositions(view: IndicatorView, found: _Found, rest: str, name: str) -> str:
    """The first part names the yardstick, the others refer to it."""
    words = dict(zip(_ORDER, ("deutlich über", "über", "deutlich unter", "unter"), strict=True))
    (klasse, rows), *others = found.items()
    parts = [f"{in_areas(rows, view)} liegt der {name} {words[klasse]} dem {rest}"]
    for klasse, rows in others:
        *clearly, side = words[klasse].split()
        there = " ".join([*clearly, f"dar{side}"])
        parts.append(f"{in_areas(rows, view)} {there}")
    return f"{capitalised(join_words(parts))}."


def _sides(view: IndicatorView, found: _Found, rest: str, name: str) -> str:
    """First all areas above, then all below."""
    sides: list[str] = []
    for classes, word in ((_ORDER[:2], "höher"), (_ORDER[2:], "niedriger")):
        verb = "ist er " if sides else f"als in {rest} ist der {name} "
        parts = []
        for klasse in classes:
            if klasse in found:
                degree = f"deutlich {word}" if klasse == classes[0] else word
                parts.append(f"{degree} {verb}{in_areas(found[klasse], view)}")
                verb = ""
        if parts:
            sides.append(join_words(parts))
    return f"{capitalised('; '.join(sides))}."


def _no_difference(view: IndicatorView, like: Sequence[AreaRow]) -> str:
    if not like:
        return ""
    if len(like) == 1:
        return f"{no_difference(capitalised(for_areas(like, view)), 'zur übrigen Kommune')}."
    none = f"k{dative_of_one(view.place)} der {all_areas(len(like), view.place)}"
    compared = ", für die ein Vergleich möglich ist," if len(like) < len(view.areas) else ""
    usual = (
        f"In {none}{compared} ist ein Unterschied zur jeweils übrigen Kommune nachweisbar, der "
        "über zufällige Schwankungen hinausgeht."
    )
    if compared:
        return usual
    return pick(
        view,
        usual,
        "Ein Unterschied zur jeweils übrigen Kommune, der über zufällige Schwankungen hinausgeht, "
        f"ist in {none} nachweisbar.",
    )
