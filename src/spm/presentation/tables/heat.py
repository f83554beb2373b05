"""Heat tables: areas in rows, indicators in columns, coloured by how each value stands out."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from spm.presentation.blocks import Block, from_data, joined, plain, table, tinted
from spm.presentation.counting import row_of, single_areas
from spm.presentation.judging import FAVOURABLE, GLEICH, NAMES, NONE, SIGNS, UNFAVOURABLE, WORDS
from spm.presentation.judging import judgement as judged_as
from spm.presentation.tables.crosstable import row_name
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording import accuracy
from spm.presentation.wording.abbreviations import abbreviations
from spm.presentation.wording.estimates import explanation, with_sign
from spm.presentation.wording.grammar import explain_signs, sign_of
from spm.published import GESAMT
from spm.text.numbers import NBSP

MAX_COLUMNS = 8
"""Indicators side by side on an A4 page; more make a second table."""

MOST_LETTERS = 84
"""Letters of the longest words of all heads: more are wider than a page, and than a screen."""

MANY = 24
"""With more areas than this only those that differ most often have a row."""

NAME_WIDTH, NUMBER_WIDTH = 22, 11

_FIGURE_SPACE = "\u2007"
"""As wide as a digit and as the signs + and −: values below each other keep their decimals so."""


def heat_table(
    key: str, views: Sequence[IndicatorView], caption: str, *, note: str = "", most: int = MANY
) -> Block:
    """The published values of the reporting year, each on the ground of its judgement.

    The municipality closes the table in bold. Colour, sign and, for listeners, words say the same.
    A value of a group of areas stands in brackets in the row of each of them.

    Parameters
    ----------
    key : the tables are ``@tbl-<key>``, ``@tbl-<key>-2`` …
    views : the columns, in their order; what nothing was published of is left out.
    caption, note : texts with marked parts; the legend follows the note.
    most : rows; of more areas those that differ in most of the indicators are shown, in area order.
    """
    views = [view for view in views if view.appears]
    areas = single_areas(views)
    shown = _most_different(areas, views, most)
    if not shown:
        return Block()
    if len(shown) < len(areas):
        caption += f" ({from_data(views[0].place.plural)} mit den meisten Unterschieden)"
    letters = sum(max(map(len, plain(view.axis).split()), default=0) for view in views)
    parts = max(-(-len(views) // MAX_COLUMNS), -(-letters // MOST_LETTERS))
    bounds = [round(i * len(views) / parts) for i in range(parts + 1)]
    return joined(
        *(
            _table(
                key if number == 1 else f"{key}-{number}",
                views[first:last],
                shown,
                caption if parts == 1 else f"{caption} (Teil {number} von {parts})",
                note,
            )
            for number, (first, last) in enumerate(pairwise(bounds), start=1)
        )
    )


def _table(
    key: str,
    views: Sequence[IndicatorView],
    areas: Sequence[tuple[str, str]],
    caption: str,
    note: str,
) -> Block:
    cells = [[row_of(view, area) for view in views] for area in areas]
    columns = [_column(view, column) for view, *column in zip(views, *cells, strict=True)]
    names = [*(from_data(name) for _, name in areas), row_name(GESAMT, views[0].place.name)]
    body = [list(line) for line in zip(names, *columns, strict=True)]
    rows = [row for line in cells for row, _ in line]
    states = sorted({row.status for row in [*rows, *(v.total for v in views)] if not row.ok})
    told = [
        legend(
            judged_as(v, row) for line in cells for v, (row, _) in zip(views, line, strict=True)
        ),
        "in Klammern: gemeinsamer Wert mehrerer Gebiete" if _grouped(cells) else "",
        abbreviations(views),
        explain_signs(states),
        explanation(rows),
        accuracy.accuracy_explained(views).rstrip("."),
    ]
    signs = "; ".join(filter(None, told))
    return table(
        key,
        [from_data(views[0].place.level), *map(_head, views)],
        body,
        caption,
        widths=[NAME_WIDTH, *[NUMBER_WIDTH] * len(views)],
        bold_last=True,
        note=" ".join(filter(None, [note, f"Lesehilfe: {signs}." if signs else ""])),
    )


def _column(view: IndicatorView, rows: Sequence[tuple[AreaRow, bool]]) -> list[str]:
    """The cells of the areas and the municipality; with room for the signs that occur."""
    names = [judged_as(view, row) for row, _ in rows]
    room = max((len(SIGNS[name]) for name in names), default=0)
    lines = [*zip(rows, names, strict=True), ((view.total, False), NONE)]
    return [heat_cell(view, row, name, grouped, room) for (row, grouped), name in lines]


def heat_cell(view: IndicatorView, row: AreaRow, name: str, grouped: bool, room: int) -> str:
    """A value with the sign of its judgement on its ground, or the sign in its place.

    Parameters
    ----------
    name : its judgement.
    grouped : whether the value is that of several areas.
    room : signs behind any value of the column at most.
    """
    text = with_sign(row, view.number(row.shown)) if row.ok else sign_of(row.status)
    if grouped and row.ok:
        text = f"({text})"
    if room:
        text += f"{NBSP}{SIGNS[name]}{_FIGURE_SPACE * (room - len(SIGNS[name]))}"
    return tinted(text, name)


def legend(names: Iterable[str]) -> str:
    """What the signs mean of judgements that occur, as part of a sentence."""
    found = set(names)
    parts = [
        f"{SIGNS[name]}{NBSP}{WORDS[name]}"
        for group in (FAVOURABLE[::-1], UNFAVOURABLE)
        for name in group
        if name in found
    ]
    texts = [f"{', '.join(parts)} als in der übrigen Kommune"] if parts else []
    plain = [
        f"{SIGNS[name]}{NBSP}{WORDS[name]}"
        for name in NAMES
        if name in found and name not in (*FAVOURABLE, *UNFAVOURABLE, GLEICH)
    ]
    if plain:
        texts.append(f"{', '.join(plain)}, ohne Wertung")
    if GLEICH in found:
        texts.append("grau ohne Zeichen: kein Unterschied nachweisbar")
    return "; ".join(texts)


def _head(view: IndicatorView) -> str:
    years = f", {view.short_years(view.year)}" if view.window > 1 else ""
    return f"{from_data(view.axis)}{years}"


def _grouped(cells: Sequence[Sequence[tuple[AreaRow, bool]]]) -> bool:
    return any(grouped for line in cells for _, grouped in line)


def _most_different(
    areas: Sequence[tuple[str, str]], views: Sequence[IndicatorView], most: int
) -> list[tuple[str, str]]:
    """All areas, or those with most differences, in area order; clear ones before others, and of a
    single indicator those that lie farthest from the municipality."""
    if len(areas) <= most:
        return list(areas)

    def rank(i: int) -> tuple[int, int, float, int]:
        rows = [(view, row_of(view, areas[i])[0]) for view in views]
        found = [name for v, row in rows if (name := judged_as(v, row)) not in (NONE, GLEICH)]
        view, row = rows[0]
        far = abs(row.shown - view.total.shown) if row.ok and view.total.ok else 0.0
        far = far if len(views) == 1 else 0.0
        return -len(found), -sum(len(SIGNS[name]) for name in found), -far, i

    ranked = sorted(range(len(areas)), key=rank)[:most]
    return [area for i, area in enumerate(areas) if i in set(ranked)]
