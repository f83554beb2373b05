"""The command line; commands that need more than a call are in `spm.console`.

Heavy imports stay inside the commands, so that ``spm --help`` answers at once.
"""

from __future__ import annotations

import logging
import sys
import warnings
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from spm.console import register
from spm.console.choices import Formats, ParamsFile, Renderer, wanted
from spm.console.help import speak_german
from spm.console.paths import typed
from spm.errors import SpmError
from spm.system import console as speaking
from spm.system.memory import collect_seldom

if TYPE_CHECKING:
    from spm.progress import Steps

app = typer.Typer(
    help="Von den Dateien der Ämter zum veröffentlichten Sozialbericht.",
    pretty_exceptions_enable=False,
    add_completion=False,
)

Force = Annotated[
    bool, typer.Option("--force", help="Alles neu machen, gleich was sich geändert hat.")
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Von jeder Stufe sagen, warum sie läuft oder nicht.")
]
WORKING = {
    *("build", "batch", "check", "prepare", "diff", "erklaere", "explain", "vorschau", "preview"),
    *("vorlagen", "templates", "jahr", "year", "neu", "new"),
}
"""Commands that may need a temporary folder."""


@app.command()
def build(
    params: ParamsFile,
    to: Formats = "html,pdf",
    renderer: Renderer = "auto",
    explain: Explain = False,
    force: Force = False,
) -> None:
    """Den Bericht bauen: report/<Name der Params-Datei>/.

    Was sich seit dem letzten Bau nicht geändert hat, wird nicht noch einmal gemacht.
    """
    from spm import build as stages
    from spm.formats import FORMATS
    from spm.progress import steps

    formats = wanted(to, renderer)
    same: list[bool] = []
    with steps() as shown:
        folder = stages.build(
            params,
            shown,
            formats,
            renderer,
            force=force,
            told=_told(shown, explain),
            unchanged=lambda: same.append(True),
        )
    if same:
        print(f"Nichts hat sich geändert, der Bericht bleibt, wie er ist: {typed(folder)}")
        return
    for name in formats:
        print(f"Fertig: {typed(FORMATS[name].opened(folder, folder.name))}")


@app.command()
def batch(
    params: Annotated[
        list[str],
        typer.Argument(metavar="PARAMS…", help="Params-Dateien oder Muster wie params/*.yml."),
    ],
    to: Formats = "html,pdf",
    renderer: Renderer = "auto",
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Prozesse; sonst nach Kernen und Arbeitsspeicher."),
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Adresse eines Dask-Clusters, der schon läuft: tcp://…")
    ] = None,
    out: Annotated[Path | None, typer.Option(help="Ordner des Überblicks; sonst report/.")] = None,
) -> None:
    """Viele Kommunen nebeneinander prüfen und bauen.

    Derselbe Aufruf macht nach einer Unterbrechung weiter. Exit-Code 1, wenn eine scheitert.
    """
    from spm import batch as many
    from spm.progress import steps

    formats = wanted(to, renderer)
    if workers and scheduler:
        raise SpmError(
            "Wie viele Worker ein laufender Cluster hat, bestimmt er selbst.",
            wo="--workers und --scheduler",
            tun="Bitte eines von beiden weglassen.",
        )
    with steps() as shown:
        done = many.run(
            params, shown, formats, renderer, workers=workers, scheduler=scheduler, out=out
        )
    for line in many.recap(done):
        print(line)
    for path in done.pages:
        print(f"Überblick: {typed(path)}")
    if done.failed:
        raise typer.Exit(1)


@app.command()
def check(params: ParamsFile, force: Force = False) -> None:
    """Alle Lieferungen prüfen, das Prüfprotokoll schreiben, Verluste durch Geheimhaltung nennen.

    Eine Datei für mehrere Kommunen: alle nacheinander, oder eine (params/kreis.yml/detmold).
    Exit-Code 1, wenn es Fehler gibt.
    """
    from spm import build as stages
    from spm.console.checkall import check_all, municipalities
    from spm.console.checked import first, last, show
    from spm.progress import steps
    from spm.verdict import errors_among

    if each := municipalities(params):
        if not check_all(params, each, force=force):
            raise typer.Exit(1)
        return
    with steps() as shown:
        checked, paths = stages.check(params, shown, force=force)
    show(first(checked, paths))
    with steps() as shown:
        losses = stages.forecast(checked, shown)
    show([losses, *last(checked, params, paths)])
    if errors_among(checked.findings):
        raise typer.Exit(1)


