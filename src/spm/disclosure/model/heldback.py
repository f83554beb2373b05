"""Rules by which a row is held back although no count in it is small: a class for each kind.

A new kind is a key of deliveries (`spm.config.delivery`), its words (`spm.release.agreed`) and a
class here. Suppressor and auditor know no kinds: a row that is held back is an item that must be
suppressed, and what readers infer from the rule are limits of counts and sums in the `Problem`.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from spm.disclosure.inputs.rules import Rules
from spm.disclosure.model.counts import Counts, Row, Window
from spm.disclosure.model.dominance import Dominances
from spm.disclosure.model.space import Space, Tally
from spm.disclosure.problem import Item, Problem, Relation, Shown


class Kind(Protocol):
    """What the model asks of a kind."""

    def why(self, row: Row) -> str:
        """Why a row is held back, for the confidential list; "" if it is not, by this rule."""

    def printed(self, row: Row, denominator: Shown) -> Shown:
        """What the printed denominator tells those who know that the row was not held back."""

    def inferred(self, items: Sequence[Item]) -> tuple[Relation, ...]:
        """What readers infer who know the rule, once all rows are there; it may limit counts."""


def kinds(space: Space, tally: Tally, counts: Counts, rules: Rules) -> tuple[Kind, ...]:
    """One of every kind, in the order in which reasons are told."""
    return Denominators(counts, rules), Dominances(space, tally)


class Denominators:
    """No value for a group smaller than agreed on (``mindestnenner``)."""

    def __init__(self, counts: Counts, rules: Rules) -> None:
        self._counts, self._rules = counts, rules
        self._judged: list[tuple[int, int, int]] = []  # item, denominator, how large it must be

    def why(self, row: Row) -> str:
        """The denominator that was delivered is too small."""
        least, size = self._least(row.top, row.bottom), self._counts.delivered(row.bottom)[0]
        if least and self._counts.all[row.denominator].value is not None:
            self._judged.append((row.item, row.denominator, least))
        return f"Nenner kleiner als {least}" if size is not None and size < least else ""

    def printed(self, row: Row, denominator: Shown) -> Shown:
        """Whoever knows the smallest denominator knows that a rounded one that is printed is no
        smaller."""
        least = self._least(row.top, row.bottom)
        changed = self._counts.delivered(row.bottom)[1]
        if changed or not denominator.low < least <= denominator.high:
            return denominator
        return Shown(denominator.count, float(least), denominator.high)

    def inferred(self, items: Sequence[Item]) -> tuple[Relation, ...]:
        """The denominator of a rate that is held back because of it is known to be too small; that
        of a rate that had not to be suppressed is not."""
        primaries = Problem((), tuple(self._counts.all), tuple(items)).primaries
        for item, denominator, least in self._judged:
            size = self._counts.all[denominator].value
            assert size is not None  # else it is not among them
            if size < least:
                self._counts.limit(denominator, 0.0, least - 1.0)
            elif item not in primaries:
                self._counts.limit(denominator, float(least), float("inf"))
        return ()

    def _least(self, top: Window, bottom: Window) -> int:
        """The smallest denominator that was agreed on."""
        rules = [self._rules.at(w.wanted, w.places) for w in (top, bottom)]
        return max(r.min_denominator for r in rules)
