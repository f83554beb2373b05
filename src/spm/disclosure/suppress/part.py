"""The pattern of one part of a report."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from functools import cache

from spm.disclosure.audit.audit import Audit
from spm.disclosure.audit.search import Searches
from spm.disclosure.evidence import Evidence
from spm.disclosure.problem import Failure, Problem
from spm.disclosure.suppress.demands import Demand, Witnesses, demands
from spm.disclosure.suppress.differences import differences, end_differences
from spm.disclosure.suppress.heuristic import extend
from spm.disclosure.suppress.optimal import cheapest
from spm.disclosure.suppress.pattern import EXACT, HEURISTIC, UNTOUCHED, Pattern
from spm.disclosure.suppress.repair import Attack, repair, still_open
from spm.disclosure.suppress.system import System
from spm.disclosure.suppress.witness import View, unmet

SMALL = 200
"""Up to so many items that may be suppressed, the cheapest pattern is looked for."""


def protect_part(
    problem: Problem, start: frozenset[int], audit: Callable[..., Audit], searches: Searches
) -> Pattern:
    """The pattern of one part, and its counts that cannot be protected."""
    if (
        not differences(problem, start)
        and audit(problem, start, measure=False, first=True, searches=searches).passed
    ):
        return Pattern(start, True, problem.loss(start), UNTOUCHED)
    search = _Search(problem, start)
    attack = remembering(audit, problem, searches, search.pool.evidence)
    found, known = search.pattern(), -1
    while len(search.wanted) > known:
        # Insiders are as many as single children; only those who succeed are worth a demand.
        known = len(search.wanted)
        if search.learn(attack(found)):
            found = search.pattern()
    found, repaired, lost = repair(problem, found, search.lost, attack)
    found = _give_back(search, found, lost, attack)
    method = HEURISTIC if repaired else search.method
    return Pattern(found, method == EXACT, problem.loss(found), method, tuple(sorted(lost)))


class _Search:
    """The pattern of one part, for more and more demands."""

    def __init__(self, problem: Problem, start: frozenset[int]) -> None:
        self.problem, self.start = problem, start
        self.hidden = start  # what the heuristic goes on from
        self.everything = problem.suppressible
        self.method = EXACT if len(self.everything - start) <= SMALL else HEURISTIC
        self.system = System(problem)
        self.pool, self.view = Witnesses(self.system), View(self.system, self.everything)
        self.partitions: list[list[int]] = [[] for _ in problem.counts]
        for p, (whole, parts) in enumerate(problem.partitions):
            for c in {whole, *parts}:
                self.partitions[c].append(p)
        self.wanted: list[Demand] = []
        self.lost: set[int] = set()
        self._want(demands(self.system))

    def _want(self, new: list[Demand]) -> bool:
        """Add demands, but for those that cannot be met whatever is suppressed."""
        hopeless = set(unmet(self.view, self.pool, new, self.everything, near=self.method == EXACT))
        # What the rules alone tell to those who know them is still a secret to all others.
        self.lost |= {self.system.sensitive[d.about] for d in hopeless if not d.lawful}
        self.wanted += [d for d in new if d not in hopeless]
        return len(hopeless) < len(new)

    def learn(self, failures: Sequence[Failure]) -> bool:
        """Whether insiders succeed who were not thought of."""
        position = {c: k for k, c in enumerate(self.system.sensitive)}
        new = []
        for f in failures:
            if f.insider in position and f.count in position:
                k = position[f.count]
                true, own = float(self.system.true[k]), position[f.insider]
                new.append(Demand(k, 0, true, whole=True, lawful=True, insider=own))
        known = set(self.wanted)
        return self._want([d for d in new if d not in known])

    def pattern(self) -> frozenset[int]:
        """The cheapest pattern for all demands, or a cheap one."""
        found = None
        if self.method == EXACT:
            which = range(len(self.problem.partitions))
            found = cheapest(self.view, self.pool, self.wanted, self.start, self.everything, which)
        if found is None:
            self.method = HEURISTIC
            found, _ = extend(self.view, self.pool, self.wanted, self.hidden, self.everything)
            found = self.hidden = end_differences(self.problem, found)
        return found

    def spare(self, hidden: frozenset[int], kept: Collection[int]) -> list[int]:
        """Items that need not be hidden, the dearest first: as far as the demands can tell.

        Parameters
        ----------
        kept : items that must stay hidden.
        """
        items = self.problem.items
        result: list[int] = []
        if differences(self.problem, hidden):  # an earlier report tells them
            return result
        view = View(self.system, hidden)
        for i in sorted((hidden - self.start).difference(kept), key=lambda i: (-items[i].cost, i)):
            less = hidden - {i}
            which = {p for s in items[i].shows for p in self.partitions[s.count]}
            if not differences(self.problem, less, which=which) and not unmet(
                view, self.pool, self.wanted, less, first=True
            ):
                hidden = less
                result.append(i)
        return result


def _give_back(
    search: _Search, hidden: frozenset[int], lost: set[int], attack: Attack
) -> frozenset[int]:
    """Publish what need not be hidden, the dearest first.

    The suppressor's own searches choose, the audit judges the outcome: an audit of every single
    item takes far too long in a large part.
    """
    kept: set[int] = set()
    while True:
        spare = search.spare(hidden, kept)
        failures = still_open(attack(hidden - set(spare)), lost) if spare else []
        if not failures:
            return hidden - set(spare)
        if search.learn(failures):
            continue
        # The searches do not see why; the first item that lets a reader succeed stays hidden.
        good, bad = 0, len(spare)
        while bad - good > 1:
            middle = (good + bad) // 2
            if still_open(attack(hidden - set(spare[:middle])), lost):
                bad = middle
            else:
                good = middle
        hidden -= set(spare[:good])
        kept.add(spare[good])


def remembering(
    audit: Callable[..., Audit],
    problem: Problem,
    searches: Searches,
    evidence: Callable[[frozenset[int]], Evidence | None] = lambda hidden: None,
) -> Callable[[frozenset[int]], tuple[Failure, ...]]:
    """The failures of a pattern; what patterns have in common is solved once.

    Parameters
    ----------
    evidence : by pattern the tables that were found for it; the auditor verifies them, as it does
        those that it found for the pattern before.
    """
    before: Audit | None = None

    @cache
    def attack(hidden: frozenset[int]) -> tuple[Failure, ...]:
        nonlocal before
        told = evidence(hidden)
        own = before.readers.evidence() if before is not None and before.readers else None
        told = own if told is None else told.and_others(own)
        before = audit(problem, hidden, measure=False, searches=searches, evidence=told)
        return before.failures

    return attack
