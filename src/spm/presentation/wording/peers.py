"""Places that are like the municipality, told together: their middle and their range."""

from __future__ import annotations

from itertools import groupby
from statistics import median
from typing import TYPE_CHECKING, NamedTuple

from spm.presentation.blocks import from_data
from spm.presentation.views import IndicatorView
from spm.presentation.wording.grammar import quoted
from spm.published import GESAMT
from spm.text.numbers import EN_DASH, join_words, number_word, round_half_away

if TYPE_CHECKING:
    from spm.published import ComparisonValue

LIKE, UNCLEAR, HIGHER, LOWER = "wie", "unklar", "höher", "niedriger"


class Peers(NamedTuple):
    """A group of places with their values of one year, at least three."""

    name: str
    year: int
    values: tuple[ComparisonValue, ...]

    @property
    def middle(self) -> float:
        """The median of their values."""
        return median(value.wert for value in self.values)

    @property
    def ends(self) -> tuple[float, float]:
        """The lowest and the highest value."""
        found = [value.wert for value in self.values]
        return min(found), max(found)


def groups(view: IndicatorView) -> list[Peers]:
    """The groups of places that an indicator is compared with, by their names."""
    values = sorted(view.alike, key=lambda value: value.gruppe)
    found = [(name, tuple(own)) for name, own in groupby(values, key=lambda v: v.gruppe)]
    return [Peers(name, members[0].jahr, members) for name, members in found]


def against(view: IndicatorView, group: Peers) -> str:
    """How the municipality's value of the same year lies to the middle of a group.

    The middle is taken as it is, as every value of other places: the municipality differs where it
    lies outside its own 95 % interval. It is like them only if it also lies in their range:
    otherwise it may well be unlike all of them, and chance hides it.

    Returns
    -------
    str
        `LIKE`, `UNCLEAR`, `HIGHER`, `LOWER`, or "" if there is no interval.
    """
    row = view.row(GESAMT, group.year)
    if not row.has_interval:
        return ""
    low, high = row.limits
    if low > group.middle:
        return HIGHER
    if high < group.middle:
        return LOWER
    return UNCLEAR if beyond(view, group) else LIKE


def beyond(view: IndicatorView, group: Peers) -> str:
    """`HIGHER` or `LOWER` if the municipality's value lies outside the range of the group; "" if it
    lies within, as both are printed."""
    own = view.indicator.nachkommastellen
    low, value, high = (
        round_half_away(number, own)
        for number in (group.ends[0], view.row(GESAMT, group.year).shown, group.ends[1])
    )
    return HIGHER if value > high else LOWER if value < low else ""


def beside(view: IndicatorView) -> list[str]:
    """Behind the municipality's own value: ``"in der Mitte der Gruppe „ähnliche Kommunen“ bei
    14,1 % (2022)"``."""
    before = "" if view.signed else "bei "
    return [
        f"in der Mitte der Gruppe {quoted(group.name)} {before}{view.text(group.middle)}"
        f"{'' if group.year == view.year else f' ({group.year})'}"
        for group in groups(view)
    ]


def sentences(view: IndicatorView) -> list[str]:
    """The same as sentences, with the range of the group and its sources."""
    return [
        f"In der Gruppe {quoted(group.name)} ({number_word(len(group.values))} Orte) lag der Wert "
        f"{group.year} zwischen {span(view, group, ' und ')}, in der Mitte bei "
        f"{view.text(group.middle)} (Quelle: {_sources(group)})."
        for group in groups(view)
    ]


def span(view: IndicatorView, group: Peers, between: str = "", *, unit: bool = True) -> str:
    """Its lowest and highest value: ``"8,1–19,4 %"``."""
    low, high = group.ends
    joint = between or (" bis " if view.signed else EN_DASH)
    return f"{view.number(low)}{joint}{view.text(high) if unit else view.number(high)}"


def _sources(group: Peers) -> str:
    texts = dict.fromkeys(value.quelle.removesuffix(".") for value in group.values)
    return join_words([from_data(text) for text in texts])
