"""The commands of this room: spm neu, spm kennzahlen, spm merkmale."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Word = Annotated[str, typer.Argument(metavar="[WORT]", help="Word to look for; default: all.")]


def add(app: typer.Typer) -> None:
    """Give the program its commands; what they do is loaded when they are called."""
    app.command("neu")(set_up)
    app.command("new", hidden=True)(set_up)
    app.command("kennzahlen")(find_indicators)
    app.command("merkmale")(find_measures)


def set_up(
    name: Annotated[str, typer.Argument(metavar="NAME", help="Of the municipality: Flensburg.")],
    folder: Annotated[Path, typer.Argument(metavar="ORDNER", help="Folder of the raw files.")],
    ags: Annotated[
        str | None, typer.Option(help="Official key (AGS): 8 digits, of a Kreis 5.")
    ] = None,
    like: Annotated[
        Path | None, typer.Option("--von", help="Params file whose mappings are taken over.")
    ] = None,
) -> None:
    """Propose params/<name>.yml from a folder of raw files; again to add new files.

    Also called spm new. Nothing that stands in the file is changed.
    """
    from spm.setup.paramsfile import set_up as write

    for line in write(name, folder, ags=ags, like=like).lines:
        print(line)


def find_indicators(word: Word = "") -> None:
    """Search the indicators: id, title, and the measures and ages that each needs."""
    from spm.setup.lookup import show_indicators

    for line in show_indicators(word):
        print(line)


def find_measures(word: Word = "") -> None:
    """Search the measures: how offices call them, groups asked for, and their indicators."""
    from spm.setup.lookup import show_measures

    for line in show_measures(word):
        print(line)
