"""Commands and words of the command line that need more than a call; imported at once, so light."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import typer


def register(app: typer.Typer) -> None:
    """Add the commands of this room, under their German name and an English one."""
    from spm.console.explaining import explain_number
    from spm.console.offices import next_year, templates
    from spm.console.ownchapter import begin_chapter
    from spm.console.previewing import preview
    from spm.console.setting_up import find_indicators, find_measures, set_up

    for german, english, command in (
        ("neu", "new", set_up),
        ("vorlagen", "templates", templates),
        ("jahr", "year", next_year),
        ("vorschau", "preview", preview),
        ("erklaere", "explain", explain_number),
        ("kapitel", "chapter", begin_chapter),
    ):
        app.command(german)(command)
        app.command(english, hidden=True)(command)
    app.command("kennzahlen")(find_indicators)
    app.command("merkmale")(find_measures)
