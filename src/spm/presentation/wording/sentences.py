"""What an indicator shows, in careful German sentences."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from typing import TypeVar
from zlib import crc32

from spm.presentation.blocks import daten
from spm.presentation.numbers import gerundet, intervall, zahl, zahlwort
from spm.presentation.views import (
    ABSENDER,
    GESAMT,
    GESPERRT,
    NICHT_BERECHENBAR,
    NICHT_GELIEFERT,
    UEBER,
    UNTER,
    WIE,
    Sicht,
    Zeile,
)
from spm.presentation.wording.grammar import (
    anzahl,
    anzahl_von,
    einem,
    fuer_kommune,
    gross,
    in_klammern,
    in_kommune,
    namen,
    satzteil,
)

T = TypeVar("T")


def lage(sicht: Sicht) -> str:
    """The municipality's value in the reporting year, with counts and interval."""
    row, k, where = sicht.gesamt, sicht.kennzahl, in_kommune(sicht.ort)
    if not row.ok:
        return (
            f"{gross(fuer_kommune(sicht.ort))} insgesamt liegt für das Jahr {sicht.jahr} kein "
            f"veröffentlichter Wert zur Kennzahl «{daten(k.kurztitel)}» vor."
        )
    value = zahl(row.wert, k.nachkommastellen) if k.art == "anzahl" else sicht.text(row.wert)
    detail = _detail(sicht, row)
    if _variant(k.id, 2):
        return f"Bei {value}{detail} lag {where} im Jahr {sicht.jahr} {daten(k.satz)}."
    return f"{gross(where)} lag im Jahr {sicht.jahr} {satzteil(k.satz)} bei {value}{detail}."


def _detail(sicht: Sicht, row: Zeile) -> str:
    k, parts = sicht.kennzahl, []
    if k.art == "anteil" and row.zaehler is not None and row.nenner is not None:
        parts.append(f"{zahl(row.zaehler)} von {zahl(row.nenner)}")
    if row.hat_intervall:
        limits = intervall(row.ki_unten, row.ki_oben, k.einheit, k.nachkommastellen)
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
    return f"{subject} von {_with_names(sicht, low)} bis {_with_names(sicht, high)}."


def extremes(sicht: Sicht) -> tuple[list[Zeile], list[Zeile]]:
    """Areas with the lowest and with the highest value as printed; ties are all included."""

    def shown(row: Zeile) -> object:
        return gerundet(row.wert, sicht.kennzahl.nachkommastellen)

    ordered = sorted(sicht.published, key=shown)
    groups = [list(rows) for _, rows in groupby(ordered, key=shown)]
    return groups[0], groups[-1]


def _with_names(sicht: Sicht, rows: Sequence[Zeile]) -> str:
    return f"{sicht.text(rows[0].wert)} ({namen(rows) or anzahl(len(rows), sicht.ort)})"


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
    parts = []
    for found, word in ((above, "höher"), (below, "niedriger")):
        if found:
            where = anzahl(len(found), ort, case="dat")
            where = where if not parts else _number_dative(len(found), sicht)
            parts.append(f"in {where} {word}{in_klammern(found)}")
    opening = _pick(
        sicht,
        "Auch wenn man zufällige Schwankungen berücksichtigt, liegt der Wert",
        "Über zufällige Schwankungen hinaus liegt der Wert",
    )
    text = f"{opening} {' und '.join(parts)} als {in_kommune(ort)} insgesamt."
    if like:
        named = anzahl(len(like), ort, case="akk") + in_klammern(like)
        text += f" Für {named} ist kein Unterschied zum Gesamtwert erkennbar."
    return text


def _number_dative(n: int, sicht: Sicht) -> str:
    return einem(sicht.ort) if n == 1 else zahlwort(n)


