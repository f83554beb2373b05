"""The report as a text document: the same words, numbers and pictures, nothing of the machine."""

import re
import zipfile
from pathlib import Path

import lxml.etree
import pytest

from spm.book import render
from spm.book.document import read_chapters
from spm.book.project import read_project
from spm.errors import SpmError
from tests.book_example import NASTY, staged

pytestmark = pytest.mark.slow


W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
DRAWING = "{http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing}"


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("docx")
    render(staged(folder), folder / "out", ("docx",), "embedded", "muster")
    return folder


@pytest.fixture(scope="module")
def document(folder: Path) -> lxml.etree._Element:
    return part(folder / "out" / "muster.docx", "word/document.xml")


def part(path: Path, name: str) -> lxml.etree._Element:
    with zipfile.ZipFile(path) as archive:
        return lxml.etree.fromstring(archive.read(name))


def words(element: lxml.etree._Element) -> str:
    return " ".join("".join(t.text or "" for t in element.iter(f"{W}t")).split())


def paragraphs(document: lxml.etree._Element, style: str) -> list[str]:
    return [
        words(p)
        for p in document.iter(f"{W}p")
        if (s := p.find(f"{W}pPr/{W}pStyle")) is not None and s.get(f"{W}val") == style
    ]


@pytest.mark.slow
def test_only_what_was_asked_for_is_written(folder: Path) -> None:
    assert [path.name for path in (folder / "out").iterdir()] == ["muster.docx"]


def test_chapters_and_sections_are_headings(folder: Path, document) -> None:
    chapters = read_chapters(folder / "book", read_project(folder / "book"))
    named = paragraphs(document, "Heading1")
    assert len(named) == len(chapters) == 4
    assert named[0] == "Das Wichtigste" and named[1] == "1 Bevölkerung"
    assert named[2].startswith("2 SGB II in ") and "<script>" in named[2]
    assert "1.1 Überblick" in paragraphs(document, "Heading2")
    assert paragraphs(document, "Title") == ["Soziale Lebenslagen von Kindern und Jugendlichen"]


def test_tables_have_their_cells_heads_and_captions(document) -> None:
    tables = [t for t in document.iter(f"{W}tbl") if "16,64" in words(t)]
    rows = [[words(c) for c in row.iter(f"{W}tc")] for row in tables[0].iter(f"{W}tr")]
    name = " ".join(NASTY.split())
    assert rows == [["Sozialraum", "2022", "2023"], [name, "1.234,5", "16,64"], ["Süd", "7,0", "–"]]
    first = tables[0].find(f"{W}tr")
    assert first.find(f"{W}trPr/{W}tblHeader") is not None, "repeated on the next page"
    captions = paragraphs(document, "TableCaption")
    assert any(text.startswith("Tabelle 2.1:") for text in captions)


def test_pictures_have_words_and_lie_in_the_document(folder: Path, document) -> None:
    told = [d.get("descr") for d in document.iter(f"{DRAWING}docPr")]
    assert "Balken je Sozialraum." in told and f"Karte von {NASTY}" in told
    assert not [t for t in document.iter(f"{W}tbl") if t.find(f".//{DRAWING}docPr") is not None]
    with zipfile.ZipFile(folder / "out" / "muster.docx") as archive:
        pictures = [n for n in archive.namelist() if n.startswith("word/media/")]
    assert len(pictures) == 2 and all(name.endswith(".png") for name in pictures)


def test_references_lead_somewhere_in_the_document(folder: Path, document) -> None:
    names = {b.get(f"{W}name") for b in document.iter(f"{W}bookmarkStart")}
    anchors = [a for h in document.iter(f"{W}hyperlink") if (a := h.get(f"{W}anchor"))]
    assert len(anchors) == 7 and set(anchors) <= names
    relations = part(folder / "out" / "muster.docx", "word/_rels/document.xml.rels")
    outside = [r.get("Target") for r in relations if r.get("TargetMode") == "External"]
    assert not outside, "the example names no page of the web"


def test_german_in_the_colours_of_the_municipality(folder: Path) -> None:
    styles = part(folder / "out" / "muster.docx", "word/styles.xml")
    assert styles.find(f".//{W}docDefaults//{W}lang").get(f"{W}val") == "de-DE"
    heading = styles.find(f".//{W}style[@{W}styleId='Heading1']/{W}rPr/{W}color")
    assert heading.get(f"{W}val") == read_project(folder / "book").colour.removeprefix("#")


@pytest.mark.slow
def test_same_bytes_and_no_clock_but_the_reports(folder: Path, tmp_path: Path) -> None:
    first = (folder / "out" / "muster.docx").read_bytes()
    render(folder / "book", tmp_path / "anders", ("docx",), "embedded", "muster")
    assert (tmp_path / "anders" / "muster.docx").read_bytes() == first
    core = lxml.etree.tostring(part(folder / "out" / "muster.docx", "docProps/core.xml")).decode()
    assert set(re.findall(r"\d{4}-\d\d-\d\dT[\d:]+Z", core)) == {"2024-09-30T00:00:00Z"}
    assert str(folder) not in core


def test_an_unknown_format_names_the_known_ones(tmp_path: Path) -> None:
    with pytest.raises(SpmError, match="«odt» gibt es nicht") as caught:
        render(staged(tmp_path), tmp_path / "out", ("odt",))
    assert "html, pdf, docx" in str(caught.value)
