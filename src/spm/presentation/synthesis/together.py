"""All tests of the report whether two indicators go together, as one family."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cached_property
from typing import TYPE_CHECKING

from spm.presentation.views import AreaRow, IndicatorView
from spm.synthesis import gradient, relations

if TYPE_CHECKING:
    from spm.config.synthesis import Synthese

Pairs = list[tuple[AreaRow, AreaRow]]
"""The rows of the same area in two indicators, both with a number, in area order."""


def both_shown(first: IndicatorView, second: IndicatorView) -> Pairs:
    """The areas that show a number in both indicators; a group of areas only if both have it."""
    rows = {row.raum: row for row in second.published}
    return [(row, rows[row.raum]) for row in first.published if row.raum in rows]


def along(order: IndicatorView, outcome: IndicatorView) -> Pairs:
    """Those whose value of the outcome has an interval, from low to high in ``order``."""
    shown = [(a, b) for a, b in both_shown(order, outcome) if b.has_interval and b.nenner]
    return sorted(shown, key=lambda pair: pair[0].shown)


class Together:
    """Pairs of indicators and gradients of a report.

    Whoever asks many questions finds something by chance. So everything that the report tests for a
    relation is one family: where nothing is behind any of it, at most one report of 20 claims any.

    Parameters
    ----------
    views : all indicators that appear.
    settings : section ``synthese``.
    """

    def __init__(self, views: Sequence[IndicatorView], settings: Synthese) -> None:
        self._views: Mapping[str, IndicatorView] = {v.indicator.id: v for v in views}
        self._settings = settings

    @cached_property
    def pairs(self) -> list[tuple[IndicatorView, IndicatorView, Pairs]]:
        """Pairs of indicators that both appear, with the areas that show both."""
        found = [[self._views.get(key) for key in pair] for pair in self._settings.zusammenhaenge]
        return [(a, b, both_shown(a, b)) for a, b in found if a is not None and b is not None]

    @cached_property
    def gradients(self) -> list[tuple[IndicatorView, IndicatorView, Pairs]]:
        """(order, outcome, their areas in order) that both appear."""
        wanted = self._settings.gefaelle
        order = self._views.get(wanted.armut) if wanted else None
        if wanted is None or order is None:
            return []
        outcomes = [self._views[key] for key in wanted.kennzahlen if key in self._views]
        return [(order, outcome, along(order, outcome)) for outcome in outcomes]

    @property
    def absent(self) -> list[str]:
        """Keys that the settings name and that do not appear."""
        wanted = self._settings
        named = [key for pair in wanted.zusammenhaenge for key in pair]
        named += [wanted.gefaelle.armut, *wanted.gefaelle.kennzahlen] if wanted.gefaelle else []
        return [key for key in dict.fromkeys(named) if key not in self._views]

    def believed(self, first: IndicatorView, second: IndicatorView) -> bool:
        """Whether the report may say that two indicators go together; see `family`."""
        return self.family.get(frozenset((first.indicator.id, second.indicator.id)), False)

    @cached_property
    def family(self) -> Mapping[frozenset[str], bool]:
        """Every test of the report, by its indicators, and whether it may be believed."""
        p: dict[frozenset[str], float] = {}
        for least, entries in (
            (relations.FEWEST, self.pairs),
            (gradient.FEWEST, self.gradients),
        ):
            for first, second, rows in entries:
                key = frozenset((first.indicator.id, second.indicator.id))
                if len(rows) >= least and key not in p:
                    values = [[a.shown for a, _ in rows], [b.shown for _, b in rows]]
                    p[key] = relations.rank_test(*values)[1]
        return dict(zip(p, relations.believed(list(p.values())), strict=True))
