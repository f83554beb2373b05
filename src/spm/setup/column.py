"""One column of a raw table and the kinds of columns that there are."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from spm.setup.areas import Matched
from spm.setup.words import Said

RAUM, JAHR, ALTER, VON, BIS, GESCHLECHT, NATION = (
    "raum", "jahr", "alter", "alter_von", "alter_bis", "geschlecht", "staatsangehoerigkeit",
)  # fmt: skip


ZAHL, ANTEIL, TEXT, KENNUNG, LEER = "zahl", "anteil", "text", "kennung", "leer"


DIMENSIONS = (RAUM, JAHR, ALTER, VON, BIS, GESCHLECHT, NATION)


MOST_CATEGORIES = 60
"""Distinct texts of a column that splits a table; more are names or remarks."""


@dataclass
class Column:
    """One column and what it is.

    Attributes
    ----------
    number, header, said : where it is, what it is called, what that says.
    texts : its cells.
    kind : one of the constants of this module.
    values : text -> canonical value, where SPM would not read the text by itself.
    matched : of a column of areas.
    why : the evidence, in German.
    filled_down : how many rows each of its texts stands for, if the others are empty; else 0.
    """

    number: int
    header: str
    said: Said
    texts: list[str]
    kind: str = TEXT
    values: dict[str, str] = field(default_factory=dict)
    matched: Matched | None = None
    why: str = ""
    filled_down: int = 0

    @cached_property
    def distinct(self) -> list[str]:
        """Its texts, each once, in their order."""
        return list(dict.fromkeys(self.texts))

    @cached_property
    def filled(self) -> list[str]:
        """The same without the empty one."""
        return [text for text in self.distinct if text]
