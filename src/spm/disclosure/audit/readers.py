"""The readers who solve systems: what each of them makes of a report.

They know nothing of how the items to suppress were chosen.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np
import scipy.sparse as sp

from spm.disclosure.audit.blocks import binding, split
from spm.disclosure.audit.knowledge import EXACT, Rows, State, inference, knowledge, reduce, sums
from spm.disclosure.audit.search import Search, Searches, share_truth
from spm.disclosure.evidence import Evidence
from spm.disclosure.problem import Failure, Problem


class Readers:
    """The system of a pattern, and what each reader makes of it.

    Parameters
    ----------
    asked : counts that are attacked.
    insiders : counts that their people know; None: all of them.
    searches : what was found about the same blocks before, and what is found now.
    known : what everybody knows, and what those know besides who know the rules, if that was worked
        out before (`known_of`).
    evidence : tables that are said to be possible.

    Attributes
    ----------
    verified : how many parts of these tables, block by block, agree with all that is known.
    """

    def __init__(
        self,
        problem: Problem,
        hidden: frozenset[int],
        asked: Sequence[int],
        insiders: Sequence[int] | None = None,
        searches: Searches | None = None,
        known: tuple[State, Rows] | None = None,
        evidence: Evidence | None = None,
    ) -> None:
        self.problem = problem
        if insiders is None:
            published = problem.published_counts(hidden)
            insiders = [c for c in problem.insiders if c not in published]
        self.insiders = insiders
        state, rules = known or known_of(problem, hidden)
        targets = sorted({*asked, *insiders})
        rows = sums(problem, targets)
        joined = [targets.index(s) for s in insiders]
        self._known_by_all = state
        blocks, places = split(state, rules, rows, joined)
        solved = {} if searches is None else searches.blocks
        new = {b.content: Search(b) for b in blocks if b.content not in solved}
        self.verified = 0
        if evidence is not None:
            self.verified = sum(s.take(evidence.about(s.block.variables)) for s in new.values())
        share_truth(problem, list(new.values()))
        solved |= new
        self.blocks = blocks
        self.searches = [solved[b.content] for b in blocks]
        self._before = self._solved()
        self.places = dict(zip(targets, places, strict=True))
        settled = rows @ np.where(state.fixed, state.lower, 0.0)
        self.settled: dict[int, float] = dict(zip(targets, settled.tolist(), strict=True))
        self._still: dict[tuple[int, int], float | None] = {}  # the one value possible, if so

    @property
    def solved(self) -> int:
        """Number of optimisation problems so far."""
        return self._solved() - self._before

    def _solved(self) -> int:
        return sum(search.solved for search in {id(s): s for s in self.searches}.values())

    def _total(self, count: int, ends: list[tuple[float, float]]) -> tuple[float, float]:
        start = self.settled[count]
        return start + sum(e[0] for e in ends), start + sum(e[1] for e in ends)

    def _end(self, count: int, sign: int, *, whole: bool) -> float:
        found = ((self.searches[b], t) for b, t in self.places[count])
        ends = [s.most(t, sign) if whole else s.plain(t, sign) for s, t in found]
        return self.settled[count] + sum(ends)

    def plain(self, count: int) -> tuple[float, float]:
        return self._end(count, 1, whole=False), self._end(count, -1, whole=False)

    def whole(self, count: int) -> tuple[float, float]:
        return self._end(count, 1, whole=True), self._end(count, -1, whole=True)

    def seen(self, count: int, *, whole: bool) -> tuple[float, float]:
        """(Whole) numbers that are known to be possible lie between these two."""
        places = self.places[count]
        return self._total(count, [self.searches[b].seen(t, whole=whole) for b, t in places])

    def evidence(self) -> Evidence:
        """All tables that were found possible, put together from those of the blocks."""
        state = self._known_by_all
        base = np.where(state.fixed, state.lower, 0.0)
        most = max((len(s.tables) for s in self.searches), default=0)
        parts = []
        for block, search in zip(self.blocks, self.searches, strict=True):
            if len(search.tables):
                base[block.variables] = search.tables[0]
                change = sp.coo_array(search.tables[1:] - search.tables[0])
                parts.append((change.row, block.variables[change.col], change.data))
        rows, columns, data = (np.concatenate([[], *(p[k] for p in parts)]) for k in range(3))
        at = rows.astype(int), columns.astype(int)
        return Evidence(base, sp.csr_array((data, at), shape=(max(most - 1, 0), len(base))))

    def bounds(self, count: int, reader: str, insider: int | None) -> tuple[float, float]:
        if reader in ("plain", "integer"):
            return self.plain(count) if reader == "plain" else self.whole(count)
        ends = []
        for b, t in self.places[count]:
            known = self._known(insider) if reader == "insider" and insider is not None else None
            inside = (known[1:],) if known and known[0] == b else ()
            search = self.searches[b]
            ends.append((search.end(t, 1, inside, True), search.end(t, -1, inside, True)))
        return self._total(count, ends)

    def _known(self, insider: int) -> tuple[int, int, float] | None:
        """Block and target of what an insider knows, and its value."""
        if not self.places[insider]:
            return None
        ((b, t),), value = self.places[insider], self.problem.counts[insider].value
        assert value is not None  # `Count.has_insider`
        return b, t, float(np.round(value - self.settled[insider]))

    def attack(self, counts: Sequence[int]) -> Iterator[Failure]:
        """The readers who solve systems, roughly the one who knows least first."""
        for b, search in enumerate(self.searches):
            search.prepare([k[1:] for s in self.insiders if (k := self._known(s)) and k[0] == b])
        done = set()
        for failure in self._bounded(counts):
            done.add(failure.count)
            yield failure
        left = [c for c in counts if c not in done]
        for failure in self._threshold(left):
            done.add(failure.count)
            yield failure
        yield from self._insider([c for c in left if c not in done])

    def _bounded(self, counts: Sequence[int]) -> Iterator[Failure]:
        for count in counts:
            # What whole numbers reach, others reach as well.
            if not self._reaches(count, whole=False):
                yield Failure("plain", count, *self.plain(count))
            elif not self._reaches(count, whole=True):
                yield Failure("integer", count, *self.whole(count))

    def _reaches(self, count: int, *, whole: bool) -> bool:
        """Whether all numbers that must stay possible are; an end is searched if it matters."""
        need = self.problem.counts[count].need
        low, high = self.seen(count, whole=whole)
        if enough(low, high, need, whole=whole):
            return True
        if not enough(low, np.inf, need, whole=whole):
            low = self._end(count, 1, whole=whole)
            high = max(high, self.seen(count, whole=whole)[1])  # the solution may be far up
        if not enough(low, high, need, whole=whole):
            high = self._end(count, -1, whole=whole)
        if need is None and not enough(low, high, need, whole=whole):
            low = self._end(count, 1, whole=whole)
        return enough(low, high, need, whole=whole)

    def _threshold(self, counts: Sequence[int]) -> Iterator[Failure]:
        for b, search in enumerate(self.searches):
            wanted = {t for c in counts for at, t in self.places[c] if at == b}
            pinned = search.pinned(sorted(wanted))
            self._still |= {(b, t): pinned.get(t) for t in wanted}
        for c in counts:
            still = [self._still[place] for place in self.places[c]]
            values = [value for value in still if value is not None]
            if len(values) == len(still):
                number = self.settled[c] + sum(values)
                yield Failure("threshold", c, number, number)

    def _insider(self, counts: Sequence[int]) -> Iterator[Failure]:
        parts = [n.parts for n in self.problem.counts]
        inside: list[dict[int, int]] = [{} for _ in self.searches]
        for c in counts:
            moving = [place for place in self.places[c] if self._still[place] is None]
            if len(moving) == 1:  # else no single block tells it
                inside[moving[0][0]][c] = moving[0][1]
        for s in self.insiders:
            known = self._known(s)
            if known is None:
                continue
            b, own, value = known
            # Of a group within theirs they know how many of them are in it.
            wanted = {c: t for c, t in inside[b].items() if not parts[c] <= parts[s]}
            pinned = {own: value}
            others = sorted(set(wanted.values()) - {own})
            pinned |= self.searches[b].pinned(others, ((own, value),))
            for c in sorted(c for c, t in wanted.items() if t in pinned):
                moved = sum(self._still[place] or 0.0 for place in self.places[c])
                number = self.settled[c] + moved + pinned[wanted[c]]
                yield Failure("insider", c, number, number, insider=s)

    def narrowest(self, counts: Sequence[int]) -> float | None:
        """Smallest width of a whole interval; searched only where it could be the smallest."""

        def width(ends: tuple[float, float]) -> float:
            return max(ends[1] - ends[0], 0.0)

        best = None
        for c in sorted(counts, key=lambda c: (width(self.seen(c, whole=True)), c)):
            if best is None or width(self.seen(c, whole=True)) < best:
                best = min(width(self.whole(c)), np.inf if best is None else best)
        return best


def known_of(problem: Problem, hidden: frozenset[int]) -> tuple[State, Rows]:
    """What everybody knows if ``hidden`` is suppressed, and what those know besides who know all
    rules."""
    state = reduce(knowledge(problem, hidden))
    return state, binding(inference(problem, hidden), state)


def enough(low: float, high: float, need: tuple[float, float] | None, *, whole: bool) -> bool:
    """Whether all numbers that must stay possible lie between two bounds."""
    if need is None:
        return high - low > EXACT
    if whole:
        return bool(low <= np.ceil(need[0]) and high >= np.ceil(need[1]) - 1)
    return low <= need[0] + EXACT and high >= need[1] - EXACT
