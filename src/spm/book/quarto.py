"""Rendering with an installed Quarto (1.9 or newer).

The calls follow what was observed with Quarto 1.9.38 on books of executed notebooks. The tests
stand a recording program in Quarto's place: they show what is called and how its messages are
read, not that a given Quarto version sets the book.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Collection
from pathlib import Path

from spm.errors import SpmError

_UNRESOLVED = re.compile(r"(\S+: )?Unable to resolve (?:crossref|link)\S* @?(\S+)", re.IGNORECASE)
_OUTPUT_DIR = "_book"


def find() -> str | None:
    """Find the quarto program: ``QUARTO_PATH`` (program or its folder), else on the PATH."""
    given = os.environ.get("QUARTO_PATH")
    if given:
        for candidate in (given, str(Path(given) / "quarto"), str(Path(given) / "bin" / "quarto")):
            if found := shutil.which(candidate):
                return found
    return shutil.which("quarto")


def render(executable: str, book: Path, out: Path, formats: Collection[str], slug: str) -> str:
    """Render a staged book to ``out/html/`` and ``out/<slug>.pdf``.

    All formats of the project file are rendered in one run on a copy of the book, because Quarto
    writes into the folder it renders and deletes one format's output while rendering another.
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
        copy = Path(folder) / "book"
        shutil.copytree(book, copy)
        messages = _run(executable, ["render"], copy)
        unresolved = sorted({match[0].strip() for match in _UNRESOLVED.finditer(messages)})
        if unresolved:
            raise SpmError(
                "Quarto findet das Ziel eines Verweises nicht.",
                wo="; ".join(unresolved),
                tun="Bitte die Kennung im genannten Kapitel prüfen.",
            )
        _collect(copy / _OUTPUT_DIR, out, formats, slug)
    return f"quarto {_run(executable, ['--version'], book).strip().splitlines()[0]}"


def _run(executable: str, arguments: list[str], cwd: Path) -> str:
    try:
        done = subprocess.run(
            [executable, *arguments],
            cwd=cwd,
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
    if done.returncode:
        raise SpmError(
            "Quarto ist mit einem Fehler abgebrochen.",
            wo=text.strip()[-2000:],
            tun="Bitte die Meldung prüfen; ohne Quarto geht es mit --renderer embedded.",
        )
    return text


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
            shutil.rmtree(html)
        shutil.copytree(rendered, html, ignore=shutil.ignore_patterns("*.pdf"))
