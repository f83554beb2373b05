"""The key ``zaehlen``: tables whose rows are persons."""

from pydantic import Field, model_validator

from spm.config.canonical import check_measure_name
from spm.config.sections import Section


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
    kennung: str | None = Field(
        default=None,
        description="Spalte, die jede Person eindeutig kennzeichnet; doppelte Werte sind Fehler.",
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
        columns += [self.kennung] if self.kennung else []
        return list(dict.fromkeys(columns))
