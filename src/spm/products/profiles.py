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
from spm.presentation.wording.profile import SHOWN

if TYPE_CHECKING:
    from spm.products.context import Context

ROWS = (MOST_ROWS, 22, 20, 18, 16, 14, 12, 10, 8, 6)
"""Rows of the table: the first number with which every area fits on one page is taken."""

STYLE = "assets/profil.css"

_Sheet = tuple[AreaProfile, str, Chapter]
"""A profile, the alternative text of its map, and its text as it was read."""


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


def _read(
    profiles: Sequence[AreaProfile], named: int, folder: Path, shown: int = SHOWN
) -> list[Chapter]:
    texts = {
        Path(profile_page(p.raum)).stem: profile_markdown(p, named=named, shown=shown)
        for p in profiles
    }
    return read_texts(texts, folder, code=True)


def _write_pdfs(
    context: Context, profiles: list[AreaProfile], alts: list[str], chapters: list[Chapter]
) -> None:
    """Write a PDF of one page for every area, all with the same rows.

    The table loses rows until every profile fits: a row that one area lacks could not be compared.
    """
    folder, found = context.html / "profile", list[bytes | None]()
    # Shorter texts only where not even the fewest rows have room beside them.
    for named, least in ((NAMED, SHOWN), (1, ROWS[-1])):
        if least != SHOWN:
            chapters = _read(profiles, named, folder, least)
        sheets = list(zip(profiles, alts, chapters, strict=True))
        found = _set(context, sheets, MOST_ROWS)
        long = [sheet for sheet, pdf in zip(sheets, found, strict=True) if pdf is None]
        if long and (rows := _fitting(context, long, [n for n in ROWS[1:] if n >= least])):
            found = _set(context, sheets, rows)
        if all(found):
            break
    for entry, pdf in zip(profiles, found, strict=True):
        if pdf is None:
            raise SpmError(
                f"Das Profil von «{entry.name}» passt nicht auf eine Seite.",
                wo="Namen der Räume und der Kommune, Kurztitel der Kennzahlen",
                tun="Bitte sehr lange Namen kürzen, zum Beispiel unter raeume.namen.",
            )
        (context.html / profile_pdf(entry.raum)).write_bytes(pdf)


def _fitting(context: Context, sheets: Sequence[_Sheet], fewer: Sequence[int]) -> int:
    """The most of these numbers of rows with which the sheets fit; 0 if none does."""
    found = 0
    while fewer:  # halve the question: fewer rows always take less room
        middle = len(fewer) // 2
        fits = all(_set(context, sheets, fewer[middle]))
        found, fewer = (fewer[middle], fewer[:middle]) if fits else (found, fewer[middle + 1 :])
    return found


def _set(context: Context, sheets: Sequence[_Sheet], rows: int) -> list[bytes | None]:
    """The PDFs of sheets with so many rows; None for one that is longer than a page."""
    with ThreadPoolExecutor() as pool:  # Typst lets go of the interpreter while it sets a page
        return list(pool.map(partial(_one_page, context, rows), *zip(*sheets, strict=True)))


def _one_page(
    context: Context, rows: int, entry: AreaProfile, alt: str, chapter: Chapter
) -> bytes | None:
    """The PDF with so many rows; None if that is more than a page."""
    texts = {
        "titel": f"{entry.name}: Profil {entry.year}",
        "zeile": f"{entry.place.name} · Profil, Berichtsjahr {entry.year}",
        "karte": "karte.svg",
        "karte-alt": alt,
    }
    files = {"karte.svg": context.html / map_file(entry.raum)}
    ranks = "".join(f"{rank}, " for rank in entry.ranks(MOST_ROWS))
    shown = f"#let tabelle = tabelle.with(raenge: ({ranks}), zeilen: {rows})"
    body = f"{shown}\n{head(chapter.typst)}"
    return write_sheet(context.project, context.book, "profil", texts, body, files, most=1)[0]


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
