"""Differences between two values as readers see them: those of the numbers that are printed."""

from __future__ import annotations

from spm.presentation.views import Change, IndicatorView
from spm.text.numbers import round_half_away


def printed_difference(view: IndicatorView, raum: str, change: Change) -> float:
    """What a reader gets who subtracts the two printed values.

    The exact difference, rounded, may be off by one in the last digit: "10,7 … 10,6 … Unterschied
    0,0". Interval and test are those of the exact values.

    Parameters
    ----------
    raum : key of the area, "gesamt" for the municipality.
    """
    places = view.indicator.nachkommastellen
    old, new = (view.row(raum, year) for year in (change.von, change.bis))
    if not (old.ok and new.ok):
        return float(round_half_away(change.differenz, places))
    first, last = (round_half_away(row.shown, places) for row in (old, new))
    return float(last - first)
