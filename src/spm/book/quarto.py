"""Rendering with an installed Quarto.

The book carries the report's design (`spm.book.extension`), so that Quarto makes the same report as
the embedded renderer.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Collection
from pathlib import Path

from spm.book.outputs import FIGURES
from spm.errors import SpmError
from spm.system.files import remove_folder
from spm.system.lines import make_alike

_UNRESOLVED = re.compile(r"(\S+: )?Unable to resolve (?:crossref|link)\S* @?(\S+)", re.IGNORECASE)
_ERROR = re.compile(r"^.*\berror\b", re.IGNORECASE | re.MULTILINE)
_LOGGED = re.compile(r"^ERROR\b", re.MULTILINE)
"""Of an error in a filter Quarto may only tell, and go on without what was to be written."""
_TRACE = re.compile(r"^Stack trace(?:back)?:", re.IGNORECASE | re.MULTILINE)
"""Quarto tells first what it does and last its own lines of code; what is wrong stands between."""
_TYPST = re.compile(r"^\[typst\]: Compiling (.+?\.typ) to .+?\.pdf\.\.\.", re.MULTILINE)
_TYPST_ERROR = re.compile(r"^error: (.+)", re.MULTILINE)

_OUTPUT_DIR = "_book"

_PATTERN = re.compile(r"[\[\]{}]")
"""What Quarto takes for a pattern in the path of a book: it then finds no chapter."""

_FORMATS = {"html": "spm-html", "pdf": "spm-typst"}
"""Of the book, by ours; `spm.book.extension` writes them."""

_NOT_OURS = ("search.json", "site_libs")
"""Of Quarto's own search and scripts, which no page of the report loads."""

TRIED = ((1, 9), (1, 10))
"""Versions of Quarto that the project was tried with: "auto" takes these, and no others."""


def find() -> str | None:
    """Find the quarto program: ``QUARTO_PATH`` (program or its folder), else on the PATH."""
    given = os.environ.get("QUARTO_PATH")
    if given:
        for candidate in (given, str(Path(given) / "quarto"), str(Path(given) / "bin" / "quarto")):
            if found := shutil.which(candidate):
                return found
    return shutil.which("quarto")


def choose(renderer: str) -> tuple[str | None, str]:
    """Decide whether Quarto renders.

    Parameters
    ----------
    renderer : "auto", "quarto" or "embedded".

    Returns
    -------
    tuple
        The program, None for the embedded renderer; and a German sentence that says why, where that
        is not plain.

    Raises
    ------
    SpmError
        Quarto was asked for by name and is not installed, or does not start.
    """
    if renderer == "embedded":
        return None, ""
    executable = find()
    if executable is None and renderer == "quarto":
        raise SpmError(
            "Quarto ist auf diesem Rechner nicht zu finden.",
            wo="PATH und Umgebungsvariable QUARTO_PATH",
            tun="Quarto installieren oder den eingebauten Renderer wählen: --renderer embedded.",
        )
    if executable is None:
        return None, ""
    try:
        found = version(executable)
    except SpmError:
        if renderer == "quarto":
            raise
        return None, "Quarto lässt sich nicht starten; der eingebaute Renderer setzt."
    if tuple(int(n) for n in re.findall(r"\d+", found)[:2]) in TRIED:
        return executable, ""
    tried = " und ".join(".".join(map(str, numbers)) for numbers in TRIED)
    if renderer == "quarto":
        return executable, f"Quarto {found} ist nicht erprobt (erprobt: {tried})."
    return None, (
        f"Quarto {found} ist nicht erprobt (erprobt: {tried}); der eingebaute Renderer setzt. "
        "Mit --renderer quarto setzt Quarto trotzdem."
    )


def version(executable: str) -> str:
    """Version of a Quarto, e.g. "1.9.38".

    Raises
    ------
    SpmError
        It does not start or ends with an error.
    """
    code, text = _run(executable, ["--version"], Path.cwd())
    if code:
        raise _broken(text)
    lines = text.strip().splitlines()
    return lines[-1].strip() if lines else ""


