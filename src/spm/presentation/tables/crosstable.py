"""Pipe tables: areas in rows, indicators in columns."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise

from spm.presentation.blocks import Block, from_data, joined, table
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording import accuracy
from spm.presentation.wording.estimates import explanation, with_sign
from spm.presentation.wording.grammar import explain_signs, for_municipality, sign_of
from spm.presentation.wording.pooling import pooled_areas
from spm.published import GESAMT, NICHT_GELIEFERT, NICHT_ZUORDENBAR
from spm.text.numbers import format_interval

MAX_COLUMNS = 6
"""Indicators side by side on an A4 page."""

NAME_WIDTH, NUMBER_WIDTH = 22, 13

UNASSIGNED = "*nicht zuordenbar*"
"""Directly above the total; the renderer draws a line above a row whose name is emphasised."""


def overview(views: Sequence[IndicatorView], key: str) -> Block:
    """All indicators of a chapter in the reporting year, those with the same areas side by side.

    Parameters
    ----------
    views : indicators for which something was delivered.
    key : chapter; the tables are ``@tbl-<key>-uebersicht``, ``-uebersicht-2`` …
    """
    by_areas: dict[tuple, list[IndicatorView]] = {}
    for view in sorted(views, key=lambda s: (s.whole_only, bool(s.groups))):
        by_areas.setdefault((view.area_names, view.whole_only, *view.groups.items()), []).append(
            view
        )
    blocks: list[Block] = []
    for alike in by_areas.values():
        parts = _balanced(alike)
        for number, part in enumerate(parts, start=1):
            caption = _part(_caption(part), number, len(parts))
            name = _numbered(f"{slug(key)}-uebersicht", len(blocks) + 1)
            corner = "Gebiet" if part[0].whole_only else part[0].place.level
            blocks.append(_block(part, corner, _by_area(part), caption, name))
    return joined(*blocks)


def _caption(views: Sequence[IndicatorView]) -> str:
    view = views[0]
    if view.whole_only:
        return f"Kennzahlen {for_municipality(view.place)} insgesamt, {_when(views)}"
    caption = f"Kennzahlen nach {from_data(view.place.level)}, {_when(views)}"
    if not view.groups:
        return caption
    each = "jeweils " if len(view.groups) > 1 else ""
    return f"{caption}: {pooled_areas(view)} {each}zusammengefasst"


def _when(views: Sequence[IndicatorView]) -> str:
    """The reporting year, or the years that all columns pool."""
    first = views[0]
    alike = all(view.window == first.window for view in views)
    return first.period if alike else str(first.year)


def _by_area(views: Sequence[IndicatorView]) -> list[tuple[str, list[AreaRow]]]:
    first = views[0]
    named = () if first.whole_only else first.area_names
    rows = [(name, [s.row(raum) for s in views]) for raum, name in named]
    unassigned = [s.row(NICHT_ZUORDENBAR) for s in views]
    if any(row.ok if first.whole_only else row.status != NICHT_GELIEFERT for row in unassigned):
        rows.append((UNASSIGNED, unassigned))
    return [*rows, (f"{first.place.name} insgesamt", [s.total for s in views])]


def comparisons(views: Sequence[IndicatorView], key: str) -> Block:
    """Values of other places, each beside that of the municipality in the same year.

    The table is ``@tbl-<key>-vergleich``; nothing if no value may be shown.
    """
    rows = [
        [
            from_data(view.axis),
            from_data(f"{value.gebiet} ({value.gruppe})" if value.gruppe else value.gebiet),
            from_data(value.quelle),
            str(value.jahr),
            view.number(value.wert),
            view.number(view.row(GESAMT, value.jahr).shown),
        ]
        for view in views
        for value in (*view.elsewhere, *view.alike)
    ]
    if not rows:
        return Block()
    own = from_data(views[0].place.name)
    return table(
        f"{slug(key)}-vergleich",
        ["Kennzahl", "Vergleichsgebiet", "Quelle", "Jahr", "Vergleichswert", own],
        rows,
        f"Werte anderer Gebiete zum Vergleich und Wert {for_municipality(views[0].place)} im "
        "selben Jahr",
        widths=[24, 22, 28, 8, 14, 14],
        numbers_from=3,
    )


def facilities(
    views: Sequence[IndicatorView], cells: Mapping[str, Mapping[str, AreaRow]], key: str
) -> Block:
    """One table per kind of facility ("Kita", "Grundschule").

    Parameters
    ----------
    views : indicators of a chapter that are shown by facility.
    cells : for every indicator id the row of each facility ("Kita: Name") in the reporting year.
    key : chapter; the tables are ``@tbl-<key>-kita`` …
    """
    groups = sorted({group for rows in cells.values() for group in rows})
    blocks = []
    for kind in dict.fromkeys(group.partition(": ")[0] for group in groups):
        names = [group for group in groups if group.startswith(f"{kind}: ")]
        parts = _balanced([s for s in views if set(names) & set(cells.get(s.indicator.id, {}))])
        for number, part in enumerate(parts, start=1):
            rows = [
                (
                    name.partition(": ")[2],
                    [cells[s.indicator.id].get(name, AreaRow("", "")) for s in part],
                )
                for name in names
            ]
            rows.append((f"{part[0].place.name} insgesamt", [s.total for s in part]))
            caption = f"Kennzahlen nach {from_data(kind)}, {_when(part)}"
            name = _numbered(f"{slug(key)}-{slug(kind)}", number)
            blocks.append(_block(part, kind, rows, _part(caption, number, len(parts)), name))
    return joined(*blocks)


def _block(
    views: Sequence[IndicatorView],
    corner: str,
    rows: Sequence[tuple[str, Sequence[AreaRow]]],
    caption: str,
    name: str,
) -> Block:
    body = [
        [
            label if label == UNASSIGNED else from_data(label),
            *(cell(s, row) for s, row in zip(views, cells, strict=True)),
        ]
        for label, cells in rows
    ]
    states = {row.status for _, cells in rows for row in cells if not row.ok}
    estimated = explanation(row for _, cells in rows for row in cells)
    signs = "; ".join(filter(None, (explain_signs(sorted(states)), estimated)))
    return table(
        name,
        [from_data(corner), *(_head(s) for s in views)],
        body,
        caption,
        widths=[NAME_WIDTH, *[NUMBER_WIDTH] * len(views)],
        bold_last=True,
        note=" ".join(
            filter(
                None,
                (
                    _years(views),
                    f"Zeichen: {signs}." if signs else "",
                    accuracy.accuracy_explained(views),
                ),
            )
        ),
    )


def _head(view: IndicatorView) -> str:
    return from_data(view.axis) + (f", {view.short_years(view.year)}" if view.window > 1 else "")


def _years(views: Sequence[IndicatorView]) -> str:
    """The years in the heads, in words."""
    if all(view.window == 1 for view in views):
        return ""
    return "Wo der Spaltenkopf einen Zeitraum nennt, sind dessen Jahre zusammengefasst."


def cell(view: IndicatorView, row: AreaRow) -> str:
    """A value as tables print it, or the sign in its place."""
    if not row.ok:
        return sign_of(row.status)
    return with_sign(row, view.number(row.shown))


def limits(view: IndicatorView, row: AreaRow) -> str:
    """The 95 % interval without a unit; empty if there is none."""
    if not row.has_interval:
        return ""
    places = view.indicator.nachkommastellen
    return format_interval(*row.limits, "", places, signed=view.signed)


def row_name(raum: str, name: str) -> str:
    """The head of the row of an area, of what belongs to none, or of the municipality."""
    if raum == NICHT_ZUORDENBAR:
        return UNASSIGNED
    return from_data(f"{name} insgesamt" if raum == GESAMT else name)


def _balanced(views: Sequence[IndicatorView]) -> list[list[IndicatorView]]:
    """Split into as few parts as possible, of about the same size."""
    parts = -(-len(views) // MAX_COLUMNS)
    bounds = [round(i * len(views) / parts) for i in range(parts + 1)] if parts else [0]
    return [list(views[a:b]) for a, b in pairwise(bounds)]


def _part(caption: str, number: int, of: int) -> str:
    return f"{caption} (Teil {number} von {of})" if of > 1 else caption


def _numbered(name: str, number: int) -> str:
    return name if number == 1 else f"{name}-{number}"


def slug(text: str) -> str:
    """A text as part of a key: lower-case letters and digits, joined with hyphens."""
    umlauts = str.maketrans({"ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss"})
    letters = (c if c.isascii() and c.isalnum() else " " for c in text.lower().translate(umlauts))
    return "-".join("".join(letters).split())
