"""Every single difference as an Excel table, for the offices that must explain it."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from spm.diff import numbers
from spm.diff.difference import Difference
from spm.presentation.wording.grammar import CLASS_LABELS
from spm.products.opendata.columns import RICHTUNG
from spm.published import AENDERUNG
from spm.system.archives import same_everywhere
from spm.text.numbers import date_in_words
from spm.text.sheets import DEAD

if TYPE_CHECKING:
    from spm.diff.numbers import Published

LONGEST_CELL = 32_000
"""Characters; Excel takes few more."""

OVERVIEW = [("Was", 48), ("Anzahl", 12)]
NUMBERS = [
    ("Art der Änderung", 34),
    ("Kennzahl", 40),
    ("Kennung", 26),
    ("Jahr", 8),
    ("Raum", 26),
    ("Wert alt", 12),
    ("Wert neu", 12),
    ("Anzahl alt", 12),
    ("Anzahl neu", 12),
    ("Grundzahl alt", 12),
    ("Grundzahl neu", 12),
    ("Einordnung alt", 26),
    ("Einordnung neu", 26),
]
STATEMENTS = [
    ("Aussage", 16),
    ("Kennzahl", 40),
    ("Raum", 26),
    ("Zeitraum", 14),
    ("Art der Änderung", 34),
    ("alt", 30),
    ("neu", 30),
]
TEXTS = [("Kapitel", 20), ("Art der Änderung", 20), ("alt", 80), ("neu", 80)]
METHODS = [("Bereich", 18), ("Was", 44), ("alt", 50), ("neu", 50)]
AREAS = [("Schlüssel", 14), ("Art der Änderung", 20), ("Raum", 60)]
INPUTS = [("Lieferung oder Datei", 50), ("Art der Änderung", 20), ("Titel der Lieferung", 40)]


def write(diff: Difference, path: Path) -> None:
    """Write one sheet per kind of difference; a sheet without entries has its head alone."""
    content = io.BytesIO()  # so that a full disk is an OSError like any other
    with xlsxwriter.Workbook(content, DEAD) as book:
        title = f"Änderungen gegenüber dem Bericht vom {date_in_words(diff.old.day)}"
        created = dt.datetime.combine(diff.new.day, dt.time())
        book.set_properties({"title": title, "created": created})
        styles = (
            book.add_format({"bold": True, "text_wrap": True, "bg_color": "#E6ECEF", "bottom": 1}),
            book.add_format({"text_wrap": True, "valign": "top"}),
        )
        for name, columns, rows in (
            ("Überblick", OVERVIEW, overview(diff)),
            ("Zahlen", NUMBERS, [_number(diff, n) for n in _ordered(diff)]),
            ("Veränderungen und Trends", STATEMENTS, _statements(diff)),
            ("Texte", TEXTS, diff.sentences),
            ("Methoden", METHODS, diff.methods),
            ("Räume", AREAS, diff.areas),
            ("Eingaben", INPUTS, diff.inputs),
        ):
            _sheet(book.add_worksheet(name), columns, rows, styles)
    path.write_bytes(same_everywhere(content.getvalue()))


def overview(diff: Difference) -> list[tuple[str, int]]:
    """How many differences of each kind there are."""
    kinds = [(f"Zahlen: {art}", len(diff.of_kind(art))) for art in numbers.ARTEN]
    return [
        *((name, n) for name, n in kinds if n),
        ("Veränderungen und Trends", len(diff.developments)),
        ("Sätze", len(diff.sentences)),
        ("Methoden und Definitionen", len(diff.methods)),
        ("Räume", len(diff.areas)),
        ("Lieferungen und andere Eingaben", len(diff.inputs)),
    ]


def _ordered(diff: Difference) -> list[numbers.Number]:
    return [number for art in numbers.ARTEN for number in diff.of_kind(art)]


def _number(diff: Difference, n: numbers.Number) -> list[Any]:
    def both(name: str) -> list[float | None]:
        return [getattr(row, name) if row else None for row in (n.old, n.new)]

    def class_of(row: Published | None) -> str:
        return CLASS_LABELS.get((row.klasse if row else "") or "", "")

    return [
        n.art,
        diff.title(n.kennzahl),
        n.kennzahl,
        n.jahr,
        diff.area(n.raum),
        *both("wert"),
        *both("zaehler"),
        *both("nenner"),
        class_of(n.old),
        class_of(n.new),
    ]


def _statements(diff: Difference) -> list[list[str]]:
    return [
        [
            "Veränderung" if v.statement == AENDERUNG else "Trend",
            diff.title(v.kennzahl),
            diff.area(v.raum),
            v.period,
            v.art,
            RICHTUNG.get(v.old, v.old),
            RICHTUNG.get(v.new, v.new),
        ]
        for v in diff.developments
    ]


def _sheet(
    sheet: Any,
    columns: Sequence[tuple[str, int]],
    rows: Sequence[Sequence[Any]],
    styles: tuple[Any, Any],
) -> None:
    head, text = styles
    for j, (name, width) in enumerate(columns):
        sheet.set_column(j, j, width, text)
        sheet.write_string(0, j, name, head)
    for i, row in enumerate(rows, start=1):
        for j, cell in enumerate(row):
            if isinstance(cell, int | float):
                sheet.write_number(i, j, cell, text)
            elif cell:  # as text: a name may begin with "="
                sheet.write_string(i, j, str(cell)[:LONGEST_CELL], text)
    sheet.freeze_panes(1, 0)
    if rows:
        sheet.autofilter(0, 0, len(rows), len(columns) - 1)
