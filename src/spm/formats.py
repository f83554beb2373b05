"""The formats of a report: one entry each, so that another one is a module and a line here."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path


@dataclass(frozen=True)
class Writer:
    """How a format is written.

    Parameters
    ----------
    name : as in ``--to``.
    result : where it lies in the finished report; ``{slug}`` is the name of the params file.
    module : its function ``write(project, chapters, book, target)`` makes it; loaded when needed.
    quarto : whether Quarto can make it instead.
    shown : the file to open, from ``result`` on, if that is a folder.
    """

    name: str
    result: str
    module: str
    quarto: bool = False
    shown: str = ""

    def place(self, out: Path, slug: str) -> Path:
        """Where it lies in a report's folder."""
        return out / self.result.format(slug=slug)

    def opened(self, out: Path, slug: str) -> Path:
        """What readers open."""
        place = self.place(out, slug)
        return place / self.shown if self.shown else place

    @property
    def write(self) -> Callable[..., None]:
        """The function that writes it."""
        write: Callable[..., None] = import_module(self.module).write
        return write


FORMATS: Mapping[str, Writer] = {
    writer.name: writer
    for writer in (
        Writer("html", "html", "spm.book.html", quarto=True, shown="index.html"),
        Writer("pdf", "{slug}.pdf", "spm.book.pdf", quarto=True),
        Writer("docx", "{slug}.docx", "spm.book.docx"),
    )
}

USUAL = ("html", "pdf")
"""What is made if nothing else is asked for."""
