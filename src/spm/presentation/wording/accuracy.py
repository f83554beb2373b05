"""How the report says that counts are rounded, or were changed by those who delivered them."""

from __future__ import annotations

from collections.abc import Iterable

from spm.presentation.views import IndicatorView
from spm.text.numbers import format_number


def accuracy_note(view: IndicatorView) -> str:
    """What readers of an indicator must know of its counts; empty if they are exact."""
    found = view.exactness
    partly = "zum Teil " if found.partly else ""
    parts = []
    if found.rounded_to > 1:
        parts.append(f"{partly}auf Vielfache von {format_number(found.rounded_to)} gerundet")
    if found.changed_by:
        parts.append(f"{partly}von der liefernden Stelle zum Schutz der Gezählten leicht verändert")
    if not parts:
        return ""
    how = " und ".join(dict.fromkeys(parts))
    if view.indicator.art == "anzahl":
        return f"Die Anzahlen sind {how}."
    return f"Die Anzahlen, aus denen die Werte berechnet sind, sind {how}."


def accuracy_explained(views: Iterable[IndicatorView]) -> str:
    """The same for the note of a table; empty if all counts are exact."""
    views = list(views)
    bases = sorted({s.exactness.rounded_to for s in views} - {1})
    several = len(views) > 1
    notes = []
    if bases:
        which = " oder ".join(format_number(base) for base in bases)
        notes.append(f"auf Vielfache von {which} gerundet")
    if any(s.exactness.changed_by for s in views):
        notes.append("von der liefernden Stelle leicht verändert")
    partly = any(s.exactness.partly for s in views) or (
        several and len({s.exactness for s in views}) > 1
    )
    how = " und ".join(notes)
    return f"Anzahlen {'zum Teil ' * partly}{how}." if notes else ""
