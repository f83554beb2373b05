"""The audit: five readers attack every sensitive count with all that is published.

It knows nothing of how the items to suppress were chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import islice

from spm.disclosure.audit.blocks import Islands
from spm.disclosure.audit.knowledge import EXACT, Impossible, contradiction, knowledge
from spm.disclosure.audit.readers import Readers, known_of
from spm.disclosure.audit.search import Searches
from spm.disclosure.evidence import Evidence
from spm.disclosure.problem import Failure, Problem
from spm.errors import SpmError

READERS = ("plain", "integer", "threshold", "insider")
"""Those who solve systems, the one who knows least first; besides, differences are checked."""


@dataclass(frozen=True)
class Audit:
    """What the readers found.

    Parameters
    ----------
    failures : where a reader succeeds. A count appears with the first reader who succeeds only
        (plain, integer, threshold), or with every insider who does.
    bounds : by sensitive count the interval of the plain reader.
    narrowest : smallest width of the integer reader's intervals; None without sensitive counts.
    solved : number of optimisation problems.
    unprotectable : sensitive counts that are known already, because a fixed item shows them, or
        because the rules alone tell them.
    verified : number of tables of numbers that somebody else handed over, counted block by block,
        that agree with all that is published; what they prove was not searched.
    readers : those who solve systems, with all that they found; None if they were not asked.
    """

    failures: tuple[Failure, ...]
    bounds: dict[int, tuple[float, float]]
    narrowest: float | None
    solved: int
    unprotectable: tuple[int, ...]
    verified: int = 0
    readers: Readers | None = field(default=None, compare=False, repr=False)

    @property
    def passed(self) -> bool:
        return not self.failures

    def possible(self, count: int, *, whole: bool = False) -> tuple[float, float]:
        """Every (whole) number between these two is proved to be possible; there may be more."""
        assert self.readers is not None
        return self.readers.seen(count, whole=whole)


def audit(
    problem: Problem,
    hidden: frozenset[int],
    *,
    only: Collection[int] | None = None,
    measure: bool = True,
    first: bool = False,
    searches: Searches | None = None,
    evidence: Evidence | None = None,
) -> Audit:
    """Attack all sensitive counts.

    Parameters
    ----------
    hidden : suppressed items.
    only : attack these counts only, and differences between counts that overlap them.
    measure : also measure the intervals of counts that pass; the verdict needs no exact ends.
    first : stop as soon as a reader succeeds, and name only this failure. What takes no solving is
        looked at before.
    searches : kept between audits of one problem, systems that stay the same are not solved again.
    evidence : tables that are said to be possible. They are verified; what they do not prove, or
        what only wrong ones would prove, is searched.

    Raises
    ------
    SpmError
        The published numbers contradict each other.
    """
    asked = [c for c, n in enumerate(problem.counts) if n.sensitive and (only is None or c in only)]
    known = {s.count for item in problem.items if item.fixed for s in item.shows if s.low == s.high}
    open_counts = [c for c in asked if c not in known]
    already = tuple(c for c in asked if c in known)
    near = None if only is None else frozenset().union(*(problem.counts[c].parts for c in asked))
    if first:
        told = _printed(problem, hidden, open_counts) or _differences(problem, hidden, near)
        if told:
            return Audit(tuple(told[:1]), {}, None, 0, already)
    try:
        readers = Readers(problem, hidden, asked, searches=searches, evidence=evidence)
        anyway = _Anyway(problem, searches or Searches())
        attack = (f for f in readers.attack(open_counts) if not anyway.told(f))
        failures = [*islice(attack, 1)] if first else sorted(attack, key=_order)
        already += tuple(anyway.counts)
        if first and failures:
            return Audit(
                failures=tuple(failures),
                bounds={},
                narrowest=None,
                solved=readers.solved,
                unprotectable=already,
                verified=readers.verified,
            )
        found = {c: readers.plain(c) for c in asked} if measure else {}
        narrowest = readers.narrowest(open_counts) if measure else None
    except Impossible as impossible:
        raise contradiction(knowledge(problem, hidden), impossible.names) from None
    failures += _differences(problem, hidden, near)
    return Audit(
        failures=tuple(failures),
        bounds=found,
        narrowest=narrowest,
        solved=readers.solved,
        unprotectable=already,
        verified=readers.verified,
        readers=readers,
    )


class _Anyway:
    """What the rules alone tell, whatever is suppressed: no failure of a pattern.

    Of a small group that two others make, each with somebody in it, both are one person if the
    threshold is 3; whoever is one of two people of a group that cannot be larger knows that there
    is no one else.
    """

    def __init__(self, problem: Problem, searches: Searches) -> None:
        self._problem, self._searches = problem, searches
        self.counts: dict[int, None] = {}

    def told(self, failure: Failure) -> bool:
        if failure.reader not in ("threshold", "insider") or failure.count is None:
            return False
        asked = (failure.reader, failure.count, failure.insider)
        known = self._searches.told
        if asked not in known:
            low, high = self._bounds(*asked)
            known[asked] = high - low <= EXACT
        if known[asked] and failure.insider is None:
            self.counts[failure.count] = None
        return known[asked]

    def _bounds(self, reader: str, count: int, insider: int | None) -> tuple[float, float]:
        problem, searches = self._problem, self._searches
        if searches.nothing is None:
            searches.nothing = Islands(*known_of(problem, problem.suppressible))
        insiders = [] if insider is None else [insider]
        about = searches.nothing.about(
            {v for c in (count, *insiders) for v in problem.counts[c].parts}
        )
        readers = Readers(problem, problem.suppressible, [count], insiders, searches, about)
        return readers.bounds(count, reader, insider)


def _order(failure: Failure) -> tuple[int, int, int]:
    # Readers who solve systems succeed against one count.
    assert failure.count is not None
    who = -1 if failure.insider is None else failure.insider
    return READERS.index(failure.reader), failure.count, who


def bounds(
    problem: Problem,
    hidden: frozenset[int],
    count: int,
    reader: str = "plain",
    insider: int | None = None,
) -> tuple[float, float]:
    """Smallest and largest number that a reader holds possible for one count.

    Parameters
    ----------
    reader : one of ``READERS``.
    insider : for the insider, the count whose number is known.

    Raises
    ------
    SpmError
        The published numbers contradict each other.
    ValueError
        There is no such reader.
    """
    if reader not in READERS or (reader == "insider") != (insider is not None):
        raise ValueError(f"reader {reader!r} with insider {insider!r}")
    try:
        readers = Readers(problem, hidden, [count], [] if insider is None else [insider])
        return readers.bounds(count, reader, insider)
    except Impossible as impossible:
        raise contradiction(knowledge(problem, hidden), impossible.names) from None


def _printed(problem: Problem, hidden: frozenset[int], counts: Sequence[int]) -> list[Failure]:
    """Sensitive counts that stand in the report: nobody has to solve anything."""
    printed = (s for i, item in enumerate(problem.items) if i not in hidden for s in item.shows)
    shown = {s.count: s.low for s in printed if s.low == s.high}
    return [Failure("plain", c, shown[c], shown[c]) for c in counts if c in shown]


def _differences(
    problem: Problem, hidden: frozenset[int], near: frozenset[int] | None
) -> list[Failure]:
    """Small numbers that remain if published parts are subtracted from a published whole."""
    printed = (s for i, item in enumerate(problem.items) if i not in hidden for s in item.shows)
    shown = {s.count: s.low for s in printed if s.low == s.high}
    secret = [n.parts for c, n in enumerate(problem.counts) if n.sensitive and c not in shown]
    failures = []
    for total, parts in problem.partitions:
        whole = problem.counts[total]
        used = [p for p in parts if p in shown]
        if total not in shown or not whole.threshold or not used:
            continue
        if near is not None and not near & whole.parts:
            continue
        left = whole.parts - frozenset().union(*(problem.counts[p].parts for p in used))
        rest = shown[total] - sum(shown[p] for p in used)
        if rest < -EXACT:
            names = [problem.counts[c].name for c in (total, *used)]
            raise SpmError(
                f"«{names[0]}» ist kleiner als die Summe seiner veröffentlichten Teile.",
                wo=", ".join(f"«{n}»" for n in names),
                tun="Bitte prüfen, ob diese Zahlen aus verschiedenen Ständen stammen.",
            )
        few = rest > 0 and whole.leaves_few_units([problem.counts[p] for p in used])
        if not left or not (few or whole.is_small(rest)):
            continue
        if all(problem.counts[p].parts <= whole.parts for p in parts):
            hides = any(s <= left for s in secret)
        else:  # parts of another kind (facilities): who is left is in those not published
            hides = any(problem.counts[p].sensitive for p in parts if p not in shown)
        if rest > 0 or hides:
            failures.append(Failure("difference", None, rest, rest, proof=(total, *used)))
    return failures
