"""In which indicators an area differs: one count for findings, heat tables and profiles.

A value of a group of areas counts for each of them, as it stands in the row of each.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from typing import NamedTuple

from spm.presentation import judging
from spm.presentation.views import AreaRow, IndicatorView

Area = tuple[str, str]
"""Key and name."""


def single_areas(views: Sequence[IndicatorView]) -> tuple[Area, ...]:
    """Single areas as far as any indicator shows them, in area order."""
    single = next((view for view in views if not view.groups), None)
    chosen = single or next(iter(views), None)
    return chosen.area_names if chosen else ()


def row_of(view: IndicatorView, area: Area) -> tuple[AreaRow, bool]:
    """The row of an area or of the group in which it is shown, and whether it is one."""
    raum, name = area
    if raum in dict(view.area_names):
        return view.row(raum), False
    group = next((key for key, names in view.groups.items() if name in names), raum)
    return view.row(group), group != raum


class Count(NamedTuple):
    """In how many indicators an area differs; ``grouped``: in any together with other areas."""

    row: AreaRow
    worse: int
    better: int
    other: int
    grouped: bool

    @property
    def differs(self) -> int:
        """Whichever way."""
        return self.worse + self.better + self.other


def counted(views: Sequence[IndicatorView], area: Area) -> Count:
    """Count the indicators in which an area differs from the rest of the municipality."""
    found: Counter[str] = Counter()
    grouped = False
    for view in views:
        row, together = row_of(view, area)
        name = judging.judgement(view, row)
        found[name] += 1
        grouped |= together and name not in (judging.NONE, judging.GLEICH)
    return Count(
        row=AreaRow(*area),
        worse=sum(found[name] for name in judging.UNFAVOURABLE),
        better=sum(found[name] for name in judging.FAVOURABLE),
        other=sum(found[name] for name in judging.UNJUDGED),
        grouped=grouped,
    )
