"""The Kurzfassung as a PDF of its own: the chapter of this name, on at most two pages."""

from __future__ import annotations

from typing import TYPE_CHECKING

from spm.book.outputs import FIGURES
from spm.book.sheet import write_sheet
from spm.errors import SpmError
from spm.owntexts.texts import KURZFASSUNG
from spm.presentation.pages.companions import SUMMARY
from spm.system.names import in_order
from spm.text.numbers import number_word

if TYPE_CHECKING:
    from spm.products.context import Context

PAGES = 2
SIZES = ("10.4", "10", "9.6", "9.2", "8.8")
"""Of the text in points: the largest with which it fits."""


def write(context: Context) -> None:
    """Write ``<slug>-kurzfassung.pdf`` beside the PDF, and the same bytes among the web pages.

    Nothing is written if the book has no chapter ``kurzfassung.ipynb``.

    Raises
    ------
    SpmError
        The chapter takes more than two pages.
    """
    chapter = next((c for c in context.chapters if c.stem == KURZFASSUNG), None)
    if chapter is None:
        return
    project = context.project
    texts = {
        "titel": f"{project.title}: Kurzfassung",
        "zeile": " · ".join(filter(None, (project.municipality, project.title, "Kurzfassung"))),
    }
    pictures = (
        sorted((context.book / FIGURES).glob("*"), key=in_order) if FIGURES in chapter.typst else []
    )
    files = {f"{FIGURES}/{path.name}": path for path in pictures}
    for size in SIZES:
        named = texts | {"schrift": size}
        pdf, pages = write_sheet(
            project, context.book, "kurzfassung", named, chapter.typst, files, most=PAGES
        )
        if pdf is not None:
            break
    else:
        raise SpmError(
            f"Die Kurzfassung hat {number_word(pages)} Seiten; Platz ist für zwei.",
            wo=f"notebooks/{KURZFASSUNG}.ipynb und {KURZFASSUNG}.md im Ordner der eigenen Texte",
            tun=f"Bitte den eigenen Text {KURZFASSUNG}.md kürzen oder im Notebook Aufrufe "
            "streichen, zum Beispiel kurz.kernaussagen() oder kurz.angebot().",
        )
    if "pdf" in context.formats:
        (context.folder / f"{context.report.params.slug}-kurzfassung.pdf").write_bytes(pdf)
    if "html" in context.formats:
        (context.html / SUMMARY).write_bytes(pdf)
