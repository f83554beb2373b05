"""The report as a tagged, accessible PDF, set by Typst in this process."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Sequence
from datetime import UTC, datetime, time
from pathlib import Path

import typst

from spm.book.document import Chapter
from spm.book.fonts import FOLDER
from spm.book.outputs import FIGURES
from spm.book.project import ASSETS, Project
from spm.errors import SpmError

MAIN = "bericht.typ"
STANDARDS = ("ua-1", "a-2a")
"""PDF/UA-1: tagged for screen readers; PDF/A-2a: readable in any archive. Typst refuses what does
not hold to both, a picture without alternative text for instance."""

IMPRINT = "impressum"
LISTS = "#verzeichnisse()"
"""Lists of figures and tables, before the imprint."""


def write(project: Project, chapters: Sequence[Chapter], book: Path, target: Path) -> None:
    """Set the chapters as one PDF.

    Parameters
    ----------
    project, chapters : what the PDF says; ``project.datum`` is the date of creation noted in it.
    book : the staged book, for its pictures and the logo.
    target : the PDF file.

    Raises
    ------
    SpmError
        Typst refuses the text; its message and place are included.
    """
    with tempfile.TemporaryDirectory(prefix="spm-pdf-") as folder:
        root = Path(folder)
        if (book / FIGURES).is_dir():
            shutil.copytree(book / FIGURES, root / FIGURES, copy_function=shutil.copyfile)
        if project.logo:
            (root / project.logo).parent.mkdir(parents=True)
            shutil.copyfile(book / project.logo, root / project.logo)
        shutil.copyfile(ASSETS / "book.typ", root / "book.typ")
        (root / MAIN).write_text(_source(project, chapters), encoding="utf-8", newline="\n")
        try:
            pdf = typst.compile(
                root / MAIN,
                root=root,
                font_paths=[FOLDER],
                ignore_system_fonts=True,
                pdf_standards=list(STANDARDS),
                timestamp=datetime.combine(project.datum, time(), UTC),
            )
        except typst.TypstError as e:
            raise SpmError(
                f"Typst kann das PDF nicht setzen: {e.message}",
                wo=_first(e.diagnostic),
                tun="Bitte die genannte Stelle im Kapitel vereinfachen.",
            ) from None
    target.write_bytes(pdf)


def _first(diagnostic: str) -> str:
    """The first of many messages, each with its place; the others are mostly the same again."""
    return diagnostic.strip().split("\n\n")[0]


def _source(project: Project, chapters: Sequence[Chapter]) -> str:
    # As strings, not markup: no name can be read as Typst code.
    front = {
        "titel": project.titel,
        "untertitel": project.untertitel,
        "kommune": project.kommune,
        "herausgeber": project.herausgeber,
        "datum": project.datum_lang,
        "hinweis": project.hinweis,
        "logo": project.logo,
        "logo-text": project.logo_text,
    }
    values = [f"{key}: {_literal(value)}" for key, value in front.items()]
    values += [f'farbe: rgb("{project.farbe}")', f'akzentfarbe: rgb("{project.akzentfarbe}")']
    head = f'#import "book.typ": *\n#show: buch.with(({", ".join(values)}))\n'
    texts = [chapter.typst for chapter in chapters]
    last = next((i for i, chapter in enumerate(chapters) if chapter.stem == IMPRINT), len(texts))
    return "\n\n".join([head, *texts[:last], LISTS, *texts[last:]]) + "\n"


def _literal(text: str) -> str:
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
