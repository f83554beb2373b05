"""The key ``zaehlen``: tables whose rows are persons."""

from typing import Annotated

from pydantic import BeforeValidator, Field, model_validator

from spm.config.canonical import check_measure_name
from spm.config.sections import Section


def _as_list(value: object) -> object:
    """Let people write one column without brackets."""
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


class Zaehlen(Section):
    """Rows are persons: they are counted while reading and never stored."""

    merkmale: dict[str, dict[str, list[str]]] = Field(
        description="Je Merkmal die Bedingungen, unter denen eine Zeile gezählt wird: Spalte -> "
        "zulässige Rohwerte. Alle Bedingungen müssen zutreffen; ohne Bedingung zählt jede Zeile.",
        min_length=1,
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
    def _conditions_are_valid_values(self) -> "Zaehlen":
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

    @property
    def raw_columns(self) -> list[str]:
        """All raw column headers that counting needs."""
        columns = [c for conditions in self.merkmale.values() for c in conditions]
        columns += [*self.gueltig, *self.einrichtungen.values()]
        columns += self.kennung
        return list(dict.fromkeys(columns))
