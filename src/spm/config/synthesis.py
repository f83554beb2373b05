"""What the report shows of all numbers together: the sections ``synthese`` and ``ziele``."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

from spm.config.allocation import Verteilung
from spm.config.composite import Gebietsstand, Index, switched
from spm.config.sections import JaNein, Stripped
from spm.config.together import Gefaelle, Paar


class Synthese(Stripped):
    """The chapter Gesamtbild and its parts; without this section the parts that need no choice."""

    gesamtbild: JaNein = Field(True, description="Das Kapitel «Gesamtbild» im Bericht.")
    index: Annotated[Index | None, switched(Index)] = Field(
        None, description="Themenfelder und ihr Index; «ja» genügt, wenn nichts zu ändern ist."
    )
    status: Annotated[Gebietsstand | None, switched(Gebietsstand)] = Field(
        None,
        description="Stand und Entwicklung der Räume nach dem Verfahren Berlins; «ja» genügt.",
    )
    verteilung: Verteilung | None = Field(
        None, description="Ein Verteilungsschlüssel als Entscheidungshilfe, wenn gewünscht."
    )
    zusammenhaenge: list[Paar] = Field(
        [], description="Paare von Kennungen, deren Werte nebeneinandergestellt werden."
    )
    gefaelle: Gefaelle | None = Field(
        None, description="Wie sich Kennzahlen entlang der Armut der Räume ändern."
    )
    kombinationen: list[Annotated[list[str], Field(min_length=1, max_length=2)]] = Field(
        [],
        description="Was sich je Kind verbinden lässt, nur für die ganze Kommune: ein Anteil "
        "(mehrere Befunde), oder ein Paar von Anteilen zweier Gruppen derselben Liste.",
    )
    segregation: list[str] = Field(
        [], description="Anteile: wie ungleich sich diese Gruppen auf die Räume verteilen."
    )
