"""Which values of other places are shown beside those of the municipality."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spm.comparisonfile import Vergleichswert
    from spm.presentation.views import Zeile


def comparable(
    values: Iterable[Vergleichswert], jahr: int, own: Callable[[int], Zeile]
) -> tuple[Vergleichswert, ...]:
    """For every place the value of the reporting year, or of the nearest earlier one.

    A value is left out where the municipality's own total of the same year is not published: the
    value of its Kreis without that of the other municipalities could tell it.

    Parameters
    ----------
    values : of one indicator, in the order in which places are named.
    own : the municipality's published row of a year.
    """
    places = dict.fromkeys(value.gebiet for value in values)
    nearest = []
    for place in places:
        known = [v for v in values if v.gebiet == place and v.jahr <= jahr]
        if known:
            nearest.append(max(known, key=lambda value: value.jahr))
    return tuple(value for value in nearest if own(value.jahr).ok)
