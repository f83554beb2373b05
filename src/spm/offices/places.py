"""The areas of each year, as a template calls them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from spm.areas.names import AreasOfYears
from spm.config.tables import Tabelle
from spm.rawfiles.cells import BadValue, clean

if TYPE_CHECKING:
    import pandas as pd

    from spm.areas.division import Division

_PLAIN = Tabelle(datei="vorlage.xlsx")
"""Reads areas by key and by name."""


class Places:
    """Names of areas that mean one area each; the key of one whose name does not.

    Parameters
    ----------
    areas : columns raum, name: today's.
    earlier : divisions of earlier years, oldest first.
    """

    def __init__(self, areas: pd.DataFrame, earlier: Sequence[Division] = ()) -> None:
        self._of_years = AreasOfYears(areas, earlier)
        frames = [*(division.areas for division in earlier), areas]
        self._names = [
            [_name(str(key), str(name), reads.reader(_PLAIN)) for key, name in zip(
                frame["raum"], frame["name"], strict=True
            )]
            for frame, reads in zip(frames, self._of_years.names, strict=True)
        ]  # fmt: skip

    def of(self, year: int) -> list[str]:
        """The areas of a year, in their order."""
        return self._names[int(self._of_years.positions([year])[0])]


def _name(key: str, name: str, read: object) -> str:
    assert callable(read)
    try:
        return clean(name) if read(clean(name)) == key else key
    except BadValue:
        return key
