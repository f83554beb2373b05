"""Commands for what goes to the offices, and for the next year: ``spm vorlagen``, ``spm jahr``.

`spm.cli` takes them up; heavy imports stay inside.
"""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

ParamsFile = Annotated[
    Path, typer.Argument(metavar="PARAMS", help="The municipality's params file.")
]


def register(app: typer.Typer) -> None:
    """Add the commands, each also by its English name."""
    for command, english in ((vorlagen, "templates"), (jahr, "year")):
        app.command()(command)
        app.command(english, hidden=True)(command)


def shown(path: Path) -> str:
    """The path as a person in this folder would type it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def vorlagen(
    params: ParamsFile,
    years: Annotated[
        list[int] | None,
        typer.Option("--jahr", help="Only this year; may be given several times."),
    ] = None,
    office: Annotated[
        list[str] | None,
        typer.Option("--stelle", help="Only this office; may be given several times."),
    ] = None,
) -> None:
    """Excel templates for the offices: data/processed/<name>/vorlagen/, one workbook each."""
    from spm.config.params import load_params
    from spm.offices.templates import told, write_templates
    from spm.release.owneronly import owner_only

    loaded = load_params(params)
    with owner_only(loaded):
        done = write_templates(loaded, years or (), office or ())
    for line in told(done, loaded, [shown(path) for path in done.files.values()], years or ()):
        print(line)


def jahr(
    params: ParamsFile,
    year: Annotated[int, typer.Argument(metavar="YEAR", help="The year that is to be added.")],
) -> None:
    """Next year's params file, what is still to come from whom, and letters to the offices."""
    from spm.config.params import load_params
    from spm.nextyear.console import lines
    from spm.nextyear.writing import roll
    from spm.offices.letters import write_letters
    from spm.offices.outstanding import outstanding
    from spm.release.owneronly import owner_only

    done = roll(load_params(params), year)
    with owner_only(done.params):
        states = outstanding(done.params, year)
        letters = write_letters(done.params, year, states)
    for line in lines(done, year, states, letters, (str(params), shown(done.path))):
        print(line)
