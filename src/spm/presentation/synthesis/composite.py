"""Domains and index of a report: what they are made of, and what may be said of each area."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from spm.config.compositecheck import domains_of
from spm.presentation import judging
from spm.presentation.judging import judgement
from spm.presentation.synthesis.choosing import Choice, chosen, counts_of, direction_of
from spm.presentation.views import IndicatorView
from spm.synthesis import composite
from spm.synthesis.standardise import ranks, scale_of

if TYPE_CHECKING:
    from spm.config.composite import Index
    from spm.presentation.places import Place

FEWEST = 4
"""Of fewer areas there is no order worth a range."""

CLASSED = 10
"""From so many areas on values say something in standard deviations."""


@dataclass(frozen=True)
class Composite:
    """What can be said of the domains of a report, and of their index.

    Parameters
    ----------
    choice : areas and indicators.
    domains : those with an indicator, with their indicators.
    empty : domains without any that is published for all areas.
    """

    place: Place
    settings: Index
    choice: Choice
    domains: dict[str, tuple[IndicatorView, ...]]
    empty: tuple[str, ...]

    @property
    def names(self) -> list[str]:
        """The domains, in their order."""
        return list(self.domains)

    @property
    def views(self) -> list[IndicatorView]:
        """The indicators, domain by domain."""
        return [view for views in self.domains.values() for view in views]

    @property
    def n(self) -> int:
        """Number of areas that are placed."""
        return len(self.choice.areas)

    @property
    def possible(self) -> bool:
        """Whether there is an order: enough areas, and any domain."""
        return self.n >= FEWEST and bool(self.domains)

    @property
    def has_index(self) -> bool:
        """Whether there is an index: of one domain it would be that domain."""
        return self.possible and len(self.domains) > 1

    @property
    def quarter(self) -> int:
        """So many areas are the highest quarter."""
        return composite.quarter(self.n)

    @cached_property
    def recipe(self) -> composite.Recipe:
        """How the indicators become domains and an index."""
        weights = [self.settings.gewichte.get(name, 1.0) for name in self.names]
        positions = [i for i, views in enumerate(self.domains.values()) for _ in views]
        return composite.recipe(positions, [direction_of(v) for v in self.views], weights)

    @cached_property
    def frame(self) -> composite.Frame | None:
        """The base year's means and standard deviations, if the params file names one."""
        if self.settings.basisjahr is None:
            return None
        before = [counts_of(v, self.choice.keys, self.settings.basisjahr) for v in self.views]
        return composite.frame_of([one.value for one in before], self.recipe)

    @cached_property
    def values(self) -> np.ndarray:
        """The published values, indicators by areas."""
        return np.array([counts_of(v, self.choice.keys).value for v in self.views])

    @cached_property
    def scores(self) -> composite.Scores:
        """Domains and index in standard deviations."""
        return composite.scores(self.values, self.recipe, self.frame)

    @cached_property
    def places(self) -> np.ndarray:
        """Place of every area by the published values, domains first, then the index: (d + 1, n).
        Equal ones stand between their places."""
        first, last = ranks(np.vstack([self.scores.domains, self.scores.index]))
        middle: np.ndarray = (first + last) / 2
        return middle

    @cached_property
    def ranges(self) -> composite.Ranges:
        """How sure the order is: the places of most draws, and that of the published values."""
        counts = [counts_of(view, self.choice.keys) for view in self.views]
        found = composite.ranges(counts, self.choice.keys, self.recipe, self.frame)
        first, last = np.floor(self.places).astype(int), np.ceil(self.places).astype(int)
        return composite.Ranges(np.minimum(found.first, first), np.maximum(found.last, last))

    @cached_property
    def standardised(self) -> np.ndarray:
        """The index in its own standard deviations, or in those of the base year: (n,)."""
        index = self.scores.index
        scale = self.frame.index if self.frame else scale_of(index)
        found: np.ndarray = (index - scale.mean) / scale.s if scale.s > 0 else 0.0 * index
        return found

    @cached_property
    def progress(self) -> np.ndarray:
        """Means of all areas against the base year; see `spm.synthesis.composite.progress`."""
        keys, base = self.choice.keys, self.settings.basisjahr
        now, before = ([counts_of(v, keys, year) for v in self.views] for year in (None, base))
        return composite.progress(now, before, keys, self.recipe)

    @cached_property
    def without_each(self) -> int:
        """By so many places an area moves at most when any one of the indicators is left out."""
        if len(self.views) < 2:
            return 0
        index = composite.without_each(self.values, self.recipe, self.frame)
        index = index[~np.isnan(index).any(axis=1)]
        first, last = ranks(index)
        return int(np.abs((first + last) / 2 - self.places[-1]).max(initial=0.0) + 0.5)

    def judged(self, column: int) -> list[str]:
        """What may be said of every area: that it is surely among the highest or lowest quarter.

        That takes a span inside that quarter, and in at least one of the indicators the test that
        the whole report goes by: of many areas some would have such a span by chance.

        Parameters
        ----------
        column : a domain, or -1 for the index.

        Returns
        -------
        list of str
            `judging.UNGUENSTIG`, `judging.GUENSTIG` or `judging.NONE`, by area.
        """
        views = self.views if column == -1 else list(self.domains.values())[column]
        found = []
        top, bottom = (where[column] for where in self.ranges.within(self.quarter))
        for i, raum in enumerate(self.choice.keys):
            names = {judgement(view, view.row(raum)) for view in views}
            if top[i] and names.intersection(judging.UNFAVOURABLE):
                found.append(judging.UNGUENSTIG)
            elif bottom[i] and names.intersection(judging.FAVOURABLE):
                found.append(judging.GUENSTIG)
            else:
                found.append(judging.NONE)
        return found


def composite_of(views: Sequence[IndicatorView], place: Place, settings: Index) -> Composite:
    """The domains of a report.

    Parameters
    ----------
    views : all indicators, in catalogue order.
    """
    domains = domains_of(settings, {view.indicator.id: view.indicator for view in views})
    wanted = [key for ids in domains.values() for key in ids]
    choice = chosen(views, wanted, settings, settings.basisjahr)
    by_id = {view.indicator.id: view for view in choice.views}
    held = {name: tuple(by_id[k] for k in ids if k in by_id) for name, ids in domains.items()}
    return Composite(
        place=place,
        settings=settings,
        choice=choice,
        domains={name: found for name, found in held.items() if found},
        empty=tuple(name for name, found in held.items() if not found),
    )
