"""An explanation for the console, in German."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from itertools import groupby
from textwrap import wrap

from spm.explain.origins import compressed
from spm.explain.records import ABSENT, CELLS, PERSONS, Erklaerung, Fakt, Stelle, Test, Zahl
from spm.facts import GEZAEHLT
from spm.published import GESAMT
from spm.text.numbers import format_number

WIDTH = 96
ROWS, FACTS, PLACES = 60, 12, 24
"""So many characters of row numbers, blocks of facts and places in the report are printed; all of
them are in ``--json``."""

SINGLE, FIRST = 3, 8
"""So many facts of one measure, year and area are told one by one; of more the first numbers."""

WARNING = "VERTRAULICH: nur für Personen mit Zugang zu den Lieferungen. Nicht weitergeben."

ROLES = {"zaehler": "Zähler", "abzueglich": "abzüglich", "nenner": "Nenner"}
STATUS = {
    "ok": "veröffentlicht",
    "gesperrt": "gesperrt",
    "absender_gesperrt": "vom Absender gesperrt",
    "nicht_geliefert": "nicht geliefert",
    "nicht_berechenbar": "nicht berechenbar",
}
UNKNOWN = {"gesperrt": "vom Absender gesperrt", "nicht_geliefert": "nicht geliefert"}
"""Of a count; what is suppressed here is so in the delivery already."""


def in_words(told: Erklaerung, text: Callable[[float], str]) -> list[str]:
    """The lines to print.

    Parameters
    ----------
    text : a number of the indicator with its unit.
    """
    years = f"{told.jahre[0]}–{told.jahre[-1]}" if len(told.jahre) > 1 else str(told.jahr)
    lines = [
        WARNING,
        "",
        f"{told.titel}",
        f"{told.kennzahl}, {years}, {told.name}",
        *_wrapped(told.definition, "  "),
        "",
        f"Im Bericht: {_printed(told, text)}",
    ]
    if told.formel:
        lines.append(f"Formel:     {told.formel}")
    if told.intervall:
        low, high = map(text, told.intervall)
        lines.append(f"            95-%-Vertrauensintervall {low} bis {high}")
    if len(told.jahre) > 1:
        lines.append(f"            {len(told.jahre)} Jahre zusammen: erst gezählt, dann gerechnet")
    if len(told.raeume) > 1:
        lines.append(f"            Räume zusammen: {', '.join(told.raeume)}")
    for number in told.zahlen:
        lines += ["", *_number(number)]
    lines += ["", "Geheimhaltung", *_wrapped(told.geheimhaltung.text, "  ")]
    lines += [f"  Grund ({kind})" for kind in told.geheimhaltung.klassen]
    lines += [f"    {reason}" for reason in told.geheimhaltung.gruende]
    lines += [f"  {possible}" for possible in told.geheimhaltung.moeglich]
    if told.geheimhaltung.gemeinsam:
        lines += _wrapped(f"Gemeinsam gesperrt mit: {told.geheimhaltung.gemeinsam}", "  ")
    if told.tests:
        lines += ["", "Tests", *(line for test in told.tests for line in _test(test))]
    lines += ["", *_places(told)]
    for note in told.hinweise:
        lines += ["", *_wrapped(f"Hinweis: {note}", "")]
    date = f"Stand des Berichts {told.stand.datum}"
    return [*lines, "", f"Erklärt ist der Datenstand {told.stand.daten[:16]} ({date})."]


def _printed(told: Erklaerung, text: Callable[[float], str]) -> str:
    if told.gedruckt:
        return told.gedruckt
    status = STATUS.get(told.status, told.status)
    if told.wert is None:
        return f"kein Wert ({status})"
    return f"kein Wert ({status}); tatsächlich {text(told.wert)}"


def _number(number: Zahl) -> Iterator[str]:
    total = "nicht bekannt" if number.anzahl is None else format_number(number.anzahl)
    yield f"{ROLES[number.rolle]}: {total}   {number.zaehlt}"
    if number.rundung > 1 and number.gedruckt is not None:
        yield (
            f"  gedruckt als {format_number(number.gedruckt)}: auf Vielfache von {number.rundung} "
            "gerundet"
        )
    for missing in number.fehlt[:FACTS]:
        yield f"  fehlt: {missing}"
    if len(number.fakten) > 1:
        yield f"  Summe von {len(number.fakten)} Angaben:"
    blocks = [list(own) for _, own in groupby(number.fakten, key=_alike)]
    for block in blocks[:FACTS]:
        if len(block) > SINGLE and not any(f.umrechnung for f in block):
            yield from _block(block)
        else:
            yield from (line for fact in block for line in _fact(fact))
    if rest := sum(map(len, blocks[FACTS:])):
        yield f"  … und {rest} weitere Angaben (alle mit --json)"


def _alike(fact: Fakt) -> tuple[str, int, str, str]:
    return fact.merkmal, fact.jahr, fact.raum, fact.lieferung


def _block(facts: Sequence[Fakt]) -> Iterator[str]:
    """Many facts of one measure, year and area, that differ by their groups only."""
    one = facts[0]
    known = [fact.anzahl for fact in facts if fact.anzahl is not None]
    many = f"{len(facts)} Angaben" if len(known) == len(facts) else (
        f"{len(facts)} Angaben, davon {len(facts) - len(known)} nicht bekannt"
    )  # fmt: skip
    where = f"{one.merkmal}, {one.jahr}, {_area(one.raum)}"
    yield f"  {format_number(sum(known)):>7}  {where}: {many} (Lieferung {one.lieferung})"
    first = " + ".join(format_number(n) for n in known[:FIRST])
    yield f"           {first}{' + …' if len(known) > FIRST else ''}"
    places = [place for fact in facts for place in fact.stellen]
    for (file, sheet, column), own in groupby(places, key=lambda p: (p.datei, p.blatt, p.spalte)):
        some = list(own)
        if some[0].art == CELLS:
            rows = sorted({n for place in some for n in place.zeilen})
            told = f"Zeile{'n' * (len(rows) > 1)} {_cut(compressed(rows))}, Spalte «{column}»"
            told += f" ({some[0].raum})" if some[0].raum else ""
            yield f"           {file}{f', Blatt «{sheet}»' if sheet else ''}, {told}"
        else:
            yield from (f"           {_place(place)}" for place in some)


def _area(key: str) -> str:
    return "Kommune gesamt" if key == GESAMT else f"Raum {key}"


def _cut(rows: str) -> str:
    return rows if len(rows) <= ROWS else f"{rows[:ROWS].rpartition(', ')[0]} …"


def _fact(fact: Fakt) -> Iterator[str]:
    groups = [f"Alter {_age(fact.gruppen)}"] if "alter_von" in fact.gruppen else []
    groups += [v for k, v in fact.gruppen.items() if not k.startswith("alter_")]
    where = ", ".join([fact.merkmal, *groups, str(fact.jahr), _area(fact.raum)])
    count = format_number(fact.anzahl or 0) if fact.status == GEZAEHLT else UNKNOWN[fact.status]
    yield f"  {count:>7}  {where} (Lieferung {fact.lieferung})"
    for place in fact.stellen:
        yield f"           {_place(place)}"
    for move in fact.umrechnung:
        there = "nicht bekannt" if move.anzahl_dort is None else format_number(move.anzahl_dort)
        here = "?" if move.anzahl is None else format_number(move.anzahl)
        share = format_number(move.anteil * 100, 1)
        yield f"           {here} von {there} aus dem früheren Raum {move.raum} (Anteil {share} %)"
        for place in move.stellen:
            yield f"             {_place(place)}"


def _age(groups: dict[str, str]) -> str:
    first, last = groups["alter_von"], groups.get("alter_bis")
    return f"{first}-{last}" if last is not None else f"{first}+"


def _place(place: Stelle) -> str:
    file = place.datei + (f", Blatt «{place.blatt}»" if place.blatt else "")
    if place.art == ABSENT:
        return f"{file}: keine Zeile; fehlende Zeilen zählen als 0 (fehlende_zeilen: null)"
    if place.art == PERSONS:
        if not place.zeilen:
            return f"{file}: keine Zeile erfüllt {place.wert}"
        rows = compressed(place.zeilen)
        many = f"{len(place.zeilen)} Zeilen" if len(place.zeilen) > 1 else "1 Zeile"
        return f"{file}: {many} ({_cut(rows)}) mit {place.wert}"
    row = f"{file}, Zeile {compressed(place.zeilen)}, Spalte «{place.spalte}»: «{place.wert}»"
    return f"{row} ({place.raum})" if place.raum else row


def _test(test: Test) -> Iterator[str]:
    yield f"  {test.frage}: {test.ergebnis}" + (f" ({test.grund})" if test.grund else "")
    if test.p is not None:
        q = "" if test.q is None else f", q = {_probability(test.q)} (unter allen Tests der Art)"
        yield f"    p = {_probability(test.p)}{q}"


def _probability(x: float) -> str:
    return "unter 0,0001" if x < 0.0001 else format_number(x, 4)


def _places(told: Erklaerung) -> Iterator[str]:
    if not told.stellen:
        yield "Gedruckt: in keinem Kapitel gefunden"
        return
    where = "an einer Stelle" if len(told.stellen) == 1 else f"an {len(told.stellen)} Stellen"
    yield f"Gedruckt {where}" if told.gedruckt else f"Statt der Zahl steht ein Zeichen {where}"
    for place in told.stellen[:PLACES]:
        yield f"  {place.art.capitalize()} in «{place.kapitel}», {place.anker}"
        yield from _wrapped(place.text, "    ")
    if len(told.stellen) > PLACES:
        yield f"  … und {len(told.stellen) - PLACES} weitere (alle mit --json)"


def _wrapped(text: str, indent: str) -> Sequence[str]:
    return wrap(text, WIDTH, initial_indent=indent, subsequent_indent=indent) or [""]
