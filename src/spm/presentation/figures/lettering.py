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
    from uharfbuzz import Face

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
    """Do beforehand what every figure needs."""
    for weight in WEIGHTS:
        _woff(weight, "")


def _face(weight: str, letters: str) -> str:
    return (
        f"@font-face{{font-family:Lato;font-weight:{WEIGHTS[weight][1]};"
        f"src:url(data:font/woff;base64,{_woff(weight, letters)})}}"
    )


@cache
def _woff(weight: str, letters: str) -> str:
    """A WOFF file of some letters, in base 64; the same letters give the same bytes.

    Not WOFF2: that is a fifth smaller and takes twenty times as long, for every figure.
    """
    from fontTools.ttLib import TTFont

    font = TTFont(io.BytesIO(_subset(weight, letters)), lazy=True, recalcTimestamp=False)
    font.flavor = "woff"
    buffer = io.BytesIO()
    font.save(buffer)
    return base64.b64encode(buffer.getvalue()).decode("ascii")


@cache
def _font(weight: str) -> Face:
    import uharfbuzz

    name = f"Lato-{WEIGHTS[weight][0]}.ttf"
    return uharfbuzz.Face((Path(fontpkg_lato.ROOT) / "files" / name).read_bytes())


@cache
def _common(weight: str) -> frozenset[int]:
    """Code points that the font has."""
    return frozenset(_font(weight).unicodes)


def _subset(weight: str, letters: str) -> bytes:
    """The font with nothing but some letters, their kerning, its names and licence."""
    from uharfbuzz import SubsetFlags, SubsetInput, SubsetInputSets, subset

    wanted = SubsetInput()
    for what, content in (
        (SubsetInputSets.UNICODE, map(ord, letters)),
        (SubsetInputSets.LAYOUT_FEATURE_TAG, [_tag("kern")]),
        (SubsetInputSets.NAME_ID, [0, 1, 2, 13, 14]),
    ):
        chosen = wanted.sets(what)
        chosen.clear()
        chosen.update(content)
    dropped = wanted.sets(SubsetInputSets.DROP_TABLE_TAG)
    dropped.update(map(_tag, ("DSIG", "GSUB", "gasp")))
    wanted.flags = (
        SubsetFlags.NO_HINTING  # at the size of print nobody sees it
        | SubsetFlags.NOTDEF_OUTLINE
        | SubsetFlags.NO_LAYOUT_CLOSURE
    )
    data: bytes = subset(_font(weight), wanted).blob.data
    return data


def _tag(name: str) -> int:
    return int.from_bytes(name.encode("ascii"), "big")
