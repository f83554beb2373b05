"""Paths as a person would type them."""

from __future__ import annotations

from pathlib import Path


def typed(path: Path) -> str:
    """The path from the current folder, if it lies below."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)
