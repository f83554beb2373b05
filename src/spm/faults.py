"""What the machine does to a run, in words for a user: a full disk, a file that another program
holds open, too little memory, a helper process that was ended.

In one place, at the edge of every command (`told`): whoever writes a file or starts a program need
not know what can go wrong with it.
"""

from __future__ import annotations

import errno
import os
import re
import subprocess
import traceback
from collections.abc import Iterator
from concurrent.futures import BrokenExecutor
from contextlib import contextmanager
from pathlib import Path

from spm.errors import SpmError
from spm.system import codes, files, rights
from spm.system.names import opened_in

LOG = "fehlerprotokoll-vertraulich.txt"
"""With the traceback of an error that nobody foresaw, which may quote deliveries."""

UNCHANGED = "Der letzte fertige Bericht ist unverändert."

_CLOSE = "die Rechte prüfen und geöffnete Dateien schließen (Excel, PDF-Betrachter)"
_FOLDER = "die Datei umbenennen, die dort statt eines Ordners liegt"
_SPACE = "Platz schaffen"
_FEWER = "andere Programme schließen oder die erlaubte Zahl geöffneter Dateien erhöhen (ulimit -n)"
_MEMORY = "andere Programme schließen oder einen Rechner mit mehr Arbeitsspeicher nehmen"
_SHARE = "prüfen, ob Datenträger und Netzlaufwerk verbunden sind"

KNOWN = {
    errno.ENOSPC: ("auf dem Datenträger ist kein Platz mehr", _SPACE),
    errno.EDQUOT: ("der erlaubte Speicherplatz ist verbraucht", _SPACE),
    errno.EFBIG: ("die Datei würde größer als erlaubt", _SPACE),
    errno.EACCES: ("keine Berechtigung, oder die Datei ist geöffnet", _CLOSE),
    errno.EPERM: ("keine Berechtigung, oder die Datei ist geöffnet", _CLOSE),
    errno.EBUSY: ("die Datei wird gerade benutzt", _CLOSE),
    errno.ETXTBSY: ("die Datei wird gerade benutzt", _CLOSE),
    errno.EROFS: (
        "der Datenträger ist schreibgeschützt",
        "einen Datenträger nehmen, auf den geschrieben werden darf",
    ),
    errno.EEXIST: ("dort liegt schon etwas anderes", _FOLDER),
    errno.ENOTDIR: ("dort liegt eine Datei statt eines Ordners", _FOLDER),
    errno.EISDIR: (
        "dort liegt ein Ordner statt einer Datei",
        "den Ordner umbenennen, der dort statt einer Datei liegt",
    ),
    errno.ENOENT: (
        "Datei oder Ordner fehlt",
        "prüfen, ob während des Laufs etwas gelöscht oder umbenannt wurde",
    ),
    errno.ENOTEMPTY: (
        "im Ordner liegt noch etwas",
        "prüfen, ob ein anderes Programm in den Ordner schreibt",
    ),
    errno.ENAMETOOLONG: (
        "der Pfad ist zu lang",
        "das Projekt in einen Ordner mit kürzerem Pfad legen",
    ),
    errno.ELOOP: ("ein Verweis führt im Kreis", "die Datei selbst dorthin kopieren"),
    errno.EMFILE: ("zu viele geöffnete Dateien", _FEWER),
    errno.ENFILE: ("zu viele geöffnete Dateien", _FEWER),
    errno.ENOMEM: ("zu wenig Arbeitsspeicher", _MEMORY),
    errno.EAGAIN: ("zu viele Programme auf einmal", _MEMORY),
    errno.EIO: ("der Datenträger meldet einen Fehler", _SHARE),
    errno.ENODEV: ("der Datenträger ist nicht da", _SHARE),
    errno.ENXIO: ("der Datenträger ist nicht da", _SHARE),
    errno.ESTALE: ("das Netzlaufwerk ist nicht mehr verbunden", _SHARE),
    errno.ETIMEDOUT: ("das Netzlaufwerk antwortet nicht", _SHARE),
    errno.EHOSTDOWN: ("das Netzlaufwerk antwortet nicht", _SHARE),
}
"""By number of the system: what it means, and what helps."""

_HELD = (errno.EACCES, errno.EPERM, errno.EBUSY)

_WORDS = {
    errno.ENOSPC: r"no space left on device|not enough space on the disk|os error (28|112)\b",
    errno.EDQUOT: r"disk quota exceeded|os error 122\b",
    errno.EFBIG: r"file too large|os error 27\b",
    errno.EMFILE: r"too many open files|os error 24\b",
    errno.ENOMEM: r"cannot allocate memory|failed to map segment|paging file is too small"
    r"|out of memory|heap exhausted|memory allocation of \d+"
    r"|os error 12\b",
    errno.EAGAIN: r"can't start new thread|resource temporarily unavailable|os error 11\b",
    errno.EROFS: r"read-only file system|os error 30\b",
}
"""What other programs say of the same; their messages are all that they leave."""


@contextmanager
def told() -> Iterator[None]:
    """What the machine does to the body is raised as an `SpmError`; everything else as it is."""
    try:
        yield
    except Exception as error:
        known = explained(error)
        if known is None or known is error:
            raise
        raise known from error


