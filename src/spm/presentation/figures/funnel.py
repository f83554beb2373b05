"""Funnel plot: the areas by the size of the group they refer to, and how far values of that size
scatter by chance around the municipality's.

Limits of `spm.statistics.funnel`, so that they agree with those of Public Health England.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np

from spm.errors import SpmError
from spm.presentation.blocks import plain
from spm.presentation.figures import legend, naming, style
from spm.presentation.figures.canvas import Canvas, shorten
from spm.presentation.figures.figure import Figure, compared
from spm.presentation.figures.naming import DOT
from spm.presentation.figures.scale import Scale
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording import alttext
from spm.presentation.wording.grammar import so_many
from spm.published import DEUTLICH_UEBER, DEUTLICH_UNTER, WIE
from spm.statistics import funnel
from spm.text.numbers import NBSP, format_value

LEFT, TOP, BOTTOM = 46.0, 20.0, 246.0
MARGIN = 16.0
"""Edges of the plot in points; ``MARGIN`` is right of it."""

FEW = 12
"""Up to so many areas all have their name, of more only those outside the limits."""

POINTS = 160
"""Of a limit."""

CENTRE: dict[str, Any] = {"color": style.KOMMUNE, "lw": 1.2}
DASHES = {funnel.WARNING: (4.0, 2.0), funnel.ALARM: (1.5, 1.5)}
PERCENT = {funnel.WARNING: "95", funnel.ALARM: "99,8"}
LIMITS: dict[float, dict[str, Any]] = {
    level: {"color": style.QUIET, "lw": 0.9, "dashes": dashes} for level, dashes in DASHES.items()
}
"""How the lines are drawn, in the plot and below it."""

Limits = list[tuple[float, float]]
"""(size of the group, value) from point to point."""


def draw_funnel(view: IndicatorView, width: float = style.WIDTH) -> Canvas:
    """Draw the areas that show a number; of the others only how many they are is said.

    Raises
    ------
    SpmError
        The indicator is no share and no rate.
    """
    _require_events(view)
    rows, centre = view.published, view.total
    right = width - MARGIN
    largest = max(row.nenner or 0.0 for row in rows)
    across = Scale([0.0, largest * 1.02], LEFT, right, ticks=6 if width == style.WIDTH else 4)
    scatters = centre.ok and _value(centre) > 0  # where nothing happens, nothing scatters
    limits = {level: _limits(view, level, across.high) for level in LIMITS if scatters}
    drawn = [y for level in limits for side in limits[level] for _, y in _readable(side, rows)]
    up = Scale([*map(_value, rows), *drawn], BOTTOM, TOP, ticks=5)
    foot = legend.flow(_foot(view, has_limits=bool(limits)), width - 4)
    canvas = Canvas(BOTTOM + 32 + foot.height + 4, width)
    _axes(canvas, view, across, up, right)
    taken = []
    for level, sides in limits.items():
        for side in sides:
            points = [(across(x), up(y)) for x, y in side if up.low <= y <= up.high]
            xs, ys = [x for x, _ in points], [y for _, y in points]
            canvas.line(xs, ys, **LIMITS[level])
            taken += [(x - 2, y - 1, x + 2, y + 1) for x, y in points]
    if centre.ok:
        y = up(_value(centre))
        canvas.line([LEFT, right], [y, y], **CENTRE)
        taken.append((LEFT, y - 1, right, y + 1))
    outside = outliers(view)
    places = {row.raum: (across(row.nenner or 0.0), up(_value(row))) for row in rows}
    for row in rows:
        x, y = places[row.raum]
        colour = style.INK if row.raum in outside else style.BAR
        canvas.line([x], [y], marker="o", ms=DOT, mew=0.7, mfc=colour, mec="#ffffff", zorder=4)
    named = rows if len(rows) <= FEW else [row for row in rows if row.raum in outside]
    naming.draw_names(
        canvas,
        [(row.name, *places[row.raum]) for row in named],
        list(places.values()),
        (LEFT, right),
        taken,
    )
    foot.draw(canvas, 2.0, BOTTOM + 32)
    return canvas


def outliers(view: IndicatorView) -> dict[str, str]:
    """Class of every area outside the limits, by its key; empty if the municipality has no value.

    Outside the outer limits lies by chance one area of 500, outside the inner ones one of 20.
    """
    rows, centre = view.published, view.total
    if not rows or not centre.ok:
        return {}
    events = np.array([row.zaehler for row in rows], float)
    groups = np.array([row.nenner for row in rows], float)
    average = _value(centre) / view.indicator.faktor
    of = funnel.share_class if view.indicator.art == "anteil" else funnel.ratio_class
    found = zip(rows, of(events, groups, average), strict=True)
    return {row.raum: klasse for row, klasse in found if klasse not in (None, WIE)}


def _value(row: AreaRow) -> float:
    """The number of a row that shows one."""
    return float("nan") if row.wert is None else row.wert


def _require_events(view: IndicatorView) -> None:
    k = view.indicator
    if k.art not in ("anteil", "rate"):
        raise SpmError(
            f"Ein Trichterdiagramm gibt es nur für Anteile und Raten, nicht für «{k.id}» "
            f"(art: {k.art}).",
            wo=f'kapitel.trichter("{k.id}")',
            tun="Bitte kapitel.balken nehmen.",
        )


def _limits(view: IndicatorView, level: float, largest: float) -> tuple[Limits, Limits]:
    """The lower and the upper limit, for groups of up to ``largest`` people."""
    factor = view.indicator.faktor
    average = _value(view.total) / factor
    if view.indicator.art == "anteil":
        sizes = np.linspace(max(largest / POINTS, 1.0), largest, POINTS)
        sides = [(sizes, side) for side in funnel.share_limits(sizes, average, level)]
    else:
        most = max(average * largest * 1.5, 5.0)
        events = np.unique(np.round(np.geomspace(1.0, most, POINTS)))
        above, below = funnel.rate_populations(events, average, level)
        sides = [(sizes, events / sizes) for sizes in (below, above)]
    lower, upper = (
        [(float(x), float(y) * factor) for x, y in zip(xs, ys, strict=True) if x <= largest]
        for xs, ys in sides
    )
    return lower, upper


def _readable(side: Limits, rows: Sequence[AreaRow]) -> Limits:
    """The part of a limit that the axis must reach: from the smallest area on."""
    smallest = min(row.nenner or 0.0 for row in rows)
    return [(x, y) for x, y in side if x >= smallest]


def _axes(canvas: Canvas, view: IndicatorView, across: Scale, up: Scale, right: float) -> None:
    for y, label in up.labels():
        canvas.line([LEFT, right], [y, y], color=style.RULE, lw=0.5, zorder=1)
        canvas.text(LEFT - 5, y, label, style.SMALL, ha="right", color=style.QUIET)
    for x, label in across.labels():
        canvas.line([x, x], [BOTTOM, BOTTOM + 3], color=style.QUIET, lw=0.5, zorder=1)
        canvas.text(x, BOTTOM + 10, label, style.SMALL, ha="center", color=style.QUIET)
    canvas.line([LEFT, right], [BOTTOM, BOTTOM], color=style.QUIET, lw=0.8)
    title = shorten(f"{view.axis}, {view.period}", right, style.SMALL)
    canvas.text(2, 7, title, style.SMALL, color=style.QUIET)
    words = "Größe der Gruppe, auf die der Wert bezogen ist (Nenner)"
    canvas.text(right, BOTTOM + 23, words, style.SMALL, ha="right", color=style.QUIET)


def _foot(view: IndicatorView, *, has_limits: bool) -> list[legend.Entry]:
    """What stands below the plot."""
    entries = []
    if view.total.ok:
        k = view.indicator
        value = format_value(_value(view.total), k.einheit, k.nachkommastellen)
        entries.append(_line(CENTRE, f"{view.place.name} insgesamt: {value}"))
    if has_limits:
        entries += [
            _line(
                line,
                f"Ohne wirkliche Unterschiede lägen {PERCENT[level]}{NBSP}% der Werte dazwischen",
            )
            for level, line in LIMITS.items()
        ]
    else:
        why = "Ohne einen Fall" if view.total.ok else "Ohne Wert der Kommune"
        entries.append(legend.Entry(f"{why} gibt es keine Grenzen."))
    gaps = alttext.without_value(view)
    return [*entries, *([legend.Entry(gaps)] if gaps else [])]


def _line(style_of_line: dict[str, Any], text: str) -> legend.Entry:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.line([x, x + 20], [y, y], **style_of_line)

    return legend.Entry(text, 25.0, draw)


def _alt_text(view: IndicatorView) -> str:
    """Which areas lie outside the limits; how many where they are many."""
    found = outliers(view)
    names = {row.raum: row.name for row in view.published}
    far = [names[raum] for raum, k in found.items() if k in (DEUTLICH_UEBER, DEUTLICH_UNTER)]
    near = [names[raum] for raum in found if names[raum] not in far]
    told = [
        f"Außerhalb der Grenzen von {percent} %: "
        + (", ".join(which) if len(which) <= 4 else plain(so_many(len(which), view.place)))
        + "."
        for percent, which in ((PERCENT[funnel.ALARM], far), (PERCENT[funnel.WARNING], near))
        if which
    ]
    if not told and view.total.ok:
        told = ["Alle Werte liegen innerhalb der Grenzen von 95 %."]
    return alttext.of_funnel(view, " ".join(told))


FIGURE = Figure(
    "trichter", lambda view, shapes, **width: draw_funnel(view, **width), _alt_text, compared
)
