"""What every product is made from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spm.book.document import Chapter
    from spm.book.page import Page
    from spm.book.project import Project
    from spm.report import Report


@dataclass(frozen=True)
class Context:
    """The published data, the rendered book and where the new report lies.

    ``pages`` are those that have been written; who asked for them has them indexed.
    """

    report: Report
    project: Project
    chapters: Sequence[Chapter]
    folder: Path
    formats: frozenset[str]
    pages: list[Page] = field(default_factory=list)

    @property
    def book(self) -> Path:
        """The staged book."""
        return self.folder / "book"

    @property
    def html(self) -> Path:
        """The web pages; everything that one of them links to lies in there."""
        return self.folder / "html"

    def write_pages(self, *pages: Page) -> None:
        """Write web pages in the report's frame."""
        from spm.book.html import write_pages

        write_pages(self.project, self.chapters, pages, self.book, self.html, indexed=False)
        self.pages.extend(pages)
