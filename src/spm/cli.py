"""The command line: spm neu, check, build, batch, prepare, diff, kennzahlen, merkmale, schema.

Heavy imports stay inside the commands, so that ``spm --help`` answers at once.
"""

from __future__ import annotations

import io
import logging
import signal
import sys
import warnings
from collections.abc import Callable, Collection
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from spm.errors import SpmError, nearest
from spm.setup import commands

if TYPE_CHECKING:
    from spm.progress import Steps

app = typer.Typer(
    help="From the departments' raw files to the published social report.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    add_completion=False,
)

commands.add(app)

ParamsFile = Annotated[
    Path, typer.Argument(metavar="PARAMS", help="The municipality's params file.")
]
Formats = Annotated[str, typer.Option(help="Formats, separated by commas: html, pdf, docx.")]
Renderer = Annotated[str, typer.Option(help="auto (Quarto if installed), quarto or embedded.")]
Force = Annotated[bool, typer.Option("--force", help="Make everything anew, whatever has changed.")]
Explain = Annotated[
    bool, typer.Option("--explain", help="Say of every stage why it runs or not; then build.")
]
RENDERERS = ("auto", "quarto", "embedded")
WORKING = {"build", "batch", "check", "prepare", "diff", "neu", "new"}
"""Commands that may need a temporary folder."""


@app.command()
def build(
    params: ParamsFile,
    to: Formats = "html,pdf",
    renderer: Renderer = "auto",
    explain: Explain = False,
    force: Force = False,
) -> None:
    """Build the report: report/<name of the params file>/.

    What has not changed since the last build is not made again.
    """
    from spm import build as stages
    from spm.formats import FORMATS
    from spm.progress import steps

    formats = _wanted(to, renderer)
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
        print(f"Nichts hat sich geändert, der Bericht bleibt, wie er ist: {_shown(folder)}")
        return
    for name in formats:
        print(f"Fertig: {_shown(FORMATS[name].opened(folder, folder.name))}")


@app.command()
def batch(
    params: Annotated[
        list[str], typer.Argument(metavar="PARAMS…", help="Params files, or patterns of them.")
    ],
    to: Formats = "html,pdf",
    renderer: Renderer = "auto",
    workers: Annotated[
        int | None,
        typer.Option(min=1, help="Processes; default: by the cores and memory of this machine."),
    ] = None,
    scheduler: Annotated[
        str | None, typer.Option(help="Address of a Dask cluster that runs already: tcp://…")
    ] = None,
    out: Annotated[
        Path | None, typer.Option(help="Folder of the summary; default: report/.")
    ] = None,
) -> None:
    """Check and build many municipalities in parallel; run it again to go on.

    Exit code 1 if any of them fails.
    """
    from spm import batch as many
    from spm.progress import steps

    formats = _wanted(to, renderer)
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
        print(f"Überblick: {_shown(path)}")
    if done.failed:
        raise typer.Exit(1)


@app.command()
def check(params: ParamsFile, force: Force = False) -> None:
    """Check all deliveries, write the check report and say what disclosure control will cost.

    Exit code 1 if there are errors.
    """
    from spm import build as stages
    from spm.progress import steps
    from spm.verdict import errors_among

    with steps() as shown:
        checked, paths = stages.check(params, shown, force=force)
    for line in [*stages.errors_by_cause(checked.findings), stages.verdict(checked.findings)]:
        print(line)
    for path in paths:
        print(f"Prüfprotokoll: {_shown(path)}")
    with steps() as shown:
        losses = stages.forecast(checked, shown)
    for line in [*losses, *stages.missing(checked.facts, checked.catalogue)]:
        print(line)
    if errors_among(checked.findings):
        raise typer.Exit(1)


@app.command()
def prepare(params: ParamsFile, explain: Explain = False, force: Force = False) -> None:
    """Only the data: deliveries to data/processed/<name>/published.parquet, for Jupyter."""
    from spm import build as stages
    from spm.progress import steps
    from spm.release.certificate import DATASET

    with steps() as shown:
        done = stages.prepare(params, shown, force=force, told=_told(shown, explain))
    print(f"Fertig: {_shown(done.processed / DATASET)}")


@app.command()
def diff(
    old: Annotated[Path, typer.Argument(metavar="OLD", help="The earlier report's folder.")],
    new: Annotated[Path, typer.Argument(metavar="NEW", help="The newer report's folder.")],
    out: Annotated[
        Path | None, typer.Option(help="Folder of the files; default: beside the newer report.")
    ] = None,
) -> None:
    """List what differs between two finished reports; write it as a table and a revision note."""
    from spm.diff import compare, write
    from spm.diff.console import show

    found = compare(old, new)
    paths = write(found, out)
    show(found)
    for label, path in zip(("Tabelle", "Vermerk"), paths, strict=True):
        print(f"{label}: {_shown(path)}")


@app.command()
def schema() -> None:
    """Print the JSON Schema of the params file, for completion in an editor."""
    import json

    from spm.config.filesections import editor_schema
    from spm.config.params import Params

    print(json.dumps(editor_schema(Params), ensure_ascii=False, indent=2))


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


@app.callback()
def options(
    context: typer.Context,
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Print the version.")
    ] = False,
) -> None:
    """From the departments' raw files to the published social report."""
    if context.invoked_subcommand in WORKING:
        from spm.temporary import private

        context.with_resource(private())


def _wanted(to: str, renderer: str) -> tuple[str, ...]:
    """The formats of ``--to``; SpmError if one of them, or the renderer, is unknown."""
    from spm.formats import FORMATS

    _known(renderer, RENDERERS, "Renderer", "--renderer")
    return tuple(_known(f.strip(), FORMATS, "Format", "--to") for f in to.split(","))


def _known(word: str, known: Collection[str], what: str, option: str) -> str:
    if word not in known:
        raise SpmError(
            f"{what} «{word}» gibt es nicht.{nearest(word, known)}",
            wo=option,
            tun=f"Bitte {option} weglassen oder einen der bekannten Werte nehmen.",
        )
    return word


def _shown(path: Path) -> str:
    """The path as a person in this folder would type it."""
    try:
        return str(path.relative_to(Path.cwd()))
    except ValueError:
        return str(path)


def main() -> NoReturn:
    """Entry point: user errors become a message and exit code 1, never a traceback."""
    for stream in (sys.stdout, sys.stderr):
        # A Windows console may not know every character; a replaced one beats a crash.
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")
    if not sys.warnoptions:  # of other libraries, in English, about the program: not for its users
        warnings.simplefilter("ignore")
        logging.getLogger("pypandoc").disabled = True  # it prints tracebacks of what is told anyway
    for name in ("SIGTERM", "SIGHUP"):  # the second: its terminal was closed
        number = getattr(signal, name, None)
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:  # as of nohup
            signal.signal(number, _ended)
    try:
        app()
    except SpmError as e:
        _fail(f"Fehler: {e}")
    except BrokenPipeError:  # whoever read the output has stopped reading
        sys.stdout = None
    except Exception as e:
        from spm.faults import explained, unforeseen

        _fail(f"Fehler: {explained(e) or unforeseen(e, _log_folders())}")
    sys.exit(0)


def _ended(number: int, frame: object) -> NoReturn:
    """A terminated build ends like an interrupted one: it cleans up and leaves the last report."""
    signal.signal(number, signal.SIG_IGN)  # once is enough: cleaning up takes a moment
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
