"""The colours of the printed figures for the atlas, in light and dark, as CSS variables.

On dark pages a colour keeps the contrast that it has on paper, so that what stands out in print
stands out there: of a map the highest class is the brightest instead of the darkest.
"""

from __future__ import annotations

import colorsys
from collections.abc import Sequence

from matplotlib.colors import to_hex, to_rgb

from spm.book.design import DARK
from spm.presentation.figures import style
from spm.presentation.figures.classes import MAX_CLASSES
from spm.text.colours import PAPER, TEXT, contrast, mixed

LADDER = range(1, MAX_CLASSES + 1)
"""Numbers of tints that a map may need."""

INK_ON_DARK = "#e4eaed"
STEPS = 200
CALM = 0.65
"""Largest saturation (HLS) of a colour on dark pages."""

GROUND = 0.12
"""How far the darkest tint of a dark map is from the ground."""


def class_colours(limits: Sequence[float]) -> list[str]:
    """Names of the variables of a map's classes, from low to high: ``"viel-4-1"``, …

    Which tints, says the same rule as in printed maps.
    """
    return [
        f"{'unter-null' if below else 'viel'}-{steps}-{i}"
        for below, steps, i in style.class_tints(limits)
    ]


def variables() -> str:
    """The style sheet with all colours that depend on `spm.presentation.figures.style`."""
    light, dark = _light(), _dark()
    if set(light) != set(dark):
        raise AssertionError("a colour is missing for light or dark pages")
    return (
        f".atlas {{\n{_lines(light)}}}\n"
        f"@media (prefers-color-scheme: dark) {{\n.atlas {{\n{_lines(dark)}}}\n}}\n"
        f"@media print {{\n.atlas {{\n{_lines(light)}}}\n}}\n"
    )


def _lines(colours: dict[str, str]) -> str:
    return "".join(f"  --{name}: {colour};\n" for name, colour in colours.items())


def _light() -> dict[str, str]:
    found = {
        "kommune": style.KOMMUNE,
        "tinte": style.INK,
        "leise-tinte": style.QUIET,
        "raster": style.RULE,
        "reihe": style.SERIES,
        "balken": style.BAR,
        "papier": PAPER,
    }
    found |= {f"klasse-{name}": colour for name, colour in style.MARKED.items()}
    found |= {f"rand-{name}": style.edge_of(name) for name in style.MARKED}
    found |= {f"zeichen-{name}": _sign(colour) for name, colour in style.MARKED.items()}
    for n in LADDER:
        for i, colour in enumerate(style.sequential(n), start=1):
            found |= _with_text(f"viel-{n}-{i}", colour)
        for i, colour in enumerate(style.diverging(n, n)[:n][::-1], start=1):
            found |= _with_text(f"unter-null-{n}-{i}", colour)
    return found


def _dark() -> dict[str, str]:
    found = {
        "kommune": _mirrored(style.KOMMUNE),
        "tinte": INK_ON_DARK,
        "leise-tinte": _mirrored(style.QUIET),
        "raster": mixed(DARK, INK_ON_DARK, 0.16),
        "reihe": mixed(DARK, INK_ON_DARK, 0.42),
        "balken": _mirrored(style.BAR),
        "papier": DARK,
    }
    found |= {f"klasse-{name}": _mirrored(colour) for name, colour in style.MARKED.items()}
    pale = [name for name, colour in style.MARKED.items() if style.edge_of(name) != colour]
    found |= {f"klasse-{name}": _dimmed(style.MARKED[name]) for name in pale}
    found |= {f"rand-{name}": _mirrored(style.edge_of(name)) for name in style.MARKED}
    found |= {f"zeichen-{name}": _sign(found[f"klasse-{name}"]) for name in style.MARKED}
    for name, colour in (("viel", style.SEQUENTIAL), ("unter-null", style.DIVERGING[0])):
        bright = _lifted(colour, contrast(style.SEQUENTIAL, PAPER))
        for n in LADDER:
            for i in range(1, n + 1):
                share = GROUND + (1 - GROUND) * i / n
                found |= _with_text(f"{name}-{n}-{i}", mixed(DARK, bright, share))
    return found


def _sign(fill: str) -> str:
    """White or black on a disc of that colour."""
    return PAPER if contrast(PAPER, fill) >= style.GRAPHIC else style.INK


def _dimmed(colour: str) -> str:
    """As near to the ground of dark pages as a pale colour is to paper; it has an edge."""
    shares = (step / STEPS for step in range(STEPS))
    tried = (mixed(DARK, INK_ON_DARK, share) for share in shares)
    return next((c for c in tried if contrast(c, DARK) >= contrast(colour, PAPER)), INK_ON_DARK)


def _mirrored(colour: str) -> str:
    return _lifted(colour, contrast(colour, PAPER))


def _lifted(colour: str, ratio: float) -> str:
    """The same hue, so light that it has a contrast with the ground of dark pages."""
    hue, lightness, saturation = colorsys.rgb_to_hls(*to_rgb(colour))
    saturation = min(saturation, CALM)  # what is deep on paper would be neon in the dark
    for step in range(STEPS + 1):
        share = step / STEPS
        tried = to_hex(colorsys.hls_to_rgb(hue, lightness + (1 - lightness) * share, saturation))
        if contrast(tried, DARK) >= ratio:
            return tried
    return PAPER


def _with_text(name: str, fill: str) -> dict[str, str]:
    inks = (style.text_colour(fill), PAPER, style.INK, "#000000")
    legible = next(ink for ink in inks if contrast(ink, fill) >= TEXT)
    return {name: fill, f"{name}-schrift": legible}
