"""``spm vorschau``: the web pages follow what is saved."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from spm.console.choices import wanted
from spm.console.paths import typed
from spm.errors import SpmError


def preview(
    params: Annotated[Path, typer.Argument(metavar="PARAMS", help="Die Params-Datei der Kommune.")],
    to: Annotated[
        str, typer.Option(help="Formate, durch Kommas getrennt: html, pdf, docx.")
    ] = "html",
    renderer: Annotated[
        str, typer.Option(help="auto (Quarto, falls installiert), quarto oder embedded.")
    ] = "auto",
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Anschluss der Seiten; sonst ein freier.")
    ] = 0,
) -> None:
    """Die Webseiten im Browser zeigen; was gespeichert wird, erscheint von selbst."""
    from spm.preview import run
    from spm.progress import Steps

    formats = wanted(to, renderer)
    if "html" not in formats:
        raise SpmError(
            "Die Vorschau zeigt die Webseiten.",
            wo="--to",
            tun="Bitte --to weglassen oder html dazunehmen, zum Beispiel --to html,pdf.",
        )
    try:
        run(params, Steps, _say, formats=formats, renderer=renderer, port=port)
    except KeyboardInterrupt:
        print()
    if "pdf" not in formats:
        print(f"Der ganze Bericht mit PDF: spm build {typed(params)}")


def _say(line: str) -> None:
    print(line, flush=True)  # whoever reads it through a pipe waits for the address
