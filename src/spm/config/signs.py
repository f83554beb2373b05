"""How a table writes numbers, and the signs that stand in place of one or beside it."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field, model_validator

from spm.config.sections import Section

DASHES = ("-", "–", "—", "−", "‐", "‑")
"""Hyphen, en dash, em dash, minus sign, and two more hyphens: nobody sees the difference."""

_DIN_55301 = {
    "null_zeichen": DASHES,
    "gesperrt": (".", "·", "•"),
    "fehlend": ("", "/", "x", "X", "…", "..."),
    "marken": ("()", "r", "p", "s"),
}
"""Signs of DIN 55301 and of the statistical offices, by the key that each belongs to."""


def _as_factors(value: object) -> object:
    """Let people write one factor for all columns with numbers."""
    return {"": value} if isinstance(value, int | float | str) else value


class Zeichen(Section):
    """The keys of a table that say how its numbers are written."""

    dezimal: Literal[",", "."] = Field(default=",", description="Dezimalzeichen in Textzahlen.")
    tausender: Literal[".", ",", " ", "'", ""] | None = Field(
        default=None,
        description="Tausendertrennzeichen in Textzahlen; ohne Angabe der Punkt, bei "
        "dezimal «.» das Komma.",
    )
    zeichen: Literal["din55301"] | None = Field(
        default=None,
        description="Die Zeichen amtlicher Tabellen (DIN 55301) gelten: – genau null, . gesperrt, "
        "/ x … nicht geliefert, hinter oder um Zahlen r p s ( ). Was unter fehlend, gesperrt, "
        "null_zeichen und marken steht, kommt dazu.",
    )
    fehlend: list[str] = Field(
        default=[""], description="Zeichen für: nicht geliefert. Wird nie zu 0."
    )
    gesperrt: list[str] = Field(
        default_factory=list,
        description="Zeichen für: vom Absender gesperrt (Geheimhaltung). Wird nie zu 0.",
    )
    null_zeichen: list[str] = Field(
        default_factory=list,
        description="Zeichen für: genau null, z. B. der Strich amtlicher Tabellen. Zählt als 0.",
    )
    marken: list[str] = Field(
        default_factory=list,
        description="Zeichen, die vor oder hinter einer Zahl stehen dürfen, z. B. r (berichtigt); "
        "«()» umschließt sie. Die Zahl gilt, das Zeichen wird gemeldet.",
    )
    faktor: Annotated[
        dict[str, Annotated[float, Field(gt=0)]],
        BeforeValidator(_as_factors, json_schema_input_type=float | dict[str, float]),
    ] = Field(
        default={},
        description="Damit werden die Zahlen malgenommen und dann gerundet: eine Zahl, oder je "
        "Überschrift einer Wertespalte eine. Hektar in m²: 10000.",
    )

    @model_validator(mode="after")
    def _signs(self) -> "Zeichen":
        if self.thousands and self.thousands == self.dezimal:
            raise ValueError("dezimal und tausender dürfen nicht dasselbe Zeichen sein.")
        both = set(self.fehlend) & set(self.gesperrt)
        if both and "fehlend" in self.model_fields_set:
            raise ValueError(f"«{min(both)}» steht unter fehlend und unter gesperrt.")
        for key in ("fehlend", "gesperrt"):
            if key in self.model_fields_set and (zero := set(getattr(self, key)) & self.zeros):
                raise ValueError(
                    f"«{min(zero)}» steht unter {key} und heißt zugleich genau null "
                    "(null_zeichen oder zeichen)."
                )
        for mark in self.marken:
            if not mark.strip() or mark.isdecimal() or mark in (*DASHES, ".", ",", "+", "'"):
                raise ValueError(
                    f"«{mark}» kann keine Marke sein: es wäre von der Zahl nicht zu unterscheiden."
                )
        return self

    @property
    def thousands(self) -> str:
        """The thousands separator of text numbers; "" if there is none."""
        if self.tausender is None:
            return "." if self.dezimal == "," else ","
        return self.tausender

    @property
    def zeros(self) -> set[str]:
        """Texts that mean exactly zero."""
        return {*self.null_zeichen, *self._preset("null_zeichen")}

    @property
    def suppressed(self) -> set[str]:
        """Texts that mean: suppressed by the sender."""
        return {*self.gesperrt, *self._preset("gesperrt")} - (self._own("fehlend") | self.zeros)

    @property
    def undelivered(self) -> set[str]:
        """Texts that mean: not delivered."""
        others = self._own("gesperrt") | self.zeros
        return {*self.fehlend, *self._preset("fehlend")} - others

    @property
    def marks(self) -> list[str]:
        """Texts that may stand beside a number, or around it."""
        return list(dict.fromkeys([*self.marken, *self._preset("marken")]))

    def factor(self, header: str) -> float | None:
        """What the numbers of a column are multiplied with; None if nothing is said."""
        return self.faktor.get(header, self.faktor.get(""))

    def _preset(self, key: str) -> tuple[str, ...]:
        return _DIN_55301[key] if self.zeichen else ()

    def _own(self, key: str) -> set[str]:
        return set(getattr(self, key)) if key in self.model_fields_set else set()
