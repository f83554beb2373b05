"""The first sections of a params file: what is known, and what people fill in."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from spm.setup.assembling import Proposed
from spm.setup.proposal import ASK, SURE
from spm.setup.words import folded
from spm.setup.yamlwriting import inline, scalar

LEVELS = {
    "stadtteil": ("Stadtteil", "Stadtteile", "m"),
    "ortsteil": ("Ortsteil", "Ortsteile", "m"),
    "stadtbezirk": ("Stadtbezirk", "Stadtbezirke", "m"),
    "planungsraum": ("Planungsraum", "Planungsräume", "m"),
    "planungsraeum": ("Planungsraum", "Planungsräume", "m"),
    "sozialraum": ("Sozialraum", "Sozialräume", "m"),
    "sozialraeum": ("Sozialraum", "Sozialräume", "m"),
    "gemeinde": ("Gemeinde", "Gemeinden", "f"),
    "viertel": ("Viertel", "Viertel", "n"),
    "quartier": ("Quartier", "Quartiere", "n"),
    "bezirk": ("Bezirk", "Bezirke", "m"),
}
"""Word in a heading or a file's name -> how areas are called."""

DEFAULT_LEVEL = "Sozialraum"
"""Its plural need not stand there."""

_OFFICIAL = re.compile(
    r", (?:[\wäöüß-]*stadt|Stadt .*|Markt|Flecken|Samtgemeinde|M|St|GKSt)$", re.I
)
"""What official lists put behind a name; in a sentence it reads badly («in Lage, Stadt»)."""

NAMED = 6
"""Measures that a chapter's line names."""

UNKNOWN = "bitte eintragen"


def head(found: Proposed, name: str, folder: str, ags: str | None) -> list[str]:
    """Lines of all sections before ``lieferungen``."""
    level, many, gender = _level(found)
    key = ags or _common_key(found) or UNKNOWN
    told = SURE if ags else ASK
    last, first = found.last or 2023, found.first or 2023
    why = "Gemeindeschlüssel, 8 Ziffern (Kreis: 5)"
    lines = [
        f"# Parameterdatei {name}: ein Vorschlag von «spm neu»",
        "#",
        "# «sicher» steht, wo die Dateien es selbst sagen; «bitte prüfen», wo SPM rät. Wer geprüft",
        "# hat, löscht die Worte: Bis dahin sind sie ein Hinweis von «spm check». «<<: *name»",
        "# heißt: wie dort, wo «&name» steht. Alle Schlüssel erklärt params/pilotkommune.yml.",
        "",
        "kommune:",
        f"  name: {scalar(name, flow=False)}  # {ASK}: wie er im Bericht steht",
        f'  ags: "{key}"  # {told}: {why}',
        f"  raumebene: {level}  # {ASK}: wie ein Raum heißt",
        *([f"  raumebene_mehrzahl: {many}"] if level != DEFAULT_LEVEL else []),
        *([f"  raumebene_geschlecht: {gender}"] if gender != "m" else []),
        "",
        "bericht:",
        f"  datum: {last + 1}-12-31  # {ASK}: Stand des Berichts",
        f"  berichtsjahr: {last}",
        f"  herausgeber: {scalar(name, flow=False)}  # {ASK}: wer den Bericht herausgibt",
        "",
        f"zeitreihe: {{von: {first}, bis: {last}}}  # {_why_series(found)}",
        "",
        f"datenordner: {scalar(folder, flow=False)}",
        "",
        *_areas(found),
    ]
    return lines


def _why_series(found: Proposed) -> str:
    years = sorted({y for one in found.tables if one.placed for y in one.years})
    if not years:
        return f"{ASK}: keine Tabelle nennt Jahre"
    left = [str(y) for y in years if not found.first <= y <= found.last]
    told = f"; davor mit Lücke: {', '.join(left)}" if left else ""
    return f"{SURE if not left else ASK}: Jahre der Tabellen{told}"


def _areas(found: Proposed) -> list[str]:
    areas = found.areas
    if not areas.file:
        told = f" ({areas.problem})" if areas.problem else ""
        return [
            "raeume:",
            f"  datei: {UNKNOWN}.geojson  # {ASK}: keine Geometrie gefunden{told}",
        ]
    others = f"; auch da: {', '.join(areas.others)}" if areas.others else ""
    sure = not areas.others and not areas.problem
    told = SURE if sure else ASK
    why = f"{len(areas.names)} Räume" + (f"; {areas.problem}" if areas.problem else others)
    short = _short_names(areas.names)
    if not short:
        where = {"datei": areas.file, "schluessel": areas.key, "name": areas.name}
        return [f"raeume: {inline(where)}  # {told}: {why}"]
    return [
        "raeume:",
        f"  datei: {scalar(areas.file, flow=False)}  # {told}: {why}",
        f"  schluessel: {scalar(areas.key, flow=False)}",
        f"  name: {scalar(areas.name, flow=False)}",
        f"  namen: {inline(short)}  # {ASK}: ohne «, Stadt»",
    ]


def _short_names(names: Mapping[str, str]) -> dict[str, str]:
    """Key -> name without its official addition; nothing if two would be called alike."""
    short = {key: _OFFICIAL.sub("", name) for key, name in names.items()}
    if len(set(short.values())) < len(short):
        return {}
    return {key: name for key, name in short.items() if name != names[key]}


def _level(found: Proposed) -> tuple[str, str, str]:
    headings = [one.mapping.get("spalten", {}).get("raum", "") for one in found.tables]
    for texts in (headings, [found.areas.file.rsplit("/", 1)[-1]]):
        often = Counter(word for text in texts for word in LEVELS if word in folded(text))
        if often:
            best = max(often, key=lambda w: (often[w], len(w)))
            return LEVELS[best]
    return LEVELS["sozialraum"]


def _common_key(found: Proposed) -> str | None:
    """The Kreis of areas that are Gemeinden: the first five digits of all keys."""
    keys = list(found.areas.names)
    begun = {key[:5] for key in keys}
    if len(keys) > 1 and len(begun) == 1 and all(re.fullmatch(r"\d{8}", key) for key in keys):
        return begun.pop()
    return None


def lacking(
    delivered: set[str], needed: Mapping[str, Sequence[str]], titles: Mapping[str, str]
) -> list[str]:
    """What each chapter still lacks, as comments.

    Parameters
    ----------
    needed : chapter -> measures that its indicators count.
    """
    lines = ["# Was den Kapiteln noch fehlt (Merkmale; «spm merkmale WORT» erklärt sie):"]
    for chapter, measures in needed.items():
        missing = [m for m in measures if m not in delivered]
        told = ", ".join(missing[:NAMED]) if missing else "nichts"
        told += f" … und {len(missing) - NAMED} weitere" if len(missing) > NAMED else ""
        lines.append(f"#   {titles.get(chapter, chapter)}: {told}")
    return lines
