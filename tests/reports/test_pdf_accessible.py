"""The finished PDF of the demo: readable by screen readers (PDF/UA-1) and in archives (PDF/A-2a).

``SPM_PDF`` names a PDF to look at instead, with its staged book in ``book/`` beside it.
"""

import itertools
import os
import re
import shutil
import subprocess
from pathlib import Path

import nbformat
import pikepdf
import pytest
import yaml

from tests.accessibility_example import structure

pytestmark = pytest.mark.slow
A4 = (595.28, 841.89)
BRIEFEST = 20
"""Letters of an alternative text that can say what a picture shows."""


@pytest.fixture(scope="module")
def path(request: pytest.FixtureRequest) -> Path:
    if given := os.environ.get("SPM_PDF"):
        return Path(given)
    return request.getfixturevalue("demo") / "report" / "pilotkommune" / "pilotkommune.pdf"


@pytest.fixture(scope="module")
def pdf(path: Path):
    with pikepdf.open(path) as opened:
        yield opened


@pytest.fixture(scope="module")
def tags(pdf: pikepdf.Pdf) -> list[pikepdf.Dictionary]:
    """Every structure element, in reading order."""
    return list(structure(pdf.Root.StructTreeRoot))


@pytest.fixture(scope="module")
def titles(path: Path) -> list[str]:
    """Titles of the chapters, from the staged book."""
    book = path.parent / "book"
    config = yaml.safe_load((book / "_quarto.yml").read_text("utf-8"))
    cells = (nbformat.read(book / n, as_version=4).cells[0] for n in config["book"]["chapters"])
    return [re.sub(r"^# | \{#.*", "", cell.source.strip()) for cell in cells]


def kind(tag: pikepdf.Dictionary) -> str:
    return str(tag.S)


def test_language_title_and_tags_are_declared(pdf: pikepdf.Pdf) -> None:
    assert str(pdf.Root.Lang) in ("de", "de-DE")
    assert str(pdf.docinfo.Title) == "Soziale Lebenslagen von Kindern und Jugendlichen"
    assert pdf.Root.ViewerPreferences.DisplayDocTitle == True  # noqa: E712 (a PDF object)
    assert pdf.Root.MarkInfo.Marked == True  # noqa: E712
    with pdf.open_metadata() as meta:
        assert (meta["pdfuaid:part"], meta["pdfaid:part"], meta["pdfaid:conformance"]) == (
            "1",
            "2",
            "A",
        )
        assert meta["dc:title"] == str(pdf.docinfo.Title)
    assert pdf.Root.OutputIntents[0].S == "/GTS_PDFA1"


def test_every_picture_says_what_it_shows(tags) -> None:
    figures = [tag for tag in tags if kind(tag) == "/Figure"]
    assert len(figures) > 40
    for figure in figures:
        assert len(str(figure.Alt)) >= BRIEFEST, figure.get("/Alt")
    assert not any("Abbildung ohne Beschreibung" in str(figure.Alt) for figure in figures)


def test_header_cells_say_what_they_are_the_header_of(tags) -> None:
    tables = [tag for tag in tags if kind(tag) == "/Table"]
    headers = [tag for tag in tags if kind(tag) == "/TH"]
    assert len(tables) > 20 and len(headers) >= 2 * len(tables)
    for cell in headers:
        given = cell.get("/A", [])
        entries = list(given) if isinstance(given, pikepdf.Array) else [given]
        scopes = [str(e.Scope) for e in entries if "/Scope" in e]
        assert scopes in (["/Column"], ["/Row"], ["/Both"])


def test_headings_skip_no_level(tags) -> None:
    levels = [int(kind(tag)[2]) for tag in tags if re.fullmatch(r"/H\d", kind(tag))]
    assert levels[0] == 1 and len(levels) > 50
    assert all(after <= before + 1 for before, after in itertools.pairwise(levels))


def test_every_chapter_has_a_bookmark(pdf: pikepdf.Pdf, titles: list[str]) -> None:
    with pdf.open_outline() as outline:
        found = [re.sub(r"^\d+ ", "", item.title) for item in outline.root]
    assert found == titles


def test_fonts_are_embedded_and_their_letters_known(pdf: pikepdf.Pdf) -> None:
    fonts = [o for o in pdf.objects if isinstance(o, pikepdf.Dictionary) and "/BaseFont" in o]
    whole = [font for font in fonts if "/DescendantFonts" in font or "/FontDescriptor" in font]
    assert whole
    for font in whole:
        descendants = list(font.get("/DescendantFonts", []))
        for part in descendants or [font]:
            embedded = {"/FontFile", "/FontFile2", "/FontFile3"} & set(part.FontDescriptor.keys())
            assert embedded, font.BaseFont
        if descendants:
            assert "/ToUnicode" in font, font.BaseFont


def test_pages_are_a4(pdf: pikepdf.Pdf) -> None:
    for page in pdf.pages:
        size = (float(page.MediaBox[2]), float(page.MediaBox[3]))
        assert size == pytest.approx(A4, abs=0.1)


@pytest.fixture(scope="module")
def pages(path: Path) -> list[list[str]]:
    """Lines of every page in the order in which they are written, without header and footer."""
    if shutil.which("pdftotext") is None:
        pytest.skip("pdftotext ist nicht installiert")
    call = ["pdftotext", "-raw", "-enc", "UTF-8"]
    call += ["-x", "0", "-y", "62", "-W", "596", "-H", "720", str(path), "-"]
    text = subprocess.run(call, capture_output=True, check=True).stdout.decode()
    every = text.replace("\u00a0", " ").replace("\u2060", "").split("\f")[:-1]
    return [[line.strip() for line in page.split("\n") if line.strip()] for page in every]


def test_a_chapter_is_read_from_its_title_down(pages) -> None:
    at = next(i for i, page in enumerate(pages) if page[:1] == ["Kapitel 3"])
    text = "\n".join(line for page in pages[at : at + 2] for line in page)
    order = [
        "Leistungen nach SGB II und materielle Lage",
        "Was sich zeigt:",
        "•",
        "Tabelle 3.1:",
        "3.1 ",
        "Abbildung 3.1:",
    ]
    places = [text.index(words) for words in order]
    assert places == sorted(places)


def test_captions_of_tables_are_read_before_their_header(tags) -> None:
    for table in (tag for tag in tags if kind(tag) == "/Table"):
        siblings = [child for child in table.P.K if isinstance(child, pikepdf.Dictionary)]
        kinds = [kind(child) for child in siblings if "/S" in child]
        if "/Caption" in kinds:
            assert kinds.index("/Caption") < kinds.index("/Table")


def test_no_page_is_empty_and_none_ends_with_a_heading(pdf: pikepdf.Pdf, pages) -> None:
    def headings(items):
        for item in items:
            yield item.title
            yield from headings(item.children)

    with pdf.open_outline() as outline:
        known = set(headings(outline.root))
    lines = {line for page in pages for line in page}
    assert len(known & lines) > len(known) / 2, "bookmarks read like the headings of the pages"
    for number, page in enumerate(pages, start=1):
        assert page, f"page {number} is empty"
        assert page[-1] not in known, f"page {number} ends with «{page[-1]}»"
