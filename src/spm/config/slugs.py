"""Names of files and folders that every system of those who use a project can have."""

from __future__ import annotations

import re
from pathlib import Path

from spm.errors import SpmError
from spm.system.names import is_reserved

LONGEST = 60
"""Characters: ``pruefprotokoll-<slug>.xlsx`` and longer names have to fit into 255, with a path."""


def check_slug(path: Path, label: str) -> None:
    """Refuse a params file whose name cannot be that of folders everywhere.

    Raises
    ------
    SpmError
        Other characters than small letters, digits, "-" and "_"; too long; reserved by Windows.
    """
    slug = path.stem
    if not re.fullmatch(r"[a-z0-9][a-z0-9_-]*", slug):
        was = (
            f"Der Name der {label} wird zum Ordnernamen und darf nur Kleinbuchstaben (ohne "
            "Umlaute), Ziffern, «-» und «_» enthalten."
        )
    elif is_reserved(slug):
        was = (
            f"Der Name der {label} wird zum Ordnernamen; «{slug}» ist unter Windows für Geräte "
            "reserviert und kann keiner sein."
        )
    elif len(slug) > LONGEST:
        was = (
            f"Der Name der {label} wird zum Ordnernamen und hat {len(slug)} Zeichen; höchstens "
            f"{LONGEST} passen überall."
        )
    else:
        return
    raise SpmError(was, wo=str(path), tun="Bitte umbenennen, zum Beispiel in «musterstadt.yml».")
