"""What a report loses if a row is suppressed: the least informative go first."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm.disclosure.rows import RowKey, row_keys
from spm.facts import GESAMT, NICHT_ZUORDENBAR
from spm.statistics.comparison import WIE, classify

if TYPE_CHECKING:
    from spm.disclosure.model import Inputs

TOTAL, KEY_TOTAL = 200.0, 1000.0
"""The municipality's value, and that of a key indicator."""

UNASSIGNED, FACILITY, EARLIER_YEAR, THIS_YEAR = 1.0, 3.0, 4.0, 8.0
REMARKABLE = 2.0
"""Added if the row differs from the municipality: that is what readers look for."""

AGAIN = 0.5
"""Factor of a row that the last report suppressed, too: its readers know the gap."""

SIZE = 1000
"""Among equals the smaller count goes first."""


class Loss:
    """Loss by row, in units of which an ordinary value of an earlier year has four."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        classes = classify(inputs.indicators, inputs.catalogue)
        self._classes = dict(zip(row_keys(inputs.indicators), classes, strict=True))
        frame = inputs.earlier
        hidden = frame[frame["status"] == "gesperrt"] if len(frame) else frame
        self._hidden = frozenset(row_keys(hidden))

    def of(self, key: RowKey, row: tuple) -> float:
        """Loss of one row of the indicators."""
        loss = self._role(key)
        if self._classes[key] not in (None, WIE):
            loss += REMARKABLE
        count = 0.0 if row.zaehler != row.zaehler else float(row.zaehler)
        loss += min(count, SIZE - 1) / SIZE
        return loss * (AGAIN if key in self._hidden else 1.0)

    def _role(self, key: RowKey) -> float:
        if key.gruppe:
            return FACILITY
        if key.raum == GESAMT:
            return KEY_TOTAL if self._inputs.catalogue[key.kennzahl].leitkennzahl else TOTAL
        if key.raum == NICHT_ZUORDENBAR:
            return UNASSIGNED
        return THIS_YEAR if key.jahr == self._inputs.reporting_year else EARLIER_YEAR
