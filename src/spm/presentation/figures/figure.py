"""What makes a kind of figure."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm.presentation.blocks import daten
from spm.presentation.wording import pooling

if TYPE_CHECKING:
    from collections.abc import Sequence

    import shapely

    from spm.presentation.figures.canvas import Canvas
    from spm.presentation.views import Sicht

    Shapes = Callable[[Sicht], Sequence[shapely.Geometry]]


def in_reporting_year(sicht: Sicht) -> str:
    """Caption of a figure of the reporting year."""
    return f"{daten(sicht.ueberschrift)}, {pooling.unterschrift(sicht)}"


def compared(sicht: Sicht) -> str:
    """Caption of a figure that compares the areas in the reporting year."""
    return f"{in_reporting_year(sicht)}: {daten(sicht.ort.mehrzahl)} im Vergleich"


@dataclass(frozen=True)
class Figure:
    """A kind of figure.

    Parameters
    ----------
    kind : names it: ``kapitel.abbildung(kind, …)``, its file and its key.
    draw : ``draw(sicht, shapes, **options)``; ``shapes(sicht)`` gives the outlines of its areas in
        area order, options are those of the notebook call.
    alt_text : what it shows, for readers who cannot see it.
    caption : in Markdown.
    has_value : whether there is anything to draw; if not, a sentence says so.
    is_wanted : whether it says anything beyond the other figures; if not, it is left out.
    """

    kind: str
    draw: Callable[..., Canvas]
    alt_text: Callable[[Sicht], str]
    caption: Callable[[Sicht], str] = in_reporting_year
    has_value: Callable[[Sicht], bool] = lambda sicht: bool(sicht.published)
    is_wanted: Callable[[Sicht], bool] = lambda sicht: True
