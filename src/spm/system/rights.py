"""Rights of files, where the system has them; Windows has others, which its administrators give."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

OWNER = 0o077
"""Rights that nobody but the owner gets."""

_usual: list[int] = []
"""What the user takes from new files (umask), while a run takes more."""


@contextmanager
def for_owner_only() -> Iterator[None]:
    """Whatever this process and its children write is readable for its owner only."""
    _usual.append(os.umask(OWNER))
    try:
        yield
    finally:
        os.umask(_usual.pop())


def give_usual(folder: Path) -> None:
    """Give a folder with all in it the rights that the user's new files have."""
    if _usual and os.name == "posix":
        for path in (folder, *folder.rglob("*")):
            path.chmod((0o777 if path.is_dir() else 0o666) & ~_usual[0])


def take_from_others(folder: Path) -> None:
    """Leave a folder with all in it to its owner."""
    if os.name == "posix" and folder.stat().st_mode & OWNER:
        # Those of another user cannot be changed; a folder on some drives has no rights at all.
        for path in (folder, *folder.rglob("*")):
            with suppress(OSError):
                path.chmod(path.stat().st_mode & ~OWNER)


def is_mine(path: Path) -> bool:
    """Whether a file belongs to this user; Windows gives each of them a place of his own."""
    return not hasattr(os, "getuid") or path.stat().st_uid == os.getuid()


def new_for_owner(path: Path, text: str) -> None:
    """Write a new file that is its owner's from the first moment, and never through a link that
    somebody has put there.

    Raises
    ------
    OSError
        Also if there is a file of this name.
    """
    number = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(number, "w", encoding="utf-8", errors="replace", newline="\n") as file:
        file.write(text)
