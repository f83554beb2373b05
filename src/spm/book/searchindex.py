"""The index that web pages search without a server: one entry for each section of the report."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from html.parser import HTMLParser
from pathlib import Path

from spm.book.document import Chapter
from spm.book.page import Page

INDEX = "suchindex.js"
"""A script and not JSON: pages opened from a folder may load no other kind of file."""

_VARIABLE = "window.spmSuchindex="
_HEADINGS = {f"h{level}" for level in range(1, 7)}
_VOID = {"br", "img", "hr", "col", "input", "wbr"}
_INLINE = {"a", "em", "strong", "span", "sup", "sub", "code", "b", "i", "abbr", "math"}
_SILENT = ({"annotation", "script", "style", "svg"}, {"anker", "herunterladen", "nummer"})
"""Elements, and classes of elements, that say nothing to search for."""


class _Sections(HTMLParser):
    """Splits a page's main part at its headings.

    Cells that hold only numbers and signs are left out, and so is a name of a row or column that
    the section has already: tables repeat the same areas.
    """

    def __init__(self) -> None:
        super().__init__()
        self.sections: list[list[str]] = []  # [anchor, heading, text]
        self._open: list[tuple[str, bool]] = []  # element, silent or not
        self._text: list[str] = []
        self._cells: set[str] = set()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = dict(attrs)
        elements, classes = _SILENT
        silent = tag in elements or bool(classes & set((given.get("class") or "").split()))
        if tag in _HEADINGS:
            self._close()
            self.sections.append([given.get("id") or "", "", ""])
        elif tag in ("td", "th"):
            self._keep()
        elif tag not in _INLINE:
            self._text.append(" ")
        if tag not in _VOID:
            self._open.append((tag, silent))

    def handle_endtag(self, tag: str) -> None:
        while self._open and self._open.pop()[0] != tag:
            pass
        if tag in _HEADINGS and self.sections:
            self.sections[-1][1] = self._take()
        elif tag in ("td", "th"):
            self._cell()
        elif tag not in _INLINE:
            self._text.append(" ")

    def handle_data(self, data: str) -> None:
        if not any(silent for _, silent in self._open):
            self._text.append(data)

    def close(self) -> None:
        super().close()
        self._close()

    def _take(self) -> str:
        text, self._text = _plain("".join(self._text)), []
        return text

    def _keep(self) -> None:
        """Put aside what stands before a cell."""
        text = self._take()
        if text:
            self._section()[2] += f" {text}"

    def _cell(self) -> None:
        text = self._take()
        if re.search(r"[^\W\d_]", text) and text not in self._cells:
            self._cells.add(text)
            self._section()[2] += f" {text}"

    def _section(self) -> list[str]:
        if not self.sections:
            self.sections.append(["", "", ""])
        return self.sections[-1]

    def _close(self) -> None:
        self._keep()
        self._cells.clear()


def write(chapters: Sequence[Chapter], pages: Iterable[Page], folder: Path) -> None:
    """Write ``suchindex.js``, or add pages to the one that is there.

    The script holds {"seiten": [[file, title], …], "abschnitte": [[page's position, anchor,
    heading, text], …]}; the heading of a page's beginning is empty.

    Parameters
    ----------
    chapters : read only if there is no index yet.
    pages : beside the chapters; they are found by their titles and headings, not by their text:
        it repeats what the chapters say.
    folder : of the style sheets and scripts.
    """
    path = folder / INDEX
    if path.exists():
        index = json.loads(path.read_text(encoding="utf-8").removeprefix(_VARIABLE).strip(";\n"))
    else:
        index = _of_chapters(chapters)
    listed = {file for file, _ in index["seiten"]}
    for entry in entries(pages):
        if entry[0] not in listed:
            _add(index, *entry)
    _write(index, path)


Entry = tuple[str, str, list[list[str]]]
"""Of a page beside the chapters: its file, title and sections (anchor, heading, text)."""


def entries(pages: Iterable[Page]) -> list[Entry]:
    """What the index says of pages beside the chapters."""
    found = []
    for page in pages:
        headings = [[anchor, head, ""] for anchor, head, _ in _parsed(page.content)]
        found.append((page.file, _plain(page.title), headings or [["", "", ""]]))
    return found


def write_whole(chapters: Sequence[Chapter], others: Iterable[Entry], folder: Path) -> None:
    """Write the index anew, of chapters and of `entries`; see `write`."""
    index = _of_chapters(chapters)
    for entry in others:
        _add(index, *entry)
    _write(index, folder / INDEX)


def _of_chapters(chapters: Sequence[Chapter]) -> dict[str, list]:
    index: dict[str, list] = {"seiten": [], "abschnitte": []}
    for chapter in chapters:
        title = f"{chapter.number} {_text(chapter.title)}".strip()
        _add(index, f"{chapter.stem}.html", title, _parsed(chapter.html))
    return index


def _write(index: dict[str, list], path: Path) -> None:
    text = json.dumps(index, ensure_ascii=False, separators=(",", ":"))
    path.write_text(f"{_VARIABLE}{text};\n", encoding="utf-8", newline="\n")


def _add(index: dict[str, list], file: str, title: str, sections: list[list[str]]) -> None:
    page = len(index["seiten"])
    index["seiten"].append([file, title])
    for i, (anchor, head, text) in enumerate(sections):
        if i and not anchor:  # nothing to lead to: part of what stands before
            index["abschnitte"][-1][3] = _plain(f"{index['abschnitte'][-1][3]} {head} {text}")
        else:
            index["abschnitte"].append([page, anchor if i else "", head if i else "", text])


def _parsed(html: str) -> list[list[str]]:
    parser = _Sections()
    parser.feed(html)
    parser.close()
    return [[anchor, head, _plain(text)] for anchor, head, text in parser.sections]


def _text(html: str) -> str:
    return _plain(" ".join(head or text for _, head, text in _parsed(html)))


def _plain(text: str) -> str:
    """One line without soft hyphens, and with hyphens and blanks as people type them."""
    text = text.replace("\u00ad", "").replace("\u2060", "").replace("\u2011", "-")
    return re.sub(r"\s+", " ", text).strip()
