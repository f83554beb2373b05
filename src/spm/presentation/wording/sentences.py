"""What an indicator shows, in careful German sentences."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import Decimal
from itertools import groupby

from spm.presentation.views import Sicht, Zeile
from spm.presentation.wording.areas import fuer_raeume, in_raeumen
from spm.presentation.wording.choice import pick
from spm.presentation.wording.grammar import (
    CLASS_LABELS,
    anzahl,
    anzahl_von,
    einem,
    fuer_kommune,
    genannt,
    gross,
    in_kommune,
    namen,
    no_difference,
    satzteil,
    zahl_der,
)
from spm.presentation.wording.pooling import im_zeitraum
from spm.published import (
    ABSENDER_GESPERRT,
    DEUTLICH_UEBER,
    DEUTLICH_UNTER,
    GESPERRT,
    UEBER,
    UNTER,
    WIE,
)
from spm.text.numbers import aufzaehlung, gerundet, intervall, zahl, zahlwort


def groesse(sicht: Sicht) -> str:
    """What the values of an indicator are, as a masculine noun: share, balance or just value."""
    k = sicht.kennzahl
    if k.art == "saldo":
        return "Saldo"
    return "Anteil" if k.art == "anteil" and k.satz.startswith("der Anteil ") else "Wert"


def lage(sicht: Sicht) -> str:
    """The municipality's value in the reporting year, with counts and interval."""
    row, k, where = sicht.gesamt, sicht.kennzahl, in_kommune(sicht.ort)
    when, subject = im_zeitraum(sicht), satzteil(k.satz)
    if not row.ok:
        return _no_total(sicht)
    value = zahl(row.gezeigt, k.nachkommastellen) if k.art == "anzahl" else sicht.text(row.gezeigt)
    end = f"{value}{_detail(sicht, row)}."
    amounts = f"{gross(when)} betrug {subject} {where} {end}"
    if k.art == "saldo":
        return f"{_balance(sicht, row.gezeigt)} {gross(subject)} betrug {end}"
    if sicht.ist_veraenderung:
        return pick(sicht, f"{gross(subject)} betrug {where} {when} {end}", amounts)
    return pick(
        sicht,
        f"{gross(where)} lag {when} {subject} bei {end}",
        f"{gross(subject)} lag {where} {when} bei {end}",
        amounts,
    )


def _no_total(sicht: Sicht) -> str:
    whom, title, when = fuer_kommune(sicht.ort), genannt(sicht.kennzahl.titel), im_zeitraum(sicht)
    if sicht.gesamt.status in (GESPERRT, ABSENDER_GESPERRT):
        return (
            f"{gross(whom)} insgesamt wird der Wert der Kennzahl {title} {when} aus Gründen der "
            "Geheimhaltung nicht gezeigt."
        )
    return (
        f"{gross(whom)} insgesamt gibt es zur Kennzahl {title} {when} keinen veröffentlichten Wert."
    )


def _balance(sicht: Sicht, value: float) -> str:
    """What a balance means: which of the two was more."""
    plus, minus = sicht.kennzahl.zugaenge, sicht.kennzahl.abgaenge
    where, when = in_kommune(sicht.ort), im_zeitraum(sicht)
    if gerundet(value, sicht.kennzahl.nachkommastellen) == 0:
        return f"{gross(where)} hielten sich {plus} und {minus} {when} etwa die Waage."
    more, less = (plus, minus) if value > 0 else (minus, plus)
    return pick(
        sicht,
        f"{gross(where)} gab es {when} mehr {more} als {less}.",
        f"{gross(when)} gab es {where} mehr {more} als {less}.",
    )


def _detail(sicht: Sicht, row: Zeile) -> str:
    k, parts = sicht.kennzahl, []
    if k.art == "anteil" and row.zaehler is not None and row.nenner is not None:
        years = f" in {zahlwort(sicht.fenster)} Jahren" if sicht.fenster > 1 else ""
        parts.append(f"{zahl(row.zaehler)} von {zahl(row.nenner)}{years}")
    if row.hat_intervall:
        parts.append(f"95-%-Vertrauensintervall {grenzen(sicht, row)}")
    return f" ({'; '.join(parts)})" if parts else ""


def grenzen(sicht: Sicht, row: Zeile) -> str:
    """The interval of a value; the value before it names the unit, only the sign % is repeated."""
    k, signed = sicht.kennzahl, sicht.ist_veraenderung
    unit = k.einheit if k.einheit == "%" else ""
    return intervall(*row.grenzen, unit, k.nachkommastellen, vorzeichen=signed)


