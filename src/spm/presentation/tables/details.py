"""The table behind a figure: everything that is published about one indicator."""

from __future__ import annotations

from spm.presentation.blocks import Block, from_data, table
from spm.presentation.differences import printed_difference
from spm.presentation.tables.crosstable import limits, row_name, slug
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording import accuracy, levels
from spm.presentation.wording.estimates import SIGN, explanation, with_sign
from spm.presentation.wording.grammar import explain_signs, sign_of
from spm.presentation.wording.levels import ARROWS
from spm.presentation.wording.pooling import caption_year
from spm.published import (
    DEUTLICH_UEBER,
    DEUTLICH_UNTER,
    NICHT_GELIEFERT,
    NICHT_ZUORDENBAR,
    UEBER,
    UNTER,
    WIE,
)
from spm.text.numbers import NBSP, format_number

NAME_WIDTH = 17
VALUE = 2
"""Position of the column of values, which also shows the signs in place of one."""

DIFFERENCES = {
    DEUTLICH_UEBER: f"↑↑{NBSP}höher",
    UEBER: f"↑{NBSP}höher",
    WIE: "nicht nachweisbar",
    UNTER: f"↓{NBSP}niedriger",
    DEUTLICH_UNTER: f"↓↓{NBSP}niedriger",
}
"""Short enough for a narrow column; what no test shows is never called the same."""


def details(view: IndicatorView) -> Block:
    """Counts, value, interval, smoothed value, comparison and change of every area.

    Columns without any entry are left out. The table is ``@tbl-<indicator>-werte``.
    """
    rows = [*view.areas]
    unassigned = view.row(NICHT_ZUORDENBAR)
    if unassigned.status != NICHT_GELIEFERT:
        rows.append(unassigned)
    rows.append(view.total)
    if not any(row.ok for row in rows):
        return Block()
    changes = list(view.changes.values())
    since = changes[0].von if changes else 0
    columns = [
        ("Anzahl", 9, lambda row: _count(view, row.zaehler)),
        ("Grundzahl", 10, lambda row: _count(view, row.nenner)),
        (from_data(view.axis), 11, lambda row: with_sign(row, view.number(row.wert))),
        (f"Intervall{NBSP}(95{NBSP}%)", 15, lambda row: limits(view, row)),
        ("geglättet", 10, lambda row: _smoothed(view, row)),
        ("Unterschied zur übrigen Kommune", 23, _comparison),
        (f"Veränderung seit {since}", 14, lambda row: _change(view, row)),
    ]
    cells = [[_value(row, text, i) for i, (_, _, text) in enumerate(columns)] for row in rows]
    used = [i for i in range(len(columns)) if i == VALUE or any(line[i] for line in cells)]
    body = [
        [row_name(row.raum, row.name), *(line[i] for i in used)]
        for row, line in zip(rows, cells, strict=True)
    ]
    earlier = [view.row(raum, change.von) for raum, change in view.changes.items()]
    states = explain_signs(sorted({row.status for row in rows if not row.ok}))
    arrows = levels.arrows_explained(change.richtung for change in changes)
    double = {DEUTLICH_UEBER, DEUTLICH_UNTER} & {row.klasse for row in rows}
    clear = "zwei Pfeile bedeuten einen deutlichen Unterschied" if double else ""
    later = [
        f"Veränderung für {from_data(row.name)} seit {view.changes[row.raum].von}"
        for row in rows
        if row.raum in view.changes and view.changes[row.raum].von != since
    ]
    signs = "; ".join(filter(None, (states, explanation([*rows, *earlier]), clear, arrows, *later)))
    return table(
        f"{slug(view.indicator.id)}-werte",
        [from_data(view.place.level), *(columns[i][0] for i in used)],
        body,
        f"{from_data(view.heading)}, {caption_year(view)}: alle Angaben",
        widths=[NAME_WIDTH, *(columns[i][1] for i in used)],
        bold_last=True,
        note=" ".join(
            filter(
                None,
                (f"Lesehilfe: {signs}." if signs else "", accuracy.accuracy_explained([view])),
            )
        ),
    )


def _value(row: AreaRow, text: object, column: int) -> str:
    """A cell; of a row without numbers only the sign, in the column of values."""
    if not row.ok:
        return sign_of(row.status) if column == VALUE else ""
    return text(row)  # type: ignore[operator]


def _count(view: IndicatorView, number: float | None) -> str:
    """A count that the value is made of; of a count alone, or a change, the value says it."""
    alone = view.indicator.art == "anzahl" or view.signed
    return "" if number is None or alone else format_number(number)


def _smoothed(view: IndicatorView, row: AreaRow) -> str:
    return "" if row.geglaettet is None else view.number(row.geglaettet)


def _comparison(row: AreaRow) -> str:
    return DIFFERENCES.get(row.klasse or "", "")


def _change(view: IndicatorView, row: AreaRow) -> str:
    change = view.changes.get(row.raum)
    if change is None:
        return ""
    by = printed_difference(view, row.raum, change)
    number = format_number(by, view.indicator.nachkommastellen, signed=True)
    if row.geschaetzt or view.row(row.raum, change.von).geschaetzt:
        number = f"{SIGN}{NBSP}{number}"
    arrow = ARROWS.get(change.richtung)
    return f"{arrow}{NBSP}{number}" if arrow else number
