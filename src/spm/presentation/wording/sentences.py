"""What an indicator shows, in careful German sentences."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby

from spm.presentation.blocks import daten
from spm.presentation.numbers import gerundet, intervall, zahl, zahlwort
from spm.presentation.views import (
    ABSENDER,
    GESPERRT,
    NICHT_BERECHENBAR,
    NICHT_GELIEFERT,
    UEBER,
    UNTER,
    WIE,
    Sicht,
    Zeile,
)
from spm.presentation.wording.choice import pick
from spm.presentation.wording.grammar import (
    anzahl,
    anzahl_von,
    benannt,
    einem,
    fuer_kommune,
    genannt,
    gross,
    in_kommune,
    namen,
    satzteil,
)
from spm.presentation.wording.pooling import fuer_zeitraum, im_zeitraum


def lage(sicht: Sicht) -> str:
    """The municipality's value in the reporting year, with counts and interval."""
    row, k, where = sicht.gesamt, sicht.kennzahl, in_kommune(sicht.ort)
    when = im_zeitraum(sicht)
    if not row.ok:
        return (
            f"{gross(fuer_kommune(sicht.ort))} insgesamt gibt es zur Kennzahl {genannt(k.titel)} "
            f"{when} keinen veröffentlichten Wert."
        )
    value = zahl(row.wert, k.nachkommastellen) if k.art == "anzahl" else sicht.text(row.wert)
    end = f"{value}{_detail(sicht, row)}."
    if sicht.ist_veraenderung:
        return f"{gross(satzteil(k.satz))} betrug {where} {when} {end}"
    return pick(
        sicht,
        f"{gross(where)} lag {when} {satzteil(k.satz)} bei {end}",
        f"{gross(satzteil(k.satz))} lag {where} {when} bei {end}",
    )


def _detail(sicht: Sicht, row: Zeile) -> str:
    k, parts = sicht.kennzahl, []
    if k.art == "anteil" and row.zaehler is not None and row.nenner is not None:
        years = f" in {zahlwort(sicht.fenster)} Jahren" if sicht.fenster > 1 else ""
        parts.append(f"{zahl(row.zaehler)} von {zahl(row.nenner)}{years}")
    if row.hat_intervall:
        signed = sicht.ist_veraenderung
        # The value before it names the unit; only the sign % is repeated.
        unit = k.einheit if k.einheit == "%" else ""
        limits = intervall(row.ki_unten, row.ki_oben, unit, k.nachkommastellen, vorzeichen=signed)
        parts.append(f"95-%-Vertrauensintervall {limits}")
    return f" ({'; '.join(parts)})" if parts else ""


def spanne(sicht: Sicht) -> str:
    """Lowest and highest areas, with ties."""
    rows, ort = sicht.published, sicht.ort
    total = len(sicht.areas)
    if not rows or total == 1:
        return ""
    if len(rows) == 1:
        return (
            f"Veröffentlicht ist nur der Wert {_eines(sicht)} der {zahlwort(total)} "
            f"{daten(ort.mehrzahl)}: {sicht.text(rows[0].wert)} ({daten(rows[0].name)})."
        )
    low, high = extremes(sicht)
    if low == high:
        return (
            f"In {anzahl_von(len(rows), ort, total, case='dat')} beträgt der Wert gerundet "
            f"{sicht.text(low[0].wert)}."
        )
    subject = (
        f"Die Werte der {zahlwort(total)} {daten(ort.mehrzahl)} reichen"
        if len(rows) == total
        else f"Die veröffentlichten Werte von {anzahl_von(len(rows), ort, total, case='dat')} "
        "reichen"
    )
    lowest = _with_names(low, sicht.kurz(low[0].wert), sicht)
    return f"{subject} von {lowest} bis {_with_names(high, sicht.text(high[0].wert), sicht)}."


def extremes(sicht: Sicht) -> tuple[list[Zeile], list[Zeile]]:
    """Areas with the lowest and with the highest value as printed; ties are all included."""

    def shown(row: Zeile) -> object:
        return gerundet(row.wert, sicht.kennzahl.nachkommastellen)

    ordered = sorted(sicht.published, key=shown)
    groups = [list(rows) for _, rows in groupby(ordered, key=shown)]
    return groups[0], groups[-1]


def _with_names(rows: Sequence[Zeile], value: str, sicht: Sicht) -> str:
    return f"{value} ({namen(rows) or anzahl(len(rows), sicht.ort)})"


