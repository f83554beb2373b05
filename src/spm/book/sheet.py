"""Single sheets beside the report as tagged PDFs: profiles of areas, the Kurzfassung."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from spm.book.pdf import literal
from spm.book.project import ASSETS, Project
from spm.book.refusals import SHEET, mark
from spm.book.typesetting import compile_sheet

PARTS = ("book.typ", "blatt.typ", "profil.typ", "kurzfassung.typ")


def write_sheet(
    project: Project,
    book: Path,
    kind: str,
    texts: Mapping[str, str],
    body: str,
    files: Mapping[str, Path],
    most: int,
) -> tuple[bytes | None, int]:
    """Set one sheet, if it does not take too many pages.

    Parameters
    ----------
    project, book : publisher, colours, logo.
    kind : "profil" or "kurzfassung": the asset of this name and its function.
    texts : plain texts for the function besides those of every sheet: ``titel``, ``zeile``, ….
    body : of the chapter, in Typst.
    files : pictures, by the name that texts and body use.
    most : number of pages.

    Returns
    -------
    bytes or None, int
        The PDF and its number of pages; None if they are more than ``most``.

    Raises
    ------
    SpmError
        Typst refuses the text; the sheet's title and the place are named.
    """
    every = {
        "kommune": project.municipality,
        "bericht": project.title,
        "herausgeber": project.publisher,
        "kontakt": project.contact,
        "datum": project.date_in_words,
        "hinweis": project.note,
        "logo": project.logo,
        "logo-text": project.logo_text,
        **texts,
    }
    values = ", ".join(f"{key}: {literal(value)}" for key, value in every.items())
    source = (
        f"{mark(SHEET, every.get('titel', kind))}\n"
        f'#import "book.typ": *\n#import "{kind}.typ": *\n'
        f'#show: {kind}.with(farbe: rgb("{project.colour}"), {values})\n\n{body}\n'
    )
    parts = {name: ASSETS / name for name in PARTS}
    logo = {project.logo: book / project.logo} if project.logo else {}
    return compile_sheet(source, {**parts, **logo, **files}, project.date, most)
