"""Secondary suppression: what else must be hidden so that nobody can work out what is hidden."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from functools import partial

from spm.disclosure.audit.audit import Audit
from spm.disclosure.audit.audit import audit as full_audit
from spm.disclosure.audit.search import Searches
from spm.disclosure.evidence import Evidence
from spm.disclosure.problem import Failure, Problem
from spm.disclosure.suppress.ahead import Ahead, heavy
from spm.disclosure.suppress.families import Family, families
from spm.disclosure.suppress.part import protect_part, remembering
from spm.disclosure.suppress.pattern import EXACT, HEURISTIC, UNTOUCHED, Pattern
from spm.disclosure.suppress.repair import repair, still_open

ROUNDS = 12
"""Of the whole report: each links parts that turned out to depend on each other."""


Recall = Callable[[Problem, frozenset[int], Callable[[], Pattern]], Pattern]
"""Given a part, what is suppressed in it in any case, and how to decide its pattern, returns the
pattern: perhaps one from before."""


def suppress(
    problem: Problem,
    audit: Callable[..., Audit] = full_audit,
    recall: Recall = lambda problem, start, decide: decide(),
    searches: Searches | None = None,
    knows: Callable[[Problem, frozenset[int]], bool] = lambda problem, start: False,
    workers: int = 1,
    evidence: Evidence | None = None,
) -> Pattern:
    """Find a cheap pattern that no reader of the audit gets behind.

    Parameters
    ----------
    audit : attacks a pattern; it has the last word.
    recall : may know the pattern of a part from before (`spm.disclosure.suppress.memory`).
    searches : takes up what the audit solves.
    knows : whether ``recall`` knows a part.
    workers : processes in which large parts are decided side by side, by the audit that is usual.
        The pattern does not depend on their number.
    evidence : tables of the whole problem from before, which the auditor verifies; what they prove
        is not searched for.

    Notes
    -----
    Part by part, the cheapest pattern (or, in a large part, a cheap one); then the whole report is
    attacked, and parts that give each other away are protected together.

    Raises
    ------
    SpmError
        The numbers of the problem contradict each other.
    """

    searches = searches or Searches()
    attack = remembering(audit, problem, searches, lambda hidden: evidence)
    methods: set[str] = set()
    linked: set[int] = set()
    lost: set[int] = set()
    done: dict[Hashable, Pattern] = {}
    hidden, failures = problem.primaries, []
    with Ahead(_decided, workers) as ahead:
        for _ in range(ROUNDS):
            parts = families(problem, problem.primaries, linked)
            hidden, methods, lost = problem.primaries, set(), set()
            ahead.begin(
                (key, part.problem, start)
                for part in parts
                if heavy(part.problem)
                for key, start in [_question(part, problem.primaries)]
                if key not in done and not knows(part.problem, start)
            )
            for part in parts:
                key, start = _question(part, hidden)
                if key not in done:
                    decide = partial(
                        _waited, ahead, key, part.problem, start, audit, searches.elsewhere()
                    )
                    done[key] = recall(part.problem, start, decide)
                found = done[key]
                hidden |= {part.items[k] for k in found.hidden}
                methods |= {found.method} - {UNTOUCHED}
                lost |= {part.counts[c] for c in found.unprotectable}
            failures = still_open(attack(hidden), lost)
            published = problem.published_counts(hidden)
            stale = {r for part in parts for r, told in part.cut.items() if not told <= published}
            new = stale | _touched(failures, lost, parts)
            if new <= linked:
                break
            linked |= new
    repaired, given_up = False, lost
    if failures:
        hidden, repaired, given_up = repair(problem, hidden, lost, attack)
    methods |= {HEURISTIC} if repaired else set()
    method = " und ".join(sorted(methods)) or EXACT
    return Pattern(
        hidden, HEURISTIC not in methods, problem.loss(hidden), method, tuple(sorted(given_up))
    )


def _question(part: Family, hidden: frozenset[int]) -> tuple[Hashable, frozenset[int]]:
    """What is asked about a part if these items of the report are hidden, and its own of them."""
    key = (part.items, part.counts, tuple(part.cut), hidden & frozenset(part.items))
    return key, part.problem.primaries | {k for k, i in enumerate(part.items) if i in hidden}


def _decided(problem: Problem, start: frozenset[int]) -> tuple[Pattern, Searches]:
    """In a process of its own: the pattern of a part, and what the audit has solved for it."""
    searches = Searches()
    return protect_part(problem, start, full_audit, searches), searches


def _waited(
    ahead: Ahead[tuple[Pattern, Searches]],
    key: Hashable,
    problem: Problem,
    start: frozenset[int],
    audit: Callable[..., Audit],
    searches: Searches,
) -> Pattern:
    """The pattern of a part: of a process that has been asked for it, else decided here."""
    answer = ahead.answer(key)
    if answer is None:
        return protect_part(problem, start, audit, searches)
    pattern, solved = answer
    searches.blocks.update({c: s for c, s in solved.blocks.items() if c not in searches.blocks})
    return pattern


def _touched(failures: list[Failure], lost: set[int], parts: list[Family]) -> set[int]:
    """Relations whose constants may be what gives a count away, or seems to in its part."""
    counts = {c for f in failures for c in (f.count, f.insider, *f.proof) if c is not None} | lost
    return {r for part in parts if counts & set(part.counts) for r in part.cut}
