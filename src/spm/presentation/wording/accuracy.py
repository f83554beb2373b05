"""How the report says that counts are rounded, or were changed by those who delivered them."""

from __future__ import annotations

from collections.abc import Iterable

from spm.presentation.views import IndicatorView
from spm.text.numbers import format_number


def accuracy_note(sicht: IndicatorView) -> str:
    """What readers of an indicator must know of its counts; empty if they are exact."""
    found = sicht.genauigkeit
    partly = "zum Teil " if found.teilweise else ""
    parts = []
    if found.gerundet > 1:
        parts.append(f"{partly}auf Vielfache von {format_number(found.gerundet)} gerundet")
    if found.veraendert:
        parts.append(f"{partly}von der liefernden Stelle zum Schutz der Gezählten leicht verändert")
    if not parts:
        return ""
    how = " und ".join(dict.fromkeys(parts))
    if sicht.kennzahl.art == "anzahl":
        return f"Die Anzahlen sind {how}."
    return f"Die Anzahlen, aus denen die Werte berechnet sind, sind {how}."


def accuracy_explained(sichten: Iterable[IndicatorView]) -> str:
    """The same for the note of a table; empty if all counts are exact."""
    sichten = list(sichten)
    bases = sorted({s.genauigkeit.gerundet for s in sichten} - {1})
    several = len(sichten) > 1
    notes = []
    if bases:
        which = " oder ".join(format_number(base) for base in bases)
        notes.append(f"auf Vielfache von {which} gerundet")
    if any(s.genauigkeit.veraendert for s in sichten):
        notes.append("von der liefernden Stelle leicht verändert")
    partly = any(s.genauigkeit.teilweise for s in sichten) or (
        several and len({s.genauigkeit for s in sichten}) > 1
    )
    how = " und ".join(notes)
    return f"Anzahlen {'zum Teil ' * partly}{how}." if notes else ""
