"""Templates as Excel workbooks: protected headings, checked cells, choices, their mapping."""

from __future__ import annotations

import datetime as dt
import io
import json
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from spm.deliveries.templates import COLUMNS, EDITION, SCHEMA
from spm.offices.explanation import Line
from spm.offices.labels import measure_words
from spm.offices.sheets import EXPLANATION, HEAD, LISTS, MISSING, SECRET, Sheet
from spm.system.archives import same_everywhere
from spm.text.sheets import DEAD

if TYPE_CHECKING:
    from spm.config.params import Params

ROWS = 3000
"""Of a list of persons that can be filled in with choices."""

_OPEN = {
    "format_cells": True,
    "format_columns": True,
    "format_rows": True,
    "autofilter": True,
    "sort": True,
}
"""What protection leaves to those who fill in."""

_WIDTHS = {"Raum": 28, "Jahr": 8, "Altersgruppe": 16}
_GREY, _BLUE = "#F2F2F2", "#DCE6F0"

_RULE = (
    '=IF(ISNUMBER({cell}),AND({cell}>=0,{cell}=INT({cell})),OR({cell}="'
    + SECRET
    + '",{cell}="'
    + MISSING
    + '"))'
)
"""Whole numbers from 0, or a sign. INT of a text would be an error, which Excel takes for no."""


