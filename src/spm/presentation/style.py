"""Fonts, colours and sizes of every figure."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_lato
from matplotlib import font_manager
from matplotlib.colors import to_rgb

WIDTH = 454
"""Width of a figure in points: 16 cm, the text width of an A4 page."""

PAGE = 620
"""Largest height of a figure in points, so that it fits on a page together with its caption."""

SIZE, SMALL, TINY = 9.0, 8.0, 7.5
"""Text sizes in points; ``TINY`` only where there are too many areas for more.

Figures are printed in the size they are drawn in, and 7.5 points is the least that reads well.
"""

INK = "#1f2933"
QUIET = "#5f6b75"
"""Secondary text: 5.4:1 on white."""

RULE = "#d3dade"
SERIES = "#98a4ac"
"""Lines of single areas behind the municipality."""

KOMMUNE = "#7a1f5c"
"""The municipality's own value, in every figure."""

VERGLEICH = QUIET
"""Values of other places."""

BAR = "#4d8bab"
"""Bars of indicators without comparison."""

KLASSEN = {
    "deutlich_ueber": "#0f3a57",
    "ueber": "#3c7ea6",
    "wie": "#8496a1",
    "unter": "#bf8020",
    "deutlich_unter": "#7d4508",
}
"""Areas above, like and below the others: blue and brown for colour-blind readers, at least 3:1 on
white; triangles say the same without colour (`spm.presentation.marks`)."""

SEQUENTIAL = "#13506f"
DIVERGING = ("#b8741a", "#13506f")
"""Below and above zero."""

FILLS = {
    "gesperrt": {"facecolor": "#ffffff", "hatch": "////", "edgecolor": "#8a949b"},
    "absender_gesperrt": {"facecolor": "#ffffff", "hatch": "xxxx", "edgecolor": "#8a949b"},
    "nicht_geliefert": {"facecolor": "#eceff1", "hatch": "...", "edgecolor": "#8a949b"},
    "nicht_berechenbar": {"facecolor": "#d5dadd", "hatch": None, "edgecolor": "#d5dadd"},
}
"""How an area without a number is filled, by status."""

FAMILY = ["Lato", "DejaVu Sans"]
"""DejaVu (part of matplotlib) for letters that Lato does not have."""

RC: dict[str, Any] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "spm",
    "hatch.linewidth": 0.5,
}
"""Settings while a figure is written."""


@cache
def register_fonts() -> None:
    """Make the cuts of Lato that figures use known to matplotlib."""
    folder = Path(fontpkg_lato.__file__).parent / "files"
    for cut in ("Regular", "Bold", "Italic", "BoldItalic"):
        font_manager.fontManager.addfont(folder / f"Lato-{cut}.ttf")


def sequential(n: int) -> list[str]:
    """Colours of n classes from light to dark."""
    return _tints(SEQUENTIAL, n)


def diverging(below: int, above: int) -> list[str]:
    """Colours of classes below and above zero, lightest beside zero.

    Both sides share one ladder of tints: one class of small losses is not as dark as the highest of
    three classes of growth.
    """
    steps = max(below, above)
    down, up = (_tints(colour, steps) for colour in DIVERGING)
    return down[:below][::-1] + up[:above]


def _tints(colour: str, n: int) -> list[str]:
    from seaborn import light_palette  # takes a second; tables and sentences do without

    # The first tint is the paper's white and is left out.
    return light_palette(colour, n_colors=n + 1).as_hex()[1:]


def text_colour(fill: str) -> str:
    """Ink or white, whichever reads better on a fill (WCAG relative luminance)."""
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in to_rgb(fill)]
    luminance = sum(f * c for f, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return INK if luminance > 0.2 else "#ffffff"
