"""The pattern of the last run: nothing is decided twice for the same numbers and rules.

Only the choice is kept, never the proof: the audit attacks the dataset anew in every run.
"""

from __future__ import annotations

import hashlib
import json
from importlib import metadata
from pathlib import Path

from spm.disclosure.problem import Problem
from spm.disclosure.suppression import Pattern, suppress

FILE = "sperrmuster.json"


def remembered(problem: Problem, folder: Path | None) -> Pattern:
    """The pattern of a problem, from the last run if nothing has changed since.

    Parameters
    ----------
    folder : ``data/processed/<slug>/``, where the pattern is kept; None: nowhere.
    """
    if folder is None:
        return suppress(problem)
    path, digest = folder / FILE, _digest(problem)
    try:
        kept = json.loads(path.read_text(encoding="utf-8"))
        if kept.pop("digest") == digest:
            hidden, lost = frozenset(kept.pop("hidden")), tuple(kept.pop("unprotectable"))
            if problem.primaries <= hidden <= set(range(len(problem.items))):
                return Pattern(hidden, unprotectable=lost, **kept)
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        pass  # none yet, or not ours: decided anew and written anew
    pattern = suppress(problem)
    kept = {
        "digest": digest,
        "hidden": sorted(pattern.hidden),
        "unprotectable": list(pattern.unprotectable),
        "exact": pattern.exact,
        "loss": pattern.loss,
        "method": pattern.method,
    }
    path.write_text(json.dumps(kept) + "\n", encoding="utf-8", newline="\n")
    return pattern


def _digest(problem: Problem) -> str:
    """Of the numbers, the rules in them, and the program that decides."""
    known = hashlib.sha256()
    for part in (problem.counts, problem.items, problem.relations, problem.partitions):
        for entry in part:
            known.update(_text(entry).encode())
    for module in sorted(Path(__file__).parent.glob("*.py")):
        known.update(module.read_bytes())
    known.update(metadata.version("scipy").encode())
    return known.hexdigest()


def _text(entry: object) -> str:
    """The same text in every run: sets have no order of their own."""
    if isinstance(entry, frozenset):
        return str(sorted(entry))
    if hasattr(entry, "__dataclass_fields__"):
        return str([_text(getattr(entry, name)) for name in entry.__dataclass_fields__])
    return str(entry)
