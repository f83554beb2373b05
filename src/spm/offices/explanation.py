"""The first sheet of a template: what is counted, when, which signs there are, what is agreed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from spm.offices.labels import age_words, measure_words
from spm.offices.sheets import MISSING, SECRET, Sheet

if TYPE_CHECKING:
    from spm.config.catalogue import Kennzahl
    from spm.config.delivery import Lieferung
    from spm.config.params import Params
    from spm.config.selections import Zaehlung
    from spm.offices.groups import Group

Line = tuple[str, str, str]
"""Kind ("titel", "kopf", "text", "zeile"), and up to two cells."""

SIGNS = (
    ("0", "gezählt, es ist niemand (genau null)"),
    (SECRET, "geheim: die Zahl ist bekannt, darf aber nicht weitergegeben werden"),
    (MISSING, "liegt nicht vor und kommt auch nicht mehr"),
    ("(leer)", "noch nicht ausgefüllt; gilt wie «liegt nicht vor», nie als null"),
)
"""What may stand in a cell besides a number."""

INDICATORS = 3
"""So many are named for what a column is for."""


def lines(
    params: Params,
    office: str,
    sheets: Sequence[Sheet],
    years: Sequence[int],
    catalogue: Mapping[str, Kennzahl],
) -> list[Line]:
    """The explanation for one office."""
    span = f"Jahr {years[0]}" if len(years) == 1 else f"Jahre {years[0]} bis {years[-1]}"
    counts = any(sheet.numbers for sheet in sheets)
    persons = any(not sheet.numbers for sheet in sheets)
    found: list[Line] = [
        ("titel", f"Datenlieferung für den Bericht «{params.bericht.titel}»", ""),
        ("text", f"{params.kommune.name}: {office}, {span}", ""),
        ("kopf", "So füllen Sie die Mappe aus", ""),
        ("text", "Bitte nur die weißen Felder ausfüllen. Überschriften, Räume, Jahre und Gruppen "
         "stehen fest und sind geschützt (ohne Passwort).", ""),
    ]  # fmt: skip
    if counts:
        found += [
            ("text", "Jede Zahl ist eine Anzahl: ganze Zahlen ab 0, keine Anteile, keine Formeln. "
             "Zahlen aus anderen Tabellen bitte als Werte einfügen (Inhalte einfügen, Werte).", ""),
            ("kopf", "Was sonst in einem Feld stehen darf", ""),
            *(("zeile", sign, meaning) for sign, meaning in SIGNS),
        ]  # fmt: skip
    if persons:
        found.append(
            ("text", "In einer Liste ist jede Zeile eine Person oder ein Fall. Bitte keine Namen, "
             "Geburtsdaten oder Anschriften eintragen; die Auswahllisten zeigen, was gilt.", "")
        )  # fmt: skip
    found.append(("kopf", "Was wir mit Ihnen vereinbart haben", ""))
    for key in dict.fromkeys(sheet.delivery for sheet in sheets):
        found.append(("zeile", params.lieferungen[key].titel, agreed(params.lieferungen[key])))
    for sheet in sheets:
        found.append(("kopf", f"Blatt «{sheet.name}»", ""))
        own = params.lieferungen[sheet.delivery]
        found.append(("zeile", "Lieferung", own.titel))
        if own.stichtag:
            found.append(("zeile", "Stichtag oder Zeitraum", own.stichtag))
        if not sheet.numbers:
            found.append(("zeile", "Aufbau", "eine Zeile je Person oder Fall"))
            if named := sheet.mapping["zaehlen"].get("kennung"):
                names = ", ".join(f"«{name}»" for name in named if name != "jahr")
                words = "kommt je Jahr nur einmal vor" if "jahr" in named else "nur einmal"
                told = f"{words}; eine laufende Nummer genügt, bitte kein Name"
                found.append(("zeile", names, told))
        for heading, groups in sheet.meaning.items():
            found.append(("zeile", heading, _meaning(groups, catalogue)))
    found += [
        ("kopf", "Rückgabe", ""),
        ("text", "Bitte unter demselben Dateinamen zurücksenden"
         + (f" an: {params.bericht.kontakt}" if params.bericht.kontakt else "") + ".", ""),
        ("text", "Wird etwas unklar, kommt die Mappe mit gelben und roten Feldern zurück; im "
         "Kommentar des Feldes steht, was zu klären ist.", ""),
    ]  # fmt: skip
    return found


def agreed(own: Lieferung) -> str:
    """What protects the numbers of a delivery, in words for its sender."""
    least = own.mindestfallzahl
    if own.protected_by_sender:
        return (
            "Ihre Stelle hat die Zahlen bereits geschützt; sie werden veröffentlicht, wie sie sind."
        )
    if least == 1:
        return "Keine Mindestfallzahl: Die Zahlen handeln nicht von einzelnen Menschen."
    words = (
        f"Anzahlen unter {least} werden nicht veröffentlicht und lassen sich auch nicht aus "
        "anderen veröffentlichten Zahlen errechnen. Bitte liefern Sie trotzdem die genauen Zahlen, "
        "soweit Sie dürfen"
    )
    own_least = own.mindestfallzahl_absender
    if own_least:
        words += f"; Zahlen unter {own_least} sperren Sie vereinbarungsgemäß selbst («{SECRET}»)"
    zero = (
        "Eine gezählte 0 darf veröffentlicht werden."
        if own.nullen_veroeffentlichen
        else "Auch eine 0 wird nicht veröffentlicht."
    )
    different = [str(one.mindestfallzahl) for one in own.abweichend]
    more = f" Für einzelne Tabellen gilt: {', '.join(different)}." if different else ""
    return f"{words}. {zero}{more}"


def _meaning(groups: Sequence[Group], catalogue: Mapping[str, Kennzahl]) -> str:
    """What a column counts, and for which indicators it is needed."""
    measures = list(dict.fromkeys(group.merkmal for group in groups))
    words = " und ".join(measure_words(measure) for measure in measures)
    ages = list(dict.fromkeys(age_words(g) for g in groups if g.von is not None))
    if len(ages) == 1:
        words += f", {ages[0]} Jahre"
    elif ages:
        words += f", nach {len(ages)} Altersgruppen"
    used = [
        f"«{entry.kurztitel}»"
        for entry in catalogue.values()
        if any(_asks(wanted, group) for wanted in entry.selections for group in groups)
    ]
    shown = list(dict.fromkeys(used))
    if not shown:
        return f"Merkmal: {words}"
    more = f" und {len(shown) - INDICATORS} weitere" if len(shown) > INDICATORS else ""
    return f"Merkmal: {words}. Gebraucht für: {', '.join(shown[:INDICATORS])}{more}"


def _asks(wanted: Zaehlung, group: Group) -> bool:
    """Whether an indicator counts a group, at least as a part of what it counts."""
    if group.merkmal not in wanted.merkmal:
        return False
    if wanted.ages is not None and group.von is not None:
        first, last = wanted.ages
        inside = last is None or (group.bis is not None and group.bis <= last)
        if group.von < first or not inside:
            return False
    words = ("geschlecht", "staatsangehoerigkeit", "auspraegung")
    return all(
        not getattr(group, word) or not asked or getattr(group, word) in asked
        for word in words
        if (asked := getattr(wanted, word)) is not None
    )
