"""Status and dynamics of the areas of a report: what they are made of, and their classes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from spm.config.compositecheck import status_indicators
from spm.presentation.synthesis.choosing import Choice, chosen, counts_of, direction_of
from spm.presentation.views import IndicatorView
from spm.published import GESTIEGEN, GESUNKEN
from spm.synthesis import status
from spm.synthesis.draws import drawn
from spm.synthesis.standardise import scale_of, z_scores

if TYPE_CHECKING:
    from spm.config.composite import Gebietsstand
    from spm.presentation.places import Place

DIGITS = 2
"""Decimals of printed indices, which classes follow from: so no word contradicts its number."""


@dataclass(frozen=True)
class Standing:
    """Status and dynamics of every area.

    Parameters
    ----------
    choice : areas and indicators of the status.
    moving : the same areas, and those of the indicators that can tell a change.
    """

    place: Place
    settings: Gebietsstand
    choice: Choice
    moving: Choice

    @property
    def n(self) -> int:
        """Number of areas that are classified."""
        return len(self.choice.areas)

    @property
    def possible(self) -> bool:
        """Whether there are classes: enough areas, and any indicator."""
        return self.n >= status.FEWEST and bool(self.choice.views)

    @property
    def year(self) -> int:
        """The reporting year."""
        return self.choice.views[0].year

    @property
    def earlier(self) -> int:
        """The year that changes are counted from."""
        return self.year - self.settings.jahre

    @cached_property
    def index(self) -> np.ndarray:
        """Status index, by area; high means burden."""
        found: np.ndarray = status.status_index(
            status.z_of_values(_values(self.choice), _directions(self.choice))
        )
        return found

    @cached_property
    def classes(self) -> list[str]:
        """Class of the status, by area."""
        return list(status.status_classes(self.index, DIGITS))

    @cached_property
    def spans(self) -> list[tuple[str, str]]:
        """Between which classes the status lies in 90 % of the draws from the counts, by area."""
        keys = self.choice.keys
        x = np.stack([drawn(counts_of(v, keys), keys) for v in self.choice.views], axis=1)
        total = z_scores(x, _directions(self.choice)).sum(axis=1)
        s = scale_of(total).s[:, None]
        low, high = np.quantile(total / np.where(s > 0, s, 1.0), [0.05, 0.95], axis=0)
        low, high = np.minimum(low, self.index), np.maximum(high, self.index)
        return [*zip(*(status.status_classes(end, DIGITS) for end in (low, high)), strict=True)]

    @cached_property
    def dynamics(self) -> np.ndarray | None:
        """Dynamics index, by area: high means a worse course than others; None if none is told."""
        if not self.moving.views:
            return None
        found: np.ndarray = status.dynamics_index(
            status.z_of_changes(
                _values(self.moving, self.earlier), _values(self.moving), _directions(self.moving)
            )
        )
        return found

    @cached_property
    def computed(self) -> list[str]:
        """Class of the dynamics as Berlin computes it, by area; empty if none is told."""
        return [] if self.dynamics is None else list(status.dynamics_classes(self.dynamics, DIGITS))

    @cached_property
    def course(self) -> list[str]:
        """The same where the test of the report bears it out, by area: an area counts as changed
        only if at least one of the indicators has demonstrably changed that way, none the other.
        """
        if not self.computed:
            return []
        better, worse = ([self._moved(raum, way) for raum in self.choice.keys] for way in (-1, 1))
        return list(status.demonstrable(self.computed, better, worse))

    def _moved(self, raum: str, way: int) -> bool:
        """Whether any indicator of an area has demonstrably changed, 1: to more burden."""
        for view in self.moving.views:
            change = view.changes.get(raum)
            up = GESTIEGEN if way == direction_of(view) else GESUNKEN
            if change is not None and change.richtung == up:
                return True
        return False


def standing_of(views: Sequence[IndicatorView], place: Place, settings: Gebietsstand) -> Standing:
    """Status and dynamics of a report.

    Parameters
    ----------
    views : all indicators, in catalogue order.
    """
    wanted = status_indicators(settings, {view.indicator.id: view.indicator for view in views})
    choice = chosen(views, wanted, settings)
    year = views[0].year if views else 0
    kept = [view.indicator.id for view in choice.views]
    moving = chosen(views, kept, settings, year - settings.jahre)
    return Standing(place, settings, choice, moving)


def _values(choice: Choice, year: int | None = None) -> np.ndarray:
    """Published values, areas by indicators."""
    return np.array([counts_of(view, choice.keys, year).value for view in choice.views]).T


def _directions(choice: Choice) -> list[int]:
    return [direction_of(view) for view in choice.views]
