"""Residents by area, year and age group: what all other deliveries are drawn from."""

from collections.abc import Iterator

import numpy as np

from pilot.profile import (
    ADULT_BANDS,
    AREAS,
    BANDS,
    LAST_YEAR,
    MINOR_BANDS,
    YEARS,
    Area,
    Band,
    spread,
    stream,
)

MINOR_WEIGHTS = [0.164, 0.172, 0.226, 0.221, 0.055, 0.162]
"""Share of each of ``MINOR_BANDS`` among residents under 18."""

ADULT_WEIGHTS = [0.092, 0.292, 0.352, 0.264]
"""Share of each of ``ADULT_BANDS`` among adult residents."""

URBAN_TILT = [1.25, 1.15, 0.92, 0.90]
"""The centre (areas 1 and 4) has more young adults and fewer old people."""

YEAR_TO_YEAR = 0.012
"""Relative standard deviation of a stock from one year to the next."""


class Population:
    """Residents on 31 December.

    Drawn once; the counts of residents under 18 in the last year are exactly those of ``AREAS``.
    """

    def __init__(self) -> None:
        rng = stream(0)
        self._counts: dict[tuple[str, int, Band], int] = {}
        for area in AREAS:
            minor_weights = np.array(MINOR_WEIGHTS) * rng.normal(1, 0.03, len(MINOR_BANDS))
            adult_weights = np.array(ADULT_WEIGHTS) * rng.normal(1, 0.03, len(ADULT_BANDS))
            if area.burden > 0:
                adult_weights *= URBAN_TILT
            adults_last = round(area.minors * (1 / area.share_minors - 1))
            for year in YEARS:
                back = (LAST_YEAR - year) / (LAST_YEAR - YEARS[0])
                noise = rng.normal(0, YEAR_TO_YEAR / 2) if back else 0
                minors = round(area.minors * (1 - area.growth * back + noise))
                adults = round(adults_last * (1 - area.growth * back / 3 + noise / 3))
                self._fill(area, year, MINOR_BANDS, minors, rng, minor_weights)
                self._fill(area, year, ADULT_BANDS, adults, rng, adult_weights)

    def _fill(
        self,
        area: Area,
        year: int,
        bands: list[Band],
        total: int,
        rng: np.random.Generator,
        weights: np.ndarray,
    ) -> None:
        noisy = weights * rng.normal(1, YEAR_TO_YEAR, len(bands))
        for band, count in zip(bands, spread(total, list(noisy)), strict=True):
            self._counts[area.key, year, band] = count

    def band(self, area: Area, year: int, band: Band) -> int:
        """Residents of one age group."""
        return self._counts[area.key, year, band]

    def ages(self, area: Area, year: int, first: int, last: int | None) -> int:
        """Residents from age ``first`` to ``last``: limits of two age groups of ``BANDS``."""
        start = [band.first for band in BANDS].index(first)
        end = [band.last for band in BANDS].index(last)
        return sum(self.band(area, year, band) for band in BANDS[start : end + 1])

    def total(self, area: Area, year: int) -> int:
        """All residents."""
        return self.ages(area, year, 0, None)


def each_area_year() -> Iterator[tuple[Area, int]]:
    """Every area in every year, area by area."""
    for area in AREAS:
        for year in YEARS:
            yield area, year
