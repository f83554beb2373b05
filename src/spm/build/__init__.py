"""The stages in order: deliveries, facts, indicators, disclosure, chapters, book, products, proof.

What was made before, and from the same, is not made again (`spm.stages`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from spm.build.checking import Checked, forecast, publish
from spm.build.data import Data
from spm.build.pathlengths import check_lengths
from spm.build.told import errors_by_cause, missing, next_step, notes_by_cause, verdict
from spm.config.params import Params, load_params
from spm.faults import told as told_in_words
from spm.formats import USUAL
from spm.release.owneronly import owner_only
from spm.release.replacing import only_one
from spm.system.memory import give_back

if TYPE_CHECKING:
    from spm.progress import Steps

__all__ = [
    "Checked",
    "build",
    "check",
    "errors_by_cause",
    "forecast",
    "missing",
    "next_step",
    "notes_by_cause",
    "prepare",
    "publish",
    "verdict",
]


@told_in_words()
def check(
    params_file: str | Path, steps: Steps, *, force: bool = False
) -> tuple[Checked, list[Path]]:
    """Read and check all deliveries, write the check report; see `spm.build.checking.check`.

    Parameters
    ----------
    force : read deliveries again that have not changed.
    """
    params = load_params(params_file)
    check_lengths(params)
    with only_one(params), owner_only(params):
        data = Data(params, steps, force)
        with data.snapshot:
            checked, paths = data.examined()
            _copy(checked, steps)
    return checked, list(paths)


def _copy(checked: Checked, steps: Steps) -> None:
    """Write the marked copies for the offices."""
    from spm.offices.questions import write_copies

    copies = write_copies(checked.findings, checked.params)
    checked.asked = copies.asked
    for name in copies.without:
        steps.note(f"Von {name} gibt es keine Kopie mit Markierungen; alles steht im Prüfprotokoll")


@told_in_words()
def prepare(
    params_file: str | Path,
    steps: Steps,
    *,
    force: bool = False,
    told: Callable[[str, str], None] = lambda name, why: None,
    workers: int | None = None,
) -> Params:
    """From the deliveries to ``published.parquet``, the only data that chapters see.

    Parameters
    ----------
    force, told, workers : see `build`.

    Raises
    ------
    SpmError
        Also if a delivery has an error: naming the first ones and the check report.
    """
    params = load_params(params_file)
    check_lengths(params)
    with only_one(params), owner_only(params):
        data = Data(params, steps, force, told, workers=workers or _cores())
        with data.snapshot:
            data.published()
    return params


@told_in_words()
def build(
    params_file: str | Path,
    steps: Steps,
    formats: Sequence[str] = USUAL,
    renderer: str = "auto",
    *,
    force: bool = False,
    told: Callable[[str, str], None] = lambda name, why: None,
    unchanged: Callable[[], None] = lambda: None,
    workers: int | None = None,
    copies: bool = False,
    lasting: bool = False,
) -> Path:
    """Make the report, as far as anything has changed, and put it in the place of the old one.

    Parameters
    ----------
    formats, renderer : see `spm.book.render`.
    force : make everything anew.
    told : called with the name of every stage and why it runs or not.
    unchanged : called if there was nothing to do.
    workers : processes that decide side by side what may be shown; None: one per core.
    copies : whether to write marked copies for the offices, as `check` does.
    lasting : whether this process makes more reports, and keeps in memory what they need.

    Returns
    -------
    Path
        ``report/<slug>/``.

    Raises
    ------
    SpmError
        Anything a user can mend. The last finished report is unchanged then.
    """
    from spm.build.report import Reporting

    params = load_params(params_file)
    check_lengths(params)
    with only_one(params), owner_only(params):
        data = Data(
            params,
            steps,
            force,
            told,
            _warm_up,
            workers or _cores(),
            (lambda checked: _copy(checked, steps)) if copies else lambda checked: None,
        )
        with data.snapshot:
            data.published()
            if data.begun:
                give_back()
            Reporting(data, formats, renderer).run(lambda: None if lasting else _make_room())
        if not data.begun:
            unchanged()
    return params.report_folder


def _cores() -> int:
    return os.cpu_count() or 1


def _warm_up() -> None:
    """Begin to import what chapters need, while deliveries are still being read."""
    from spm.chapters import kernels

    kernels.prepare()


def _make_room() -> None:
    """No chapter comes any more: what they need goes, before Typst takes as much."""
    from spm.system.processes import serve

    serve("spm.book.typesetting")
