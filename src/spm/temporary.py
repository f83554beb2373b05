"""One temporary folder for a command and all that it starts; it is gone when the command has ended.

Programs and libraries leave things where they find room: histories, sockets, scratch folders. They
find it here. What a killed command could not remove, the next one does.
"""

from __future__ import annotations

import atexit
import multiprocessing
import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

from spm.system.files import try_to_remove_folder
from spm.system.processes import stop_serving
from spm.system.rights import is_mine

if TYPE_CHECKING:
    from filelock import BaseFileLock

PREFIX = "spm-"
LOCK = ".in-benutzung"
"""Held by the command as long as it lives; the system releases it, however that ends."""

VARIABLES = ("TMPDIR", "TMP", "TEMP")
"""Where programs of all systems look for a place."""

OWN = {"JUPYTER_RUNTIME_DIR": "jupyter", "IPYTHONDIR": "ipython"}
"""Keys to kernels and what was typed into them would else stay in the user's home folder."""


@contextmanager
def private() -> Iterator[Path]:
    """Give this process and its children a temporary folder for its owner only."""
    base = Path(tempfile.gettempdir())
    clear(base)
    folder, lock = _made(base)
    names = (*VARIABLES, *OWN)
    before = {name: os.environ.get(name) for name in names}
    given = tempfile.tempdir
    multi = multiprocessing.current_process()._config  # type: ignore[attr-defined]
    sockets = multi.get("tempdir")
    # Else it would be made when needed, and removed when the interpreter ends: that is too late.
    multi["tempdir"] = tempfile.mkdtemp(prefix="pymp-", dir=folder)
    os.environ.update(dict.fromkeys(VARIABLES, str(folder)))
    os.environ.update({name: str(folder / place) for name, place in OWN.items()})
    tempfile.tempdir = str(folder)
    try:
        yield folder
    finally:
        stop_serving()  # its socket lies here
        multi["tempdir"] = sockets
        tempfile.tempdir = given
        for name, value in before.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        lock.release()
        try_to_remove_folder(folder)


def for_this_process() -> None:
    """The same until this process ends: for one that others start and that does many builds."""
    if (Path(tempfile.gettempdir()) / LOCK).exists():
        return  # that of the command it belongs to
    folder = private()
    folder.__enter__()
    atexit.register(folder.__exit__, None, None, None)


def clear(base: Path) -> None:
    """Remove the folders of this user whose command is gone."""
    from filelock import FileLock, Timeout

    for folder in base.glob(f"{PREFIX}*"):
        try:
            if folder.is_symlink() or not (folder / LOCK).is_file() or not is_mine(folder):
                continue
            with FileLock(folder / LOCK, timeout=0):
                pass
        except (OSError, Timeout):  # in use, or gone meanwhile
            continue
        try_to_remove_folder(folder)


def _made(base: Path) -> tuple[Path, BaseFileLock]:
    from filelock import FileLock, Timeout

    while True:
        folder = Path(tempfile.mkdtemp(prefix=PREFIX, dir=base))
        lock = FileLock(folder / LOCK, timeout=0)
        try:
            lock.acquire()
        except (Timeout, FileNotFoundError):  # another command clears it already
            continue
        if (folder / LOCK).is_file():
            return folder, lock
        lock.release()
