"""Two indicators at once: a dot for every area, named as far as there is room."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.figures import naming, style
from spm.presentation.figures.canvas import Canvas, shorten
from spm.presentation.figures.scale import Scale
from spm.presentation.views import AreaRow, IndicatorView

LEFT, MARGIN, TOP, BOTTOM = 46.0, 16.0, 20.0, 262.0
"""Edges of the plot in points; ``MARGIN`` is right of it."""

FOOT = 34.0
"""Below the plot: numbers and name of the axis."""

Pairs = Sequence[tuple[AreaRow, AreaRow]]
"""The rows of one area in both indicators; each shows a number."""


def draw_scatter(
    across: IndicatorView, up: IndicatorView, pairs: Pairs, width: float = style.WIDTH
) -> Canvas:
    """Draw the areas that have a number in both indicators.

    Parameters
    ----------
    across, up : what the horizontal and the vertical axis show.
    pairs : rows of both, at least one.
    """
    right = width - MARGIN
    bottom = BOTTOM if width == style.WIDTH else BOTTOM - 40
    xs = Scale(
        [a.shown for a, _ in pairs], LEFT, right, 6 if width == style.WIDTH else 4, zero=False
    )
    ys = Scale([b.shown for _, b in pairs], bottom, TOP, ticks=5, zero=False)
    canvas = Canvas(bottom + FOOT, width)
    for y, label in ys.labels(signed=up.signed):
        canvas.line([LEFT, right], [y, y], color=style.RULE, lw=0.5, zorder=1)
        canvas.text(LEFT - 5, y, label, style.SMALL, ha="right", color=style.QUIET)
    for x, label in xs.labels(signed=across.signed):
        canvas.line([x, x], [TOP, bottom], color=style.RULE, lw=0.5, zorder=1)
        canvas.text(x, bottom + 10, label, style.SMALL, ha="center", color=style.QUIET)
    canvas.line([LEFT, right], [bottom, bottom], color=style.QUIET, lw=0.8)
    title = shorten(f"{up.axis}, {up.period}{ys.note()}", width - 4, style.SMALL)
    canvas.text(2, 7, title, style.SMALL, color=style.QUIET)
    title = shorten(f"{across.axis}, {across.period}{xs.note()}", width - 4, style.SMALL)
    canvas.text(right, bottom + 24, title, style.SMALL, ha="right", color=style.QUIET)
    places = [(xs(a.shown), ys(b.shown)) for a, b in pairs]
    for x, y in places:
        options = {"mfc": style.INK, "mec": "#ffffff", "mew": 0.7, "zorder": 4}
        canvas.line([x], [y], marker="o", ms=naming.DOT, **options)
    named = [(a.name, *place) for (a, _), place in zip(pairs, places, strict=True)]
    naming.draw_names(canvas, named, places, (LEFT, width - 2))
    return canvas
