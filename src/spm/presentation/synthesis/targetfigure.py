"""Targets beside each other: the share of the way behind, and where it should be by now."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.figures import legend, style
from spm.presentation.figures.canvas import Canvas, shorten, text_width, wrap
from spm.presentation.figures.scale import Scale, readable
from spm.presentation.synthesis.measured import Measured
from spm.presentation.synthesis.targetwords import GROUNDS, SIGNS, WORDS, attainment_told
from spm.presentation.wording.grammar import capitalised
from spm.synthesis.targets import ERREICHT, OFFEN, attainment
from spm.text.numbers import NBSP, format_number
from spm.text.permitted import ALT_LONGEST

PHONE = float(style.PHONE)
HEAD, AXIS, GAP = 16.0, 14.0, 8.0
SIZE = style.SMALL
LINE = SIZE * 1.2
FARTHEST = (-1.0, 2.0)
"""Longer ways are cut here: one small target missed by far would leave no room for the others."""

SIGN = 9.0
"""Room of the sign before a word."""

LABEL = 7.0
"""Room on phones between a name and its row for a number in place of a value that is cut."""

DUE, DUE_HALF = style.INK, 5.5


def draw(found: Sequence[Measured], width: float = style.WIDTH) -> Canvas:
    """Draw one row per target.

    Parameters
    ----------
    found : targets that can be measured.
    width : in points; on phones names stand above their row.
    """
    narrow = width < style.WIDTH
    state = SIGN + max(text_width(WORDS[entry.course], SIZE, "bold") for entry in found)
    room = width - 2 if narrow else width * 0.4
    names = [_name(entry, room, 3 if narrow else 2) for entry in found]
    above = [LABEL if narrow and _is_cut(entry) else 0.0 for entry in found]
    heights = [
        len(lines) * LINE + (19.0 if narrow else 8.0) + more
        for lines, more in zip(names, above, strict=True)
    ]
    left = 16.0 if narrow else room + GAP
    right = width - state - GAP
    key = legend.flow(_entries(), width)
    canvas = Canvas(HEAD + sum(heights) + AXIS + key.height + 4, width)
    scale = Scale([0.0, 1.0, *(x for entry in found for x in _extent(entry))], left, right, 5)
    bottom, top = HEAD + sum(heights), HEAD
    middles = []
    for entry, lines, height, more in zip(found, names, heights, above, strict=True):
        middle = top + len(lines) * LINE + 9.5 + more if narrow else top + height / 2
        middles.append(middle)
        first = top + LINE / 2 + 2 if narrow else middle - (len(lines) - 1) * LINE / 2
        for i, line in enumerate(lines):
            canvas.text(0, first + i * LINE, line, SIZE, color=style.QUIET if i else style.INK)
        _row(canvas, entry, scale, middle)
        _state(canvas, entry.course, width - state, middle)
        top += height
    # On phones names stand where the lines would cross them.
    spans = [(y - 6, y + 6) for y in middles] if narrow else [(HEAD, bottom)]
    _frame(canvas, scale, bottom, spans)
    key.draw(canvas, 0, bottom + AXIS + 4)
    return canvas


def alt_text(found: Sequence[Measured]) -> str:
    """Of each target how far it has come and where it should be, as far as there is room."""
    text = "Punktdiagramm: wie weit Ziele vom Ausgangswert bis zum Zielwert erreicht sind."
    for i, entry in enumerate(found):
        more = (
            f" {entry.view.indicator.kurztitel}, {entry.name}: {attainment_told(entry)}, nach "
            f"dem Pfad {_percent(_due(entry))}, {WORDS[entry.course]}."
        )
        if len(text) + len(more) > ALT_LONGEST - 40:
            return f"{text} Weitere {len(found) - i} stehen in den Tabellen."
        text += more
    return text


def _frame(
    canvas: Canvas, scale: Scale, bottom: float, spans: Sequence[tuple[float, float]]
) -> None:
    ticks = [(scale(tick), _percent(tick)) for tick in scale.ticks]
    grid = [(x, start, x, end) for x, _ in ticks for start, end in spans]
    canvas.segments(grid, color=style.RULE, lw=0.5, zorder=1)
    zero = min(range(len(ticks)), key=lambda i: abs(scale.ticks[i]))
    for x, label in readable(ticks, zero, style.TINY):
        canvas.text(x, bottom + 8, label, style.TINY, ha="center", color=style.QUIET)
    for at, text in ((0.0, "Ausgangswert"), (1.0, "Ziel")):
        x = scale(at)
        both = [(x, start, x, end) for start, end in spans]
        canvas.segments(both, color=style.QUIET, lw=0.9, zorder=1.5)
        canvas.text(x, HEAD - 10, text, style.TINY, ha="center", color=style.QUIET)


def _state(canvas: Canvas, course: str, x: float, y: float) -> None:
    """Sign and word; discs are drawn, as the report's font has no bold ones."""
    weight = "normal" if course == OFFEN else "bold"
    if course in (ERREICHT, OFFEN):
        inside = style.INK if course == ERREICHT else "#ffffff"
        canvas.line([x + 3], [y], marker="o", ms=5.4, mfc=inside, mec=style.INK, mew=0.9)
    else:
        canvas.text(x, y, SIGNS[course], SIZE, weight=weight)
    canvas.text(x + SIGN, y, WORDS[course], SIZE, weight=weight)


