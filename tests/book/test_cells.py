"""Cells on a coloured ground: the same in web pages and PDF, readable, and told without colour."""

import re
from pathlib import Path

import pikepdf
import pytest

from spm.book import plaintables, reading, render
from spm.book.design import DARK
from spm.book.project import ASSETS
from spm.presentation.figures import style
from spm.presentation.judging import NAMES, WORDS
from spm.text.colours import TEXT, contrast
from tests.book_example import chapter, staged

TABLE = """\
| Raum | Quote |
|:---|---:|
| Sozialraum 1 | [12,3\u00a0−\u2007]{.unguenstig} |
| Sozialraum 2 | [4,5\u00a0\u2007\u2007]{.gleich} |
| **Insgesamt** | **8,1** |

: Quote. {#tbl-x}
"""


def css(ground: int) -> dict[str, str]:
    """Colours of the names in the first (light), second (dark) or third (print) block."""
    text = (ASSETS / "book.css").read_text(encoding="utf-8")
    found = {name: re.findall(rf"--{name}: (#[0-9a-f]{{6}})", text) for name in NAMES}
    assert {len(colours) for colours in found.values()} == {3}
    return {name: colours[ground] for name, colours in found.items()}


def test_all_places_know_the_same_names_and_colours() -> None:
    typst = (ASSETS / "book.typ").read_text(encoding="utf-8")
    assert dict(re.findall(r'(\w+): rgb\("(#[0-9a-f]{6})"\)', typst)).items() >= css(0).items()
    assert css(0) == css(2) == style.CELLS
    assert css(1) == style.CELLS_DARK
    lua = (ASSETS / "tables.lua").read_text(encoding="utf-8")
    told = dict(re.findall(r"(\w+) = '([^']*)'", lua.split("M.TINTS")[1].split("}")[0]))
    assert told == {name: WORDS[name] if name != "gleich" else "" for name in NAMES}


def test_text_is_readable_on_every_ground() -> None:
    sheet = (ASSETS / "book.css").read_text(encoding="utf-8")
    light, dark = re.findall(r"--schrift: (#[0-9a-f]{6})", sheet)[:2]
    assert contrast(dark, DARK) > TEXT
    for text, grounds in ((light, css(0)), (dark, css(1))):
        for ground in grounds.values():
            assert contrast(text, ground) >= TEXT, (text, ground)


def test_read_without_pandoc_or_with_it() -> None:
    text = f"# A {{#sec-a}}\n\nDavor.\n\n{TABLE}\nDanach.\n"
    left, (table,) = plaintables.take_out(text)
    assert "Sozialraum" not in left
    assert table["body"][0]["cells"][1] == {"text": "12,3\u00a0−\u2007", "tint": "unguenstig"}
    fast = reading.read({"a": text}, Path("."), 1)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(plaintables, "take_out", lambda markdown: (markdown, []))
        assert reading.read({"a": text}, Path("."), 1) == fast


def test_both_formats_show_them(tmp_path: Path) -> None:
    book = staged(tmp_path, {"index.ipynb": chapter("# A {#sec-a}", TABLE)}, kommune="Ort")
    render(book, tmp_path / "out", renderer="embedded", slug="ort")
    page = (tmp_path / "out/html/index.html").read_text(encoding="utf-8")
    assert '<td class="unguenstig" style="text-align: right;">' in page
    assert '<span class="nur-gehoert">, ungünstiger</span>' in page
    assert "nicht nachweisbar" not in page and '<td class="gleich"' in page
    with pikepdf.open(tmp_path / "out/ort.pdf") as pdf:
        drawn = b"".join(
            part.read_bytes() if isinstance(part := page.Contents, pikepdf.Stream) else b""
            for page in pdf.pages
        )
    fills = re.findall(rb"([\d.]+) ([\d.]+) ([\d.]+) (?:rg|scn)", drawn)
    found = {tuple(round(255 * float(part)) for part in fill) for fill in fills}
    for name in ("unguenstig", "gleich"):
        assert tuple(int(css(0)[name][i : i + 2], 16) for i in (1, 3, 5)) in found
