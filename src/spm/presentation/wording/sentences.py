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


def noun_of_values(sicht: IndicatorView) -> str:
    """What the values of an indicator are, as a masculine noun: share, balance or just value."""
    k = sicht.kennzahl
    if k.art == "saldo":
        return "Saldo"
    return "Anteil" if k.art == "anteil" and k.satz.startswith("der Anteil ") else "Wert"


def situation(sicht: IndicatorView) -> str:
    """The municipality's value in the reporting year, with counts and interval."""
    row, k, where = sicht.gesamt, sicht.kennzahl, in_municipality(sicht.ort)
    when, subject = in_period(sicht), noun_phrase(k.satz)
    if not row.ok:
        return _no_total(sicht)
    value = (
        format_number(row.gezeigt, k.nachkommastellen)
        if k.art == "anzahl"
        else sicht.text(row.gezeigt)
    )
    end = f"{value}{_detail(sicht, row)}."
    amounts = f"{capitalised(when)} betrug {subject} {where} {end}"
    if k.art == "saldo":
        return f"{_balance(sicht, row.gezeigt)} {capitalised(subject)} betrug {end}"
    if sicht.ist_veraenderung:
        return pick(sicht, f"{capitalised(subject)} betrug {where} {when} {end}", amounts)
    return pick(
        sicht,
        f"{capitalised(where)} lag {when} {subject} bei {end}",
        f"{capitalised(subject)} lag {where} {when} bei {end}",
        amounts,
    )


def _no_total(sicht: IndicatorView) -> str:
    whom, title, when = for_municipality(sicht.ort), quoted(sicht.kennzahl.titel), in_period(sicht)
    if sicht.gesamt.status in (GESPERRT, ABSENDER_GESPERRT):
        return (
            f"{capitalised(whom)} insgesamt wird der Wert der Kennzahl {title} {when} aus Gründen "
            "der Geheimhaltung nicht gezeigt."
        )
    return (
        f"{capitalised(whom)} insgesamt gibt es zur Kennzahl {title} {when} keinen "
        "veröffentlichten Wert."
    )


def _balance(sicht: IndicatorView, value: float) -> str:
    """What a balance means: which of the two was more."""
    plus, minus = sicht.kennzahl.zugaenge, sicht.kennzahl.abgaenge
    where, when = in_municipality(sicht.ort), in_period(sicht)
    if round_half_away(value, sicht.kennzahl.nachkommastellen) == 0:
        return f"{capitalised(where)} hielten sich {plus} und {minus} {when} etwa die Waage."
    more, less = (plus, minus) if value > 0 else (minus, plus)
    return pick(
        sicht,
        f"{capitalised(where)} gab es {when} mehr {more} als {less}.",
        f"{capitalised(when)} gab es {where} mehr {more} als {less}.",
    )


def _detail(sicht: IndicatorView, row: AreaRow) -> str:
    k, parts = sicht.kennzahl, []
    if k.art == "anteil" and row.zaehler is not None and row.nenner is not None:
        years = f" in {number_word(sicht.fenster)} Jahren" if sicht.fenster > 1 else ""
        parts.append(f"{format_number(row.zaehler)} von {format_number(row.nenner)}{years}")
    if row.hat_intervall:
        parts.append(f"95-%-Vertrauensintervall {limits_text(sicht, row)}")
    return f" ({'; '.join(parts)})" if parts else ""


def limits_text(sicht: IndicatorView, row: AreaRow) -> str:
    """The interval of a value; the value before it names the unit, only the sign % is repeated."""
    k, signed = sicht.kennzahl, sicht.ist_veraenderung
    unit = k.einheit if k.einheit == "%" else ""
    return format_interval(*row.grenzen, unit, k.nachkommastellen, vorzeichen=signed)


def lowest_and_highest(sicht: IndicatorView) -> str:
    """Lowest and highest areas, with ties."""
    rows, ort = sicht.published, sicht.ort
    total = len(sicht.areas)
    if not rows or total == 1:
        return ""
    if len(rows) == 1:
        return (
            f"Veröffentlicht ist nur der Wert {_eines(sicht)} der {all_areas(total, ort)}: "
            f"{sicht.text(rows[0].gezeigt)} ({join_names(rows)})."
        )
    low, high = extremes(sicht)
    if low == high:
        return (
            f"In {so_many_of(len(rows), ort, total, case='dat')} beträgt der Wert gerundet "
            f"{sicht.text(low[0].gezeigt)}."
        )
    lowest = with_names(low, sicht.kurz(low[0].gezeigt), sicht)
    highest = with_names(high, sicht.text(high[0].gezeigt), sicht)
    every = len(rows) == total
    subject = (
        f"Die Werte der {all_areas(total, ort)} reichen"
        if every
        else f"Die veröffentlichten Werte von {so_many_of(len(rows), ort, total, case='dat')} "
        "reichen"
    )
    shown = all_areas(len(rows), ort, "dat") + ("" if every else " mit veröffentlichten Zahlen")
    name, published = noun_of_values(sicht), "" if every else "veröffentlichte "
    return pick(
        sicht,
        f"{subject} von {lowest} bis {highest}.",
        f"In den {shown} liegt der {name} zwischen {lowest} und {highest}.",
        f"Der niedrigste {published}Wert beträgt {lowest}, der höchste {highest}.",
    )


