"""The report's design as a Quarto format: with it, `quarto render` makes the very same report.

Quarto runs pandoc and Typst; the design is the one of the embedded renderer. What a staged book
needs for that:

- ``_extensions/spm/``: the formats ``spm-html`` and ``spm-typst``. Their filter reads a chapter as
  the embedded renderer does and writes it with the same Lua code; their templates add nothing.
- ``_extensions/spm/rahmen/``: the frame of every web page (header, navigation, footer).
- ``_extensions/spm/zaehlung.json``: the numbers of the whole book, which the filter needs for a
  chapter alone, and digests of the chapters that they were counted in.
- ``assets/``: style sheets, fonts and scripts of the web pages.
"""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

from spm.book import html, pdf, searchindex
from spm.book.document import FAULTS, Book
from spm.book.fonts import copy_fonts
from spm.book.project import ASSETS, Project
from spm.system.files import remove_folder
from spm.text.permitted import RULES

FOLDER = Path("_extensions") / "spm"
CONTENT = "<!-- spm:inhalt -->"
"""In the frame of a page: the place of its text."""

_HEADER, _HEADER_WITH_TITLE = '<header class="kopf"', '<header class="kopf quarto-title-block"'
"""Where no header has this class, Quarto makes one, and takes the page's title into it."""

_LUA = ("crossref.lua", "html.lua", "permitted.lua", "tables.lua", "typst.lua")
_OWN = ("_extension.yml", "filter.lua")
FONTS = "schriften"


def write(book: Path, project: Project, read: Book) -> None:
    """Complete a staged book for Quarto.

    Parameters
    ----------
    book : folder of the staged book; what an earlier call wrote there is replaced.
    read : its chapters, as they are now.
    """
    folder = book / FOLDER
    remove_folder(folder)
    (folder / "rahmen").mkdir(parents=True)
    for name in _LUA:
        shutil.copyfile(ASSETS / name, folder / name)
    for name in _OWN:
        shutil.copyfile(ASSETS / "quarto" / name, folder / name)
    shutil.copyfile(RULES, folder / RULES.name)
    _write(folder / "seite.html", "$body$\n")
    _write(folder / "bericht.typ", _typst(project))
    _write(folder / "zaehlung.json", json.dumps(_numbering(book, project, read), sort_keys=True))
    for stem, page in html.render_pages(project, read.chapters, CONTENT).items():
        _write(folder / "rahmen" / f"{stem}.html", page.replace(_HEADER, _HEADER_WITH_TITLE))
    copy_fonts(folder / FONTS)
    html.copy_assets(project, book, book)
    searchindex.write(read.chapters, (), book / "assets")


def _typst(project: Project) -> str:
    """The template as pandoc reads it, where a dollar sign begins a variable."""
    design = (ASSETS / "book.typ").read_text(encoding="utf-8")
    return f"{design}\n{pdf.opening(project)}".replace("$", "$$") + "\n$body$\n"


def _numbering(book: Path, project: Project, read: Book) -> dict[str, object]:
    digests = {
        Path(name).stem: hashlib.sha1((book / name).read_bytes()).hexdigest()
        for name in project.chapters
    }
    order = [chapter.stem for chapter in read.chapters]
    words = {kind: text.format(kennung="{kennung}") for kind, text in FAULTS.items()}
    extra = {"reihenfolge": order, "pruefsummen": digests, "maengel": words}
    return {**read.numbering, **extra}


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="\n")
