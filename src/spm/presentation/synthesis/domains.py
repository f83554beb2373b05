"""In how many domains each area stands out, from published classes alone."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cached_property
from typing import NamedTuple

from spm.presentation import judging
from spm.presentation.counting import Area, single_areas
from spm.presentation.views import IndicatorView
from spm.published import HOEHER, NIEDRIGER
from spm.synthesis import burden
from spm.synthesis.burden import Tally

ENOUGH = 2
"""Areas, and domains, that a picture of all of them needs at least."""

MEHRERE, EINZELNE, GUENSTIGER = "mehrere", "einzelne", "guenstiger"
OHNE, ZU_WENIG = "ohne", "zu_wenig"
KINDS = (MEHRERE, EINZELNE, GUENSTIGER, OHNE, ZU_WENIG)
"""Kinds of areas in the order in which texts name them: needs in several domains and in some,
strengths alone, no difference found, and compared in too few domains to say."""


def domains(views: Sequence[IndicatorView]) -> dict[str, list[IndicatorView]]:
    """The indicators that the catalogue judges and some area is compared in, by their domain.

    Domains come in the order of their first lead indicators, else of their first ones; so they
    follow the chapters.

    Parameters
    ----------
    views : all indicators, in catalogue order.
    """
    found: dict[str, list[tuple[int, IndicatorView]]] = {}
    for place, view in enumerate(views):
        name = view.indicator.bereich
        if name and judging.judged(view) and any(row.klasse for row in view.published):
            found.setdefault(name, []).append((place, view))

    def rank(name: str) -> int:
        leads = [place for place, view in found[name] if view.indicator.leitkennzahl]
        return leads[0] if leads else found[name][0][0]

    return {name: [view for _, view in found[name]] for name in sorted(found, key=rank)}


class Standing(NamedTuple):
    """One area: by domain what the tests found, in the order of the domains."""

    raum: str
    name: str
    tallies: tuple[Tally, ...]

    @property
    def worse(self) -> int:
        """Domains that count as worse than in the rest of the municipality."""
        return sum(tally.is_worse for tally in self.tallies)

    @property
    def better(self) -> int:
        """Domains that count as better."""
        return sum(tally.is_better for tally in self.tallies)

    @property
    def compared(self) -> int:
        """Domains in which anything is compared."""
        return sum(tally.tested > 0 for tally in self.tallies)


class Picture:
    """All areas by all domains.

    A value of a group of areas is no proof for any one of them and is not counted.

    Parameters
    ----------
    views : all indicators, in catalogue order.
    """

    def __init__(self, views: Sequence[IndicatorView]) -> None:
        self._views = list(views)
        self.domains = domains(views)
        self.names = list(self.domains)
        self.areas: list[Standing] = [
            Standing(*area, tuple(_tally(its, area) for its in self.domains.values()))
            for area in single_areas([v for its in self.domains.values() for v in its])
        ]

    @property
    def view(self) -> IndicatorView:
        """Any of the indicators, of which texts take the place and how areas are called."""
        views = [view for its in self.domains.values() for view in its]
        return next((view for view in views if not view.groups), views[0])

    @property
    def enough(self) -> bool:
        """Whether there are areas and domains enough to speak of all together."""
        compared = sum(area.compared > 0 for area in self.areas)
        return compared >= ENOUGH and len(self.names) >= ENOUGH

    @cached_property
    def level(self) -> float:
        """Chance that one test calls an area worse that does not differ."""
        classes = [
            row.klasse
            for view in self._views
            for row in view.rows.values()
            if row.ok and row.klasse is not None
        ]
        different = sum(klasse in (*HOEHER, *NIEDRIGER) for klasse in classes)
        return burden.level(len(classes), different)

    def _chances(self, area: Standing) -> list[float]:
        return [burden.chance_of_domain(tally.tested, self.level) for tally in area.tallies]

    @cached_property
    def _areas_chances(self) -> list[list[float]]:
        return [self._chances(area) for area in self.areas]

    @cached_property
    def several(self) -> int | None:
        """From so many domains on they are several; None if chance alone may reach any number."""
        return burden.threshold(self._areas_chances)

    def chance(self, least: int) -> tuple[float, float]:
        """How likely an area has so many domains, if nothing differs: of one, and of any area."""
        one = max((burden.chance_of_many(c, least) for c in self._areas_chances), default=0.0)
        return one, burden.chance_anywhere(self._areas_chances, least)

    def ceiling(self, least: int) -> tuple[float, float]:
        """The same, however closely domains and areas hang together."""
        each = [burden.ceiling_of_many(c, least) for c in self._areas_chances]
        return max(each, default=0.0), min(1.0, sum(each))

    def kind(self, area: Standing) -> str:
        """The kind of an area, one of `KINDS`."""
        if self.several is not None and area.worse >= self.several:
            return MEHRERE
        if area.worse:
            return EINZELNE
        if area.better:
            return GUENSTIGER
        # "No difference found" only where differences could have been found in most domains.
        return OHNE if 2 * area.compared > len(self.names) else ZU_WENIG

    def of_kind(self, kind: str) -> list[Standing]:
        """The areas of one kind, in area order."""
        return [area for area in self.areas if self.kind(area) == kind]

    def named(self, area: Standing, *, worse: bool) -> list[str]:
        """Domains that count as worse, or as better, of one area."""
        pairs = zip(self.names, area.tallies, strict=True)
        return [name for name, tally in pairs if (tally.is_worse if worse else tally.is_better)]


def _tally(views: Sequence[IndicatorView], area: Area) -> Tally:
    raum, _ = area
    names = [judging.judgement(v, v.row(raum)) for v in views if raum in dict(v.area_names)]
    return Tally(
        tested=sum(name != judging.NONE for name in names),
        worse=sum(name in judging.UNFAVOURABLE for name in names),
        better=sum(name in judging.FAVOURABLE for name in names),
    )
