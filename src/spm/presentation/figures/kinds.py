"""All kinds of figures: a new one is a module with its `Figure`, and a line here."""

from __future__ import annotations

from spm.errors import SpmError, nearest
from spm.presentation.figures import bars, block, funnel, maps, series
from spm.presentation.figures.figure import Figure

FIGURES = {
    figure.kind: figure
    for figure in (block.FIGURE, maps.FIGURE, bars.FIGURE, series.FIGURE, funnel.FIGURE)
}


def kind_of(name: str) -> Figure:
    """The kind of figure that a notebook names.

    Raises
    ------
    SpmError
        There is none of this name.
    """
    if name not in FIGURES:
        raise SpmError(
            f"Eine Abbildung der Art «{name}» gibt es nicht.{nearest(name, FIGURES)}",
            wo=f'kapitel.abbildung("{name}", …)',
            tun=f"Bitte eine von diesen nennen: {', '.join(FIGURES)}.",
        )
    return FIGURES[name]
