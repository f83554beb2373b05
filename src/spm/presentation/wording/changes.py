"""How an indicator changed over the years, without any claim about a trend."""

from __future__ import annotations

from spm.presentation.numbers import gerundet, zahlwort
from spm.presentation.views import GESAMT, Sicht
from spm.presentation.wording.choice import pick
from spm.presentation.wording.grammar import anzahl, anzahl_von, einem, fuer_kommune


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
    change = f"von {sicht.kurz(first.wert)} auf {sicht.text(last.wert)}"
    where = f"{fuer_kommune(sicht.ort)} insgesamt"
    if a == b:
        text = (
            f"Der Wert {where} war {years[-1]} mit {sicht.text(last.wert)} gerundet so hoch wie "
            f"{years[0]}."
        )
    else:
        verb = pick(sicht, ("stieg", "sank"), ("erhöhte sich", "verringerte sich"))[a > b]
        text = f"Der Wert {where} {verb} {span} {change}."
    gaps = [y for y in sicht.jahre if years[0] < y < years[-1] and y not in years]
    if gaps:
        text += f" Für {len(gaps)} Jahre dazwischen" if len(gaps) > 1 else f" Für {gaps[0]}"
        text += " ist kein Wert veröffentlicht."
    if a != b and first.hat_intervall and last.hat_intervall:
        apart = first.ki_oben < last.ki_unten or last.ki_oben < first.ki_unten
        text += " Die Vertrauensintervalle beider Jahre überschneiden sich" + (
            " nicht." if apart else "; der Unterschied kann zufällig sein."
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
            parts.append(f"In {where} lag der Wert {last} {words}")
        elif n:
            parts.append(f"in {_number_dative(n, sicht)} {words.removesuffix(f' als {first}')}")
    missing = len(pairs) - len(moves)
    if missing:
        parts.append(f"für {anzahl(missing, sicht.ort, case='akk')} fehlt ein Wert")
    return f" {', '.join(parts)}."
