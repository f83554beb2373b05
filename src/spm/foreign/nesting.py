"""How deep brackets lie in each other: readers of JSON call themselves once for each level."""

from __future__ import annotations

import json
import re
from typing import Any

from spm.errors import SpmError

LARGEST = 80_000_000
"""Bytes; lists of numbers take ten times as many in memory."""
DEEPEST = 60
"""Levels; a MultiPolygon in a feature has eight, a nested record of a delivery four."""
MOST = 3_000_000
"""Lists and objects; a pair of coordinates is one."""
LONGEST_NUMBER = 400
"""Digits; a count has seven, a coordinate twenty."""

_TEXTS = re.compile(rb'"[^"\\]*+(?:\\.[^"\\]*+)*+"', re.DOTALL)  # never goes back, needs no memory
_OTHERS = bytes(set(range(256)) - set(b"[]{}"))
_PIECE = 1_000_000
_ALIKE = bytes.maketrans(b"123456789{}", b"000000000[]")


def check_json(text: str) -> None:
    """Refuse JSON that no reader should be given; whether it is valid is not looked at.

    Raises
    ------
    SpmError
        Brackets deeper than `DEEPEST` or more than `MOST`, or a number of more than
        `LONGEST_NUMBER` digits.
    """
    alike = text.encode("utf-8", "replace").translate(_ALIKE)
    if (at := alike.find(b"0" * LONGEST_NUMBER)) >= 0:
        raise SpmError(
            f"In Zeile {alike.count(10, 0, at) + 1} steht eine Zahl mit mehr als {LONGEST_NUMBER} "
            "Ziffern.",
            tun="Die Datei neu ausgeben lassen.",
        )
    brackets = _TEXTS.sub(b"", alike).translate(None, _OTHERS)
    if (number := brackets.count(b"[")) > MOST:
        raise SpmError(
            f"Die Datei besteht aus {number} Listen und Objekten.",
            tun="Nur die gebrauchten Angaben ausgeben lassen, Umrisse vereinfacht.",
        )
    if _depth(brackets) > DEEPEST:
        raise SpmError(
            f"Die Datei ist zu tief verschachtelt (mehr als {DEEPEST} Ebenen).",
            tun="Die Datei neu ausgeben lassen, als einfache Liste.",
        )


def _depth(brackets: bytes) -> int:
    if brackets.count(b"[") <= DEEPEST:
        return 0
    import numpy as np  # not for a notebook that is headed in its first cells

    deepest = now = 0
    for start in range(0, len(brackets), _PIECE):
        steps = np.frombuffer(brackets[start : start + _PIECE], dtype=np.int8)
        levels = now + np.cumsum(np.int8(ord("\\")) - steps, dtype=np.int64)  # between [ and ]
        deepest, now = max(deepest, int(levels.max())), int(levels[-1])
    return deepest


def parsed(text: str, **options: Any) -> Any:
    """What a JSON text says, as `json.loads` reads it.

    Raises
    ------
    json.JSONDecodeError
        No valid JSON.
    SpmError
        As `check_json`.
    """
    check_json(text)
    return json.loads(text, **options)
