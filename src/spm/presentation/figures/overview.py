"""The map of the Kurzfassung: in how many of the most important indicators each area differs.

It is coloured by what prevails, indicators that are more or less favourable than elsewhere; those
that the catalogue does not judge are not counted. Signs say the same without colour.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import NamedTuple

import numpy as np
import shapely
from matplotlib.patches import PathPatch

from spm.presentation import judging
from spm.presentation.figures import leaders, style
from spm.presentation.figures.canvas import Canvas, shorten, text_width, wrap
from spm.presentation.figures.geometry import borders, centre, fit, outline
from spm.presentation.figures.maplegend import draw_scale_bar
from spm.presentation.figures.overviewlegend import (
    CLEAR,
    LEGEND_WIDTH,
    MEANINGS,
    PAPER,
    draw_below,
    draw_beside,
    fill_of,
)
from spm.presentation.figures.placing import MUST_PLACE, Label, inside, out_of_the_way
from spm.presentation.profile import Differing
from spm.presentation.wording.grammar import capitalised
from spm.text.numbers import NBSP, number_word
from spm.text.permitted import ALT_LONGEST

HEIGHT, MARGIN = 128.0, 5.0
SIZE = style.TINY
LINE, GAP, SCALE = SIZE * 1.2, 10.0, 14.0
"""Height of a label beside the map, its distance from the map, and the room of the scale bar."""

BLANK = 3.0
"""Between a name and its signs."""

LONGEST = 110.0
"""Longer names beside the map are cut."""

NARROW = 40.0
LOW = 0.8
"""A map that is lower than this share of its height, for names beside it, has its legend below."""

NAMED = 4
"""Areas named in the alternative text."""

FEW = 16
"""So many areas are named where there are too many for all."""


def draw_overview(
    counted: Sequence[Differing],
    shapes: Sequence[shapely.Geometry],
    width: float = style.WIDTH,
) -> Canvas:
    """Draw the map with its legend.

    Parameters
    ----------
    counted, shapes : every area and its outline in metres, in area order.
    width : in points; on phones the legend stands below the map.
    """
    kinds = [prevailing(area) for area in counted]
    shown = [kind for kind in MEANINGS if kind in kinds]
    below = width < style.WIDTH
    drawn = _arranged(counted, shapes, width - (0 if below else LEGEND_WIDTH + MARGIN) - 2 * MARGIN)
    if not below and (not drawn.fits or drawn.height < LOW * HEIGHT):
        below, drawn = True, _arranged(counted, shapes, width - 2 * MARGIN)
    explained = _explained(counted, drawn)
    tall = HEIGHT + 2 * MARGIN
    corner = (MARGIN, tall + 6) if below else (width - LEGEND_WIDTH, MARGIN + 8)
    draw_legend = draw_below if below else draw_beside
    end = draw_legend(Canvas(1.0, width), shown, explained, corner)
    canvas = Canvas(max(tall, end), width)
    for shape, kind in zip(drawn.shapes, kinds, strict=True):
        canvas.patch(PathPatch(outline(shape), lw=0, facecolor=fill_of(kind)))
    lines = borders(drawn.shapes)
    for colour, width in ((PAPER, 1.6), (style.QUIET, 0.6)):
        ends = {"joinstyle": "round", "capstyle": "round"}
        canvas.patch(PathPatch(lines, fill=False, edgecolor=colour, lw=width, zorder=2, **ends))
    _labels(canvas, counted, drawn)
    draw_legend(canvas, shown, explained, corner)
    draw_scale_bar(canvas, drawn.point_per_metre, MARGIN, HEIGHT + MARGIN - 4)
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


class _Arranged(NamedTuple):
    """Areas in points, labels on them, and of the others the site and the slot beside the map.

    ``fits``: whether the names beside the map have room.
    """

    shapes: list[shapely.Geometry]
    point_per_metre: float
    height: float
    fits: bool
    on_map: list[Label | None]
    beside: dict[int, tuple[leaders.Point, leaders.Slot]]


def _arranged(
    counted: Sequence[Differing], shapes: Sequence[shapely.Geometry], room: float
) -> _Arranged:
    """The map as large as names beside it allow, in a room of this width."""
    named = _named(counted)
    sizes = [[_extent(lines) for lines in _variants(counted[i])] for i in named]
    aside = 0.0
    while True:
        fitted = fit(shapes, max(room - 2 * aside, NARROW), HEIGHT)
        by = (MARGIN + (room - fitted.width) / 2, MARGIN + (HEIGHT - fitted.height) / 2)
        moved = [shapely.transform(s, partial(_shift, by=by)) for s in fitted.shapes]
        frame = (by[0] - 2, 2.0, by[0] + fitted.width + 2, HEIGHT + 2 * MARGIN - 2)
        own = [moved[i] for i in named]
        found, written = inside(own, sizes, frame, small_first=True)
        late = [i for i, label in zip(named, found, strict=True) if not label]
        wide = max((_beside_width(counted[i]) for i in late), default=0.0) + GAP
        fits = not late or by[0] - MARGIN >= wide - 0.01
        if fits or aside >= wide:
            break
        aside = wide
    columns = (
        (0.0, 0.0, by[0] - GAP, HEIGHT + MARGIN - SCALE),
        (by[0] + fitted.width + GAP, 0.0, 0.0, HEIGHT + MARGIN),
    )
    line = LINE
    while len(free := leaders.slots(columns, line)) < len(late):
        line *= 0.95
    sites = [centre(moved[i]) for i in late]
    chosen = leaders.assign(sites, free, moved, late, written)
    beside = {i: (site, free[j]) for i, site, j in zip(late, sites, chosen, strict=True)}
    lines = shapely.MultiLineString([[site, slot[:2]] for site, slot in beside.values()])
    labels: list[Label | None] = [None] * len(counted)
    for i, label in zip(named, out_of_the_way(own, found, sizes, frame, lines), strict=True):
        labels[i] = label
    return _Arranged(
        shapes=moved,
        point_per_metre=fitted.point_per_metre,
        height=fitted.height,
        fits=fits,
        on_map=labels,
        beside=beside,
    )


def _named(counted: Sequence[Differing]) -> list[int]:
    """All areas; of too many those in which most indicators differ, if these are few."""
    if len(counted) <= MUST_PLACE:
        return list(range(len(counted)))
    often = [area.unfavourable + area.favourable for area in counted]
    for least in range(1, max(often) + 1):
        chosen = [i for i, n in enumerate(often) if n >= least]
        if len(chosen) <= FEW:
            return chosen
    return []


def _labels(canvas: Canvas, counted: Sequence[Differing], drawn: _Arranged) -> None:
    for area, label in zip(counted, drawn.on_map, strict=True):
        if label:
            lines = _variants(area)[label.variant]
            for i, line in enumerate(lines):
                y = label.y + (i - (len(lines) - 1) / 2) * SIZE * 1.15
                weight = "bold" if i == len(lines) - 1 else "normal"
                canvas.text(label.x, y, line, SIZE, ha="center", weight=weight)
    for ink, thick in ((PAPER, 1.8), (style.INK, 0.6)):  # no casing covers another leader
        for site, slot in drawn.beside.values():
            canvas.line([slot.x, site[0]], [slot.y, site[1]], color=ink, lw=thick)
    for i, (site, slot) in drawn.beside.items():
        canvas.line([site[0]], [site[1]], marker="o", ms=2)
        name, sign = shorten(counted[i].name, LONGEST, SIZE), signed(counted[i])
        left = slot.x - _beside_width(counted[i]) - 2 if slot.ends else slot.x + 2
        canvas.text(left, slot.y, name, SIZE)
        canvas.text(left + text_width(name, SIZE) + BLANK, slot.y, sign, SIZE, weight="bold")


def _variants(area: Differing) -> list[list[str]]:
    return [[*wrap(area.name, 80, SIZE, 2), signed(area)]]


def _extent(lines: Sequence[str]) -> tuple[float, float]:
    widths = [*(text_width(line, SIZE) for line in lines[:-1]), text_width(lines[-1], SIZE, "bold")]
    return max(widths) + 3, len(lines) * SIZE * 1.15 + 2


def _beside_width(area: Differing) -> float:
    name = shorten(area.name, LONGEST, SIZE)
    return text_width(name, SIZE) + BLANK + text_width(signed(area), SIZE, "bold")


def _explained(counted: Sequence[Differing], drawn: _Arranged) -> list[str]:
    """What the signs on this map say, by one of its areas; and which areas have a name on it."""
    named = [i for i, label in enumerate(drawn.on_map) if label or i in drawn.beside]
    told = [counted[i] for i in named]
    both = [a for a in told if a.unfavourable and a.favourable]
    some = [a for a in told if a.unfavourable or a.favourable]
    texts = []
    if area := next(iter(both or some), None):
        ways = ((area.unfavourable, "ungünstiger"), (area.favourable, "günstiger"))
        said = " und ".join(f"bei {_indicators(n)} {word}" for n, word in ways if n)
        texts.append(f"Lesebeispiel: {area.name}, {signed(area)}: {said}.")
    if told and len(told) < len(counted):
        least = min(area.unfavourable + area.favourable for area in told)
        texts.append(f"Mit Namen: wo {_indicators(least, 'mindestens ')} so abweichen.")
    return texts


def _indicators(n: int, before: str = "") -> str:
    return "einer Kennzahl" if n == 1 and not before else f"{before}{number_word(n)} Kennzahlen"