def _row(canvas: Canvas, entry: Measured, scale: Scale, y: float) -> None:
    name = GROUNDS[entry.course]
    low, high, value = (_cut(x) for x in (*_ends(entry), entry.attained))
    if entry.row.has_interval:
        colour = style.edge_of(name)
        canvas.line([scale(low), scale(high)], [y, y], color=colour, lw=1.3, zorder=3)
    due = scale(_cut(_due(entry)))
    canvas.line([due, due], [y - DUE_HALF, y + DUE_HALF], color=DUE, lw=1.8, zorder=3.5)
    for end, x, shape in zip(FARTHEST, (low, high), "<>", strict=True):
        if x == end:  # it goes on there
            canvas.line([scale(x)], [y], marker=shape, ms=5, mew=0, color=style.QUIET, zorder=3.2)
    if _is_cut(entry):
        way = "left" if value < 0 else "right"
        place = scale(value) + (5 if value < 0 else -5)
        canvas.text(place, y - 6, attainment_told(entry), style.TINY, ha=way)
        return
    canvas.line([scale(value)], [y], marker="o", ms=7.0, mew=0, color="#ffffff", zorder=3.8)
    legend.swatch(canvas, name, scale(value), y)


def _name(entry: Measured, room: float, most: int) -> list[str]:
    what = capitalised(entry.view.indicator.kurztitel)
    lines = wrap(f"{what}, {entry.name}", room, SIZE, most - 1)
    return [*lines, shorten(entry.target.goal.teilziel, room, SIZE)]


def _entries() -> list[legend.Entry]:
    def value(canvas: Canvas, x: float, y: float) -> None:
        canvas.line([x, x + 16], [y, y], color=style.SERIES, lw=1.3)
        canvas.line([x + 8], [y], marker="o", ms=5.4, mew=0, color=style.SERIES, zorder=4)

    def due(canvas: Canvas, x: float, y: float) -> None:
        canvas.line([x + 3, x + 3], [y - 4.5, y + 4.5], color=DUE, lw=1.8)

    return [
        legend.Entry("Wert mit 95-%-Vertrauensintervall", 20.0, value),
        legend.Entry("vereinbarter Pfad im selben Jahr", 9.0, due),
        legend.Entry("0 %: Ausgangswert, 100 %: Zielwert".replace(" %", f"{NBSP}%")),
    ]


def _ends(entry: Measured) -> tuple[float, float]:
    assert entry.line is not None
    limits = entry.row.limits if entry.row.has_interval else (entry.row.shown,) * 2
    low, high = sorted(attainment(entry.line, x) for x in limits)
    return low, high


def _extent(entry: Measured) -> list[float]:
    return [_cut(x) for x in (*_ends(entry), entry.attained, _due(entry))]


def _cut(x: float) -> float:
    return min(max(x, FARTHEST[0]), FARTHEST[1])


def _is_cut(entry: Measured) -> bool:
    return _cut(entry.attained) in FARTHEST


def _due(entry: Measured) -> float:
    assert entry.line is not None
    return attainment(entry.line, entry.due)


def _percent(share: float) -> str:
    return f"{format_number(100 * share)}{NBSP}%"
