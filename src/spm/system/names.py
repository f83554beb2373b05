"""Names of files, as all systems know them: what is a drive, a device, another computer, a lock."""

from __future__ import annotations

import re
from pathlib import Path

_RESERVED = re.compile(r"(con|prn|aux|nul|conin\$|conout\$|com[0-9¹²³]|lpt[0-9¹²³]) *(\..*)?", re.I)
_DRIVE = re.compile(r"[a-z]:", re.I)
_COMPUTER = re.compile(r"[\\/]{2}")
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]+:", re.I)
"""A single letter is a drive of Windows."""

_LOCKS = (("~${}", "Excel"), (".~lock.{}#", "LibreOffice"))
"""What these write beside a file as long as it is open in them."""


def is_reserved(name: str) -> bool:
    """Whether Windows takes a name for a device: also with an extension, in capitals, or with
    blanks and dots behind it.

    Examples
    --------
    >>> is_reserved("nul.yml"), is_reserved("COM1"), is_reserved("konstanz")
    (True, True, False)
    """
    return bool(_RESERVED.fullmatch(name))


def is_lock(name: str) -> bool:
    """Whether a file only says that another one is open: it is never a delivery.

    Examples
    --------
    >>> is_lock("~$sgb2.xlsx"), is_lock(".~lock.sgb2.xlsx#"), is_lock("sgb2.xlsx")
    (True, True, False)
    """
    return name.startswith(("~$", ".~lock."))


def is_left_by_programs(name: str) -> bool:
    """Whether nobody put a file there: hidden ones, and `is_lock`."""
    return name.startswith((".", "~")) or name.lower() in ("thumbs.db", "desktop.ini")


def opened_in(path: Path) -> str:
    """The program that has a file open, as its lock beside it says; "" if none does."""
    for pattern, program in _LOCKS:
        try:
            if path.with_name(pattern.format(path.name)).exists():
                return program
        except (OSError, ValueError):
            continue
    return ""


def slashed(name: str) -> str:
    """A path with "/", which every system understands."""
    return name.replace("\\", "/")


def as_name(key: str) -> str:
    """What a person calls something as a part of a file name, which no other one has.

    Examples
    --------
    >>> as_name("hze_27"), as_name("HzE § 27")
    ('hze_27', '%48%z%45%%20%%a7%%20%27')
    """
    return re.sub(r"[^a-z0-9_-]", lambda found: f"%{ord(found[0]):x}%", key)


def problem(name: str) -> tuple[str, str] | None:
    """Why a name below a folder is none on every system: what, and what to do; None if it is one.

    The same on all of them, so that a params file means the same everywhere.
    """
    if _COMPUTER.match(name):
        return f"«{name}» ist eine Adresse, kein Name einer Datei.", _PUT
    if _DRIVE.match(name):
        return f"«{name}» beginnt mit einem Laufwerk.", _PUT
    if _ADDRESS.match(name):
        return f"«{name}» ist eine Adresse, kein Name einer Datei.", _PUT
    parts = [part for part in slashed(name).split("/") if part not in ("", ".", "..")]
    for part in parts:
        if is_reserved(part):
            return f"«{name}» ist unter Windows der Name eines Geräts, keiner Datei.", _RENAME
        if part[-1] in ". ":
            return (
                f"«{part}» endet mit einem Punkt oder Leerzeichen; Windows lässt es weg.",
                _RENAME,
            )
    if parts and is_lock(parts[-1]):
        return f"«{parts[-1]}» sagt nur, dass eine andere Datei geöffnet ist.", _OTHER
    return None


def in_order(path: Path) -> str:
    """A key to sort paths by; Windows sorts without regard to capitals."""
    return path.as_posix()


_PUT = (
    "Bitte die Datei in den Ordner legen und mit ihrem Namen nennen; nur der Schlüssel datenordner "
    "darf auf ein anderes Laufwerk oder auf ein Netzlaufwerk zeigen."
)
_RENAME = "Bitte die Datei umbenennen."
_OTHER = "Bitte die Datei ohne «~$» oder «.~lock.» am Anfang nennen."
