"""Rows and areas of a shared file that belong to no municipality of the params file."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

import numpy as np

from spm.areas.geometryfile import read_geometry
from spm.areas.keys import text_of
from spm.errors import SpmError
from spm.rawfiles.ownrows import belonging, filled_down, matching
from spm.rawfiles.reading import read_table

if TYPE_CHECKING:
    from spm.config.params import Params
    from spm.config.tables import Tabelle
    from spm.rawfiles.grid import Grid

NAMED = 8
"""So many values are named, the commonest first."""


def unlisted(every: Sequence[Params]) -> list[str]:
    """Sentences on rows and areas that nobody claims: they are in no report.

    Each shared file is read once. One that cannot be read is passed over: the check of every
    municipality says so.

    Parameters
    ----------
    every : the municipalities of one params file.
    """
    return [*_areas(every), *_tables(every)]


def _tables(every: Sequence[Params]) -> Iterable[str]:
    shared: dict[tuple[object, ...], list[tuple[str, Params, Tabelle]]] = {}
    for params in every:
        for delivery in params.lieferungen.values():
            for table in delivery.tabellen:
                if table.own_rows:
                    place = (table.datei, table.blatt, table.abfrage, tuple(table.kopfzeilen))
                    shared.setdefault(place, []).append((delivery.titel, params, table))
    for own in shared.values():
        title, params, first = own[0]
        try:
            grid = filled_down(read_table(first, params), first)
        except SpmError:
            continue
        rows = _wanted(grid, first)
        for table in {id(table): table for _, _, table in own}.values():
            rows &= ~belonging(grid, table)
        if rows.any():
            column = next(iter(sorted(first.own_rows)))
            name = grid.find(column)
            texts = grid.texts(name)[rows].tolist() if name and not first.zaehlen else []
            named = first.source_name + (f", Blatt {first.blatt}" if first.blatt else "")
            yield _sentence(f"{title} ({named})", "Zeile", int(rows.sum()), column, texts)


def _wanted(grid: Grid, table: Tabelle) -> np.ndarray:
    """Rows that would count, whoever's they are."""
    keep = ~np.isin(grid.rows, list(grid.uneven))
    for key in ("nur", "ohne"):
        for column, listed in getattr(table, key).items():
            name, whose = grid.find(column), key == "nur" and column in table.own_rows
            if name is not None and not whose:
                keep &= matching(grid.texts(name), listed) == (key == "nur")
    return keep


def _areas(every: Sequence[Params]) -> Iterable[str]:
    shared: dict[tuple[object, ...], list[Params]] = {}
    for params in every:
        if params.raeume.nur and params.neighbours:
            section = params.raeume
            place = (section.datei, section.ebene, tuple(section.nur))
            shared.setdefault(place, []).append(params)
    for own in shared.values():
        if len(own) < 2:  # a file of its own
            continue
        section = own[0].raeume
        try:
            path = own[0].raw_file(section.datei)
            frame = read_geometry(path, section.ebene, "raeume", section.zeichensatz)
        except SpmError:
            continue
        columns = [column for column in section.nur if column in frame.columns]
        texts = {c: np.array([text_of(v) for v in frame[c]], dtype=object) for c in columns}
        rest = np.ones(len(frame), dtype=bool)
        for params in own:
            mine = np.ones(len(frame), dtype=bool)
            for column in columns:
                mine &= matching(texts[column], params.raeume.nur[column], beginnings=True)
            rest &= ~mine
        if rest.any() and columns:
            values = texts[columns[0]][rest].tolist()
            yield _sentence(section.datei, "Fläche", int(rest.sum()), columns[0], values)


def _sentence(place: str, what: str, number: int, column: str, values: Sequence[str]) -> str:
    """How many, and of which values of the filter's column."""
    counted = Counter(values)
    order = sorted(counted, key=lambda text: (-counted[text], text))
    named = [f"{f'«{text}»' if text else 'leer'} ({counted[text]})" for text in order[:NAMED]]
    if len(order) > NAMED:
        named.append("…")
    told = f"; {column}: {', '.join(named)}" if named else ""
    many = f"{number} {what}{'n' if number != 1 else ''}"
    verb = "gehört" if number == 1 else "gehören"
    return f"{place}: {many} {verb} zu keiner Kommune der Params-Datei{told}."