def spanne(sicht: Sicht) -> str:
    """Lowest and highest areas, with ties."""
    rows, ort = sicht.published, sicht.ort
    total = len(sicht.areas)
    if not rows or total == 1:
        return ""
    if len(rows) == 1:
        return (
            f"Veröffentlicht ist nur der Wert {_eines(sicht)} der {zahl_der(total, ort)}: "
            f"{sicht.text(rows[0].gezeigt)} ({namen(rows)})."
        )
    low, high = extremes(sicht)
    if low == high:
        return (
            f"In {anzahl_von(len(rows), ort, total, case='dat')} beträgt der Wert gerundet "
            f"{sicht.text(low[0].gezeigt)}."
        )
    lowest = with_names(low, sicht.kurz(low[0].gezeigt), sicht)
    highest = with_names(high, sicht.text(high[0].gezeigt), sicht)
    every = len(rows) == total
    subject = (
        f"Die Werte der {zahl_der(total, ort)} reichen"
        if every
        else f"Die veröffentlichten Werte von {anzahl_von(len(rows), ort, total, case='dat')} "
        "reichen"
    )
    shown = zahl_der(len(rows), ort, "dat") + ("" if every else " mit veröffentlichten Zahlen")
    name, published = groesse(sicht), "" if every else "veröffentlichte "
    return pick(
        sicht,
        f"{subject} von {lowest} bis {highest}.",
        f"In den {shown} liegt der {name} zwischen {lowest} und {highest}.",
        f"Der niedrigste {published}Wert beträgt {lowest}, der höchste {highest}.",
    )


def extremes(sicht: Sicht) -> tuple[list[Zeile], list[Zeile]]:
    """Areas with the lowest and with the highest value as printed; ties are all included."""

    def shown(row: Zeile) -> Decimal:
        return gerundet(row.gezeigt, sicht.kennzahl.nachkommastellen)

    ordered = sorted(sicht.published, key=shown)
    groups = [list(rows) for _, rows in groupby(ordered, key=shown)]
    return groups[0], groups[-1]


def with_names(rows: Sequence[Zeile], value: str, sicht: Sicht) -> str:
    """A value and whose it is: ``"5,5 % (Sozialraum 6)"``."""
    return f"{value} ({namen(rows) or anzahl(len(rows), sicht.ort)})"


def _eines(sicht: Sicht) -> str:
    return "einer" if sicht.ort.geschlecht == "f" else "eines"


def vergleich(sicht: Sicht) -> str:
    """Which areas differ from the rest of the municipality by more than chance."""
    rows = {c: [row for row in sicht.published if row.klasse == c] for c in (*_ORDER, WIE)}
    like, different = rows.pop(WIE), {c: found for c, found in rows.items() if found}
    if not different:
        return _no_difference(sicht, like)
    several = sum(map(len, different.values())) > 1
    rest = f"der {'jeweils ' * several}übrigen Kommune"
    text = pick(sicht, _adjectives, _prepositions, _sides)(sicht, different, rest, groesse(sicht))
    if like:
        text += f" {no_difference(gross(fuer_raeume(like, sicht)))}."
    return text


_ORDER = (DEUTLICH_UEBER, UEBER, DEUTLICH_UNTER, UNTER)
_Found = Mapping[str, Sequence[Zeile]]


def _adjectives(sicht: Sicht, found: _Found, rest: str, name: str) -> str:
    parts = [f"{in_raeumen(rows, sicht)} {CLASS_LABELS[klasse]}" for klasse, rows in found.items()]
    return f"Verglichen mit {rest} ist der {name} {aufzaehlung(parts)}."


def _prepositions(sicht: Sicht, found: _Found, rest: str, name: str) -> str:
    """The first part names the yardstick, the others refer to it."""
    words = dict(zip(_ORDER, ("deutlich über", "über", "deutlich unter", "unter"), strict=True))
    (klasse, rows), *others = found.items()
    parts = [f"{in_raeumen(rows, sicht)} liegt der {name} {words[klasse]} dem {rest}"]
    for klasse, rows in others:
        *clearly, side = words[klasse].split()
        there = " ".join([*clearly, f"dar{side}"])
        parts.append(f"{in_raeumen(rows, sicht)} {there}")
    return f"{gross(aufzaehlung(parts))}."


def _sides(sicht: Sicht, found: _Found, rest: str, name: str) -> str:
    """First all areas above, then all below."""
    sides: list[str] = []
    for classes, word in ((_ORDER[:2], "höher"), (_ORDER[2:], "niedriger")):
        verb = "ist er " if sides else f"als in {rest} ist der {name} "
        parts = []
        for klasse in classes:
            if klasse in found:
                degree = f"deutlich {word}" if klasse == classes[0] else word
                parts.append(f"{degree} {verb}{in_raeumen(found[klasse], sicht)}")
                verb = ""
        if parts:
            sides.append(aufzaehlung(parts))
    return f"{gross('; '.join(sides))}."


def _no_difference(sicht: Sicht, like: Sequence[Zeile]) -> str:
    if not like:
        return ""
    if len(like) == 1:
        return f"{no_difference(gross(fuer_raeume(like, sicht)), 'zur übrigen Kommune')}."
    none = f"k{einem(sicht.ort)} der {zahl_der(len(like), sicht.ort)}"
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
