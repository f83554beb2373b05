"""Offers against need along the chain of prevention: areas in rows, phases of life in columns."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import Block, from_data, table
from spm.presentation.tables.crosstable import slug
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording.estimates import explanation, with_sign
from spm.presentation.wording.grammar import explain_signs, sign_of
from spm.published import HOEHER, NIEDRIGER
from spm.text.numbers import NBSP, format_number

ALL_PHASES = "alle Lebensphasen"
NAME_WIDTH, CELL_WIDTH = 18, 13


def matrix(offers: Sequence[IndicatorView], others: Sequence[IndicatorView], key: str) -> Block:
    """Number of offers, and how many indicators of the phase point to need.

    Parameters
    ----------
    offers : indicators that count offers, one phase of life each; others among them are left out.
    others : all other indicators of the report.
    key : chapter; the table is ``@tbl-<key>-matrix``.
    """
    columns = [(s, s.indicator.lebensphase[0]) for s in offers if _one_phase(s) and s.delivered]
    if not columns:
        return Block()
    first = columns[0][0]
    body, states, shown = [], set(), list[AreaRow]()
    for raum, name in first.area_names:
        cells = []
        for view, phase in columns:
            row = view.row(raum)
            states |= set() if row.ok else {row.status}
            shown.append(row)
            cells.append(f"{_number(row)}{_need(raum, phase, others)}")
        body.append([from_data(name), *cells])
    signs = "; ".join(filter(None, (explain_signs(sorted(states)), explanation(shown))))
    note = (
        "Zahl der Angebote; in Klammern: bei wie vielen von den vergleichbaren Kennzahlen dieser "
        "Lebensphase der Wert nachweisbar ungünstiger ist als in der übrigen Kommune."
    )
    return table(
        f"{slug(key)}-matrix",
        [from_data(first.place.level), *(from_data(phase) for _, phase in columns)],
        body,
        f"Präventive Angebote und Hinweise auf Bedarf entlang der Lebensphasen, {first.period}",
        widths=[NAME_WIDTH, *[CELL_WIDTH] * len(columns)],
        note=" ".join(filter(None, [note, f"Zeichen: {signs}." if signs else ""])),
    )


def _one_phase(view: IndicatorView) -> bool:
    phases = view.indicator.lebensphase
    if view.indicator.art == "anteil":  # of people whom offers reach: no number of offers
        return False
    return len(phases) == 1 and phases[0] != ALL_PHASES


def _number(row: AreaRow) -> str:
    if not row.ok or row.zaehler is None:
        return sign_of(row.status) if not row.ok else "–"
    return with_sign(row, format_number(row.zaehler))


def _need(raum: str, phase: str, others: Sequence[IndicatorView]) -> str:
    """``" (2/5)"``; nothing where no indicator of the phase can be compared."""
    compared = adverse = 0
    for view in others:
        k, klasse = view.indicator, view.row(raum).klasse
        if phase not in k.lebensphase or k.richtung == "neutral" or klasse is None:
            continue
        compared += 1
        adverse += klasse in (HOEHER if k.richtung == "belastend" else NIEDRIGER)
    return f"{NBSP}({adverse}/{compared})" if compared else ""
