"""Secondary suppression: what else must be hidden so that nobody can work out what is hidden."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass

from spm.disclosure.audit import Audit
from spm.disclosure.audit import audit as attack
from spm.disclosure.demands import Demand, Witnesses, demands
from spm.disclosure.differences import differences
from spm.disclosure.families import Family, families
from spm.disclosure.heuristic import extend, without_differences
from spm.disclosure.optimal import cheapest
from spm.disclosure.problem import Failure, Problem
from spm.disclosure.system import System
from spm.disclosure.witness import View, unmet

EXACT_ITEMS = 200
"""Up to so many items that might be suppressed, the cheapest pattern is looked for."""
INSIDERS = 20_000
"""So many pairs of insider and count are looked at beforehand; of more, those the audit names."""


OPTIMAL, HEURISTIC = "optimal", "heuristic"


@dataclass(frozen=True)
class Pattern:
    """What to suppress.

    Parameters
    ----------
    hidden : items, primaries included.
    exact : no cheaper pattern exists.
    loss : cost of the secondaries.
    method : how it was found, for the certificate: "optimal", "heuristic" or both.
    unprotectable : sensitive counts that some reader derives whatever is suppressed.
    """

    hidden: frozenset[int]
    exact: bool
    loss: float
    method: str
    unprotectable: tuple[int, ...]


def suppress(problem: Problem, audit: Callable[..., Audit] = attack) -> Pattern:
    """Find a cheap set of items that protects all sensitive counts from all readers.

    Parameters
    ----------
    audit : has the last word on every pattern.

    Returns
    -------
    Pattern
        The audit passes, apart from counts that are ``unprotectable``; and no secondary can be
        published without a reader succeeding.

    Raises
    ------
    SpmError
        The numbers contradict each other.
    """
    return _Suppression(problem, audit).pattern()


class _Suppression:
    """What is found out about a problem on the way to its pattern."""

    def __init__(self, problem: Problem, audit: Callable[..., Audit]) -> None:
        self.problem, self.audit = problem, audit
        self.system = System(problem)
        self.pool = Witnesses(self.system)
        self.everything = frozenset(i for i, item in enumerate(problem.items) if not item.fixed)
        self.hopeless: set[Demand] = set()
        self.lost: set[int] = set()
        self.methods: set[str] = set()
        self.families = self._families()
        self.home = {c: f for f, family in enumerate(self.families) for c in family.sensitive}
        self.position = {c: s for s, c in enumerate(self.system.sensitive)}
        self.wanted: list[list[Demand]] = [self._insiders(family) for family in self.families]
        for d in demands(self.system):
            self._home(d).append(d)

    def _families(self) -> list[Family]:
        problem = self.problem
        if len(self.everything - problem.primaries) > EXACT_ITEMS:
            return families(problem)
        sensitive = tuple(c for c, count in enumerate(problem.counts) if count.sensitive)
        return [Family(sensitive, self.everything, tuple(range(len(problem.partitions))))]

    def _home(self, d: Demand) -> list[Demand]:
        return self.wanted[self.home[self.system.sensitive[d.count]]]

    def _insiders(self, family: Family) -> list[Demand]:
        counts = self.problem.counts
        own = [c for c in family.sensitive if c in self.position]
        ones = [c for c in own if counts[c].value == 1]
        if len(own) * len(ones) > INSIDERS:
            return []
        # Who knows a group of people knows it under every name.
        pairs = [(c, k) for c in own for k in ones if counts[c].parts != counts[k].parts]
        return [self._insider(c, k) for c, k in pairs]

    def _insider(self, count: int, insider: int) -> Demand:
        s, k = self.position[count], self.position[insider]
        return Demand(s, 0, float(self.system.true[s]), whole=True, lawful=True, insider=k)

    def pattern(self) -> Pattern:
        hidden = self._protect(self.problem.primaries)
        lean = self._give_back(hidden)
        while failures := self._failures(lean):
            if not self._learn(failures):
                # The audit sees more than the search: now it decides on every step.
                self.methods.add(HEURISTIC)
                lean = self._give_back(self._repair(hidden), audited=True)
                break
            hidden = self._protect(hidden)
            lean = self._give_back(hidden)
        counts = {self.system.sensitive[d.count] for d in self.hopeless}
        return Pattern(
            lean,
            HEURISTIC not in self.methods and len(self.families) == 1,
            self.problem.loss(lean),
            " + ".join(sorted(self.methods, reverse=True)) or OPTIMAL,
            tuple(sorted(counts | self.lost | set(self.system.untold))),
        )

    def _protect(self, hidden: frozenset[int]) -> frozenset[int]:
        """Hide what the families need, one after the other."""
        for f, family in enumerate(self.families):
            wanted = [d for d in self.wanted[f] if d not in self.hopeless]
            if len((family.items | hidden) - hidden) <= EXACT_ITEMS:
                hidden = self._exactly(family, wanted, hidden)
            # Nearly all of what insiders must not find out follows from what others must not.
            for insiders in (False, True):
                hidden = self._roughly(
                    family, [d for d in wanted if (d.insider >= 0) == insiders], hidden
                )
        more = without_differences(self.problem, hidden, self.everything)
        if more != hidden:
            self.methods.add(HEURISTIC)
        return more

    def _exactly(
        self, family: Family, wanted: list[Demand], hidden: frozenset[int]
    ) -> frozenset[int]:
        small = differences(self.problem, hidden, which=family.partitions)
        if not small and not self.pool.unmet(wanted, hidden):
            return hidden
        allowed = hidden | family.items
        view = View(self.system, allowed)
        failed = set(unmet(view, self.pool, wanted, allowed))
        wanted = [d for d in wanted if d not in failed]
        found = cheapest(view, self.pool, wanted, hidden, allowed, family.partitions)
        if found is None or found == hidden:
            return hidden
        self.methods.add(OPTIMAL)
        return found

    def _roughly(
        self, family: Family, wanted: list[Demand], hidden: frozenset[int]
    ) -> frozenset[int]:
        if not self.pool.unmet(wanted, hidden):
            return hidden
        failed = unmet(View(self.system, hidden), self.pool, wanted, hidden)
        # What is published about others may give it away: then all may be suppressed.
        for items in (family.items, self.everything):
            if failed:
                allowed = hidden | items
                found, failed = extend(
                    View(self.system, allowed), self.pool, failed, hidden, allowed
                )
                if found != hidden:
                    self.methods.add(HEURISTIC)
                    hidden = found
        self.hopeless |= set(failed)
        return hidden

    def _give_back(self, hidden: frozenset[int], *, audited: bool = False) -> frozenset[int]:
        """Publish what need not be hidden, the dearest first."""
        items = self.problem.items
        affected = self._affected(hidden)
        sums: dict[int, set[int]] = {}
        for p, (whole, parts) in enumerate(self.problem.partitions):
            for i in {i for c in (whole, *parts) for i in self.problem.showing[c]} & hidden:
                sums.setdefault(i, set()).add(p)
        view = View(self.system, hidden)
        left = sorted(hidden - self.problem.primaries, key=lambda i: (-items[i].cost, i))
        again = True
        while again:
            kept, before = [], hidden
            for i in left:
                less, near = hidden - {i}, sums.get(i, set())
                if audited:
                    fails = bool(self._failures(less))
                elif self._small(less, near) > self._small(hidden, near):
                    kept.append(i)
                    continue
                else:
                    fails = bool(unmet(view, self.pool, affected(i), less, first=True))
                hidden = hidden if fails else less
            # Only a difference can become harmless because something else is published.
            left, again = kept, bool(kept) and hidden != before
        return hidden

    def _affected(self, hidden: frozenset[int]) -> Callable[[int], list[Demand]]:
        """Demands that may fail if an item is published."""
        view = View(self.system, hidden)
        blocks: dict[int, list[Demand]] = {}
        for d in (d for wanted in self.wanted for d in wanted if d not in self.hopeless):
            for part in view.parts_of(self.system.aims[d.count]):
                blocks.setdefault(part, []).append(d)
        told = (self.system.members.T @ abs(self.system.matrix)).tocsr()

        def affected(item: int) -> list[Demand]:
            parts = view.parts_of(told[item])
            return list(dict.fromkeys(d for part in parts for d in blocks.get(part, ())))

        return affected

    def _small(self, hidden: frozenset[int], which: Iterable[int]) -> int:
        return len(differences(self.problem, hidden, which=list(which)))

    def _failures(self, hidden: frozenset[int]) -> list[Failure]:
        """What can still be mended."""
        known = {self.system.sensitive[d.count] for d in self.hopeless} | self.lost
        return [
            f
            for f in self.audit(self.problem, hidden).failures
            if (f.count not in known if f.count is not None else self._open(f, hidden))
        ]

    def _learn(self, failures: Iterable[Failure]) -> bool:
        """Demand what insiders must not find out; whether there is anything new."""
        fresh = False
        for f in failures:
            if f.insider is not None and f.insider in self.position:
                d = self._insider(f.count, f.insider)
                if d not in self._home(d):
                    self._home(d).append(d)
                    fresh = True
        return fresh

    def _open(self, failure: Failure, hidden: frozenset[int]) -> list[frozenset[int]]:
        """Sets of items that end a difference."""
        sets = [frozenset(self.problem.showing[c]) for c in failure.proof]
        return [s - hidden for s in sets if s <= self.everything]

    def _repair(self, hidden: frozenset[int]) -> frozenset[int]:
        """Hide something near the first failure until none is left."""
        items, counts = self.problem.items, self.problem.counts
        while failures := self._failures(hidden):
            first = failures[0]
            if first.count is None:
                sets = self._open(first, hidden)
                hidden |= min(sets, key=lambda s: (sum(items[i].cost for i in s), sorted(s)))
                continue
            parts = counts[first.count].parts
            near = [
                (not any(counts[s.count].parts & parts for s in items[i].shows), items[i].cost, i)
                for i in sorted(self.everything - hidden)
            ]
            if near:
                hidden |= {min(near)[2]}
            else:
                self.lost.add(first.count)
        return hidden
