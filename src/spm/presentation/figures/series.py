"""Time series: the municipality in front of its areas, year by year."""

from __future__ import annotations

from collections.abc import Sequence

from spm.presentation.blocks import from_data
from spm.presentation.figures import style
from spm.presentation.figures.canvas import Canvas, shorten, text_width, wrap
from spm.presentation.figures.figure import Figure
from spm.presentation.figures.lines import DASHES, draw_line, draw_rings, spread
from spm.presentation.figures.panels import draw_panels
from spm.presentation.figures.scale import Scale
from spm.presentation.views import MAX_LINES, IndicatorView
from spm.presentation.wording import alttext
from spm.presentation.wording.estimates import LEGEND, estimated_years
from spm.presentation.wording.pooling import caption_series, points_note
from spm.published import GESAMT

LABELS, FEWER = 112.0, 84.0
"""Room for the names at the ends of the lines, on paper and on phones."""

LEADER = {"color": "#a4afb6", "lw": 0.6, "dashes": (0.7, 1.6)}
"""From a line's end to its name: dotted and pale, so that nobody takes it for data."""

SIZE = style.SMALL
NOTE = SIZE * 1.25
"""Height of a line below the years."""


def _edges(canvas: Canvas) -> tuple[float, float]:
    """Left and right edge of the plot in points."""
    narrow = canvas.width < style.WIDTH
    return (30.0 if narrow else 42.0), canvas.width - (FEWER if narrow else LABELS) - 14


def draw_series(view: IndicatorView, width: float = style.WIDTH) -> Canvas:
    """Draw the years of the series. A year without a number is a gap, never zero."""
    if len(view.area_names) > MAX_LINES:
        return draw_panels(view, width)
    if view.indicator.art == "anzahl":
        return _two_plots(view, width)
    note = wrap(_note(view), width - 4, style.SMALL, 8) if _note(view) else []
    key = NOTE if estimated_years(view) else 0.0
    canvas = Canvas(214 + key + NOTE * len(note) + (4 if note or key else 0), width)
    _plot(canvas, view, (24, 188), [raum for raum, _ in view.area_names], with_total=True)
    _years(canvas, view, 203)
    _estimates(canvas, view, 221)
    canvas.lines(2, 221 + key, note, style.SMALL, color=style.QUIET)
    return canvas


def _note(view: IndicatorView) -> str:
    """What a point stands for, and why a line is interrupted."""
    breaks = [f"Ab {year}: {reason.rstrip('.')}." for year, reason in view.breaks.items()]
    dashed = ["Gestrichelt: Werte davor und danach sind nicht vergleichbar."] if breaks else []
    return " ".join(filter(None, [points_note(view), *dashed, *breaks]))


def _two_plots(view: IndicatorView, width: float) -> Canvas:
    """Counts: the municipality has its own axis, as it is the sum of its areas."""
    canvas = Canvas(272 + (NOTE + 4 if estimated_years(view) else 0), width)
    _plot(canvas, view, (24, 84), [], with_total=True)
    _plot(canvas, view, (118, 246), [raum for raum, _ in view.area_names], with_total=False)
    _years(canvas, view, 261)
    _estimates(canvas, view, 279)
    return canvas


def _estimates(canvas: Canvas, view: IndicatorView, y: float) -> None:
    """What rings and dashes mean, if there are any."""
    if estimated_years(view):
        canvas.line([2, 22], [y, y], color=style.SERIES, lw=1.1, dashes=DASHES)
        draw_rings(canvas, [12], [y], style.SERIES, 3.0)
        canvas.text(27, y, LEGEND, style.SMALL, color=style.QUIET)


