"""The embedded renderer: Quarto's own two engines, pandoc and Typst, from PyPI wheels."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from importlib.metadata import version
from pathlib import Path

from spm.book import html, pandoc, pdf
from spm.book.document import Chapter
from spm.book.project import Project


def render(
    book: Path,
    out: Path,
    formats: Collection[str],
    slug: str,
    project: Project,
    chapters: Sequence[Chapter],
) -> str:
    """Render a staged book to ``out/html/`` and ``out/<slug>.pdf``.

    The same book gives the same bytes, whatever the folders are called.

    Returns
    -------
    str
        e.g. "embedded (pandoc 3.9, typst 0.15.2)".

    Raises
    ------
    SpmError
        Typst cannot set the PDF.
    """
    if "html" in formats:
        html.write(project, chapters, book, out / "html")
    if "pdf" in formats:
        pdf.write(project, chapters, book, out / f"{slug}.pdf")
    return f"embedded (pandoc {pandoc.version()}, typst {version('typst')})"
