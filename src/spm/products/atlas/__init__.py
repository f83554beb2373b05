"""The atlas: map, ranked bars and time series of every indicator and year on one page."""

from __future__ import annotations

import json
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

from spm.book.page import Page
from spm.book.templates import template
from spm.presentation.pages.companions import ATLAS, profile_page
from spm.products.atlas.colours import variables
from spm.products.atlas.data import payload
from spm.products.vega import written_meanwhile

if TYPE_CHECKING:
    from spm.products.context import Context

TITLE = "Atlas"
SOURCES = Path(__file__).parents[1] / "assets"
STYLES = ("assets/atlas-farben.css", "assets/atlas.css")
SCRIPTS = (
    "assets/vega.js",
    "assets/atlas-daten.js",
    "assets/atlas-diagramme.js",
    "assets/atlas.js",
)


def write(context: Context) -> None:
    """Write ``html/atlas.html`` and what it loads."""
    if "html" not in context.formats:
        return
    folder = context.html / "assets"
    folder.mkdir(parents=True, exist_ok=True)
    with written_meanwhile(folder / "vega.js"):
        _write(context, folder)


def _write(context: Context, folder: Path) -> None:
    pages = {c.stem.partition("-")[2]: f"{c.stem}.html" for c in context.chapters}
    profiles = {
        raum: profile_page(raum)
        for raum in context.report.areas.raum
        if (context.html / profile_page(raum)).is_file()
    }
    data = payload(context.report, pages, profiles)
    for name in ("atlas.css", "atlas.js", "atlas-diagramme.js"):
        shutil.copyfile(SOURCES / name, folder / name)
    texts = {
        "atlas-farben.css": variables(),
        "atlas-daten.js": f"window.spmAtlasDaten = {_script(data)};\n",
    }
    for name, text in texts.items():
        (folder / name).write_text(text, encoding="utf-8", newline="\n")
    content = template(SOURCES / "atlas.html").render(data=data, chapters=context.chapters)
    context.write_pages(Page(ATLAS, TITLE, content, wide=True, styles=STYLES, scripts=SCRIPTS))


def _script(data: object) -> str:
    """JSON that is safe in a script, whatever a name holds."""
    text = json.dumps(data, ensure_ascii=False, separators=(",", ":"), allow_nan=False)
    return text.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029")
