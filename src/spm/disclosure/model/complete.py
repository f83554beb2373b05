"""Numbers of which one that is missing spoils all."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TypeVar

T = TypeVar("T")


def complete(values: Iterable[T | None]) -> list[T] | None:
    """All values, or None if one of them is missing."""
    found = []
    for value in values:
        if value is None:
            return None
        found.append(value)
    return found
