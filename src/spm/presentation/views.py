"""One indicator as the presentation sees it: published rows only, in area order."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from spm.presentation.exactness import Exactness
from spm.presentation.places import Place
from spm.published import ABSENDER_GESPERRT, GESAMT, GESPERRT, NICHT_GELIEFERT, OK
from spm.text.numbers import EN_DASH, NBSP, format_number, format_value

if TYPE_CHECKING:
    from spm.config.catalogue import Kennzahl
    from spm.published import ComparisonValue

MAX_LINES = 8
"""A time series of more areas than this has a small panel for each of them."""


class AreaRow(NamedTuple):
    """One published number. Not ``ok`` means: every number is None.

    ``plural``: the name is a plural ("Sozialräume 2 und 3"), as a group of areas may be called.
    ``geschaetzt``: the number to show is an estimate, from counts of earlier areas.
    """

    raum: str
    name: str
    status: str = NICHT_GELIEFERT
    zaehler: float | None = None
    nenner: float | None = None
    wert: float | None = None
    ki_unten: float | None = None
    ki_oben: float | None = None
    klasse: str | None = None
    plural: bool = False
    geglaettet: float | None = None
    geschaetzt: bool = False

    @property
    def ok(self) -> bool:
        """Whether there is a number to show."""
        return self.status == OK and self.wert is not None

    @property
    def has_interval(self) -> bool:
        """Whether there is an interval to show."""
        return self.ok and self.ki_unten is not None and self.ki_oben is not None

    @property
    def shown(self) -> float:
        """The number to show; only of a row that is `ok`."""
        assert self.wert is not None
        return self.wert

    @property
    def limits(self) -> tuple[float, float]:
        """Ends of the interval; only of a row that has one."""
        assert self.ki_unten is not None and self.ki_oben is not None
        return self.ki_unten, self.ki_oben


class Change(NamedTuple):
    """The difference of the reporting year to an earlier year, in the unit of the indicator.

    ``richtung`` is GESTIEGEN or GESUNKEN only if the test says so.
    """

    von: int
    bis: int
    differenz: float
    ki_unten: float
    ki_oben: float
    richtung: str


class Trend(NamedTuple):
    """The trend over ``n`` values (at least five) without a break.

    ``richtung`` is STEIGEND or FALLEND only if the test says so.
    """

    von: int
    bis: int
    n: int
    richtung: str


@dataclass(frozen=True)
class IndicatorView:
    """One indicator, all years and areas, with the reporting year in focus.

    Parameters
    ----------
    indicator : the catalogue entry.
    place : municipality.
    year : reporting year.
    years : all years of the series that can have a value, ascending.
    area_names : (key, name) of every area, in area order.
    rows : published row by (area key, year); an absent one counts as not delivered.
    window : so many years are pooled into each value; a year stands for those that end with it.
    groups : for every area that is a group of areas the names of these.
    changes, trends : by area key ("gesamt" too), where one can be told.
    elsewhere : values of other places that may be shown, at most one per place.
    alike : those of places that are told together, because they are like the municipality.
    exactness : whether its counts are rounded or changed.
    named : whether a delivery has what it counts, perhaps not as it takes it.
    """

    indicator: Kennzahl
    place: Place
    year: int
    years: tuple[int, ...]
    area_names: tuple[tuple[str, str], ...]
    rows: Mapping[tuple[str, int], AreaRow]
    window: int = 1
    groups: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    changes: Mapping[str, Change] = field(default_factory=dict)
    trends: Mapping[str, Trend] = field(default_factory=dict)
    elsewhere: tuple[ComparisonValue, ...] = ()
    alike: tuple[ComparisonValue, ...] = ()
    exactness: Exactness = field(default_factory=Exactness)
    named: bool = False

    @property
    def breaks(self) -> dict[int, str]:
        """Years of the series before which values are not comparable, and why."""
        known = self.indicator.brueche
        return {year: known[year] for year in sorted(known) if year in self.years[1:]}

    @property
    def period(self) -> str:
        """The reporting year or the years that are pooled into its values."""
        return self.years_of(self.year)

    def years_of(self, year: int) -> str:
        """What a year stands for: ``"2023"``, ``"2021 bis 2023"``, ``"2022 und 2023"``."""
        first = year - self.window + 1
        if first == year:
            return str(year)
        return f"{first} und {year}" if self.window == 2 else f"{first} bis {year}"

    def short_years(self, year: int) -> str:
        """The same where there is little room: ``"2023"``, ``"2021–2023"``."""
        first = year - self.window + 1
        return str(year) if first == year else f"{first}{EN_DASH}{year}"

    def is_pooled(self, row: AreaRow) -> bool:
        """Whether a row is made of several years or areas."""
        return self.window > 1 or row.raum in self.groups

    def row(self, raum: str, year: int | None = None) -> AreaRow:
        """The row of an area (default: in the reporting year)."""
        found = self.rows.get((raum, self.year if year is None else year))
        return found or AreaRow(raum, dict(self.area_names).get(raum, raum))

    @cached_property
    def areas(self) -> list[AreaRow]:
        """The areas in the reporting year, in area order."""
        return [self.row(raum) for raum, _ in self.area_names]

    @property
    def published(self) -> list[AreaRow]:
        """The areas that show a number in the reporting year."""
        return [row for row in self.areas if row.ok]

    @property
    def total(self) -> AreaRow:
        """The municipality in the reporting year."""
        return self.row(GESAMT)

    def series(self, raum: str) -> list[tuple[int, float | None]]:
        """(year, value or None) of one area over the series."""
        return [(year, self.row(raum, year).wert) for year in self.years]

    def line(self, raum: str) -> list[tuple[float, float | None]]:
        """The same with a gap before every year from which on values are not comparable."""
        gaps = [(year - 0.5, None) for year in self.breaks]
        return sorted([*self.series(raum), *gaps], key=lambda point: point[0])

    def rings(self, raum: str) -> list[bool]:
        """Whether each of the points of `line` is an estimate."""
        years = [year for year, _ in self.line(raum)]
        return [year == int(year) and self.row(raum, int(year)).geschaetzt for year in years]

    def years_with(self, *areas: str) -> list[int]:
        """Years in which at least one of the areas (default: any) shows a number."""
        keys = areas or (*(raum for raum, _ in self.area_names), GESAMT)
        return [y for y in self.years if any(self.row(raum, y).ok for raum in keys)]

    @cached_property
    def delivered(self) -> bool:
        """Whether anything came for this indicator in any year, published or not."""
        return any(row.status != NICHT_GELIEFERT for row in self.rows.values())

    @cached_property
    def whole_only(self) -> bool:
        """Whether something came for the municipality and nothing, in any year, for an area; or
        all areas are one group, of which no number is published."""
        areas = {raum for raum, _ in self.area_names}
        came = {raum for (raum, _), row in self.rows.items() if row.status != NICHT_GELIEFERT}
        if GESAMT not in came or not areas:
            return False
        if not came & areas:
            return True
        alone = len(areas) == 1 and areas == set(self.groups)
        return alone and not any(self.row(raum, y).ok for raum in areas for y in self.years)

    @cached_property
    def appears(self) -> bool:
        """Whether any value is published or suppressed: then the reader meets the indicator."""
        return any(row.status in (OK, GESPERRT, ABSENDER_GESPERRT) for row in self.rows.values())

    @property
    def total_is_yardstick(self) -> bool:
        """A count of the municipality is no yardstick for its parts; every other value is."""
        return self.indicator.art != "anzahl" and self.total.ok

    @property
    def signed(self) -> bool:
        """Whether values are changes, always with a sign."""
        return self.indicator.art in ("veraenderung", "saldo")

    def text(self, x: float) -> str:
        """A value of this indicator with its unit."""
        k = self.indicator
        return format_value(x, k.einheit, k.nachkommastellen, signed=self.signed)

    def number(self, x: float) -> str:
        """The same without the unit."""
        return format_number(x, self.indicator.nachkommastellen, signed=self.signed)

    def short(self, x: float) -> str:
        """The same for figures whose axis names the unit: only the sign % is repeated."""
        k = self.indicator
        unit = k.einheit if k.einheit == "%" else ""
        return format_value(x, unit, k.nachkommastellen, signed=self.signed)

    @property
    def axis(self) -> str:
        """Name and unit: ``"SGB-II-Quote unter 18 in %"``, ``"Hilfen je 1.000"``."""
        name = self.indicator.kurztitel
        return f"{name[:1].upper()}{name[1:]} {self.unit}".strip()

    @property
    def heading(self) -> str:
        """Title with the unit, unless it names it: ``"Haushalte mit Kindern (in %)"``."""
        k = self.indicator
        return (
            k.titel
            if k.art == "anzahl" or self.title_names_unit
            else f"{k.titel} ({self.unit.strip('()')})"
        )

    @property
    def title_names_unit(self) -> bool:
        """Whether the title says in what values are measured, as in "Hilfen je 1.000 Kinder"."""
        return self.indicator.einheit in self.indicator.titel

    @property
    def unit(self) -> str:
        """The unit behind a name: ``"in %"``, ``"je 1.000 Kinder"``, ``"(Personen)"``.

        Its number stays with the word before it; column heads may break before a longer noun.
        """
        unit = self.indicator.einheit
        if unit == "%":
            unit = f"in {unit}"
        elif unit and not unit.startswith("je "):
            unit = f"({unit})"
        return unit.replace(" ", NBSP, 1)
