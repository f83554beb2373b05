"""Calls of the pandoc binary that comes with pypandoc."""

import functools
import subprocess
from collections.abc import Sequence
from pathlib import Path

import pypandoc

from spm.errors import SpmError


@functools.cache
def _executable() -> str:
    return pypandoc.get_pandoc_path()


@functools.cache
def version() -> str:
    """Version of the pandoc binary, e.g. "3.9"."""
    return str(pypandoc.get_pandoc_version())


def run(arguments: Sequence[str], text: str, cwd: Path) -> str:
    """Run pandoc on a text and return what it writes.

    Raises
    ------
    SpmError
        Pandoc ended with an error; its own message is included.
    """
    done = subprocess.run(
        [_executable(), *arguments],
        input=text.encode(),
        capture_output=True,
        cwd=cwd,
        check=False,
    )
    if done.returncode:
        raise SpmError(
            "Pandoc konnte einen Text nicht umwandeln.",
            wo=done.stderr.decode("utf-8", "replace").strip()[-2000:],
            tun="Bitte die zuletzt geänderte Textzelle auf nicht geschlossene Blöcke prüfen.",
        )
    return done.stdout.decode()
