"""One delivery: which tables a department sends, and how its numbers may be published."""

import re
from collections.abc import Iterable
from typing import Annotated, Literal

from pydantic import Field, field_validator, model_validator

from spm.config.canonical import check_measure_name, measure_names
from spm.config.sections import JaNein, Name, Section
from spm.config.tables import Tabelle
from spm.text.times import parse_day_of_year

Gruppe = Literal["alter", "geschlecht", "staatsangehoerigkeit", "auspraegung"]
Umfang = Literal["mehr", "weniger", "anders"]
ANDERS: Umfang = "anders"
"""A total that may be more or less than the sum of the areas."""


class Dominanz(Section):
    """(n,k) rule: the n largest contributors hold more than k percent of a count."""

    n: int = Field(ge=1, le=10, description="So viele größte Beitragende, z. B. Einrichtungen.")
    k: float = Field(gt=0, lt=100, description="Höchstens so viel Prozent dürfen sie haben.")


class Abweichung(Section):
    """A threshold of its own for some tables of a delivery."""

    mindestfallzahl: int = Field(ge=1, description="Schwelle dieser Tabellen.")
    merkmal: Annotated[list[str], measure_names("abweichend.merkmal")] = Field(
        [], description="Nur für diese Merkmale; leer: für alle."
    )
    nach: list[Gruppe] = Field(
        [], description="Nur für Zahlen, die so unterteilt sind: alter, geschlecht …"
    )

    @model_validator(mode="after")
    def _for_something(self) -> "Abweichung":
        if not self.merkmal and not self.nach:
            raise ValueError(
                "Wofür gilt die abweichende Mindestfallzahl? Bitte merkmal oder nach angeben."
            )
        return self


class Verfahren(Section):
    """How the sender protected its numbers before they were delivered: each of them is the true one
    but for a limited error, and sums of them need not add up."""

    art: Literal["cell_key", "rundung"] = Field(
        description="cell_key: jede Zahl zufällig verändert; rundung: jede für sich gerundet."
    )
    abweichung: int = Field(
        ge=1,
        le=100,
        description="So weit liegt eine gelieferte Zahl höchstens neben der wahren; auf Vielfache "
        "von 5 gerundet: 2.",
    )
    keine_weitere_sperrung: JaNein = Field(
        default=False,
        description="Ja nur, wenn die Stelle erklärt hat, dass ihre veränderten Zahlen ohne "
        "weitere Geheimhaltung veröffentlicht werden dürfen. Sonst werden kleine gesperrt.",
    )


