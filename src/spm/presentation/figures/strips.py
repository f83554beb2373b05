"""A strip: where a value lies in the range of all areas, small enough for a table's cell.

It repeats what stands in the other cells, so that screen readers need not hear of it.
"""

from __future__ import annotations

from typing import NamedTuple

from spm.presentation.views import AreaRow, IndicatorView
from spm.published import HOEHER, NIEDRIGER

WIDTH, HEIGHT, EDGE = 120, 14, 5
"""In units of the drawing; ``EDGE`` leaves room for half a dot."""


class Strip(NamedTuple):
    """Places between 0 (left) and 1 (right); None: not drawn.

    ``span`` of the areas with a value, ``interval`` and ``point`` of this one, ``differs``: it
    differs from the rest by the test.
    """

    span: tuple[float, float] | None = None
    interval: tuple[float, float] | None = None
    municipality: float | None = None
    point: float | None = None
    differs: bool = False

    def __bool__(self) -> bool:
        return any(part is not None for part in self[:4])


def strip_of(view: IndicatorView, row: AreaRow) -> Strip:
    """The strip of one row; only published numbers have a place in it."""
    values = [r.shown for r in view.published]
    span = (min(values), max(values)) if len(values) > 1 else None
    limits = row.limits if row.has_interval else None
    total = view.total.wert if view.total_is_yardstick else None
    value = row.wert if row.ok else None
    known = [x for x in (*(span or ()), *(limits or ()), total, value) if x is not None]
    if not known:
        return Strip()
    low, high = min(known), max(known)
    if low == high:
        return Strip()

    def place(x: float) -> float:
        return round((x - low) / (high - low), 3)

    def both(ends: tuple[float, float] | None) -> tuple[float, float] | None:
        return ends and (place(ends[0]), place(ends[1]))

    return Strip(
        both(span),
        both(limits),
        None if total is None else place(total),
        None if value is None else place(value),
        row.klasse in (*HOEHER, *NIEDRIGER),
    )


def as_markdown(strip: Strip, width: int = WIDTH) -> str:
    """A strip as Markdown for both formats; empty if there is nothing to draw."""
    if not strip:
        return ""
    return f"`{_html(strip, width)}`{{=html}}`{_typst(strip, width)}`{{=typst}}"


def _html(strip: Strip, width: int) -> str:
    def x(place: float) -> str:
        return f"{EDGE + place * (width - 2 * EDGE):.1f}"

    y, parts = HEIGHT / 2, []
    if strip.span:
        parts.append(f'<path class="spanne" d="M{x(strip.span[0])} {y:g}H{x(strip.span[1])}"/>')
    if strip.interval:
        low, high = strip.interval
        parts.append(f'<path class="intervall" d="M{x(low)} {y:g}H{x(high)}"/>')
    if strip.municipality is not None:
        parts.append(f'<path class="kommune" d="M{x(strip.municipality)} 1V{HEIGHT - 1}"/>')
    if strip.point is not None:
        kind = "punkt belegt" if strip.differs else "punkt"
        parts.append(f'<circle class="{kind}" cx="{x(strip.point)}" cy="{y:g}" r="3.4"/>')
    return (
        f'<svg class="streifen" viewBox="0 0 {width} {HEIGHT}" width="{width}" height="{HEIGHT}" '
        f'aria-hidden="true">{"".join(parts)}</svg>'
    )


def _typst(strip: Strip, width: int) -> str:
    def pair(ends: tuple[float, float] | None) -> str:
        return f"({ends[0]:g}, {ends[1]:g})" if ends else "none"

    def one(place: float | None) -> str:
        return "none" if place is None else f"{place:g}"

    narrow = "" if width == WIDTH else f", breite: {width * 0.7:g}pt"
    return (
        f"#streifen({pair(strip.span)}, {pair(strip.interval)}, {one(strip.municipality)}, "
        f"{one(strip.point)}, {str(strip.differs).lower()}{narrow})"
    )
