"""What is expensive to make and always the same, kept in the user's cache folder."""

from __future__ import annotations

import hashlib
import tempfile
from collections.abc import Callable
from pathlib import Path

import platformdirs

from spm.errors import SpmError
from spm.system import files


def kept(key: str, make: Callable[[], bytes]) -> bytes:
    """What was made for a key before, else what is made now.

    Parameters
    ----------
    key : everything that decides the bytes.

    Notes
    -----
    A file that is not whole is made anew, and a folder that cannot be written to is no error: the
    cache saves time and nothing else.
    """
    found = look(key)
    if found is None:
        found = make()
        _keep(_place(key), found)
    return found


def look(key: str) -> bytes | None:
    """What `kept` has for a key; None if it would have to make it."""
    return _whole(_place(key))


def _place(key: str) -> Path:
    folder = platformdirs.user_cache_path("spm", appauthor=False)
    return folder / hashlib.sha256(key.encode()).hexdigest()


def _whole(path: Path) -> bytes | None:
    """The content behind its own digest, if they agree."""
    try:
        digest, content = path.read_bytes().split(b"\n", 1)
    except (OSError, ValueError):
        return None
    return content if hashlib.sha256(content).hexdigest().encode() == digest else None


def _keep(path: Path, content: bytes) -> None:
    digest = hashlib.sha256(content).hexdigest().encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        # In one step: another build may read it at the same moment.
        with tempfile.NamedTemporaryFile(dir=path.parent, delete=False) as file:
            file.write(digest + b"\n" + content)
        files.replace(Path(file.name), path)
    except (OSError, SpmError):  # another build may be reading it
        pass
