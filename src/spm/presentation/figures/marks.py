"""Small signs for areas that differ from the others by more than chance; they need no colour.

A disc with a plus or a minus where the indicator is judged, with a triangle upwards or downwards
where it is not; two discs at the stricter level.
"""

from __future__ import annotations

from spm.presentation import judging
from spm.presentation.figures import style
from spm.presentation.figures.canvas import Canvas

DISC, STEP = 6.4, 7.2
"""Diameter of a disc and the distance of two, in points."""

SIGN = 3.6
"""Length of a plus or minus."""

PLUS, MINUS, UP, DOWN = "plus", "minus", "auf", "ab"

_PAPER = "#ffffff"
_TWICE = (judging.GUENSTIG2, judging.UNGUENSTIG2, judging.HOEHER2, judging.NIEDRIGER2)
_FORMS = (
    (judging.FAVOURABLE, PLUS),
    (judging.UNFAVOURABLE, MINUS),
    ((judging.HOEHER2, judging.HOEHER1), UP),
)


def marks_of(name: str) -> int:
    """How many discs a judgement has: two at the 99.8 % level, one at 95 %, else none."""
    if name in ("", judging.GLEICH):
        return 0
    return 2 if name in _TWICE else 1


def form_of(name: str) -> str:
    """The sign on the discs of a judgement."""
    return next((form for names, form in _FORMS if name in names), DOWN)


def marks_width(name: str) -> float:
    """Room that the discs of a judgement take, in points."""
    return marks_of(name) * STEP


def draw_marks(canvas: Canvas, name: str, x: float, y: float, *, on_colour: bool = False) -> None:
    """Draw the discs of a judgement from x on, centred at y; ``on_colour``: on any ground."""
    fill, edge = style.MARKED.get(name, _PAPER), style.edge_of(name)
    ink, form = (_PAPER if edge == fill else style.INK), form_of(name)
    for i in range(marks_of(name)):
        middle = x + STEP * i + DISC / 2
        if on_colour:
            canvas.line([middle], [y], marker="o", ms=DISC + 1.4, mew=0, color=_PAPER, zorder=4.5)
        canvas.line([middle], [y], marker="o", ms=DISC, mfc=fill, mec=edge, mew=0.6, zorder=5)
        if form in (PLUS, MINUS):
            half = SIGN / 2
            canvas.line([middle - half, middle + half], [y, y], color=ink, lw=1.1, zorder=6)
            if form == PLUS:
                canvas.line([middle] * 2, [y - half, y + half], color=ink, lw=1.1, zorder=6)
        else:
            shape, lift = ("^", -0.2) if form == UP else ("v", 0.2)
            canvas.line([middle], [y + lift], marker=shape, ms=SIGN, mew=0, color=ink, zorder=6)
