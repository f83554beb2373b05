"""What is suppressed."""

from __future__ import annotations

from dataclasses import dataclass

EXACT, HEURISTIC = "exakt", "heuristisch"
METHODS = (EXACT, f"{EXACT} und {HEURISTIC}", HEURISTIC)
UNTOUCHED = ""
"""Method of a part that needs nothing secondary."""


@dataclass(frozen=True)
class Pattern:
    """What is suppressed.

    Parameters
    ----------
    hidden : positions in ``Problem.items``, primaries included.
    exact : every part of the report has the cheapest possible pattern.
    loss : cost of the secondary items.
    method : one of `METHODS`.
    unprotectable : sensitive counts that a reader derives whatever is suppressed.
    """

    hidden: frozenset[int]
    exact: bool
    loss: float
    method: str
    unprotectable: tuple[int, ...] = ()
