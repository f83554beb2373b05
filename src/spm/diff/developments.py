"""Which changes and trends are told differently; directions only, never numbers.

The difference of two years tells one of them to whoever knows the other: an older one is not
repeated.
"""

from __future__ import annotations

from typing import NamedTuple

from spm.diff.finished import Fertig

ANDERS = "andere Aussage"
FORTGESCHRIEBEN = "anderer Zeitraum, andere Aussage"
NEU = "neu"
ENTFALLEN = "wird nicht mehr angegeben"


class Verlauf(NamedTuple):
    """One difference; ``art`` of the statement is "aenderung" or "trend"."""

    aussage: str
    kennzahl: str
    raum: str
    art: str
    zeitraum: str
    alt: str
    neu: str


def changed_developments(old: Fertig, new: Fertig) -> list[Verlauf]:
    """Statements that differ, are new or are gone; nothing if one of the reports lacks them."""
    if old.entwicklung is None or new.entwicklung is None:
        return []
    before, after = _statements(old), _statements(new)
    found = []
    for key, (von, bis, richtung) in after.items():
        if key not in before:
            found.append(Verlauf(*key, NEU, _span(von, bis), "", richtung))
            continue
        earlier = before[key]
        if earlier[2] != richtung:
            art = ANDERS if earlier[:2] == (von, bis) else FORTGESCHRIEBEN
            found.append(Verlauf(*key, art, _span(von, bis), earlier[2], richtung))
    found += [Verlauf(*key, ENTFALLEN, "", "", "") for key in before if key not in after]
    return found


def _statements(report: Fertig) -> dict[tuple[str, str, str], tuple[int, int, str]]:
    frame = report.entwicklung
    columns = [frame[name] for name in ("art", "kennzahl", "raum", "von", "bis", "richtung")]
    rows = zip(*columns, strict=True)
    return {
        (str(a), str(k), str(r)): (int(von), int(bis), str(richtung))
        for a, k, r, von, bis, richtung in rows
    }


def _span(von: int, bis: int) -> str:
    return f"{von}–{bis}"
