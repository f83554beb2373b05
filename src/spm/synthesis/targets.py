"""Attainment of targets: how far a value has come, where it should be by now, and what can be told.

The path from the baseline B in year b to the target Z in year z is a straight line, an agreement
and no forecast. Attainment is the share of that way that is behind: (x - B) / (Z - B).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from typing import NamedTuple

ERREICHT, AUF_KURS, OFFEN, HINTER_PLAN, NICHT_MESSBAR = COURSES = (
    *("erreicht", "auf_kurs", "offen", "hinter_plan"),
    "nicht_messbar",
)
"""Met; better than the path; the interval holds the path; worse than the path; no value."""


class Line(NamedTuple):
    """A baseline and a target with their years; values in the unit of the indicator."""

    base: float
    base_year: int
    goal: float
    goal_year: int

    @property
    def upwards(self) -> bool:
        """Whether high values are aimed at."""
        return self.goal > self.base


def path(line: Line, year: int) -> float:
    """Where the value should be in a year: on the line, and at its ends outside of its years."""
    elapsed = (year - line.base_year) / (line.goal_year - line.base_year)
    return line.base + (line.goal - line.base) * min(max(elapsed, 0.0), 1.0)


def attainment(line: Line, value: float) -> float:
    """Share of the way that a value has come: 0 at the baseline, 1 at the target; it may be
    negative or above 1.

    Raises
    ------
    ZeroDivisionError
        Baseline and target are the same.
    """
    return (value - line.base) / (line.goal - line.base)


def course(
    line: Line, value: float, year: int, interval: tuple[float, float] | None, step: float = 0.0
) -> str:
    """What a value says of a target.

    Parameters
    ----------
    interval : 95 % interval of the value. All of it must lie beyond the target, or on one side of
        the path, before anything but "open" is said. None: the value has no chance in it, and is
        compared as it is.
    step : last digit that is printed; a value without interval that is printed like the path or
        the target counts as on it.

    Returns
    -------
    str
        One of `COURSES` but the last.
    """
    sign = 1.0 if line.upwards else -1.0
    low, high = interval if interval is not None else (value, value)
    worst, best = sorted((sign * low, sign * high))
    slack = step / 2 + 1e-9 if interval is None else 0.0
    if worst + slack >= sign * line.goal:
        return ERREICHT
    due = sign * path(line, year)
    if worst + slack >= due:
        return AUF_KURS
    return HINTER_PLAN if best + slack < due else OFFEN


def shares(states: Iterable[str], known: Iterable[str]) -> dict[str, tuple[int, float]]:
    """How often each state occurs, and which share of all that is; empty if there is none.

    Parameters
    ----------
    known : every state, in the order of the result.
    """
    counted = Counter(states)
    total = sum(counted.values())
    return {state: (counted[state], counted[state] / total) for state in known} if total else {}
