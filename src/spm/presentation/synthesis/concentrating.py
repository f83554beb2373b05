"""Where those live whom an indicator of burden counts: which indicators, and of which areas."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from spm.presentation import judging
from spm.presentation.views import AreaRow, IndicatorView
from spm.synthesis import concentration

ADULT = 18
"""Years of age: who is younger is a child in the sense of the chapter."""

OF_CHILDREN = (
    "Schwangerschaft und Geburt",
    "0 bis 2 Jahre",
    "3 bis 5 Jahre",
    "Einschulung",
    "Grundschule",
    "Sekundarstufe",
)
"""Phases of life whose indicators refer to children, where no age says so."""

_DIGITS = 1e-6

KINDS = ("anteil", "rate")


class Part(NamedTuple):
    """One area with its two shares, from 0 to 1; None where its counts are not published."""

    row: AreaRow
    base: float | None
    burden: float | None


class Together(NamedTuple):
    """Some areas with their counts and shares added up."""

    rows: list[AreaRow]
    top: float
    bottom: float
    base: float
    burden: float


class Concentration(NamedTuple):
    """One indicator: its areas, those with the highest burden per head first."""

    view: IndicatorView
    parts: list[Part]
    half: tuple[int, float, float] | None

    @property
    def above(self) -> list[Part]:
        """Areas that are demonstrably worse than the rest of the municipality."""
        return [
            p for p in self.parts if judging.judgement(self.view, p.row) in judging.UNFAVOURABLE
        ]

    @property
    def together(self) -> Together | None:
        """Those areas as one; None without any.

        Only the first of them where all others are hidden: what a sum leaves over would be theirs.
        """
        above = self.above
        others = sum(part.burden is not None for part in self.parts) > len(above)
        if not others and any(part.burden is None for part in self.parts):
            above = above[:1]
        if not above:
            return None
        rows = [part.row for part in above]
        top, bottom = (sum(x or 0.0 for x in xs) for xs in zip(*map(_counts, rows), strict=True))
        whole = _counts(self.view.total)
        return Together(rows, top, bottom, bottom / (whole[1] or 1), top / (whole[0] or 1))


def _counts(row: AreaRow) -> tuple[float | None, float | None]:
    return row.zaehler, row.nenner


def concentrated(views: Sequence[IndicatorView]) -> list[Concentration]:
    """Indicators whose concentration can be told, lead indicators first, then in catalogue order.

    They count children among children, a high value means burden, the municipality's counts are
    published and are those of all areas together, and some area is compared with the rest.
    """
    found = [made for view in views if (made := _of(view)) is not None]
    return sorted(found, key=lambda made: not made.view.indicator.leitkennzahl)


def _of(view: IndicatorView) -> Concentration | None:
    total, indicator = view.total, view.indicator
    if indicator.art not in KINDS or indicator.richtung != "belastend" or not of_children(view):
        return None
    if not total.ok or not any(row.klasse for row in view.published):
        return None
    if total.zaehler is None or total.nenner is None:
        return None
    rows = view.areas
    tops, bottoms = (
        [float("nan") if not row.ok or x(row) is None else x(row) for row in rows]
        for x in (lambda row: row.zaehler, lambda row: row.nenner)
    )
    found = concentration.shares(tops, bottoms, (total.zaehler, total.nenner), _slack(view))
    if found is None:
        return None
    parts = [
        Part(rows[i], *(None if x != x else float(x) for x in (found.base[i], found.burden[i])))
        for i in concentration.steepest_first(found)
    ]
    return Concentration(view, parts, concentration.smallest_half(found))


def _slack(view: IndicatorView) -> float:
    """By how much the areas may exceed the municipality: each count is rounded or changed alone,
    and estimates add up but for the last digits."""
    each = view.exactness.rounded_to / 2 * (view.exactness.rounded_to > 1)
    return (each + view.exactness.changed_by) * (len(view.areas) + 1) + _DIGITS


def of_children(view: IndicatorView) -> bool:
    """Whether an indicator refers to people under 18 alone."""
    wanted = view.indicator.nenner
    if wanted is None:
        return False
    if wanted.ages is not None:
        last = wanted.ages[1]
        return last is not None and last < ADULT
    phases = view.indicator.lebensphase
    return bool(phases) and all(phase in OF_CHILDREN for phase in phases)
