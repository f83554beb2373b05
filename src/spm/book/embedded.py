"""The embedded renderer: Quarto's own two engines, pandoc and Typst, from PyPI wheels."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
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
    # Typst works outside Python, so that the web pages are written meanwhile.
    with ThreadPoolExecutor(1) as pool:
        setting = None
        if "pdf" in formats:
            setting = pool.submit(pdf.write, project, chapters, book, out / f"{slug}.pdf")
        if "html" in formats:
            html.write(project, chapters, book, out / "html")
        name = f"embedded (pandoc {pandoc.version()}, typst {version('typst')})"
        if setting:
            setting.result()
    return name
