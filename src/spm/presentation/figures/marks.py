"""Small signs for areas that differ from the others by more than chance; they need no colour."""

from __future__ import annotations

from spm.presentation.figures import style
from spm.presentation.figures.canvas import Canvas
from spm.published import DEUTLICH_UEBER, DEUTLICH_UNTER, HOEHER, UEBER, UNTER

SIZE, STEP = 3.6, 4.6


def marks_of(klasse: str | None) -> int:
    """How many triangles a class has: two at the 99.8 % level, one at 95 %, else none."""
    if klasse in (DEUTLICH_UEBER, DEUTLICH_UNTER):
        return 2
    return 1 if klasse in (UEBER, UNTER) else 0


def marks_width(klasse: str | None) -> float:
    """Room that the triangles of a class take, in points."""
    return marks_of(klasse) * STEP


def draw_marks(
    canvas: Canvas, klasse: str | None, x: float, y: float, color: str = style.INK
) -> None:
    """Draw triangles from x on: upwards for higher, downwards for lower."""
    shape = "^" if klasse in HOEHER else "v"
    for i in range(marks_of(klasse)):
        canvas.line(
            [x + STEP * (i + 0.5)], [y], marker=shape, ms=SIZE, mew=0, color=color, zorder=5
        )
