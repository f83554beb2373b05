"""What several commands take, and options that are one of a few words."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path
from typing import Annotated

import typer

from spm.errors import SpmError, nearest

ParamsFile = Annotated[Path, typer.Argument(metavar="PARAMS", help="Die Params-Datei der Kommune.")]
Formats = Annotated[str, typer.Option(help="Formate, durch Kommas getrennt: html, pdf, docx.")]
Renderer = Annotated[
    str, typer.Option(help="auto (Quarto, falls installiert), quarto oder embedded.")
]
RENDERERS = ("auto", "quarto", "embedded")


def wanted(to: str, renderer: str) -> tuple[str, ...]:
    """The formats of ``--to``; SpmError if one of them, or the renderer, is unknown."""
    from spm.formats import FORMATS

    _known(renderer, RENDERERS, "Renderer", "--renderer")
    return tuple(_known(f.strip(), FORMATS, "Format", "--to") for f in to.split(","))


def _known(word: str, known: Collection[str], what: str, option: str) -> str:
    if word not in known:
        raise SpmError(
            f"{what} «{word}» gibt es nicht.{nearest(word, known)}",
            wo=option,
            tun=f"Bitte {option} weglassen oder einen der bekannten Werte nehmen.",
        )
    return word
