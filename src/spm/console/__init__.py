"""Commands and words of the command line that need more than a call; imported at once, so light."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this room, under their German name and an English one."""
    from spm.console.explaining import explain_number
    from spm.console.ownchapter import begin_chapter
    from spm.console.previewing import preview

    app.command("erklaere")(explain_number)
    app.command("explain", hidden=True)(explain_number)
    app.command("kapitel")(begin_chapter)
    app.command("chapter", hidden=True)(begin_chapter)
    app.command("vorschau")(preview)
    app.command("preview", hidden=True)(preview)
