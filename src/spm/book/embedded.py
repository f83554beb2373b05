"""The embedded renderer: Quarto's own two engines, pandoc and Typst, from PyPI wheels."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

from spm.book import pandoc
from spm.book.document import Chapter
from spm.book.project import Project
from spm.formats import FORMATS
from spm.system.processes import awaited


def render(
    book: Path,
    out: Path,
    formats: Collection[str],
    slug: str,
    project: Project,
    chapters: Sequence[Chapter],
) -> str:
    """Render a staged book to ``out/html/``, ``out/<slug>.pdf`` and so on.

    The same book gives the same bytes, whatever the folders are called.

    Returns
    -------
    str
        e.g. "embedded (pandoc 3.9, typst 0.15.2)".

    Raises
    ------
    SpmError
        A format cannot be written, a PDF that Typst refuses for instance.
    """
    # Typst and pandoc work outside Python, so that formats are written side by side.
    with ThreadPoolExecutor(len(FORMATS)) as pool:
        writers = [FORMATS[name] for name in formats]
        working = [
            pool.submit(w.write, project, chapters, book, w.place(out, slug)) for w in writers
        ]
        for work in working:
            awaited(work)
    return f"embedded (pandoc {pandoc.version()}, typst {version('typst')})"
