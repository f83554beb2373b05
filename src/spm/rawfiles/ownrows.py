"""Which rows of a raw table belong to one municipality, where several deliver in one file."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from spm.rawfiles.cells import clean
from spm.rawfiles.reading import read_table

if TYPE_CHECKING:
    from spm.config.params import Params
    from spm.config.tables import Tabelle
    from spm.rawfiles.grid import Grid


def matching(texts: np.ndarray, listed: Iterable[str], beginnings: bool = False) -> np.ndarray:
    """The rows whose text is listed.

    Parameters
    ----------
    beginnings : whether "05766020*" stands for all texts that begin so.
    """
    known = [clean(value) for value in listed]
    whole = pd.Series(texts, dtype=object)
    found = whole.isin(known)
    if beginnings:
        starts = tuple(value[:-1] for value in known if value.endswith("*") and len(value) > 1)
        found |= whole.str.startswith(starts) if starts else False
    return found.to_numpy(dtype=bool)


def belonging(grid: Grid, table: Tabelle) -> np.ndarray:
    """The rows of the municipality that a table was read for; all if nobody else is in the file."""
    keep = np.ones(len(grid.rows), dtype=bool)
    for column in sorted(table.own_rows):
        name = grid.find(column)
        if name is not None:  # else the check of the delivery says so
            keep &= matching(grid.texts(name), table.nur[column], beginnings=True)
    return keep


def filled_down(grid: Grid, table: Tabelle) -> Grid:
    """The grid with the columns filled down in which an empty cell means the one above."""
    for column in table.auffuellen:
        name = grid.find(column)
        if name is not None:
            grid.fill_down(name)
    return grid


def _named(grid: Grid, table: Tabelle) -> list[str]:
    """The headers that the mapping names, in its order."""
    counted = table.zaehlen.raw_columns if table.zaehlen else []
    keys = (table.spalten.values(), table.entpivotieren, table.nur, table.ohne, counted)
    found = (grid.find(header) for headers in keys for header in headers)
    return list(dict.fromkeys(name for name in found if name is not None))


def digest_of_rows(tables: Iterable[Tabelle], params: Params) -> str:
    """SHA-256 of what is read of tables of one file for this municipality, its rows in the columns
    that the mapping names: it stays the same while only those of others change."""
    known = hashlib.sha256()
    for table in tables:
        grid = filled_down(read_table(table, params), table)
        own = grid.keep(belonging(grid, table))
        columns = {name: own.texts(name).tolist() for name in _named(own, table)}
        known.update(json.dumps([grid.sheet, columns], ensure_ascii=False).encode())
    return known.hexdigest()
