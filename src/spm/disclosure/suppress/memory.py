"""The patterns of the last runs: nothing is decided twice for the same numbers and rules.

Only the choice is kept, never the proof: the audit attacks the dataset anew in every run.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Mapping
from contextlib import suppress as ignored
from functools import partial
from importlib import metadata
from pathlib import Path
from typing import Any

from spm.disclosure.audit.search import Searches
from spm.disclosure.evidence import Evidence
from spm.disclosure.problem import Problem
from spm.disclosure.suppress.pattern import METHODS, UNTOUCHED, Pattern
from spm.disclosure.suppress.suppression import suppress
from spm.errors import SpmError
from spm.release.replacing import replace_text

FILE = "sperrmuster.json"
DIGEST = "digest"
WHOLE, PART = "Bericht", "Teil"
MOST = 4000
"""Patterns kept; of more, those that were not asked for longest go."""

BROKEN = (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError)
"""What comes of a file or an entry that is not there yet, or not ours."""


def remembered(
    problem: Problem,
    folder: Path | None,
    searches: Searches | None = None,
    workers: int = 1,
    evidence: Evidence | None = None,
) -> Pattern:
    """The pattern of one problem; see `Memory`."""
    with Memory(folder) as memory:
        return memory.whole(problem, searches, workers, evidence)


def forget(folder: Path | None) -> None:
    """Decide anew in the next run: with the pattern that is kept, a reader would succeed."""
    if folder is not None:
        with ignored(OSError):
            (folder / FILE).unlink(missing_ok=True)


class Memory:
    """The patterns of reports, of trials of coarser groupings, and of their parts.

    They are found by what was asked, so whatever a correction does not touch is found again.
    Used in a ``with`` statement, which keeps them at its end.

    Parameters
    ----------
    folder : ``data/processed/<slug>/``, where they are kept; None: nowhere. If they cannot be kept
        there, the next run decides anew.
    """

    def __init__(self, folder: Path | None) -> None:
        self._path = None if folder is None else folder / FILE
        self._program = _program()
        self._kept = {} if self._path is None else _read(self._path)
        self._before = list(self._kept)

    def __enter__(self) -> Memory:
        return self

    def __exit__(self, *_: object) -> None:
        latest = list(self._kept.items())[-MOST:]
        if self._path is not None and [asked for asked, _ in latest] != self._before:
            _write(self._path, dict(latest))

    def whole(
        self,
        problem: Problem,
        searches: Searches | None = None,
        workers: int = 1,
        evidence: Evidence | None = None,
    ) -> Pattern:
        """The pattern of a report, decided only as far as it is not known.

        Parameters
        ----------
        searches : takes up what the audit solves if it is decided.
        workers, evidence : see `spm.disclosure.suppress.suppression.suppress`.
        """
        decide = partial(
            suppress,
            problem,
            recall=self.part,
            searches=searches,
            knows=self.knows,
            workers=workers,
            evidence=evidence,
        )
        return self._pattern(WHOLE, problem, problem.primaries, decide)

    def part(
        self, problem: Problem, start: frozenset[int], decide: Callable[[], Pattern]
    ) -> Pattern:
        """The pattern of a part of a report, decided only if it is not known.

        Parameters
        ----------
        start : items that are suppressed in any case.
        """
        return self._pattern(PART, problem, start, decide)

    def knows(self, problem: Problem, start: frozenset[int]) -> bool:
        """Whether the pattern of a part is kept."""
        return _question(PART, problem, start, self._program) in self._kept

    def _pattern(
        self, kind: str, problem: Problem, start: frozenset[int], decide: Callable[[], Pattern]
    ) -> Pattern:
        asked = _question(kind, problem, start, self._program)
        entry = self._kept.pop(asked, None)  # and in again: the latest stand last
        pattern = None
        with ignored(*BROKEN):
            pattern = _checked(kind, problem, start, **entry)
        if pattern is None:
            pattern = decide()
        self._kept[asked] = {
            "hidden": sorted(pattern.hidden),
            "unprotectable": list(pattern.unprotectable),
            "exact": pattern.exact,
            "method": pattern.method,
        }
        return pattern


def _read(path: Path) -> dict[str, Any]:
    """What was kept, by question; without what is not as the program has written it."""
    kept = {}
    with ignored(*BROKEN):
        for asked, entry in json.loads(path.read_text(encoding="utf-8")).items():
            with ignored(*BROKEN):
                if entry.pop(DIGEST) == _seal(asked, entry):
                    kept[asked] = entry
    return kept


def _write(path: Path, kept: Mapping[str, Any]) -> None:
    sealed = {asked: {DIGEST: _seal(asked, entry), **entry} for asked, entry in kept.items()}
    with ignored(OSError, SpmError):
        replace_text(path, json.dumps(sealed) + "\n")


def _checked(
    kind: str,
    problem: Problem,
    start: frozenset[int],
    hidden: list[int],
    unprotectable: list[int],
    exact: bool,
    method: str,
) -> Pattern:
    """The pattern, if a suppressor can have written it.

    Raises
    ------
    ValueError
        It cannot.
    """
    found = frozenset(hidden)
    if (
        any(type(i) is not int for i in [*hidden, *unprotectable])
        or not problem.primaries | start <= found <= set(range(len(problem.items)))
        or not set(unprotectable) <= set(range(len(problem.counts)))
        or type(exact) is not bool
        or method not in (METHODS if kind == WHOLE else (*METHODS, UNTOUCHED))
    ):
        raise ValueError(method)
    return Pattern(found, exact, problem.loss(found), method, tuple(unprotectable))


def _seal(asked: str, entry: Mapping[str, object]) -> str:
    """Of a question and what was decided."""
    return hashlib.sha256((asked + json.dumps(entry, sort_keys=True)).encode()).hexdigest()


def _question(kind: str, problem: Problem, start: frozenset[int], program: bytes) -> str:
    """Digest of the numbers, the rules in them, and the program that decides."""
    known = hashlib.sha256(program)
    known.update(f"{kind} {sorted(start)} ".encode())
    for part in (
        problem.counts,
        problem.items,
        problem.relations,
        problem.partitions,
        problem.inferred,
    ):
        known.update(f"{len(part)} ".encode())
        for entry in part:
            known.update(_text(entry).encode())
    return known.hexdigest()


def _program() -> bytes:
    known = hashlib.sha256(metadata.version("highspy").encode())
    for module in sorted(Path(__file__).parents[1].rglob("*.py")):
        known.update(module.read_bytes())
    return known.digest()


def _text(entry: object) -> str:
    """The same text in every run: sets have no order of their own."""
    if isinstance(entry, frozenset):
        return str(sorted(entry))
    if hasattr(entry, "__dataclass_fields__"):
        return str([_text(getattr(entry, name)) for name in entry.__dataclass_fields__])
    return str(entry)
