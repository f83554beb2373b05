"""Fonts, colours and sizes of every figure.

Colours say one of three things, in figures, tables, atlas and web pages alike:

- *how much*: tints of a neutral blue-grey (`class_colours`), dark for high values on paper;
- *how it is judged*: `JUDGED`, only of indicators that the catalogue judges; others `UNJUDGED`;
- *whose value it is*: `INK` of the area spoken of, `KOMMUNE`, `VERGLEICH` of other places.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Any

import fontpkg_lato
from matplotlib import font_manager

from spm import published
from spm.presentation import judging
from spm.text.colours import TEXT, contrast

WIDTH = 454
"""Width of a figure in points: 16 cm, the text width of an A4 page."""

PHONE = 270
"""Width of a figure for phones: 360 pixels."""

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

BAR = "#6f8597"
"""Bars of indicators without comparison: the blue-grey of *how much*."""

JUDGED = {
    judging.GUENSTIG2: "#02566e",
    judging.GUENSTIG: "#1f88ae",
    judging.GLEICH: "#8b959c",
    judging.UNGUENSTIG: "#d2761e",
    judging.UNGUENSTIG2: "#8a3a06",
}
"""Favourable and unfavourable, of indicators that the catalogue judges: blue and orange, which
colour-blind readers tell apart; at least 3:1 on white. Signs say the same without colour
(`spm.presentation.figures.marks`)."""

UNJUDGED = {
    judging.HOEHER2: "#26292b",
    judging.HOEHER1: "#5d6367",
    judging.NIEDRIGER1: "#b0b4b7",
    judging.NIEDRIGER2: "#d8dadb",
}
"""Higher is dark and lower is light, as on maps; the light ones have an edge (`edge_of`). Greys as
neutral as those of `CELLS`, so that no light blue reads as "favourable"."""

MARKED = {**JUDGED, **UNJUDGED}
"""Colour of bars, dots and signs by what `spm.presentation.judging.judgement` calls them."""

CELLS = {
    judging.GUENSTIG2: "#8cc0dc",
    judging.GUENSTIG: "#cde7f5",
    judging.GLEICH: "#f3f4f5",
    judging.UNGUENSTIG: "#fbe0c4",
    judging.UNGUENSTIG2: "#f2b173",
    judging.HOEHER2: "#a9afb3",
    judging.HOEHER1: "#cccfd2",
    judging.NIEDRIGER1: "#eaebeb",
    judging.NIEDRIGER2: "#dcdedf",
}
CELLS_DARK = {
    judging.GUENSTIG2: "#1f6c96",
    judging.GUENSTIG: "#17435c",
    judging.GLEICH: "#1c262d",
    judging.UNGUENSTIG: "#553a1a",
    judging.UNGUENSTIG2: "#86550f",
    judging.HOEHER2: "#61676b",
    judging.HOEHER1: "#494f53",
    judging.NIEDRIGER1: "#2c3236",
    judging.NIEDRIGER2: "#393f43",
}
"""Grounds of table cells by the same names, on light and on dark pages; their text reads on all of
them. ``book.css`` and ``book.typ`` repeat them, and a test compares."""

SEQUENTIAL = "#27425d"
DIVERGING = ("#5c4505", SEQUENTIAL)
"""Below and above zero, yellow-brown and blue-grey: the darkest tints of both sides are equally
dark, and neither is a colour that judges.

Neighbouring classes are told apart by readers with and without colour-blindness (a difference of
more than 10 in CIELAB, see ``tests/presentation/test_colours.py``). But five classes between white
and a dark blue cannot each have a contrast of 3:1 to the next, which the accessibility guidelines
ask of colours that alone carry a meaning. So they never do: borders are dark lines cased in white,
and every area bears its value, or the sign in its place; of many areas the smallest have both only
in the table that the caption names.
"""

GRAPHIC = 3.0
"""Least contrast of what carries meaning (WCAG 2.1, criterion 1.4.11, level AA)."""

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

    One ladder of blue-greys, or if zero is a limit, these from zero on and yellow-brown ones below
    it, both with as many tints as the longer side needs.

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


def edge_of(name: str) -> str:
    """The line around a bar or dot: ink where its own colour is too light to be seen on white."""
    colour = MARKED.get(name, BAR)
    return colour if contrast(colour, "#ffffff") >= GRAPHIC else INK


def text_colour(fill: str) -> str:
    """Ink or white, whichever reads on a fill; black on the few shades where neither does."""
    readable = (colour for colour in (INK, "#ffffff") if contrast(colour, fill) >= TEXT)
    return next(readable, "#000000")
