"""Calls of the pandoc binary that comes with pypandoc."""

import functools
import os
import subprocess
import tempfile
from collections.abc import Sequence
from pathlib import Path
from types import TracebackType
from typing import Self

import pypandoc

from spm.errors import SpmError
from spm.faults import helper_failed
from spm.system.lines import from_program
from spm.temporary import VARIABLES


@functools.cache
def _executable() -> str:
    """The pandoc of the wheel, whose version the lock file pins.

    Any other on the PATH (conda brings one with Quarto) may write other pages.
    """
    for name in ("pandoc", "pandoc.exe"):
        path = Path(pypandoc.__file__).parent / "files" / name
        if path.is_file():
            return str(path)
    raise SpmError(
        "Das Programm pandoc fehlt, das zum Paket pypandoc-binary gehört.",
        wo=str(Path(pypandoc.__file__).parent / "files"),
        tun="Bitte das Paket neu installieren: pip install --force-reinstall pypandoc-binary.",
    )


@functools.cache
def version() -> str:
    """Version of the pandoc binary, e.g. "3.9"."""
    return run(["--version"], "", Path.cwd()).split(maxsplit=2)[1]


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
        raise _refusal(done.stderr)
    return from_program(done.stdout)


class Script:
    """A Lua script that pandoc runs, and that answers line by line.

    Use it in a ``with`` statement; at its end the process is gone, whatever happened.

    Parameters
    ----------
    arguments : the script and what it is given.
    cwd : folder it runs in.
    """

    def __init__(self, arguments: Sequence[str], cwd: Path) -> None:
        # A file and not a pipe: nobody reads it meanwhile, and a full pipe would stop the script.
        self._messages = tempfile.TemporaryFile()  # noqa: SIM115 - closed in __exit__
        # It keeps a history of what it is told, even of a script, and leaves it where it is ended.
        self._folder = tempfile.TemporaryDirectory(prefix="spm-pandoc-")
        places = dict.fromkeys(VARIABLES, self._folder.name)
        self._process = subprocess.Popen(
            [_executable(), "lua", *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=self._messages,
            cwd=cwd,
            env={**os.environ, **places},
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._process.kill()
        self._process.communicate()
        self._messages.close()
        self._folder.cleanup()

    def ask(self, line: str) -> str:
        """Send a line and return the line that it answers.

        Raises
        ------
        SpmError
            The script ended with an error instead; pandoc's own message is included.
        """
        try:
            assert self._process.stdin and self._process.stdout  # pipes, see above
            self._process.stdin.write(line.encode() + b"\n")
            self._process.stdin.flush()
            answer = self._process.stdout.readline()
        except OSError:  # the script is gone
            answer = b""
        if not answer:
            self._process.wait()
            self._messages.seek(0)
            raise _refusal(self._messages.read())
        return from_program(answer)


def _refusal(messages: bytes) -> SpmError:
    if not messages.strip():  # somebody ended it: whoever refuses a text says why
        return helper_failed("Texte umwandeln (pandoc)", "")
    return SpmError(
        "Pandoc konnte einen Text nicht umwandeln.",
        wo=messages.decode("utf-8", "replace").strip()[-2000:],
        tun="Bitte die zuletzt geänderte Textzelle auf nicht geschlossene Blöcke prüfen.",
    )
