"""Public tables beside the deliveries: what the municipality aims at, and what it offers."""

from __future__ import annotations

from pydantic import Field

from spm.config.sections import Stripped


class Ziele(Stripped):
    """The Zielmatrix; with it the report has the chapter «Ziele und Wirkungen»."""

    datei: str = Field(
        description="Die Zielmatrix, im Datenordner (CSV oder Excel) mit den Spalten leitziel, "
        "teilziel, massnahme, wirkungsannahme, kennzahl, raum, ausgangswert, ausgangsjahr, "
        "zielwert, zieljahr, stelle, stand."
    )
