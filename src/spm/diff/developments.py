"""Which changes and trends are told differently; directions only, never numbers.

The difference of two years tells one of them to whoever knows the other: an older one is not
repeated.
"""

from __future__ import annotations

from typing import NamedTuple

from spm.diff.finished import Finished

ANDERS = "andere Aussage"
FORTGESCHRIEBEN = "anderer Zeitraum, andere Aussage"
NEU = "neu"
ENTFALLEN = "wird nicht mehr angegeben"


class Development(NamedTuple):
    """One difference; ``art`` of the statement is "aenderung" or "trend"."""

    statement: str
    kennzahl: str
    raum: str
    art: str
    period: str
    old: str
    new: str


def changed_developments(old: Finished, new: Finished) -> list[Development]:
    """Statements that differ, are new or are gone; nothing if one of the reports lacks them."""
    if old.development is None or new.development is None:
        return []
    before, after = _statements(old), _statements(new)
    found = []
    for key, (von, bis, richtung) in after.items():
        if key not in before:
            found.append(_development(key, NEU, _span(von, bis), new=richtung))
            continue
        earlier = before[key]
        if earlier[2] != richtung:
            art = ANDERS if earlier[:2] == (von, bis) else FORTGESCHRIEBEN
            found.append(_development(key, art, _span(von, bis), old=earlier[2], new=richtung))
    found += [_development(key, ENTFALLEN) for key in before if key not in after]
    return found


def _development(
    key: tuple[str, str, str], art: str, period: str = "", *, old: str = "", new: str = ""
) -> Development:
    statement, kennzahl, raum = key
    return Development(
        statement=statement,
        kennzahl=kennzahl,
        raum=raum,
        art=art,
        period=period,
        old=old,
        new=new,
    )


def _statements(report: Finished) -> dict[tuple[str, str, str], tuple[int, int, str]]:
    frame = report.development
    assert frame is not None  # both reports have it
    columns = [frame[name] for name in ("art", "kennzahl", "raum", "von", "bis", "richtung")]
    rows = zip(*columns, strict=True)
    return {
        (str(a), str(k), str(r)): (int(von), int(bis), str(richtung))
        for a, k, r, von, bis, richtung in rows
    }


def _span(von: int, bis: int) -> str:
    return f"{von}–{bis}"
