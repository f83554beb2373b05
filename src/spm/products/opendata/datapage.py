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
    bericht = report.params.bericht
    known = licence(bericht.lizenz)
    text = template(TEMPLATE).render(
        xlsx=xlsx,
        gesamt=together,
        zitat=_citation(report),
        lizenz=known,
        herausgeber=bericht.herausgeber,
        kennzahlen=_by_chapter(shown(report)),
        tabellen=printed,
        tabellen_xlsx=FILE,
        spalten=WERTE,
        zeichen=all_signs(),
        schaetzung=(SIGN, LEGEND),
        fuehrende_null=any(raum.startswith("0") and raum.isdecimal() for raum in report.areas.raum),
    )
    return Page(DATA_PAGE, "Offene Daten", text)


def _citation(report: Report) -> str:
    """How the data may be cited."""
    bericht = report.params.bericht
    terms = f"Lizenz {' '.join(bericht.lizenz.split())}" if bericht.lizenz else ""
    address = f"{bericht.adresse}{DATA_PAGE}" if bericht.adresse else ""
    named = citation(bericht, report.ort, "Daten", terms, address)
    return named if address else f"{named}."


def _by_chapter(views: Sequence[IndicatorView]) -> list[tuple[str, list[dict[str, str]]]]:
    chapters: dict[str, list[dict[str, str]]] = {}
    for sicht in views:
        k = sicht.kennzahl
        entry = {
            "titel": k.titel,
            "jahre": format_years(sicht.years_with()) or "keine veröffentlichten Werte",
            "datei": data_file(k.id).removeprefix("daten/"),
            "excel": excel_data_file(k.id).removeprefix("daten/"),
        }
        chapters.setdefault(k.chapter.titel, []).append(entry)
    return list(chapters.items())