def extremes(sicht: IndicatorView) -> tuple[list[AreaRow], list[AreaRow]]:
    """Areas with the lowest and with the highest value as printed; ties are all included."""

    def shown(row: AreaRow) -> Decimal:
        return round_half_away(row.gezeigt, sicht.kennzahl.nachkommastellen)

    ordered = sorted(sicht.published, key=shown)
    groups = [list(rows) for _, rows in groupby(ordered, key=shown)]
    return groups[0], groups[-1]


def with_names(rows: Sequence[AreaRow], value: str, sicht: IndicatorView) -> str:
    """A value and whose it is: ``"5,5 % (Sozialraum 6)"``."""
    return f"{value} ({join_names(rows) or so_many(len(rows), sicht.ort)})"


def _eines(sicht: IndicatorView) -> str:
    return "einer" if sicht.ort.geschlecht == "f" else "eines"


def differences(sicht: IndicatorView) -> str:
    """Which areas differ from the rest of the municipality by more than chance."""
    rows = {c: [row for row in sicht.published if row.klasse == c] for c in (*_ORDER, WIE)}
    like, different = rows.pop(WIE), {c: found for c, found in rows.items() if found}
    if not different:
        return _no_difference(sicht, like)
    several = sum(map(len, different.values())) > 1
    rest = f"der {'jeweils ' * several}übrigen Kommune"
    text = pick(sicht, _adjectives, _prepositions, _sides)(
        sicht, different, rest, noun_of_values(sicht)
    )
    if like:
        text += f" {no_difference(capitalised(for_areas(like, sicht)))}."
    return text


_ORDER = (DEUTLICH_UEBER, UEBER, DEUTLICH_UNTER, UNTER)
_Found = Mapping[str, Sequence[AreaRow]]


def _adjectives(sicht: IndicatorView, found: _Found, rest: str, name: str) -> str:
    parts = [f"{in_areas(rows, sicht)} {CLASS_LABELS[klasse]}" for klasse, rows in found.items()]
    return f"Verglichen mit {rest} ist der {name} {join_words(parts)}."


def _prepositions(sicht: IndicatorView, found: _Found, rest: str, name: str) -> str:
    """The first part names the yardstick, the others refer to it."""
    words = dict(zip(_ORDER, ("deutlich über", "über", "deutlich unter", "unter"), strict=True))
    (klasse, rows), *others = found.items()
    parts = [f"{in_areas(rows, sicht)} liegt der {name} {words[klasse]} dem {rest}"]
    for klasse, rows in others:
        *clearly, side = words[klasse].split()
        there = " ".join([*clearly, f"dar{side}"])
        parts.append(f"{in_areas(rows, sicht)} {there}")
    return f"{capitalised(join_words(parts))}."


def _sides(sicht: IndicatorView, found: _Found, rest: str, name: str) -> str:
    """First all areas above, then all below."""
    sides: list[str] = []
    for classes, word in ((_ORDER[:2], "höher"), (_ORDER[2:], "niedriger")):
        verb = "ist er " if sides else f"als in {rest} ist der {name} "
        parts = []
        for klasse in classes:
            if klasse in found:
                degree = f"deutlich {word}" if klasse == classes[0] else word
                parts.append(f"{degree} {verb}{in_areas(found[klasse], sicht)}")
                verb = ""
        if parts:
            sides.append(join_words(parts))
    return f"{capitalised('; '.join(sides))}."


def _no_difference(sicht: IndicatorView, like: Sequence[AreaRow]) -> str:
    if not like:
        return ""
    if len(like) == 1:
        return f"{no_difference(capitalised(for_areas(like, sicht)), 'zur übrigen Kommune')}."
    none = f"k{dative_of_one(sicht.ort)} der {all_areas(len(like), sicht.ort)}"
    compared = ", für die ein Vergleich möglich ist," if len(like) < len(sicht.areas) else ""
    usual = (
        f"In {none}{compared} ist ein Unterschied zur jeweils übrigen Kommune nachweisbar, der "
        "über zufällige Schwankungen hinausgeht."
    )
    if compared:
        return usual
    return pick(
        sicht,
        usual,
        "Ein Unterschied zur jeweils übrigen Kommune, der über zufällige Schwankungen hinausgeht, "
        f"ist in {none} nachweisbar.",
    )
