"""Vertical lines in a bar chart: the municipality's value and those of other places."""

from __future__ import annotations

from spm.presentation.figures import style
from spm.presentation.figures.canvas import Canvas, shorten, text_width
from spm.presentation.figures.scale import Scale
from spm.presentation.views import IndicatorView
from spm.presentation.wording.comparison import LINES, with_year

ROW = 11.0
"""Height of a line of labels."""

TOP = 9.0
BELOW = 13.0
"""From the lowest label to the bars."""

BESIDE = 3.0
"""From a line to its label."""


def head(view: IndicatorView) -> float:
    """Room above the bars."""
    rows = _own(view) + len(_others(view))
    return TOP + ROW * (rows - 1) + BELOW if rows else 6.0


def extent(view: IndicatorView) -> list[float]:
    """The values that lines stand at."""
    own = [view.total.shown] if _own(view) else []
    return [*own, *(value for _, value in _others(view))]


def draw(
    canvas: Canvas,
    view: IndicatorView,
    scale: Scale,
    edges: tuple[float, float],
    bottom: float,
    above: float = 0.0,
) -> None:
    """Draw the lines, each with its label above the bars; `head` is the room below ``above``.

    The municipality stands at the top; below it the other places, the one with the nearest value
    first, each beside its line and on the side away from the others: so no line crosses a label.
    """
    others = _others(view)
    middle = view.total.shown if _own(view) else others[0][1] if others else 0.0
    others.sort(key=lambda other: abs(other[1] - middle))
    y = above + TOP + ROW * _own(view)
    for label, value in others:
        x = scale(value)
        for colour, width in (("#ffffff", 1.8), (style.VERGLEICH, 0.9)):  # seen on dark bars too
            canvas.line([x, x], [y - 5, bottom], color=colour, lw=width, dashes=(1.5, 1.5))
        _beside(canvas, label, (x, y), edges, right=value >= middle)
        y += ROW
    if _own(view):
        _municipality(canvas, view, scale(view.total.shown), edges, (above + TOP, bottom))


def _own(view: IndicatorView) -> bool:
    return view.total_is_yardstick


def _others(view: IndicatorView) -> list[tuple[str, float]]:
    """(label, value) of the other places that have a line."""
    return [
        (f"{with_year(view, value)} {view.short(value.wert)}", value.wert)
        for value in view.elsewhere[:LINES]
    ]


def _beside(
    canvas: Canvas,
    label: str,
    place: tuple[float, float],
    edges: tuple[float, float],
    *,
    right: bool,
) -> None:
    x, y = place
    left_edge, right_edge = edges
    label = shorten(label, right_edge - left_edge, style.SMALL)
    width = text_width(label, style.SMALL)
    start = x + BESIDE if right else x - BESIDE - width
    if start < left_edge or start + width > right_edge:  # no room on this side
        start = x - BESIDE - width if right else x + BESIDE
        start = min(max(start, left_edge), right_edge - width)
    canvas.rect(start - 1, y - 5, width + 2, 10, facecolor="#ffffff", zorder=3)
    canvas.text(start, y, label, style.SMALL, color=style.VERGLEICH)


def _municipality(
    canvas: Canvas,
    view: IndicatorView,
    x: float,
    edges: tuple[float, float],
    ends: tuple[float, float],
) -> None:
    top, bottom = ends
    canvas.line([x, x], [top + 6, bottom], color=style.KOMMUNE, lw=1.2)
    value = view.short(view.total.shown)
    room = edges[1] - edges[0] - text_width(f" {value}", style.SMALL, "bold")
    name = shorten(view.place.name, room, style.SMALL, "bold")
    label = f"{name} {value}"
    half = text_width(label, style.SMALL, "bold") / 2
    middle = min(max(x, edges[0] + half), edges[1] - half)
    canvas.text(middle, top, label, style.SMALL, ha="center", weight="bold", color=style.KOMMUNE)
