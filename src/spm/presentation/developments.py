"""Changes and trends of every indicator, as they are published."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from spm.presentation.views import Change, Trend
from spm.published import AENDERUNG, TREND

if TYPE_CHECKING:
    import pandas as pd


class Developments:
    """What ``entwicklung.parquet`` says.

    Parameters
    ----------
    frame : its rows.
    """

    def __init__(self, frame: pd.DataFrame) -> None:
        self._rows = dict(list(frame.groupby(["art", "kennzahl"], sort=False)))

    def changes(self, key: str) -> dict[str, Change]:
        """Changes of one indicator by area."""
        told = self._told(AENDERUNG, key, Change._fields)
        return {raum: Change(**cells) for raum, cells in told.items()}

    def trends(self, key: str) -> dict[str, Trend]:
        """Trends of one indicator by area."""
        told = self._told(TREND, key, Trend._fields)
        return {raum: Trend(**cells | {"n": int(cells["n"])}) for raum, cells in told.items()}

    def _told(self, art: str, key: str, columns: Sequence[str]) -> dict[str, dict[str, Any]]:
        """Cells of the developments of an indicator, by area."""
        rows = self._rows.get((art, key))
        return {} if rows is None else rows.set_index("raum")[list(columns)].to_dict("index")
