"""The appendix: the numbers behind the figures, one table per indicator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from itertools import pairwise

from spm.presentation.blocks import Block, from_data, heading, joined, table
from spm.presentation.tables.crosstable import cell, limits, row_name, slug
from spm.presentation.views import AreaRow, IndicatorView
from spm.presentation.wording import accuracy
from spm.presentation.wording.estimates import explanation
from spm.presentation.wording.grammar import explain_signs
from spm.presentation.wording.pooling import caption_series
from spm.published import GESAMT, NICHT_GELIEFERT, NICHT_ZUORDENBAR
from spm.text.numbers import NBSP

MAX_YEARS = 12
"""Years side by side on an A4 page; longer series go on in a second table."""

NAME_WIDTH, YEAR_WIDTH, INTERVAL_WIDTH = 22, 9, 15


def name_of(key: str) -> str:
    """The table of an indicator, as figures refer to it: ``"tbl-sgb2-quote-u18-daten"``."""
    return f"tbl-{slug(key)}-daten"


NEW_PAGE = Block("::: {.neue-seite}\n:::")
"""The tables of every chapter begin on a page of their own: easier to find, and pages that do not
depend on those before them are set at the same time."""


def has_table(view: IndicatorView) -> bool:
    """Whether anything is published about an indicator, so that its table exists."""
    return bool(view.years_with())


def appendix(chapters: Iterable[Sequence[IndicatorView]]) -> Block:
    """The tables of all indicators with published values.

    Parameters
    ----------
    chapters : the views of every chapter, in order.
    """
    blocks: list[Block] = []
    for views in chapters:
        shown = [view for view in views if has_table(view)]
        if shown:
            blocks += [NEW_PAGE] if blocks else []
            title = from_data(shown[0].indicator.chapter.titel)
            blocks += [heading(title, classes=".unnumbered"), *map(data_table, shown)]
    return joined(*blocks)


def data_table(view: IndicatorView) -> Block:
    """All published values of one indicator: areas in rows, years in columns.

    The last column is the 95 % interval in the reporting year, if there is one. The table is
    ``@tbl-<indicator>-daten``; of a long series the last years come first, and the earlier ones
    follow as ``-daten-2``.
    """

    def came(raum: str, year: int) -> bool:
        return view.row(raum, year).status != NICHT_GELIEFERT

    rows = [*view.area_names, (GESAMT, view.place.name)]
    if any(came(NICHT_ZUORDENBAR, year) for year in view.years):
        rows.insert(-1, (NICHT_ZUORDENBAR, ""))
    years = [year for year in view.years if any(came(raum, year) for raum, _ in rows)]
    parts = _parts(years)
    return joined(*(_part(view, rows, part, i, len(parts)) for i, part in enumerate(parts)))


def _parts(years: Sequence[int]) -> list[Sequence[int]]:
    """As few parts as possible, of about the same size, the last years first."""
    n = -(-len(years) // MAX_YEARS)
    bounds = [round(i * len(years) / n) for i in range(n + 1)]
    return [years[a:b] for a, b in pairwise(bounds)][::-1]


def _part(
    view: IndicatorView, areas: Sequence[tuple[str, str]], years: Sequence[int], i: int, of: int
) -> Block:
    rows = {raum: [view.row(raum, year) for year in years] for raum, _ in areas}
    now = [view.row(raum) for raum, _ in areas]
    with_limits = view.year in years and any(row.has_interval for row in now)
    head = [from_data(view.place.level), *(view.short_years(year) for year in years)]
    body = [
        [row_name(raum, name), *(cell(view, row) for row in rows[raum])] for raum, name in areas
    ]
    if with_limits:
        head.append(f"Intervall{NBSP}(95{NBSP}%) {view.short_years(view.year)}")
        for line, row in zip(body, now, strict=True):
            line.append(limits(view, row))
    number = f"-{i + 1}" if i else ""
    part = f" (Teil {i + 1} von {of})" if of > 1 else ""
    widest = max(YEAR_WIDTH, len(head[1]) + 2)
    return table(
        f"{slug(view.indicator.id)}-daten{number}",
        head,
        body,
        f"{from_data(view.heading)}, {caption_series(view, years)}{part}",
        widths=[NAME_WIDTH, *[widest] * len(years), *[INTERVAL_WIDTH] * with_limits],
        bold_last=True,
        note=_note(view, [row for cells in rows.values() for row in cells], years),
    )


def _note(view: IndicatorView, rows: Sequence[AreaRow], years: Sequence[int]) -> str:
    """The signs that occur, and years that are not comparable with those before."""
    states = sorted({row.status for row in rows if not row.ok})
    signs = "; ".join(filter(None, (explain_signs(states), explanation(rows))))
    breaks = [
        f"Werte vor {year} sind nicht vergleichbar: {from_data(reason.rstrip('.'))}."
        for year, reason in view.breaks.items()
        if years[0] < year <= years[-1]
    ]
    notes = [
        f"Zeichen:{NBSP}{signs}." if signs else "",
        accuracy.accuracy_explained([view]),
        *breaks,
    ]
    return " ".join(filter(None, notes))