@app.command()
def prepare(params: ParamsFile, explain: Explain = False, force: Force = False) -> None:
    """Nur die Daten bis data/processed/<Name>/published.parquet, für die Arbeit in Jupyter."""
    from spm import build as stages
    from spm.progress import steps
    from spm.release.certificate import DATASET

    with steps() as shown:
        done = stages.prepare(params, shown, force=force, told=_told(shown, explain))
    print(f"Fertig: {typed(done.processed / DATASET)}")


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="ALT", help="Ordner des früheren Berichts.")],
    new: Annotated[Path, typer.Argument(metavar="NEU", help="Ordner des neueren Berichts.")],
    out: Annotated[
        Path | None, typer.Option(help="Ordner der Dateien; sonst neben dem neueren Bericht.")
    ] = None,
) -> None:
    """Zwei fertige Berichte vergleichen: Unterschiede als Tabelle und Vermerk."""
    from spm.diff import compare, write
    from spm.diff.console import show

    found = compare(old, new)
    paths = write(found, out)
    show(found)
    for label, path in zip(("Tabelle", "Vermerk"), paths, strict=True):
        print(f"{label}: {typed(path)}")


@app.command()
def schema() -> None:
    """Das JSON-Schema der Params-Datei ausgeben, für die Vervollständigung im Editor."""
    import json

    from spm.config.schema import params_schema

    print(json.dumps(params_schema(), ensure_ascii=False, indent=2))


register(app)


def _told(shown: Steps, explain: bool) -> Callable[[str, str], None]:
    def told(name: str, why: str) -> None:
        if explain:
            shown.note(f"{name}: {why}")

    return told


def _version(wanted: bool) -> None:
    if wanted:
        from importlib import metadata

        print(f"spm {metadata.version('spm')}")
        raise typer.Exit


@app.callback(invoke_without_command=True)
def options(
    context: typer.Context,
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Die Version nennen."),
    ] = False,
) -> None:
    """Von den Dateien der Ämter zum veröffentlichten Sozialbericht."""
    if context.invoked_subcommand is None:
        from spm.console.greeting import greeting

        print("\n".join(greeting(Path.cwd())))
    if context.invoked_subcommand in WORKING:
        from spm.temporary import private

        context.with_resource(private())


def main() -> NoReturn:
    """Entry point: user errors become a message and exit code 1, never a traceback."""
    speaking.prepare()
    collect_seldom()
    if not sys.warnoptions:  # of other libraries, in English, about the program: not for its users
        warnings.simplefilter("ignore")
        logging.getLogger("pypandoc").disabled = True  # it prints tracebacks of what is told anyway
    speaking.on_end(_ended)
    group = typer.main.get_command(app)
    speak_german(group)
    code = None
    try:
        code = group(prog_name="spm", standalone_mode=False)
    except SpmError as e:
        _fail(f"Fehler: {e}")
    except typer.Abort:
        _fail("Abgebrochen.")
    except BrokenPipeError:  # whoever read the output has stopped reading
        sys.stdout = None
    except Exception as e:
        from spm.console.usage import CODE, in_german
        from spm.faults import explained, unforeseen

        if usage := in_german(e):
            _fail(f"Fehler: {usage}", CODE)
        _fail(f"Fehler: {explained(e) or unforeseen(e, _log_folders())}")
    sys.exit(code if isinstance(code, int) else 0)


def _ended(number: int, frame: object) -> NoReturn:
    """A terminated build ends like an interrupted one: it cleans up and leaves the last report."""
    speaking.ignore(number)
    sys.exit(128 + number)


def _log_folders() -> list[Path]:
    """Where a traceback may lie: with the confidential data of the project, else where temporary
    files do."""
    import tempfile

    from spm.config.projectpaths import MARKER

    named = [Path(word).absolute() for word in sys.argv[1:] if not word.startswith("-")]
    above = [folder for path in [*named, Path.cwd() / "_"] for folder in path.parents]
    root = next((folder for folder in above if (folder / MARKER).is_file()), None)
    found = [root / "data" / "processed"] if root else []
    return [*found, Path(tempfile.gettempdir())]


def _fail(message: str, code: int = 1) -> NoReturn:
    print(message, file=sys.stderr)
    sys.exit(code)
