"""What sensitive counts must be able to be, and tables that show that they can.

A *demand* is a number that a sensitive count must be able to have in the eyes of one reader; a
*witness* is a table that meets it. A witness needs those items hidden that it contradicts, and no
others, so one witness serves many demands and many patterns.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from spm.disclosure.evidence import Evidence
from spm.disclosure.suppress.system import System

TOLERANCE = 1e-6
"""As the readers': a count is where it must be if it is this near."""


class Demand(NamedTuple):
    """What a reader must be able to believe of a sensitive count.

    Parameters
    ----------
    about : the count, by its position in ``System.sensitive``.
    side : 1: at least ``target``; -1: at most ``target``; 0: two different numbers.
    target : number of people; the true number for side 0.
    whole : the reader knows that all variables are whole.
    lawful : the reader knows all rules, and what follows from them (``Count.lawful``).
    insider : position of a count whose number the reader knows; -1: none.
    """

    about: int
    side: int
    target: float
    whole: bool = False
    lawful: bool = False
    insider: int = -1


def demands(system: System) -> list[Demand]:
    """All that plain, integer and threshold readers must be able to believe.

    What insiders must is added as the audit finds it: there are as many of them as single children.
    """
    result = []
    for s, index in enumerate(system.sensitive):
        need = system.problem.counts[index].need
        if need is not None:
            low, high = need
            result += [
                Demand(s, -1, low),
                Demand(s, 1, high),
                Demand(s, -1, math.ceil(low), whole=True),
                Demand(s, 1, math.ceil(high) - 1, whole=True),
            ]
        true = float(system.true[s])
        result.append(Demand(s, 0, true, whole=True, lawful=True))
    return result


class Witnesses:
    """Tables found so far, for whatever pattern."""

    def __init__(self, system: System) -> None:
        self.system = system
        self._found: list[_Witness] = []
        self._asked: dict[Demand, int] = {}  # what meets it: one binary digit per table
        self._rows = self._described([])
        self._seen = 0  # tables that are in all of these numbers
        self._usable: tuple[frozenset[int], int, int] = frozenset(), 0, 0
        self.add(system.base)

    def add(self, table: np.ndarray) -> frozenset[int]:
        """Remember a table; return the items that contradict it."""
        system = self.system
        needs = frozenset(i for f in system.touched(table) for i in system.items[f])
        whole = bool(np.all(table == np.round(table)))
        self._found.append(
            _Witness(table, system.aims @ table, whole, whole and system.is_lawful(table), needs)
        )
        return needs

    def evidence(self, hidden: frozenset[int]) -> Evidence:
        """The tables that agree with all that is published if ``hidden`` is suppressed."""
        tables = [w.table for w in self._found[1:] if w.needs <= hidden]
        return Evidence.of(self.system.base, tables)

    def unmet(
        self, wanted: Sequence[Demand], hidden: frozenset[int], *, last: int = 0
    ) -> list[Demand]:
        """Those demands that no table (of the last ones) meets if ``hidden`` is suppressed."""
        self._compare(list(dict.fromkeys(d for d in wanted if d not in self._asked)))
        usable = self._among(hidden)
        if last:
            usable = usable >> len(self._found) - last << len(self._found) - last
        return [d for d in wanted if not self._asked[d] & usable]

    def _among(self, hidden: frozenset[int]) -> int:
        """The tables that contradict nothing but what is suppressed, a binary digit each."""
        pattern, count, usable = self._usable
        if pattern != hidden:
            count, usable = 0, 0
        for k, w in enumerate(self._found[count:], count):
            usable |= (w.needs <= hidden) << k
        self._usable = hidden, len(self._found), usable
        return usable

    def _compare(self, new: list[Demand]) -> None:
        """Compare new tables with all demands, and new demands with all tables."""
        fresh = self._found[self._seen :]
        if fresh and self._asked:
            for d, digits in zip(self._asked, _met(self._rows, fresh), strict=True):
                self._asked[d] |= digits << self._seen
        self._seen = len(self._found)
        if new:
            rows = self._described(new)
            self._asked |= zip(new, _met(rows, self._found), strict=True)
            self._rows = np.hstack([self._rows, rows])

    def _described(self, wanted: Sequence[Demand]) -> np.ndarray:
        """Demands as columns; what an insider knows comes last."""
        rows = np.array(wanted, dtype=float).reshape(-1, len(Demand._fields)).T
        insider = rows[-1].astype(int)
        return np.vstack([rows, np.where(insider < 0, 0.0, self.system.true[insider])])


def _met(rows: np.ndarray, tables: Sequence[_Witness]) -> list[int]:
    """By demand the tables that meet it, a binary digit each."""
    count, side, insider = (rows[k].astype(int) for k in (0, 1, 5))
    target, own = rows[2], rows[-1]
    values = np.array([w.values for w in tables])
    whole, lawful = np.array([(w.whole, w.lawful) for w in tables]).T[:, :, None]
    there = values[:, count]
    # The true table is always possible, so any other number is a second one.
    met = np.where(side == 0, there != target, side * (there - target) >= -TOLERANCE)
    met &= (whole | ~(rows[3] > 0)) & (lawful | ~(rows[4] > 0))
    met &= (insider < 0) | (values[:, insider] == own)
    if len(tables) == 1:
        return [int(digit) for digit in met[0].tolist()]
    packed = np.packbits(met, axis=0, bitorder="little").T
    return [int.from_bytes(digits.tobytes(), "little") for digits in packed]


@dataclass(frozen=True)
class _Witness:
    """A table; its values of the sensitive counts; whether it is whole, and agrees with all rules;
    items that contradict it."""

    table: np.ndarray
    values: np.ndarray
    whole: bool
    lawful: bool
    needs: frozenset[int]
