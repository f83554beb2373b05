"""What a params file and its catalogue say that can hardly be meant, though it could be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import TYPE_CHECKING

from spm.config.chaptertitles import NOTEBOOKS, key_of
from spm.deliveries.findings import HINWEIS, Finding, Source, capped
from spm.errors import nearest
from spm.foreign import door
from spm.published import OK

if TYPE_CHECKING:
    import pandas as pd

    from spm.config.catalogue import Kennzahl
    from spm.config.params import Params

LATE = 10
"""Years between the year that a report is about and its date, from which that is told."""

GUESSED = "bitte prüfen"
"""What `spm neu` writes behind a guess, and `spm jahr` above what it could not decide."""

UNCHECKED = "Das ist geraten und noch nicht geprüft"
"""Begins every note on a guess: all of them are one cause."""

_GUESS = re.compile(rf"\s*(?:([^#\s].*?)\s)?#\s*{GUESSED}:?(.*)")

_KREIS = re.compile(r"(Land)?kreis\b.*|.*-Kreis", re.I)


def notes_on_params(params: Params, catalogue: Mapping[str, Kennzahl]) -> list[Finding]:
    """Notes at the params file itself; what cannot be meant is refused when it is read."""
    source = Source("Params-Datei", params.file.name)
    town, section, series = params.kommune, params.bericht, params.zeitreihe
    found = []

    def note(spalte: str, wert: object, was: str, tun: str) -> None:
        found.append(source.finding(was, tun, spalte=spalte, wert=str(wert), schwere=HINWEIS))

    if _KREIS.fullmatch(town.name) and not town.is_district and not town.ags.endswith("000"):
        note(
            "kommune.ags",
            town.ags,
            f"«{town.name}» heißt wie ein Kreis, {town.ags} ist der Schlüssel einer Gemeinde.",
            f"Für einen Kreis gehören hierher die ersten fünf Ziffern ({town.ags[:5]}).",
        )
    if series.bis > section.datum.year:
        note(
            "zeitreihe.bis",
            series.bis,
            f"Die Zeitreihe reicht bis {series.bis}, der Bericht ist von {section.datum.year}.",
            "Zahlen der Zukunft kann niemand gezählt haben: datum oder zeitreihe prüfen.",
        )
    if section.datum.year - section.berichtsjahr > LATE:
        note(
            "bericht.datum",
            section.datum,
            f"Der Bericht über {section.berichtsjahr} ist von {section.datum.year}.",
            "Jahr und Datum prüfen; sonst ist nichts zu tun.",
        )
    found += _unchecked(params, source)
    found += _without_threshold(params, source)
    chapters = {key_of(path) for path in params.project_file(NOTEBOOKS).glob("*.ipynb")}
    for key in dict.fromkeys(entry.kapitel for entry in catalogue.values()):
        if key not in chapters:
            own = [entry.id for entry in catalogue.values() if entry.kapitel == key]
            note(
                "kapitel",
                key,
                f"Zum Kapitel «{key}» gibt es kein Notebook; auf keiner Seite stehen: "
                f"{', '.join(own[:5])}{' …' if len(own) > 5 else ''}.{nearest(key, chapters)}",
                f"Im Kennzahlenset berichtigen oder {NOTEBOOKS}/NN-{key}.ipynb anlegen.",
            )
    return found


def empty_year(indicators: pd.DataFrame, params: Params) -> list[Finding]:
    """An error if the year that the report is about has not one number, and another one has.

    Without any number at all the denominators are still to come: whoever maps one delivery after
    the other checks each, and is told what is not delivered.
    """
    year = params.bericht.berichtsjahr
    years = set(indicators.loc[indicators["status"] == OK, "jahr"])
    if year in years or not years:
        return []
    last = max(years)
    source = Source("Params-Datei", params.file.name)
    return [
        source.finding(
            f"Für das Berichtsjahr {year} liegt keine Zahl vor; letztes Jahr mit Zahlen: {last}.",
            f"Bitte berichtsjahr: {last} schreiben, oder die Zahlen für {year} anfordern.",
            spalte="bericht.berichtsjahr",
            wert=str(year),
        )
    ]


def _without_threshold(params: Params, source: Source) -> list[Finding]:
    """Deliveries for which nobody wrote down what was agreed: the usual threshold may be too low.

    Numbers that are rounded, or that their sender protected already, need none.
    """
    return [
        source.finding(
            f"Die Lieferung «{one.titel}» nennt keine mindestfallzahl. Es gilt "
            f"{one.mindestfallzahl}: Kleinere Anzahlen werden nicht veröffentlicht.",
            "Mit der Stelle vereinbaren, ab welcher Anzahl veröffentlicht werden darf, und "
            f"mindestfallzahl in die Lieferung schreiben, auch wenn es bei {one.mindestfallzahl} "
            "bleibt.",
            zeilen=[params.lines[place]] if (place := ("lieferungen", key)) in params.lines else (),
            spalte=f"lieferungen.{key}",
            schwere=HINWEIS,
        )
        for key, one in params.lieferungen.items()
        if "mindestfallzahl" not in one.model_fields_set
        and one.rundung is None
        and not one.protected_by_sender
    ]


def _unchecked(params: Params, source: Source) -> list[Finding]:
    """What was guessed or left open: the comment tells until somebody has looked and removes it."""
    try:
        lines = door.text(params.file).splitlines()
    except (OSError, UnicodeDecodeError):  # gone since it was read; whoever needs it says so
        return []
    notes = [
        source.finding(
            UNCHECKED + (f": {match[2].strip()}." if match[2].strip() else "."),
            f"Ansehen, berichtigen und «{GUESSED}» löschen.",
            zeilen=[number],
            spalte=_key_of(match[1] or ""),
            schwere=HINWEIS,
        )
        for number, line in enumerate(lines, start=1)
        if (match := _GUESS.fullmatch(line))
    ]
    return capped(notes)


def _key_of(line: str) -> str:
    """The key that a line begins with; of "- {<<: *tabelle1, datei: x}" the last word names it."""
    word = re.search(r"(?:^|[{,\s])([\w.-]+):(?:\s|$)", line.strip().lstrip("- "))
    return word[1] if word else ""
