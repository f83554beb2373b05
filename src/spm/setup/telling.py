"""What ``spm neu`` says on the console."""

from __future__ import annotations

import re

from spm.setup.adding import Named
from spm.setup.assembling import Proposed
from spm.setup.proposal import ASK

QUOTED = 5
"""Files that a line names."""


def told(found: Proposed, shown: str, text: str, before: Named | None) -> list[str]:
    """The lines to print.

    Parameters
    ----------
    shown, text : the params file, as it is to be typed and as it was written.
    before : what it named before; None of a new one.
    """
    placed = [one for one in found.tables if one.placed]
    doubts = sum(bool(re.search(rf"^[^#]+# {ASK}", line)) for line in text.splitlines())
    left = len(found.tables) - len(placed)
    columns = sum(len(one.open) for one in found.tables)
    public = found.public.in_words()
    return [
        f"Geschrieben: {shown}",
        *([f"Keine Lieferung: {public}."] if public else []),
        f"Dateien: {found.files}. Tabellen zugeordnet: {len(placed)}, nicht zugeordnet: {left}. "
        f"Spalten offen: {columns}. Stellen «{ASK}»: {doubts}.",
        *unread(found, before or Named()),
        *(_outlines(found, shown) if before is None else []),
        f"Als Nächstes: {shown} öffnen, «{ASK}» ansehen und löschen, dann spm check {shown}",
    ]


def unread(found: Proposed, before: Named) -> list[str]:
    """Files that were not read, by reason, without those that the params file names.

    Sheets without a table are no files: they stand in the params file alone.
    """
    reasons: dict[str, list[str]] = {}
    for name, why in found.unread.items():
        if ", Blatt " not in name and (name, "") not in before:
            reasons.setdefault(why, []).append(name)
    lines = []
    for why, names in reasons.items():
        more = f" und {len(names) - QUOTED} weitere" if len(names) > QUOTED else ""
        lines.append(f"Nicht gelesen: {', '.join(names[:QUOTED])}{more}. {why}")
    return lines


def _outlines(found: Proposed, shown: str) -> list[str]:
    """That there is no geometry, and what has no place without it."""
    if found.areas.file:
        return []
    why = f" Gelesen werden konnte sie nicht: {found.areas.problem}" if found.areas.problem else ""
    return [
        "Keine Umrisse der Räume gefunden (GeoJSON, GeoPackage oder Shapefile); ohne sie erkennt "
        f"SPM nicht, welche Spalte die Räume nennt.{why} Dazulegen, {shown} löschen und den "
        "Befehl wiederholen."
    ]
