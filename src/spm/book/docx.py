"""The report as a text document for committees that want to edit it (``--to docx``).

It is made from the web pages' text, so that numbers, captions and alternative texts are the same;
pandoc writes it into a reference document in the report's design.
"""

from __future__ import annotations

import io
import re
import tempfile
import zipfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import lxml.etree
import lxml.html

from spm.book import pandoc
from spm.book.document import Chapter
from spm.book.outputs import FIGURES
from spm.book.project import Project
from spm.system.archives import same_everywhere

WORD = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
FONT, WITHOUT_IT = "Lato", "Calibri"
SIZE = 20
"""Of running text, in half points."""

TABLE_SIZE = 16
"""Of the text of tables, in half points."""

SHEET = {"w": "11906", "h": "16838"}
MARGIN = "1361"
"""A4 with margins of 2.4 cm, as the PDF has, in twentieths of a point."""

NAMES, MOST_NAMES = 0.18, 0.4
"""Shares of a table's width for the names in its first column, at least and at most."""

LETTERS = 95
"""So many letters of a table fit beside each other."""

_PRIVATE = ("anker", "herunterladen", "einstieg", "nur-gehoert")
"""Classes of what only web pages need."""

_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The first moment that a zip file knows."""


def write(project: Project, chapters: Sequence[Chapter], book: Path, target: Path) -> None:
    """Write all chapters as one document.

    Parameters
    ----------
    project, chapters : what it says; ``project.datum`` is its only clock.
    book : the staged book, for its pictures.
    target : the DOCX file.

    Raises
    ------
    SpmError
        Pandoc or Typst cannot read a text or a picture.
    """
    from spm.book import pictures

    with tempfile.TemporaryDirectory(prefix="spm-docx-") as name:
        folder = Path(name)
        page = _joined(project, chapters)
        _copy_pictures(page, book, folder)
        pictures.write(folder)
        for image in page.iter("img"):
            image.set("src", re.sub(r"\.svg$", ".png", image.get("src")))
        (folder / "vorlage.docx").write_bytes(_reference(project, folder))
        text = lxml.html.tostring(page, encoding="unicode")
        pandoc.run(
            [
                *("-f", "html", "-t", "docx", "--standalone", "--toc", "--toc-depth=2"),
                *("--reference-doc=vorlage.docx", "--output=bericht.docx"),
                *_metadata(project),
            ],
            text,
            folder,
        )
        target.write_bytes(_without_clock((folder / "bericht.docx").read_bytes(), project))


def _metadata(project: Project) -> Iterator[str]:
    given = {
        "title": project.title,
        "subtitle": project.subtitle,
        "author": project.publisher,
        "date": project.date_in_words,
        "lang": "de-DE",
        "toc-title": "Inhalt",
    }
    for key, value in given.items():
        yield f"--metadata={key}={value}"


def _joined(project: Project, chapters: Sequence[Chapter]) -> lxml.html.HtmlElement:
    """The text of all chapters, every id once, references within the document."""
    body = lxml.html.Element("div")
    if project.note:
        note = lxml.html.Element("p")
        note.text = project.note
        body.append(note)
    first: dict[str, str] = {}
    for chapter in chapters:
        part = lxml.html.fragment_fromstring(chapter.html, create_parent="div")
        _raise_headings(part)
        for element in part.xpath("//*[@id]"):
            element.set("id", _label(chapter.stem, element.get("id")))
            first.setdefault(chapter.stem, element.get("id"))
        for link in part.xpath(".//a[starts-with(@href, '#')]"):
            link.set("href", f"{chapter.stem}.html{link.get('href')}")
        body.append(part)
    _tidy(body)
    for link in body.xpath(".//a[@href]"):
        stem, _, name = link.get("href").partition("#")
        if (stem := stem.removesuffix(".html")) in first:
            link.set("href", "#" + (_label(stem, name) if name else first[stem]))
        elif not re.match(r"[a-z]+:", link.get("href")):
            link.drop_tag()  # a page beside the web pages is nowhere beside the document
    return body


def _raise_headings(part: lxml.html.HtmlElement) -> None:
    """The start page's title is the report's, and its chapter begins one level lower."""
    headings = part.xpath(".//h1|.//h2|.//h3|.//h4|.//h5|.//h6")
    if headings and headings[0].tag == "h2":
        for heading in headings:
            heading.tag = f"h{int(heading.tag[1]) - 1}"


def _label(stem: str, name: str) -> str:
    """As in the PDF: an automatic id is unique only within its chapter."""
    return name if name.startswith(("fig-", "tbl-", "sec-")) else f"{stem}--{name}"


def _tidy(body: lxml.html.HtmlElement) -> None:
    for private in _PRIVATE:
        for element in body.find_class(private):
            element.drop_tree()
    for caption in body.xpath(".//figure[.//table]/figcaption"):
        figure = caption.getparent()
        table = figure.find(".//table")
        caption.tag = "caption"
        caption.attrib.pop("id", None)
        table.insert(0, caption)
        table.set("id", figure.attrib.pop("id", ""))
        figure.tag = "div"
    for figure in body.iter("figure"):
        # A picture within anything else would be set into a narrow table.
        for wrapper in figure.xpath("./div|./p|./div/p"):
            wrapper.drop_tag()
    for table in body.iter("table"):
        _set_widths(table)


def _set_widths(table: lxml.html.HtmlElement) -> None:
    """The names get the room that they need, numbers share the rest."""
    rows = [list(row) for row in table.iter("tr")]
    columns = max((len(row) for row in rows), default=0)
    if columns < 2:
        return
    longest = max(len(row[0].text_content()) for row in rows if row)
    first = min(max(longest / LETTERS, NAMES, 1 / columns), MOST_NAMES)
    group = lxml.html.Element("colgroup")
    for share in [first] + [(1 - first) / (columns - 1)] * (columns - 1):
        lxml.html.etree.SubElement(group, "col", style=f"width: {100 * share:.1f}%")
    head = table.find("caption")
    table.insert(0 if head is None else 1, group)


def _copy_pictures(page: lxml.html.HtmlElement, book: Path, folder: Path) -> None:
    (folder / FIGURES).mkdir()
    for image in page.iter("img"):
        source = image.get("src")
        (folder / source).parent.mkdir(parents=True, exist_ok=True)
        (folder / source).write_bytes((book / source).read_bytes())


def _reference(project: Project, folder: Path) -> bytes:
    """Pandoc's own reference document with the report's font, colours and language."""
    pandoc.run(["-f", "markdown", "-t", "docx", "--output=leer.docx"], "", folder)
    given = (folder / "leer.docx").read_bytes()

    def changed(name: str, content: bytes) -> bytes:
        if name == "word/styles.xml":
            return _styles(content, project)
        if name == "word/document.xml":
            return _sheet(content)
        if name == "word/fontTable.xml":
            entry = f'<w:font w:name="{FONT}"><w:altName w:val="{WITHOUT_IT}"/></w:font></w:fonts>'
            return content.replace(b"</w:fonts>", entry.encode())
        return content

    return _rezipped(given, changed)


def _sheet(content: bytes) -> bytes:
    root = lxml.etree.fromstring(content)
    section = root.find(f".//{WORD}sectPr")
    if section is None:
        section = lxml.etree.SubElement(root.find(f"{WORD}body"), f"{WORD}sectPr")
    _set(section, "pgSz", **SHEET)
    sides = dict.fromkeys(("top", "right", "bottom", "left"), MARGIN)
    _set(section, "pgMar", **sides, header="708", footer="708", gutter="0")
    return lxml.etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _styles(content: bytes, project: Project) -> bytes:
    root = lxml.etree.fromstring(content)
    default = root.find(f"{WORD}docDefaults/{WORD}rPrDefault/{WORD}rPr")
    _set(default, "rFonts", ascii=FONT, hAnsi=FONT, cs=FONT)
    _set(default, "sz", val=str(SIZE))
    _set(default, "szCs", val=str(SIZE))
    _set(default, "lang", val="de-DE")
    for style in root.iter(f"{WORD}style"):
        name = style.get(f"{WORD}styleId")
        if name == "Table":
            text = lxml.etree.Element(f"{WORD}rPr")
            _set(text, "sz", val=str(TABLE_SIZE))
            style.insert(list(style).index(style.find(f"{WORD}tblPr")), text)
            continue
        if name == "Heading1":  # a chapter begins a page
            lxml.etree.SubElement(style.find(f"{WORD}pPr"), f"{WORD}pageBreakBefore")
        properties = style.find(f"{WORD}rPr")
        if properties is None:
            continue
        for fonts in properties.findall(f"{WORD}rFonts"):
            properties.remove(fonts)
        if re.match(r"Heading|Title|TOCHeading|Subtitle", name):
            _set(properties, "color", val=project.colour.removeprefix("#"))
        elif name == "Hyperlink":
            _set(properties, "color", val=project.accent.removeprefix("#"))
    return lxml.etree.tostring(root, xml_declaration=True, encoding="UTF-8", standalone=True)


def _set(parent: lxml.etree._Element, name: str, **values: str) -> None:
    """Give an element of a style other values; what it had goes."""
    element = parent.find(WORD + name)
    if element is None:
        element = lxml.etree.SubElement(parent, WORD + name)
    element.attrib.clear()
    for key, value in values.items():
        element.set(WORD + key, value)


def _without_clock(document: bytes, project: Project) -> bytes:
    """The date of the report in place of the moment of writing."""
    moment = f"{project.date.isoformat()}T00:00:00Z".encode()

    def changed(name: str, content: bytes) -> bytes:
        if name != "docProps/core.xml":
            return content
        return re.sub(rb"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ", moment, content)

    return _rezipped(document, changed)


def _rezipped(archive: bytes, changed: Callable[[str, bytes], bytes]) -> bytes:
    """The same files, changed, in their order and without a clock."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(archive)) as source, zipfile.ZipFile(out, "w") as target:
        for name in source.namelist():
            info = zipfile.ZipInfo(name, _EPOCH)
            info.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(info, changed(name, source.read(name)))
    return same_everywhere(out.getvalue())
