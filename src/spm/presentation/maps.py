"""Choropleth map: one indicator in the reporting year."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial

import shapely
from matplotlib.patches import PathPatch, Polygon

from spm.presentation import classes, style
from spm.presentation.canvas import Canvas, text_width, wrap
from spm.presentation.geometry import fit, outline
from spm.presentation.marks import draw_marks, marks_of, marks_width
from spm.presentation.numbers import zahl
from spm.presentation.placing import MUST_PLACE, Label, place
from spm.presentation.views import (
    NICHT_BERECHENBAR,
    NICHT_GELIEFERT,
    UEBER,
    UNTER,
    Sicht,
    Zeile,
)
from spm.presentation.wording.estimates import LEGENDE, ZEICHEN, mit_zeichen
from spm.presentation.wording.grammar import gross, status_text, zeichen

LEGEND = 128.0
MARGIN = 6.0
MAP_WIDTH = style.WIDTH - LEGEND - 3 * MARGIN
MIN_HEIGHT = 180.0
HEIGHTS = {12: 236.0, 30: 330.0}
"""Largest height of a map with up to so many areas: low enough to share a page with the bars."""

MAX_HEIGHT = 440.0
SCALE_ROOM = 22.0
NOTE = 3 * style.SMALL * 1.25
"""Room for what the sign of estimates means."""

BOX = (20.0, 13.0)
LABEL = 8.0
PAPER = "#ffffff"


def draw_map(sicht: Sicht, shapes: Sequence[shapely.Geometry]) -> Canvas:
    """Draw a map with its legend.

    Parameters
    ----------
    shapes : outline of every area of the view, in area order, in metres (EPSG:25832).
    """
    k = sicht.kennzahl
    rows = sicht.areas
    highest = next((height for n, height in HEIGHTS.items() if len(rows) <= n), MAX_HEIGHT)
    fitted = fit(shapes, MAP_WIDTH, highest)
    limits = classes.breaks([row.wert for row in rows if row.ok], k.nachkommastellen)
    colours = _colours(limits)
    legend = _legend_entries(sicht, limits, colours)
    height = max(fitted.height, _legend_height(sicht, legend) + SCALE_ROOM, MIN_HEIGHT) + 2 * MARGIN
    canvas = Canvas(height)
    left = MARGIN + (MAP_WIDTH - fitted.width) / 2
    top = (height - fitted.height) / 2
    moved = [shapely.transform(s, partial(_shift, by=(left, top))) for s in fitted.shapes]
    fills = []
    for row, shape in zip(rows, moved, strict=True):
        fill = _fill(row, limits, colours, k.nachkommastellen)
        fills.append(fill["facecolor"] if row.ok else PAPER)  # hatching needs a quiet ground
        path = outline(shape)
        if row.ok:
            canvas.patch(PathPatch(path, edgecolor=PAPER, lw=0.8, joinstyle="round", **fill))
        else:  # the colour of a hatched patch's edge is the hatching's
            canvas.patch(PathPatch(path, lw=0, **fill))
            canvas.patch(PathPatch(path, fill=False, edgecolor=style.QUIET, lw=0.8))
    border = outline(shapely.union_all(moved))
    canvas.patch(PathPatch(border, fill=False, edgecolor=style.QUIET, lw=0.8))
    _scale_bar(canvas, fitted.point_per_metre, height - MARGIN - 4)
    _labels(canvas, sicht, moved, fills)
    _legend(canvas, sicht, legend, limits)
    return canvas


def _shift(points: object, by: tuple[float, float]) -> object:
    return points + by


def _colours(limits: Sequence[float]) -> list[str]:
    if 0.0 in limits:
        below = limits.index(0.0) + 1
        return style.diverging(below, len(limits) + 1 - below)
    return style.sequential(max(len(limits) + 1, 2))[-(len(limits) + 1) :]


def _fill(
    row: Zeile, limits: Sequence[float], colours: Sequence[str], stellen: int
) -> dict[str, object]:
    if row.ok:
        return {"facecolor": colours[classes.class_of(row.wert, limits, stellen)]}
    return style.FILLS[row.status]


def _labels(
    canvas: Canvas,
    sicht: Sicht,
    shapes: Sequence[shapely.Geometry],
    fills: Sequence[str],
) -> None:
    size = style.TINY if len(shapes) > 12 else LABEL
    texts = [_variants(sicht, row, size) for row in sicht.areas]
    marks = [marks_width(_marked(sicht, row)) for row in sicht.areas]
    sizes = [
        [_extent(lines, size, room) for lines in variants]
        for variants, room in zip(texts, marks, strict=True)
    ]
    frame = (2.0, 2.0, MARGIN + MAP_WIDTH + 2 * MARGIN, canvas.height - 2)
    placed = place(shapes, sizes, frame)
    for row, variants, label, fill in zip(sicht.areas, texts, placed, fills, strict=True):
        if label:
            _write(canvas, label, variants[label.variant], fill, size, _marked(sicht, row))


def _marked(sicht: Sicht, row: Zeile) -> str | None:
    """The class of an area, if the map marks it; among many areas there is room for values only."""
    return row.klasse if len(sicht.areas) <= MUST_PLACE else None


def _variants(sicht: Sicht, row: Zeile, size: float) -> list[list[str]]:
    """The label in full, with a shorter name, and only the value."""
    value = mit_zeichen(row, sicht.zahl(row.wert)) if row.ok else zeichen(row.status)
    full = [*wrap(row.name, 90, size, 1), value]
    words = row.name.split()
    broken = [*(words if 2 <= len(words) <= 3 else wrap(row.name, 52, size, 3)), value]
    return [full, broken, [value]] if broken != full else [full, [value]]


def _extent(lines: Sequence[str], size: float, marks: float = 0.0) -> tuple[float, float]:
    """Width and height of a label; ``marks`` is the room of the triangles beside its last line."""
    last = text_width(lines[-1], size, "bold") + 2 * marks
    return max(last, *(text_width(line, size) for line in lines)) + 3, len(lines) * size * 1.15 + 2


def _write(
    canvas: Canvas,
    label: Label,
    lines: Sequence[str],
    fill: str,
    size: float,
    klasse: str | None,
) -> None:
    on_paper = label.pointer is not None or fill == PAPER
    colour = style.INK if on_paper else style.text_colour(fill)
    height = size * 1.15
    if label.pointer:
        x, y = label.pointer
        canvas.line([label.x, x], [label.y, y], color=PAPER, lw=1.8)
        canvas.line([label.x, x], [label.y, y], lw=0.6)
        canvas.line([x], [y], marker="o", ms=2)
    if on_paper:
        width, tall = _extent(lines, size, marks_width(klasse))
        canvas.rect(label.x - width / 2, label.y - tall / 2, width, tall, facecolor=PAPER, zorder=3)
    for i, line in enumerate(lines):
        last = i == len(lines) - 1
        y = label.y + (i - (len(lines) - 1) / 2) * height
        canvas.text(
            label.x, y, line, size, ha="center", color=colour, weight="bold" if last else "normal"
        )
    end = label.x + text_width(lines[-1], size, "bold") / 2 + 1
    draw_marks(canvas, klasse, end, label.y + (len(lines) - 1) / 2 * height, colour)


def _scale_bar(canvas: Canvas, point_per_metre: float, y: float) -> None:
    """A bar of a round length below the legend."""
    left = canvas.width - LEGEND + 8
    room = (LEGEND - 50) / point_per_metre
    length = max(
        digit * 10.0**power
        for power in range(-1, 7)
        for digit in (1, 2, 5)
        if digit * 10.0**power <= max(room, 0.1)
    )
    width = length * point_per_metre
    for xs, ys in (([0, width], [0, 0]), ([0, 0], [-3, 3]), ([width, width], [-3, 3])):
        canvas.line([left + x for x in xs], [y + d for d in ys], color=style.QUIET)
    text = (
        f"{zahl(length / 1000, 0 if length >= 1000 else 1)} km"
        if length >= 100
        else (f"{zahl(length)} m")
    )
    canvas.text(left + width + 5, y, text, style.SMALL, color=style.QUIET)


Entry = tuple[dict[str, object], str]


def _legend_entries(
    sicht: Sicht, limits: Sequence[float], colours: Sequence[str]
) -> tuple[list[Entry], list[Entry]]:
    """(classes from high to low, other fills)."""
    texts = classes.labels(limits, "%" if sicht.kennzahl.einheit == "%" else "")
    if not texts and sicht.published:
        texts = [sicht.kurz(sicht.published[0].wert)]
    pairs = [({"facecolor": c}, t) for c, t in zip(colours, texts, strict=False)]
    states = dict.fromkeys(row.status for row in sicht.areas if not row.ok)
    others = [(style.FILLS[s], status_text(s)) for s in sorted(states, key=_order)]
    return pairs[::-1], others


def _order(status: str) -> int:
    return (
        (NICHT_GELIEFERT, NICHT_BERECHENBAR).index(status) + 1
        if status in (NICHT_GELIEFERT, NICHT_BERECHENBAR)
        else 0
    )


def _legend_height(sicht: Sicht, legend: tuple[list[Entry], list[Entry]]) -> float:
    marks = 44 if any(marks_of(_marked(sicht, row)) for row in sicht.areas) else 0
    estimates = NOTE if any(row.geschaetzt for row in sicht.areas) else 0
    return 74 + marks + estimates + len(legend[0]) * BOX[1] + len(legend[1]) * (BOX[1] + 18)


def _legend(
    canvas: Canvas,
    sicht: Sicht,
    legend: tuple[list[Entry], list[Entry]],
    limits: Sequence[float],
) -> None:
    k = sicht.kennzahl
    x = canvas.width - LEGEND
    title = wrap(gross(k.kurztitel), LEGEND, style.SMALL, 3, "bold")
    y = canvas.lines(x, MARGIN + 6, title, style.SMALL, weight="bold")
    unit = f"{sicht.einheit}, {sicht.zeitraum}" if k.einheit else sicht.zeitraum
    lines = wrap(unit, LEGEND, style.SMALL, 2)
    y = canvas.lines(x, y, lines, style.SMALL, color=style.QUIET) + 4
    own = sicht.gesamt if sicht.zeigt_kommune_als_vergleich else None
    mark = len(limits) - classes.class_of(own.wert, limits, k.nachkommastellen) if own else -1
    for i, (fill, text) in enumerate(legend[0]):
        canvas.rect(x + 8, y - BOX[1] / 2, *BOX, **fill)
        canvas.text(x + 8 + BOX[0] + 6, y, text, style.SMALL)
        if i == mark:
            _marker(canvas, x, y)
        y += BOX[1]
    if 0.0 in limits:
        y = canvas.lines(x + 8, y + 4, [_zero(sicht)], style.SMALL, color=style.QUIET)
    if own:
        y += 6
        _marker(canvas, x, y)
        name = f"{sicht.ort.name} insgesamt {sicht.kurz(own.wert)}"
        y = canvas.lines(
            x + 8, y, wrap(name, LEGEND - 8, style.SMALL, 3), style.SMALL, color=style.KOMMUNE
        )
    y += 6
    for fill, text in legend[1]:
        canvas.rect(x + 8, y - BOX[1] / 2, *BOX, **({"lw": 0.5} | fill))
        room = LEGEND - BOX[0] - 14
        y = canvas.lines(x + 14 + BOX[0], y, wrap(text, room, style.SMALL, 3), style.SMALL) + 5
    if any(marks_of(_marked(sicht, row)) for row in sicht.areas):
        draw_marks(canvas, UEBER, x + 8, y)
        draw_marks(canvas, UNTER, x + 14, y)
        others = "höher, niedriger als in der jeweils übrigen Kommune"
        lines = wrap(f"{others} (doppelt: deutlich)", LEGEND - 24, style.SMALL, 4)
        y = canvas.lines(x + 24, y, lines, style.SMALL)
    if any(row.geschaetzt for row in sicht.areas):
        lines = wrap(f"{ZEICHEN} {LEGENDE}", LEGEND - 8, style.SMALL, 3)
        canvas.lines(x + 8, y, lines, style.SMALL, color=style.QUIET)


def _zero(sicht: Sicht) -> str:
    """What the two colours of a map with values on both sides of zero say."""
    return "blau: Zunahme, orange: Abnahme" if sicht.ist_veraenderung else "blau: 0 und mehr"


def _marker(canvas: Canvas, x: float, y: float) -> None:
    canvas.patch(
        Polygon(
            [(x, y - 3.5), (x, y + 3.5), (x + 6, y)], closed=True, lw=0, facecolor=style.KOMMUNE
        )
    )
