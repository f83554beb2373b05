"""How an indicator changed over the years, without any claim about a trend."""

from __future__ import annotations

from spm.presentation.numbers import gerundet, zahlwort
from spm.presentation.views import GESAMT, Sicht
from spm.presentation.wording.choice import pick
from spm.presentation.wording.estimates import fruehere_jahre
from spm.presentation.wording.grammar import anzahl, anzahl_von, einem, fuer_kommune
from spm.presentation.wording.pooling import fuer_zeitraum, im_zeitraum, von_bis


def _number_dative(n: int, sicht: Sicht) -> str:
    return einem(sicht.ort) if n == 1 else zahlwort(n)


def entwicklung(sicht: Sicht) -> str:
    """The municipality's first and last value of the series; no claim about a trend.

    Pooled values that share a year are not compared: part of both is the same.
    """
    k = sicht.kennzahl
    years = [y for y in sicht.years_with(GESAMT) if y <= sicht.jahr]
    if k.art == "veraenderung" or len(years) < 2:
        return ""
    if years[-1] - years[0] < sicht.fenster:
        both = " und ".join(von_bis(sicht, year) for year in (years[0], years[-1]))
        return (
            f"Die Zeiträume {both} überschneiden sich; ihre Werte werden deshalb nicht miteinander "
            "verglichen."
        )
    first, last = sicht.zeile(GESAMT, years[0]), sicht.zeile(GESAMT, years[-1])
    a, b = (gerundet(r.wert, k.nachkommastellen) for r in (first, last))
    text = (
        _equal(sicht, years[0], years[-1]) if a == b else _moved(sicht, years[0], years[-1], a > b)
    )
    text += _gaps(sicht, years)
    if a != b and first.hat_intervall and last.hat_intervall:
        apart = first.ki_oben < last.ki_unten or last.ki_oben < first.ki_unten
        both = "Jahre" if sicht.fenster == 1 else "Zeiträume"
        text += f" Die Vertrauensintervalle beider {both} überschneiden sich" + (
            " nicht." if apart else "; der Unterschied kann zufällig sein."
        )
    moves = _area_changes(sicht, years[0], years[-1])
    estimated = fruehere_jahre(sicht, (years[0], years[-1]) if moves else ())
    return f"{text}{moves} {estimated}".strip()


def _moved(sicht: Sicht, first: int, last: int, down: bool) -> str:
    verb = pick(sicht, ("stieg", "sank"), ("erhöhte sich", "verringerte sich"))[down]
    old = sicht.kurz(sicht.zeile(GESAMT, first).wert)
    new = sicht.text(sicht.zeile(GESAMT, last).wert)
    start = f"Der Wert {fuer_kommune(sicht.ort)} insgesamt {verb}"
    if sicht.fenster == 1:
        return f"{start} zwischen {first} und {last} von {old} auf {new}."
    return f"{start} von {old} {im_zeitraum(sicht, first)} auf {new} {im_zeitraum(sicht, last)}."


def _equal(sicht: Sicht, first: int, last: int) -> str:
    value = sicht.text(sicht.zeile(GESAMT, last).wert)
    return (
        f"Der Wert {fuer_kommune(sicht.ort)} insgesamt war {_in(sicht, last)} mit {value} gerundet "
        f"so hoch wie {_in(sicht, first)}."
    )


def _in(sicht: Sicht, year: int) -> str:
    """A year as sentences name it: ``"2023"``, ``"im Zeitraum 2021 bis 2023"``."""
    return str(year) if sicht.fenster == 1 else im_zeitraum(sicht, year)


def _gaps(sicht: Sicht, years: list[int]) -> str:
    gaps = [y for y in sicht.jahre if years[0] < y < years[-1] and y not in years]
    if not gaps:
        return ""
    if sicht.fenster == 1:
        which = f"{len(gaps)} Jahre dazwischen" if len(gaps) > 1 else f"{gaps[0]}"
        return f" Für {which} ist kein Wert veröffentlicht."
    which = f"für {zahlwort(len(gaps))} Zeiträume dazwischen"
    which = which if len(gaps) > 1 else fuer_zeitraum(sicht, gaps[0])
    return f" {which[0].upper()}{which[1:]} ist kein Wert veröffentlicht."


def _area_changes(sicht: Sicht, first: int, last: int) -> str:
    places = sicht.kennzahl.nachkommastellen
    pairs = [(sicht.zeile(raum, first), sicht.zeile(raum, last)) for raum, _ in sicht.raeume]
    moves = [gerundet(b.wert, places) - gerundet(a.wert, places) for a, b in pairs if a.ok and b.ok]
    if len(moves) < 2:
        return ""
    then, now = _in(sicht, first), _in(sicht, last)
    counts = {
        f"höher als {then}": sum(m > 0 for m in moves),
        f"niedriger als {then}": sum(m < 0 for m in moves),
        f"gerundet so hoch wie {then}": sum(m == 0 for m in moves),
    }
    parts = []
    for words, n in counts.items():
        if n and not parts:
            where = anzahl_von(n, sicht.ort, n, case="dat") if n == len(pairs) else None
            where = where or anzahl(n, sicht.ort, case="dat")
            parts.append(f"In {where} lag der Wert {now} {words}")
        elif n:
            again = words.removesuffix(f" als {then}")
            if sicht.fenster > 1:  # "im Zeitraum … bis …" is too long to be said twice
                again = again.replace(f"so hoch wie {then}", "gleich hoch")
            parts.append(f"in {_number_dative(n, sicht)} {again}")
    missing = len(pairs) - len(moves)
    if missing:
        parts.append(f"für {anzahl(missing, sicht.ort, case='akk')} fehlt ein Wert")
    return f" {', '.join(parts)}."
