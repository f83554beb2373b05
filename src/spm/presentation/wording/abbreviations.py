"""Abbreviations in short titles, explained by what the catalogue's definitions say of them."""

from __future__ import annotations

import re
from collections.abc import Iterable

from spm.presentation.blocks import from_data
from spm.presentation.views import IndicatorView
from spm.text.numbers import NBSP

_ABBREVIATION = re.compile(r"\b[A-ZÄÖÜ]{2,}\b")


def abbreviations(views: Iterable[IndicatorView]) -> str:
    """``"BG: Bedarfsgemeinschaften"``, as part of a sentence; only those that a definition begins
    with as "Bedarfsgemeinschaften (BG) …", in the order in which they occur."""
    found: dict[str, str] = {}
    for k in (view.indicator for view in views):
        for short in _ABBREVIATION.findall(k.kurztitel):
            meant = re.match(rf"([^.(;:]+) \({short}\)", k.definition)
            if meant:
                found.setdefault(short, meant[1])
    return "; ".join(f"{short}:{NBSP}{from_data(meant)}" for short, meant in found.items())
