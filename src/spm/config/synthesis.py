"""What the report shows of all numbers together: the sections ``synthese`` and ``ziele``."""

from __future__ import annotations

from pydantic import Field

from spm.config.sections import JaNein, Stripped
from spm.config.together import Gefaelle, Paar


class Synthese(Stripped):
    """The chapter Gesamtbild and its parts; without this section the parts that need no choice."""

    gesamtbild: JaNein = Field(True, description="Das Kapitel «Gesamtbild» im Bericht.")
    zusammenhaenge: list[Paar] = Field(
        [], description="Paare von Kennungen, deren Werte nebeneinandergestellt werden."
    )
    gefaelle: Gefaelle | None = Field(
        None, description="Wie sich Kennzahlen entlang der Armut der Räume ändern."
    )
    kombinationen: list[Paar] = Field(
        [],
        description="Paare von Anteilen zweier Gruppen derselben Liste von Kindern, nur für die "
        "ganze Kommune.",
    )
    segregation: list[str] = Field(
        [], description="Anteile: wie ungleich sich diese Gruppen auf die Räume verteilen."
    )
