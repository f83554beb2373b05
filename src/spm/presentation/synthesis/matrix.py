"""The tables of the Gesamtbild: areas by domains, and the indicators behind them."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation import judging
from spm.presentation.blocks import Block, from_data, table, tinted
from spm.presentation.judging import SIGNS
from spm.presentation.synthesis.domains import Picture, Standing
from spm.presentation.tables.heat import MANY, heat_cell, heat_table, legend
from spm.presentation.views import IndicatorView
from spm.presentation.wording import accuracy
from spm.presentation.wording.abbreviations import abbreviations
from spm.presentation.wording.estimates import explanation
from spm.presentation.wording.grammar import explain_signs, number_kept, plural_dative
from spm.synthesis.burden import Tally
from spm.text.numbers import NBSP, format_number

NAME_WIDTH, CELL_WIDTH = 18, 13

SIDE_BY_SIDE = 8
"""Areas that fit beside each other; of more the indicators do, as in other heat tables."""


def by_domain(picture: Picture, caption: str) -> Block:
    """How many indicators of each domain differ, area by area, on the ground of what prevails.

    The table is ``@tbl-gesamtbild-bereiche``. Of many areas those with most such domains are shown,
    in area order.
    """
    shown = _most(picture, MANY)
    if len(shown) < len(picture.areas):
        caption += f" ({from_data(picture.view.place.plural)} mit den meisten Unterschieden)"
    body = [[from_data(area.name), *map(_cell, area.tallies), _number(area)] for area in shown]
    none = any(not tally.tested for area in shown for tally in area.tallies)
    note = (
        f"Lesehilfe: „2{NBSP}von{NBSP}3{NBSP}+“ heißt: zwei der drei dort verglichenen Kennzahlen "
        "des Bereichs sind nachweisbar günstiger (+) als in der übrigen Kommune; −: ungünstiger. "
        "Eingefärbt ist, was überwiegt, auch wenn es nur eine Kennzahl ist; zuletzt die Zahl der "
        "Bereiche, in denen − überwiegt" + ("; /: kein Vergleich möglich." if none else ".")
    )
    return table(
        "gesamtbild-bereiche",
        [
            from_data(picture.view.place.level),
            *map(from_data, picture.names),
            "Bereiche mit −",
        ],
        body,
        caption,
        widths=[NAME_WIDTH, *[CELL_WIDTH] * len(picture.names), CELL_WIDTH],
        note=note,
    )


def _most(picture: Picture, most: int) -> list[Standing]:
    if len(picture.areas) <= most:
        return picture.areas
    at = range(len(picture.areas))
    ranked = sorted(at, key=lambda i: (-picture.areas[i].worse, -picture.areas[i].better, i))
    chosen = set(ranked[:most])
    return [area for i, area in enumerate(picture.areas) if i in chosen]


def _cell(tally: Tally) -> str:
    """``"3 von 4 −"`` on the ground of what prevails."""
    if not tally.tested:
        return "/"
    counts = ((tally.worse, f"{NBSP}−"), (tally.better, f"{NBSP}+"))
    every = f"{NBSP}von{NBSP}{format_number(tally.tested)}"
    parts = [f"{format_number(n)}{every}{sign}" for n, sign in counts if n]
    text = ", ".join(parts) or f"0{every}"
    ground = (
        judging.UNGUENSTIG
        if tally.is_worse
        else judging.GUENSTIG
        if tally.is_better
        else judging.GLEICH
    )
    return tinted(text, ground)


def _number(area: Standing) -> str:
    return f"{format_number(area.worse)} von{NBSP}{format_number(area.compared)}"


def behind(picture: Picture, caption: str) -> Block:
    """The values of the indicators in which any area differs, by domain.

    Of few areas one table, areas side by side (``@tbl-gesamtbild-werte``); of more a heat table of
    the lead indicators, areas below each other.
    """
    differing = {
        name: [view for view in views if judging.differs(view)]
        for name, views in picture.domains.items()
    }
    views = [view for its in differing.values() for view in its]
    if not views:
        return Block()
    if len(picture.areas) > SIDE_BY_SIDE:
        leads = [view for view in views if view.indicator.leitkennzahl]
        return heat_table("gesamtbild-werte", leads or views, caption)
    return _side_by_side(picture, differing, views, caption)


def _side_by_side(
    picture: Picture,
    differing: dict[str, list[IndicatorView]],
    views: Sequence[IndicatorView],
    caption: str,
) -> Block:
    rows = [row for view in views for row in view.areas if row.raum not in view.groups]
    body = []
    for name, its in differing.items():
        if its:
            body.append([f"**{from_data(name)}**", *[""] * len(picture.areas)])
        for view in its:
            years = f", {view.short_years(view.year)}" if view.window > 1 else ""
            body.append([f"{from_data(view.axis)}{years}", *_values(view, picture)])
    names = [judging.judgement(v, v.row(a.raum)) for v in views for a in picture.areas]
    grouped, place = any(view.groups for view in views), picture.view.place
    told = [
        legend(names),
        f"leer: nur zusammen mit anderen {plural_dative(place)} gezeigt" if grouped else "",
        abbreviations(views),
        explain_signs(sorted({row.status for row in rows if not row.ok})),
        explanation(rows),
        accuracy.accuracy_explained(views).rstrip("."),
    ]
    return table(
        "gesamtbild-werte",
        ["Kennzahl", *(number_kept(area.name) for area in picture.areas)],
        body,
        caption,
        widths=[30, *[11] * len(picture.areas)],
        note=f"Lesehilfe: {'; '.join(filter(None, told))}.",
    )


def _values(view: IndicatorView, picture: Picture) -> list[str]:
    own = dict(view.area_names)
    rows = [view.row(area.raum) for area in picture.areas]
    names = [judging.judgement(view, row) for row in rows]
    room = max((len(SIGNS[name]) for name in names), default=0)
    return [
        heat_cell(view, row, name, grouped=False, room=room) if area.raum in own else ""
        for area, row, name in zip(picture.areas, rows, names, strict=True)
    ]
