"""Digests of files: what a manifest and a certificate name a file's content by."""

from __future__ import annotations

import hashlib
from pathlib import Path

from spm.foreign import door


def sha256(path: Path) -> str:
    """Hex digest of a file's content; an `SpmError` for what is no plain file."""
    with door.opened(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()
