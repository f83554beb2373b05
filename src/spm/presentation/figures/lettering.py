"""Letters inside a figure: a small cut of the report's font travels with every SVG file."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterable, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import fontpkg_lato

if TYPE_CHECKING:
    from fontTools.ttLib import TTFont

LETTERS = frozenset(
    chr(code)
    for first, last in ((0x20, 0x7E), (0xA0, 0x24F), (0x2010, 0x2026))
    for code in range(first, last + 1)
) | frozenset("‰≈≠≤≥−√∞←↑→↓€ẞ")
"""What may be text: the letters of the languages written with Latin ones, and signs."""

WEIGHTS = {"normal": ("Regular", 400), "bold": ("Bold", 700)}
"""Cut of the font and its CSS weight, by matplotlib's name of the weight."""

_STYLE = re.compile(r"(<style type=\"text/css\">)")
_UNTURNED = re.compile(r"(<text [^>]*?) transform=\"rotate\(-0 [^\"]*\"")


def drawn_as_text(text: str, weight: str) -> bool:
    """Whether the font has all letters; other texts are drawn as outlines of a wider font."""
    return LETTERS.issuperset(text) and all(ord(c) in _common(weight) for c in text)


def with_fonts(svg: str, used: Mapping[str, Iterable[str]]) -> str:
    """An SVG with the font for its texts inside, so that it looks the same wherever it is shown.

    Parameters
    ----------
    svg : as matplotlib writes it.
    used : letters by weight.
    """
    faces = "".join(_face(weight, "".join(sorted(set(used[weight])))) for weight in sorted(used))
    svg = _UNTURNED.sub(r"\1", svg)  # a third of the file, and it says nothing
    return _STYLE.sub(lambda found: f"{found[1]}{faces}", svg, count=1)


def prepare() -> None:
    """Do beforehand what every figure needs, half a second per process."""
    for weight in WEIGHTS:
        _common(weight)


def _face(weight: str, letters: str) -> str:
    return (
        f"@font-face{{font-family:Lato;font-weight:{WEIGHTS[weight][1]};"
        f"src:url(data:font/woff2;base64,{_woff2(weight, letters)})}}"
    )


@cache
def _woff2(weight: str, letters: str) -> str:
    """A WOFF2 file of some letters, in base 64; the same letters give the same bytes."""
    font = _subset(io.BytesIO(_latin(weight)), letters)
    font.flavor = "woff2"
    return base64.b64encode(_bytes(font)).decode("ascii")


@cache
def _latin(weight: str) -> bytes:
    """The font with nothing but ``LETTERS``: to cut from it is quick."""
    name = f"Lato-{WEIGHTS[weight][0]}.ttf"
    return _bytes(_subset(Path(fontpkg_lato.ROOT) / "files" / name, LETTERS))


@cache
def _common(weight: str) -> frozenset[int]:
    """Code points that the font has."""
    from fontTools.ttLib import TTFont

    return frozenset(TTFont(io.BytesIO(_latin(weight)), lazy=True).getBestCmap())


def _subset(source: Path | io.BytesIO, letters: Iterable[str]) -> TTFont:
    from fontTools import subset  # a quarter of a second; sentences do without
    from fontTools.ttLib import TTFont

    options = subset.Options(
        hinting=False,  # at the size of print nobody sees it
        layout_features=["kern"],
        name_IDs=[0, 1, 2, 13, 14],  # names and licence
        notdef_outline=True,
        recalc_timestamp=False,
    )
    options.drop_tables += ["DSIG"]
    font = TTFont(source, lazy=True, recalcTimestamp=False)
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=[ord(letter) for letter in letters])
    cutter.subset(font)
    return font


def _bytes(font: TTFont) -> bytes:
    buffer = io.BytesIO()
    font.save(buffer)
    return buffer.getvalue()
