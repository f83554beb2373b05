"""Keyed digests: they tell whether two things are the same to whoever has the key, and nobody else.

A plain digest of a small file gives its content away: whoever knows all but two numbers of it tries
all pairs until the digest is right. Without the key there is nothing to try.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets
from pathlib import Path

from spm.errors import SpmError
from spm.system import files, rights

KEY = "schluessel-vertraulich.txt"
"""In ``data/processed/<slug>/``: made once, for its owner only."""

BYTES = 32
NAME_OF_KEY = b"SPM: Name des Schluessels"


class Keyed:
    """Digests under the key of a municipality.

    Parameters
    ----------
    folder : ``data/processed/<slug>/``; a key is made there if there is none.

    Raises
    ------
    SpmError
        What lies there is no key.
    """

    def __init__(self, folder: Path) -> None:
        self._key = _key(folder / KEY)

    @property
    def name(self) -> str:
        """Tells two keys apart: digests under different ones cannot be compared."""
        return self.of(NAME_OF_KEY)[:16]

    def of(self, content: bytes) -> str:
        """HMAC-SHA-256 (RFC 2104) as hex digits."""
        return hmac.new(self._key, content, hashlib.sha256).hexdigest()


def _key(path: Path) -> bytes:
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        half = path.with_suffix(".part")
        half.unlink(missing_ok=True)
        # Created for the owner only: rights that are taken away afterwards come too late.
        rights.new_for_owner(half, secrets.token_hex(BYTES) + "\n")
        files.replace(half, path)
    try:
        key = bytes.fromhex(path.read_text(encoding="ascii").strip())
    except ValueError:
        key = b""
    if len(key) != BYTES:
        raise SpmError(
            "Der Schlüssel für die Prüfsummen der vertraulichen Eingaben ist beschädigt.",
            wo=str(path),
            tun="Bitte die Datei aus einer Sicherung holen oder löschen: Ein neuer Schlüssel wird "
            "von selbst angelegt; «spm diff» kann dann frühere Lieferungen nicht mehr vergleichen.",
        )
    return key
