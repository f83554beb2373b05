"""The figure of an indicator: where areas differ, how much, and since when.

A small map if any area differs by more than chance, a dot plot with intervals, and below them the
series in small multiples if there is more than one year.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

import shapely

from spm.presentation import judging
from spm.presentation.figures import choosing, dots, legend, multiples, style
from spm.presentation.figures.canvas import Canvas, text_width, wrap
from spm.presentation.figures.clearmap import draw_clear_map
from spm.presentation.figures.figure import Figure, compared
from spm.presentation.figures.scale import Scale
from spm.presentation.views import IndicatorView
from spm.presentation.wording import blockalt
from spm.presentation.wording.estimates import estimated_years
from spm.presentation.wording.pooling import points_note
from spm.published import GESAMT

if TYPE_CHECKING:
    from spm.presentation.figures.figure import Shapes

EDGE, APART = 2.0, 12.0
TITLE = 11.0
MAP, MOST_MAP = 128.0, 250.0
"""Width of the map beside the dots, and its largest height."""

LEAST_MAP = 84.0
PANELS = 8
"""So many series have a panel."""


def draw_block(
    view: IndicatorView, shapes: Sequence[shapely.Geometry], width: float = style.WIDTH
) -> Canvas:
    """Draw the block; for phones (`style.PHONE`) everything stands below each other.

    Parameters
    ----------
    shapes : outline of every area of the view, in area order, in metres (EPSG:25832).
    """
    choice = choosing.chosen(view)
    stacked = width < style.WIDTH
    mapped = judging.differs(view)
    keys, named = choosing.keys_of(choice.named)
    shown = {} if named or not mapped else keys
    inner = width - 2 * EDGE
    beside = inner if stacked or not mapped else inner - MAP - APART
    measures = dots.measured(view, choice, beside, shown)
    title = wrap(_title(view, choice), inner, style.SMALL, 3)
    top = TITLE * len(title) + 1
    map_box = _map_box(shapes, measures, top, inner, stacked=stacked) if mapped else None
    start = top + map_box[3] + 8 if map_box and stacked else top
    if map_box and not stacked and len(title) == 1 and _over_map(title[0]):
        start = 1.0
    body = start + measures.height
    if map_box and not stacked:
        body = max(body, top + map_box[3] + 4)
    panels = _panels(view, choice, inner)
    flow = legend.flow(_entries(view, choice, panels), inner)
    below = body + (panels.height + 5 if panels else 0)
    canvas = Canvas(below + flow.height + 8, width)
    canvas.lines(EDGE, TITLE / 2, title, style.SMALL, color=style.QUIET)
    left = EDGE if stacked or not mapped else EDGE + MAP + APART
    dots.draw_dots(canvas, view, choice, measures, (left, start, beside), shown)
    if map_box:
        draw_clear_map(canvas, view, shapes, map_box, keys)
    if panels:
        multiples.draw_multiples(canvas, view, panels, EDGE, body + 4)
    flow.draw(canvas, EDGE, below + 5)
    return canvas


def _map_box(
    shapes: Sequence[shapely.Geometry],
    measures: dots.Measures,
    top: float,
    inner: float,
    *,
    stacked: bool,
) -> tuple[float, float, float, float]:
    """Left, top, width, height of the map: as high as the plot beside it."""
    x0, y0, x1, y1 = shapely.total_bounds(list(shapes))
    ratio = (y1 - y0) / max(x1 - x0, 1.0)
    if stacked:
        width = min(inner, 190.0)
        height = min(width * ratio, 160.0)
        return EDGE + (inner - width) / 2, top + 2, width, height
    height = min(max(measures.height - 4, LEAST_MAP), MOST_MAP, max(MAP * ratio, 30.0))
    return EDGE, top + 2, MAP, height


def _over_map(title: str) -> bool:
    """Whether the title needs no more room than the map has, so that the plot begins beside it."""
    return text_width(title, style.SMALL) <= MAP + APART / 2


def _title(view: IndicatorView, choice: choosing.Choice) -> str:
    """What is measured, when; and where the axis begins if not at zero."""
    scale: Scale = dots.scale_of(view, choice, 0, 200)
    return f"{view.axis}, {view.period}{scale.note()}"


def _panels(view: IndicatorView, choice: choosing.Choice, inner: float) -> multiples.Panels | None:
    """Of few areas all, in area order; of many those that differ most clearly."""
    if len(view.years) < 2:
        return None
    if len(view.area_names) <= choosing.FEW:
        return multiples.arranged(view, [raum for raum, _ in view.area_names], inner, band=False)
    room = multiples.per_line(view, [row.raum for row in choice.named], inner)
    most = min(PANELS, room if inner > style.PHONE else 2 * room)
    named = [row.raum for row in choosing.telling(view, choice.named, most)]
    return multiples.arranged(view, named, inner, band=True)


def _entries(
    view: IndicatorView, choice: choosing.Choice, panels: multiples.Panels | None
) -> list[legend.Entry]:
    entries = legend.judgements(view, view.areas)
    if any(row.has_interval for row in choice.named):
        entries.append(legend.interval())
    if choice.rest:
        entries.append(legend.band(f"ein Strich je {view.place.level}"))
    if panels and view.indicator.art != "anzahl" and view.years_with(GESAMT):
        entries.append(legend.municipality(view.place.name))
    entries += legend.states(view.areas if choice.rest else choice.named)
    if panels and estimated_years(view):
        entries.append(legend.estimates())
    if panels and view.breaks:
        # Why stands below the figure, see `spm.presentation.wording.changes.breaks`.
        entries.append(legend.break_line("Werte davor und danach nicht vergleichbar"))
    note = points_note(view) if panels else ""
    return [*entries, *([legend.Entry(note, colour=style.QUIET)] if note else [])]


def _draw(view: IndicatorView, shapes: Shapes, width: float = style.WIDTH) -> Canvas:
    # Only the map needs outlines, and it is drawn only where areas differ.
    return draw_block(view, shapes(view) if judging.differs(view) else (), width)


FIGURE = Figure("block", _draw, blockalt.of_block, compared)
