"""Totals that are almost all of a few facilities: (n,k) rules, and what they tell."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import combinations
from math import comb
from typing import NamedTuple

from spm.config.delivery import Dominanz
from spm.disclosure.model.counts import Row, Window
from spm.disclosure.model.space import Space, Tally, facilities_by_kind
from spm.disclosure.problem import Item, Relation, Shown
from spm.published import GESAMT

MANY = 500
"""Of so many groups of n facilities each is told apart; of more, only single facilities are."""


class _Judged(NamedTuple):
    """A total, and whether the largest of these facilities have too much of it."""

    window: Window
    rule: Dominanz
    names: tuple[str, ...]
    over: bool


class Dominances:
    """The rules as they were applied to totals of the municipality.

    The contributors of a count are known where they are facilities of one kind: the n largest must
    not have more than k percent of it.
    """

    def __init__(self, space: Space, tally: Tally) -> None:
        self._space, self._tally = space, tally
        self._judged: list[_Judged] = []

    def why(self, row: Row) -> str:
        """The total of the municipality must not be published by one of the rules."""
        rules = [d.dominanz for d in row.rule.deliveries if d.dominanz]
        if row.key.raum != GESAMT or row.key.gruppe is not None or not self._found(row.top, rules):
            return ""
        return "wenige Einrichtungen haben fast alle Fälle (Dominanz)"

    def printed(self, row: Row, denominator: Shown) -> Shown:
        """Nothing of the denominator."""
        return denominator

    def _found(self, window: Window, rules: Sequence[Dominanz]) -> bool:
        kinds = facilities_by_kind(self._tally.facilities).values() if rules else ()
        judged = [self._judge(window, rule, tuple(names)) for names in kinds for rule in rules]
        self._judged += judged
        return any(one.over for one in judged)

    def inferred(self, items: Sequence[Item]) -> tuple[Relation, ...]:
        """What readers know who know the rules: of every total, whether one of them held it back.

        That the n largest facilities have more than k percent (which ones, is taken for known), or
        that no n of them have. Only of facilities that the report shows.
        """
        return tuple(r for judged in self._judged for r in self._told(judged))

    def _judge(self, window: Window, rule: Dominanz, names: tuple[str, ...]) -> _Judged:
        numbers = sorted(self._numbers(window, names), reverse=True)
        over = sum(numbers[: rule.n]) > rule.k / 100 * sum(numbers) > 0
        return _Judged(window, rule, names, over)

    def _numbers(self, window: Window, names: Sequence[str]) -> list[int]:
        number = self._tally.number
        return [sum(number(window.wanted, y, n) or 0 for y in window.years) for n in names]

    def _told(self, judged: _Judged) -> Iterator[Relation]:
        window, rule, names, over = judged
        parts = {n: self._variables(window, n) for n in names}
        if len(names) <= rule.n or not all(parts.values()):
            return
        numbers = dict(zip(names, self._numbers(window, names), strict=True))
        largest = sorted(names, key=lambda n: (-numbers[n], n))[: rule.n]
        groups = [tuple(largest)] if over else [(n,) for n in names]
        if not over and comb(len(names), rule.n) <= MANY:
            groups = list(combinations(names, rule.n))
        for some in groups:
            row = {v: (n in some) - rule.k / 100 for n in names for v in sorted(parts[n])}
            low, high = (0.0, float("inf")) if over else (-float("inf"), 0.0)
            yield Relation(("Dominanz", *window.years, *some), row, low, high)

    def _variables(self, window: Window, name: str) -> list[int]:
        """Those of a facility; none if the report says nothing of it."""
        index = self._space.index
        cells = [
            (m, y, name, g) for y in window.years for m, g in self._space.groups_of(window.wanted)
        ]
        return [index[c] for c in cells if c in index]
