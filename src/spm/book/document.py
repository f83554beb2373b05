"""The chapters of a staged book in both output languages, and what is wrong with them."""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from spm.book import outputs, reading
from spm.book.project import Project
from spm.errors import SpmError
from spm.text import permitted

if TYPE_CHECKING:
    from spm.notebookformat import NotebookNode

FAULTS = {
    "verweis_ohne_ziel": "Der Verweis @{kennung} hat kein Ziel.",
    "doppelte_kennung": "Die Kennung #{kennung} ist doppelt vergeben.",
    "bild_ohne_alt": "Das Bild {kennung} hat keinen Alternativtext.",
    "alt_zu_lang": "Der Alternativtext des Bildes {kennung} hat mehr als "
    f"{permitted.ALT_LONGEST} Zeichen.",
    "bild_fehlt": "Die Bilddatei {kennung} liegt nicht beim Buch.",
    "bild_fremd": "Das Bild {kennung} liegt auf einem anderen Rechner.",
    "ebene_uebersprungen": "Die Überschrift «{kennung}» überspringt eine Ebene.",
    "kein_titel": "Das Kapitel beginnt nicht mit einer Überschrift «# Titel {{#sec-…}}».",
    "zweiter_titel": "«{kennung}» ist eine zweite Überschrift der ersten Ebene.",
    "link_ohne_ziel": "Der Link {kennung} hat kein Ziel.",
    "link_ohne_text": "Der Link auf {kennung} hat keinen Text.",
    "verweis_unerlaubt": "Der Link {kennung} führt nicht auf eine Seite.",
    "fremder_code": "Im Text steht HTML oder anderer Code: {kennung}",
    "nummer_in_einem_format": "#{kennung} steht in einem Block für nur ein Format.",
    "pandoc": "Pandoc beanstandet: {kennung}",
}
REMEDIES = {
    "verweis_ohne_ziel": "Kennung prüfen; ist kein Verweis gemeint, vor @ einen \\ setzen.",
    "doppelte_kennung": "Jede Kennung darf im ganzen Bericht nur einmal vorkommen.",
    "bild_ohne_alt": 'Das Bild beschreiben: ![](datei){fig-alt="Was das Bild zeigt"}.',
    "alt_zu_lang": "Kürzer fassen; Einzelheiten gehören in den Text oder eine Tabelle.",
    "bild_fehlt": "Bilder liegen im Ordner figures/ neben den Notebooks; ihre Namen haben keine "
    "Leerzeichen.",
    "bild_fremd": "Das Bild herunterladen und in den Ordner figures/ legen.",
    "ebene_uebersprungen": "Unter # folgt ##, unter ## folgt ###.",
    "kein_titel": "Die Überschrift in die erste Textzelle setzen.",
    "zweiter_titel": "Innerhalb eines Kapitels mit ## beginnen.",
    "link_ohne_ziel": "Ziel des Links prüfen.",
    "link_ohne_text": "Zwischen die eckigen Klammern schreiben, wohin der Link führt.",
    "verweis_unerlaubt": f"Links beginnen mit {permitted.schemes_listed()}.",
    "fremder_code": "Nur Markdown schreiben: Code fehlt im PDF und kann fremde Rechner abfragen. "
    'Bilder als ![](figures/datei.svg){fig-alt="…"}, vor ein «<» im Text einen \\ setzen.',
    "nummer_in_einem_format": "Kennung dort streichen: Nummern gelten in HTML und PDF gleich.",
    "pandoc": "Blöcke (:::), Fußnoten und Formeln des Kapitels prüfen; Zeilen zählen ab dem Titel.",
}
DATA_TABLE = re.compile(r"tbl-.+-daten$")
"""Tables behind the figures: every figure refers to its own, in a chapter that can be missing."""

APPENDIX = (
    "Jede Abbildung verweist auf ihre Werte im Tabellenanhang: In _quarto.yml muss unter chapters "
    "tabellenanhang.ipynb stehen."
)


@dataclass(frozen=True)
class Heading:
    """A heading below the chapter's title; ``html`` is its text with number."""

    level: int
    anchor: str
    html: str


@dataclass(frozen=True)
class Chapter:
    """One chapter in both output languages.

    ``number`` is empty for a chapter without number; ``title`` is HTML without markup of links
    and notes.
    """

    stem: str
    number: str
    title: str
    html: str
    typst: str
    contents: tuple[Heading, ...]


@dataclass(frozen=True)
class Book:
    """The chapters in reading order; their numbers and targets as `spm.book.reading` has them."""

    chapters: tuple[Chapter, ...]
    numbering: Mapping[str, Any]


def read_book(book: Path, project: Project) -> Book:
    """Read all chapters of a staged book.

    Raises
    ------
    SpmError
        Anything that would leave a reader with a dead reference, an ambiguous number or a picture
        without words; all of it at once, each with its chapter file.
    """
    texts = {Path(name).stem: outputs.markdown(_staged(book / name)) for name in project.chapters}
    return _read(texts, book, code=False)


def read_chapters(book: Path, project: Project) -> list[Chapter]:
    """The chapters alone; see `read_book`."""
    return list(read_book(book, project).chapters)


def _staged(path: Path) -> NotebookNode:
    """A notebook as staging wrote it: what is checked there is not checked again."""
    from spm.notebookformat import nbformat

    return nbformat.from_dict(json.loads(path.read_text(encoding="utf-8")))


def read_texts(texts: Mapping[str, str], folder: Path, *, code: bool = False) -> list[Chapter]:
    """The same for Markdown texts that belong together, by name.

    Parameters
    ----------
    texts : each begins with a heading ``# Titel {#sec-…}``.
    folder : where their pictures lie.
    code : whether they may hold HTML, as only the library's own pages do.
    """
    return list(_read(texts, folder, code=code).chapters)


def _read(texts: Mapping[str, str], folder: Path, *, code: bool) -> Book:
    pages, faults, numbering = reading.read(texts, folder, code=code)
    _complain(faults)
    chapters = tuple(
        Chapter(
            stem=page["stem"],
            number=page["number"],
            title=page["title"],
            html=page["html"],
            typst=page["typst"],
            contents=tuple(Heading(**heading) for heading in page["contents"]),
        )
        for page in pages
    )
    return Book(chapters, numbering)


def _complain(faults: list[dict[str, str]]) -> None:
    if not faults:
        return
    found = [
        (f"{m['kapitel']}.ipynb", FAULTS[m["art"]].format(kennung=m["kennung"])) for m in faults
    ]
    found = list(dict.fromkeys(found))  # what both formats trip over counts once
    advice = [REMEDIES[art] for art in REMEDIES if any(m["art"] == art for m in faults)]
    if any(m["art"] == "verweis_ohne_ziel" and DATA_TABLE.match(m["kennung"]) for m in faults):
        advice.insert(0, APPENDIX)
    if len(found) == 1:
        raise SpmError(found[0][1], wo=found[0][0], tun=" ".join(advice))
    raise SpmError(
        f"Die Kapitel haben {len(found)} Mängel.",
        wo="".join(f"\n    {file}: {what}" for file, what in found),
        tun=" ".join(advice),
    )
