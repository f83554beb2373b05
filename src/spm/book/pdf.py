"""The report as a tagged, accessible PDF, set by Typst in this process."""

from __future__ import annotations

import json
import shutil
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime, time
from pathlib import Path
from typing import Literal

import typst

from spm.book.document import Chapter
from spm.book.fonts import FOLDER
from spm.book.outputs import FIGURES
from spm.book.project import ASSETS, Project
from spm.book.refusals import CHAPTER, mark, refusal, set_apart
from spm.system.names import in_order

MAIN = "bericht.typ"
STANDARDS: tuple[Literal["ua-1", "a-2a"], ...] = ("ua-1", "a-2a")
"""PDF/UA-1: tagged for screen readers; PDF/A-2a: readable in any archive. Typst refuses what does
not hold to both, a picture without alternative text for instance."""


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


def compile_pdf(source: str, files: Mapping[str, Path], day: date) -> bytes:
    """Compile a Typst source to a tagged PDF.

    Parameters
    ----------
    files : what the source imports and shows, by the name that it uses.
    day : date of creation noted in the PDF.

    Raises
    ------
    SpmError
        Typst refuses the text; the place is named, with the chapter if the source has marks.
    """
    with _compiler(source, files) as compiler:
        return _exported(compiler, day)


def compile_sheet(
    source: str, files: Mapping[str, Path], day: date, most: int
) -> tuple[bytes | None, int]:
    """The same of a source that counts its pages, and their number; no PDF if they are too many.

    The source holds ``#metadata(…) <seiten>`` with the number. To count takes a fifth of the time
    that writing takes.

    Parameters
    ----------
    most : number of pages.
    """
    with _compiler(source, files) as compiler:
        pages = int(json.loads(compiler.query("<seiten>", field="value"))[0])
        return (_exported(compiler, day) if pages <= most else None), pages


@contextmanager
def _compiler(source: str, files: Mapping[str, Path]) -> Iterator[typst.Compiler]:
    """Typst in a folder with the source and its files; what it refuses is an `SpmError`."""
    with tempfile.TemporaryDirectory(prefix="spm-pdf-") as folder:
        root = Path(folder)
        for name, path in files.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(path, root / name)
        (root / MAIN).write_text(source, encoding="utf-8", newline="\n")
        try:
            yield typst.Compiler(
                root / MAIN, root=root, font_paths=[FOLDER], ignore_system_fonts=True
            )
        except typst.TypstError as e:
            raise refusal(e.message, e.diagnostic, source, MAIN, files) from None


def _exported(compiler: typst.Compiler, day: date) -> bytes:
    moment = datetime.combine(day, time(), UTC)
    pdf = compiler.compile(pdf_standards=list(STANDARDS), timestamp=moment)
    assert isinstance(pdf, bytes)  # not one picture per page
    return pdf


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
