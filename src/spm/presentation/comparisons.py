"""Which values of other places are shown beside those of the municipality."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from itertools import chain
from typing import TYPE_CHECKING

from spm.presentation.views import IndicatorView
from spm.published import GESAMT

if TYPE_CHECKING:
    from spm.published import ComparisonValue

ENOUGH = 3
"""Fewer places of a group have no middle."""


def compared(view: IndicatorView, values: Iterable[ComparisonValue]) -> IndicatorView:
    """The view with what may be shown of other places.

    For every place that is the value of the reporting year, or of the nearest earlier one. It is
    left out where the municipality's own total of the same year is not published: the value of its
    Kreis without that of the other municipalities could tell it. So it is for values of several
    years together, to which one of a single year is no yardstick either.

    Places of a group are told together, all of them in the same year: the latest one of which
    there are `ENOUGH` values. Smaller groups are told place by place.

    Parameters
    ----------
    values : of this indicator, in the order in which places are named.
    """
    if view.window > 1:
        return view
    usable = [value for value in values if value.jahr <= view.year]
    groups = _groups(usable)
    nearest: dict[str, ComparisonValue] = {}
    for value in usable:
        before = nearest.get(value.gebiet)
        if value.gruppe not in groups and (before is None or before.jahr < value.jahr):
            nearest[value.gebiet] = value
    told, alike = (
        tuple(value for value in found if view.row(GESAMT, value.jahr).ok)
        for found in (nearest.values(), chain.from_iterable(groups.values()))
    )
    return replace(view, elsewhere=told, alike=alike)


def _groups(values: Iterable[ComparisonValue]) -> dict[str, list[ComparisonValue]]:
    """The places of every group that is large enough, with their values of one year."""
    by_year: dict[str, dict[int, list[ComparisonValue]]] = {}
    for value in values:
        if value.gruppe:
            by_year.setdefault(value.gruppe, {}).setdefault(value.jahr, []).append(value)
    found = {}
    for group, years in by_year.items():
        enough = [year for year, members in years.items() if len(members) >= ENOUGH]
        if enough:
            found[group] = years[max(enough)]
    return found
