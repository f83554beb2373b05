"""The state of one sheet: what a person sees there that the plain values of its cells do not."""

from dataclasses import dataclass, field

Place = tuple[int, int]
"""Row and column of a cell, both from 1."""

Span = tuple[int, int, int, int]
"""First row, first column, last row, last column of merged cells."""

NOT_COMPUTED = "(Formel ohne Ergebnis)"
"""Stands for a formula that some program wrote without its result."""


@dataclass
class SheetState:
    """What is special about one sheet.

    Attributes
    ----------
    texts : error cells ("#N/A", "#DIV/0!") and formulas that were never computed (`NOT_COMPUTED`).
    plain : cells with raised or lowered characters -> their text without them.
    formats : number formats, as Excel spells them, of cells whose number they may change.
    merged : merged cells.
    hidden_rows, hidden_columns : numbers from 1.
    filtered : a filter hides rows, or would.
    hidden : the whole sheet.
    outdated : so many formulas may have an outdated result.
    hides_zeros : the sheet shows an empty cell for a 0.
    unknown : why nothing of this could be found out, "" if it was.
    """

    texts: dict[Place, str] = field(default_factory=dict)
    plain: dict[Place, str] = field(default_factory=dict)
    formats: dict[Place, str] = field(default_factory=dict)
    merged: list[Span] = field(default_factory=list)
    hidden_rows: set[int] = field(default_factory=set)
    hidden_columns: set[int] = field(default_factory=set)
    filtered: bool = False
    hidden: bool = False
    outdated: int = 0
    hides_zeros: bool = False
    unknown: str = ""
