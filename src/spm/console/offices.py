"""``spm vorlagen`` and ``spm jahr``: what goes to the offices, and the next year."""

from __future__ import annotations

from typing import Annotated

import typer

from spm.console.choices import ParamsFile
from spm.console.paths import typed


def templates(
    params: ParamsFile,
    years: Annotated[
        list[int] | None,
        typer.Option("--jahr", help="Nur dieses Jahr; auch mehrmals."),
    ] = None,
    office: Annotated[
        list[str] | None,
        typer.Option("--stelle", help="Nur diese Stelle; auch mehrmals."),
    ] = None,
) -> None:
    """Excel-Vorlagen für die Stellen, je eine: data/processed/<Name>/vorlagen/."""
    from spm.config.params import load_params
    from spm.offices.templates import told, write_templates
    from spm.release.owneronly import owner_only

    loaded = load_params(params)
    with owner_only(loaded):
        done = write_templates(loaded, years or (), office or ())
    for line in told(done, loaded, [typed(path) for path in done.files.values()], years or ()):
        print(line)


def next_year(
    params: ParamsFile,
    year: Annotated[int, typer.Argument(metavar="JAHR", help="Das Jahr, das dazukommt.")],
    skip: Annotated[
        bool,
        typer.Option(
            "--ueberspringen", help="Jahre dazwischen haben keinen eigenen Bericht: so gewollt."
        ),
    ] = False,
) -> None:
    """Die Params-Datei des nächsten Jahres, was noch fehlt und Briefe an die Stellen."""
    from spm.config.params import load_params
    from spm.config.projectpaths import find_file
    from spm.nextyear.console import lines
    from spm.nextyear.writing import refuse_joint, roll
    from spm.offices.letters import write_letters
    from spm.offices.outstanding import outstanding
    from spm.release.owneronly import owner_only
    from spm.setup.unused import unused

    refuse_joint(find_file(params), year)
    done = roll(load_params(params), year, skip=skip)
    with owner_only(done.params):
        states = outstanding(done.params, year)
        letters = write_letters(done.params, year, states)
    names = (str(params), typed(done.path))
    for line in lines(done, year, states, letters, names, unused(done.params)):
        print(line)
