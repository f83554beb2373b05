"""Which files a report is made of, and when one of them was saved."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING

from watchfiles import Change, DefaultFilter, watch

from spm.config.kommunen import split
from spm.config.params import Params, load_params
from spm.config.projectpaths import MARKER, find_file, project_root
from spm.errors import SpmError
from spm.system.names import is_left_by_programs

if TYPE_CHECKING:
    from threading import Event

QUIET = 400
"""Milliseconds without a further change until changes count as saved: an editor writes a file in
several steps."""

LOOK = 500
"""Milliseconds from one look to the next. Files are looked at, and the system is not asked for
news: of folders on other computers, where deliveries often lie, it has none."""


class _Sources(DefaultFilter):
    """Files of the project, without those that editors and Excel put beside them."""

    def __call__(self, change: Change, path: str) -> bool:
        name = Path(path).name
        if is_left_by_programs(name) or name.endswith("~") or Path(path).is_dir():
            return False
        return super().__call__(change, path)


_Sources.ignore_dirs = (*DefaultFilter.ignore_dirs, ".ipynb_checkpoints", "figures")


def watched(params_file: str | Path) -> tuple[Path, ...]:
    """The folders and files whose changes may change a report; without a readable params file
    those of the project alone."""
    path = find_file(Path(params_file))
    root = project_root(path)
    wanted = [root / MARKER, root / "notebooks", root / "params"]
    with suppress(SpmError):  # the build says what is wrong with it
        wanted += _outside(load_params(path))
    there = [place for place in dict.fromkeys([split(path)[0], *wanted]) if place.exists()]
    return tuple(p for p in there if not any(p != q and p.is_relative_to(q) for q in there))


def _outside(params: Params) -> Iterable[Path]:
    named = [*params.catalogue_files, params.gestaltung.logo, params.texte]
    yield from (params.project_file(name) for name in named if name)
    yield params.root / params.datenordner


def changes(params_file: str | Path, stop: Event | None = None) -> Iterator[list[str]]:
    """Names of the files that were saved, every time some were; in the order of their names.

    Parameters
    ----------
    params_file : read again with every change, because it says where deliveries lie.
    stop : ends it when set.
    """
    while stop is None or not stop.is_set():
        places = watched(params_file)
        for found in watch(
            *places,
            watch_filter=_Sources(),
            debounce=QUIET * 4,
            step=QUIET,
            stop_event=stop,
            force_polling=True,
            poll_delay_ms=LOOK,
        ):
            yield sorted({Path(path).name for _, path in found})
            if watched(params_file) != places:
                break
        else:
            return  # stopped
