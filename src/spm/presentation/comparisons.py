"""Which values of other places are shown beside those of the municipality."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import TYPE_CHECKING

from spm.presentation.views import IndicatorView
from spm.published import GESAMT

if TYPE_CHECKING:
    from spm.published import ComparisonValue


def compared(view: IndicatorView, values: Iterable[ComparisonValue]) -> IndicatorView:
    """The view with what may be shown of other places.

    For every place that is the value of the reporting year, or of the nearest earlier one. It is
    left out where the municipality's own total of the same year is not published: the value of its
    Kreis without that of the other municipalities could tell it. So it is for values of several
    years together, to which one of a single year is no yardstick either.

    Parameters
    ----------
    values : of this indicator, in the order in which places are named.
    """
    if view.window > 1:
        return view
    nearest: dict[str, ComparisonValue] = {}
    for value in values:
        before = nearest.get(value.gebiet)
        if value.jahr <= view.year and (before is None or before.jahr < value.jahr):
            nearest[value.gebiet] = value
    shown = (value for value in nearest.values() if view.row(GESAMT, value.jahr).ok)
    return replace(view, elsewhere=tuple(shown))
