"""Several findings of the same child in the problem: test by test, beside one possible table.

The conditions of `spm.disclosure.model.several` join all tests of all areas and years. To attack
them as one system takes many times as long as the whole report, and none of it is needed: a number
stays open if it does while all others stand still. So the problem knows more than any reader does,
in a way that falls apart again:

- *About one test*, a reader is told all numbers of all other tests, and S and A of every area and
  year, as one table has them (the reference). Of this test then follow ``f >= a``, ``d >= b`` and
  ``t >= A``, with numbers a and b.
- *About S and A*, a reader is told all numbers of all tests; what follows is ``S <= most(f, k)``,
  ``V <= most(d, m - k + 1)``, ``A <= t``.

Whatever two tables of one part show that a number of it is open, together with the reference in all
other parts they are two possible tables of everything, published numbers included; so it is open
for a reader who is told nothing. In the reference all tests have their true numbers, and S and A
the true sum in every year; where this would tell something of small numbers (the few children of no
area, say), nobody there had all tests in it, and other areas have as many more. If there is no such
reference for a year, no number of it is published.

Only the municipality's S and A are published at all, and only if at least as many children as the
threshold missed one of the tests, beyond those who must have: then nobody can tell from A and the
numbers of single tests who did.
"""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from spm.config.selections import Auswahl
from spm.disclosure.inputs.everything import Inputs
from spm.disclosure.inputs.rules import Rule
from spm.disclosure.model.counts import Window
from spm.disclosure.model.groups import identity
from spm.disclosure.model.known import Relations
from spm.disclosure.model.several import Cell, Together, most
from spm.disclosure.model.space import Space, Tally
from spm.disclosure.problem import Relation
from spm.published import GESAMT, NICHT_ZUORDENBAR

INFINITE = float("inf")

ALONE = "je Kind verbunden, nur für die ganze Kommune"
LINKED = "je Kind verbunden, und einzelne Befunde stehen je Einrichtung oder in einer Summe"
NO_TABLE = "je Kind verbunden, und mit den Zahlen der einzelnen Tests ließe sich etwas ausrechnen"
ALL_TESTED = "je Kind verbunden, und fast alle haben alle Tests"


class Joint:
    """One measure of several findings.

    Attributes
    ----------
    cells : true numbers by year and place; only of years of which all are known.
    reference : the numbers that readers are told of, by year and place; of years that have one.
    linked : tests have something else in common (a known sum, numbers by facility), so that the
        argument above does not hold.
    """

    def __init__(
        self, found: Together, space: Space, tally: Tally, inputs: Inputs, linked: bool
    ) -> None:
        self.found, self.linked = found, linked
        self._space, self._tally, self._places = space, tally, [*inputs.areas, NICHT_ZUORDENBAR]
        rules = [inputs.rules.of(s) for s in found.selections]
        self.room = Room(rules, inputs.factor)
        self.cells: dict[tuple[int, str], Cell] = {}
        self.reference: dict[tuple[int, str], Cell] = {}
        for year in inputs.years:
            known = self._known(year)
            self.cells |= {(year, place): cell for place, cell in known.items()}
            table = None if linked else self.room.reference(known)
            self.reference |= {(year, place): cell for place, cell in (table or {}).items()}

    def why(self, window: Window) -> str:
        """Why a row that counts all tests together must not be published; "" if it may."""
        years = set(window.years)
        if window.places != (GESAMT,):
            return ALONE
        if self.linked:
            return LINKED
        if years - {year for year, _ in self.reference}:
            return NO_TABLE
        cells = [cell for (year, _), cell in self.cells.items() if year in years]
        spare = sum(min(c.made) - c.tested for c in cells)
        return ALL_TESTED if spare < self.room.threshold else ""

    def relations(self) -> Relations:
        """What readers know, in years of which anything is published."""
        found: Relations = {}
        for (year, place), told in self.reference.items():
            for label, coefficients, low, high in self._rows(year, place, told):
                name = ("Mehrere Befunde", self.found.several.merkmal[0], year, place, *label)
                found[name] = Relation(name, coefficients, low, high)
        return found

    def caps(self) -> dict[int, float]:
        """By variable how many people it can be at most, for all who know the single tests."""
        found: dict[int, float] = defaultdict(float)
        s, a = self.found.several, self.found.tested
        for (year, place), cell in self.reference.items():
            ends = (
                (self._space.parts(s, (year,), (place,)), most(cell.findings, cell.least)),
                (self._space.parts(a, (year,), (place,)), min(cell.made)),
            )
            for parts, high in ends:
                found |= dict.fromkeys(parts, float(high))
            rest = ("nicht im Zähler", identity(s), identity(a), year, year, GESAMT)
            if rest in self._space.index:
                found[self._space.index[rest]] += float(most(cell.without, cell.rest))
        return found

    def _known(self, year: int) -> dict[str, Cell]:
        """True numbers by place; empty if one of them is not known."""
        selections = self.found.selections
        if any(self._space.own_totals.intersection(s.merkmal) for s in selections):
            return {}
        if any(self._space.has_rest(s, year) for s in selections):
            return {}
        cells = {}
        for place in self._places:
            told = [self._tally.of(s, year, place) for s in selections]
            if place == NICHT_ZUORDENBAR and not any(told):
                continue
            numbers = [self._tally.number(s, year, place) for s in selections]
            if None in numbers or any(self._tally.error(s, year, place) for s in selections):
                return {}
            several, tested, *tests = (n or 0 for n in numbers)
            cells[place] = Cell(
                self.found.least, several, tested, tuple(tests[::2]), tuple(tests[1::2])
            )
        return cells

    def _rows(
        self, year: int, place: str, told: Cell
    ) -> Iterable[tuple[tuple[str, ...], dict[int, float], float, float]]:
        def of(wanted: Auswahl, sign: float = 1.0) -> dict[int, float]:
            return dict.fromkeys(sorted(self._space.parts(wanted, (year,), (place,))), sign)

        s, a = self.found.several, self.found.tested
        yield ("S",), of(s), 0.0, float(most(told.findings, told.least))
        others = float(most(told.without, told.rest))
        yield ("V",), of(a) | of(s, -1.0), 0.0, others
        yield ("A",), of(a), 0.0, float(min(told.made))
        for i, (f, t) in enumerate(self.found.tests):
            test = f.merkmal[0]
            least = told.least_findings(i), told.least_without(i)
            if least[0]:
                yield ("f", test), of(f), float(least[0]), INFINITE
            yield ("d", test), of(t) | of(f, -1.0), float(least[1]), INFINITE
            if told.tested:
                yield ("t", test), of(t), float(told.tested), INFINITE


