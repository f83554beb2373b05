"""Run the chapter notebooks with papermill, a few at a time."""

from __future__ import annotations

import codecs
import logging
import os
import re
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING

from spm.config.chaptertitles import no_notebook
from spm.errors import SpmError
from spm.foreign import door
from spm.system.processes import CAN_FORK, awaited

if TYPE_CHECKING:
    from papermill.exceptions import PapermillExecutionError

MOST = 4
"""Kernels at a time: each has its share of the memory."""
PARAMETER = "params"
"""The only parameter a chapter gets: the path of the params file. Dates, paths and integer keys
would change their type on the way."""


def run_chapters(
    notebooks: Sequence[Path],
    params_file: Path,
    folder: Path,
    done: Callable[[str], None] = lambda stem: None,
    *,
    apart: bool = False,
) -> list[Path]:
    """Execute notebooks, every one in a fresh kernel.

    Parameters
    ----------
    notebooks : the sources; they are not changed.
    params_file : handed to every notebook as ``params``; relative to the project root, so that no
        machine path gets into the executed copies.
    folder : gets the executed copies and what the notebooks write (``figures/``); must exist.
    done : called with the stem of every finished notebook.
    apart : each runs in a folder of its own in ``folder``, named after its stem.

    Returns
    -------
    list of Path
        The executed copies, in the order of ``notebooks``.

    Raises
    ------
    SpmError
        After all notebooks ran: every failed chapter with cell and cause.
    """
    from spm.chapters.kernels import forget, stop_all

    for notebook in notebooks:
        _check_parameters(notebook)
    logging.getLogger("papermill").setLevel(logging.ERROR)

    def place(notebook: Path) -> Path:
        return folder / notebook.stem if apart else folder

    def run(notebook: Path) -> str | None:
        place(notebook).mkdir(exist_ok=True)
        failure = _run_one(notebook, params_file, place(notebook))
        done(notebook.stem)
        return failure

    # Threads, not processes: each only waits for its kernel. papermill changes the working folder
    # of the whole process only if it is given one, so it gets none; the kernels get theirs.
    pool = ThreadPoolExecutor(_at_a_time())
    try:
        # The appendix, which takes longest, is the last chapter: nobody waits for it alone.
        running = [pool.submit(run, notebook) for notebook in reversed(notebooks)]
        failures = [f for f in map(awaited, running) if f][::-1]
    except BaseException:  # an interrupt too: start no further chapter, wait for none
        pool.shutdown(wait=False, cancel_futures=True)
        stop_all()
        raise
    finally:
        pool.shutdown()
        forget()
    if failures:
        how_many = "Ein Kapitel ist" if len(failures) == 1 else f"{len(failures)} Kapitel sind"
        raise SpmError(
            f"{how_many} fehlgeschlagen:\n" + "\n".join(failures),
            wo=str(notebooks[0].parent),
            tun="Bitte die genannte Zelle in Jupyter öffnen (make lab) und berichtigen. Der letzte "
            "fertige Bericht ist unverändert.",
        )
    return [place(n) / n.name for n in notebooks]


def _at_a_time() -> int:
    """A kernel that starts or ends mostly waits: forked ones, which start at once, are one more
    than the cores."""
    return min(MOST, (os.cpu_count() or 1) + CAN_FORK)


def _check_parameters(notebook: Path) -> None:
    from spm.notebookformat import nbformat

    try:
        cells = nbformat.reads(door.text(notebook), as_version=4).cells
    except FileNotFoundError:
        raise SpmError(
            "Ein Kapitel fehlt.",
            wo=str(notebook),
            tun="Bitte das Notebook anlegen oder seine Zeile in _quarto.yml löschen.",
        ) from None
    except SpmError:
        raise
    except Exception:  # nbformat raises many kinds; each means that this is no notebook
        raise no_notebook(str(notebook)) from None
    tagged = [c for c in cells if "parameters" in c.metadata.get("tags", [])]
    if not tagged:
        raise SpmError(
            "Dem Notebook fehlt die Zelle mit dem Tag «parameters».",
            wo=str(notebook),
            tun=f'Bitte eine Codezelle mit {PARAMETER} = "params/pilotkommune.yml" anlegen und ihr '
            "in Jupyter (Zahnrad rechts oben) den Tag «parameters» geben.",
        )
    if not re.search(rf"^{PARAMETER}\s*(:[^=]+)?=", tagged[0].source, re.MULTILINE):
        raise SpmError(
            f"Die Zelle «parameters» kennt den Parameter «{PARAMETER}» nicht.",
            wo=str(notebook),
            tun=f'Bitte in dieser Zelle {PARAMETER} = "params/pilotkommune.yml" setzen.',
        )


def _run_one(notebook: Path, params_file: Path, folder: Path) -> str | None:
    """Run one notebook; a sentence about the failing cell, or None."""
    from nbclient.exceptions import DeadKernelError
    from papermill import execute_notebook
    from papermill.exceptions import PapermillExecutionError

    from spm.chapters.kernels import ChapterKernelManager
    from spm.faults import explained

    try:
        execute_notebook(
            _without_mark(notebook, folder / notebook.name),
            folder / notebook.name,
            {PARAMETER: params_file.as_posix()},
            kernel_name="python3",  # whatever the analyst's Jupyter wrote into the file
            language="python",
            progress_bar=False,
            kernel_manager_class=ChapterKernelManager,
            resources={"metadata": {"path": str(folder)}},
            request_save_on_cell_execute=False,  # written once, when it has ended or failed
        )
    except PapermillExecutionError as e:
        return _explain(notebook, e)
    except (DeadKernelError, RuntimeError):  # the second: it died before it answered
        return f"  - {notebook.name}: Der Kernel ist abgestürzt (zu wenig Arbeitsspeicher?)."
    except Exception as e:
        if (known := explained(e)) is None:
            raise
        return f"  - {notebook.name}: {known.was} ({known.wo})"
    return None


def _without_mark(notebook: Path, copy: Path) -> Path:
    """The notebook, or a copy of one with the mark of UTF-8, at which papermill stops."""
    if not door.content(notebook, door.LARGEST_TEXT).startswith(codecs.BOM_UTF8):
        return notebook
    copy.write_text(door.text(notebook), encoding="utf-8", newline="\n")
    return copy


def _explain(notebook: Path, error: PapermillExecutionError) -> str:
    first_line = next((z for z in error.source.splitlines() if z.strip()), "")
    cause = re.sub(r"\x1b\[[0-9;]*m", "", str(error.evalue)).strip()
    name = "" if error.ename == "SpmError" else f"{error.ename}: "
    cause = f"{name}{cause}".replace("\n", "\n      ")
    # papermill has put its own cell after «parameters»; the analyst's notebook lacks that one.
    return (
        f"  - {notebook.name}, Zelle {error.cell_index} (In [{error.exec_count}]) "
        f"«{first_line.strip()}»\n      {cause}"
    )
