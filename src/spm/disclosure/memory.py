"""The pattern of the last run: nothing is decided twice for the same numbers and rules.

Only the choice is kept, never the proof: the audit attacks the dataset anew in every run.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from contextlib import suppress as ignored
from importlib import metadata
from pathlib import Path

from spm.certificate import METHODS
from spm.disclosure.problem import Problem
from spm.disclosure.suppression import Pattern, suppress

FILE = "sperrmuster.json"
DIGEST = "digest"


def remembered(problem: Problem, folder: Path | None) -> Pattern:
    """The pattern of a problem, from the last run if nothing has changed since.

    Parameters
    ----------
    folder : ``data/processed/<slug>/``, where the pattern is kept; None: nowhere. If it cannot be
        kept there, the next run decides anew.
    """
    if folder is None:
        return suppress(problem)
    path = folder / FILE
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept.pop(DIGEST) == _digest(problem, kept):
            return _checked(problem, **kept)
    except (OSError, ValueError, TypeError, KeyError, AttributeError, RecursionError):
        pass  # none yet, or not ours: decided anew and written anew
    pattern = suppress(problem)
    kept = {
        "hidden": sorted(pattern.hidden),
        "unprotectable": list(pattern.unprotectable),
        "exact": pattern.exact,
        "method": pattern.method,
    }
    text = json.dumps({DIGEST: _digest(problem, kept), **kept}) + "\n"
    half = path.with_suffix(".part")  # a half-written file never has the final name
    try:
        half.write_text(text, encoding="utf-8", newline="\n")
        os.replace(half, path)
    except OSError:
        with ignored(OSError):
            half.unlink(missing_ok=True)
    return pattern


def forget(folder: Path | None) -> None:
    """Decide anew in the next run: with the pattern that is kept, a reader would succeed."""
    if folder is not None:
        with ignored(OSError):
            (folder / FILE).unlink(missing_ok=True)


def _checked(
    problem: Problem, hidden: list[int], unprotectable: list[int], exact: bool, method: str
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
        or not problem.primaries <= found <= set(range(len(problem.items)))
        or not set(unprotectable) <= set(range(len(problem.counts)))
        or type(exact) is not bool
        or method not in METHODS
    ):
        raise ValueError(method)
    return Pattern(found, exact, problem.loss(found), method, tuple(unprotectable))


def _digest(problem: Problem, kept: Mapping[str, object]) -> str:
    """Of the numbers, the rules in them, the program that decides, and what it has decided."""
    known = hashlib.sha256()
    for part in (problem.counts, problem.items, problem.relations, problem.partitions):
        known.update(f"{len(part)} ".encode())
        for entry in part:
            known.update(_text(entry).encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        known.update(module.read_bytes())
    known.update(metadata.version("scipy").encode())
    known.update(json.dumps(kept, sort_keys=True).encode())
    return known.hexdigest()


def _text(entry: object) -> str:
    """The same text in every run: sets have no order of their own."""
    if isinstance(entry, frozenset):
        return str(sorted(entry))
    if hasattr(entry, "__dataclass_fields__"):
        return str([_text(getattr(entry, name)) for name in entry.__dataclass_fields__])
    return str(entry)
