"""``spm erklaere``: what a number of the report is made of."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from spm.console.choices import ParamsFile


def explain_number(
    params: ParamsFile,
    what: Annotated[
        str,
        typer.Argument(
            metavar="KENNZAHL",
            help="Kennung der Kennzahl, oder eine Adresse aus Bericht oder Atlas: "
            "«atlas.html#kennzahl=…&jahr=…&raum=…», «#fig-…», «#tbl-…-daten».",
        ),
    ],
    year: Annotated[str, typer.Argument(metavar="JAHR", help="Ohne Angabe das Berichtsjahr.")] = "",
    area: Annotated[
        str,
        typer.Argument(
            metavar="RAUM",
            help="Schlüssel oder Name des Raums, eine Gruppe oder eine Einrichtung; ohne Angabe "
            "die ganze Kommune.",
        ),
    ] = "",
    as_json: Annotated[bool, typer.Option("--json", help="Als JSON, mit allen Zeilen.")] = False,
    file: Annotated[
        Path | None,
        typer.Option("--datei", help="In eine Datei des vertraulichen Ordners schreiben."),
    ] = None,
) -> None:
    """Eine Zahl erklären: Wert, Formel, Zeilen der Lieferung, Geheimhaltung, Tests, Fundstellen.

    Vertraulich: Sie zeigt auch, was im Bericht gesperrt ist, und braucht den Ordner
    data/processed/<Name der Params-Datei>.
    """
    import json

    from spm.explain import explain, inside, open_project
    from spm.explain.wording import in_words
    from spm.release.owneronly import owner_only
    from spm.release.replacing import replace_text

    project = open_project(params)
    target = inside(project, file) if file else None
    told = explain(project, what, year, area)
    if as_json:
        text = json.dumps(told.plain(), ensure_ascii=False, indent=2)
    else:
        text = "\n".join(in_words(told, project.report.view(told.kennzahl).text))
    if target is None:
        print(text)
        return
    with owner_only(project.report.params):
        target.parent.mkdir(parents=True, exist_ok=True)
        replace_text(target, text + "\n")
    print(f"Vertraulich gespeichert: {target}")