class Lieferung(Section):
    """What one department delivers, and how its numbers may be published."""

    titel: Name = Field(description="Was geliefert wird, z. B. Einwohnerbestand.")
    stelle: Name = Field(description="Wer liefert, z. B. Einwohnermeldeamt.")
    stichtag: str | None = Field(default=None, description="Stichtag der Zählung, z. B. 31.12.")
    mindestfallzahl: int = Field(
        default=3,
        ge=1,
        description="Kleinere Anzahlen werden nicht veröffentlicht (Geheimhaltung).",
    )
    mindestfallzahl_absender: int | None = Field(
        default=None,
        ge=2,
        description="Kleinere Anzahlen hat schon der Absender gesperrt; wer seine Regel kennt, "
        "weiß also, dass eine solche Zelle darunter liegt. Standard: wie mindestfallzahl.",
    )
    nullen_veroeffentlichen: JaNein = Field(
        default=False,
        description="Ob eine gezählte 0 veröffentlicht werden darf: ja oder nein. Innerhalb einer "
        "Gruppe, die selbst zu klein ist, wird sie auch mit ja gesperrt.",
    )
    mindestnenner: int | None = Field(
        default=None,
        ge=1,
        description="Keine Werte für Gruppen, die kleiner sind: kleinster Nenner.",
    )
    dominanz: Dominanz | None = Field(
        default=None,
        description="Nicht veröffentlichen, was fast ganz auf wenige Einrichtungen zurückgeht.",
    )
    rundung: int | None = Field(
        default=None,
        ge=2,
        le=100,
        description="Anzahlen auf Vielfache dieser Zahl runden, statt kleine zu sperren.",
    )
    verfahren: Verfahren | None = Field(
        default=None,
        description="Wie die Stelle ihre Zahlen schon vor der Lieferung gerundet oder verändert "
        "hat; ihre Summen gehen dann nicht auf. Ohne Angabe sind sie genau.",
    )
    gesamtzahl: dict[str, Umfang] = Field(
        default={},
        description="Merkmal -> wie seine Gesamtzahl zu Recht von der Summe der Räume abweicht: "
        "mehr (auch Fälle ohne Raum), weniger (Umzüge zwischen den Räumen fehlen darin), anders "
        "(zählt etwas anderes). Die Kommune hat dann nur Werte, wo die Gesamtzahl geliefert ist.",
    )
    beitragende: dict[str, str] = Field(
        default={},
        description="Merkmal -> Merkmal der Einheiten, aus denen seine Personen stammen, z. B. "
        "Bedarfsgemeinschaften: Personen aus weniger Einheiten als der Mindestfallzahl werden "
        "nicht veröffentlicht.",
    )
    brueche: dict[Annotated[int, Field(ge=1900, le=2100)], Name] = Field(
        default={},
        description="Jahr -> was sich hier an der Erhebung geändert hat, etwa verkürzte "
        "Untersuchungen in der Pandemie: Werte davor sind mit denen danach nicht vergleichbar. "
        "Gilt für jede Kennzahl, die aus dieser Lieferung zählt, zusätzlich zum Kennzahlenset.",
    )
    abweichend: list[Abweichung] = Field(
        default=[],
        description="Eigene Mindestfallzahlen, z. B. für Alters- oder Haushaltstabellen.",
    )
    merkmale: Annotated[list[str], measure_names("merkmale")] = Field(
        default=[],
        description="Was geliefert wird, soweit keine Tabelle es nennt: danach fragen die Vorlagen "
        "von «spm vorlagen».",
    )
    tabellen: list[Tabelle] = Field(description="Die Tabellen der Lieferung.", min_length=1)

    @field_validator("gesamtzahl")
    @classmethod
    def _of_measures(cls, totals: dict[str, Umfang]) -> dict[str, Umfang]:
        for name in totals:
            check_measure_name(name, "gesamtzahl")
        return totals

    @field_validator("stichtag")
    @classmethod
    def _possible_day(cls, text: str | None) -> str | None:
        if text and re.fullmatch(r"[\d .]+", text) and parse_day_of_year(text) is None:
            raise ValueError(f"«{text}» ist kein Tag, den es gibt; gemeint ist einer wie 31.12.")
        return text

    @field_validator("beitragende")
    @classmethod
    def _units(cls, units: dict[str, str]) -> dict[str, str]:
        for measure, unit in units.items():
            for name in (measure, unit):
                check_measure_name(name, "beitragende")
            if measure == unit:
                raise ValueError(f"Das Merkmal «{measure}» kann nicht seine eigene Einheit sein.")
        return units

    @model_validator(mode="after")
    def _more_than_ones(self) -> "Lieferung":
        own = [self.mindestfallzahl, *(a.mindestfallzahl for a in self.abweichend)]
        if self.nullen_veroeffentlichen and 2 in own:
            raise ValueError(
                "Mit der Mindestfallzahl 2 und veröffentlichten Nullen wäre jede gesperrte Zahl "
                "eine 1. Bitte mindestfallzahl: 3 oder nullen_veroeffentlichen: nein."
            )
        return self

    @property
    def protected_by_sender(self) -> bool:
        """Whether its sender says that what it changed needs no further suppression."""
        return self.verfahren is not None and self.verfahren.keine_weitere_sperrung

    @property
    def measures(self) -> set[str]:
        """Every measure that the mapping names; empty if the files name them themselves."""
        found = set(self.merkmale)
        for table in self.tabellen:
            cells = [table.konstanten, *table.entpivotieren.values()]
            found |= {cell["merkmal"] for cell in cells if "merkmal" in cell}
            found |= set(table.werte.get("merkmal", {}).values())
            found |= set(table.zaehlen.measures) if table.zaehlen else set()
        return found


def deviating_totals(deliveries: Iterable[Lieferung]) -> dict[str, Umfang]:
    """Measures whose total is not the sum of the areas, and on which side of it; "anders" if
    deliveries say different things of one."""
    found: dict[str, Umfang] = {}
    for delivery in deliveries:
        for measure, extent in delivery.gesamtzahl.items():
            found[measure] = extent if found.get(measure, extent) == extent else ANDERS
    return found
