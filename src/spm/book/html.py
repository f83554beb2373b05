"""The report as web pages: one per chapter, in a folder that needs no server and no other host."""

from __future__ import annotations

import re
import shutil
from collections.abc import Sequence
from pathlib import Path

import jinja2
from markupsafe import Markup

from spm.book.document import Chapter
from spm.book.fonts import copy_fonts
from spm.book.outputs import FIGURES
from spm.book.project import ASSETS, Project

START = "index"


def write(project: Project, chapters: Sequence[Chapter], book: Path, target: Path) -> None:
    """Write ``<stem>.html`` for every chapter, with pictures, style sheet and fonts.

    Parameters
    ----------
    project, chapters : what the pages say.
    book : the staged book, for its pictures.
    target : folder of the pages; an earlier one is replaced.
    """
    if target.exists():
        shutil.rmtree(target)
    (target / "assets").mkdir(parents=True)
    shutil.copyfile(ASSETS / "book.css", target / "assets" / "book.css")
    copy_fonts(target / "assets" / "fonts")
    if (book / FIGURES).is_dir():
        shutil.copytree(book / FIGURES, target / FIGURES, copy_function=shutil.copyfile)
    template = _template()
    pages = [_page(chapter) for chapter in chapters]
    for i, page in enumerate(pages):
        text = template.render(
            bericht=project,
            seite=page,
            seiten=pages,
            zurueck=pages[i - 1] if i else None,
            weiter=pages[i + 1] if i + 1 < len(pages) else None,
        )
        (target / page["datei"]).write_text(text, encoding="utf-8", newline="\n")


def _page(chapter: Chapter) -> dict[str, object]:
    plain = Markup(chapter.titel).striptags()
    return {
        "datei": f"{chapter.stem}.html",
        "start": chapter.stem == START,
        "nummer": chapter.nummer,
        "titel": Markup(chapter.titel),
        "titel_text": re.sub(r"\s+", " ", plain),
        "inhalt": Markup(chapter.html),
        "verzeichnis": [
            {"ebene": h.ebene, "kennung": h.kennung, "html": Markup(h.html)}
            for h in chapter.verzeichnis
        ],
    }


def _template() -> jinja2.Template:
    environment = jinja2.Environment(
        loader=jinja2.FileSystemLoader(ASSETS),
        autoescape=True,
        undefined=jinja2.StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    return environment.get_template("page.html")
