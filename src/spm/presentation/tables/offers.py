"""Offers against need along the chain of prevention: areas in rows, phases of life in columns."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import Block, daten, table
from spm.presentation.tables.crosstable import slug
from spm.presentation.views import Sicht, Zeile
from spm.presentation.wording.estimates import erklaerung, mit_zeichen
from spm.presentation.wording.grammar import zeichen, zeichenerklaerung
from spm.published import HOEHER, NIEDRIGER
from spm.text.numbers import NBSP, zahl

ALL_PHASES = "alle Lebensphasen"
NAME_WIDTH, CELL_WIDTH = 18, 13


def matrix(offers: Sequence[Sicht], others: Sequence[Sicht], key: str) -> Block:
    """Number of offers, and how many indicators of the phase point to need.

    Parameters
    ----------
    offers : indicators that count offers, one phase of life each; others among them are left out.
    others : all other indicators of the report.
    key : chapter; the table is ``@tbl-<key>-matrix``.
    """
    columns = [(s, s.kennzahl.lebensphase[0]) for s in offers if _one_phase(s) and s.geliefert]
    if not columns:
        return Block()
    first = columns[0][0]
    body, states, shown = [], set(), list[Zeile]()
    for raum, name in first.raeume:
        cells = []
        for sicht, phase in columns:
            row = sicht.zeile(raum)
            states |= set() if row.ok else {row.status}
            shown.append(row)
            cells.append(f"{_number(row)}{_need(raum, phase, others)}")
        body.append([daten(name), *cells])
    signs = "; ".join(filter(None, (zeichenerklaerung(sorted(states)), erklaerung(shown))))
    note = (
        "Zahl der Angebote; in Klammern: bei wie vielen von den vergleichbaren Kennzahlen dieser "
        "Lebensphase der Wert nachweisbar ungünstiger ist als in der übrigen Kommune."
    )
    return table(
        f"{slug(key)}-matrix",
        [daten(first.ort.raumebene), *(daten(phase) for _, phase in columns)],
        body,
        f"Präventive Angebote und Hinweise auf Bedarf entlang der Lebensphasen, {first.zeitraum}",
        widths=[NAME_WIDTH, *[CELL_WIDTH] * len(columns)],
        note=" ".join(filter(None, [note, f"Zeichen: {signs}." if signs else ""])),
    )


def _one_phase(sicht: Sicht) -> bool:
    phases = sicht.kennzahl.lebensphase
    return len(phases) == 1 and phases[0] != ALL_PHASES


def _number(row: Zeile) -> str:
    if not row.ok or row.zaehler is None:
        return zeichen(row.status) if not row.ok else "–"
    return mit_zeichen(row, zahl(row.zaehler))


def _need(raum: str, phase: str, others: Sequence[Sicht]) -> str:
    """``" (2/5)"``; nothing where no indicator of the phase can be compared."""
    compared = adverse = 0
    for sicht in others:
        k, klasse = sicht.kennzahl, sicht.zeile(raum).klasse
        if phase not in k.lebensphase or k.richtung == "neutral" or klasse is None:
            continue
        compared += 1
        adverse += klasse in (HOEHER if k.richtung == "belastend" else NIEDRIGER)
    return f"{NBSP}({adverse}/{compared})" if compared else ""
