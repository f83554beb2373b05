"""Fonts, colours and sizes of every figure."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_lato
from matplotlib import font_manager

from spm import published
from spm.text.colours import TEXT, contrast

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
SERIES = "#828f97"
"""Lines of single areas behind the municipality: 3.3:1 on white."""

KOMMUNE = "#7a1f5c"
"""The municipality's own value, in every figure."""

VERGLEICH = QUIET
"""Values of other places."""

BAR = "#4d8bab"
"""Bars of indicators without comparison."""

KLASSEN = {
    published.DEUTLICH_UEBER: "#0f3a57",
    published.UEBER: "#3c7ea6",
    published.WIE: "#8496a1",
    published.UNTER: "#bf8020",
    published.DEUTLICH_UNTER: "#7d4508",
}
"""Areas above, like and below the others: blue and brown for colour-blind readers, at least 3:1 on
white; triangles say the same without colour (`spm.presentation.figures.marks`)."""

SEQUENTIAL = "#13506f"
DIVERGING = ("#7d4508", "#13506f")
"""Below and above zero: the darkest tints of both sides are equally dark.

Neighbouring classes are told apart by readers with and without colour-blindness (a difference of
more than 10 in CIELAB, see ``tests/presentation/test_colours.py``). But five classes between white
and a dark blue cannot each have a contrast of 3:1 to the next, which the accessibility guidelines
ask of colours that alone carry a meaning. So they never do: borders are dark lines cased in white,
and every area bears its value, or the sign in its place; of many areas the smallest have both only
in the table that the caption names.
"""

HATCHING = "#78848c"
"""3.9:1 on white."""

FILLS = {
    published.GESPERRT: {"facecolor": "#ffffff", "hatch": "////", "edgecolor": HATCHING},
    published.ABSENDER_GESPERRT: {"facecolor": "#ffffff", "hatch": "xxxx", "edgecolor": HATCHING},
    published.NICHT_GELIEFERT: {"facecolor": "#ffffff", "hatch": "...", "edgecolor": HATCHING},
    published.NICHT_BERECHENBAR: {"facecolor": "#ffffff", "hatch": "---", "edgecolor": HATCHING},
}
"""How an area without a number is filled, by status."""

FAMILY = ["Lato", "DejaVu Sans"]
"""DejaVu (part of matplotlib) for letters that Lato does not have."""

RC: dict[Any, Any] = {
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


def class_tints(limits: Sequence[float]) -> list[tuple[bool, int, int]]:
    """The tints of a map's classes, from low to high.

    One ladder of blues, or if zero is a limit, blues from zero on and browns below it, both with as
    many tints as the longer side needs.

    Returns
    -------
    list of (bool, int, int)
        Below zero or not; number of tints of the ladder; which of them, from 1 (lightest).
    """
    n = len(limits) + 1
    if 0.0 not in limits:
        steps = max(n, 2)  # one class alone takes the darker of two
        return [(False, steps, i) for i in range(steps - n + 1, steps + 1)]
    below = list(limits).index(0.0) + 1
    steps = max(below, n - below)
    down = [(True, steps, i) for i in range(below, 0, -1)]
    return down + [(False, steps, i) for i in range(1, n - below + 1)]


def class_colours(limits: Sequence[float]) -> list[str]:
    """Colours of a map's classes on paper, from low to high; see `class_tints`."""
    return [
        _tints(DIVERGING[0] if low else SEQUENTIAL, n)[i - 1] for low, n, i in class_tints(limits)
    ]


def _tints(colour: str, n: int) -> list[str]:
    from seaborn import light_palette  # takes a second; tables and sentences do without

    # The first tint is the paper's white and is left out.
    return light_palette(colour, n_colors=n + 1).as_hex()[1:]


def text_colour(fill: str) -> str:
    """Ink or white, whichever reads on a fill; black on the few shades where neither does."""
    readable = (colour for colour in (INK, "#ffffff") if contrast(colour, fill) >= TEXT)
    return next(readable, "#000000")
