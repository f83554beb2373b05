"""One of several wordings, so that neighbouring sections do not repeat one sentence shape."""

from __future__ import annotations

from dataclasses import dataclass, fields
from typing import TypeVar
from zlib import crc32

from spm.presentation.views import Sicht

T = TypeVar("T")


@dataclass(frozen=True)
class _Placed(Sicht):
    """A view that knows where in its chapter its sentences stand."""

    folge: int = 0


def placed(sicht: Sicht, folge: int) -> Sicht:
    """The view as the section with this number; neighbours have neighbouring numbers."""
    values = {f.name: getattr(sicht, f.name) for f in fields(Sicht)}
    return _Placed(**values, folge=folge)


def pick(sicht: Sicht, *texts: T) -> T:
    """One of several wordings: by turns where the view knows its place, else by its indicator."""
    turn = sicht.folge if isinstance(sicht, _Placed) else crc32(sicht.kennzahl.id.encode())
    return texts[turn % len(texts)]
