"""A proposal of how one table is mapped, with the evidence of every guess."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from spm.setup.headers import Layout

SURE, ASK = "sicher", "bitte prüfen"
"""What stands at every guess; the second is a note of `spm check` until it is removed."""

SHARES = "keine Spalte mit Anzahlen, nur Anteile, Raten oder Mittelwerte"
"""The problem of a table that SPM cannot compute anything from."""


@dataclass(frozen=True)
class Note:
    """The evidence of a guess."""

    sure: bool
    why: str

    def __str__(self) -> str:
        return f"{SURE if self.sure else ASK}: {self.why}"


def comment(notes: Sequence[Note]) -> str:
    """The evidence of a line: what has to be looked at, else that it is certain."""
    doubts = list(dict.fromkeys(note.why for note in notes if not note.sure))
    if doubts:
        return f"  # {ASK}: {'; '.join(doubts)}"
    sure = list(dict.fromkeys(note.why for note in notes))
    return f"  # {SURE}: {sure[0]}" if sure else ""


@dataclass
class Proposal:
    """How one table is mapped.

    Attributes
    ----------
    file, sheet : what it is about; ``{jahr}`` may stand in them.
    layout : the table.
    mapping : keys of a table of the params file, in their order.
    notes : key, or "spalten.jahr" and "entpivotieren.Überschrift" -> its evidence.
    delivery : key of the delivery that it belongs to; "" if nothing is placed.
    years : that it has.
    measures : that it counts.
    open : heading -> why it could not be placed.
    unneeded : heading -> why it is not needed.
    problem : why the whole table is not mapped; "" if it is.
    """

    file: str
    sheet: str
    layout: Layout | None = None
    mapping: dict[str, Any] = field(default_factory=dict)
    notes: dict[str, Note] = field(default_factory=dict)
    delivery: str = ""
    years: set[int] = field(default_factory=set)
    measures: set[str] = field(default_factory=set)
    open: dict[str, str] = field(default_factory=dict)
    unneeded: dict[str, str] = field(default_factory=dict)
    problem: str = ""

    @property
    def placed(self) -> bool:
        """Whether it goes into the params file as more than a comment."""
        return not self.problem and bool(self.delivery)

    def note(self, key: str, sure: bool, why: str) -> None:
        """Keep the evidence of a key."""
        self.notes[key] = Note(sure, why)
