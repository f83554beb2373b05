"""Replacing and removing what another program may hold open.

Linux and macOS replace an open file, Windows refuses; so do some network drives. Virus scanners,
search indexes and synchronised folders hold a new file for a moment: that one is waited for.
"""

from __future__ import annotations

import errno
import os
import shutil
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from spm.errors import SpmError
from spm.system.names import in_order, opened_in

TRIES, PAUSE = 6, 0.1
"""How often, and the first pause in seconds; each is twice the one before: three seconds in all."""

_REFUSED = (errno.EACCES, errno.EPERM, errno.EBUSY, errno.ETXTBSY)


_SAFELY = sum(getattr(os, name, 0) for name in ("O_NOFOLLOW", "O_NONBLOCK", "O_NOCTTY"))
"""Follow no link, wait for no writer of a queue, take no terminal; Windows has none of them."""


def open_safely(name: str, flags: int) -> int:
    """An opener for `open`: it follows no last link and waits for nobody."""
    return os.open(name, flags | _SAFELY)


def replace(half: Path, path: Path) -> None:
    """Give a finished file its name, in one step, in place of the file that has it.

    Raises
    ------
    SpmError
        Another program holds that one open.
    OSError
        Anything else.
    """
    try:
        _patiently(lambda: os.replace(half, path))
    except OSError as error:
        if path.is_file() and _is_refusal(error):
            raise in_use(path) from error
        raise


def rename(folder: Path, name: Path) -> None:
    """Give a folder another name; nothing has it yet."""
    _patiently(lambda: os.rename(folder, name))


def remove(path: Path) -> None:
    """Remove a file, if it is there.

    Raises
    ------
    SpmError
        Another program holds it open.
    """
    try:
        _patiently(lambda: path.unlink(missing_ok=True))
    except OSError as error:
        if path.is_file() and _is_refusal(error):
            raise in_use(path) from error
        raise


def remove_folder(folder: Path) -> None:
    """Remove a folder with all that is in it; a program that is just ending may still write there.

    Raises
    ------
    SpmError
        Another program holds a file in it open.
    """
    for pause in _pauses():
        shutil.rmtree(folder, ignore_errors=True)
        if not folder.exists():
            return
        time.sleep(pause)
    shutil.rmtree(folder, ignore_errors=True)
    if folder.exists():
        left = (path for path in sorted(folder.rglob("*"), key=in_order) if path.is_file())
        raise in_use(next(left, folder))


def try_to_remove_folder(folder: Path) -> None:
    """The same where it does no harm if something is left."""
    with suppress(SpmError, OSError):
        remove_folder(folder)


def in_use(path: Path) -> SpmError:
    """The error of a file that cannot be replaced or removed, with the program if it is known."""
    program = opened_in(path)
    return SpmError(
        f"«{path.name}» ist in {program or 'einem anderen Programm'} geöffnet und lässt sich nicht "
        "ersetzen"
        + ("." if program else " (Excel, PDF-Betrachter …), oder es fehlen die Rechte dazu."),
        wo=str(path),
        tun=f"Bitte {'dort ' if program else 'die Datei '}schließen und den Befehl wiederholen.",
    )


def held(path: Path) -> SpmError:
    """The error of a file that nobody else may touch now, whatever was to be done with it."""
    program = opened_in(path) or "einem anderen Programm"
    return SpmError(
        f"«{path.name}» ist in {program} geöffnet; SPM kann die Datei nicht lesen oder ersetzen.",
        wo=str(path),
        tun="Bitte sie dort schließen und den Befehl wiederholen.",
    )


def unreadable(path: Path) -> SpmError:
    """The error of a file that may not be read now."""
    program = opened_in(path)
    if program:
        return SpmError(
            f"«{path.name}» ist in {program} geöffnet und lässt sich deshalb nicht lesen.",
            wo=str(path),
            tun="Bitte dort speichern und schließen und den Befehl wiederholen.",
        )
    return SpmError(
        f"«{path.name}» lässt sich nicht lesen: in einem anderen Programm geöffnet (Excel …), oder "
        "es fehlen Leserechte.",
        wo=str(path),
        tun="Bitte die Datei schließen oder die Rechte prüfen und den Befehl wiederholen.",
    )


def _patiently(act: Callable[[], object]) -> None:
    for pause in _pauses():
        try:
            act()
        except OSError as error:
            if not (_is_refusal(error) and must_wait()):
                raise
            time.sleep(pause)
        else:
            return
    act()


def must_wait() -> bool:
    """Whether what is refused now may be granted in a moment; elsewhere it is about rights."""
    return os.name == "nt"


def _pauses() -> list[float]:
    return [PAUSE * 2**n for n in range(TRIES - 1)]


def _is_refusal(error: OSError) -> bool:
    return error.errno in _REFUSED
