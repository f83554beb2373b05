"""What a report loses if a row is suppressed: the least informative go first.

The role of a row decides, and nothing that a reader does not see: if smaller numbers, or those with
nothing to say, went first, the choice would tell about their size.
"""

from __future__ import annotations

from spm.disclosure.inputs.everything import Inputs
from spm.disclosure.inputs.rows import RowKey, row_keys
from spm.published import GESAMT, GESPERRT, NICHT_ZUORDENBAR

TOTAL, KEY_TOTAL = 200.0, 1000.0
"""The municipality's value, and that of a key indicator."""

UNASSIGNED, FACILITY, EARLIER_YEAR, THIS_YEAR = 1.0, 3.0, 4.0, 8.0
AGAIN = 0.5
"""Factor of a row that the last report suppressed, too: its readers know the gap."""


class Loss:
    """Loss by row, in units of which a value of an earlier year has four."""

    def __init__(self, inputs: Inputs) -> None:
        self._inputs = inputs
        frame = inputs.earlier
        hidden = frame[frame["status"] == GESPERRT] if len(frame) else frame
        self._hidden = frozenset(row_keys(hidden))

    def of(self, key: RowKey) -> float:
        """Loss of one row of the indicators."""
        return self._role(key) * (AGAIN if key in self._hidden else 1.0)

    def _role(self, key: RowKey) -> float:
        if key.gruppe:
            return FACILITY
        if key.raum == GESAMT:
            return KEY_TOTAL if self._inputs.catalogue[key.kennzahl].leitkennzahl else TOTAL
        if key.raum == NICHT_ZUORDENBAR:
            return UNASSIGNED
        return THIS_YEAR if key.jahr == self._inputs.reporting_year else EARLIER_YEAR
