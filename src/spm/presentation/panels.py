"""Time series of many areas: one small panel each, all with the same axes."""

from __future__ import annotations

from spm.presentation import style
from spm.presentation.canvas import Canvas, shorten, text_width
from spm.presentation.lines import draw_line
from spm.presentation.numbers import zahl
from spm.presentation.scale import Scale
from spm.presentation.views import GESAMT, Sicht
from spm.presentation.wording.grammar import status_text, zeichen

GAP, EDGE = 9.0, 2.0
HEAD, FOOT = 20.0, 18.0
NARROW = 75.0


def draw_panels(sicht: Sicht) -> Canvas:
    """Draw every area in its own panel before the line of the municipality.

    All panels share their axes. The number at the end is the last value shown. A count of the
    municipality is not drawn: it would press its areas flat.
    """
    n = len(sicht.raeume)
    columns = 4 if n <= 24 else 5 if n <= 40 else 6 if n <= 72 else 7
    lines = -(-n // columns)
    height = min(86.0, (style.PAGE - HEAD - FOOT) / lines)
    canvas = Canvas(HEAD + lines * height + FOOT)
    width = (canvas.width - 2 * EDGE - GAP * (columns - 1)) / columns
    compare = sicht.kennzahl.art != "anzahl"
    keys = [raum for raum, _ in sicht.raeume] + ([GESAMT] if compare else [])
    known = [v for raum in keys for _, v in sicht.reihe(raum) if v is not None]
    _key(canvas, sicht, Scale(known, 0, 1, zero=False).note())
    for i, (raum, name) in enumerate(sicht.raeume):
        line, column = divmod(i, columns)
        left, top = EDGE + column * (width + GAP), HEAD + line * height
        _panel(canvas, sicht, (raum, name), (left, top, width, height), known, compare)
        if line == lines - 1 or i + columns >= n:
            y = top + height + 3
            first, last = str(sicht.jahre[0]), str(sicht.jahre[-1])
            canvas.text(left, y, first, style.TINY, color=style.QUIET)
            if last != first:
                canvas.text(left + width, y, last, style.TINY, ha="right", color=style.QUIET)
    return canvas


def _key(canvas: Canvas, sicht: Sicht, note: str) -> None:
    canvas.text(EDGE, 6, f"{sicht.achse}{note}", style.SMALL, color=style.QUIET)
    if sicht.kennzahl.art != "anzahl":
        name = shorten(sicht.ort.name, canvas.width / 3, style.SMALL, "bold")
        x = canvas.width - EDGE - text_width(name, style.SMALL, "bold")
        canvas.line([x - 20, x - 5], [6, 6], color=style.KOMMUNE, lw=1.2)
        canvas.text(x, 6, name, style.SMALL, weight="bold", color=style.KOMMUNE)


def _panel(
    canvas: Canvas,
    sicht: Sicht,
    area: tuple[str, str],
    frame: tuple[float, float, float, float],
    known: list[float],
    compare: bool,
) -> None:
    left, top, width, height = frame
    raum, name = area
    size = style.SMALL if height > 60 else style.TINY
    points = sicht.reihe(raum)
    shown = [v for _, v in points if v is not None]
    # In narrow panels the name needs all the room; the numbers are in the table.
    wide = width > NARROW
    last = zahl(shown[-1], sicht.kennzahl.nachkommastellen) if shown and wide else ""
    room = width - (text_width(last, size, "bold") + 4 if last else 0)
    canvas.text(left, top + size * 0.7, shorten(name, room, size), size)
    canvas.text(left + width, top + size * 0.7, last, size, ha="right", weight="bold")
    scale = Scale(known, top + height - 5, top + size * 1.6, zero=False)
    canvas.line([left, left + width], [scale(scale.base)] * 2, color=style.RULE, lw=0.7)

    def place(year: int) -> float:
        span = sicht.jahre[-1] - sicht.jahre[0]
        return left + 2 + (width - 4) * ((year - sicht.jahre[0]) / span if span else 0.5)

    def xy(key: str) -> list[tuple[float, float | None]]:
        return [(place(y), None if v is None else scale(v)) for y, v in sicht.reihe(key)]

    if compare:
        draw_line(canvas, xy(GESAMT), colour=style.KOMMUNE, width=0.8, dots=0)
    if shown:
        draw_line(canvas, xy(raum), colour=style.INK, width=1.2, dots=2.0)
    else:
        status = sicht.zeile(raum).status
        text = shorten(f"{zeichen(status)} {status_text(status)}", width, style.TINY)
        canvas.text(left, scale(scale.base) - 8, text, style.TINY, color=style.QUIET)
