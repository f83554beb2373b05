"""The embedded renderer: Quarto's own two engines, pandoc and Typst, from PyPI wheels."""

from __future__ import annotations

from collections.abc import Collection
from importlib.metadata import version
from pathlib import Path

from spm.book import html, pandoc, pdf
from spm.book.document import read_chapters
from spm.book.project import read_project


def render(book: Path, out: Path, formats: Collection[str], slug: str) -> str:
    """Render a staged book to ``out/html/`` and ``out/<slug>.pdf``.

    The same book gives the same bytes, whatever the folders are called.

    Returns
    -------
    str
        e.g. "embedded (pandoc 3.9, typst 0.15.2)".

    Raises
    ------
    SpmError
        See `spm.book.document.read_chapters`; or Typst cannot set the PDF.
    """
    project = read_project(book)
    chapters = read_chapters(book, project)
    if "html" in formats:
        html.write(project, chapters, book, out / "html")
    if "pdf" in formats:
        pdf.write(project, chapters, book, out / f"{slug}.pdf")
    return f"embedded (pandoc {pandoc.version()}, typst {version('typst')})"
