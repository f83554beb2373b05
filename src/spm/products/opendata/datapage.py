"""The page "Offene Daten": what there is, how to cite it, what its columns mean."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spm.book.page import Page
from spm.book.templates import template
from spm.presentation.pages.citation import citation
from spm.presentation.pages.companions import DATA_PAGE, data_file, excel_data_file
from spm.presentation.views import IndicatorView
from spm.presentation.wording.estimates import LEGEND, SIGN
from spm.presentation.wording.grammar import all_signs
from spm.products.opendata.booktables import BookTable
from spm.products.opendata.columns import WERTE
from spm.products.opendata.licences import licence
from spm.products.opendata.table import DataTable
from spm.products.opendata.tablebook import FILE
from spm.products.opendata.values import shown
from spm.text.numbers import format_years

if TYPE_CHECKING:
    from spm.report import Report

TEMPLATE = Path(__file__).with_name("daten.html.j2")


def data_page(
    report: Report, together: Sequence[DataTable], printed: Sequence[BookTable], xlsx: str
) -> Page:
    """The page.

    Parameters
    ----------
    together : tables that hold or describe all indicators.
    printed : numbered tables of the report.
    xlsx : name of the workbook in the folder of the data.
    """
    section = report.params.bericht
    known = licence(section.lizenz)
    text = template(TEMPLATE).render(
        xlsx=xlsx,
        together=together,
        citation=_citation(report),
        licence=known,
        publisher=section.herausgeber,
        indicators=_by_chapter(shown(report)),
        tables=printed,
        tables_xlsx=FILE,
        columns=WERTE,
        signs=all_signs(),
        estimate=(SIGN, LEGEND),
        leading_zero=any(raum.startswith("0") and raum.isdecimal() for raum in report.areas.raum),
    )
    return Page(DATA_PAGE, "Offene Daten", text)


def _citation(report: Report) -> str:
    """How the data may be cited."""
    section = report.params.bericht
    terms = f"Lizenz {' '.join(section.lizenz.split())}" if section.lizenz else ""
    address = f"{section.adresse}{DATA_PAGE}" if section.adresse else ""
    named = citation(section, report.place, "Daten", terms, address)
    return named if address else f"{named}."


def _by_chapter(views: Sequence[IndicatorView]) -> list[tuple[str, list[dict[str, str]]]]:
    chapters: dict[str, list[dict[str, str]]] = {}
    for view in views:
        k = view.indicator
        entry = {
            "title": k.titel,
            "years": format_years(view.years_with()) or "keine veröffentlichten Werte",
            "file": data_file(k.id).removeprefix("daten/"),
            "excel": excel_data_file(k.id).removeprefix("daten/"),
        }
        chapters.setdefault(k.chapter.titel, []).append(entry)
    return list(chapters.items())
