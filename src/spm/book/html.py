"""The report as web pages: one per chapter, in a folder that needs no server and no other host."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterable, Sequence
from html import unescape
from pathlib import Path
from urllib.parse import unquote

from markupsafe import Markup

from spm.book import searchindex
from spm.book.design import palette
from spm.book.document import Chapter
from spm.book.fonts import write_web_fonts
from spm.book.outputs import FIGURES
from spm.book.page import Page
from spm.book.project import ASSETS, Project
from spm.book.templates import template
from spm.system.files import remove_folder

START = "index"
STYLE = "book.css"

_FIGURE = re.compile(rf"""=(["']){FIGURES}/(.+?)\1""")


def write(project: Project, chapters: Sequence[Chapter], book: Path, target: Path) -> None:
    """Write ``<stem>.html`` for every chapter, with pictures, style sheets and fonts.

    Parameters
    ----------
    project, chapters : what the pages say.
    book : the staged book, for its pictures and the municipality's design.
    target : folder of the pages; an earlier one is replaced.
    """
    if target.exists():
        remove_folder(target)
    copy_assets(project, book, target)
    searchindex.write(chapters, (), target / "assets")
    pages = render_pages(project, chapters)
    _copy_figures(pages.values(), book / FIGURES, target / FIGURES)
    for name, text in pages.items():
        (target / f"{name}.html").write_text(text, encoding="utf-8", newline="\n")


def _copy_figures(pages: Iterable[str], source: Path, target: Path) -> None:
    """Copy the pictures that pages show, as Quarto does; others are for the PDF alone."""
    shown = {unquote(unescape(name)) for page in pages for _, name in _FIGURE.findall(page)}
    for path in sorted(source.glob("*")):
        if path.name in shown:
            target.mkdir(exist_ok=True)
            shutil.copyfile(path, target / path.name)


def render_pages(
    project: Project, chapters: Sequence[Chapter], content: str | None = None
) -> dict[str, str]:
    """The pages of the chapters, by stem.

    Parameters
    ----------
    content : what stands in the place of each chapter's text; None: the text itself.
    """
    frame, pages = template(ASSETS / "page.html"), [_page(chapter) for chapter in chapters]
    result = {}
    for i, (chapter, page) in enumerate(zip(chapters, pages, strict=True)):
        text = frame.render(
            project=project,
            page=page if content is None else page | {"content": Markup(content)},
            # The current page is told by its place in the list, whatever it holds.
            pages=pages,
            before=pages[i - 1] if i else None,
            after=pages[i + 1] if i + 1 < len(pages) else None,
        )
        result[chapter.stem] = text + "\n"
    return result


def copy_assets(project: Project, book: Path, target: Path) -> None:
    """Copy what every page loads: style sheets, fonts, logo, the script of the search.

    The staged book may be the target itself.
    """
    (target / "assets").mkdir(parents=True, exist_ok=True)
    for name in (STYLE, "suche.js"):
        shutil.copyfile(ASSETS / name, target / "assets" / name)
    colours = palette(project.colour, project.accent)
    (target / "assets" / "farben.css").write_text(colours, encoding="utf-8", newline="\n")
    write_web_fonts(target / "assets" / "fonts")
    if project.logo and book != target:
        shutil.copyfile(book / project.logo, target / project.logo)


def write_pages(
    project: Project,
    chapters: Sequence[Chapter],
    pages: Sequence[Page],
    book: Path,
    target: Path,
    *,
    indexed: bool = True,
) -> None:
    """Write pages beside the chapters, in the same frame, whoever rendered the chapters.

    Parameters
    ----------
    chapters : for the navigation.
    book : the staged book, for the municipality's design.
    target : folder of the web pages, with the chapters in it.
    indexed : whether they are added to the index of the search now.
    """
    if not (target / "assets" / STYLE).exists():  # no renderer has written chapters
        copy_assets(project, book, target)
    if indexed:
        searchindex.write(chapters, pages, target / "assets")
    frame, listed = template(ASSETS / "page.html"), [_page(chapter) for chapter in chapters]
    for page in pages:
        path = target / page.file
        path.parent.mkdir(parents=True, exist_ok=True)
        text = frame.render(
            project=project, page=_beside(page), pages=listed, before=None, after=None
        )
        path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _page(chapter: Chapter) -> dict[str, object]:
    plain = Markup(chapter.title).striptags()
    return {
        "file": f"{chapter.stem}.html",
        "root": "",
        "start": chapter.stem == START,
        "number": chapter.number,
        "title": Markup(chapter.title),
        "plain_title": re.sub(r"\s+", " ", plain),
        "content": Markup(chapter.html),
        "contents": [
            {"level": h.level, "anchor": h.anchor, "html": Markup(h.html)} for h in chapter.contents
        ],
        "wide": False,
        "styles": (),
        "scripts": (),
    }


def _beside(page: Page) -> dict[str, object]:
    return {
        "file": page.file,
        "root": page.root,
        "start": False,
        "number": "",
        "title": page.title,
        "plain_title": page.title,
        "content": Markup(page.content),
        "contents": [],
        "wide": page.wide,
        "styles": page.styles,
        "scripts": page.scripts,
    }
