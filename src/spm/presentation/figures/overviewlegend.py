"""What stands beside the map of the Kurzfassung, or below it where names need the room."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation import judging
from spm.presentation.figures import style
from spm.presentation.figures.canvas import Canvas, text_width, wrap

LEGEND_WIDTH = 160.0
PAPER = "#ffffff"
CLEAR = 2
"""By so many indicators one side has to prevail for the darker tint."""

MEANINGS = {
    judging.UNGUENSTIG2: f"− überwiegt, um {CLEAR} oder mehr",
    judging.UNGUENSTIG: "− überwiegt, um 1",
    judging.GLEICH: "gleich viele, oder keine (0)",
    judging.GUENSTIG: "+ überwiegt, um 1",
    judging.GUENSTIG2: f"+ überwiegt, um {CLEAR} oder mehr",
    judging.NONE: "nicht verglichen (–)",
}
"""Of each tint, from unfavourable to favourable."""

SWATCH = (18.0, 10.0)
TITLE = (
    "Zahl der wichtigen Kennzahlen, in denen das Gebiet ungünstiger (−) oder günstiger (+) ist "
    "als die übrige Kommune:"
)


def fill_of(kind: str) -> str:
    """The tint of what prevails."""
    return style.CELLS.get(kind, PAPER)


def draw_beside(
    canvas: Canvas, kinds: Sequence[str], explained: Sequence[str], corner: tuple[float, float]
) -> float:
    """Draw the legend beside the map and return where it ends."""
    left, y = corner
    y = canvas.lines(left, y, wrap(TITLE, LEGEND_WIDTH, style.SMALL, 4), style.SMALL) + 4
    for kind in kinds:
        _kind(canvas, kind, left, y)
        y += 13
    for text in explained:
        lines = wrap(text, LEGEND_WIDTH, style.SMALL, 4)
        y = canvas.lines(left, y + 2, lines, style.SMALL, color=style.QUIET)
    return y


def draw_below(
    canvas: Canvas, kinds: Sequence[str], explained: Sequence[str], corner: tuple[float, float]
) -> float:
    """Draw the legend below the map, in lines, and return where it ends."""
    left, y = corner
    room = canvas.width - 2 * left
    y = canvas.lines(left, y, wrap(TITLE, room, style.SMALL, 4), style.SMALL) + 3
    x = left
    for kind in kinds:
        wide = SWATCH[0] + 6 + text_width(MEANINGS[kind], style.SMALL)
        if x > left and x + wide > left + room:
            x, y = left, y + 13
        _kind(canvas, kind, x, y)
        x += wide + 14
    y += 13
    for text in explained:
        y = canvas.lines(left, y, wrap(text, room, style.SMALL, 4), style.SMALL, color=style.QUIET)
    return y


def _kind(canvas: Canvas, kind: str, x: float, y: float) -> None:
    box = (x, y - SWATCH[1] / 2, *SWATCH)
    canvas.rect(*box, facecolor=fill_of(kind), edgecolor=style.QUIET, lw=0.5)
    canvas.text(x + SWATCH[0] + 6, y, MEANINGS[kind], style.SMALL)
