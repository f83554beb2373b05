"""Labels in two columns beside a map, with leader lines that do not cross each other."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import shapely

from spm.presentation.figures.placing import Box

FOREIGN, WRITTEN = 1.0, 150.0
"""What a leader costs more for every point in another area, and for every label that it crosses.

A point of its length costs 1.
"""

Point = tuple[float, float]


class Slot(NamedTuple):
    """A free line of a column: where its leader begins, and whether the text ends there."""

    x: float
    y: float
    ends: bool


def slots(columns: Sequence[Box], height: float) -> list[Slot]:
    """The lines of both columns, from above.

    Parameters
    ----------
    columns : the left and the right one, from top to bottom.
    height : of one label.
    """
    found = []
    for column, ends in zip(columns, (True, False), strict=True):
        x = column[2] if ends else column[0]
        count = max(int((column[3] - column[1]) / height), 0)
        step = (column[3] - column[1]) / max(count, 1)
        found += [Slot(x, column[1] + (i + 0.5) * step, ends) for i in range(count)]
    return found


def assign(
    sites: Sequence[Point],
    free: Sequence[Slot],
    shapes: Sequence[shapely.Geometry],
    own: Sequence[int],
    written: Sequence[Box],
) -> list[int]:
    """The slot of every site: short leaders that avoid other areas and labels, and never cross.

    Parameters
    ----------
    sites : what the leaders point to.
    free : as many slots at least.
    shapes, own : all areas, and which one is the site's.
    written : labels on the map.
    """
    if not sites:
        return []
    cost = np.array(
        [
            [_cost(site, slot, shapes, i, written) for slot in free]
            for site, i in zip(sites, own, strict=True)
        ]
    )
    chosen = _cheap(cost)
    _uncross(sites, free, chosen)
    return chosen


def _cost(
    site: Point,
    slot: Slot,
    shapes: Sequence[shapely.Geometry],
    own: int,
    written: Sequence[Box],
) -> float:
    line = shapely.LineString([(slot.x, slot.y), site])
    others = sum(
        line.intersection(shape).length
        for i, shape in enumerate(shapes)
        if i != own and shape.intersects(line)
    )
    labels = sum(shapely.box(*box).intersects(line) for box in written)
    return round(line.length + FOREIGN * others + WRITTEN * labels, 6)


def _cheap(cost: np.ndarray) -> list[int]:
    """Cheap slots for all: the dearest site chooses first, then slots are changed while it pays."""
    count, places = cost.shape
    chosen = [-1] * count
    for i in sorted(range(count), key=lambda i: (-cost[i].min(), i)):
        taken = set(chosen)
        chosen[i] = min((j for j in range(places) if j not in taken), key=lambda j: cost[i, j])
    better = True
    while better:
        better = False
        for i in range(count):
            for j in range(places):
                if j == chosen[i]:
                    continue
                other = chosen.index(j) if j in chosen else None
                gain = cost[i, chosen[i]] - cost[i, j]
                if other is not None:
                    gain += cost[other, j] - cost[other, chosen[i]]
                if gain > 1e-6:
                    if other is not None:
                        chosen[other] = chosen[i]
                    chosen[i] = j
                    better = True
    return chosen


def _uncross(sites: Sequence[Point], free: Sequence[Slot], chosen: list[int]) -> None:
    """Change the slots of leaders that cross until none do: every change makes them shorter."""

    def line(site: int, slot: int) -> shapely.LineString:
        return shapely.LineString([free[slot][:2], sites[site]])

    pairs = list(itertools.combinations(range(len(sites)), 2))
    crossing = True
    while crossing:
        crossing = False
        for a, b in pairs:
            one, two = line(a, chosen[a]), line(b, chosen[b])
            if not one.intersects(two):
                continue
            shorter = line(a, chosen[b]).length + line(b, chosen[a]).length
            if shorter < one.length + two.length - 1e-6:
                chosen[a], chosen[b] = chosen[b], chosen[a]
                crossing = True
