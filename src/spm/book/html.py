"""The report as web pages: one per chapter, in a folder that needs no server and no other host."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

from markupsafe import Markup

from spm.book import searchindex
from spm.book.design import palette
from spm.book.document import Chapter
from spm.book.fonts import write_web_fonts
from spm.book.outputs import FIGURES
from spm.book.page import Page
from spm.book.project import ASSETS, Project
from spm.book.templates import template

START = "index"
STYLE = "book.css"


def write(project: Project, chapters: Sequence[Chapter], book: Path, target: Path) -> None:
    """Write ``<stem>.html`` for every chapter, with pictures, style sheets and fonts.

    Parameters
    ----------
    project, chapters : what the pages say.
    book : the staged book, for its pictures and the municipality's design.
    target : folder of the pages; an earlier one is replaced.
    """
    if target.exists():
        shutil.rmtree(target)
    copy_assets(project, book, target)
    searchindex.write(chapters, (), target / "assets")
    if (book / FIGURES).is_dir():
        shutil.copytree(book / FIGURES, target / FIGURES, copy_function=shutil.copyfile)
    for name, text in render_pages(project, chapters).items():
        (target / f"{name}.html").write_text(text, encoding="utf-8", newline="\n")


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
            bericht=project,
            seite=page if content is None else page | {"inhalt": Markup(content)},
            # The current page is told by its place in the list, whatever it holds.
            seiten=pages,
            zurueck=pages[i - 1] if i else None,
            weiter=pages[i + 1] if i + 1 < len(pages) else None,
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
    colours = palette(project.farbe, project.akzentfarbe)
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
        path = target / page.datei
        path.parent.mkdir(parents=True, exist_ok=True)
        text = frame.render(
            bericht=project, seite=_beside(page), seiten=listed, zurueck=None, weiter=None
        )
        path.write_text(text + "\n", encoding="utf-8", newline="\n")


def _page(chapter: Chapter) -> dict[str, object]:
    plain = Markup(chapter.titel).striptags()
    return {
        "datei": f"{chapter.stem}.html",
        "wurzel": "",
        "start": chapter.stem == START,
        "nummer": chapter.nummer,
        "titel": Markup(chapter.titel),
        "titel_text": re.sub(r"\s+", " ", plain),
        "inhalt": Markup(chapter.html),
        "verzeichnis": [
            {"ebene": h.ebene, "kennung": h.kennung, "html": Markup(h.html)}
            for h in chapter.verzeichnis
        ],
        "breit": False,
        "stile": (),
        "skripte": (),
    }


def _beside(page: Page) -> dict[str, object]:
    return {
        "datei": page.datei,
        "wurzel": page.wurzel,
        "start": False,
        "nummer": "",
        "titel": page.titel,
        "titel_text": page.titel,
        "inhalt": Markup(page.inhalt),
        "verzeichnis": [],
        "breit": page.breit,
        "stile": page.stile,
        "skripte": page.skripte,
    }
