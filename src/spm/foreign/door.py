"""The door: every file that is no part of the program comes in here, or not at all.

What a params file or a folder names is resolved first (links, "..", junctions), must lie inside of
what it was named for, and must be a plain file: a link may lead to the confidential data of another
municipality, and a device or a queue never ends. A file is opened without following a last link and
looked at again once it is open, so that nobody can exchange it in between.
"""

from __future__ import annotations

import errno
import os
import stat
from collections.abc import Iterator
from io import BufferedReader
from pathlib import Path

from spm.errors import SpmError
from spm.system import names
from spm.system.codes import number_of
from spm.system.files import open_safely

LARGEST = 100_000_000
"""Bytes of a file of data; a Kreis delivers some millions in a year."""
LARGEST_TEXT = 5_000_000
"""Bytes of what a person writes: params file, catalogue, text, notebook."""

_COPY = "Bitte die Datei selbst dorthin kopieren, keinen Verweis."


def within(base: Path, name: str) -> Path | None:
    """The file or folder ``name`` below ``base``, resolved; None if it lies outside.

    A file that does not exist is no error here; whoever opens it says so.

    Raises
    ------
    SpmError
        The name is an address or a device; links that lead in a circle; neither file nor folder; a
        file that has a second name outside of ``base`` (hard link).
    """
    if wrong := names.problem(name):
        raise SpmError(wrong[0], tun=wrong[1])
    folder = resolved(base)
    path = resolved(folder / name)
    if not path.is_relative_to(folder):
        return None
    found = _state(path)
    if found is not None:
        if stat.S_ISREG(found.st_mode):
            _refuse_second_names(path, found, folder)
        elif not stat.S_ISDIR(found.st_mode):
            raise _special(path)
    return path


def resolved(path: Path) -> Path:
    """The path without links and "..".

    Raises
    ------
    SpmError
        Its links lead in a circle, or it cannot be the name of a file.
    """
    try:
        found = Path(os.path.realpath(path))
    except (OSError, ValueError) as error:  # a circle under Windows; a zero byte in the name
        raise _circle(path, error) from None
    _state(found)
    return found


def files(folder: Path, base: Path) -> list[Path]:
    """The files of a folder, in order, without what systems and editors leave there.

    One that leads out of ``base`` is refused, not left out.

    Raises
    ------
    SpmError
        As `within`, and for a file that lies outside of ``base``.
    """
    found = []
    for child in sorted(folder.iterdir(), key=names.in_order):
        if names.is_left_by_programs(child.name) or (child.is_dir() and not child.is_symlink()):
            continue
        path = within(base, os.path.relpath(resolved(child.parent) / child.name, resolved(base)))
        if path is None:
            raise SpmError(
                f"«{child.name}» ist ein Verweis auf eine Datei außerhalb des Projekts.",
                wo=str(child),
                tun=_COPY,
            )
        if path.is_file():
            found.append(child)  # of a link its own name counts
    return found


def opened(path: Path) -> BufferedReader:
    """Open a file for reading; where it may lie was asked before (`within`, `files`).

    Raises
    ------
    OSError
        It does not exist, is a folder or cannot be read.
    SpmError
        It is a device, a queue, or turned into a link meanwhile.
    """
    try:
        # The caller closes it.
        file = open(resolved(path), "rb", opener=open_safely)  # noqa: SIM115
    except OSError as error:
        if number_of(error) in (errno.ELOOP, errno.ENXIO, errno.EOPNOTSUPP):
            raise _special(path) from None
        raise
    if not stat.S_ISREG(os.fstat(file.fileno()).st_mode):
        file.close()
        raise _special(path)
    return file


def content(path: Path, most: int = LARGEST) -> bytes:
    """All bytes of a file.

    Raises
    ------
    OSError
        It does not exist, is a folder or cannot be read.
    SpmError
        It is no plain file, or larger than ``most`` bytes.
    """
    with opened(path) as file:
        if os.fstat(file.fileno()).st_size <= most:
            found = file.read(most + 1)
            if len(found) <= most:
                return found
    raise SpmError(
        f"Die Datei ist größer als {most // 1_000_000} MB.",
        wo=str(path),
        tun="Ist es die richtige Datei? Sonst kleiner ausgeben lassen: ohne Leerzeilen, nur die "
        "gebrauchten Spalten und Jahre.",
    )


def text(path: Path) -> str:
    """A text that a person wrote, in UTF-8 with or without its mark, lines ending with "\\n".

    Raises
    ------
    OSError, UnicodeDecodeError, SpmError
        As `content`; not UTF-8.
    """
    written = content(path, LARGEST_TEXT).decode("utf-8-sig")
    return written.replace("\r\n", "\n").replace("\r", "\n")


def _state(path: Path) -> os.stat_result | None:
    try:
        return path.stat()
    except OSError as error:
        if number_of(error) == errno.ELOOP:
            raise _circle(path, error) from None
        return None
    except ValueError as error:
        raise _circle(path, error) from None


def _refuse_second_names(path: Path, found: os.stat_result, folder: Path) -> None:
    """A hard link is a file of two names. Whether the other one lies outside cannot be asked, but
    whether all of them lie inside."""
    if found.st_nlink < 2:
        return
    here = sum(
        1 for other in _plain_files(folder) if (other.st_dev, other.st_ino) == _identity(found)
    )
    if here < found.st_nlink:
        raise SpmError(
            f"«{path.name}» ist zugleich eine Datei außerhalb des Ordners «{folder}» (fester "
            "Verweis, hard link).",
            wo=str(path),
            tun=_COPY,
        )


def _identity(found: os.stat_result) -> tuple[int, int]:
    return found.st_dev, found.st_ino


def _plain_files(folder: Path) -> Iterator[os.stat_result]:
    for parent, folders, inside in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        for name in inside:
            try:
                yield os.lstat(os.path.join(parent, name))
            except OSError:  # gone meanwhile
                continue


def _circle(path: Path, error: Exception) -> SpmError:
    if isinstance(error, ValueError):
        return SpmError(
            "Der Name kann kein Name einer Datei sein.",
            wo=repr(str(path)),
            tun="Bitte den Namen neu eingeben.",
        )
    return SpmError(f"«{path.name}» ist ein Verweis, der im Kreis führt.", wo=str(path), tun=_COPY)


def _special(path: Path) -> SpmError:
    return SpmError(
        f"«{path.name}» ist keine gewöhnliche Datei, sondern ein Gerät oder eine Verbindung zu "
        "einem anderen Programm.",
        wo=str(path),
        tun="Bitte die Daten als Datei speichern und diese nennen.",
    )
