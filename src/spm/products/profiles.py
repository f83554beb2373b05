"""One page for every area, for people who work or live there: web page and PDF."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import partial
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
from spm.presentation.figures import style
from spm.presentation.figures.locator import LocatorMaps
from spm.presentation.pages.companions import profile_page, profile_pdf
from spm.presentation.profile import AreaProfile
from spm.presentation.tables.profile import MOST_ROWS, NAMED, head, profile_markdown

if TYPE_CHECKING:
    from spm.products.context import Context

ROWS = (MOST_ROWS, 22, 20, 18, 16, 14, 12, 10, 8, 6)
"""Rows of the table: the first number with which everything fits on one page is taken."""

STYLE = "assets/profil.css"


def write(context: Context) -> None:
    """Write ``profile/<area>.html`` and ``profile/<area>.pdf``, which the web pages link to."""
    if "html" not in context.formats:
        return
    profiles = context.report.profile
    folder = context.html / "profile"
    folder.mkdir(parents=True, exist_ok=True)
    areas = context.report.areas
    maps = LocatorMaps(list(areas.geometry), style.INK)
    for place, entry in enumerate(profiles):
        maps.draw(place).save(context.html / map_file(entry.raum))
    alts = [plain(maps.alttext(place, entry.name)) for place, entry in enumerate(profiles)]
    chapters = _read(profiles, NAMED, folder)
    _write_pdfs(context, profiles, alts, chapters)
    (context.html / STYLE).parent.mkdir(exist_ok=True)
    shutil.copyfile(ASSETS / "profil.css", context.html / STYLE)
    around = pairwise([None, *profiles, None])
    neighbours = [(before, after) for (before, _), (_, after) in pairwise(around)]
    back = _back(context, profiles)
    context.write_pages(
        *(
            _page(entry, chapter, alt, before, after, back)
            for entry, chapter, alt, (before, after) in zip(
                profiles, chapters, alts, neighbours, strict=True
            )
        )
    )


def _back(context: Context, profiles: Sequence[AreaProfile]) -> str:
    """A link to the chapter that lists the profiles, if there is one."""
    for chapter in context.chapters:
        if profiles and f'href="{profile_page(profiles[0].raum)}"' in chapter.html:
            return f'<a href="../{chapter.stem}.html">Alle Profile</a>'
    return ""


def map_file(raum: str) -> str:
    """The picture of where an area lies."""
    return profile_page(raum).removesuffix("html") + "svg"


def _read(profiles: Sequence[AreaProfile], named: int, folder: Path) -> list[Chapter]:
    texts = {Path(profile_page(p.raum)).stem: profile_markdown(p, named=named) for p in profiles}
    return read_texts(texts, folder, code=True)


def _write_pdfs(
    context: Context, profiles: list[AreaProfile], alts: list[str], chapters: list[Chapter]
) -> None:
    """Write a PDF of one page for every area; its table loses rows until everything fits."""
    todo = list(zip(profiles, alts, strict=True))
    for shorter in (False, True):
        if shorter:  # not even the fewest rows had room beside the text
            chapters = _read([entry for entry, _ in todo], 1, context.html / "profile")
        long = []
        with ThreadPoolExecutor() as pool:  # Typst lets go of the interpreter while it sets a page
            entries, texts = [entry for entry, _ in todo], [alt for _, alt in todo]
            pages = pool.map(partial(_one_page, context), entries, texts, chapters)
        for (entry, alt), pdf in zip(todo, pages, strict=True):
            if pdf is None:
                long.append((entry, alt))
            else:
                (context.html / profile_pdf(entry.raum)).write_bytes(pdf)
        if not long:
            return
        todo = long
    raise SpmError(
        f"Das Profil von «{todo[0][0].name}» passt nicht auf eine Seite.",
        wo="Namen der Räume und der Kommune, Kurztitel der Kennzahlen",
        tun="Bitte sehr lange Namen kürzen, zum Beispiel unter raeume.namen.",
    )


def _one_page(context: Context, entry: AreaProfile, alt: str, chapter: Chapter) -> bytes | None:
    """The PDF with as many rows as have room; None if not even the fewest have."""
    texts = {
        "titel": f"{entry.name}: Profil {entry.year}",
        "zeile": f"{entry.place.name} · Profil, Berichtsjahr {entry.year}",
        "karte": "karte.svg",
        "karte-alt": alt,
    }
    files = {"karte.svg": context.html / map_file(entry.raum)}
    ranks = entry.ranks(MOST_ROWS)

    def fitting(rows: int) -> bytes | None:
        shown = f"#let tabelle = tabelle.with(raenge: {tuple(ranks)}, zeilen: {rows})"
        body = f"{shown}\n{head(chapter.typst)}"
        return write_sheet(context.project, context.book, "profil", texts, body, files, most=1)[0]

    found = fitting(MOST_ROWS)
    if found:
        return found
    fewer = [rows for rows in ROWS[1:] if rows < len(ranks)]
    while fewer:  # halve the question: fewer rows always take less room
        middle = len(fewer) // 2
        pdf = fitting(fewer[middle])
        found, fewer = (pdf, fewer[:middle]) if pdf else (found, fewer[middle + 1 :])
    return found


def _page(
    entry: AreaProfile,
    chapter: Chapter,
    alt: str,
    before: AreaProfile | None,
    after: AreaProfile | None,
    back: str,
) -> Page:
    path = profile_page(entry.raum)

    def name(target: str) -> str:
        return Path(target).name

    lines = [f'<p class="profil-zeile">{escape(entry.place.name)}, Berichtsjahr {entry.year}</p>']
    pdf = f'<a href="{name(profile_pdf(entry.raum))}">Profil als PDF (eine Seite)</a>'
    ways = " · ".join(filter(None, (pdf, back)))
    lines.append(f'<p class="profil-wege">{ways}</p>')
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
        wide=True,
        styles=(STYLE,),
    )