def render(executable: str, book: Path, out: Path, formats: Collection[str], slug: str) -> str:
    """Render a staged book to ``out/html/`` and ``out/<slug>.pdf``.

    Both formats are rendered in one run on a copy of the book, because Quarto writes into the
    folder it renders and deletes one format's output while rendering another.
    The chapters were checked exactly as for the embedded renderer: Quarto only warns about an
    unresolved reference and says nothing about a duplicate id.

    Returns
    -------
    str
        e.g. "quarto 1.9.38".

    Raises
    ------
    SpmError
        Quarto ends with an error, warns about an unresolved reference,
        or leaves out a format.
    """
    with tempfile.TemporaryDirectory(prefix="spm-quarto-") as folder:
        if _PATTERN.search(folder):
            raise SpmError(
                "Mit eckigen und geschweiften Klammern in den Namen von Ordnern kann Quarto nichts "
                "anfangen.",
                wo=str(Path(folder).parent),
                tun="Bitte einen anderen Ordner für Zwischendateien wählen (Variable TMPDIR, "
                "unter Windows TEMP) oder --renderer embedded.",
            )
        copy = Path(folder) / "book"
        shutil.copytree(book, copy)
        only = ["--to", *(_FORMATS[name] for name in formats)] if len(formats) == 1 else []
        code, messages = _run(executable, ["render", *only], copy)
        if code or _LOGGED.search(messages):
            raise _refusal(messages, copy, ended=bool(code))
        unresolved = sorted({match[0].strip() for match in _UNRESOLVED.finditer(messages)})
        if unresolved:
            raise SpmError(
                "Quarto findet das Ziel eines Verweises nicht.",
                wo="; ".join(unresolved),
                tun="Bitte die Kennung im genannten Kapitel prüfen.",
            )
        _collect(copy / _OUTPUT_DIR, out, formats, slug)
    return f"quarto {version(executable)}"


def _run(executable: str, arguments: list[str], cwd: Path) -> tuple[int, str]:
    """Exit code and messages."""
    try:
        done = subprocess.run(
            [executable, *arguments],
            cwd=cwd,
            env=_environment(),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            check=False,
        )
    except OSError as e:
        raise SpmError(
            f"Quarto lässt sich nicht starten ({e.strerror}).",
            wo=executable,
            tun="Bitte die Installation prüfen oder --renderer embedded wählen.",
        ) from None
    text = re.sub(r"\x1b\[[0-9;]*m", "", done.stdout.decode("utf-8", "replace"))
    return done.returncode, text.replace("\r\n", "\n")


def _refusal(messages: str, copy: Path, *, ended: bool) -> SpmError:
    """Why a book was not rendered; what Typst refuses is told as by the embedded renderer."""
    from spm.book.refusals import refusal  # most builds need nothing of it

    compiling = _TYPST.search(messages)
    if compiling and (copy / compiling[1]).is_file():
        main = copy / compiling[1]
        diagnostic = messages[compiling.end() :].split("\nERROR:")[0]
        if first := _TYPST_ERROR.search(diagnostic):
            pictures = {f"{FIGURES}/{p.name}": p for p in sorted((copy / FIGURES).glob("*"))}
            return refusal(first[1], diagnostic, main.read_text("utf-8"), main.name, pictures)
    return _broken(messages, ended=ended)


def _broken(messages: str, *, ended: bool = True) -> SpmError:
    text = _TRACE.split(messages)[0]
    begin = _ERROR.search(text)
    return SpmError(
        "Quarto ist mit einem Fehler abgebrochen." if ended else "Quarto meldet einen Fehler.",
        wo=text[begin.start() if begin else 0 :].strip()[:2000],
        tun="Bitte die Meldung prüfen; ohne Quarto geht es mit --renderer embedded.",
    )


def _environment() -> dict[str, str]:
    """The environment, with the Typst of a conda installation if nobody has named it.

    conda-forge installs Typst as a package of its own and names it in ``QUARTO_TYPST`` when an
    environment is activated, but not in every shell of Windows.
    """
    environment = dict(os.environ)
    if not environment.get("QUARTO_TYPST") and environment.get("CONDA_PREFIX"):
        prefix = Path(environment["CONDA_PREFIX"])
        places = [str(prefix / "Library" / "bin"), str(prefix / "bin")]
        if found := shutil.which("typst", path=os.pathsep.join(places)):
            environment["QUARTO_TYPST"] = found
    return environment


def _collect(rendered: Path, out: Path, formats: Collection[str], slug: str) -> None:
    pdf = rendered / f"{slug}.pdf"
    if not pdf.is_file():
        pdf = next(iter(sorted(rendered.glob("*.pdf"))), pdf)
    missing = [
        name
        for name, there in (("html", (rendered / "index.html").is_file()), ("pdf", pdf.is_file()))
        if name in formats and not there
    ]
    if missing:
        raise SpmError(
            f"Quarto hat kein Ergebnis geschrieben für: {', '.join(missing)}.",
            wo="_quarto.yml, format:",
            tun="Bitte prüfen, ob dort html und typst stehen.",
        )
    if "pdf" in formats:
        shutil.copyfile(pdf, out / f"{slug}.pdf")
    if "html" in formats:
        html = out / "html"
        if html.exists():
            remove_folder(html)
        shutil.copytree(rendered, html, ignore=shutil.ignore_patterns("*.pdf", *_NOT_OURS))
        make_alike(html)
