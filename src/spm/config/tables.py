"""The section ``lieferungen`` of a params file: where raw tables are and how they map to facts.

Keys and descriptions are German because analysts read and write them; the descriptions also
become the help texts of the params file's JSON Schema.
"""

from collections.abc import Mapping
from pathlib import PurePosixPath
from typing import Annotated, Literal

from pydantic import (
    BeforeValidator,
    Field,
    PrivateAttr,
    StringConstraints,
    field_validator,
    model_validator,
)

from spm.config.canonical import (
    check_band,
    check_closed_value,
    check_columns,
    check_measure_name,
)
from spm.config.counting import Zaehlen
from spm.config.rawformats import FORMAT_OF_SUFFIX, no_format
from spm.config.sections import FileName, JaNein, known_encoding, separator, zero_word
from spm.config.signs import Zeichen
from spm.text.times import parse_day_of_year


class Tabelle(Zeichen):
    """One raw table and how it maps to the canonical columns."""

    datei: FileName | None = Field(
        default=None,
        description="Datei, relativ zum Datenordner (CSV, Excel, JSON, Parquet, DuckDB …). "
        "{jahr} steht für jedes Jahr der Zeitreihe: je Jahr eine Datei.",
    )
    vorlage: JaNein = Field(
        default=False,
        description="Ja: eine ausgefüllte Vorlage von «spm vorlagen». Ihre Zuordnung steht in der "
        "Mappe selbst; außer datei entfällt hier alles andere.",
    )
    format: Literal["csv", "excel", "json", "parquet", "sql"] | None = Field(
        default=None, description="Format der Datei; ohne Angabe nach der Dateiendung."
    )
    zeichensatz: str = Field(
        default="utf-8-sig",
        description="Zeichensatz einer CSV- oder JSON-Datei, z. B. utf-8-sig oder cp1252.",
    )
    trennzeichen: Annotated[
        str,
        StringConstraints(min_length=1, max_length=1),
        BeforeValidator(separator, json_schema_input_type=str),  # "tab" is one character, too
    ] = Field(
        default=";",
        description="Trennzeichen einer CSV-Datei (ein Zeichen, oder «tab»).",
    )
    blatt: str | None = Field(
        default=None,
        description="Name des Tabellenblatts; ohne Angabe das erste Blatt. {jahr} steht für "
        "jedes Jahr der Zeitreihe: je Jahr ein Blatt.",
    )
    kopfzeilen: list[int] = Field(
        default=[1],
        description="Nummern der Kopfzeilen, ab 1 gezählt. Bei mehreren werden verbundene Zellen "
        "nach rechts aufgefüllt und die Ebenen mit « | » verbunden. Spalten ohne Überschrift "
        "heißen «Spalte 1», «Spalte 2» …",
        min_length=1,
    )
    ende: str | None = Field(
        default=None,
        description="Die Daten enden vor der ersten Zeile, deren erste gefüllte Zelle so beginnt.",
        min_length=1,
    )
    datensaetze: str | None = Field(
        default=None,
        description="Wo in einer JSON-Datei die Liste der Datensätze steht, z. B. daten.werte; "
        "ohne Angabe die einzige Liste.",
        min_length=1,
    )
    abfrage: str | None = Field(default=None, description="SQL-Abfrage.", min_length=1)
    url_variable: str | None = Field(
        default=None,
        description="Name der Umgebungsvariablen mit der Adresse der Datenbank (SQLAlchemy-URL). "
        "Die Adresse selbst steht nie in dieser Datei, sie kann ein Passwort enthalten.",
        min_length=1,
    )
    nur: dict[str, list[str]] = Field(
        default_factory=dict,
        description="Nur Zeilen mit diesen Rohwerten verwenden: Spalte -> Werte.",
    )
    ohne: dict[str, list[str]] = Field(
        default_factory=dict,
        description="Zeilen mit diesen Rohwerten weglassen (z. B. Zwischensummen): Spalte -> "
        "Werte.",
    )
    auffuellen: list[str] = Field(
        default_factory=list,
        description="Spalten, in denen eine leere Zelle den Wert der Zelle darüber bedeutet "
        "(z. B. senkrecht verbundene Zellen).",
    )
    spalten: dict[str, str] = Field(
        default_factory=dict,
        description="Zielspalte -> Überschrift der Rohspalte. Stehen erstes und letztes Alter in "
        "zwei Spalten, heißen sie alter_von und alter_bis.",
    )
    konstanten: dict[str, str] = Field(
        default_factory=dict, description="Zielspalte -> fester Wert für die ganze Tabelle."
    )
    werte: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description="Je Zielspalte: Rohwert -> Zielwert. Ein nicht aufgeführter Wert ist ein "
        "Fehler (außer bei raum: dort gelten auch Schlüssel und Namen der Räume). "
        "Der Zielwert «» heißt: nicht nach dieser Gruppe unterteilt. Bei anzahl gelten nicht "
        "aufgeführte Zahlen, wie sie sind.",
    )
    entpivotieren: dict[str, dict[str, str]] = Field(
        default_factory=dict,
        description="Breite Tabelle: Überschrift einer Wertespalte -> Zielwerte ihrer Zellen.",
    )
    nicht_zuordenbar: list[str] = Field(
        default_factory=list,
        description="Rohwerte der Raumspalte für Personen ohne zuordenbaren Raum.",
    )
    gesamtzeilen: list[str] = Field(
        default_factory=list,
        description="Rohwerte der Raumspalte, die die ganze Kommune bezeichnen.",
    )
    fehlende_zeilen: Annotated[
        Literal["nicht_geliefert", "null"],
        BeforeValidator(zero_word, json_schema_input_type=Literal["nicht_geliefert", "null", None]),
    ] = Field(
        default="nicht_geliefert",
        description="Was eine fehlende Zeile (Raum × Jahr × Gruppe) bedeutet: nicht_geliefert "
        "oder null (gezählte 0).",
    )
    jahre_ausserhalb: Literal["fehler", "ignorieren"] = Field(
        default="fehler",
        description="Zeilen mit einem Jahr außerhalb der Zeitreihe: fehler oder ignorieren.",
    )
    schuljahr: Literal["beginn", "ende"] | None = Field(
        default=None,
        description="Als welches Jahr ein Schul- oder Kitajahr zählt: 2022/23 als 2022 (beginn) "
        "oder als 2023 (ende). Ohne Angabe ist es ein Fehler.",
    )
    zeitpunkt: str | None = Field(
        default=None,
        description="Der Teil des Jahres, der zählt, wenn die Tabelle mehrere hat: 31.12., "
        "Dezember oder 4. Quartal. Alle anderen Zeilen entfallen.",
    )
    zaehlen: Zaehlen | None = Field(
        default=None, description="Jede Zeile ist eine Person und wird beim Lesen gezählt."
    )

    _one_of_several: bool = PrivateAttr(default=False)
    _own_rows: frozenset[str] = PrivateAttr(default=frozenset())

    @field_validator("zeichensatz")
    @classmethod
    def _known_encoding(cls, value: str) -> str:
        return known_encoding(value)

    @field_validator("zeitpunkt")
    @classmethod
    def _part_of_year(cls, value: str | None) -> str | None:
        if value is not None and parse_day_of_year(value) is None:
            raise ValueError(
                f"«{value}» ist kein Teil eines Jahres wie 31.12., Dezember oder 4. Quartal."
            )
        return value

    @field_validator("kopfzeilen")
    @classmethod
    def _ascending(cls, value: list[int]) -> list[int]:
        if value[0] < 1 or value != sorted(set(value)):
            raise ValueError("kopfzeilen sind aufsteigende Zeilennummern ab 1, z. B. [4, 5].")
        return value

    @model_validator(mode="after")
    def _source(self) -> "Tabelle":
        if not self.datei and not self.url_variable:
            raise ValueError("Eine Tabelle braucht datei oder, für eine Datenbank, url_variable.")
        if self.datei and self.url_variable:
            raise ValueError("datei und url_variable schließen sich aus.")
        if self.source_format is None:
            raise ValueError(no_format(str(self.datei)))
        if (self.source_format == "sql") != bool(self.abfrage):
            raise ValueError("Eine Datenbank braucht eine abfrage, andere Dateien haben keine.")
        return self

    @model_validator(mode="after")
    def _template_alone(self) -> "Tabelle":
        others = sorted(self.model_fields_set - {"datei", "vorlage"})
        if self.vorlage and others:
            raise ValueError(
                f"Mit vorlage: ja entfällt {others[0]}: Was die Spalten heißen, steht in der Mappe."
            )
        if self.vorlage and PurePosixPath(self.datei or "").suffix.lower() != ".xlsx":
            raise ValueError(f"Eine Vorlage ist eine Excel-Mappe (.xlsx), nicht «{self.datei}».")
        return self

    @model_validator(mode="after")
    def _targets(self) -> "Tabelle":
        cells = {f"entpivotieren.{header}": cell for header, cell in self.entpivotieren.items()}
        sections: dict[str, Mapping[str, object]] = {
            "spalten": self.spalten, "konstanten": self.konstanten, "werte": self.werte
        }  # fmt: skip
        for key, section in (sections | cells).items():
            check_columns(section, key)
        for key, section in ({"konstanten": self.konstanten} | cells).items():
            for column, value in section.items():
                check_closed_value(column, value, key)
                if column == "merkmal":
                    check_measure_name(value, key)
                if column == "anzahl":
                    raise ValueError(f"{key} kann keine anzahl festlegen.")
        for column, values in self.werte.items():
            for value in values.values():
                check_closed_value(column, value, "werte")
                if column == "anzahl" and not value.isdecimal():
                    raise ValueError(
                        f"«{value}» unter werte.anzahl ist keine Anzahl. Zeichen für «nicht "
                        "geliefert» gehören unter fehlend, für «gesperrt» unter gesperrt."
                    )
        unpivoted = {column for cell in self.entpivotieren.values() for column in cell}
        worded = self.werte.keys() - {"alter"}  # of the two columns together
        check_band(self.spalten.keys(), {*self.konstanten, *worded, *unpivoted})
        for column in self.spalten:
            if column in self.konstanten or column in unpivoted:
                raise ValueError(
                    f"«{column}» ist zweimal festgelegt (spalten und ein fester Wert)."
                )
        wide = {"", *self.entpivotieren, *(h for c, h in self.spalten.items() if c == "anzahl")}
        for header in self.faktor:
            if header not in wide:
                raise ValueError(f"«{header}» unter faktor ist keine Wertespalte dieser Tabelle.")
        if "anzahl" in self.spalten and self.entpivotieren:
            raise ValueError("anzahl unter spalten und entpivotieren schließen sich aus.")
        if self.zaehlen and (
            self.entpivotieren or {"merkmal", "anzahl"} & (self.spalten.keys() | self.konstanten)
        ):
            raise ValueError("Mit zaehlen entfallen entpivotieren, merkmal und anzahl.")
        return self

    @property
    def one_of_several(self) -> bool:
        """Whether it is the table of one year; others may be there though it is not."""
        return self._one_of_several

    @property
    def own_rows(self) -> frozenset[str]:
        """Columns of ``nur`` that tell one municipality's rows from those of others in the file."""
        return self._own_rows

    @property
    def source_format(self) -> str | None:
        """``csv``, ``excel``, ``json``, ``parquet``, ``sql``; None if nothing tells."""
        if self.format:
            return self.format
        if self.url_variable:
            return "sql"
        return FORMAT_OF_SUFFIX.get(PurePosixPath(self.datei or "").suffix.lower())

    @property
    def source_name(self) -> str:
        """How findings name the table's source; never a path outside params, never a URL."""
        return self.datei or f"Datenbank ({self.url_variable})"
