"""The chapter Gesamtbild as its notebook uses it: what the numbers mean together."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from spm.presentation.blocks import Block
from spm.presentation.profile import AreaProfile, core_indicators
from spm.presentation.synthesis.combined import combined
from spm.presentation.synthesis.comparable import placed
from spm.presentation.synthesis.grading import graded
from spm.presentation.synthesis.relating import related
from spm.presentation.synthesis.spreading import spread
from spm.presentation.synthesis.together import Together
from spm.presentation.tables.heat import heat_table
from spm.presentation.views import IndicatorView

if TYPE_CHECKING:
    import shapely

    from spm.config.synthesis import Synthese
    from spm.owntexts.texts import OwnTexts
    from spm.presentation.places import Place


class Gesamtbild:
    """What all numbers of the report mean together.

    Every method gives a block; one without anything to say is empty, its heading included. All of
    it follows from published rows.

    Parameters
    ----------
    profile : every area, in area order.
    views : all indicators, in catalogue order.
    settings : section ``synthese`` of the params file.
    texts : what the municipality writes itself.
    outlines : gives the outline of every area in metres, in area order.
    folder : where figures go, relative to the notebook's working folder.
    """

    def __init__(
        self,
        profile: Sequence[AreaProfile],
        views: Sequence[IndicatorView],
        place: Place,
        settings: Synthese,
        texts: OwnTexts | None = None,
        outlines: Callable[[], Sequence[shapely.Geometry]] | None = None,
        folder: Path = Path("figures"),
    ) -> None:
        self._profile, self._place, self._settings = list(profile), place, settings
        self._views = [view for view in views if view.appears]
        keys = core_indicators(self._views)
        self._lead = [view for view in self._views if view.indicator.id in keys]
        self._texts, self._outlines, self._folder = texts, outlines, folder

    def waermetabelle(self) -> Block:
        """Areas by the most important indicators, coloured by how values stand out."""
        views = [v for v in self._lead if any(row.klasse is not None for row in v.published)]
        return heat_table("gesamtbild", views, f"Wichtige Kennzahlen nach {self._place.level}")

    @cached_property
    def _together(self) -> Together:
        return Together(self._views, self._settings)

    def zusammenhaenge(self) -> Block:
        """Pairs of indicators over the areas, as the params file names them."""
        return related(self._together, self._folder)

    def gefaelle(self) -> Block:
        """Indicators along the areas in the order of their poverty."""
        return graded(self._together, self._folder)

    def segregation(self) -> Block:
        """How unevenly groups are spread over the areas."""
        return spread(self._views, self._settings)

    def kombinationen(self) -> Block:
        """The same share in two groups of children, where single rows were delivered."""
        return combined(self._views, self._settings)

    def vergleichbare(self) -> Block:
        """Where the municipality stands among places that are like it."""
        return placed(self._views)
