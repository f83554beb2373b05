"""The book: executed chapters staged as a Quarto project, and rendered to HTML and PDF."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from spm.errors import SpmError
from spm.formats import FORMATS, USUAL

if TYPE_CHECKING:
    from spm.book.document import Chapter
    from spm.book.project import Project
    from spm.book.project import chapter_files as chapter_files
    from spm.book.staging import stage as stage

__all__ = ["Rendered", "chapter_files", "read", "render", "stage", "write"]


def __getattr__(name: str) -> object:
    # Whoever only asks which chapters there are needs no pandoc and no Typst.
    if name == "chapter_files":
        from spm.book.project import chapter_files

        return chapter_files
    if name == "stage":
        from spm.book.staging import stage

        return stage
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


@dataclass(frozen=True)
class Rendered:
    """A rendered book: by what ("embedded (pandoc 3.9, …)"), and its chapters as read.

    ``note`` is a German sentence for the analyst about the choice of the renderer, if there is one.
    """

    renderer: str
    project: Project
    chapters: Sequence[Chapter]
    note: str = ""


def render(
    book: Path,
    out: Path,
    formats: Collection[str] = USUAL,
    renderer: str = "auto",
    slug: str = "bericht",
) -> Rendered:
    """Render a staged book to ``out/html/``, ``out/<slug>.pdf`` and so on.

    Parameters
    ----------
    book : folder of the staged book (`stage`); the report's design for Quarto is added to it.
    out : folder of the results; an earlier result of the same format is replaced.
    formats : some of `spm.formats.FORMATS`.
    renderer : "quarto" or "embedded"; "auto" takes Quarto where it is installed in a version that
        the project was tried with.
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
    from spm.book import quarto

    executable, note = quarto.choose(renderer)
    project, chapters = read(book)
    used = write(book, out, formats, executable, slug, project, chapters)
    return Rendered(used, project, chapters, note)


def read(book: Path) -> tuple[Project, Sequence[Chapter]]:
    """Read the chapters of a staged book, and add the report's design for Quarto to it.

    Raises
    ------
    SpmError
        As `render`.
    """
    from spm.book import extension
    from spm.book.document import read_book
    from spm.book.project import read_project

    project = read_project(book)
    found = read_book(book, project)
    extension.write(book, project, found)
    return project, found.chapters


def write(
    book: Path,
    out: Path,
    formats: Collection[str],
    executable: str | None,
    slug: str,
    project: Project,
    chapters: Sequence[Chapter],
) -> str:
    """Write the formats of a book that has been read.

    Parameters
    ----------
    executable : Quarto, if it renders what it can; see `spm.book.quarto.choose`.

    Returns
    -------
    str
        Name and version of what rendered.
    """
    from spm.book import embedded, quarto

    out.mkdir(parents=True, exist_ok=True)
    by_quarto = [f for f in formats if FORMATS[f].quarto and executable is not None]
    others = [f for f in formats if f not in by_quarto]
    used = ""
    if by_quarto and executable is not None:
        used = quarto.render(executable, book, out, by_quarto, slug)
    if others:
        by_us = embedded.render(book, out, others, slug, project, chapters)
        used = used or by_us
    return used
