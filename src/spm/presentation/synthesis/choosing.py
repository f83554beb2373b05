"""Which indicators and areas an index may be made of: only what is published for all of them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NamedTuple

from spm.presentation.counting import single_areas
from spm.presentation.views import AreaRow, IndicatorView
from spm.synthesis.draws import Counts, as_array

if TYPE_CHECKING:
    from spm.config.composite import Gebietsstand, Index

NOT_DELIVERED = "nicht geliefert"
TOGETHER = "nur für mehrere gemeinsam veröffentlicht"
INCOMPLETE = "nicht überall veröffentlicht"
EARLIER = "nicht für beide Jahre veröffentlicht"
BROKEN = "zwischen beiden Jahren anders erhoben"
OVERLAPPING = "über Jahre zusammengefasst, die sich überschneiden"
REASONS = (NOT_DELIVERED, TOGETHER, INCOMPLETE, EARLIER, BROKEN, OVERLAPPING)
"""Why an indicator cannot enter, in the order in which they are told."""


class LeftOut(NamedTuple):
    """An indicator that does not enter, and why (one of `REASONS`)."""

    view: IndicatorView
    reason: str


class Choice(NamedTuple):
    """What an index is made of.

    ``areas``: key and name of those that are placed, in area order; ``small``: those with too few
    inhabitants, or without a published number of them; ``views``: indicators that are published
    for all of ``areas``; ``left_out``: the others.
    """

    areas: tuple[tuple[str, str], ...]
    small: tuple[tuple[str, str], ...]
    views: tuple[IndicatorView, ...]
    left_out: tuple[LeftOut, ...]

    @property
    def keys(self) -> list[str]:
        """Keys of the areas."""
        return [raum for raum, _ in self.areas]


def chosen(
    views: Sequence[IndicatorView],
    wanted: Iterable[str],
    section: Index | Gebietsstand,
    earlier: int | None = None,
) -> Choice:
    """Choose from the indicators that the params file or the catalogue names.

    Whether an indicator enters depends on the statuses of its rows, never on a number that is not
    published.

    Parameters
    ----------
    views : all indicators, in catalogue order.
    wanted : ids.
    earlier : also needed in this year, on the same footing.
    """
    areas, small = _areas(views, section)
    by_id = {view.indicator.id: view for view in views}
    found, left_out = [], []
    for key in wanted:
        view = by_id[key]
        reason = _reason(view, [raum for raum, _ in areas], earlier)
        if reason:
            left_out.append(LeftOut(view, reason))
        else:
            found.append(view)
    return Choice(areas, small, tuple(found), tuple(left_out))


def _areas(
    views: Sequence[IndicatorView], section: Index | Gebietsstand
) -> tuple[tuple[tuple[str, str], ...], tuple[tuple[str, str], ...]]:
    every = single_areas(views)
    least = section.mindestbevoelkerung
    if not least:
        return every, ()
    people = next(view for view in views if view.indicator.id == section.bevoelkerung)

    def large(row: AreaRow) -> bool:
        return row.ok and row.shown >= least

    return (
        tuple(area for area in every if large(people.row(area[0]))),
        tuple(area for area in every if not large(people.row(area[0]))),
    )


def _reason(view: IndicatorView, areas: Sequence[str], earlier: int | None) -> str:
    known = dict(view.area_names)
    if not view.appears:
        return NOT_DELIVERED
    if any(raum not in known for raum in areas):
        return TOGETHER
    if not all(view.row(raum).ok for raum in areas):
        return INCOMPLETE
    if earlier is None:
        return ""
    if view.year - view.window < earlier:
        return OVERLAPPING
    if any(earlier < year <= view.year for year in view.breaks):
        return BROKEN
    return "" if all(view.row(raum, earlier).ok for raum in areas) else EARLIER


def counts_of(view: IndicatorView, areas: Sequence[str], year: int | None = None) -> Counts:
    """The published numbers of an indicator that is published for all of these areas."""
    rows = [view.row(raum, year) for raum in areas]
    return Counts(
        key=view.indicator.id,
        kind=view.indicator.art,
        factor=view.indicator.faktor,
        value=as_array([row.wert for row in rows]),
        top=as_array([row.zaehler for row in rows]),
        bottom=as_array([row.nenner for row in rows]),
        low=as_array([row.ki_unten for row in rows]),
        high=as_array([row.ki_oben for row in rows]),
    )


def direction_of(view: IndicatorView) -> int:
    """1 where a high value means burden, -1 where it means the opposite."""
    return 1 if view.indicator.richtung == "belastend" else -1
