"""``spm neu``, ``spm kennzahlen`` and ``spm merkmale``: the way to a params file."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

Word = Annotated[
    str, typer.Argument(metavar="[WORT]", help="Wort, nach dem gesucht wird; ohne Angabe alle.")
]


def set_up(
    name: Annotated[
        str, typer.Argument(metavar="NAME", help="Name der Kommune, zum Beispiel Flensburg.")
    ],
    folder: Annotated[Path, typer.Argument(metavar="ORDNER", help="Ordner der Rohdaten.")],
    ags: Annotated[
        str | None,
        typer.Option(help="Amtlicher Gemeindeschlüssel (AGS): 8 Ziffern, bei einem Kreis 5."),
    ] = None,
    like: Annotated[
        Path | None, typer.Option("--von", help="Params-Datei, deren Zuordnungen gelten sollen.")
    ] = None,
) -> None:
    """Aus einem Ordner von Rohdaten params/<Name>.yml vorschlagen; noch einmal für neue Dateien.

    Was in der Datei steht, bleibt, wie es ist.
    """
    from spm.setup.paramsfile import set_up as write

    for line in write(name, folder, ags=ags, like=like).lines:
        print(line)


def find_indicators(word: Word = "") -> None:
    """Kennzahlen suchen: Kennung, Titel, und welche Merkmale und Altersgruppen sie brauchen."""
    from spm.setup.lookup import show_indicators

    for line in show_indicators(word):
        print(line)


def find_measures(word: Word = "") -> None:
    """Merkmale suchen: wie Stellen sie nennen, gefragte Gruppen, und ihre Kennzahlen."""
    from spm.setup.lookup import show_measures

    for line in show_measures(word):
        print(line)
