"""Show what a long run is doing: a live display in a terminal, plain lines elsewhere.

What draws it is imported when there is something to show: a run that finds nothing to do is over
by then.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cached_property
from typing import TYPE_CHECKING

from spm.system.console import draws_everything

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID


class Steps:
    """The steps of a run, in the order in which they begin.

    Parameters
    ----------
    console : where they are shown; None: standard error.
    quiet : show nothing.
    """

    def __init__(self, console: Console | None = None, quiet: bool = False) -> None:
        self._console, self._quiet = console, quiet
        self._live: Progress | None = None
        self._task: TaskID | None = None
        self._later: list[str] = []

    @cached_property
    def console(self) -> Console:
        """Where steps are shown."""
        from rich.console import Console

        return self._console or Console(file=sys.stderr, quiet=self._quiet)

    def begin(self, what: str, total: int = 1) -> None:
        """Start the next step; the one before is done."""
        self._finish()
        if self.console.is_terminal and self._live is None:
            self._live = _display(self.console)
            self._live.start()
        notes, self._later = self._later, []
        for note in notes:
            self.note(note)
        if self._live is None:
            self.console.print(what, highlight=False, markup=False)
        else:
            self._task = self._live.add_task(what, total=total)

    def note(self, what: str) -> None:
        """Say something that matters beyond the current step."""
        self.console.print(what, highlight=False, markup=False, soft_wrap=True)

    def later(self, what: str) -> None:
        """Say it when the next step begins: not at all, if nothing is done any more."""
        self._later.append(what)

    def advance(self, what: str = "") -> None:
        """One part of the current step is done."""
        if self._live is None:
            if what:
                self.console.print(f"  {what}", highlight=False, markup=False)
        elif self._task is not None:
            self._live.advance(self._task)

    def end(self, well: bool) -> None:
        """No more steps; ``well``: the last one is done as well."""
        if well:
            self._finish()
        if self._live is not None:
            self._live.stop()

    def _finish(self) -> None:
        if self._live is not None and self._task is not None:
            task = self._live.tasks[-1]
            self._live.update(self._task, completed=task.total)


def _display(console: Console) -> Progress:
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

    spinner = "dots" if draws_everything(console.encoding) else "line"
    return Progress(
        SpinnerColumn(spinner, finished_text="[green]+"),
        TextColumn("{task.description}"),
        BarColumn(bar_width=24),
        MofNCompleteColumn(),
        console=console,
    )


@contextmanager
def steps(quiet: bool = False) -> Iterator[Steps]:
    """Show steps on standard error while the block runs."""
    shown = Steps(quiet=quiet)
    well = False
    try:
        yield shown
        well = True
    finally:
        shown.end(well)
