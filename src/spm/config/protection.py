"""The section ``geheimhaltung`` of the params file: what protects the whole report."""

from __future__ import annotations

from pydantic import Field, field_validator, model_validator

from spm.config.sections import FileName, Stripped


class AndererBericht(Stripped):
    """The published data of another SPM report from the same sources."""

    datei: FileName = Field(min_length=1, description="Seine published.parquet, im Datenordner.")
    ihr_raum: str | None = Field(
        None,
        description="Schlüssel des Raums in jenem Bericht, der unsere ganze Kommune ist: beim "
        "Bericht des Kreises, zu dem sie gehört.",
    )
    unser_raum: str | None = Field(
        None,
        description="Schlüssel unseres Raums, von dem jener Bericht handelt: beim Bericht einer "
        "Gemeinde unseres Kreises.",
    )

    @model_validator(mode="after")
    def _one_way(self) -> AndererBericht:
        if self.ihr_raum is not None and self.unser_raum is not None:
            raise ValueError(
                "Entweder ist ein Raum jenes Berichts unsere ganze Kommune (ihr_raum), oder einer "
                "unserer Räume ist sein ganzes Gebiet (unser_raum); bitte nur eins angeben."
            )
        return self


class Geheimhaltung(Stripped):
    """What holds for the protection of the whole report; thresholds belong to the deliveries."""

    schutzfaktor: float = Field(
        1,
        ge=1,
        le=10,
        description="Der Bereich, auf den Leser eine gesperrte Zahl eingrenzen können, reicht "
        "mindestens von 0 bis zur Mindestfallzahl mal diesem Faktor.",
    )
    beteiligte: int | None = Field(
        None,
        ge=1,
        le=100,
        description="So viele Personen einer kleinen Zahl kennen einander vielleicht (Geschwister) "
        "und kennen dann die Zahl. Standard: alle, die zu wenige sind (Mindestfallzahl − 1).",
    )
    frueherer_bericht: FileName | None = Field(
        None,
        description="Die published.parquet des letzten Berichts, im Datenordner: Was dort "
        "stand, ist bekannt; was dort gesperrt war, wird bevorzugt wieder gesperrt.",
    )
    fruehere_berichte: list[FileName] = Field(
        [],
        description="Die published.parquet aller früheren Berichte, im Datenordner, der älteste "
        "zuerst; frueherer_bericht, wenn auch genannt, ist der letzte.",
    )
    andere_berichte: list[AndererBericht] = Field(
        [],
        description="Andere veröffentlichte Berichte aus denselben Quellen (des Kreises, einer "
        "Gemeinde, zu einem Thema): Auch was dort steht, ist bekannt.",
    )

    @field_validator("andere_berichte", "fruehere_berichte")
    @classmethod
    def _each_once(cls, reports: list) -> list:
        for position, report in enumerate(reports):
            if report in reports[:position]:
                name = report if isinstance(report, str) else report.datei
                raise ValueError(f"Der Bericht «{name}» steht zweimal da.")
        return reports

    @property
    def earlier(self) -> list[str]:
        """All earlier reports, the last one last."""
        last = [self.frueherer_bericht] if self.frueherer_bericht else []
        return [*(name for name in self.fruehere_berichte if name not in last), *last]

    @property
    def reports(self) -> list[str]:
        """The files of all other reports."""
        others = [other.datei for other in self.andere_berichte]
        return list(dict.fromkeys([*self.earlier, *others]))
