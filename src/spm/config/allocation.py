"""The section ``synthese: verteilung``: a sum or posts, by weighted numbers of children."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING

from pydantic import Field, model_validator

from spm.config.sections import Name, Stripped
from spm.config.yamltext import WrongKey
from spm.errors import SpmError, nearest

if TYPE_CHECKING:
    from spm.config.indicator import Kennzahl

MOST = 10**9
"""More parts are no allocation."""


class Verteilung(Stripped):
    """An allocation key as a decision aid, beside the plain one per head."""

    kennzahlen: list[str] = Field(
        min_length=1, description="Gewertete Kennzahlen, die das Gewicht bestimmen, alle gleich."
    )
    menge: float = Field(gt=0, description="Was verteilt wird: 100000 (Euro), 6 (Stellen).")
    einheit: Name = Field("Euro", description="Worin menge zählt: Euro, Stellen, Stunden …")
    schritt: float = Field(
        1, gt=0, description="Kleinster Teil, der vergeben wird: 1, 0,5 einer Stelle als 0.5."
    )
    kinder: str = Field(
        "anteil_u18", description="Kennzahl, deren Zähler die Kinder jedes Raums zählt."
    )

    @property
    def parts(self) -> int:
        """So many smallest parts there are."""
        return round(self.menge / self.schritt)

    @model_validator(mode="after")
    def _whole_parts(self) -> Verteilung:
        parts = self.menge / self.schritt
        if parts > MOST or abs(parts - round(parts)) > 1e-6:
            raise WrongKey(
                f"menge ({self.menge:g}) lässt sich nicht in Teile zu {self.schritt:g} teilen.",
                "schritt",
            )
        return self


def check_allocation(
    section: Verteilung | None, catalogue: Mapping[str, Kennzahl], where: str
) -> None:
    """Refuse indicators that say nothing of need.

    Parameters
    ----------
    where : the params file.

    Raises
    ------
    SpmError
        An indicator is unknown or not judged; ``kinder`` counts no part of the children.
    """
    if section is None:
        return
    for key in (*section.kennzahlen, section.kinder):
        at = "kinder" if key == section.kinder else "kennzahlen"
        if key not in catalogue:
            raise SpmError(
                f"Es gibt keine Kennzahl «{key}».{nearest(key, catalogue)}",
                wo=f"{where}, synthese.verteilung.{at}",
                tun="Bitte ein Kürzel aus dem Kennzahlenset nehmen.",
            )
    for key in section.kennzahlen:
        if catalogue[key].richtung == "neutral":
            raise SpmError(
                f"«{key}» wird nicht gewertet (richtung: neutral) und sagt deshalb nicht, wo mehr "
                "Bedarf ist.",
                wo=f"{where}, synthese.verteilung.kennzahlen",
                tun="Bitte eine Kennzahl mit richtung: belastend oder entlastend nehmen.",
            )
        if catalogue[key].art == "anzahl":
            raise SpmError(
                f"«{key}» ist eine Anzahl: Große Räume hätten doppeltes Gewicht, weil sie groß "
                "sind.",
                wo=f"{where}, synthese.verteilung.kennzahlen",
                tun="Bitte einen Anteil oder eine Rate nehmen.",
            )

    if catalogue[section.kinder].art not in ("anteil", "anzahl"):
        raise SpmError(
            f"Der Zähler von «{section.kinder}» zählt keine Personen eines Raums.",
            wo=f"{where}, synthese.verteilung.kinder",
            tun="Bitte einen Anteil oder eine Anzahl nehmen, deren Zähler die Kinder sind.",
        )
