"""One page for every area, for people who work or live there: web page and PDF."""

from __future__ import annotations

import shutil
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

from spm.book.document import Chapter, read_texts
from spm.book.page import Page
from spm.book.project import ASSETS
from spm.book.sheet import write_sheet
from spm.errors import SpmError
from spm.presentation.blocks import plain
from spm.presentation.companions import profile_page, profile_pdf
from spm.presentation.locator import Lagekarten
from spm.presentation.profile import Profil
from spm.presentation.profiletable import MOST_ROWS, NAMED, head, profil_markdown

if TYPE_CHECKING:
    from spm.products.context import Context

FITTING = ((MOST_ROWS, NAMED), (24, 3), (22, 3), (20, 3), (18, 2), (14, 2), (10, 1), (4, 1))
"""Rows of the table and indicators named in a point: the first that fits on one page is taken."""

STYLE = "assets/profil.css"


def write(context: Context) -> None:
    """Write ``profile/<area>.html`` and, if PDFs are asked for, ``profile/<area>.pdf``."""
    if "html" not in context.formats:
        return
    profiles = context.report.profile
    folder = context.html / "profile"
    folder.mkdir(parents=True, exist_ok=True)
    areas = context.report.areas
    maps = Lagekarten(list(areas.geometry), context.project.farbe)
    for place, entry in enumerate(profiles):
        maps.draw(place).save(context.html / map_file(entry.raum))
    alts = [plain(maps.alttext(place, entry.name)) for place, entry in enumerate(profiles)]
    first = _read(profiles, *FITTING[0], folder)
    with_pdf = "pdf" in context.formats
    if with_pdf:
        _write_pdfs(context, profiles, alts, first)
    shutil.copyfile(ASSETS / "profil.css", context.html / STYLE)
    around = pairwise([None, *profiles, None])
    neighbours = [(before, after) for (before, _), (_, after) in pairwise(around)]
    context.write_pages(
        *(
            _page(entry, chapter, alt, before, after, with_pdf)
            for entry, chapter, alt, (before, after) in zip(
                profiles, first, alts, neighbours, strict=True
            )
        )
    )


def map_file(raum: str) -> str:
    """The picture of where an area lies."""
    return profile_page(raum).removesuffix("html") + "svg"


def _read(profiles: list[Profil], rows: int, named: int, folder: Path) -> list[Chapter]:
    texts = {
        Path(profile_page(entry.raum)).stem: profil_markdown(entry, rows, named)
        for entry in profiles
    }
    return read_texts(texts, folder)


def _write_pdfs(
    context: Context, profiles: list[Profil], alts: list[str], first: list[Chapter]
) -> None:
    """Write a PDF of one page for every area; whoever does not fit is shortened."""
    todo, chapters = list(zip(profiles, alts, strict=True)), first
    for rows, named in FITTING:
        if (rows, named) != FITTING[0]:
            chapters = _read([entry for entry, _ in todo], rows, named, context.html / "profile")
        long = []
        for (entry, alt), chapter in zip(todo, chapters, strict=True):
            pdf, pages = _sheet(context, entry, alt, chapter)
            if pages == 1:
                (context.html / profile_pdf(entry.raum)).write_bytes(pdf)
            else:
                long.append((entry, alt))
        todo = long
        if not todo:
            return
    raise SpmError(
        f"Das Profil von «{todo[0][0].name}» passt nicht auf eine Seite.",
        wo="Namen der Räume, Kurztitel der Kennzahlen",
        tun="Bitte sehr lange Namen unter raeume.namen kürzen.",
    )


def _sheet(context: Context, entry: Profil, alt: str, chapter: Chapter) -> tuple[bytes, int]:
    texts = {
        "titel": f"{entry.name}: Profil {entry.jahr}",
        "zeile": f"{entry.ort.name} · Profil, Berichtsjahr {entry.jahr}",
        "karte": "karte.svg",
        "karte-alt": alt,
    }
    files = {"karte.svg": context.html / map_file(entry.raum)}
    return write_sheet(context.project, context.book, "profil", texts, head(chapter.typst), files)


def _page(
    entry: Profil,
    chapter: Chapter,
    alt: str,
    before: Profil | None,
    after: Profil | None,
    with_pdf: bool,
) -> Page:
    path = profile_page(entry.raum)

    def name(target: str) -> str:
        return Path(target).name

    lines = [f'<p class="profil-zeile">{escape(entry.ort.name)}, Berichtsjahr {entry.jahr}</p>']
    if with_pdf:
        link = f'<a href="{name(profile_pdf(entry.raum))}">Profil als PDF (eine Seite)</a>'
        lines.append(f'<p class="profil-pdf">{link}</p>')
    picture = f'<img src="{name(map_file(entry.raum))}" alt="{escape(alt)}">'
    title, _, text = chapter.html.partition("</h1>")
    links = [
        f'<a class="{kind}" rel="{rel}" href="{name(profile_page(other.raum))}">'
        f"<span>{word}</span>{escape(other.name)}</a>"
        for other, kind, rel, word in (
            (before, "zurueck", "prev", "Vorheriges Profil"),
            (after, "weiter", "next", "Nächstes Profil"),
        )
        if other
    ]
    nav = f'<nav class="blaettern" aria-label="Weitere Profile">{"".join(links)}</nav>'
    return Page(
        path,
        f"{entry.name}: Profil",
        f'<div class="profil">{title}</h1>{"".join(lines)}<div class="profil-karte">{picture}</div>'
        f"{text}{nav if links else ''}</div>",
        breit=True,
        stile=(STYLE,),
    )
