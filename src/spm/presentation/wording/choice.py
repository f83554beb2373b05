"""One of several wordings, so that neighbouring sections do not repeat one sentence shape."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypeVar
from zlib import crc32

from spm.presentation.views import IndicatorView

T = TypeVar("T")


@dataclass(frozen=True)
class _Placed(IndicatorView):
    """A view that knows where in its chapter its sentences stand."""

    turn: int = 0


def placed(view: IndicatorView, turn: int) -> IndicatorView:
    """The view as the section with this number; neighbours have neighbouring numbers."""
    values = {f.name: getattr(view, f.name) for f in fields(IndicatorView)}
    return _Placed(**values, turn=turn)


def pick(view: IndicatorView, *texts: T) -> T:
    """One of several wordings: by turns where the view knows its place, else by its indicator."""
    turn = view.turn if isinstance(view, _Placed) else crc32(view.indicator.id.encode())
    return texts[turn % len(texts)]
