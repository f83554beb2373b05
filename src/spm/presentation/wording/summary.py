"""The sentences of the Kurzfassung."""

from __future__ import annotations

from spm.presentation.blocks import daten
from spm.presentation.places import Ort
from spm.presentation.profile import BEDARF, GLEICH, STAERKE, Angabe, Profil
from spm.presentation.views import Sicht
from spm.presentation.wording import changes
from spm.presentation.wording.grammar import (
    NO_DIFFERENCE,
    anzahl_von,
    einem,
    gross,
    in_kommune,
    mehrzahl,
    mit_nummer,
)
from spm.presentation.wording.profile import anzahl_kennzahlen, beispiele, gemeinsam
from spm.published import GESAMT
from spm.text.numbers import aufzaehlung, wert, zahl, zahlwort

EXAMPLES = 3
"""Indicators named with their values, of the favourable and of the unfavourable ones."""


def raeume(ort: Ort, told: int, of: int, least: int) -> str:
    """What opens the list of areas."""
    if of == 1:
        return "Unterschiede, die über zufällige Schwankungen hinausgehen:"
    verb = "unterscheidet sich" if told == 1 else "unterscheiden sich"
    which = gross(anzahl_von(told, ort, of))
    rest = f"der {'jeweils ' if told > 1 else ''}übrigen Kommune"
    return (
        f"{which} {verb} in mindestens {zahlwort(least)} bewerteten Kennzahlen von {rest}, "
        "und zwar über zufällige Schwankungen hinaus:"
    )


def kein_raum(ort: Ort) -> str:
    """That no area differs in several indicators."""
    return (
        f"In k{einem(ort)} der {mehrzahl(ort, 'gen')} unterscheiden sich mehrere bewertete "
        "Kennzahlen von der übrigen Kommune so, dass es über zufällige Schwankungen hinausgeht."
    )


def raum(profil: Profil) -> str:
    """One area: how many indicators are more and less favourable, with examples."""
    parts = []
    for art, word in ((STAERKE, "günstiger"), (BEDARF, "ungünstiger")):
        found = [a for a in profil.angaben if a.art == art]
        if found:
            some = beispiele(found, EXAMPLES)
            among = "darunter " if len(found) > EXAMPLES else ""
            examples = aufzaehlung([_example(a) for a in some])
            parts.append(f"{word} bei {anzahl_kennzahlen(len(found))} ({among}{examples})")
    same = [a for a in profil.angaben if a.art == GLEICH and a.bewertet]
    if same:
        parts.append(f"{NO_DIFFERENCE} bei {anzahl_kennzahlen(len(same))}")
    return f"**{mit_nummer(profil.name)}:** {'; '.join(parts)}."


def _example(angabe: Angabe) -> str:
    sicht, row = angabe.sicht, angabe.zeile
    name = f"{gross(daten(sicht.kennzahl.kurztitel))}{gemeinsam(angabe, ' ')}"
    return f"{name}: {sicht.text(row.gezeigt)}"


def entwicklungen(ort: Ort, moved: int, same: int, most: int) -> str:
    """What opens the list of changes; empty if none can be told."""
    where = in_kommune(ort)
    if not moved and not same:
        return ""
    if not moved:
        which = "der einen Kennzahl" if same == 1 else f"keiner der {zahlwort(same)} Kennzahlen"
        no = "k" if same == 1 else ""
        return (
            f"Bei {which}, für die ein Vergleich möglich ist, ist {where} {no}eine Veränderung "
            "nachweisbar."
        )
    first = f"{gross(where)} ist eine Veränderung nachweisbar bei {anzahl_kennzahlen(moved)}"
    rest = f", bei {anzahl_kennzahlen(same)} nicht" if same else ""
    return f"{first}{rest}. {'Die ersten ' + zahlwort(most) + ':' if moved > most else ''}".strip()


def entwicklung(sicht: Sicht) -> str:
    """One indicator that rose or fell."""
    return f"**{gross(daten(sicht.kennzahl.kurztitel))}:** {changes.entwicklung(sicht)}"


def trends(found: int, most: int) -> str:
    """What opens the list of trends."""
    if found == 1:
        return "Über die Jahre hinweg ist ein Trend nachweisbar:"
    rest = f"; die ersten {zahlwort(most)}:" if found > most else ":"
    return f"Über die Jahre hinweg ist ein Trend nachweisbar bei {anzahl_kennzahlen(found)}{rest}"


def trend(sicht: Sicht) -> str:
    """One indicator that went one way, with its first and last value."""
    found = sicht.trends[GESAMT]
    ends = [
        f"{sicht.text(sicht.zeile(GESAMT, year).gezeigt)} ({sicht.kurze_jahre(year)})"
        for year in (found.von, found.bis)
    ]
    name = gross(daten(sicht.kennzahl.kurztitel))
    return f"**{name}:** {found.richtung}, von {ends[0]} auf {ends[1]}"


def aussagekraft(ort: Ort, jahr: int, shown: int, hidden: int, compared: bool) -> str:
    """How many values are missing, and what an interval and a difference mean."""
    texts = []
    if hidden:
        total = shown + hidden
        share = wert(100 * hidden / total, "%", 0)
        verb = "ist" if hidden == 1 else "sind"
        texts.append(
            f"Von {zahl(total)} Werten der {mehrzahl(ort, 'gen')} für {jahr} {verb} {zahl(hidden)} "
            f"({share}) aus Gründen der Geheimhaltung nicht gezeigt; das heißt nicht, dass es dort "
            "nur wenige Fälle gibt."
        )
    if shown:
        texts.append("Je breiter das Intervall, desto unsicherer ist ein Wert.")
    if compared:
        texts.append(
            "Als Unterschied oder Veränderung nennt die Kurzfassung nur, was über zufällige "
            "Schwankungen hinausgeht. Ursachen zeigen die Zahlen nicht."
        )
    return " ".join(texts)
