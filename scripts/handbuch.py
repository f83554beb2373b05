"""Set docs/handbuch/*.md as one PDF and one HTML page, with the report's own pipeline.

Usage: python scripts/handbuch.py [folder]        (default: report/handbuch, which git ignores)
"""

from __future__ import annotations

import base64
import re
import sys
import tempfile
from datetime import date
from pathlib import Path

from markupsafe import escape

from spm.book import pdf
from spm.book.design import palette
from spm.book.document import Chapter, read_texts
from spm.book.fonts import CUTS, web_font, web_name
from spm.book.project import ASSETS, Project
from spm.config.design import Gestaltung

ROOT = Path(__file__).resolve().parents[1]
CHAPTERS = ROOT / "docs/handbuch"
NAME = "spm-handbuch"
DAY = date(2026, 11, 29)
"""Of this edition: outputs never hold the day on which they were made."""

COMMENT = re.compile(r"^<!--.*?-->\n", re.M | re.S)
"""What tests/test_handbuch.py does at that place; readers do not need it."""

CODE = """
#set text(size: 9.6pt)
#show raw: set text(font: ("DejaVu Sans Mono", "Lato"), size: 8.2pt)
#show raw.where(block: true): set text(size: 7.6pt)
#show raw.where(block: true): it => block(
  width: 100%, breakable: false, fill: flaeche, inset: 7pt, radius: 2pt, it,
)
#show table: block.with(breakable: false)
"""
"""Reports hold no code: here its columns have to stand below each other, and blocks are whole."""


def main(folder: Path) -> None:
    """Write both."""
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as nothing:
        chapters = read_texts(texts(), Path(nothing))
    source = f'#import "book.typ": *\n{pdf.opening(PROJECT)}{CODE}'
    source += "\n\n".join(chapter.typst for chapter in chapters)
    done = pdf.compile_pdf(source, {"book.typ": ASSETS / "book.typ"}, DAY)
    (folder / f"{NAME}.pdf").write_bytes(done)
    page = folder / f"{NAME}.html"
    page.write_text(html(chapters), encoding="utf-8", newline="\n")


def texts() -> dict[str, str]:
    """The chapters by stem; the title gets the id that the pipeline asks for."""
    found = {}
    for path in sorted(CHAPTERS.glob("[0-9][0-9]-*.md")):
        text = COMMENT.sub("", path.read_text(encoding="utf-8"))
        title, rest = text.split("\n", 1)
        found[path.stem] = f"{title} {{#sec-{path.stem[3:]}}}\n{rest}"
    return found


def html(chapters: list[Chapter]) -> str:
    """One page that loads nothing."""
    style = palette(PROJECT.colour, PROJECT.accent) + (ASSETS / "book.css").read_text("utf-8")
    for cut in CUTS:
        name = web_name(cut)
        data = base64.b64encode(web_font(cut)).decode()
        style = style.replace(f"fonts/{name}", f"data:font/woff2;base64,{data}")
    contents = "".join(
        f'<li><a href="#sec-{c.stem[3:]}"><span class="nummer">{c.number}</span>'
        f"<span>{c.title}</span></a></li>\n"
        for c in chapters
    )
    body = "\n".join(chapter.html for chapter in chapters)
    return f"""<!DOCTYPE html>
<html lang="de">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{escape(PROJECT.title)}</title>
<style>
{style}
pre {{ white-space: pre-wrap; }}
</style>
</head>
<body>
<a class="sprung" href="#inhalt">Zum Inhalt springen</a>
<header class="kopf"><div class="kopf-zeile">
<p class="kopf-name"><span class="kopf-titel">{escape(PROJECT.title)}</span>
<span class="kopf-kommune">{escape(PROJECT.municipality)}</span></p>
</div></header>
<div class="seite">
<nav class="seitenleiste" aria-label="Kapitel"><ol class="kapitel">
{contents}</ol></nav>
<main id="inhalt" tabindex="-1">
{body}
</main>
</div>
</body>
</html>
"""


_DESIGN = Gestaltung()
PROJECT = Project(
    chapters=(),
    title="Handbuch",
    subtitle="Von den Dateien der Ämter zum Sozialbericht: für alle, die Excel kennen",
    publisher="SPM",
    municipality="SPM – Sozialräumliches Präventionsmonitoring",
    contact="",
    note="Alle Zahlen und Orte in den Beispielen sind erfunden.",
    date=DAY,
    date_in_words="29. November 2026",
    colour=_DESIGN.farbe,
    accent=_DESIGN.akzentfarbe,
    logo="",
    logo_text="",
)

if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "report/handbuch")
