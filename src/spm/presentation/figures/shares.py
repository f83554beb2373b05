"""Bars of two shares: how many of all live in an area, and how many of those counted."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spm.presentation.figures import legend, style
from spm.presentation.figures.canvas import Canvas, shorten, text_width
from spm.presentation.figures.marks import draw_marks, marks_width
from spm.presentation.figures.scale import Scale
from spm.presentation.judging import judgement
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording.estimates import with_sign
from spm.presentation.wording.grammar import sign_of, status_text
from spm.text.numbers import NBSP, format_value
from spm.text.permitted import ALT_LONGEST

ROW, BAR, EDGE, GAP = 19.5, 7.0, 2.0, 8.0
AXIS = 16.0

MOST_NAME = 0.34
"""Largest share of the width for names."""

MOST_ROWS = 20
"""Areas that fit on a page with their bars."""

WHOLE = 16
"""With more areas than this shares have a decimal."""

BASE = style.RULE
"""Of the bars of all: quiet, so that the others stand out; edged, so that they are seen."""


def percent(share: float, decimals: int = 0) -> str:
    """A share as percents."""
    return format_value(100 * share, "%", decimals)


def places(view: IndicatorView) -> int:
    """Decimals of the shares of single areas: of many each has a small one."""
    return int(len(view.areas) > WHOLE)


class Bar(NamedTuple):
    """One area: its row, and its shares from 0 to 1, None where nothing is published."""

    row: AreaRow
    base: float | None
    burden: float | None


def draw_shares(
    view: IndicatorView, bars: Sequence[Bar], labels: tuple[str, str], width: float = style.WIDTH
) -> Canvas:
    """Draw two bars for every area, in the order given.

    The colour of the lower one, and the signs behind its number, say whether the value of the area
    differs from the rest of the municipality by more than chance.

    Parameters
    ----------
    labels : what the two bars are shares of, in the legend.
    """
    size = style.SMALL if width < style.WIDTH else style.SIZE
    inner = width - 2 * EDGE
    foot = legend.flow(_entries(view, bars, labels), inner)
    canvas = Canvas(len(bars) * ROW + AXIS + foot.height + 8, width)
    names = min(max(text_width(bar.row.name, size) for bar in bars), inner * MOST_NAME)
    texts = [
        percent(x, places(view)) for bar in bars for x in (bar.base, bar.burden) if x is not None
    ]
    numbers = max((text_width(f"≈{NBSP}{text}", size) for text in texts), default=0.0)
    marks = max((marks_width(judgement(view, bar.row)) for bar in bars), default=0.0)
    marks += 3 if marks else 0
    left, right = EDGE + names + GAP, EDGE + inner - numbers - marks - GAP
    known = [x for bar in bars for x in (bar.base, bar.burden) if x is not None]
    scale = Scale([100 * x for x in known], left, right, ticks=5)
    bottom = len(bars) * ROW
    ticks = [(scale(tick), tick) for tick in scale.ticks]
    canvas.segments([(x, 0, x, bottom) for x, _ in ticks], color=style.RULE, lw=0.5, zorder=1)
    for x, tick in ticks:
        text = format_value(tick, "%", 0)
        canvas.text(x, bottom + 9, text, style.SMALL, ha="center", color=style.QUIET)
    for i, bar in enumerate(bars):
        _row(
            canvas, view, bar, i * ROW + ROW / 2, (EDGE, names, right + GAP + numbers), scale, size
        )
    canvas.line([scale(0)] * 2, [0, bottom], color=style.QUIET, lw=0.8)
    foot.draw(canvas, EDGE, bottom + AXIS + 4)
    return canvas


def _row(
    canvas: Canvas,
    view: IndicatorView,
    bar: Bar,
    y: float,
    across: tuple[float, float, float],
    scale: Scale,
    size: float,
) -> None:
    left, names, end = across
    canvas.text(left, y, shorten(bar.row.name, names, size), size)
    if bar.base is None or bar.burden is None:
        if not bar.row.ok:
            canvas.text(end, y, sign_of(bar.row.status), size, ha="right", color=style.QUIET)
        return
    name = judgement(view, bar.row)
    colour = style.MARKED.get(name, style.BAR)
    zero = scale(0)
    upper, lower = y - BAR / 2, y + BAR / 2
    tips = scale(100 * bar.base), scale(100 * bar.burden)
    edged = {"edgecolor": style.QUIET, "lw": 0.6}
    canvas.rect(zero, upper - BAR / 2, tips[0] - zero, BAR, facecolor=BASE, **edged)
    canvas.rect(
        zero, lower - BAR / 2, tips[1] - zero, BAR, facecolor=colour,
        edgecolor=style.edge_of(name), lw=0.6,
    )  # fmt: skip
    canvas.text(
        end, upper - 1, percent(bar.base, places(view)), size, ha="right", color=style.QUIET
    )
    text = with_sign(bar.row, percent(bar.burden, places(view)))
    canvas.text(end, lower + 1, text, size, ha="right", weight="bold")
    draw_marks(canvas, name, end + 3, lower + 1)


def _entries(
    view: IndicatorView, bars: Sequence[Bar], labels: tuple[str, str]
) -> list[legend.Entry]:
    def upper(canvas: Canvas, x: float, y: float) -> None:
        canvas.rect(x, y - 3, 14, 6, facecolor=BASE, edgecolor=style.QUIET, lw=0.6)

    def lower(canvas: Canvas, x: float, y: float) -> None:
        canvas.rect(x, y - 3, 14, 6, facecolor=style.BAR)

    rows = [bar.row for bar in bars]
    return [
        legend.Entry(f"oben: {labels[0]}", 18.0, upper),
        legend.Entry(f"unten, farbig: {labels[1]}", 18.0, lower),
        *legend.judgements(view, rows),
        *legend.states(rows),
    ]


def alt_text(view: IndicatorView, bars: Sequence[Bar]) -> str:
    """The areas with their two shares, as many as fit; then what the figure shows."""
    whom = "Fällen" if view.indicator.art == "rate" else "Kindern"
    what = (
        f"Balken: Anteil an allen und an den gezählten {whom}, {view.indicator.kurztitel}, "
        f"{view.period}."
    )
    missing = [bar.row.status for bar in bars if not bar.row.ok]
    gaps = [f"{missing.count(s)} {status_text(s)}" for s in dict.fromkeys(missing)]
    end = " ".join(filter(None, [what, f"Ohne Wert: {', '.join(gaps)}." if gaps else ""]))
    told: list[str] = []
    shown = [bar for bar in bars if bar.base is not None and bar.burden is not None]
    for n, bar in enumerate(shown):
        assert bar.base is not None and bar.burden is not None
        both = f"{percent(bar.base, places(view))} und {percent(bar.burden, places(view))}"
        one = f"{bar.row.name}: {both}"
        rest = len(shown) - n - 1
        tail = f"; {rest} weitere. {end}" if rest else f". {end}"
        if len("; ".join([*told, one]) + tail) > ALT_LONGEST:
            break
        told.append(one)
    left = len(shown) - len(told)
    more = f"; {left} weitere" if left and told else ""
    start = f"{'; '.join(told)}{more}." if told else ""
    return f"{start} {end}".strip()[:ALT_LONGEST]