def entwicklung(sicht: Sicht) -> str:
    """The municipality's first and last value of the series; no claim about a trend."""
    k = sicht.kennzahl
    years = [y for y in sicht.years_with(GESAMT) if y <= sicht.jahr]
    if k.art == "veraenderung" or len(years) < 2:
        return ""
    first, last = sicht.zeile(GESAMT, years[0]), sicht.zeile(GESAMT, years[-1])
    a, b = (gerundet(r.wert, k.nachkommastellen) for r in (first, last))
    span = f"zwischen {years[0]} und {years[-1]}"
    change = f"von {sicht.text(first.wert)} auf {sicht.text(last.wert)}"
    where = f"{fuer_kommune(sicht.ort)} insgesamt"
    if a == b:
        text = (
            f"Der Wert {where} war {years[-1]} mit {sicht.text(last.wert)} gerundet so hoch wie "
            f"{years[0]}."
        )
    else:
        verb = _pick(sicht, ("stieg", "sank"), ("erhöhte sich", "verringerte sich"))[a > b]
        text = f"Der Wert {where} {verb} {span} {change}."
    gaps = [y for y in sicht.jahre if years[0] < y < years[-1] and y not in years]
    if gaps:
        text += f" Für {len(gaps)} Jahre dazwischen" if len(gaps) > 1 else f" Für {gaps[0]}"
        text += " ist kein Wert veröffentlicht."
    if a != b and first.hat_intervall and last.hat_intervall:
        apart = first.ki_oben < last.ki_unten or last.ki_oben < first.ki_unten
        text += " Die Vertrauensintervalle beider Jahre überschneiden sich" + (
            " nicht." if apart else ", der Unterschied kann also zufällig sein."
        )
    return text + _area_changes(sicht, years[0], years[-1])


def _area_changes(sicht: Sicht, first: int, last: int) -> str:
    places = sicht.kennzahl.nachkommastellen
    pairs = [(sicht.zeile(raum, first), sicht.zeile(raum, last)) for raum, _ in sicht.raeume]
    moves = [gerundet(b.wert, places) - gerundet(a.wert, places) for a, b in pairs if a.ok and b.ok]
    if len(moves) < 2:
        return ""
    counts = {
        f"höher als {first}": sum(m > 0 for m in moves),
        f"niedriger als {first}": sum(m < 0 for m in moves),
        f"gerundet so hoch wie {first}": sum(m == 0 for m in moves),
    }
    parts = []
    for words, n in counts.items():
        if n and not parts:
            where = anzahl_von(n, sicht.ort, n, case="dat") if n == len(pairs) else None
            where = where or anzahl(n, sicht.ort, case="dat")
            parts.append(f"In {where} lag er {last} {words}")
        elif n:
            parts.append(f"in {_number_dative(n, sicht)} {words.removesuffix(f' als {first}')}")
    missing = len(pairs) - len(moves)
    if missing:
        parts.append(f"für {anzahl(missing, sicht.ort, case='akk')} fehlt ein Wert")
    return f" {', '.join(parts)}."


def luecken(sicht: Sicht) -> str:
    """Areas without a number in the reporting year, and why."""
    reasons = {
        GESPERRT: "wird der Wert aus Gründen der Geheimhaltung nicht gezeigt",
        ABSENDER: "hat der Absender den Wert geheim gehalten",
        NICHT_GELIEFERT: "wurde kein Wert geliefert",
        NICHT_BERECHENBAR: "ist kein Wert berechenbar",
    }
    parts = []
    for status, reason in reasons.items():
        rows = [row for row in sicht.areas if row.status == status]
        if rows:
            parts.append(
                f"Für {anzahl(len(rows), sicht.ort, case='akk')}{in_klammern(rows)} {reason}."
            )
    return " ".join(parts)


def kein_wert(sicht: Sicht) -> str:
    """The one sentence in place of a figure that cannot be drawn."""
    name = daten(sicht.kennzahl.kurztitel)
    if not sicht.geliefert:
        return f"Zur Kennzahl «{name}» liegt keine Lieferung vor."
    states = {row.status for row in sicht.areas}
    if states == {NICHT_GELIEFERT}:
        return f"Zur Kennzahl «{name}» wurden für das Jahr {sicht.jahr} keine Werte geliefert."
    if states <= {GESPERRT, ABSENDER}:
        return (
            f"Die Werte zur Kennzahl «{name}» werden für das Jahr {sicht.jahr} aus Gründen der "
            "Geheimhaltung nicht gezeigt."
        )
    return (
        f"Zur Kennzahl «{name}» gibt es für das Jahr {sicht.jahr} keine Werte, die gezeigt werden "
        "können."
    )


def _variant(key: str, n: int) -> int:
    return crc32(key.encode()) % n


def _pick(sicht: Sicht, *texts: T) -> T:
    """One of several wordings, always the same for the same indicator."""
    return texts[_variant(sicht.kennzahl.id, len(texts))]
