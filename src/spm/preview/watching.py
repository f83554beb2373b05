"""Which files a report is made of, and when one of them was saved."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from itertools import chain
from pathlib import Path
from threading import Event

from spm.config.kommunen import split
from spm.config.params import Params, load_params
from spm.config.projectpaths import MARKER, find_file, project_root
from spm.errors import SpmError
from spm.system.names import is_left_by_programs

LOOK = 0.4
"""Seconds from one look to the next. Files are looked at, and the system is not asked for news: of
folders on other computers, where deliveries often lie, it has none."""

PATIENCE = 10
"""Looks until changes count as saved although more keep coming: an editor writes a file in several
steps, a large one takes a while to be copied, and a program that never ends must hide nothing."""

State = Mapping[str, tuple[int, int]]
"""When files were written, in nanoseconds, and how large they are, by their paths. A library would
do it too; the ones that look instead of being told compare whole seconds, in which a file can be
saved twice, or file numbers, which some servers give anew every time."""

MADE = ("figures",)
"""Folders with what programs make."""


def watched(params_file: str | Path) -> tuple[Path, ...]:
    """The folders and files whose changes may change a report, also those that are still missing;
    without a readable params file those of the project alone."""
    path = find_file(Path(params_file))
    root = project_root(path)
    wanted = [root / MARKER, root / "notebooks", root / "params"]
    with suppress(SpmError):  # the build says what is wrong with it
        wanted += _outside(load_params(path))
    places = list(dict.fromkeys([split(path)[0], *wanted]))
    return tuple(p for p in places if not any(p != q and p.is_relative_to(q) for q in places))


def _outside(params: Params) -> Iterable[Path]:
    named = [*params.catalogue_files, params.gestaltung.logo, params.texte]
    yield from (params.project_file(name) for name in named if name)
    yield params.root / params.datenordner


def changes(params_file: str | Path, stop: Event | None = None) -> Iterator[list[str]]:
    """Names of the files that were saved, every time some were; in the order of their names.

    From this call on, also while nobody asks: what is saved while a report is built comes next.

    Parameters
    ----------
    params_file : read again with every change, because it says where deliveries lie.
    stop : ends it when set.
    """
    places = watched(params_file)
    return _told(params_file, places, _looked_at(places), stop or Event())


def _told(
    params_file: str | Path, places: tuple[Path, ...], before: State, end: Event
) -> Iterator[list[str]]:
    while not end.wait(LOOK):
        now = _looked_at(places)
        if now == before:
            continue
        now = _quiet(places, now, end)
        names = {
            Path(path).name
            for path in now.keys() | before.keys()
            if now.get(path) != before.get(path)
        }
        # A params file with an error names fewer places; the others may say what mends it.
        more = tuple(place for place in watched(params_file) if place not in places)
        places, before = (*places, *more), {**now, **_looked_at(more)}
        if names:
            yield sorted(names)


def _quiet(places: Iterable[Path], now: State, end: Event) -> State:
    """The files once nothing more happens to them."""
    for _ in range(PATIENCE):
        last = now
        if end.wait(LOOK) or (now := _looked_at(places)) == last:
            break
    return now


def _looked_at(places: Iterable[Path]) -> State:
    found = {}
    for path in chain.from_iterable(_files(place) for place in places):
        with suppress(OSError):  # gone meanwhile
            status = os.stat(path)
            found[path] = status.st_mtime_ns, status.st_size
    return found


def _files(place: Path) -> Iterator[str]:
    if not place.is_dir():
        yield str(place)
    for folder, folders, names in os.walk(place):
        folders[:] = [name for name in folders if not _is_made(name) and name not in MADE]
        yield from (os.path.join(folder, name) for name in names if not _is_made(name))


def _is_made(name: str) -> bool:
    """Whether an editor, Excel or the system put it beside the files of somebody."""
    return is_left_by_programs(name) or name.endswith("~")
