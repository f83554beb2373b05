"""Where the files of a project are, and that none lies outside."""

from __future__ import annotations

import os
import unicodedata
from pathlib import Path

from spm.errors import SpmError
from spm.foreign import door

MARKER = "_quarto.yml"
"""The file that tells a project root from any other folder."""


def find_file(path: Path) -> Path:
    """A relative path from the current folder or else from the root of its project."""
    if not path.is_absolute() and not _there(path):
        for folder in (Path.cwd(), *Path.cwd().parents):
            if (folder / MARKER).exists() and _there(folder / path):
                return door.resolved(folder / path)
    return door.resolved(path)


def _there(path: Path) -> bool:
    """Whether there is such a file, or one with a municipality behind it: `spm.config.kommunen`."""
    return path.exists() or path.parent.is_file()


def project_root(params: Path) -> Path:
    """The nearest folder above the params file that holds ``_quarto.yml``.

    Raises
    ------
    SpmError
        If there is none.
    """
    for folder in params.parents:
        if (folder / MARKER).exists():
            return folder
    raise SpmError(
        f"Die Params-Datei liegt in keinem SPM-Projekt (kein {MARKER} in den Ordnern darüber).",
        wo=str(params),
        tun="Bitte die Datei in den Ordner params/ des Projekts legen.",
    )


def inside(base: Path, name: str, what: str, params: Path) -> Path:
    """The file ``name`` below ``base``, which messages call ``what``.

    Raises
    ------
    SpmError
        If the path leaves ``base``, also over a link, or leads to something else than a file or
        folder.
    """
    try:
        path = door.within(base, name)
        if path is not None and not path.exists():
            alike = os.path.relpath(_spelled_alike(path), door.resolved(base))
            path = door.within(base, alike)
    except SpmError as error:
        raise SpmError(error.was, wo=f"{params}: {name}", tun=error.tun) from None
    if path is None:
        raise SpmError(
            f"Der Pfad «{name}» führt aus dem {what} hinaus.",
            wo=str(params),
            tun=f"Bitte die Datei in den Ordner «{base}» legen; nur der Schlüssel datenordner darf "
            "auf einen Ordner außerhalb des Projekts zeigen.",
        )
    return path


def _spelled_alike(path: Path) -> Path:
    """The one file whose name has the same letters: those from a Mac spell "ä" with two characters,
    and to Windows and macOS capitals are all one."""
    if not path.parent.is_dir():
        return path
    wanted = _letters(path.name)
    alike = [p for p in path.parent.iterdir() if _letters(p.name) == wanted]
    return alike[0] if len(alike) == 1 else path


def _letters(name: str) -> str:
    return unicodedata.normalize("NFC", name).lower()  # "ß" is not "ss"
