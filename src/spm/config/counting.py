"""The key ``zaehlen``: tables whose rows are persons."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from spm.config.canonical import check_measure_name
from spm.config.sections import Section
from spm.errors import nearest

Conditions = Mapping[str, list[str]]


def _as_list(value: object) -> object:
    """Let people write one column without brackets."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


class Mehrfach(Section):
    """Persons of whom several things are true at once: so many findings of so many tests."""

    ab: int = Field(ge=2, description="So viele davon treffen auf dieselbe Person zu, oder mehr.")
    alle: str = Field(
        description="Ein weiteres neues Merkmal: Personen, bei denen jeder Test gemacht ist. Nur "
        "unter ihnen wird gezählt."
    )
    von: dict[str, str] = Field(
        description="Merkmal (Befund) -> Merkmal, unter dem es gezählt wird (Test gemacht); beide "
        "stehen unter zaehlen.merkmale.",
        min_length=2,
    )

    @property
    def together(self) -> list[str]:
        """All measures of single findings and tests, each once."""
        return list(dict.fromkeys([*self.von, *self.von.values()]))


class Zaehlen(Section):
    """Rows are persons: they are counted while reading and never stored."""

    merkmale: dict[str, dict[str, list[str]]] = Field(
        description="Je Merkmal die Bedingungen, unter denen eine Zeile gezählt wird: Spalte -> "
        "zulässige Rohwerte. Alle Bedingungen müssen zutreffen; ohne Bedingung zählt jede Zeile.",
        min_length=1,
    )
    mehrfach: dict[str, Mehrfach] = Field(
        default_factory=dict,
        description="Neues Merkmal -> mehrere Befunde derselben Person, etwa drei und mehr; "
        "veröffentlicht nur für die ganze Kommune.",
    )
    gueltig: dict[str, list[str]] = Field(
        default_factory=dict,
        description="Je Spalte alle gültigen Rohwerte; jeder andere Wert ist ein Fehler.",
    )
    einrichtungen: dict[str, str] = Field(
        default_factory=dict,
        description="Zusätzliche Zählung je Einrichtung für die ganze Kommune: "
        "Art der Einrichtung (z. B. Kita) -> Spalte mit ihrem Namen.",
    )
    kennung: Annotated[
        list[str], BeforeValidator(_as_list, json_schema_input_type=str | list[str])
    ] = Field(
        default=[],
        description="Spalte, die jede Person eindeutig kennzeichnet; doppelte Werte sind Fehler. "
        "Mehrere Spalten gelten zusammen; das Wort jahr steht für das Jahr der Zeile: "
        "[jahr, Lfd. Nr.], wenn die Nummern jedes Jahr neu beginnen.",
    )

    @model_validator(mode="after")
    def _conditions_are_valid_values(self) -> Zaehlen:
        for measure, conditions in self.merkmale.items():
            check_measure_name(measure, "zaehlen.merkmale")
            for column, values in conditions.items():
                unknown = sorted(set(values) - set(self.gueltig.get(column, values)))
                if unknown:
                    raise ValueError(
                        f"zaehlen.merkmale.{measure}: «{unknown[0]}» steht nicht unter "
                        f"zaehlen.gueltig.{column}."
                    )
        return self

    @model_validator(mode="after")
    def _several_of_what_is_counted(self) -> Zaehlen:
        names = [*self.merkmale, *self.mehrfach, *(m.alle for m in self.mehrfach.values())]
        for measure, several in self.mehrfach.items():
            key = f"zaehlen.mehrfach.{measure}"
            for new in (measure, several.alle):
                check_measure_name(new, key)
                if names.count(new) > 1:
                    raise ValueError(f"{key}: Das Merkmal «{new}» gibt es schon.")
            for name in several.together:
                if name not in self.merkmale:
                    raise ValueError(
                        f"{key}.von: «{name}» steht nicht unter zaehlen.merkmale."
                        f"{nearest(name, self.merkmale)}"
                    )
            if several.ab > len(several.von):
                raise ValueError(f"{key}: ab ist größer als die Zahl der Befunde unter von.")
            for part, whole in several.von.items():
                if not _within(self.merkmale[part], self.merkmale[whole]):
                    raise ValueError(
                        f"{key}.von: Nicht jede Zeile von «{part}» ist eine von «{whole}». Die "
                        "Bedingungen des Befunds müssen die des Tests enthalten."
                    )
        return self

    @property
    def measures(self) -> list[str]:
        """Every measure that is counted."""
        several = [(name, found.alle) for name, found in self.mehrfach.items()]
        return [*self.merkmale, *(name for pair in several for name in pair)]

    @property
    def raw_columns(self) -> list[str]:
        """All raw column headers that counting needs."""
        columns = [c for conditions in self.merkmale.values() for c in conditions]
        columns += [*self.gueltig, *self.einrichtungen.values()]
        columns += self.kennung
        return list(dict.fromkeys(columns))


def _within(part: Conditions, whole: Conditions) -> bool:
    """Whether every row that fulfils the conditions of a part fulfils those of the whole."""
    return all(column in part and set(part[column]) <= set(whole[column]) for column in whole)
