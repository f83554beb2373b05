"""What two finished reports say differently, whoever rendered them: print every difference.

    python -m tests.compare_reports report/eins report/zwei

Compared are the web pages (titles, headings with their ids, text, references, captions, table
cells, alternative texts, links) and every PDF (pages, bookmarks, text, alternative texts). How it
looks is not compared, and neither are bytes. Exit code 1 if anything differs.
"""

from __future__ import annotations

import difflib
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path

import lxml.html
import pikepdf

BLOCKS = "h1|h2|h3|h4|h5|h6|p|li|dt|dd|caption|figcaption|th|td|summary|label|pre|text"
MOST = 40
"""Differences of one file that are printed; more are counted."""


def differences(one: Path, other: Path) -> list[str]:
    """All differences in content of two folders ``report/<slug>/``, a line each."""
    return [*_of_pages(one / "html", other / "html"), *_of_pdfs(one, other)]


def _of_pages(one: Path, other: Path) -> Iterator[str]:
    names = [{p.relative_to(f).as_posix() for p in f.rglob("*.html")} for f in (one, other)]
    yield from (f"{name}: nur in einem der Berichte" for name in sorted(names[0] ^ names[1]))
    for name in sorted(names[0] & names[1]):
        yield from _unlike(name, page_content(one / name), page_content(other / name))


def page_content(path: Path) -> list[str]:
    """What a web page says, in order, a line for each thing that can be read or followed."""
    page = lxml.html.parse(str(path), lxml.html.HTMLParser(encoding="utf-8")).getroot()
    lines = [f"lang: {page.get('lang')}", f"title: {_words(page.findtext('.//title'))}"]
    kinds = " or ".join(f"self::{name}" for name in BLOCKS.split("|"))
    for element in page.xpath(f"//body//*[{kinds} or self::img or self::a or @aria-label]"):
        if element.tag == "img":
            lines.append(f"img {element.get('src')}: {_words(element.get('alt'))}")
        elif element.tag == "a":
            lines.append(f"a {element.get('href')}: {_words(element.text_content())}")
        else:
            said = _words(element.text_content())
            lines.append(f"{element.tag} #{element.get('id') or ''}: {said}")
        if label := element.get("aria-label"):
            lines.append(f"  heißt: {_words(label)}")
    return lines


def _of_pdfs(one: Path, other: Path) -> Iterator[str]:
    names = [{p.name for p in folder.glob("*.pdf")} for folder in (one, other)]
    yield from (f"{name}: nur in einem der Berichte" for name in sorted(names[0] ^ names[1]))
    for name in sorted(names[0] & names[1]):
        yield from _unlike(name, pdf_content(one / name), pdf_content(other / name))


def pdf_content(path: Path) -> list[str]:
    """Metadata, bookmarks, alternative texts and text of a PDF, page by page."""
    with pikepdf.open(path) as pdf:
        keys = ("/Title", "/Author", "/CreationDate")
        lines = [f"{key}: {pdf.docinfo.get(key, '')}" for key in keys]
        lines += [f"lang: {pdf.Root.get('/Lang')}", f"Seiten: {len(pdf.pages)}"]
        with pdf.open_outline() as outline:
            lines += list(_bookmarks(outline.root, 0))
        lines += [f"Alt: {_words(str(alt))}" for alt in _alternatives(pdf.Root.StructTreeRoot)]
    text = subprocess.run(
        ["pdftotext", "-layout", "-enc", "UTF-8", str(path), "-"], check=True, capture_output=True
    ).stdout.decode()
    for number, page in enumerate(text.split("\f"), start=1):
        lines += [f"S. {number}: {_words(line)}" for line in page.splitlines() if line.strip()]
    return lines


def _bookmarks(items: Iterable, depth: int) -> Iterator[str]:
    for item in items:
        yield f"Lesezeichen {depth}: {item.title}"
        yield from _bookmarks(item.children, depth + 1)


def _alternatives(element: pikepdf.Object) -> Iterator[object]:
    waiting = [element]
    while waiting:
        here = waiting.pop()
        if isinstance(here, pikepdf.Array):
            waiting += reversed(list(here))
        elif isinstance(here, pikepdf.Dictionary):
            if "/Alt" in here:
                yield here.Alt
            if "/K" in here:
                waiting.append(here.K)


def _words(text: str | None) -> str:
    return " ".join((text or "").split())


def _unlike(name: str, one: list[str], other: list[str]) -> list[str]:
    found = [
        f"{name}: {line}"
        for line in difflib.unified_diff(one, other, lineterm="", n=0)
        if not line.startswith(("---", "+++", "@@"))
    ]
    more = len(found) - MOST
    return [*found[:MOST], *([f"{name}: … und {more} weitere"] if more > 0 else [])]


if __name__ == "__main__":
    different = differences(*map(Path, sys.argv[1:3]))
    print("\n".join(different) or "Kein Unterschied im Inhalt.")
    sys.exit(bool(different))
