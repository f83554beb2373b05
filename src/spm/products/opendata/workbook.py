"""The published values as one Excel workbook that is read, not processed."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import xlsxwriter

from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording.estimates import LEGEND, SIGN
from spm.presentation.wording.grammar import CLASS_LABELS, capitalised, sign_of, status_text
from spm.products.opendata.excel import Formats, page, sheet_name, write_book
from spm.products.opendata.values import NZ_NAME, shown
from spm.published import (
    ABSENDER_GESPERRT,
    GESAMT,
    GESPERRT,
    NICHT_BERECHENBAR,
    NICHT_GELIEFERT,
    NICHT_ZUORDENBAR,
    OK,
)
from spm.text.numbers import date_in_words

if TYPE_CHECKING:
    from spm.report import Report

FIRST = [("Kennzahl", 34), ("Einheit", 16), ("Raum", 26)]
YEAR = 11
DEFINITIONS = [
    ("Kennzahl", 40),
    ("Kapitel", 26),
    ("Einheit", 16),
    ("Definition", 70),
    ("Quelle", 34),
    ("Rechtsgrundlage", 34),
]


def write(report: Report, path: Path) -> None:
    """Write a sheet for reading, one with the definitions and one per chapter.

    A chapter's sheet has a row for every indicator and area and a column for every year; the sign
    that the report prints stands where it shows no number.
    """

    def fill(book: xlsxwriter.Workbook, formats: Formats) -> None:
        _read_me(book.add_worksheet("Lesehinweise"), report, formats)
        _definitions(book.add_worksheet("Definitionen"), report, formats)
        taken = {"lesehinweise", "definitionen"}
        for key in report.chapter_keys:
            views = [s for s in report.kapitel(key).views if s.appears]
            if views:
                title = views[0].indicator.chapter.titel
                _chapter(book.add_worksheet(sheet_name(title, taken)), views, formats)

    write_book(report, "Kennzahlen", path, fill)


def _read_me(sheet: Any, report: Report, formats: Formats) -> None:
    section = report.params.bericht
    signs = (GESPERRT, ABSENDER_GESPERRT, NICHT_GELIEFERT, NICHT_BERECHENBAR)
    lines = [
        ("Bericht", section.titel),
        ("Kommune", report.place.name),
        ("Herausgeber", section.herausgeber),
        ("Stand", date_in_words(section.datum)),
        ("Lizenz", section.lizenz),
        ("Hinweis", section.hinweis),
        ("Blätter", "Je Kapitel ein Blatt: eine Zeile je Kennzahl und Raum, eine Spalte je Jahr."),
        *((sign_of(status), status_text(status)) for status in signs),
        (SIGN, LEGEND),
        (
            "Zusammengefasst",
            "Wo hinter dem Namen ein Zeitraum steht, fasst jeder Wert mehrere Jahre zusammen, die "
            "mit dem genannten Jahr enden.",
        ),
        (
            "Intervall",
            "95-%-Konfidenzintervall des Werts im Berichtsjahr: Der Wert schwankt zufällig.",
        ),
        (
            "Vergleich",
            "Ob sich der Raum im Berichtsjahr nachweisbar von der übrigen Kommune unterscheidet.",
        ),
    ]
    sheet.set_column(0, 0, 18, formats.bold)
    sheet.set_column(1, 1, 90, formats.text)
    sheet.write_string(0, 0, "Lesehinweise", formats.title)
    for i, (label, text) in enumerate(((n, t) for n, t in lines if t), start=2):
        sheet.write_string(i, 0, label, formats.bold)
        sheet.write_string(i, 1, text, formats.text)


def _definitions(sheet: Any, report: Report, formats: Formats) -> None:
    _head(sheet, DEFINITIONS, formats, frozen=1)
    for i, view in enumerate(shown(report), start=1):
        k = view.indicator
        texts = [k.titel, k.chapter.titel, k.einheit, k.definition, k.quelle]
        for j, text in enumerate([*texts, k.rechtsgrundlage]):
            sheet.write_string(i, j, text, formats.text)


def _chapter(sheet: Any, views: Sequence[IndicatorView], formats: Formats) -> None:
    years = sorted({year for view in views for year in view.years})
    now = views[0].year
    last = [
        (f"Anzahl {now}", 11),
        (f"Grundzahl {now}", 11),
        (f"Intervall {now}, von", 12),
        (f"Intervall {now}, bis", 12),
        (f"Vergleich mit der übrigen Kommune {now}", 24),
    ]
    _head(sheet, [*FIRST, *((str(year), YEAR) for year in years), *last], formats, frozen=3)
    line = 0
    for view in views:
        for row in _rows(view):
            line += 1
            total = row.raum == GESAMT
            style = {"bold": True, "bottom": 1} if total else {}
            text, number = formats.get(**style), _number_format(view)
            span = f" ({view.window} Jahre zusammengefasst)" if view.window > 1 else ""
            sheet.write_string(line, 0, capitalised(view.indicator.kurztitel) + span, text)
            sheet.write_string(line, 1, view.indicator.einheit, text)
            sheet.write_string(line, 2, row.name, text)
            column = len(FIRST)
            for year in years:
                if year in view.years:
                    cell = view.row(row.raum, year)
                    _write_value(sheet, line, column, cell, number, formats, style)
                else:
                    sheet.write_blank(line, column, None, text)
                column += 1
            counts = formats.get(num_format="#,##0.###" if _fractions(row) else "#,##0", **style)
            limits = formats.get(num_format=number, **style)
            for x, shape in (
                (row.zaehler, counts),
                (row.nenner, counts),
                (row.ki_unten, limits),
                (row.ki_oben, limits),
            ):
                if row.ok and x is not None:
                    sheet.write_number(line, column, x, shape)
                else:
                    sheet.write_blank(line, column, None, shape)
                column += 1
            sheet.write_string(line, column, CLASS_LABELS.get(row.klasse or "", ""), text)
    sheet.autofilter(0, 0, line, len(FIRST) + len(years) + len(last) - 1)


def _rows(view: IndicatorView) -> list[AreaRow]:
    """The reporting year, named as in the other tables."""
    rows = list(view.areas)
    unassigned = (view.row(NICHT_ZUORDENBAR, year) for year in view.years)
    if any(row.status != NICHT_GELIEFERT for row in unassigned):
        rows.append(view.row(NICHT_ZUORDENBAR)._replace(raum=NICHT_ZUORDENBAR, name=NZ_NAME))
    total = view.total
    return [*rows, total._replace(raum=GESAMT, name=f"{view.place.name} insgesamt")]


def _write_value(
    sheet: Any, line: int, column: int, cell: AreaRow, number: str, formats: Formats, style: dict
) -> None:
    if cell.ok:
        shape = f'"{SIGN} "{number}' if cell.geschaetzt else number
        sheet.write_number(line, column, cell.wert, formats.get(num_format=shape, **style))
    else:
        sign = sign_of(cell.status) if cell.status != OK else ""
        sheet.write_string(line, column, sign, formats.get(align="right", **style))


def _number_format(view: IndicatorView) -> str:
    places = view.indicator.nachkommastellen
    plain = "#,##0" + ("." + "0" * places if places else "")
    return f"+{plain};-{plain};{plain}" if view.signed else plain


def _fractions(row: AreaRow) -> bool:
    return any(x is not None and x != int(x) for x in (row.zaehler, row.nenner))


def _head(sheet: Any, columns: Sequence[tuple[str, int]], formats: Formats, frozen: int) -> None:
    for i, (name, width) in enumerate(columns):
        sheet.set_column(i, i, width)
        sheet.write_string(0, i, name, formats.head)
    sheet.freeze_panes(1, frozen)
    page(sheet, 0)
