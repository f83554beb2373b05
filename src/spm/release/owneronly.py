"""Confidential data are their owner's alone, where the system has owners; reports are for all."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spm.config.params import Params

_OWNER = 0o077
"""Rights that nobody but the owner gets."""

_usual: list[int] = []
"""What the user takes from new files (umask), while a run takes more."""


@contextmanager
def owner_only(params: Params) -> Iterator[None]:
    """Whatever this process and its children write is readable for the owner only.

    So is the municipality's folder of confidential data with all that earlier versions wrote into
    it. What is to be published gets its rights from `for_readers`.
    """
    _usual.append(os.umask(_OWNER))
    try:
        _close(params.processed)
        yield
    finally:
        os.umask(_usual.pop())


def for_readers(folder: Path) -> None:
    """Give a folder the rights that the user's new files have."""
    if _usual and os.name == "posix":
        for path in (folder, *folder.rglob("*")):
            path.chmod((0o777 if path.is_dir() else 0o666) & ~_usual[0])


def _close(folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    if os.name == "posix" and folder.stat().st_mode & _OWNER:
        # Those of another user cannot be changed; a folder on some drives has no rights at all.
        for path in (folder, *folder.rglob("*")):
            with suppress(OSError):
                path.chmod(path.stat().st_mode & ~_OWNER)
