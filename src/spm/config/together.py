"""Which indicators are looked at together: pairs, and outcomes in an order by poverty."""

from __future__ import annotations

from typing import Annotated

from pydantic import AfterValidator, Field

from spm.config.sections import Stripped


def _pair(keys: list[str]) -> list[str]:
    if len(keys) != 2:
        raise ValueError("Hier stehen zwei Kennungen in eckigen Klammern: [erste, zweite].")
    return keys


Paar = Annotated[list[str], AfterValidator(_pair)]


class Gefaelle(Stripped):
    """Outcomes along the areas in the order of their poverty."""

    armut: str = Field(description="Kennung der Kennzahl, nach der die Räume geordnet werden.")
    kennzahlen: list[str] = Field(
        min_length=1, description="Kennungen: was sich entlang dieser Ordnung ändert."
    )
