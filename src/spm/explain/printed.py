"""Where a number stands in the report: looked up in the chapters as they were run."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from spm.explain.records import Druck
from spm.text.numbers import NBSP

TABLE, FIGURE, SENTENCE = "tabelle", "abbildung", "satz"

_ID = re.compile(r"\{#([\w-]+)")
_IMAGE = re.compile(r"!\[\]\(figures/([^)]+)\)(?:\{fig-alt=\"([^\"]*)\"\})?")
_MARKUP = re.compile(r"\*\*|\*|\\(?=[^\w\s])|\{[^}]*\}|\[(?=[^\]]*\])|\]|<[^>]*>")
_END = re.compile(r"(?<=[.;:])\s+(?=[A-ZÄÖÜ])")
_SECTION = re.compile(r"#{1,6} +(.*)")


@dataclass(frozen=True)
class Wanted:
    """What is looked for.

    Parameters
    ----------
    key : of the indicator; ``heads`` begin the heads of its columns or rows.
    names : what the area is called: of the whole municipality its name.
    texts : how the number may be printed, without and with its unit; empty: nothing is printed.
    year : that the number is of; ``told`` how it may be named, and whether it is the reporting
        year, which need not be.
    """

    key: str
    heads: tuple[str, ...]
    names: tuple[str, ...]
    texts: tuple[str, ...]
    year: int
    told: tuple[str, ...]
    current: bool


def printed(folder: Path, wanted: Wanted) -> list[Druck]:
    """All places in the chapters of a report, in the order of their pages.

    Parameters
    ----------
    folder : of the finished report.
    """
    found: dict[Druck, None] = {}
    for path in sorted((folder / "book").glob("*.ipynb")):
        for place in _Chapter(path, wanted).places():
            found[place] = None
    return list(found)


class _Chapter:
    def __init__(self, path: Path, wanted: Wanted) -> None:
        self._page, self._wanted = f"{path.stem}.html", wanted
        self._texts = _texts(path)
        first = next((m[1] for t in self._texts if (m := _SECTION.match(t.lstrip()))), path.stem)
        self._title = _plain(first)
        self._anchor, self._section = "", ""

    def places(self) -> Iterator[Druck]:
        for text in self._texts:
            lines = text.split("\n")
            at = 0
            while at < len(lines):
                line = lines[at]
                if line.startswith("|"):
                    end = next((i for i in range(at, len(lines)) if not lines[i].startswith("|")),
                               len(lines))  # fmt: skip
                    caption = next((ln for ln in lines[end : end + 3] if ln.startswith(": ")), "")
                    yield from self._table(lines[at:end], caption)
                    at = end
                    continue
                yield from self._line(line)
                at += 1

    def _line(self, line: str) -> Iterator[Druck]:
        if match := _ID.search(line):
            self._anchor = match[1]
        if match := _SECTION.match(line):
            self._section = _plain(match[1])
        if match := _IMAGE.search(line):
            if re.match(rf"{re.escape(self._wanted.key)}-(?!.*schmal)", match[1]):
                yield self._found(FIGURE, match[2] or match[1])
        elif not line.startswith((":::", "```", ": ", "#")):
            for sentence in _END.split(_plain(line)):
                if self._says(sentence):
                    yield self._found(SENTENCE, sentence.strip("- "))

    def _says(self, sentence: str) -> bool:
        """Whether a sentence tells the number: it names it, its area, its indicator, its year."""
        wanted = self._wanted
        if not any(_whole(text, sentence) for text in wanted.texts if not text.isdigit()):
            return False
        context = f"{self._section} {sentence}"
        own = self._anchor.replace("-", "_").startswith(f"kennzahl_{wanted.key}")
        own = own or any(head in sentence for head in wanted.heads)
        year = wanted.current or any(told in sentence for told in wanted.told)
        return own and year and any(name in context for name in wanted.names)

    def _table(self, lines: Sequence[str], caption: str) -> Iterator[Druck]:
        head, *rows = [[_plain(cell) for cell in line.strip("| ").split(" | ")] for line in lines]
        match = _ID.search(caption)
        name = match[1] if match else ""
        text = _plain(caption[2:]) or " | ".join(head)
        data = name == f"tbl-{self._wanted.key.replace('_', '-')}-daten"
        for row in rows:
            if self._in_row(head, row, data):
                yield self._found(TABLE, f"{text}: {row[0]}", name)

    def _in_row(self, head: Sequence[str], row: Sequence[str], data: bool) -> bool:
        """Whether a row has the number, or the sign in its place."""
        wanted = self._wanted
        cells = dict(zip(head[1:], row[1:], strict=False))
        if any(_begins(row[0], (name,)) for name in wanted.names):
            if data:
                return any(told in cells for told in wanted.told)
            own = [c for h, c in cells.items() if _begins(h, wanted.heads)]
            return wanted.current and any(self._fits(cell) for cell in own)
        if not _begins(row[0], wanted.heads):
            return False
        columns = [c for h, c in cells.items() if any(_begins(h, (n,)) for n in wanted.names)]
        if not columns and any(name in self._section for name in wanted.names):
            columns = list(cells.values())
        return wanted.current and any(self._fits(c) and wanted.texts for c in columns)

    def _fits(self, cell: str) -> bool:
        texts = self._wanted.texts
        return any(_whole(text, cell) for text in texts) if texts else bool(cell.strip())

    def _found(self, kind: str, text: str, anchor: str = "") -> Druck:
        anchor = anchor or self._anchor
        where = f"{self._page}#{anchor}" if anchor else self._page
        return Druck(kind, self._title, where, " ".join(text.split()))


@cache
def _texts(path: Path) -> tuple[str, ...]:
    """Markdown of a chapter: its own, and what its calls put out."""
    found = []
    for cell in json.loads(path.read_text(encoding="utf-8"))["cells"]:
        if cell["cell_type"] == "markdown":
            found.append("".join(cell["source"]))
        for output in cell.get("outputs", ()):
            text = output.get("data", {}).get("text/markdown", "")
            found.append("".join(text))
    return tuple(found)


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub("", text).replace(NBSP, " ").split())


def _begins(text: str, words: Iterable[str]) -> bool:
    """Whether a cell is one of the words, perhaps with something behind it."""
    return any(re.match(rf"{re.escape(word)}(?![\w-])", text) for word in words if word)


def _whole(number: str, text: str) -> bool:
    """Whether a number stands in a text, and not as a part of a longer one."""
    pattern = rf"(?<![\d.,−+-]){re.escape(number.replace(NBSP, ' '))}(?![\d]|[.,]\d)"
    return re.search(pattern, text) is not None
