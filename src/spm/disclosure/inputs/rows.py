"""What a row of the published data is called."""

from __future__ import annotations

from typing import NamedTuple

import pandas as pd


class RowKey(NamedTuple):
    """One row of the published data."""

    kennzahl: str
    jahr: int
    raum: str
    gruppe: str | None


def row_keys(rows: pd.DataFrame) -> list[RowKey]:
    """The key of every row."""
    columns = (rows[name].tolist() for name in ("kennzahl", "jahr", "raum", "gruppe"))
    return [
        RowKey(key, int(year), place, group if isinstance(group, str) else None)
        for key, year, place, group in zip(*columns, strict=True)
    ]
