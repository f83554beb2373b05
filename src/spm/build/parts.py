"""What later stages are made from, as digests: of executed chapters, and of the book as read."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

from spm.build.digests import text_digest
from spm.products import FIGURES, OUTLINE, SUMMARY, TABLES
from spm.release.digest import sha256

if TYPE_CHECKING:
    from spm.book.document import Chapter

TEXT = "Text"
"""All chapters as read."""

_OF_THE_RUN = {"papermill", "execution"}
"""Of a cell's metadata: when it ran, and for how long."""


def chapter_digest(executed: Path) -> str:
    """Of what an executed notebook says and draws, not of when."""
    cells = json.loads(executed.read_text(encoding="utf-8"))["cells"]
    said = []
    for cell in cells:
        outputs = [
            {key: value for key, value in output.items() if key != "execution_count"}
            for output in cell.get("outputs", ())
        ]
        about = {k: v for k, v in cell["metadata"].items() if k not in _OF_THE_RUN}
        kept = [cell["cell_type"], cell["source"], about, outputs, cell.get("attachments")]
        said.append(kept)
    figures = sorted(p for p in executed.parent.rglob("*") if p.is_file() and p != executed)
    drawn = [[p.relative_to(executed.parent).as_posix(), sha256(p)] for p in figures]
    return text_digest(json.dumps([said, drawn], sort_keys=True))


def book_digests(book: Path, chapters: Sequence[Chapter]) -> dict[str, str]:
    """Of the parts of a book that products and the search are made from."""
    from spm.book.outputs import FIGURES as FOLDER
    from spm.owntexts.texts import KURZFASSUNG
    from spm.presentation.pages.companions import profile_page

    links = f'href="{Path(profile_page("x")).parent.as_posix()}/'
    outline = [[c.stem, c.number, c.title, links in c.html] for c in chapters]
    figures = _figures(book / FOLDER)
    summary = next((c.typst for c in chapters if c.stem == KURZFASSUNG), "")
    return {
        TEXT: _digest([repr(astuple(c)) for c in chapters]),
        OUTLINE: _digest(outline),
        TABLES: _digest(list(_tables(chapters))),
        SUMMARY: _digest([summary, figures if FOLDER in summary else []]),
        FIGURES: _digest(figures),
    }


def _tables(chapters: Sequence[Chapter]) -> Iterable[str]:
    import lxml.html

    for chapter in chapters:
        if chapter.html.strip():
            page = lxml.html.fragment_fromstring(chapter.html, create_parent="div")
            for figure in page.xpath(".//figure[starts-with(@id, 'tbl-')]"):
                yield f"{chapter.stem} {lxml.html.tostring(figure, encoding='unicode')}"


def _figures(folder: Path) -> list[list[str]]:
    return [[p.name, sha256(p)] for p in sorted(folder.glob("*")) if p.is_file()]


def _digest(content: object) -> str:
    return text_digest(json.dumps(content, ensure_ascii=False))
