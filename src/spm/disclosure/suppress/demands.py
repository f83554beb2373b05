"""What sensitive counts must be able to be, and tables that show that they can.

A *demand* is a number that a sensitive count must be able to have in the eyes of one reader; a
*witness* is a table that meets it. A witness needs those items hidden that it contradicts, and no
others, so one witness serves many demands and many patterns.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from spm.disclosure.evidence import Evidence
from spm.disclosure.suppress.system import System

TOLERANCE = 1e-6
"""As the readers': a count is where it must be if it is this near."""


@dataclass(frozen=True, order=True)
class Demand:
    """What a reader must be able to believe of a sensitive count.

    Parameters
    ----------
    count : position in ``System.sensitive``.
    side : 1: at least ``target``; -1: at most ``target``; 0: two different numbers.
    target : number of people; the true number for side 0.
    whole : the reader knows that all variables are whole.
    lawful : the reader knows all rules, and what follows from them (``Count.lawful``).
    insider : position of a count whose number the reader knows; -1: none.
    """

    count: int
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
        if not wanted:
            return []
        rows = np.array(
            [(d.count, d.side, d.target, d.whole, d.lawful, d.insider) for d in wanted],
            dtype=float,
        )
        count, side, insider = (rows[:, k].astype(int) for k in (0, 1, 5))
        target, whole, lawful = rows[:, 2], rows[:, 3] > 0, rows[:, 4] > 0
        own = np.where(insider < 0, 0.0, self.system.true[insider])
        left = np.arange(len(rows))
        for w in reversed(self._found[-last:]):
            if not w.needs <= hidden:
                continue
            there, known = w.values[count[left]], insider[left]
            met = side[left] * (there - target[left]) >= -TOLERANCE
            # The true table is always possible, so any other number is a second one.
            met = np.where(side[left] == 0, there != target[left], met)
            met &= (w.whole | ~whole[left]) & (w.lawful | ~lawful[left])
            met &= (known < 0) | (w.values[known] == own[left])
            left = left[~met]
        return [wanted[i] for i in left.tolist()]


@dataclass(frozen=True)
class _Witness:
    """A table; its values of the sensitive counts; whether it is whole, and agrees with all rules;
    items that contradict it."""

    table: np.ndarray
    values: np.ndarray
    whole: bool
    lawful: bool
    needs: frozenset[int]
