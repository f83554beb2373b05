"""The sections ``bericht`` and ``zeitreihe`` of a params file: what the report is, its years."""

from __future__ import annotations

import re
from datetime import date

from pydantic import Field, field_validator, model_validator

from spm.config.sections import Name, Sentence, Stripped

LAST_YEAR = 2100
"""As of the series: no report is dated later."""


class Bericht(Stripped):
    titel: Name = Field(
        "Soziale Lebenslagen von Kindern und Jugendlichen", description="Titel des Berichts."
    )
    untertitel: Sentence = Field("", description="Zweite Zeile unter dem Titel.")
    datum: date = Field(description="Stand des Berichts (JJJJ-MM-TT); die einzige Uhr von SPM.")
    berichtsjahr: int = Field(description="Das Jahr, das Karten, Balken und Tabellen zeigen.")
    herausgeber: Name = Field(min_length=1, description="Herausgebende Stelle.")
    kontakt: Sentence = Field("", description="Anschrift, Telefon oder E-Mail für Rückfragen.")
    hinweis: Sentence = Field("", description="Satz, der auf jeder Seite steht.")
    lizenz: Sentence = Field("", description="Lizenz der veröffentlichten Daten.")
    adresse: str = Field(
        "",
        description="Wo die Webseiten des Berichts liegen werden, https://…/ bis zum Ordner der "
        "index.html; für die Beschreibung der offenen Daten.",
    )

    @field_validator("adresse")
    @classmethod
    def _web_address(cls, address: str) -> str:
        if address and not re.fullmatch(r"https?://[^\s/?#<>\"]+(/[^\s?#<>\"]*)?", address):
            raise ValueError(
                f"«{address}» ist keine Webadresse eines Ordners wie "
                "https://www.musterstadt.de/bericht/."
            )
        return address if not address or address.endswith("/") else f"{address}/"

    @field_validator("datum", mode="before")
    @classmethod
    def _no_timestamp(cls, day: object) -> object:
        # pydantic takes a plain number for seconds since 1970
        if not isinstance(day, date) and not re.fullmatch(r"\d{4}-\d\d-\d\d", str(day)):
            raise ValueError(f"«{day}» ist kein Datum der Form JJJJ-MM-TT.")
        return day


class Zeitreihe(Stripped):
    von: int = Field(ge=1990, le=2100, description="Erstes Jahr.")
    bis: int = Field(ge=1990, le=2100, description="Letztes Jahr.")

    @model_validator(mode="after")
    def _forward(self) -> Zeitreihe:
        if self.von > self.bis:
            raise ValueError(f"Die Zeitreihe endet ({self.bis}), bevor sie beginnt ({self.von}).")
        return self

    @property
    def years(self) -> list[int]:
        """All years of the series, ascending."""
        return list(range(self.von, self.bis + 1))
