"""The appendix: the numbers behind the figures, one table per indicator."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from itertools import pairwise

from spm.presentation.blocks import Block, boxed, from_data, heading, joined, paragraphs, table
from spm.presentation.tables.crosstable import cell, limits, row_name, slug
from spm.presentation.views import IndicatorView
from spm.presentation.wording import accuracy
from spm.presentation.wording.block import TOGETHER
from spm.presentation.wording.estimates import explanation
from spm.presentation.wording.grammar import explain_signs
from spm.published import GESAMT, NICHT_GELIEFERT, NICHT_ZUORDENBAR
from spm.text.numbers import NBSP

NARROW_YEARS, NARROW_NAME, PER_YEAR = 6, 16, 4
"""Years and letters of names in a table that is half as wide as the page, and how many letters more
a year less makes room for."""

MAX_YEARS = 12
"""Years side by side on an A4 page; longer series go on in a second table."""

NAME_WIDTH, YEAR_WIDTH, INTERVAL_WIDTH = 22, 9, 15


def name_of(key: str) -> str:
    """The table of an indicator, as figures refer to it: ``"tbl-sgb2-quote-u18-daten"``."""
    return f"tbl-{slug(key)}-daten"


def has_table(view: IndicatorView) -> bool:
    """Whether its table exists: something is published, and of more than one year. The values of a
    single year stand in the table of the chapter."""
    return len(view.years) > 1 and bool(view.years_with())


def appendix(chapters: Collection[Sequence[IndicatorView]]) -> Block:
    """The tables of all indicators with published values.

    Parameters
    ----------
    chapters : the views of every chapter, in order.
    """
    blocks: list[Block] = []
    every: list[IndicatorView] = []
    for views in chapters:
        shown = [view for view in views if has_table(view)]
        if shown:
            title = from_data(shown[0].indicator.chapter.titel)
            blocks += [heading(title, classes=".unnumbered"), *map(data_table, shown)]
            every += shown
    if not every:
        one_year = all(len(view.years) < 2 for views in chapters for view in views)
        return paragraphs(ONE_YEAR) if one_year else Block()
    return joined(paragraphs(_signs(every)), boxed(_layout(every), joined(*blocks)))


ONE_YEAR = "Der Bericht zeigt ein Jahr: Seine Werte stehen in den Tabellen der Kapitel."


def _layout(views: Sequence[IndicatorView]) -> str:
    """Two tables side by side where every one has room, else one below the other."""
    columns = max(min(len(view.years), MAX_YEARS) for view in views)
    # Names of groups are long and few; they are divided.
    names = {name for view in views for raum, name in view.area_names if raum not in view.groups}
    names.add(views[0].place.name)
    room = NARROW_NAME + PER_YEAR * (NARROW_YEARS - columns)
    narrow = columns <= NARROW_YEARS and max(map(len, names)) <= room
    return "spalten" if narrow else "dicht"


def _signs(views: Sequence[IndicatorView]) -> str:
    """What the signs in the tables mean, once for all of them."""
    rows = [view.row(raum, y) for view in views for raum, _ in _areas(view) for y in view.years]
    pooled = any(view.window > 1 or view.groups for view in views)
    limited = any(row.has_interval for view in views for row in view.areas)
    signs = [
        explain_signs(sorted({row.status for row in rows if not row.ok})),
        explanation(rows),
        f"{TOGETHER} mehrere Jahre oder Räume zusammengefasst" if pooled else "",
        "Intervall: 95-%-Vertrauensintervall des Berichtsjahrs" if limited else "",
    ]
    found = "; ".join(filter(None, signs))
    return f"Zeichen:{NBSP}{found}." if found else ""


def _areas(view: IndicatorView) -> list[tuple[str, str]]:
    """Key and name of every row that is there in any year, the municipality last."""
    unassigned = [view.row(NICHT_ZUORDENBAR, year) for year in view.years]
    came = any(row.ok if view.whole_only else row.status != NICHT_GELIEFERT for row in unassigned)
    between = [(NICHT_ZUORDENBAR, "")] if came else []
    named = () if view.whole_only else view.area_names
    return [*named, *between, (GESAMT, view.place.name)]


def data_table(view: IndicatorView) -> Block:
    """All published values of one indicator: areas in rows, years in columns.

    The last column is the 95 % interval in the reporting year, if there is one. The table is
    ``@tbl-<indicator>-daten``; of a long series the last years come first, and the earlier ones
    follow as ``-daten-2``.
    """

    def came(raum: str, year: int) -> bool:
        return view.row(raum, year).status != NICHT_GELIEFERT

    rows = _areas(view)
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
        [
            from_data(name) if raum == GESAMT else row_name(raum, name),
            *(cell(view, row) for row in rows[raum]),
        ]
        for raum, name in areas
    ]
    if with_limits:
        head.append(f"Intervall {view.short_years(view.year)}")
        for line, row in zip(body, now, strict=True):
            line.append(limits(view, row))
    number = f"-{i + 1}" if i else ""
    part = f" (Teil {i + 1} von {of})" if of > 1 else ""
    sign = f" {TOGETHER}" if view.window > 1 or view.groups else ""
    widest = max(YEAR_WIDTH, len(head[1]) + 2)
    return table(
        f"{slug(view.indicator.id)}-daten{number}",
        head,
        body,
        f"{from_data(view.heading)}{sign}{part}",
        widths=[NAME_WIDTH, *[widest] * len(years), *[INTERVAL_WIDTH] * with_limits],
        bold_last=True,
        note=_note(view, years),
    )


def _note(view: IndicatorView, years: Sequence[int]) -> str:
    """How exact the counts are, and years that are not comparable with those before."""
    breaks = [
        f"Werte vor {year} sind nicht vergleichbar: {from_data(reason.rstrip('.'))}."
        for year, reason in view.breaks.items()
        if years[0] < year <= years[-1]
    ]
    return " ".join(filter(None, [accuracy.accuracy_explained([view]), *breaks]))
