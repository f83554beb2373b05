"""How long a path may be."""

from __future__ import annotations

import sys
from functools import cache

WINDOWS = 259
"""Characters of a whole path (MAX_PATH without the zero at its end), unless the administrator has
switched on long paths. Source: Maximum Path Length Limitation, learn.microsoft.com."""

SHORT = 20
"""Characters of a folder such as C:\\spm or C:\\Berichte\\2024, which anybody can make."""

_OTHERS = {"darwin": 1023, "linux": 4095}


@cache
def longest() -> int:
    """Characters that a whole path may have on this system."""
    if sys.platform == "win32":
        return 32_766 if _long_paths() else WINDOWS
    return _OTHERS.get(sys.platform, 1023)


def too_long(path: str) -> bool:
    """Whether a path has more characters than this system can have."""
    return len(path) > longest()


def _long_paths() -> bool:
    """Whether Windows takes long paths from programs that ask for them, as Python does."""
    import ctypes

    try:
        return bool(ctypes.WinDLL("ntdll").RtlAreLongPathsEnabled())  # type: ignore[attr-defined]
    except (AttributeError, OSError):  # Windows before 2016
        return False
