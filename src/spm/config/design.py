"""The section ``gestaltung`` of a params file: the municipality's corporate design."""

from __future__ import annotations

from pydantic import ConfigDict, Field, field_validator, model_validator

from spm.config.sections import FileName, Section
from spm.text.colours import PAPER, TEXT, contrast, is_hex, readable
from spm.text.permitted import ALT_LONGEST
from spm.text.visible import is_visible


class Gestaltung(Section):
    """Logo and colours. Data keep colours of their own, which every reader can tell apart."""

    model_config = ConfigDict(str_strip_whitespace=True)

    logo: FileName | None = Field(
        None, description="Logo oder Wappen (SVG oder PNG), ab dem Projektordner."
    )
    logo_text: str = Field(
        "", description="Was das Logo zeigt, für Menschen, die es nicht sehen: «Wappen der Stadt»."
    )
    farbe: str = Field(
        "#14405c", description="Hausfarbe: Titelseite, Kopfzeile, Überschriften (#rrggbb)."
    )
    akzentfarbe: str = Field("#0a5a70", description="Zweite Farbe: Verweise, Linien (#rrggbb).")

    @field_validator("farbe", "akzentfarbe")
    @classmethod
    def _readable(cls, colour: str) -> str:
        if not is_hex(colour):
            raise ValueError(f"«{colour}» ist keine Farbe der Form #rrggbb, zum Beispiel #14405c.")
        ratio = contrast(colour, PAPER)
        if ratio < TEXT:
            found = f"{int(ratio * 10) / 10:.1f}".replace(".", ",")
            raise ValueError(
                f"«{colour}» hat auf Weiß einen Kontrast von nur {found} : 1; lesbar ist Schrift "
                f"ab 4,5 : 1. Der nächste dunklere Ton, der genügt: {readable(colour, PAPER)}."
            )
        return colour.lower()

    @field_validator("logo_text")
    @classmethod
    def _short(cls, text: str) -> str:
        if len(text) > ALT_LONGEST:
            raise ValueError(
                f"Der Text hat {len(text)} Zeichen; erlaubt sind {ALT_LONGEST}. Es genügt, was das "
                "Logo zeigt, zum Beispiel «Wappen der Stadt»."
            )
        return text

    @model_validator(mode="after")
    def _described(self) -> Gestaltung:
        if self.logo and not is_visible(self.logo_text):
            raise ValueError(
                "Zum Logo fehlt logo_text: was es zeigt, zum Beispiel «Wappen der Stadt»."
            )
        return self
