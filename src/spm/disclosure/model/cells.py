"""Small groups that follow only from several indicators, or several reports, together.

Each cuts people into groups, years and places of its own; what one prints less what the others
print may be anybody. Whatever small number can be derived is a sum of smallest groups of one year
and one place. Each of these that is small is a count that must not be derived, and of the sums that
alone are known, the smallest: who cannot narrow one of them down below the threshold has no small
sum either, for a part is at most as many as its whole.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Hashable, Iterable, Mapping, Sequence

from spm.config.selections import Auswahl, Zusammenhang
from spm.disclosure.inputs.everything import Inputs
from spm.disclosure.inputs.rules import Rule, Rules
from spm.disclosure.model.closure import Combination, closure, smallest
from spm.disclosure.model.counts import Counts, Window
from spm.disclosure.model.elsewhere import Elsewhere
from spm.disclosure.model.groups import identity
from spm.disclosure.model.space import Space, Tally
from spm.facts import is_facility
from spm.published import GESAMT


def add_cells(counts: Counts, space: Space, tally: Tally, told: Elsewhere, inputs: Inputs) -> None:
    """Add the small groups that follow from all that was printed of the same measures."""
    old = told.old_areas()
    known: dict[Hashable, set[tuple[int, str]]] = defaultdict(set)
    for windows in counts.windows.values():
        for window in windows:
            cells = {(y, p) for y in window.years for p in window.places}
            known[identity(window.wanted)] |= cells
    for family in _families(told_selections(space.selections, inputs.sums)):
        cells = set().union(*(known[identity(s)] for s in family))
        _Family(family, counts, space, tally, inputs, cells, old).add()
    _add_rests(counts, told, inputs.rules)


def told_selections(printed: Iterable[Auswahl], sums: Mapping[str, Zusammenhang]) -> list[Auswahl]:
    """Selections whose numbers follow from what is printed of others: these, and members of known
    sums of which only they are open.

    Where such a sum does not hold, or not all others are printed, its last member is protected in
    vain: that costs nothing, because nobody can tell it.
    """
    told = {identity(s): s for s in printed}
    while True:
        left = [
            [s for s in (z.summe, *z.teile, *z.abzueglich) if identity(s) not in told]
            for z in sums.values()
        ]
        new = {identity(s): s for members in left if len(members) == 1 for s in members}
        if not new:
            return list(told.values())
        told |= new


class _Family:
    """Selections that count the same people, at least in part.

    Parameters
    ----------
    known : years and places that anything of the family is known of.
    old : those of earlier divisions.
    """

    def __init__(
        self,
        family: Sequence[Auswahl],
        counts: Counts,
        space: Space,
        tally: Tally,
        inputs: Inputs,
        known: Collection[tuple[int, str]],
        old: Collection[tuple[int, str]],
    ) -> None:
        self.family, self.counts, self.space, self.tally = family, counts, space, tally
        self.rules, self.areas = inputs.rules, inputs.areas
        self.known, self.old = known, old
        self.members = [frozenset(space.groups_of(s)) for s in family]
        self._closed: dict[tuple[int, ...], list[Combination[tuple[str, int]]]] = {}

    def add(self) -> None:
        for year, place in self._cells():
            numbers = [self.tally.number(s, year, place) for s in self.family]
            rules = [self.rules.at(s, (place,)) for s in self.family]
            # What is rounded, or changed by its sender, is no exact number to subtract.
            told = tuple(
                i
                for i, s in enumerate(self.family)
                if numbers[i] is not None
                and rules[i].suppress
                and not self.tally.error(s, year, place)
            )
            small = {}
            for made in self._combinations(told):
                rule = _strictest([rules[told[i]] for i in made.signs])
                value = made.value([n for i in told if (n := numbers[i]) is not None])
                if 0 < value < rule.threshold:
                    small[made.members] = (value, rule)
            for members, value in smallest((m, v) for m, (v, _) in small.items()):
                parts = self.space.cell(members, year, place)
                name = f"Teil von {'+'.join(sorted({m for m, _ in members}))}, {year}, Raum {place}"
                self.counts.add_parts(parts, value, small[members][1], name)

    def _cells(self) -> list[tuple[int, str]]:
        """Years and places of which anything can be derived."""
        found = set(self.known)
        years = {y for y, p in found if not is_facility(p)}
        found |= {(y, p) for y in years for p in (GESAMT, *self.areas)}
        found |= {(y, p) for y, p in self.old if y in years}
        return sorted((y, p) for y, p in found if p not in self.counts.uncounted)

    def _combinations(self, told: tuple[int, ...]) -> list[Combination[tuple[str, int]]]:
        if told not in self._closed:
            self._closed[told] = closure([self.members[i] for i in told])
        return self._closed[told]


def _families(selections: Iterable[Auswahl]) -> list[list[Auswahl]]:
    """Selections by the measures that they share with others."""
    home: dict[str, set[str]] = {}
    every = list({identity(s): s for s in selections}.values())
    for wanted in every:
        joined = set(wanted.merkmal).union(*(home.get(m, ()) for m in wanted.merkmal))
        home |= dict.fromkeys(joined, joined)
    families: dict[frozenset[str], list[Auswahl]] = defaultdict(list)
    for wanted in every:
        families[frozenset(home[wanted.merkmal[0]])].append(wanted)
    return list(families.values())


def _strictest(rules: Sequence[Rule]) -> Rule:
    return Rule(max(r.threshold for r in rules), all(r.zeros_shown for r in rules))


def _add_rests(counts: Counts, told: Elsewhere, rules: Rules) -> None:
    """Small numbers of people of whom only other reports tell."""
    groups: dict[frozenset[int], tuple[float, Window]] = {}
    for parts, number, window in told.rests:
        if parts:
            groups.setdefault(parts, (number, window))
    names = list(groups)
    numbers = [groups[g][0] for g in names]
    windows = [groups[g][1] for g in names]
    small = {}
    for made in closure(names):
        rule = _strictest([rules.at(windows[i].wanted, windows[i].places) for i in made.signs])
        value = made.value(numbers)
        if 0 < value < rule.threshold:
            window = windows[min(made.signs)]
            small[made.members] = (value, rule, f"Teil von {counts.name(window)}")
    for members, value in smallest((m, v) for m, (v, *_) in small.items()):
        counts.add_parts(members, value, small[members][1], small[members][2])
