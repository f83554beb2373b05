"""The section ``raeume`` of the params file: today's areas and those of earlier years."""

from __future__ import annotations

from pydantic import Field, field_validator, model_validator

from spm.config import yamltext
from spm.config.sections import FileName, JaNein, Name, Stripped, known_encoding


class Raumsatz(Stripped):
    """Keys, names and geometry of a set of areas."""

    datei: FileName | None = Field(
        None, description="Geometrie der Räume, im Datenordner (GeoJSON, GPKG, SHP)."
    )
    ebene: str | None = Field(None, description="Ebene der Datei, wenn sie mehrere hat.")
    schluessel: str = Field("raum_id", description="Spalte mit dem Schlüssel des Raums.")
    name: str = Field("name", description="Spalte mit dem Namen des Raums.")
    crs: str | None = Field(
        None,
        description="Koordinatensystem, nur wenn die Datei keines oder ein falsches nennt: "
        "EPSG:25832.",
    )
    zeichensatz: str | None = Field(
        None,
        description="Zeichensatz eines Shapefiles oder GeoJSON, nur wenn die Datei ihn nicht oder "
        "falsch nennt: utf-8, cp1252 oder cp850.",
    )
    nur: dict[str, list[str]] = Field(
        {},
        description="Nur Objekte mit diesen Werten sind Räume: Spalte der Geometrie -> Werte. "
        "Nimmt aus der Datei eines Landes die eigenen Räume; «05766*» heißt: was so beginnt.",
    )
    aufloesen: JaNein = Field(
        False, description="Ob Objekte mit demselben Schlüssel Teilflächen eines Raums sind."
    )
    namen: dict[str, Name] = Field({}, description="Andere Namen: Schlüssel -> Name.")

    @field_validator("zeichensatz")
    @classmethod
    def _known_encoding(cls, value: str | None) -> str | None:
        return value if value is None else known_encoding(value)


FLAECHE = "flaeche"
"""In place of a crosswalk table: shares follow from what two geometries have in common."""


class FruehereRaeume(Raumsatz):
    """An earlier division, and where its people live by today's boundaries."""

    bis: int = Field(ge=1990, le=2100, description="Letztes Jahr, das so geliefert wurde.")
    umschluesselung: FileName = Field(
        min_length=1,
        description="Tabelle im Datenordner mit den Spalten alt, neu, anteil (Anteil der Menschen "
        "des alten Raums; CSV oder Excel), oder das Wort flaeche: nach Flächenanteilen.",
    )

    @model_validator(mode="after")
    def _two_geometries(self) -> FruehereRaeume:
        if self.umschluesselung == FLAECHE and self.datei is None:
            raise yamltext.WrongKey(
                "Flächenanteile brauchen die Geometrie der früheren Räume: bitte datei angeben "
                "oder eine Tabelle nennen.",
                "umschluesselung",
            )
        return self

    @property
    def table(self) -> str | None:
        """The crosswalk table, if there is one."""
        return None if self.umschluesselung == FLAECHE else self.umschluesselung

    @property
    def source(self) -> str:
        """The file that says which areas there were."""
        return self.datei or self.umschluesselung


class Raeume(Raumsatz):
    datei: FileName = Field(description="Geometrie der Räume, im Datenordner (GeoJSON, GPKG, SHP).")
    liste: list[str] = Field(
        [], description="Schlüssel aller Räume, die es geben muss; leer: die der Geometrie."
    )
    verbinden: dict[str, list[str]] = Field(
        {},
        description="Mehrere Räume der Geometrie werden einer: Schlüssel des neuen Raums -> "
        "Schlüssel seiner Teile. Zahlen der Teile werden zusammengezählt.",
    )
    gruppen: dict[Name, list[str]] = Field(
        {},
        description="Zusammengefasste Räume: Name -> Schlüssel der Räume oder Namen anderer "
        "Gruppen. Nur Kennzahlen unter zusammenfassen benutzen sie.",
    )
    fruehere: list[FruehereRaeume] = Field(
        [], description="Frühere Einteilungen, die älteste zuerst; ihre Zahlen werden umgerechnet."
    )

    @field_validator("verbinden")
    @classmethod
    def _each_once(cls, groups: dict[str, list[str]]) -> dict[str, list[str]]:
        seen: dict[str, str] = {}
        for key, parts in groups.items():
            if len(set(parts)) < 2:
                raise ValueError(f"«{key}» verbindet keine zwei Räume.")
            if key in parts:
                raise ValueError(
                    f"«{key}» ist schon der Schlüssel eines Teils: Bitte einen neuen vergeben."
                )
            for part in set(parts):
                if part in seen:
                    raise ValueError(
                        f"Der Raum «{part}» gehört zu zwei Räumen: «{seen[part]}» und «{key}»."
                    )
                seen[part] = key
        return groups

    @model_validator(mode="after")
    def _oldest_first(self) -> Raeume:
        ends = [earlier.bis for earlier in self.fruehere]
        for i in range(1, len(ends)):
            if ends[i] <= ends[i - 1]:
                raise yamltext.WrongKey(
                    f"Die frühere Einteilung bis {ends[i]} steht hinter der bis {ends[i - 1]}: "
                    "bitte die älteste zuerst, und jedes Jahr nur einmal.",
                    "fruehere",
                    i,
                    "bis",
                )
        return self
