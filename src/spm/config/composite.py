"""Sections ``synthese.index`` and ``synthese.status``: which indicators enter, and how."""

from __future__ import annotations

from typing import Any, Literal, get_args

from pydantic import BeforeValidator, Field

from spm.config.sections import Name, Stripped

Domaene = Literal["Ökonomie", "Integration/Sprache", "Gesundheit", "Bildung", "Umwelt/Wohnen"]
DOMAENEN: tuple[str, ...] = get_args(Domaene)
"""Domains that a catalogue may put its indicators into, in the order of the report."""


def switched(section: type[Stripped]) -> BeforeValidator:
    """Let ``ja`` stand for a section in which everything is as usual, and ``nein`` for none."""

    def of_word(value: object) -> object:
        word = value.strip().lower() if isinstance(value, str) else value
        if word in ("ja", True, "true"):
            return section()
        return None if word in ("nein", False, "false") else value

    accepted: Any = section | Literal["ja", "nein"] | bool | None
    return BeforeValidator(of_word, json_schema_input_type=accepted)


class _OfAreas(Stripped):
    mindestbevoelkerung: int = Field(
        0, ge=0, description="Räume mit weniger Menschen werden nicht eingeordnet."
    )
    bevoelkerung: str = Field(
        "einwohner", description="Kennzahl (Art anzahl), die sagt, wie viele Menschen es sind."
    )


class Index(_OfAreas):
    """Domains of indicators, and an index of them."""

    domaenen: dict[Name, list[str]] = Field(
        {},
        description="Themenfeld -> Kennungen; ohne Angabe gilt «domaene» im Kennzahlenset.",
    )
    gewichte: dict[Name, float] = Field(
        {}, description="Themenfeld -> Gewicht im Index (Standard: 1 für jedes)."
    )
    basisjahr: int | None = Field(
        None, description="Mittel und Streuung dieses Jahres gelten auch für das Berichtsjahr."
    )


class Gebietsstand(_OfAreas):
    """Status and dynamics as Berlin's monitoring tells them."""

    kennzahlen: list[str] = Field(
        [], description="Kennungen; ohne Angabe alle mit «domaene» im Kennzahlenset."
    )
    jahre: int = Field(
        2, ge=1, le=10, description="Die Entwicklung ist die Veränderung über so viele Jahre."
    )
