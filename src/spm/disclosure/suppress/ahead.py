"""Parts of a report decided side by side, in processes of their own, before their turn comes.

A part is a problem by itself, and what is decided about it depends on nothing else: it may be
decided anywhere, at any time, with the same result. Parts still take their turn in the old order;
where an earlier one has hidden something that they share, they are decided again.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress as ignored
from typing import Generic, TypeVar

from spm.disclosure.problem import Problem
from spm.system.processes import alone, awaited, context

Result = TypeVar("Result")
Question = tuple[Hashable, Problem, frozenset[int]]
"""What a part is known by, the part, and its items that are suppressed in any case."""

HEAVY = 10_000
"""Items times counts of a part from which it may take a second; others are decided in no time."""


def heavy(problem: Problem) -> bool:
    """Whether a part may take long."""
    return len(problem.items) * len(problem.counts) >= HEAVY


class Ahead(Generic[Result]):
    """Answers to questions, found in processes; used in a ``with`` statement, which ends them.

    Parameters
    ----------
    decide : finds the answer; a function that processes can import, as can its answer.
    workers : number of processes; with one, nothing is decided ahead.
    """

    def __init__(self, decide: Callable[[Problem, frozenset[int]], Result], workers: int) -> None:
        self._decide, self._workers = decide, workers
        self._pool: ProcessPoolExecutor | None = None
        self._asked: dict[Hashable, Future[Result]] = {}

    def __enter__(self) -> Ahead[Result]:
        return self

    def __exit__(self, *_: object) -> None:
        if self._pool is not None:
            running = list((self._pool._processes or {}).values())
            self._pool.shutdown(wait=False, cancel_futures=True)
            for process in running:  # whatever they still decide, nobody waits for it
                process.terminate()

    def begin(self, questions: Iterable[Question]) -> None:
        """Begin to decide; the largest first, so that no process is left with it at the end.

        Where nothing is decided ahead, the questions are not even asked.
        """
        if self._workers < 2:
            return
        new = [question for question in questions if question[0] not in self._asked]
        if len(new) < 2:
            return
        if self._pool is None:
            self._pool = ProcessPoolExecutor(min(self._workers, len(new)), context(), alone)
        for key, problem, start in sorted(new, key=lambda question: -len(question[1].counts)):
            with ignored(BrokenProcessPool):
                self._asked[key] = self._pool.submit(self._decide, problem, start)

    def answer(self, key: Hashable) -> Result | None:
        """What was decided; None if nobody was asked, or the process that was has died."""
        asked = self._asked.pop(key, None)
        with ignored(BrokenProcessPool):
            return awaited(asked) if asked is not None else None
        return None