class Room:
    """What must stay possible of the numbers of single tests.

    Attributes
    ----------
    threshold : of the strictest rule.
    """

    def __init__(self, rules: Sequence[Rule], factor: float) -> None:
        self.threshold = max(rule.threshold for rule in rules)
        self._high = self.threshold * factor
        more = any(
            r.min_denominator or r.units or any(d.dominanz for d in r.deliveries) for r in rules
        )
        self._width = max(self.threshold - 1, 1) * factor if more else 0.0

    def leaves(self, cell: Cell) -> bool:
        """Whether small numbers of single tests stay open if this much of the others is known."""
        for i, (f, t) in enumerate(zip(cell.findings, cell.made, strict=True)):
            ends = ((f, cell.least_findings(i)), (t - f, cell.least_without(i)), (t, cell.tested))
            if any(least > self._low(number) for number, least in ends):
                return False
            # A small part may be as large as its threshold, if there are so many in the whole.
            part = max(cell.least_findings(i), cell.least_without(i))
            if min(f, t - f) < self.threshold and part > max(t - self._high, 0):
                return False
        return True

    def _low(self, number: int) -> float:
        """How small a number must be able to be."""
        if number < self.threshold:
            return 0.0
        return max(number - self._width, 0.0) if self._width else float(number)

    def reference(self, true: Mapping[str, Cell]) -> dict[str, Cell] | None:
        """A possible table of one year that leaves all small numbers open, by place; None if none
        is found."""
        if not true or not all(cell.possible for cell in true.values()):
            return None
        table = {place: self._fewer(cell) for place, cell in true.items()}
        for _ in range(sum(c.several - table[p].several for p, c in true.items())):
            more = {p: _with(c, c.several + 1, 0) for p, c in table.items()}
            place = next((p for p, c in more.items() if self._fits(c)), None)
            if place is None:
                return None
            table[place] = more[place]
        # Few findings are suppressed as a rule: there, more children may have missed a test.
        places = sorted(table, key=lambda p: (min(table[p].findings), p))
        others = {p: self._most_others(table[p]) for p in places}
        spare = sum(others.values()) - sum(c.others for c in true.values())
        if spare < 0:
            return None
        while spare:
            for place in places:
                less = min(others[place], math.ceil(self._high), spare)
                others[place] -= less
                spare -= less
        table |= {p: _with(table[p], table[p].several, n) for p, n in others.items()}
        return table if all(map(self._fits, table.values())) else None

    def _fewer(self, cell: Cell) -> Cell:
        """As many of its children with several findings as leave room, and no others."""
        while cell.several and not self._fits(_with(cell, cell.several, 0)):
            cell = _with(cell, cell.several - 1, 0)
        return _with(cell, cell.several, 0)

    def _most_others(self, cell: Cell) -> int:
        """So many children with fewer findings may there be."""
        low, high = -1, min(cell.made) + 1
        while high - low > 1:
            middle = (low + high) // 2
            fits = self._fits(_with(cell, cell.several, middle))
            low, high = (middle, high) if fits else (low, middle)
        return max(low, 0)

    def _fits(self, cell: Cell) -> bool:
        return cell.possible and self.leaves(cell)


def _with(cell: Cell, several: int, others: int) -> Cell:
    return cell._replace(several=several, tested=several + others)
