"""All that decides what may be published."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import pandas as pd

from spm.areas.pooling import Pool
from spm.config.catalogue import Kennzahl
from spm.config.counting import Zaehlen
from spm.config.selections import Zusammenhang
from spm.disclosure.inputs.olddivisions import OldDivision
from spm.disclosure.inputs.reports import Report
from spm.disclosure.inputs.rules import Rules


@dataclass(frozen=True)
class Inputs:
    """All that decides what may be published.

    ``indicators`` has the true numbers; ``earlier`` holds the published rows of the last report,
    empty if there is none. ``reports`` are all reports whose numbers are known (default: the last
    one), ``divisions`` earlier ones of the municipality, ``division`` says which today's is. Up to
    ``family`` people of a small count may know each other; None: as many as its rule calls too few.
    Numbers of the years ``redrawn`` were delivered by other areas. ``lists`` are those of persons
    of whom several findings are counted.
    """

    indicators: pd.DataFrame
    facts: pd.DataFrame
    catalogue: Mapping[str, Kennzahl]
    sums: Mapping[str, Zusammenhang]
    rules: Rules
    areas: Sequence[str]
    years: Sequence[int]
    pools: Mapping[str, Pool]
    reporting_year: int
    factor: float
    earlier: pd.DataFrame
    reports: Sequence[Report] | None = None
    divisions: Sequence[OldDivision] = ()
    division: str = ""
    family: int | None = None
    redrawn: Collection[int] = ()
    lists: Sequence[Zaehlen] = ()

    @property
    def apart(self) -> frozenset[str]:
        """Indicators whose municipality may count less, or else, than its areas together."""
        own = {m for m, extent in self.rules.totals.items() if extent != "mehr"}
        return frozenset(
            key
            for key, entry in self.catalogue.items()
            if any(own.intersection(s.merkmal) for s in entry.selections)
        )
