"""What other reports tell by themselves cannot be protected any more.

Whatever is suppressed now: a reader of the earlier reports alone has it. What they leave open must
stay open.
"""

from __future__ import annotations

from dataclasses import replace

from spm.disclosure.audit.audit import audit
from spm.disclosure.problem import Count, Failure, Problem

ROUNDS = 50
"""Each makes something smaller that must stay open."""


def concede(problem: Problem) -> tuple[Problem, tuple[int, ...]]:
    """Ask no more of this report than the others have left open.

    Returns
    -------
    The problem, and the counts that the others give away.
    """
    if not any(item.fixed for item in problem.items):
        return problem, ()
    everything = problem.suppressible
    given: set[int] = set()
    for _ in range(ROUNDS):
        failures = audit(problem, everything, measure=False).failures
        if not failures:
            break
        told = {(f.proof[0], f.proof[1:]) for f in failures if f.count is None}
        counts = list(problem.counts)
        for failure in failures:
            if failure.count is not None:
                counts[failure.count] = _less(counts[failure.count], failure)
                given.add(failure.count)
        left = tuple(p for p in problem.partitions if not _tells(problem, p, told))
        problem = replace(problem, counts=tuple(counts), partitions=left)
    return problem, tuple(sorted(given))


def _less(count: Count, failure: Failure) -> Count:
    """The count, asked for what is left of its interval."""
    low, high = failure.low, failure.high
    if failure.reader == "integer":
        high += 1  # the second bound is the first that need not be possible
    if count.need is not None and failure.reader in ("plain", "integer"):
        need = (max(count.need[0], low), min(count.need[1], high))
        if failure.high - failure.low > 0.5 and need != count.need and need[0] < need[1]:
            return replace(count, need=need)
    return replace(count, sensitive=False, need=None)


def _tells(
    problem: Problem, partition: tuple[int, tuple[int, ...]], told: set[tuple[int, tuple[int, ...]]]
) -> bool:
    """Whether the other reports alone subtract to a small number."""
    whole, parts = partition
    return any(w == whole and set(used) <= set(parts) for w, used in told)
