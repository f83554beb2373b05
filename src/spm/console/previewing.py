"""``spm vorschau``: the web pages follow what is saved."""

from __future__ import annotations

from typing import Annotated

import typer

from spm.console.choices import Formats, ParamsFile, Renderer, wanted
from spm.console.paths import typed
from spm.errors import SpmError


def preview(
    params: ParamsFile,
    to: Formats = "html",
    renderer: Renderer = "auto",
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
