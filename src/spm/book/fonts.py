"""The report's font: Lato in four cuts, from its PyPI package; for web pages in a smaller form."""

from __future__ import annotations

import io
import shutil
from importlib.metadata import version
from pathlib import Path

import fontpkg_lato

from spm.book.cache import kept
from spm.release.digest import sha256

CUTS = ("Lato-Regular.ttf", "Lato-Bold.ttf", "Lato-Italic.ttf", "Lato-BoldItalic.ttf")
FOLDER = Path(fontpkg_lato.ROOT) / "files"
LICENCE = "LICENSE.txt"

WEB_FAMILY = "Bericht Sans"
"""Lato's licence reserves its name for the unchanged font: what is made smaller has another one."""

_LETTERS = (
    (0x20, 0x7E),
    (0xA0, 0x17F),  # Western, Central European, Turkish
    (0x218, 0x21B),  # Romanian
    (0x300, 0x328),  # marks, where a name holds them apart from their letter
    (0x3A3, 0x3A3),
    (0x3BC, 0x3C3),
    (0x1E9E, 0x1E9E),
    (0x2000, 0x206F),  # dashes, quotation marks, blanks of fixed width
    (0x2070, 0x208E),
    (0x20AC, 0x20AC),
    (0x2100, 0x215E),
    (0x2190, 0x21FF),  # arrows
    (0x2200, 0x22FF),  # ≈ ≤ ≥ −
    (0x25A0, 0x25FF),
)
"""First and last code points; other letters come from the reader's own fonts."""

_FEATURES = ["kern", "mark", "liga", "calt", "case", "lnum", "onum", "pnum", "tnum"]


def copy_fonts(target: Path) -> None:
    """Copy the four cuts and the font's licence into a new folder."""
    target.mkdir(parents=True)
    for cut in CUTS:
        shutil.copyfile(FOLDER / cut, target / cut)
    _copy_licence(target)


def write_web_fonts(target: Path) -> None:
    """Write the four cuts as WOFF2 with the letters of a report, and the licence.

    The folder may hold other fonts; files that are there already stay.
    """
    target.mkdir(parents=True, exist_ok=True)
    for cut in CUTS:
        path = target / web_name(cut)
        if not path.exists():
            path.write_bytes(web_font(cut))
    _copy_licence(target)


def web_name(cut: str) -> str:
    """File name of a cut for web pages: "bericht-sans-bolditalic.woff2"."""
    style = cut.removesuffix(".ttf").partition("-")[2].lower()
    return f"{WEB_FAMILY.lower().replace(' ', '-')}-{style}.woff2"


def _copy_licence(target: Path) -> None:
    shutil.copyfile(Path(fontpkg_lato.ROOT) / "LICENSE", target / LICENCE)


def web_font(cut: str) -> bytes:
    """The same bytes for the same font; made once per machine, for it takes a second."""
    # fontTools lets HarfBuzz pack its tables, where that is installed.
    tools = [version(name) for name in ("fonttools", "uharfbuzz", "brotli")]
    made_by = f"{' '.join(tools)} {_LETTERS} {_FEATURES} {WEB_FAMILY}"
    return kept(f"{sha256(FOLDER / cut)} {made_by}", lambda: _made(cut))


def _made(cut: str) -> bytes:
    from fontTools import subset  # as slow to import as one page to write

    options = subset.Options(
        flavor="woff2",
        layout_features=_FEATURES,
        hinting=False,  # a third of the size, and screens do not need it any more
        name_IDs=[0, 1, 2, 3, 4, 5, 6, 13, 14],
        notdef_outline=True,
    )
    font = subset.load_font(str(FOLDER / cut), options)
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=[c for first, last in _LETTERS for c in range(first, last + 1)])
    subsetter.subset(font)
    for record in font["name"].names:
        if record.nameID in (1, 3, 4, 6):
            family = WEB_FAMILY.replace(" ", "") if record.nameID == 6 else WEB_FAMILY
            text = str(record).replace("Lato", family)
            font["name"].setName(
                text, record.nameID, record.platformID, record.platEncID, record.langID
            )
    file = io.BytesIO()
    subset.save_font(font, file, options)
    return file.getvalue()
