"""The map of the Kurzfassung: in how many of the most important indicators each area differs.

It is coloured by what prevails, indicators that are more or less favourable than elsewhere; those
that the catalogue does not judge are not counted. Signs say the same without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import numpy as np
import shapely
from matplotlib.patches import PathPatch

from spm.presentation import judging
from spm.presentation.figures import style
from spm.presentation.figures.canvas import Canvas, text_width, wrap
from spm.presentation.figures.geometry import borders, fit, outline
from spm.presentation.figures.maplegend import draw_scale_bar
from spm.presentation.figures.placing import Label, place
from spm.presentation.profile import Differing
from spm.presentation.wording.grammar import capitalised
from spm.text.numbers import NBSP, number_word
from spm.text.permitted import ALT_LONGEST

HEIGHT, MARGIN = 128.0, 5.0
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

NAMED = 4
"""Areas named in the alternative text."""


def draw_overview(counted: Sequence[Differing], shapes: Sequence[shapely.Geometry]) -> Canvas:
    """Draw the map with its legend.

    Parameters
    ----------
    counted, shapes : every area and its outline in metres, in area order.
    """
    canvas = Canvas(HEIGHT + 2 * MARGIN)
    room = canvas.width - LEGEND_WIDTH - 3 * MARGIN
    fitted = fit(shapes, room, HEIGHT)
    by = (MARGIN + (room - fitted.width) / 2, MARGIN + (HEIGHT - fitted.height) / 2)
    moved = [shapely.transform(s, partial(_shift, by=by)) for s in fitted.shapes]
    kinds = [prevailing(area) for area in counted]
    fills = [_fill(kind) for kind in kinds]
    for shape, fill in zip(moved, fills, strict=True):
        canvas.patch(PathPatch(outline(shape), lw=0, facecolor=fill))
    lines = borders(moved)
    for colour, width in ((PAPER, 1.6), (style.QUIET, 0.6)):
        ends = {"joinstyle": "round", "capstyle": "round"}
        canvas.patch(PathPatch(lines, fill=False, edgecolor=colour, lw=width, zorder=2, **ends))
    _labels(canvas, counted, moved, room)
    _legend(canvas, [kind for kind in MEANINGS if kind in kinds])
    draw_scale_bar(canvas, fitted.point_per_metre, MARGIN, canvas.height - MARGIN - 4)
    return canvas


def alt_text(counted: Sequence[Differing], areas: str) -> str:
    """Which areas differ most often, and which way.

    Parameters
    ----------
    areas : what the areas are called, in the plural.
    """
    text = f"Karte: In wie vielen wichtigen Kennzahlen {areas} günstiger oder ungünstiger sind."
    often = [area.unfavourable + area.favourable for area in counted]
    ranked = sorted(range(len(counted)), key=lambda i: (-often[i], i))
    told = [counted[i] for i in ranked if often[i]]
    if not told:
        return f"{text} In keiner ist ein Unterschied nachweisbar."
    named = 0
    for area in told[:NAMED]:
        counts = ((area.unfavourable, "ungünstiger"), (area.favourable, "günstiger"))
        ways = ", ".join(
            f"{'eine' if n == 1 else number_word(n)} {word}" for n, word in counts if n
        )
        more = f" {area.name}: {ways}."
        if len(text) + len(more) <= ALT_LONGEST - 40:
            text, named = text + more, named + 1
    rest = len(counted) - named
    if not rest:
        return text
    return f"{text} {capitalised(number_word(rest))} weitere: ebenso oft, seltener oder nie."


def _shift(points: np.ndarray, by: tuple[float, float]) -> np.ndarray:
    return points + by


def prevailing(area: Differing) -> str:
    """What prevails: a name of `judging`; `GLEICH` if neither, `NONE` if none is compared."""
    if not area.judged:
        return judging.NONE
    ahead = area.unfavourable - area.favourable
    if not ahead:
        return judging.GLEICH
    clear = abs(ahead) >= CLEAR
    if ahead > 0:
        return judging.UNGUENSTIG2 if clear else judging.UNGUENSTIG
    return judging.GUENSTIG2 if clear else judging.GUENSTIG


def signed(area: Differing) -> str:
    """``"3 − · 1 +"``: how many are less and how many more favourable."""
    if not area.judged:
        return "–"
    counts = ((area.unfavourable, "−"), (area.favourable, "+"))
    return " · ".join(f"{n}{NBSP}{sign}" for n, sign in counts if n) or "0"


def _fill(kind: str) -> str:
    return style.CELLS.get(kind, PAPER)


def _labels(
    canvas: Canvas,
    counted: Sequence[Differing],
    shapes: Sequence[shapely.Geometry],
    room: float,
) -> None:
    size = style.TINY
    texts = [_variants(area, size) for area in counted]
    sizes = [[_extent(lines, size) for lines in variants] for variants in texts]
    frame = (2.0, 2.0, 2 * MARGIN + room, canvas.height - 2)
    for variants, label in zip(texts, place(shapes, sizes, frame), strict=True):
        if label:
            _write(canvas, variants[label.variant], label, size)


def _variants(area: Differing, size: float) -> list[list[str]]:
    return [[*wrap(area.name, 80, size, 2), signed(area)], [signed(area)]]


def _extent(lines: Sequence[str], size: float) -> tuple[float, float]:
    return max(text_width(line, size, "bold") for line in lines) + 3, len(lines) * size * 1.15 + 2


def _write(canvas: Canvas, lines: Sequence[str], label: Label, size: float) -> None:
    if label.pointer:
        x, y = label.pointer
        width, tall = _extent(lines, size)
        for ink, thick in ((PAPER, 1.8), (style.INK, 0.6)):
            canvas.line([label.x, x], [label.y, y], color=ink, lw=thick)
        canvas.rect(label.x - width / 2, label.y - tall / 2, width, tall, facecolor=PAPER, zorder=3)
    for i, line in enumerate(lines):
        y = label.y + (i - (len(lines) - 1) / 2) * size * 1.15
        weight = "bold" if i == len(lines) - 1 else "normal"
        canvas.text(label.x, y, line, size, ha="center", color=style.INK, weight=weight)


def _legend(canvas: Canvas, kinds: Sequence[str]) -> None:
    left, y = canvas.width - LEGEND_WIDTH, MARGIN + 8
    title = (
        "Zahl der wichtigen Kennzahlen, in denen das Gebiet ungünstiger (−) oder günstiger (+) ist "
        "als die übrige Kommune:"
    )
    y = canvas.lines(left, y, wrap(title, LEGEND_WIDTH, style.SMALL, 4), style.SMALL) + 4
    for kind in kinds:
        canvas.rect(left, y - 6, 18, 12, facecolor=_fill(kind), edgecolor=style.QUIET, lw=0.5)
        canvas.text(left + 24, y, MEANINGS[kind], style.SMALL)
        y += 16
