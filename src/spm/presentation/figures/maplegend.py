"""What stands beside a map, or below it on phones: classes and signs, scale bar, and a north arrow
if wanted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from matplotlib.patches import Polygon

from spm.presentation import judging
from spm.presentation.figures import classes, style
from spm.presentation.figures.canvas import Canvas, wrap
from spm.presentation.figures.legend import COMPARED
from spm.presentation.figures.marks import draw_marks, marks_of, marks_width
from spm.presentation.figures.placing import MUST_PLACE
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording.estimates import LEGEND, SIGN
from spm.presentation.wording.grammar import capitalised, status_text
from spm.published import NICHT_BERECHENBAR, NICHT_GELIEFERT
from spm.text.numbers import format_number

WIDTH = 128.0
MARGIN = 6.0
SCALE_ROOM, ARROW_ROOM = 22.0, 30.0
BOX = (20.0, 13.0)
BOXED: dict[str, Any] = {"lw": 0.5}
Entry = tuple[dict[str, Any], str]
Entries = tuple[list[Entry], list[Entry]]
"""Fill and text of the classes from high to low, and of areas without a number."""


def marked(view: IndicatorView, row: AreaRow) -> str:
    """The judgement of an area, if the map marks it; among many there is room for values only."""
    return judging.judgement(view, row) if len(view.areas) <= MUST_PLACE else judging.NONE


def draw_scale_bar(canvas: Canvas, point_per_metre: float, left: float, y: float) -> None:
    """A bar of a round length."""
    length = scale_length((WIDTH - 50) / point_per_metre)
    width = length * point_per_metre
    for xs, ys in (([0, width], [0, 0]), ([0, 0], [-3, 3]), ([width, width], [-3, 3])):
        canvas.line([left + x for x in xs], [y + d for d in ys], color=style.QUIET)
    text = f"{format_number(length / 1000)} km" if length >= 1000 else f"{format_number(length)} m"
    canvas.text(left + width + 5, y, text, style.SMALL, color=style.QUIET)


def scale_length(room: float) -> int:
    """The longest of 1, 2, 5, 10, 20, … metres that fits; 1 where not even that does."""
    lengths = (digit * 10**power for power in range(7) for digit in (1, 2, 5))
    return max((length for length in lengths if length <= room), default=1)


def draw_north(canvas: Canvas, x: float, y: float) -> None:
    """An arrow upwards with the letter N: maps are drawn with north up."""
    canvas.line([x, x], [y, y - 14], color=style.QUIET)
    canvas.patch(_triangle([(x - 3, y - 11), (x + 3, y - 11), (x, y - 18)], style.QUIET))
    canvas.text(x + 7, y - 9, "N", style.SMALL, weight="bold", color=style.QUIET)


def entries(view: IndicatorView, limits: Sequence[float], colours: Sequence[str]) -> Entries:
    """(classes from high to low, other fills)."""
    texts = classes.labels(limits, "%" if view.indicator.einheit == "%" else "")
    if not texts and view.published:
        texts = [view.short(view.published[0].shown)]
    pairs = [({"facecolor": c}, t) for c, t in zip(colours, texts, strict=False)]
    states = dict.fromkeys(row.status for row in view.areas if not row.ok)
    others = [(style.FILLS[s], status_text(s)) for s in sorted(states, key=_order)]
    return pairs[::-1], others


def _order(status: str) -> int:
    """What was suppressed first, then what is missing."""
    last = (NICHT_GELIEFERT, NICHT_BERECHENBAR)
    return last.index(status) + 1 if status in last else 0


def height(
    view: IndicatorView,
    legend: Entries,
    limits: Sequence[float],
    width: float,
    *,
    nordpfeil: bool = False,
) -> float:
    """Room for everything beside the map, measured by drawing it elsewhere."""
    below = SCALE_ROOM + (ARROW_ROOM if nordpfeil else 0.0)
    return draw(Canvas(1.0), view, legend, limits, (0.0, MARGIN, width)) + below + MARGIN


def draw(
    canvas: Canvas,
    view: IndicatorView,
    legend: Entries,
    limits: Sequence[float],
    place: tuple[float, float, float],
) -> float:
    """Draw the legend into a column (left, top, width) and return where it ends."""
    k = view.indicator
    x, y, width = place
    title = wrap(capitalised(k.kurztitel), width, style.SMALL, 3, "bold")
    y = canvas.lines(x, y + 6, title, style.SMALL, weight="bold")
    unit = f"{view.unit}, {view.period}" if k.einheit else view.period
    lines = wrap(unit, width, style.SMALL, 2)
    y = canvas.lines(x, y, lines, style.SMALL, color=style.QUIET) + 4
    own = view.total if view.total_is_yardstick else None
    mark = len(limits) - classes.class_of(own.shown, limits, k.nachkommastellen) if own else -1
    for i, (fill, text) in enumerate(legend[0]):
        canvas.rect(x + 8, y - BOX[1] / 2, *BOX, **(BOXED | {"edgecolor": style.QUIET} | fill))
        canvas.text(x + 8 + BOX[0] + 6, y, text, style.SMALL)
        if i == mark:
            _marker(canvas, x, y)
        y += BOX[1]
    if 0.0 in limits:
        y = canvas.lines(x + 8, y + 4, _zero(view), style.SMALL, color=style.QUIET)
    if own:
        y += 6
        _marker(canvas, x, y)
        name = f"{view.place.name} insgesamt {view.short(own.shown)}"
        y = canvas.lines(
            x + 8, y, wrap(name, width - 8, style.SMALL, 3), style.SMALL, color=style.KOMMUNE
        )
    y += 6
    for fill, text in legend[1]:
        canvas.rect(x + 8, y - BOX[1] / 2, *BOX, **(BOXED | fill))
        room = width - BOX[0] - 14
        y = canvas.lines(x + 14 + BOX[0], y, wrap(text, room, style.SMALL, 3), style.SMALL) + 5
    signs = [name for name in judging.NAMES if any(marked(view, r) == name for r in view.areas)]
    signs = [name for name in signs if marks_of(name)]
    if signs:
        y = canvas.lines(x, y, wrap(COMPARED, width, style.SMALL, 3), style.SMALL)
    for name in signs:
        draw_marks(canvas, name, x + 8, y)
        canvas.text(x + 8 + marks_width(name) + 4, y, judging.WORDS[name], style.SMALL)
        y += BOX[1] - 1
    if any(row.geschaetzt for row in view.areas):
        lines = wrap(f"{SIGN} {LEGEND}", width - 8, style.SMALL, 3)
        y = canvas.lines(x + 8, y, lines, style.SMALL, color=style.QUIET)
    return y


def _zero(view: IndicatorView) -> list[str]:
    """What the two colours of a map with values on both sides of zero say."""
    above, below = ("Zunahme", "Abnahme") if view.signed else ("0 und mehr", "unter 0")
    return [f"blaugrau: {above}", f"gelbbraun: {below}"]


def _marker(canvas: Canvas, x: float, y: float) -> None:
    canvas.patch(_triangle([(x, y - 3.5), (x, y + 3.5), (x + 6, y)], style.KOMMUNE))


def _triangle(corners: Sequence[tuple[float, float]], colour: str) -> Polygon:
    return Polygon(corners, closed=True, lw=0, facecolor=colour, zorder=3)
