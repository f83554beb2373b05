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
    from spm.published import Vergleichswert

MAX_LINES = 8
"""A time series of more areas than this has a small panel for each of them."""


class AreaRow(NamedTuple):
    """One published number. Not ``ok`` means: every number is None.

    ``mehrere``: the name is a plural ("Sozialräume 2 und 3"), as a group of areas may be called.
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
    mehrere: bool = False
    geglaettet: float | None = None
    geschaetzt: bool = False

    @property
    def ok(self) -> bool:
        """Whether there is a number to show."""
        return self.status == OK and self.wert is not None

    @property
    def hat_intervall(self) -> bool:
        """Whether there is an interval to show."""
        return self.ok and self.ki_unten is not None and self.ki_oben is not None

    @property
    def gezeigt(self) -> float:
        """The number to show; only of a row that is `ok`."""
        assert self.wert is not None
        return self.wert

    @property
    def grenzen(self) -> tuple[float, float]:
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
    kennzahl : the catalogue entry.
    ort : municipality.
    jahr : reporting year.
    jahre : all years of the series that can have a value, ascending.
    raeume : (key, name) of every area, in area order.
    zeilen : published row by (area key, year); an absent one counts as not delivered.
    fenster : so many years are pooled into each value; a year stands for those that end with it.
    gruppen : for every area that is a group of areas the names of these.
    aenderungen, trends : by area key ("gesamt" too), where one can be told.
    vergleichswerte : values of other places that may be shown, at most one per place.
    genauigkeit : whether its counts are rounded or changed.
    """

    kennzahl: Kennzahl
    ort: Place
    jahr: int
    jahre: tuple[int, ...]
    raeume: tuple[tuple[str, str], ...]
    zeilen: Mapping[tuple[str, int], AreaRow]
    fenster: int = 1
    gruppen: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    aenderungen: Mapping[str, Change] = field(default_factory=dict)
    trends: Mapping[str, Trend] = field(default_factory=dict)
    vergleichswerte: tuple[Vergleichswert, ...] = ()
    genauigkeit: Exactness = field(default_factory=Exactness)

    @property
    def brueche(self) -> dict[int, str]:
        """Years of the series before which values are not comparable, and why."""
        known = self.kennzahl.brueche
        return {year: known[year] for year in sorted(known) if year in self.jahre[1:]}

    @property
    def zeitraum(self) -> str:
        """The reporting year or the years that are pooled into its values."""
        return self.jahre_von(self.jahr)

    def jahre_von(self, jahr: int) -> str:
        """What a year stands for: ``"2023"``, ``"2021 bis 2023"``, ``"2022 und 2023"``."""
        first = jahr - self.fenster + 1
        if first == jahr:
            return str(jahr)
        return f"{first} und {jahr}" if self.fenster == 2 else f"{first} bis {jahr}"

    def kurze_jahre(self, jahr: int) -> str:
        """The same where there is little room: ``"2023"``, ``"2021–2023"``."""
        first = jahr - self.fenster + 1
        return str(jahr) if first == jahr else f"{first}{EN_DASH}{jahr}"

    def zusammengefasst(self, row: AreaRow) -> bool:
        """Whether a row is made of several years or areas."""
        return self.fenster > 1 or row.raum in self.gruppen

    def zeile(self, raum: str, jahr: int | None = None) -> AreaRow:
        """The row of an area (default: in the reporting year)."""
        found = self.zeilen.get((raum, self.jahr if jahr is None else jahr))
        return found or AreaRow(raum, dict(self.raeume).get(raum, raum))

    @cached_property
    def areas(self) -> list[AreaRow]:
        """The areas in the reporting year, in area order."""
        return [self.zeile(raum) for raum, _ in self.raeume]

    @property
    def published(self) -> list[AreaRow]:
        """The areas that show a number in the reporting year."""
        return [row for row in self.areas if row.ok]

    @property
    def gesamt(self) -> AreaRow:
        """The municipality in the reporting year."""
        return self.zeile(GESAMT)

    def reihe(self, raum: str) -> list[tuple[int, float | None]]:
        """(year, value or None) of one area over the series."""
        return [(year, self.zeile(raum, year).wert) for year in self.jahre]

    def linie(self, raum: str) -> list[tuple[float, float | None]]:
        """The same with a gap before every year from which on values are not comparable."""
        gaps = [(year - 0.5, None) for year in self.brueche]
        return sorted([*self.reihe(raum), *gaps], key=lambda point: point[0])

    def ringe(self, raum: str) -> list[bool]:
        """Whether each of the points of `linie` is an estimate."""
        years = [year for year, _ in self.linie(raum)]
        return [year == int(year) and self.zeile(raum, int(year)).geschaetzt for year in years]

    def years_with(self, *raeume: str) -> list[int]:
        """Years in which at least one of the areas (default: any) shows a number."""
        keys = raeume or (*(raum for raum, _ in self.raeume), GESAMT)
        return [y for y in self.jahre if any(self.zeile(raum, y).ok for raum in keys)]

    @cached_property
    def geliefert(self) -> bool:
        """Whether anything came for this indicator in any year, published or not."""
        return any(row.status != NICHT_GELIEFERT for row in self.zeilen.values())

    @cached_property
    def belegt(self) -> bool:
        """Whether any value is published or suppressed: then the reader meets the indicator."""
        return any(row.status in (OK, GESPERRT, ABSENDER_GESPERRT) for row in self.zeilen.values())

    @property
    def zeigt_kommune_als_vergleich(self) -> bool:
        """A count of the municipality is no yardstick for its parts; every other value is."""
        return self.kennzahl.art != "anzahl" and self.gesamt.ok

    @property
    def ist_veraenderung(self) -> bool:
        """Whether values are changes, always with a sign."""
        return self.kennzahl.art in ("veraenderung", "saldo")

    def text(self, x: float) -> str:
        """A value of this indicator with its unit."""
        k = self.kennzahl
        return format_value(x, k.einheit, k.nachkommastellen, vorzeichen=self.ist_veraenderung)

    def zahl(self, x: float) -> str:
        """The same without the unit."""
        return format_number(x, self.kennzahl.nachkommastellen, vorzeichen=self.ist_veraenderung)

    def kurz(self, x: float) -> str:
        """The same for figures whose axis names the unit: only the sign % is repeated."""
        k = self.kennzahl
        unit = k.einheit if k.einheit == "%" else ""
        return format_value(x, unit, k.nachkommastellen, vorzeichen=self.ist_veraenderung)

    @property
    def achse(self) -> str:
        """Name and unit: ``"SGB-II-Quote unter 18 in %"``, ``"Hilfen je 1.000"``."""
        name = self.kennzahl.kurztitel
        return f"{name[:1].upper()}{name[1:]} {self.einheit}".strip()

    @property
    def ueberschrift(self) -> str:
        """Title with the unit, unless it names it: ``"Haushalte mit Kindern (in %)"``."""
        k = self.kennzahl
        return (
            k.titel
            if k.art == "anzahl" or self.titel_nennt_einheit
            else f"{k.titel} ({self.einheit.strip('()')})"
        )

    @property
    def titel_nennt_einheit(self) -> bool:
        """Whether the title says in what values are measured, as in "Hilfen je 1.000 Kinder"."""
        return self.kennzahl.einheit in self.kennzahl.titel

    @property
    def einheit(self) -> str:
        """The unit behind a name: ``"in %"``, ``"je 1.000 Kinder"``, ``"(Personen)"``.

        Its number stays with the word before it; column heads may break before a longer noun.
        """
        unit = self.kennzahl.einheit
        if unit == "%":
            unit = f"in {unit}"
        elif unit and not unit.startswith("je "):
            unit = f"({unit})"
        return unit.replace(" ", NBSP, 1)
