"""The area of each row, read in the division that its year was delivered in."""

from collections.abc import Callable

import numpy as np
import pandas as pd

from spm.areas.names import AreasOfYears
from spm.config.tables import Tabelle
from spm.deliveries import values
from spm.deliveries.findings import Finding, Source, capped
from spm.rawfiles import cells


class Locator:
    """Reads the areas of one table and remembers every text that is none.

    Attributes
    ----------
    column : header of the raw column with areas, for messages.
    """

    FIXED = "_fester_raum"
    """Column of an area that the params file gives, for a table or for a column of counts."""

    def __init__(self, areas: AreasOfYears, table: Tabelle) -> None:
        self._areas, self.column = areas, ""
        self._readers = [names.reader(table) for names in areas.names]
        self._fixed = [names.canonical for names in areas.names]
        self._keys: dict[str, str] = {}  # fixed area -> key of the params file
        self._wrong: dict[tuple, tuple[cells.BadValue, set[int]]] = {}

    def fixed(self, text: str, key: str) -> dict[str, str]:
        """The column of an area that stands in the params file under ``key``."""
        self._keys[text] = key
        return {self.FIXED: text}

    def locate(self, rows: pd.DataFrame, idle: np.ndarray) -> tuple[object, np.ndarray]:
        """Keys of the areas, and whether they could be read.

        Parameters
        ----------
        rows : ``_zeile``, the raw text in ``_raum`` or `FIXED`, and ``jahr`` (today's areas hold
            for rows without it).
        idle : rows without a count: a wide table has cells of an area in years before it existed,
            and only if they hold something they are wrong.
        """
        fixed = self.FIXED in rows
        readers = self._fixed if fixed else self._readers
        texts = rows[self.FIXED if fixed else "_raum"].to_numpy(dtype=object)
        years = rows["jahr"] if "jahr" in rows else np.full(len(rows), None)
        position = self._areas.positions(years)
        keys, ok = np.full(len(rows), None, dtype=object), np.zeros(len(rows), dtype=bool)
        lines = rows["_zeile"].to_numpy(dtype=int)
        for i, reader in enumerate(readers):
            here = position == i
            read = values.convert(texts[here], reader)
            keys[here], ok[here] = read.column("str"), read.ok
            for text, error in read.bad.items():
                known = any(_reads(other, text) for other in readers if other is not reader)
                wrong = here & (texts == text) & ~(idle & known)
                if wrong.any():
                    found = self._wrong.setdefault((fixed, text, i), (error, set()))
                    found[1].update(lines[wrong].tolist())
        return pd.array(keys, dtype="str"), ok

    def findings(self, source: Source) -> tuple[list[Finding], bool]:
        """What was wrong since the last call, and whether the params file was."""
        found, by_params = [], []
        for (fixed, text, _), (error, rows) in self._wrong.items():
            if fixed:
                column = self._keys[text]
                by_params.append(source.finding(error.was, error.tun, spalte=column, wert=text))
            else:
                finding = source.finding(
                    error.was, error.tun, zeilen=rows, spalte=self.column, wert=text
                )
                found.append(finding)
        self._wrong.clear()
        return [*by_params, *capped(found)], bool(by_params)


def _reads(reader: Callable[[str], object], text: str) -> bool:
    try:
        reader(text)
    except cells.BadValue:
        return False
    return True
