"""Public tables beside the deliveries: what the municipality aims at, and what it offers."""

from __future__ import annotations

from collections.abc import Mapping

from pydantic import Field, field_validator

from spm.config.indicator import LEBENSPHASEN, Kennzahl
from spm.config.sections import FileName, Stripped
from spm.errors import SpmError, nearest


class Ziele(Stripped):
    """The Zielmatrix; with it the report has the chapter «Ziele und Wirkungen»."""

    datei: FileName = Field(
        description="Die Zielmatrix, im Datenordner (CSV oder Excel) mit den Spalten leitziel, "
        "teilziel, massnahme, wirkungsannahme, kennzahl, raum, ausgangswert, ausgangsjahr, "
        "zielwert, zieljahr, stelle, stand."
    )


class Angebotsliste(Stripped):
    """A public list of offers and networks, all or of one theme; it holds no people."""

    datei: FileName = Field(
        description="Die Liste, im Datenordner (CSV oder Excel) mit den Spalten art (angebot, "
        "netzwerk), name, traeger, thema, lebensphase, raum, plaetze, zielgruppe, offen_fuer."
    )
    bedarf: dict[str, str] = Field(
        {},
        description="Lebensphase -> Kennzahl, deren Zähler den Bedarf zählt, der den Plätzen "
        "gegenübersteht; «alle Lebensphasen» gilt für jede, die nicht genannt ist.",
    )
    reichweite: str | None = Field(
        None, description="Kennzahl, die sagt, welchen Teil der Zielgruppe Angebote erreichen."
    )

    @field_validator("bedarf")
    @classmethod
    def _known_phases(cls, need: dict[str, str]) -> dict[str, str]:
        for phase in need:
            if phase not in LEBENSPHASEN:
                raise ValueError(f"«{phase}» ist keine Lebensphase.{nearest(phase, LEBENSPHASEN)}")
        return need

    def check(self, catalogue: Mapping[str, Kennzahl], where: str) -> None:
        """Refuse indicators that nobody knows or that count nobody.

        Raises
        ------
        SpmError
            An indicator is unknown; one of ``bedarf`` has no numerator of people, or
            ``reichweite`` is no share.
        """
        asked = [(f"bedarf.{phase}", key) for phase, key in self.bedarf.items()]
        asked += [("reichweite", self.reichweite)] if self.reichweite else []
        for at, key in asked:
            if key not in catalogue:
                raise SpmError(
                    f"Es gibt keine Kennzahl «{key}».{nearest(key, catalogue)}",
                    wo=f"{where}, angebote.{at}",
                    tun="Bitte ein Kürzel aus dem Kennzahlenset nehmen.",
                )
            if catalogue[key].art not in ("anteil", "anzahl", "rate", "quotient"):
                raise SpmError(
                    f"Der Zähler von «{key}» zählt keine Personen eines Raums.",
                    wo=f"{where}, angebote.{at}",
                    tun="Bitte einen Anteil, eine Rate oder eine Anzahl nehmen.",
                )