class _Writer:
    def __init__(self, book: Any) -> None:
        self.book = book
        base = {"valign": "top", "font_name": "Calibri", "font_size": 11}
        self.title = book.add_format(base | {"bold": True, "font_size": 14})
        self.note = book.add_format(base | {"font_color": "#444444"})
        self.head = book.add_format(
            base | {"bold": True, "text_wrap": True, "bg_color": _BLUE, "border": 1}
        )
        self.key = book.add_format(base | {"bg_color": _GREY, "border": 1})
        self.open = book.add_format(base | {"locked": False, "border": 1, "num_format": "#,##0"})
        self.free = book.add_format(base | {"locked": False, "num_format": "@"})
        self.text = book.add_format(base | {"text_wrap": True})
        self.strong = book.add_format(base | {"bold": True, "text_wrap": True})
        self.section = book.add_format(base | {"bold": True, "font_size": 12, "bg_color": _BLUE})
        self.sign = book.add_format(base | {"text_wrap": True, "indent": 1})

    def explain(self, lines: Sequence[Line]) -> None:
        sheet = self.book.add_worksheet(EXPLANATION)
        sheet.set_column(0, 0, 42)
        sheet.set_column(1, 1, 78)
        for row, (kind, first, second) in enumerate(lines):
            if kind == "zeile":
                sheet.write_string(row, 0, first, self.sign)
                sheet.write_string(row, 1, second, self.text)
                sheet.set_row(row, 15 * max(1, -(-len(second) // 76), -(-len(first) // 38)))
            elif kind == "text":
                sheet.merge_range(row, 0, row, 1, "", self.text)
                sheet.write_string(row, 0, first, self.text)
                sheet.set_row(row, 15 * max(1, -(-len(first) // 112)))
            else:
                look = self.title if kind == "titel" else self.section
                sheet.write_string(row, 0, first, look)
                if kind == "kopf":
                    sheet.write_blank(row, 1, None, look)
                    sheet.set_row(row, 20)
        sheet.hide_gridlines(2)
        sheet.protect("", _OPEN)
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)

    def counts(self, plan: Sheet) -> None:
        sheet = self._begun(
            plan,
            f"Bitte nur die weißen Felder ausfüllen: ganze Zahlen ab 0, «{SECRET}» = geheim, "
            f"«{MISSING}» = liegt nicht vor. Mehr auf dem Blatt «{EXPLANATION}».",
        )
        heads = [*plan.keys, *plan.numbers]
        for column, head in enumerate(heads):
            longest = max(map(len, head.split())) + 3  # no word is broken
            width = _WIDTHS.get(head, 18 if column < len(plan.keys) else max(12, len(head) // 2))
            sheet.set_column(column, column, max(min(width, 28), longest))
            sheet.write_string(HEAD - 1, column, head, self.head)
        longest = max(len(head) for head in plan.numbers)
        sheet.set_row(HEAD - 1, 16 * max(1, -(-longest // 14)))
        for row, cells in enumerate(plan.rows, start=HEAD):
            for column, cell in enumerate(cells):
                write = sheet.write_number if isinstance(cell, int) else sheet.write_string
                write(row, column, cell, self.key)
            for column in range(len(plan.keys), len(heads)):
                sheet.write_blank(row, column, None, self.open)
        first, last = HEAD, HEAD + len(plan.rows) - 1
        column, end = len(plan.keys), len(heads) - 1
        letters = _letters(column)
        sheet.data_validation(
            first,
            column,
            last,
            end,
            {
                "validate": "custom",
                "value": _RULE.format(cell=f"{letters}{first + 1}"),
                "input_title": "Anzahl",
                "input_message": f"Ganze Zahl ab 0; {SECRET} = geheim, {MISSING} = liegt nicht vor",
                "error_title": "Das ist keine Anzahl",
                "error_message": f"Erlaubt sind ganze Zahlen ab 0, {SECRET} (geheim) und "
                f"{MISSING} (liegt nicht vor).",
            },
        )
        sheet.freeze_panes(HEAD, len(plan.keys))
        sheet.autofilter(HEAD - 1, 0, last, end)
        sheet.set_selection(first, column, first, column)

    def persons(self, plan: Sheet, lists: Any, at: int) -> int:
        """Write a list of persons; choices stand from column ``at`` on; returns the next one."""
        sheet = self._begun(
            plan,
            "Jede Zeile ist eine Person oder ein Fall. Die Auswahllisten zeigen, was gilt. Mehr "
            f"auf dem Blatt «{EXPLANATION}».",
        )
        for column, (head, choices) in enumerate(plan.choices.items()):
            sheet.set_column(column, column, max(14, min(len(head) + 4, 30)), self.free)
            sheet.write_string(HEAD - 1, column, head, self.head)
            if not choices:
                continue
            for row, choice in enumerate(choices):
                lists.write_string(row, at, choice)
            letters = _letters(at)
            sheet.data_validation(
                HEAD,
                column,
                HEAD + ROWS - 1,
                column,
                {
                    "validate": "list",
                    "source": f"='{LISTS}'!${letters}$1:${letters}${len(choices)}",
                    "error_title": "Nicht vorgesehen",
                    "error_message": "Bitte einen Wert aus der Liste wählen.",
                },
            )
            at += 1
        for row in range(HEAD - 1):  # above the headings nothing is to be filled in
            sheet.set_row(row, None, self.note)
        sheet.freeze_panes(HEAD, 0)
        return at

    def _begun(self, plan: Sheet, note: str) -> Any:
        sheet = self.book.add_worksheet(plan.name)
        sheet.write_string(0, 0, plan.title, self.title)
        sheet.write_string(1, 0, note, self.note)
        day = f"Stichtag oder Zeitraum: {plan.day}" if plan.day else ""
        if told := "; ".join(filter(None, (counted(plan), day))):
            sheet.write_string(2, 0, told, self.note)
        sheet.protect("", _OPEN)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(HEAD - 1)
        return sheet


def counted(plan: Sheet) -> str:
    """What the numbers of a sheet count, where one line can say it; the columns say of whom."""
    measures = {group.merkmal: None for groups in plan.meaning.values() for group in groups}
    words = ", ".join(map(measure_words, measures))
    return f"Gezählt: {words}" if len(measures) in (1, 2) else ""


def workbook(params: Params, sheets: Sequence[Sheet], lines: Sequence[Line]) -> bytes:
    """A template as bytes; the same plan gives the same ones.

    Parameters
    ----------
    params : kommune and bericht.datum are used.
    lines : the explanation.
    """
    import xlsxwriter

    target = io.BytesIO()
    with xlsxwriter.Workbook(target, DEAD) as book:
        midnight = dt.datetime.combine(params.bericht.datum, dt.time())
        book.set_properties({"title": f"Vorlage {params.kommune.name}", "created": midnight})
        writer = _Writer(book)
        writer.explain(lines)
        lists, at = None, 0
        for plan in sheets:
            if plan.numbers:
                writer.counts(plan)
        people = [plan for plan in sheets if not plan.numbers]
        if people:
            lists = book.add_worksheet(LISTS)
            for plan in people:
                at = writer.persons(plan, lists, at)
            lists.hide()
        _schema(book, params, sheets)
    return same_everywhere(target.getvalue())


def _schema(book: Any, params: Params, sheets: Sequence[Sheet]) -> None:
    sheet = book.add_worksheet(SCHEMA)
    about = {"fassung": EDITION, "ags": params.kommune.ags, "kommune": params.kommune.name}
    rows = [("", "", key, value) for key, value in about.items()]
    rows += [
        (plan.delivery, plan.name, key, plan.mapping[key])
        for plan in sheets
        for key in sorted(plan.mapping)
    ]
    for column, head in enumerate(COLUMNS):
        sheet.write_string(0, column, head)
    for row, (delivery, name, key, value) in enumerate(rows, start=1):
        content = json.dumps(value, ensure_ascii=False)
        for column, cell in enumerate((delivery, name, key, content)):
            sheet.write_string(row, column, cell)
    sheet.protect("")
    sheet.hide()


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    return str(xl_col_to_name(column))
