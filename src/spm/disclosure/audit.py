"""The audit: five readers attack every sensitive count with all that is published.

It knows nothing of how the items to suppress were chosen.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

import numpy as np

from spm.disclosure.attack import split
from spm.disclosure.knowledge import (
    EXACT,
    Impossible,
    contradiction,
    knowledge,
    not_zero,
    reduce,
    sums,
)
from spm.disclosure.problem import Failure, Problem
from spm.disclosure.search import Search, share_truth
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
    unprotectable : sensitive counts that are known already, because a fixed item shows them.
    """

    failures: tuple[Failure, ...]
    bounds: dict[int, tuple[float, float]]
    narrowest: float | None
    solved: int
    unprotectable: tuple[int, ...]

    @property
    def passed(self) -> bool:
        return not self.failures


def audit(
    problem: Problem,
    hidden: frozenset[int],
    *,
    only: Collection[int] | None = None,
    measure: bool = True,
) -> Audit:
    """Attack all sensitive counts.

    Parameters
    ----------
    hidden : suppressed items.
    only : attack these counts only, and differences between counts that overlap them.
    measure : also measure the intervals of counts that pass; the verdict needs no exact ends.

    Raises
    ------
    SpmError
        The published numbers contradict each other.
    """
    asked = [c for c, n in enumerate(problem.counts) if n.sensitive and (only is None or c in only)]
    known = {s.count for item in problem.items if item.fixed for s in item.shows if s.low == s.high}
    open_counts = [c for c in asked if c not in known]
    try:
        readers = _Readers(problem, hidden, asked)
        failures = readers.attack(open_counts)
        found = {c: readers.plain(c) for c in asked} if measure else {}
        narrowest = readers.narrowest(open_counts) if measure else None
    except Impossible as impossible:
        raise contradiction(knowledge(problem, hidden), impossible.names) from None
    near = None if only is None else frozenset().union(*(problem.counts[c].parts for c in asked))
    return Audit(
        tuple(failures + _differences(problem, hidden, near)),
        found,
        narrowest,
        sum(search.solved for search in readers.searches),
        tuple(c for c in asked if c in known),
    )


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
    insider : for the insider, the count that is known to be 1.

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
        readers = _Readers(problem, hidden, [count], [] if insider is None else [insider])
        return readers.bounds(count, reader, insider)
    except Impossible as impossible:
        raise contradiction(knowledge(problem, hidden), impossible.names) from None


