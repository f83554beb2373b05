"""What the signs of a figure mean: entries beside each other, in as many lines as they need."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from spm.presentation import judging
from spm.presentation.figures import style
from spm.presentation.figures.canvas import Canvas, text_width, wrap
from spm.presentation.figures.lines import DASHES, draw_rings
from spm.presentation.figures.marks import draw_marks, marks_width
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording.estimates import LEGEND, SIGN
from spm.presentation.wording.grammar import sign_of, status_text

LINE = 11.0
"""Distance of two lines in points."""

APART = 12.0
COMPARED = "Gegenüber der jeweils übrigen Kommune:"

Sample = Callable[[Canvas, float, float], None]
"""Draws the sign of an entry from x on, centred at y."""


class Entry(NamedTuple):
    """A text behind its sign, which takes ``room`` points."""

    text: str
    room: float = 0.0
    sample: Sample | None = None
    colour: str = style.INK


class Flow(NamedTuple):
    """Entries in lines of a width; ``height`` is what they take in points."""

    lines: list[list[tuple[Entry, list[str]]]]
    height: float

    def draw(self, canvas: Canvas, x: float, y: float) -> None:
        """Draw them below y."""
        y += LINE / 2
        for line in self.lines:
            left, rows = x, 1
            for entry, texts in line:
                if entry.sample:
                    entry.sample(canvas, left, y)
                for i, text in enumerate(texts):
                    place = (left + entry.room, y + i * LINE)
                    canvas.text(*place, text, style.SMALL, color=entry.colour)
                left += _width(entry, texts) + APART
                rows = max(rows, len(texts))
            y += LINE * rows


def flow(entries: Iterable[Entry], width: float) -> Flow:
    """Arrange entries; a text wider than a whole line is broken."""
    lines: list[list[tuple[Entry, list[str]]]] = []
    used = 0.0
    for entry in entries:
        texts = wrap(entry.text, width - entry.room, style.SMALL, 6)
        need = _width(entry, texts)
        if not lines or used + need > width or len(texts) > 1:
            lines.append([])
            used = 0.0
        lines[-1].append((entry, texts))
        used += need + APART
    rows = sum(max(len(texts) for _, texts in line) for line in lines)
    return Flow(lines, rows * LINE)


def _width(entry: Entry, texts: Sequence[str]) -> float:
    return entry.room + max(text_width(text, style.SMALL) for text in texts)


def judgements(view: IndicatorView, rows: Sequence[AreaRow]) -> list[Entry]:
    """What the colours and signs of those rows say, in the words of `judging.WORDS`."""
    found = {judging.judgement(view, row) for row in rows} - {judging.NONE}
    named = [name for name in judging.NAMES if name in found]
    if not named:
        return []
    return [Entry(COMPARED), *(_judged(name) for name in named)]


def _judged(name: str) -> Entry:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        if name == judging.GLEICH:
            swatch(canvas, name, x + 4, y)
        draw_marks(canvas, name, x, y)

    room = marks_width(name) if name != judging.GLEICH else 9.0
    return Entry(judging.WORDS[name], room + 3, draw)


def swatch(canvas: Canvas, name: str, x: float, y: float) -> None:
    """A dot in the colour of a judgement."""
    fill = style.MARKED.get(name, style.BAR)
    canvas.line([x], [y], marker="o", ms=5.4, mfc=fill, mec=style.edge_of(name), mew=0.6, zorder=4)


def interval(colour: str = style.INK) -> Entry:
    """The line of a 95 % interval."""

    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.line([x, x + 12], [y, y], lw=1.0, color=colour)

    return Entry("95-%-Vertrauensintervall", 15.0, draw)


def states(rows: Sequence[AreaRow]) -> list[Entry]:
    """The signs in place of numbers, and that of estimates."""
    entries = [
        _sign(sign_of(status), status_text(status))
        for status in dict.fromkeys(row.status for row in rows if not row.ok)
    ]
    return [*([_sign(SIGN, LEGEND)] if any(row.geschaetzt for row in rows) else []), *entries]


def _sign(sign: str, text: str) -> Entry:
    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.text(x + 1, y, sign, style.SMALL, color=style.QUIET)

    return Entry(text, 11.0, draw)


def municipality(name: str, width: float = 1.2) -> Entry:
    """The line of the municipality."""

    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.line([x, x + 14], [y, y], lw=width, color=style.KOMMUNE)

    return Entry(name, 17.0, draw, style.KOMMUNE)


def estimates() -> Entry:
    """Rings and dashes of a time series."""

    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.line([x, x + 20], [y, y], color=style.INK, lw=1.1, dashes=DASHES)
        draw_rings(canvas, [x + 10], [y], style.INK, 3.0)

    return Entry(LEGEND, 24.0, draw)


def break_line(text: str) -> Entry:
    """The dashed line before a year from which on values are not comparable."""

    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.line([x + 3, x + 3], [y - 5, y + 5], color=style.QUIET, lw=0.7, dashes=(2, 2))

    return Entry(text, 9.0, draw, style.QUIET)


def band(text: str) -> Entry:
    """The range of areas that have no row of their own."""

    def draw(canvas: Canvas, x: float, y: float) -> None:
        canvas.rect(x, y - 3, 14, 6, facecolor=style.RULE, zorder=1.5)
        for place in (2, 5, 9):
            canvas.line([x + place] * 2, [y - 3, y + 3], color=style.QUIET, lw=0.8)

    return Entry(text, 17.0, draw)
