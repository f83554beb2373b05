"""Names beside dots in a plot of two axes, where neither a dot nor another name is in the way."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.figures import style
from spm.presentation.figures.canvas import Canvas, shorten, text_width

DOT = 4.6
"""Diameter of a dot in points."""

WIDEST = 120.0
"""Longer names are cut."""

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points."""


def draw_names(
    canvas: Canvas,
    named: Sequence[tuple[str, float, float]],
    dots: Sequence[tuple[float, float]],
    edges: tuple[float, float],
    lines: Sequence[Box] = (),
) -> None:
    """Write names beside their dots; if there is no other place, over lines; else not at all.

    Parameters
    ----------
    named : name and place (x, y) of the dots to name.
    dots : places of all dots.
    edges : left and right end of the room for names.
    lines : what names should not cross, in pieces.
    """
    taken = [(x - DOT, y - DOT / 2, x + DOT, y + DOT / 2) for x, y in dots]
    for name, x, y in sorted(named, key=lambda dot: dot[2]):
        text = shorten(name, WIDEST, style.SMALL)
        width, half = text_width(text, style.SMALL), style.SMALL * 0.6
        aside = (-width / 2, 4 - width)
        boxes = [
            (x + dx, y + dy - half, x + dx + width, y + dy + half)
            for dx, dy in (
                (6, 0),
                (-6 - width, 0),
                *((d, up_down) for d in aside for up_down in (-9, 9)),
            )
            if x + dx >= edges[0] and x + dx + width <= edges[1]
        ]
        write(canvas, text, boxes, taken, lines)


def write(
    canvas: Canvas, text: str, boxes: Sequence[Box], taken: list[Box], lines: Sequence[Box] = ()
) -> None:
    """Write a name into the first box that is free, and note it as taken; else not at all.

    Parameters
    ----------
    boxes : where it may stand, the best place first.
    taken : what stands already.
    lines : what names cross only if there is no other place.
    """
    free = [box for box in boxes if not hits(box, taken)]
    if free:
        box = next((b for b in free if not hits(b, lines)), free[0])
        canvas.text(box[0], (box[1] + box[3]) / 2, text, style.SMALL)
        taken.append(box)


def hits(box: Box, others: Sequence[Box]) -> bool:
    """Whether a box and any of the others overlap."""
    return any(
        box[0] < right and box[2] > left and box[1] < bottom and box[3] > top
        for left, top, right, bottom in others
    )
