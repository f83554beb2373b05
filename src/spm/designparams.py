"""The section ``gestaltung`` of a params file: the municipality's corporate design."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING
from xml.etree import ElementTree

from pydantic import ConfigDict, Field, field_validator, model_validator

from spm.colours import PAPER, TEXT, contrast, is_hex, readable
from spm.errors import SpmError
from spm.sections import Section

if TYPE_CHECKING:
    from spm.params import Params

LOGOS = (".svg", ".png")
LARGEST = 500_000
"""Bytes of a logo; it is part of every page."""

_PNG = b"\x89PNG\r\n\x1a\n"


class Gestaltung(Section):
    """Logo and colours. Data keep colours of their own, which every reader can tell apart."""

    model_config = ConfigDict(str_strip_whitespace=True)

    logo: str | None = Field(
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

    @model_validator(mode="after")
    def _described(self) -> Gestaltung:
        if self.logo and not self.logo_text:
            raise ValueError(
                "Zum Logo fehlt logo_text: was es zeigt, zum Beispiel «Wappen der Stadt»."
            )
        return self


def logo_file(params: Params) -> Path | None:
    """The logo, checked; None if there is none.

    Raises
    ------
    SpmError
        The file is missing, too large, neither SVG nor PNG, or an SVG that asks for other files.
    """
    name = params.gestaltung.logo
    if not name:
        return None
    path = params.projektdatei(name)
    was = _problem(path)
    if was:
        raise SpmError(
            was,
            wo=f"{params.pfad}, gestaltung.logo: {name}",
            tun="Bitte ein Logo als SVG oder PNG nehmen, das alles selbst enthält.",
        )
    return path


def _problem(path: Path) -> str:
    if not path.is_file():
        return f"Das Logo «{path.name}» gibt es nicht."
    if path.suffix.lower() not in LOGOS:
        return f"Das Logo «{path.name}» ist weder SVG noch PNG."
    if path.stat().st_size > LARGEST:
        return f"Das Logo «{path.name}» ist größer als {LARGEST // 1000} kB."
    content = path.read_bytes()
    if path.suffix.lower() == ".png":
        return "" if content.startswith(_PNG) else f"«{path.name}» ist kein PNG."
    try:
        root = ElementTree.fromstring(content)
    except ElementTree.ParseError:
        root = None
    if root is None or not root.tag.endswith("svg") or b"<!ENTITY" in content:
        return f"«{path.name}» ist kein SVG."
    for element in root.iter():
        if str(element.tag).endswith(("script", "foreignObject")):
            return f"Das Logo «{path.name}» enthält ein Programm oder fremde Inhalte."
        for key, value in element.attrib.items():
            outside = key.endswith("href") and not value.startswith(("#", "data:"))
            if outside or re.search(r"url\(\s*['\"]?(?!#|data:)", value) or "://" in value:
                return f"Das Logo «{path.name}» verweist auf andere Dateien."
    return ""
