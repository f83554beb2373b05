"""A strip: where a value lies in the range of all areas, small enough for a table's cell.

It repeats what stands in the other cells, so that screen readers need not hear of it.
"""

from __future__ import annotations

from typing import NamedTuple

from spm.presentation.views import AreaRow, IndicatorView
from spm.published import HOEHER, NIEDRIGER

WIDTH, HEIGHT, EDGE = 120, 14, 5
"""In units of the drawing; ``EDGE`` leaves room for half a dot."""


class Streifen(NamedTuple):
    """Places between 0 (left) and 1 (right); None: not drawn.

    ``spanne`` of the areas with a value, ``intervall`` and ``punkt`` of this one, ``belegt``: it
    differs from the rest by the test.
    """

    spanne: tuple[float, float] | None = None
    intervall: tuple[float, float] | None = None
    kommune: float | None = None
    punkt: float | None = None
    belegt: bool = False

    def __bool__(self) -> bool:
        return any(part is not None for part in self[:4])


def streifen(sicht: IndicatorView, row: AreaRow) -> Streifen:
    """The strip of one row; only published numbers have a place in it."""
    values = [r.gezeigt for r in sicht.published]
    spanne = (min(values), max(values)) if len(values) > 1 else None
    limits = row.grenzen if row.hat_intervall else None
    total = sicht.gesamt.wert if sicht.zeigt_kommune_als_vergleich else None
    value = row.wert if row.ok else None
    known = [x for x in (*(spanne or ()), *(limits or ()), total, value) if x is not None]
    if not known:
        return Streifen()
    low, high = min(known), max(known)
    if low == high:
        return Streifen()

    def place(x: float) -> float:
        return round((x - low) / (high - low), 3)

    def both(ends: tuple[float, float] | None) -> tuple[float, float] | None:
        return ends and (place(ends[0]), place(ends[1]))

    return Streifen(
        both(spanne),
        both(limits),
        None if total is None else place(total),
        None if value is None else place(value),
        row.klasse in (*HOEHER, *NIEDRIGER),
    )


def roh(strip: Streifen, width: int = WIDTH) -> str:
    """A strip as Markdown for both formats; empty if there is nothing to draw."""
    if not strip:
        return ""
    return f"`{_html(strip, width)}`{{=html}}`{_typst(strip, width)}`{{=typst}}"


def _html(strip: Streifen, width: int) -> str:
    def x(place: float) -> str:
        return f"{EDGE + place * (width - 2 * EDGE):.1f}"

    y, parts = HEIGHT / 2, []
    if strip.spanne:
        parts.append(f'<path class="spanne" d="M{x(strip.spanne[0])} {y:g}H{x(strip.spanne[1])}"/>')
    if strip.intervall:
        low, high = strip.intervall
        parts.append(f'<path class="intervall" d="M{x(low)} {y:g}H{x(high)}"/>')
    if strip.kommune is not None:
        parts.append(f'<path class="kommune" d="M{x(strip.kommune)} 1V{HEIGHT - 1}"/>')
    if strip.punkt is not None:
        kind = "punkt belegt" if strip.belegt else "punkt"
        parts.append(f'<circle class="{kind}" cx="{x(strip.punkt)}" cy="{y:g}" r="3.4"/>')
    return (
        f'<svg class="streifen" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}" '
        f'aria-hidden="true">{"".join(parts)}</svg>'
    )


def _typst(strip: Streifen, width: int) -> str:
    def pair(ends: tuple[float, float] | None) -> str:
        return f"({ends[0]:g}, {ends[1]:g})" if ends else "none"

    def one(place: float | None) -> str:
        return "none" if place is None else f"{place:g}"

    narrow = "" if width == WIDTH else f", breite: {width * 0.7:g}pt"
    return (
        f"#streifen({pair(strip.spanne)}, {pair(strip.intervall)}, {one(strip.kommune)}, "
        f"{one(strip.punkt)}, {str(strip.belegt).lower()}{narrow})"
    )
