"""What the report shows of all numbers together: the sections ``synthese`` and ``ziele``."""

from __future__ import annotations

from pydantic import Field

from spm.config.allocation import Verteilung
from spm.config.sections import JaNein, Stripped


class Synthese(Stripped):
    """The chapter Gesamtbild and its parts; without this section the parts that need no choice."""

    gesamtbild: JaNein = Field(True, description="Das Kapitel «Gesamtbild» im Bericht.")
    verteilung: Verteilung | None = Field(
        None, description="Ein Verteilungsschlüssel als Entscheidungshilfe, wenn gewünscht."
    )