def _eines(sicht: Sicht) -> str:
    return "einer" if sicht.ort.geschlecht == "f" else "eines"


def vergleich(sicht: Sicht) -> str:
    """How many areas differ from the municipality by more than chance."""
    if not sicht.zeigt_kommune_als_vergleich:
        return ""
    rows = {c: [r for r in sicht.published if r.klasse == c] for c in (UEBER, UNTER, WIE)}
    above, below, like = rows[UEBER], rows[UNTER], rows[WIE]
    ort = sicht.ort
    if not (above or below):
        if not like:
            return ""
        if len(like) == 1:
            return (
                "Ein Unterschied zum Gesamtwert, der über zufällige Schwankungen hinausgeht, ist "
                "nicht erkennbar."
            )
        shown = " mit veröffentlichtem Wert" if len(like) < len(sicht.areas) else ""
        return (
            f"In k{einem(ort)} der {zahlwort(len(like))} {daten(ort.mehrzahl)}{shown} ist ein "
            "Unterschied zum Gesamtwert erkennbar, der über zufällige Schwankungen hinausgeht."
        )
    who = [_nominative(found, sicht) for found in (above, below)]
    if above and below:
        text = f"Über dem Gesamtwert {who[0]}, darunter {who[1]}; diese Unterschiede gehen"
    else:
        side, subject = ("Über", who[0]) if above else ("Unter", who[1])
        one = len(above or below) == 1
        these = "dieser Unterschied geht" if one else "diese Unterschiede gehen"
        text = f"{side} dem Gesamtwert {subject}; {these}"
    text += " über zufällige Schwankungen hinaus."
    if like:
        named = benannt(like, ort, case="akk")
        text += f" Für {named} ist kein Unterschied zum Gesamtwert erkennbar."
    return text


def _nominative(rows: Sequence[Zeile], sicht: Sicht) -> str:
    """Verb and subject: ``"liegt Mürwik"``, ``"liegen fünf der 13 Stadtteile"``."""
    verb = "liegt" if len(rows) == 1 and not rows[0].mehrere else "liegen"
    return f"{verb} {namen(rows) or anzahl_von(len(rows), sicht.ort, len(sicht.areas))}"


def luecken(sicht: Sicht) -> str:
    """Areas without a number in the reporting year, and why."""
    parts = []
    for status in (GESPERRT, ABSENDER, NICHT_GELIEFERT, NICHT_BERECHENBAR):
        for pooled in (False, True):
            reason = _REASONS[status][pooled]
            rows = [
                row
                for row in sicht.areas
                if row.status == status and sicht.zusammengefasst(row) == pooled
            ]
            if rows:
                parts.append(f"Für {benannt(rows, sicht.ort, case='akk')} {reason}.")
    return " ".join(parts)


_HIDDEN = "wird der Wert aus Gründen der Geheimhaltung nicht gezeigt"
_NO_VALUE = "ist kein Wert berechenbar"
_REASONS = {
    GESPERRT: (_HIDDEN, _HIDDEN),
    ABSENDER: (
        "hat der Absender den Wert geheim gehalten",
        "hat der Absender Angaben geheim gehalten",
    ),
    NICHT_GELIEFERT: ("wurde kein Wert geliefert", "wurden nicht alle Angaben geliefert"),
    NICHT_BERECHENBAR: (_NO_VALUE, _NO_VALUE),
}
"""Why there is no number: of one year and area, of several ones together."""


def kein_wert(sicht: Sicht) -> str:
    """The one sentence in place of a figure that cannot be drawn."""
    name = genannt(sicht.kennzahl.titel)
    if not sicht.geliefert:
        return f"Zur Kennzahl {name} liegt keine Lieferung vor."
    states, when = {row.status for row in sicht.areas}, fuer_zeitraum(sicht)
    what = "vollständigen Angaben" if sicht.fenster > 1 else "Werte"
    if states == {NICHT_GELIEFERT}:
        return f"Zur Kennzahl {name} wurden {when} keine {what} geliefert."
    if states <= {GESPERRT, ABSENDER}:
        return (
            f"Die Werte zur Kennzahl {name} werden {when} aus Gründen der Geheimhaltung nicht "
            "gezeigt."
        )
    return f"Zur Kennzahl {name} gibt es {when} keine Werte, die gezeigt werden können."
