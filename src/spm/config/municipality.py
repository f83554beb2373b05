"""The section ``kommune`` of a params file: name, key and grammar of the municipality."""

from __future__ import annotations

import re
from typing import Literal

from pydantic import ConfigDict, Field, field_validator

from spm.config.sections import Name, Section

AGS_DIGITS = 8
"""Digits of a municipality's key (Gemeindeschlüssel)."""

KREIS_DIGITS = 5
"""Digits of the key of a Kreis: the first ones of its Gemeinden's."""

LAST_STATE = 16
"""First two digits of the last Land."""

CITIES = ("02", "11")
"""Hamburg and Berlin: Länder without a Kreis."""


def is_land(digits: str) -> bool:
    """Whether the keys of a Land begin with these two digits."""
    return bool(re.fullmatch(r"[0-9]{2}", digits)) and 1 <= int(digits) <= LAST_STATE


class Kommune(Section):
    model_config = ConfigDict(str_strip_whitespace=True)

    name: Name = Field(min_length=1, description="Name, wie er im Bericht steht.")
    artikel: Literal["der", "die", "das"] | None = Field(
        None,
        description="Artikel des Namens, für «im Kreis Lippe», «in der Städteregion Aachen». Ohne "
        "Angabe keiner («in Flensburg»), außer der Name beginnt erkennbar wie der eines Kreises, "
        "einer Region oder einer Stadt («Kreis …», «Rhein-Sieg-Kreis», «Region …», «Stadt …»).",
    )
    ags: str = Field(
        description="Amtlicher Gemeindeschlüssel, 8 Ziffern, oder Kreisschlüssel, 5 Ziffern; mit "
        "führender Null."
    )
    raumebene: Name = Field("Sozialraum", description="Wie ein Raum heißt (Einzahl).")
    raumebene_mehrzahl: Name = Field("Sozialräume", description="Wie die Räume heißen (Mehrzahl).")
    raumebene_geschlecht: Literal["m", "f", "n"] = Field(
        "m", description="Grammatisches Geschlecht von raumebene: der, die oder das."
    )

    @field_validator("ags")
    @classmethod
    def _official_key(cls, ags: str) -> str:
        if not re.fullmatch(r"[0-9]*", ags):
            raise ValueError(
                f"«{ags}» ist kein Gemeindeschlüssel: nur Ziffern, und davon {AGS_DIGITS} (bei "
                f"einem Kreis {KREIS_DIGITS})."
            )
        if len(ags) not in (AGS_DIGITS, KREIS_DIGITS):
            raise ValueError(
                f"«{ags}» hat {len(ags)} Ziffern; ein Gemeindeschlüssel hat {AGS_DIGITS}, ein "
                f"Kreisschlüssel {KREIS_DIGITS}. Fehlt die führende Null?"
            )
        if not is_land(ags[:2]):
            raise ValueError(
                f"«{ags}» gehört zu keinem Land: Ein amtlicher Schlüssel beginnt mit 01 "
                f"(Schleswig-Holstein) bis {LAST_STATE} (Thüringen)."
            )
        if ags[3:KREIS_DIGITS] == "00" and ags[:2] not in CITIES:
            raise ValueError(
                f"«{ags}» ist der Schlüssel eines Landes oder Regierungsbezirks; der eines Kreises "
                "hat an vierter und fünfter Stelle eine Zahl ab 01."
            )
        return ags

    @property
    def is_district(self) -> bool:
        """Whether the key is that of a Kreis whose areas are Gemeinden."""
        return len(self.ags) == KREIS_DIGITS
