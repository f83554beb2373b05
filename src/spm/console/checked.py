"""What ``spm check`` prints: errors first, then notes, what is lacking, and what to do next."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

from spm import build as stages
from spm.build import Checked
from spm.console.paths import typed

Blocks = Iterable[Sequence[str]]


def first(checked: Checked, paths: Sequence[Path]) -> Blocks:
    """Errors and notes by cause, their number, and the check report."""
    found = checked.findings
    yield stages.errors_by_cause(found)
    yield stages.notes_by_cause(found)
    yield [stages.verdict(found), *(f"Prüfprotokoll: {typed(path)}" for path in paths)]


def last(checked: Checked, params: Path, paths: Sequence[Path]) -> Blocks:
    """A line per chapter of what is not delivered; last of all what to do next."""
    yield stages.missing(checked.facts, checked.catalogue, checked.params)
    yield [stages.next_step(checked.findings, checked.asked, str(params), typed(paths[0]))]


def show(blocks: Blocks) -> None:
    """Print lines that belong together, with an empty one between the blocks."""
    for block in blocks:
        if block:
            print("\n".join(block), end="\n\n")