class _Readers:
    """The system of a pattern, and what each reader makes of it."""

    def __init__(
        self,
        problem: Problem,
        hidden: frozenset[int],
        asked: Sequence[int],
        insiders: Sequence[int] | None = None,
    ) -> None:
        self.problem = problem
        published = problem.published_counts(hidden)
        if insiders is None:
            insiders = [c for c in problem.insiders if c not in published]
        self.insiders = insiders
        state = reduce(knowledge(problem, hidden))
        targets = sorted({*asked, *insiders})
        rows = sums(problem, targets)
        ones = sums(problem, not_zero(problem, hidden))
        blocks, places = split(state, ones, rows, [targets.index(s) for s in insiders])
        self.searches = [Search(b) for b in blocks]
        share_truth(problem, self.searches)
        self.places = dict(zip(targets, places, strict=True))
        settled = rows @ np.where(state.fixed, state.lower, 0.0)
        self.settled = dict(zip(targets, settled.tolist(), strict=True))
        self._still: dict[tuple[int, int], float | None] = {}  # the one value possible, if so

    def _total(self, count: int, ends: list[tuple[float, float]]) -> tuple[float, float]:
        start = self.settled[count]
        return start + sum(e[0] for e in ends), start + sum(e[1] for e in ends)

    def plain(self, count: int) -> tuple[float, float]:
        return self._total(count, [self.searches[b].plain(t) for b, t in self.places[count]])

    def whole(self, count: int) -> tuple[float, float]:
        return self._total(count, [self.searches[b].whole(t) for b, t in self.places[count]])

    def seen(self, count: int) -> tuple[float, float]:
        """Whole numbers that are known to be possible lie between these two."""
        return self._total(count, [self.searches[b].seen(t) for b, t in self.places[count]])

    def bounds(self, count: int, reader: str, insider: int | None) -> tuple[float, float]:
        if reader in ("plain", "integer"):
            return self.plain(count) if reader == "plain" else self.whole(count)
        ends = []
        for b, t in self.places[count]:
            known = self._known(insider) if reader == "insider" else None
            inside = [known[1:]] if known and known[0] == b else []
            search = self.searches[b]
            ends.append(tuple(search.end(t, sign, inside, True) for sign in (1, -1)))
        return self._total(count, ends)

    def _known(self, insider: int) -> tuple[int, int, float] | None:
        """Block and target of what an insider knows, and its value."""
        if not self.places[insider]:
            return None
        ((b, t),) = self.places[insider]
        return b, t, float(np.round(1 - self.settled[insider]))

    def attack(self, counts: Sequence[int]) -> list[Failure]:
        """The readers who solve systems, the one who knows least first."""
        for b, search in enumerate(self.searches):
            search.prepare([k[1:] for s in self.insiders if (k := self._known(s)) and k[0] == b])
        failures = []
        for count in counts:
            need = self.problem.counts[count].need
            seen = self.seen(count)
            if _enough(*seen, need, whole=False) and _enough(*seen, need, whole=True):
                continue  # what whole numbers reach, others reach as well
            low, high = self.plain(count)
            if not _enough(low, high, need, whole=False):
                failures.append(Failure("plain", count, low, high))
            elif not _enough(*self.seen(count), need, whole=True):
                low, high = self.whole(count)
                if not _enough(low, high, need, whole=True):
                    failures.append(Failure("integer", count, low, high))
        failures.sort(key=lambda f: f.reader == "integer")
        done = {f.count for f in failures}
        left = [c for c in counts if c not in done]
        failures += self._threshold(left)
        done = {f.count for f in failures}
        return failures + self._insider([c for c in left if c not in done])

    def _threshold(self, counts: Sequence[int]) -> list[Failure]:
        for b, search in enumerate(self.searches):
            wanted = {t for c in counts for at, t in self.places[c] if at == b}
            pinned = search.pinned(sorted(wanted))
            self._still |= {(b, t): pinned.get(t) for t in wanted}
        failures = []
        for c in counts:
            values = [self._still[place] for place in self.places[c]]
            if None not in values:
                number = self.settled[c] + sum(values)
                failures.append(Failure("threshold", c, number, number))
        return failures

    def _insider(self, counts: Sequence[int]) -> list[Failure]:
        parts = [n.parts for n in self.problem.counts]
        inside: list[dict[int, int]] = [{} for _ in self.searches]
        for c in counts:
            moving = [place for place in self.places[c] if self._still[place] is None]
            if len(moving) == 1:  # else no single block tells it
                inside[moving[0][0]][c] = moving[0][1]
        failures = []
        for s in self.insiders:
            known = self._known(s)
            if known is None:
                continue
            b, own, value = known
            # A group within that of one person holds this person or nobody.
            wanted = {c: t for c, t in inside[b].items() if not parts[c] <= parts[s]}
            pinned = {own: value}
            others = sorted(set(wanted.values()) - {own})
            pinned |= self.searches[b].pinned(others, [(own, value)])
            for c in sorted(c for c, t in wanted.items() if t in pinned):
                others = sum(self._still[place] or 0.0 for place in self.places[c])
                number = self.settled[c] + others + pinned[wanted[c]]
                failures.append(Failure("insider", c, number, number, insider=s))
        return sorted(failures, key=lambda f: (f.count, f.insider))

    def narrowest(self, counts: Sequence[int]) -> float | None:
        """Smallest width of a whole interval; searched only where it could be the smallest."""

        def width(ends: tuple[float, float]) -> float:
            return max(ends[1] - ends[0], 0.0)

        best = None
        for c in sorted(counts, key=lambda c: (width(self.seen(c)), c)):
            if best is None or width(self.seen(c)) < best:
                best = min(width(self.whole(c)), np.inf if best is None else best)
        return best


def _enough(low: float, high: float, need: tuple[float, float] | None, *, whole: bool) -> bool:
    """Whether all numbers that must stay possible lie between two bounds."""
    if need is None:
        return high - low > EXACT
    if whole:
        return low <= np.ceil(need[0]) and high >= np.ceil(need[1]) - 1
    return low <= need[0] + EXACT and high >= need[1] - EXACT


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
        if not left or not whole.is_small(rest):
            continue
        if all(problem.counts[p].parts <= whole.parts for p in parts):
            hides = any(s <= left for s in secret)
        else:  # parts of another kind (facilities): who is left is in those not published
            hides = any(problem.counts[p].sensitive for p in parts if p not in shown)
        if rest > 0 or hides:
            failures.append(Failure("difference", None, rest, rest, proof=(total, *used)))
    return failures
