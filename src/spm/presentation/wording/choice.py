"""One of several wordings, so that a chapter does not repeat itself word for word."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar
from zlib import crc32

if TYPE_CHECKING:
    from spm.presentation.views import Sicht

T = TypeVar("T")


def pick(sicht: Sicht, *texts: T) -> T:
    """One of several wordings, always the same for the same indicator."""
    return texts[crc32(sicht.kennzahl.id.encode()) % len(texts)]
