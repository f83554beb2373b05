"""Keys and names of areas as texts, and their order."""

from __future__ import annotations

import re
import unicodedata


def text_of(value: object) -> str:
    """A cell of a geometry file as text: whole numbers without decimals, "" for nothing."""
    if isinstance(value, float) and value.is_integer():
        value = int(value)  # shapefiles hold whole numbers as floats
    missing = value is None or value != value
    return "" if missing else unicodedata.normalize("NFC", " ".join(str(value).split()))


def natural(key: str) -> tuple:
    """Sort key that puts "2" before "10" and keeps texts apart from numbers."""
    parts = re.split(r"(\d+)", key)
    return tuple((1, int(p), p) if p.isdecimal() else (0, 0, p) for p in parts if p)
