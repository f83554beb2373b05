"""The report as a tagged, accessible PDF, set by Typst in this process."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

from spm.book.document import Chapter
from spm.book.outputs import FIGURES
from spm.book.project import ASSETS, Project
from spm.book.refusals import CHAPTER, mark, set_apart
from spm.book.typesetting import compile_pdf
from spm.system.names import in_order


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
        Typst refuses the text; the chapter and the place in it are named.
    """
    pictures = sorted((book / FIGURES).glob("*"), key=in_order) if (book / FIGURES).is_dir() else []
    files = {f"{FIGURES}/{path.name}": path for path in pictures if path.is_file()}
    files["book.typ"] = ASSETS / "book.typ"
    if project.logo:
        files[project.logo] = book / project.logo
    source = _source(project, chapters)
    target.write_bytes(set_apart(compile_pdf, source, files, project.date))


def opening(project: Project) -> str:
    """The call of the template (``buch`` in ``book.typ``) for one report; it sets what follows."""
    # As strings, not markup: no name can be read as Typst code.
    front = {
        "titel": project.title,
        "untertitel": project.subtitle,
        "kommune": project.municipality,
        "herausgeber": project.publisher,
        "datum": project.date_in_words,
        "hinweis": project.note,
        "logo": project.logo,
        "logo-text": project.logo_text,
    }
    values = [f"{key}: {literal(value)}" for key, value in front.items()]
    values += [f'farbe: rgb("{project.colour}")', f'akzentfarbe: rgb("{project.accent}")']
    day = project.date
    values += [f"tag: datetime(year: {day.year}, month: {day.month}, day: {day.day})"]
    return f"#show: buch.with(({', '.join(values)}))\n"


def _source(project: Project, chapters: Sequence[Chapter]) -> str:
    head = f'#import "book.typ": *\n{opening(project)}'
    # The marks are for `refusal`, which has to know whose line it is.
    texts = [f"{mark(CHAPTER, chapter.stem)}\n{chapter.typst}" for chapter in chapters]
    return "\n\n".join([head, *texts]) + "\n"


def literal(text: str) -> str:
    """A text as a Typst string on one line."""
    return json.dumps(" ".join(text.split()), ensure_ascii=False)
