"""Which files a report is made of, and when one of them was saved."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Event, Thread

from watchfiles import Change, DefaultFilter, watch

from spm.config.kommunen import split
from spm.config.params import Params, load_params
from spm.config.projectpaths import MARKER, find_file, project_root
from spm.errors import SpmError
from spm.system.names import is_left_by_programs

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

    From this call on, also while a report is being built: what is saved meanwhile comes next.

    Parameters
    ----------
    params_file : read again with every change, because it says where deliveries lie.
    stop : ends it when set.
    """
    saved: SimpleQueue[set[str] | Exception] = SimpleQueue()
    end = stop or Event()
    Thread(target=_watch, args=(params_file, end, saved.put), daemon=True).start()
    return _told(saved, end)


def _told(saved: SimpleQueue[set[str] | Exception], end: Event) -> Iterator[list[str]]:
    try:
        while not end.is_set():
            with suppress(Empty):
                names = _names(saved.get(timeout=LOOK / 1000))
                while not saved.empty():
                    names |= _names(saved.get())
                yield sorted(names)
    finally:
        end.set()


def _names(found: set[str] | Exception) -> set[str]:
    if isinstance(found, Exception):
        raise found
    return found


def _watch(
    params_file: str | Path, end: Event, tell: Callable[[set[str] | Exception], None]
) -> None:
    try:
        while not end.is_set():
            places = watched(params_file)
            for found in watch(
                *places,
                watch_filter=_Sources(),
                debounce=QUIET * 4,
                step=QUIET,
                stop_event=end,
                force_polling=True,
                poll_delay_ms=LOOK,
                raise_interrupt=False,
            ):
                tell({Path(path).name for _, path in found})
                # A params file with an error names fewer places; the others may say what mends it.
                if set(watched(params_file)) - set(places):
                    break
    except Exception as error:
        tell(error)