def _plot(
    canvas: Canvas,
    view: IndicatorView,
    rows: tuple[float, float],
    areas: Sequence[str],
    *,
    with_total: bool,
) -> None:
    top, bottom = rows
    left, right = _edges(canvas)
    names = dict(view.area_names)
    lines = [(raum, names[raum], False) for raum in areas]
    if with_total:
        lines.append((GESAMT, view.place.name, True))
    known = [v for raum, _, _ in lines for _, v in view.line(raum) if v is not None]
    scale = Scale(known, bottom, top, ticks=5 if bottom - top > 100 else 3, zero=False)
    title = shorten(f"{view.axis}{scale.note()}", canvas.width - 4, style.SMALL)
    canvas.text(2, top - 14, title, style.SMALL, color=style.QUIET)
    ticks = scale.labels(signed=view.signed)
    grid = [(left, y, right, y) for y, _ in ticks]
    canvas.segments(grid, color=style.RULE, lw=0.5)
    for y, label in ticks:
        canvas.text(left - 6, y, label, style.SMALL, ha="right", color=style.QUIET)
    if scale.low < 0 < scale.high:
        canvas.line([left, right], [scale(0)] * 2, color=style.QUIET, lw=0.7)
    for year in view.breaks:
        x = _x(canvas, view, year - 0.5)
        canvas.line([x, x], [top - 2, bottom], color=style.QUIET, lw=0.7, dashes=(2, 2))
    ends = []
    for raum, name, own in lines:
        points = view.line(raum)
        xy = [(_x(canvas, view, year), None if v is None else scale(v)) for year, v in points]
        draw_line(
            canvas,
            xy,
            colour=style.KOMMUNE if own else style.SERIES,
            width=2.2 if own else 1.1,
            dots=4.5 if own else 3.0,
            hollow=view.rings(raum),
        )
        shown = [(x, y) for x, y in xy if y is not None]
        if shown:
            ends.append((*shown[-1], name, own))
    _end_labels(canvas, ends, (top - 6, bottom + 6))


def _x(canvas: Canvas, view: IndicatorView, year: float) -> float:
    first, last = view.years[0], view.years[-1]
    left, right = _edges(canvas)
    if first == last:
        return (left + right) / 2
    return left + 6 + (right - left - 12) * (year - first) / (last - first)


def _end_labels(
    canvas: Canvas,
    ends: Sequence[tuple[float, float, str, bool]],
    limits: tuple[float, float],
) -> None:
    """Name the lines at their ends; labels that would overlap are moved apart."""
    _, right = _edges(canvas)
    room = canvas.width - right - 20
    ordered = sorted(ends, key=lambda end: (end[1], end[2]))
    texts = [_wrapped(name, room, own=own) for _, _, name, own in ordered]
    rows = max((len(lines) for lines in texts), default=1)
    places = spread([end[1] for end in ordered], SIZE * (1.1 * rows + 0.2), limits)
    for (x, y, _, own), lines, place in zip(ordered, texts, places, strict=True):
        weight, colour = ("bold", style.KOMMUNE) if own else ("normal", style.INK)
        canvas.line([x + 4, right + 8, right + 14], [y, place, place], **LEADER)
        first = place - (len(lines) - 1) * SIZE * 0.55
        for i, line in enumerate(lines):
            y = first + i * SIZE * 1.1
            canvas.text(right + 17, y, line, SIZE, weight=weight, color=colour)


def _wrapped(name: str, room: float, *, own: bool) -> list[str]:
    return wrap(name, room, SIZE, 2, "bold" if own else "normal")


def _years(canvas: Canvas, view: IndicatorView, y: float) -> None:
    free = float("-inf")
    for year in view.years:
        x, half = _x(canvas, view, year), text_width(str(year), style.SMALL) / 2
        if x - half > free + 4:
            canvas.text(x, y, str(year), style.SMALL, ha="center", color=style.QUIET)
            free = x + half


def _caption(view: IndicatorView) -> str:
    return f"{from_data(view.heading)}, {caption_series(view, view.years_with())}"


FIGURE = Figure(
    "zeitreihe",
    lambda view, shapes, **width: draw_series(view, **width),
    alttext.of_series,
    _caption,
    has_value=lambda view: bool(view.years_with()),
    is_wanted=lambda view: len(view.years) > 1,
)
