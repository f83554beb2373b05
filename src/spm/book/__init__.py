"""The book: executed chapters staged as a Quarto project, and rendered to HTML and PDF."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from spm.book import embedded, quarto
from spm.book.document import Chapter, read_chapters
from spm.book.project import FORMATS, Project, chapter_files, read_project
from spm.book.staging import stage
from spm.errors import SpmError

__all__ = ["FORMATS", "Rendered", "chapter_files", "render", "stage"]


@dataclass(frozen=True)
class Rendered:
    """A rendered book: by what ("embedded (pandoc 3.9, …)"), and its chapters as read."""

    renderer: str
    project: Project
    chapters: Sequence[Chapter]


Renderer = Literal["auto", "quarto", "embedded"]


def render(
    book: Path,
    out: Path,
    formats: Collection[str] = FORMATS,
    renderer: Renderer = "auto",
    slug: str = "bericht",
) -> Rendered:
    """Render a staged book to ``out/html/`` and ``out/<slug>.pdf``.

    Parameters
    ----------
    book : folder of the staged book (`stage`); left unchanged by the embedded renderer.
    out : folder of the results; an earlier result of the same format is replaced.
    formats : "html", "pdf" or both.
    renderer : "quarto" or "embedded"; "auto" takes Quarto where it is installed.
    slug : stem of the PDF's file name.

    Returns
    -------
    Rendered
        Name and version of what rendered, for the manifest; and what was rendered.

    Raises
    ------
    SpmError
        Unknown format or renderer, Quarto asked for but not installed, or a chapter with an
        unresolved reference, a duplicate id, a picture without alternative text, …
    """
    unknown = sorted(set(formats) - set(FORMATS))
    if unknown or not formats:
        raise SpmError(
            f"Das Ausgabeformat «{', '.join(unknown)}» gibt es nicht.",
            tun=f"Bitte eines von diesen wählen: {', '.join(FORMATS)}.",
        )
    if renderer not in ("auto", "quarto", "embedded"):
        raise SpmError(
            f"Den Renderer «{renderer}» gibt es nicht.",
            tun="Bitte «auto», «quarto» oder «embedded» wählen.",
        )
    executable = quarto.find() if renderer != "embedded" else None
    if renderer == "quarto" and executable is None:
        raise SpmError(
            "Quarto ist auf diesem Rechner nicht zu finden.",
            wo="PATH und Umgebungsvariable QUARTO_PATH",
            tun="Quarto installieren oder den eingebauten Renderer wählen: --renderer embedded.",
        )
    out.mkdir(parents=True, exist_ok=True)
    project = read_project(book)
    chapters = read_chapters(book, project)
    if executable is not None:
        used = quarto.render(executable, book, out, formats, slug)
    else:
        used = embedded.render(book, out, formats, slug, project, chapters)
    return Rendered(used, project, chapters)
