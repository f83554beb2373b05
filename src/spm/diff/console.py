"""The differences as tables on the console."""

from __future__ import annotations

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from spm.diff import numbers
from spm.diff.difference import Difference, amount
from spm.diff.workbook import overview
from spm.published import GESAMT
from spm.text.numbers import date_in_words, format_number

NAMED = 15
"""So many corrections are listed; the Excel file holds all of them."""


def show(diff: Difference, console: Console | None = None) -> None:
    """Print how many differences of each kind there are, and the first corrections."""
    console = console or Console()
    console.print(
        f"Bericht vom {date_in_words(diff.new.day)} gegenüber dem vom "
        f"{date_in_words(diff.old.day)}",
        highlight=False,
    )
    counts = Table("Was", "Anzahl", box=None, pad_edge=False)
    counts.columns[1].justify = "right"
    for name, n in overview(diff):
        counts.add_row(escape(name), format_number(n))
    console.print(counts)
    found = sorted(diff.of_kind(numbers.KORRIGIERT), key=lambda n: n.raum != GESAMT)
    if not found:
        return
    console.print("\nKorrekturen bereits veröffentlichter Jahre:", highlight=False)
    table = Table("Kennzahl", "Jahr", "Raum", "alt", "neu", box=None, pad_edge=False)
    for column in table.columns[3:]:
        column.justify = "right"
    for number in found[:NAMED]:
        names = (diff.title(number.kennzahl), str(number.jahr), diff.area(number.raum))
        table.add_row(*map(escape, (*names, *diff.values(number))))
    console.print(table)
    if len(found) > NAMED:
        rest = amount(len(found) - NAMED, "weitere", "weitere", feminine=True)
        console.print(f"… und {rest}", highlight=False)
