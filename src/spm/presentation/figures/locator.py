"""A small map that shows where an area lies."""

from __future__ import annotations

from collections.abc import Sequence

import shapely
from matplotlib.patches import PathPatch
from shapely.affinity import translate

from spm.presentation.figures import style
from spm.presentation.figures.canvas import Canvas
from spm.presentation.figures.geometry import fit, outline
from spm.presentation.wording.grammar import number_kept

SIZE, EDGE = 110.0, 3.0
LAND, BORDER = "#dde4e8", "#ffffff"
MIDDLE = 0.12
"""So near to the middle line, as a share of the whole extent, an area lies on neither side."""


class LocatorMaps:
    """Locator maps of all areas; outlines are simplified once.

    Parameters
    ----------
    shapes : outline of every area, in area order.
    colour : of the area that a map shows.
    """

    def __init__(self, shapes: Sequence[shapely.Geometry], colour: str) -> None:
        fitted = fit(shapes, SIZE - 2 * EDGE, SIZE - 2 * EDGE)
        self._shapes, self._colour = fitted.shapes, colour
        self._width, self._height = fitted.width + 2 * EDGE, fitted.height + 2 * EDGE
        self._paths = [outline(translate(s, EDGE, EDGE)) for s in fitted.shapes]
        self._land = type(self._paths[0]).make_compound_path(*self._paths)

    def draw(self, place: int) -> Canvas:
        """The map of the area at this place of the order."""
        canvas = Canvas(self._height, self._width)
        canvas.patch(PathPatch(self._land, facecolor=LAND, edgecolor=BORDER, lw=0.5, zorder=1))
        canvas.patch(
            PathPatch(
                self._paths[place], facecolor=self._colour, edgecolor=style.INK, lw=0.8, zorder=2
            )
        )
        return canvas

    def direction(self, place: int) -> str:
        """``"im Nordosten"``, ``"in der Mitte"``."""
        own = self._shapes[place].centroid
        east = own.x / (self._width - 2 * EDGE) - 0.5
        south = own.y / (self._height - 2 * EDGE) - 0.5
        lengthwise = "Nord" if south < -MIDDLE else "Süd" if south > MIDDLE else ""
        across = "Ost" if east > MIDDLE else "West" if east < -MIDDLE else ""
        way = f"{lengthwise}{across}".capitalize()
        return f"im {way}en" if way else "in der Mitte"

    def alttext(self, place: int, name: str) -> str:
        """Where the area lies, with marked parts."""
        return f"Lagekarte: {number_kept(name)} liegt {self.direction(place)} der Kommune."
