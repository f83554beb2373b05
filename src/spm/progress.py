"""Show what a long run is doing: a live display in a terminal, plain lines elsewhere."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TaskID, TextColumn


class Steps:
    """The steps of a run, in the order in which they begin."""

    def __init__(self, console: Console) -> None:
        self.console = console
        self._live: Progress | None = None
        self._task: TaskID | None = None
        if console.is_terminal:
            self._live = Progress(
                SpinnerColumn(finished_text="[green]+"),
                TextColumn("{task.description}"),
                BarColumn(bar_width=24),
                MofNCompleteColumn(),
                console=console,
            )

    def begin(self, what: str, total: int = 1) -> None:
        """Start the next step; the one before is done."""
        self._finish()
        if self._live is None:
            self.console.print(what, highlight=False, markup=False)
        else:
            self._task = self._live.add_task(what, total=total)

    def note(self, what: str) -> None:
        """Say something that matters beyond the current step."""
        self.console.print(what, highlight=False, markup=False, soft_wrap=True)

    def advance(self, what: str = "") -> None:
        """One part of the current step is done."""
        if self._live is None:
            if what:
                self.console.print(f"  {what}", highlight=False, markup=False)
        elif self._task is not None:
            self._live.advance(self._task)

    def _finish(self) -> None:
        if self._live is not None and self._task is not None:
            task = self._live.tasks[-1]
            self._live.update(self._task, completed=task.total)


@contextmanager
def steps(quiet: bool = False) -> Iterator[Steps]:
    """Show steps on standard error while the block runs."""
    console = Console(file=sys.stderr, quiet=quiet)
    shown = Steps(console)
    if shown._live is None:
        yield shown
        return
    with shown._live:
        yield shown
        shown._finish()
