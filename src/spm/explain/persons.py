"""Lists of persons: which rows were counted. Only their numbers leave this module.

Nothing about a person is stored, so the list is read again, by the code that counted it.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from spm.deliveries.counting import Persons, listed
from spm.deliveries.mapping import TableMapper
from spm.errors import SpmError
from spm.explain.records import PERSONS, Stelle
from spm.facts import GROUPS
from spm.rawfiles.reading import read_table

if TYPE_CHECKING:
    from spm.config.counting import Zaehlen
    from spm.deliveries.pipeline import ReadTable
    from spm.explain.stored import Stored


class Lists:
    """The lists of persons of a project, each read once."""

    def __init__(self, stored: Stored) -> None:
        self._stored = stored
        self._read: dict[int, Persons | None] = {}

    def place(self, table: ReadTable, row: dict[str, Any], number: int) -> Stelle:
        """The rows that a fact counts.

        Parameters
        ----------
        row : the fact, by column.
        number : as it was counted.

        Raises
        ------
        SpmError
            Other rows than were counted fit.
        """
        rows = self._rows(table, row)
        if len(rows) != number:
            raise SpmError(
                f"In der Liste passen {len(rows)} Zeilen, gezählt wurden {number}: Diese Zahl "
                "lässt sich nicht erklären.",
                wo=f"{table.source.datei}, {row['merkmal']}, {row['jahr']}, Raum {row['raum']}",
                tun="Das ist ein Fehler von SPM: bitte melden.",
            )
        assert table.table.zaehlen is not None  # `Origins` asks for lists only
        return Stelle(
            art=PERSONS,
            datei=table.source.datei,
            blatt=table.source.blatt,
            zeilen=tuple(rows),
            wert=_asked(table.table.zaehlen, str(row["merkmal"])),
        )

    def _rows(self, table: ReadTable, row: dict[str, Any]) -> list[int]:
        persons = self._persons(table)
        if persons is None:
            return []
        known = persons.known
        fits = persons.fulfilled[str(row["merkmal"])][persons.rows]
        fits = fits & same(known["jahr"], row["jahr"])
        for group in GROUPS:
            if group in known and group != "einrichtung":
                own, value = known[group], row[group]
                fits &= (own.isna() if pd.isna(value) else own.eq(value).fillna(False)).to_numpy(
                    bool
                )
        if pd.isna(row["einrichtung"]):
            fits &= same(known["raum"], row["raum"])
        else:
            names = [of_all[persons.rows] == row["einrichtung"] for of_all in persons.facilities]
            fits &= np.logical_or.reduce(names)
        return sorted(int(n) for n in known.loc[fits, "_zeile"])

    def _persons(self, table: ReadTable) -> Persons | None:
        key = id(table.table)
        if key not in self._read:
            params = self._stored.report.params
            grid = read_table(table.table, params)
            mapper = TableMapper(grid, table.table, table.source, self._stored.areas)
            series = (params.zeitreihe.von, params.zeitreihe.bis)
            self._read[key] = listed(mapper, series)
        return self._read[key]


def _asked(spec: Zaehlen, measure: str) -> str:
    """Which rows a measure counts, in words."""
    for name, several in spec.mehrfach.items():
        made = f"{', '.join(dict.fromkeys(several.von.values()))} zugleich"
        if measure == name:
            return f"{made}; dabei mindestens {several.ab} von {', '.join(several.von)}"
        if measure == several.alle:
            return made
    conditions = spec.merkmale[measure]
    asked = "; ".join(f"{c}: {' oder '.join(values)}" for c, values in conditions.items())
    return asked or "jede Zeile zählt"


def same(column: pd.Series, value: object) -> np.ndarray:
    """Whether each value of a column is this one; what is missing is alike."""
    alike = column.isna() if pd.isna(value) else column.eq(value).fillna(False)
    return np.asarray(alike.to_numpy(bool))
