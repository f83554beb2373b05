"""An indicator as the catalogue defines it."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Field, PrivateAttr, field_validator, model_validator

from spm.config import yamltext
from spm.config.chaptertitles import Kapiteltitel
from spm.config.composite import Domaene
from spm.config.municipality import LAST_STATE, is_land
from spm.config.reporting import LAST_YEAR
from spm.config.sections import JaNein, Name, Sentence, Stripped
from spm.config.selections import TextOrList, Zaehlung
from spm.errors import nearest

FIRST_YEAR = "{erstes_jahr}"
"""What a title or a sentence may ask for."""

FIRST = 1900
"""No year in which something changed how it is counted is earlier."""

Art = Literal[
    "anteil", "rate", "anzahl", "quotient", "veraenderung", "saldo", "mittelwert", "messwert"
]

LEBENSPHASEN = (
    "Schwangerschaft und Geburt",
    "0 bis 2 Jahre",
    "3 bis 5 Jahre",
    "Einschulung",
    "Grundschule",
    "Sekundarstufe",
    "Übergang in den Beruf",
    "alle Lebensphasen",
)
"""The chain of prevention, from before birth to working life."""


class ImLand(Stripped):
    """What is said of an indicator in one Land."""

    rechtsgrundlage: Sentence = Field("", description="In diesem Land, an Stelle der anderen.")
    zusatz: Sentence = Field("", description="Was dort zur Definition gehört: ganze Sätze.")


class Kennzahl(Stripped):
    """One indicator: value = zaehler / nenner * faktor."""

    kapitel: str = Field(description="Kürzel des Kapitels: der Teil des Notebooknamens nach NN-.")
    titel: Name = Field(
        description="Bildunterschrift; {erstes_jahr} steht für das erste Jahr der Zeitreihe."
    )
    kurztitel: Name = Field(max_length=40, description="Spaltenkopf und Achse.")
    satz: Name = Field(
        description="Die Kennzahl als Satzteil im Nominativ, mit Artikel; {erstes_jahr} wie oben."
    )
    definition: Sentence = Field(min_length=1, description="Ein oder zwei Sätze.")
    art: Art = Field(
        description="anteil: Zähler ist Teil des Nenners; rate: Ereignisse je Nenner; "
        "quotient: zwei verschiedene Gruppen; veraenderung: gegenüber dem ersten Jahr; saldo: "
        "Zugänge minus Abgänge je Nenner; mittelwert: Größe je Einheit, etwa Personen je "
        "Haushalt; messwert: gemessene Größen wie Flächen oder Plätze, ohne Zufall; anzahl: "
        "nur Zähler."
    )
    zaehler: Zaehlung
    abzueglich: Zaehlung | None = Field(None, description="Nur bei saldo: was abgezogen wird.")
    zugaenge: str = Field("Zugänge", description="Nur bei saldo: wie der Text den Zähler nennt.")
    abgaenge: str = Field(
        "Abgänge", description="Nur bei saldo: wie der Text das Abgezogene nennt."
    )
    nenner: Zaehlung | None = None
    faktor: float = Field(1, gt=0, description="100 für Prozent, 1000 für je 1.000.")
    einheit: Sentence = Field("", description="%, je 1.000, Personen …")
    nachkommastellen: int = Field(1, ge=0, le=4)
    richtung: Literal["belastend", "entlastend", "neutral"] = Field(
        "neutral", description="Bedeutet ein hoher Wert Belastung?"
    )
    quelle: Sentence = ""
    rechtsgrundlage: Sentence = ""
    laender: dict[str, ImLand] = Field(
        {},
        description="Was nur in einem Land gilt: die ersten zwei Ziffern des Gemeindeschlüssels -> "
        "rechtsgrundlage, zusatz.",
    )
    lebensphase: TextOrList = Field([], description="Eine oder mehrere: siehe Kommentar.")
    bereich: str = ""
    domaene: Domaene | None = Field(
        None, description="Themenfeld des Index, falls sie dort eingeht; nur mit richtung."
    )
    verteilung: dict[str, int] = Field(
        {},
        description="Nur bei mittelwert: Kennung -> Größe, aufsteigend: Kennzahlen, deren Zähler "
        "sagt, wie viele Einheiten so groß sind; die letzte heißt: so groß und größer.",
    )
    brueche: dict[int, str] = Field(
        {},
        description="Jahr -> was sich geändert hat: Werte davor sind nicht vergleichbar.",
    )
    leitkennzahl: JaNein = Field(
        False,
        description="Ihr Wert für die ganze Kommune wird erst gesperrt, wenn es nicht anders geht.",
    )
    profilanfang: JaNein = Field(
        False, description="Steht im ersten Satz des Profils eines Raums: wer dort lebt."
    )
    einmalig: JaNein = Field(
        False,
        description="Jede Person wird nur in einem Jahr gezählt: bei der Einschulung, beim Abgang.",
    )
    je_einrichtung: JaNein = Field(False, description="Auch nach Kita und Grundschule.")

    _id: str = PrivateAttr(default="")
    _file: str = PrivateAttr(default="")
    _chapter: Kapiteltitel = PrivateAttr()

    @property
    def id(self) -> str:
        """Key in the catalogue."""
        return self._id

    @property
    def file(self) -> str:
        """The catalogue's file, as the params file names it."""
        return self._file

    @property
    def chapter(self) -> Kapiteltitel:
        """What its chapter is called."""
        return self._chapter

    @property
    def selections(self) -> list[Zaehlung]:
        """Every selection that is counted."""
        return [s for s in (self.zaehler, self.abzueglich, self.nenner) if s is not None]

    @property
    def years_before(self) -> int:
        """So many years before its own it counts, too: 1 if it refers to the year before."""
        return -min(wanted.shift for wanted in self.selections)

    @field_validator("titel", "satz")
    @classmethod
    def _known_placeholders(cls, text: str) -> str:
        for name in re.findall(r"\{[^{}]*\}", text):
            if name != FIRST_YEAR:
                raise ValueError(f"«{name}» wird nicht ersetzt. Bekannt ist nur {FIRST_YEAR}.")
        return text

    @field_validator("lebensphase")
    @classmethod
    def _known_phases(cls, phases: list[str]) -> list[str]:
        for phase in phases:
            if phase not in LEBENSPHASEN:
                raise ValueError(
                    f"Die Lebensphase «{phase}» gibt es nicht.{nearest(phase, LEBENSPHASEN)}"
                )
        return phases

    @field_validator("laender")
    @classmethod
    def _existing(cls, given: dict[str, ImLand]) -> dict[str, ImLand]:
        for key in given:
            if not is_land(key):
                raise ValueError(
                    f"«{key}» ist kein Land: Gemeindeschlüssel beginnen mit 01 bis "
                    f"{LAST_STATE}, in Anführungszeichen."
                )
        return given

    @field_validator("brueche")
    @classmethod
    def _possible_years(cls, breaks: dict[int, str]) -> dict[int, str]:
        for year in breaks:
            if not FIRST <= year <= LAST_YEAR:
                raise ValueError(f"{year} ist kein Jahr einer Zeitreihe ({FIRST} bis {LAST_YEAR}).")
        return breaks

    @model_validator(mode="after")
    def _factor_of_unit(self) -> Kennzahl:
        if (wanted := _factor(self.einheit)) and self.nenner and self.faktor != wanted:
            raise yamltext.WrongKey(
                f"Die Einheit «{self.einheit}» gehört zum Faktor {wanted:g}, hier steht "
                f"{self.faktor:g}.",
                "faktor",
            )
        return self

    @model_validator(mode="after")
    def _denominator(self) -> Kennzahl:
        if (self.art == "anzahl") != (self.nenner is None):
            raise ValueError(
                "Eine Anzahl hat keinen Nenner."
                if self.nenner
                else f"Die Art «{self.art}» braucht einen nenner."
            )
        if (self.art == "saldo") != (self.abzueglich is not None):
            raise ValueError(
                "Nur die Art «saldo» hat abzueglich."
                if self.abzueglich
                else "Die Art «saldo» braucht abzueglich: was von den Zugängen abgeht."
            )
        return self

    @model_validator(mode="after")
    def _in_index(self) -> Kennzahl:
        if self.domaene and (self.richtung == "neutral" or self.art == "anzahl"):
            reason = "keine richtung hat" if self.art != "anzahl" else "nur eine Anzahl ist"
            raise yamltext.WrongKey(
                f"Eine Kennzahl, die {reason}, geht in kein Themenfeld ein.", "domaene"
            )
        return self

    @model_validator(mode="after")
    def _distribution(self) -> Kennzahl:
        sizes = list(self.verteilung.values())
        if sizes and self.art != "mittelwert":
            raise ValueError("Nur die Art «mittelwert» hat eine verteilung.")
        if len(sizes) == 1 or sizes != sorted(set(sizes)) or any(size < 0 for size in sizes):
            raise yamltext.WrongKey(
                "Die Verteilung braucht mindestens zwei Größen, aufsteigend geordnet.",
                "verteilung",
            )
        return self


def _factor(unit: str) -> float | None:
    """The factor that a unit stands for: 100 of "%", 1000 of "je 1.000"; None of any other."""
    if unit == "%":
        return 100
    found = re.fullmatch(r"je (\d{1,3}(?:\.\d{3})*|\d+)(?: .*)?", unit, re.ASCII)
    return float(found[1].replace(".", "")) if found else None


def in_land(entry: Kennzahl, key: str) -> Kennzahl:
    """The indicator as it is said in the Land of a municipality.

    Parameters
    ----------
    key : of the municipality (AGS); its first two digits are the Land.
    """
    own = entry.laender.get(key[:2])
    if own is None:
        return entry
    texts = {"definition": f"{entry.definition} {own.zusatz}".rstrip()}
    if own.rechtsgrundlage:
        texts["rechtsgrundlage"] = own.rechtsgrundlage
    return entry.model_copy(update=texts)


def dated(entry: Kennzahl, first: int) -> Kennzahl:
    """A catalogue is for any series; a reader wants to read the year a change is measured from."""
    texts = {
        name: getattr(entry, name).replace(FIRST_YEAR, str(first)) for name in ("titel", "satz")
    }
    return entry.model_copy(update=texts)
