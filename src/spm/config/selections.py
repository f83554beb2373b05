"""Which facts are meant: what indicators count, and members of known sums."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Annotated, Any, Generic, Literal, TypeVar

from pydantic import BeforeValidator, Field, ValidationInfo, field_validator

from spm.config.canonical import check_closed_value, measure_names
from spm.config.sections import Stripped
from spm.text.ages import parse_age


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


TextOrList = Annotated[list[str], BeforeValidator(_as_list, json_schema_input_type=str | list[str])]


class Auswahl(Stripped):
    """Which facts are counted. A group that is not named is summed over."""

    merkmal: Annotated[TextOrList, measure_names("merkmal")] = Field(
        min_length=1, description="Merkmal oder Merkmale (summiert)."
    )
    alter: str | None = Field(None, description="Altersgruppe, zum Beispiel 0-17 oder 65+.")
    geschlecht: TextOrList | None = Field(None, description="m, w, d.")
    staatsangehoerigkeit: TextOrList | None = Field(None, description="deutsch, nichtdeutsch.")
    auspraegung: TextOrList | None = Field(None, description="Ausprägungen des Merkmals.")

    @field_validator("alter")
    @classmethod
    def _readable_age(cls, text: str | None) -> str | None:
        if text is not None:
            parse_age(text)
        return text

    @field_validator("geschlecht", "staatsangehoerigkeit")
    @classmethod
    def _closed_values(cls, values: list[str] | None, info: ValidationInfo) -> list[str] | None:
        for value in values or ():
            check_closed_value(str(info.field_name), value, "zaehler/nenner")
        return values

    @property
    def ages(self) -> tuple[int, int | None] | None:
        """First and last year of age, both included; None as last: open-ended. None: all ages."""
        first, last = (None, None) if self.alter is None else parse_age(self.alter)
        return None if first is None else (first, last)


class Zaehlung(Auswahl):
    """What an indicator counts, and of which year."""

    jahr: Literal["gleich", "vorjahr", "erstes"] = Field(
        "gleich",
        description="gleich: Jahr der Kennzahl; vorjahr: das Jahr davor, etwa die Bevölkerung am "
        "31. Dezember vor dem Stichtag 1. März; erstes: erstes Jahr der Zeitreihe.",
    )

    @property
    def shift(self) -> int:
        """By how many years it counts another year than that of the indicator: 0 or -1."""
        return -1 if self.jahr == "vorjahr" else 0


def counted_years(wanted: Auswahl, years: Iterable[int], first: int) -> tuple[int, ...]:
    """The years whose facts a selection counts for an indicator of ``years``.

    Parameters
    ----------
    first : year of the series.
    """
    if not isinstance(wanted, Zaehlung):
        return tuple(years)
    if wanted.jahr == "erstes":
        return (first,)
    return tuple(year + wanted.shift for year in years)


class Glied(Auswahl):
    """One member of a known sum; the year before, for stocks and flows."""

    jahr: Literal["gleich", "vorjahr"] = Field(
        "gleich", description="gleich: dasselbe Jahr; vorjahr: das Jahr davor."
    )


Result = TypeVar("Result")


class Once(Generic[Result]):
    """What a function says of a selection, asked once for each: a report asks 100,000 times for
    some hundred.

    By the object, not by what it holds: lists have no hash.
    """

    MOST = 10_000
    """Remembered at a time; in a long batch selections come and go."""

    def __init__(self, function: Callable[[Auswahl], Result]) -> None:
        self._function = function
        self._known: dict[int, tuple[Auswahl, Result]] = {}  # no other has its number while it is

    def __call__(self, wanted: Auswahl) -> Result:
        found = self._known.get(id(wanted))
        if found is None:
            if len(self._known) == self.MOST:
                self._known.clear()
            found = self._known[id(wanted)] = wanted, self._function(wanted)
        return found[1]


class Zusammenhang(Stripped):
    """A sum between measures that every reader may know: summe = teile - abzueglich.

    Disclosure control must know it; nothing is computed from it.
    """

    summe: Glied
    teile: list[Glied] = Field(min_length=1, description="Was zusammen die Summe ergibt.")
    abzueglich: list[Glied] = Field([], description="Was davon abgeht, zum Beispiel Fortzüge.")
