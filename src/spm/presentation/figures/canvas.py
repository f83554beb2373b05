"""A figure measured in points: what is drawn is where it was put, and text is measured first."""

from __future__ import annotations

import io
import re
from collections.abc import Iterable, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import matplotlib
from matplotlib.artist import Artist
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.lines import Line2D
from matplotlib.patches import Patch, Rectangle
from matplotlib.path import Path as Outline
from matplotlib.text import Text
from matplotlib.textpath import text_to_path
from matplotlib.transforms import IdentityTransform, TransformedPath

from spm.presentation.figures import lettering, style
from spm.presentation.figures.compact import compacted

NAN = float("nan")
_NOWHERE = TransformedPath(Outline.unit_rectangle(), IdentityTransform())
DPI = 72  # one pixel is one point


class Canvas:
    """A sheet of ``width`` x ``height`` points; (0, 0) is the top left corner."""

    def __init__(self, height: float, width: float = style.WIDTH) -> None:
        style.register_fonts()
        self.width, self.height = width, height
        self.figure = Figure(figsize=(width / DPI, height / DPI), dpi=DPI)
        self.axes = self.figure.add_axes((0, 0, 1, 1))
        self.axes.set(xlim=(0, width), ylim=(height, 0))
        self.axes.set_axis_off()
        self._letters: dict[str, set[str]] = {}  # of texts, by weight

    def text(self, x: float, y: float, text: str, size: float = style.SIZE, **kwargs: Any) -> None:
        """Write one line; ``ha`` and ``va`` as in matplotlib (default: left, centre)."""
        options = {"ha": "left", "va": "center_baseline", "color": style.INK} | kwargs
        # A "$" in a name is no formula.
        options |= {"fontfamily": style.FAMILY, "fontsize": size, "parse_math": False}
        line, weight = clean(text), options.get("weight", "normal")
        if lettering.drawn_as_text(line, weight):
            self._letters.setdefault(weight, set()).update(line)
            self._add(Text(x, y, line, zorder=4, **options))
        else:
            self._add(_Outlines(x, y, line, zorder=4, **options))

    def lines(self, x: float, y: float, lines: Sequence[str], size: float, **kwargs: Any) -> float:
        """Write lines below each other, the first centred at y; return the y of the next one."""
        for line in lines:
            self.text(x, y, line, size, **kwargs)
            y += size * 1.25
        return y

    def line(self, xs: Sequence[float], ys: Sequence[float], **kwargs: Any) -> None:
        """Draw a line."""
        usual: dict[str, Any] = {"color": style.INK, "lw": 0.8, "solid_capstyle": "butt"}
        options = usual | {"zorder": 3} | kwargs
        self._add(Line2D(xs, ys, **options))

    def segments(
        self, segments: Iterable[tuple[float, float, float, float]], **kwargs: Any
    ) -> None:
        """Draw lines (x1, y1, x2, y2) that look alike as one: a grid."""
        xs, ys = [], []
        for x1, y1, x2, y2 in segments:
            xs += [x1, x2, NAN]
            ys += [y1, y2, NAN]
        if xs:
            self.line(xs, ys, **kwargs)

    def rect(self, x: float, y: float, width: float, height: float, **kwargs: Any) -> None:
        """Fill a rectangle."""
        self.patch(Rectangle((x, y), width, height, **({"lw": 0, "zorder": 2} | kwargs)))

    def patch(self, patch: Patch) -> None:
        """Draw a shape."""
        self._add(patch)

    def _add(self, artist: Artist) -> None:
        artist.set_clip_path(_NOWHERE)  # any, or matplotlib makes one for every artist
        artist.set_clip_on(False)
        # Not add_line or add_patch: they compute data limits, which here are fixed.
        self.axes.add_artist(artist)

    def save(self, path: Path) -> None:
        """Write the figure; the same drawing gives the same bytes."""
        buffer = io.BytesIO()
        with matplotlib.rc_context(style.RC):
            meta = {"Date": None, "Creator": None, "Format": None, "Type": None}
            self.figure.savefig(buffer, format="svg", metadata=meta)
        source = compacted(buffer.getvalue().decode("utf-8"))
        source = lettering.with_fonts(source, self._letters)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(source, encoding="utf-8", newline="\n")


class _Outlines(Text):
    """A text with letters that the report's font lacks, as outlines: they need no font at all."""

    def draw(self, renderer: Any) -> None:
        with matplotlib.rc_context({"svg.fonttype": "path"}):
            super().draw(renderer)


def clean(text: str) -> str:
    """One line without control characters, which no SVG may hold."""
    return re.sub(r"[^\S\u00a0]+", " ", re.sub(r"[\x00-\x1f\x7f-\x9f]", " ", text)).strip()


def text_width(text: str, size: float = style.SIZE, weight: str = "normal") -> float:
    """Width of a line in points."""
    return _relative_width(text, weight) * size


@lru_cache(maxsize=4096)
def _relative_width(text: str, weight: str) -> float:
    style.register_fonts()
    font = FontProperties(family=style.FAMILY, size=1, weight=weight)
    return text_to_path.get_text_width_height_descent(clean(text), font, False)[0]


def wrap(
    text: str, width: float, size: float, max_lines: int = 2, weight: str = "normal"
) -> list[str]:
    """Break a text into at most ``max_lines`` lines; what does not fit ends in "…".

    Breaks are at blanks, and after hyphens and slashes inside long words.
    """
    lines: list[str] = []
    for word in clean(text).split(" "):
        for i, part in enumerate(_INSIDE.split(word)):
            glue = "" if i else " "
            longer = f"{lines[-1]}{glue}{part}" if lines else part
            if lines and text_width(longer, size, weight) <= width:
                lines[-1] = longer
            else:
                lines.append(part)
    if len(lines) > max_lines:
        last = lines[max_lines - 1]
        for line in lines[max_lines:]:
            last += line if _INSIDE.search(f"{last}{line}", len(last)) else f" {line}"
        lines = [*lines[: max_lines - 1], last]
    return [shorten(line, width, size, weight) for line in lines]


_INSIDE = re.compile(r"(?<=\w{4}-)(?=\w{4})|(?<=\w{3}/)(?=\w{3})")
"""Where a long word may be broken; not in "SGB-II-Quote"."""


def shorten(text: str, width: float, size: float, weight: str = "normal") -> str:
    """Cut a line to a width, ending in "…"."""
    if text_width(text, size, weight) <= width:
        return text
    fitting = int(len(text) * width / text_width(text, size, weight)) + 2
    text = text[:fitting]
    while text and text_width(text + "…", size, weight) > width:
        text = text[:-1]
    return text.rstrip(" ,;-–") + "…"
