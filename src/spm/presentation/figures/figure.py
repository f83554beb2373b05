"""What makes a kind of figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm.presentation.blocks import from_data
from spm.presentation.wording import pooling

if TYPE_CHECKING:
    from collections.abc import Sequence

    import shapely

    from spm.presentation.figures.canvas import Canvas
    from spm.presentation.views import IndicatorView

    Shapes = Callable[[IndicatorView], Sequence[shapely.Geometry]]


def in_reporting_year(view: IndicatorView) -> str:
    """Caption of a figure of the reporting year."""
    return f"{from_data(view.heading)}, {pooling.caption_year(view)}"


def compared(view: IndicatorView) -> str:
    """Caption of a figure that compares the areas in the reporting year."""
    return f"{in_reporting_year(view)}: {from_data(view.place.plural)} im Vergleich"


@dataclass(frozen=True)
class Figure:
    """A kind of figure.

    Parameters
    ----------
    kind : names it: ``kapitel.abbildung(kind, …)``, its file and its key.
    draw : ``draw(sicht, shapes, **options)``; ``shapes(sicht)`` gives the outlines of its areas in
        area order, options are those of the notebook call; ``width`` in points, for phones.
    alt_text : what it shows, for readers who cannot see it.
    caption : in Markdown.
    has_value : whether there is anything to draw; if not, a sentence says so.
    is_wanted : whether it says anything beyond the other figures; if not, it is left out.
    instead : a sentence in place of a figure that would mislead; empty: the figure is drawn.
    """

    kind: str
    draw: Callable[..., Canvas]
    alt_text: Callable[[IndicatorView], str]
    caption: Callable[[IndicatorView], str] = in_reporting_year
    has_value: Callable[[IndicatorView], bool] = lambda view: bool(view.published)
    is_wanted: Callable[[IndicatorView], bool] = lambda view: True
    instead: Callable[[IndicatorView], str] = lambda view: ""