def explained(error: BaseException) -> SpmError | None:
    """An error of the machine in words for a user; an `SpmError` as it is; None if it is neither.

    Also what libraries and other programs wrap or only quote: of a converter that could not write
    the disk counts, not the text that it was converting.
    """
    if isinstance(error, SpmError):
        return _by_words(f"{error.was} {error.wo}") or error
    for one in _causes(error):
        if isinstance(one, MemoryError):
            return _system(errno.ENOMEM)
        if isinstance(
            one, BrokenExecutor | EOFError | ConnectionError | subprocess.SubprocessError
        ):
            return _helper(one)
        if isinstance(one, ImportError):
            return _by_words(str(one)) or _installation(str(one.name or one))
        number = codes.number_of(one)
        if isinstance(one, OSError) or number in KNOWN:
            return _of_file(one, number)
    return _by_words(str(error))


def helper_failed(name: str, message: str) -> SpmError:
    """The error of a program that SPM starts and that did not do its work.

    Parameters
    ----------
    name : what it was to do, after "Ein Hilfsprogramm ist gescheitert:".
    message : what it said itself.
    """
    last = message.strip().splitlines()[-1:] or ["ohne Meldung beendet"]
    return SpmError(
        f"Ein Hilfsprogramm ist gescheitert: {name}.",
        wo=last[0][-500:],
        tun=f"Bitte den Aufruf wiederholen; reichen Arbeitsspeicher und Platz? {UNCHANGED}",
    )


def unforeseen(error: BaseException, places: list[Path]) -> SpmError:
    """The last net: an error that nobody foresaw, and where its traceback can be read.

    Parameters
    ----------
    places : folders for the traceback, confidential ones; the first that can be written to.
    """
    log = _written("".join(traceback.format_exception(error)), places)
    return SpmError(
        f"SPM ist an einer Stelle gescheitert, die nicht vorgesehen ist ({type(error).__name__}).",
        wo=str(log or "Das Protokoll ließ sich nicht schreiben"),
        tun=f"Bitte den Aufruf wiederholen. {UNCHANGED} Hilft das nicht, bitte das Protokoll an "
        "die Entwicklung geben, nachdem geprüft ist, dass es keine Rohdaten enthält.",
    )


def _written(text: str, places: list[Path]) -> Path | None:
    for folder in places:
        path = folder / LOG
        try:
            folder.mkdir(parents=True, exist_ok=True)
            path.unlink(missing_ok=True)
            rights.new_for_owner(path, text)
        except OSError:
            continue
        return path
    return None


def _causes(error: BaseException) -> Iterator[BaseException]:
    """The error, what it carries, and what it was raised from; not what was merely handled."""
    seen: set[int] = set()
    todo: list[BaseException] = [error]
    while todo:
        one = todo.pop(0)
        if id(one) not in seen:
            seen.add(id(one))
            yield one
            todo += [a for a in one.args if isinstance(a, BaseException)]
            todo += [one.__cause__] if one.__cause__ is not None else []


def _of_file(error: BaseException, number: int | None) -> SpmError:
    names = [getattr(error, name, None) for name in ("filename", "filename2")]
    if not any(names) and "temporary directory" in str(error):  # none can be written to
        return _system(errno.ENOSPC, "Ordner für temporäre Dateien (TMPDIR, TEMP)")
    if (number in _HELD) and (held := _open_elsewhere(names)):
        return held
    where = " → ".join(os.fsdecode(n) for n in names if isinstance(n, str | bytes | os.PathLike))
    if number in KNOWN:
        return _system(number, where)
    said = getattr(error, "strerror", None) or str(error)
    if number is None and "no pandoc" in said.lower():
        return _installation("pandoc")
    return _by_words(said) or _sentence(said, where, "Datei und Ordner prüfen")


def _open_elsewhere(names: list[object]) -> SpmError | None:
    """A file that a program has open which tells so by a lock beside it."""
    for name in names:
        if isinstance(name, str | os.PathLike) and opened_in(Path(name)):
            return files.held(Path(name))
    return None


def _by_words(text: str) -> SpmError | None:
    for number, pattern in _WORDS.items():
        if re.search(pattern, text, re.IGNORECASE):
            return _system(number)
    return None


def _system(number: int, where: str = "") -> SpmError:
    what, remedy = KNOWN[number]
    return _sentence(what, where, remedy)


def _sentence(what: str, where: str, remedy: str) -> SpmError:
    return SpmError(
        f"Schreiben oder Lesen ist nicht möglich ({what}).",
        wo=where or "Datenträger oder Arbeitsspeicher dieses Rechners",
        tun=f"Bitte {remedy}. {UNCHANGED}",
    )


def _helper(error: BaseException) -> SpmError:
    return helper_failed("ein Prozess von SPM wurde beendet", f"{type(error).__name__}: {error}")


def _installation(part: str) -> SpmError:
    return SpmError(
        "Ein Teil der Installation fehlt oder ist beschädigt.",
        wo=part,
        tun="Bitte die Umgebung neu einrichten (README, Installation).",
    )
