"""Whether what chapters say holds a count that disclosure control has suppressed.

The wall (`spm.chapters.walls`) keeps chapters from reading confidential data; this looks at what
came out, typed text included, in case a number got there in another way: from a mail, an older
report, a copy of a delivery.

A number alone proves nothing: "12" stands everywhere. A suppressed count is told where a line (row
of a table, sentence) names its *area*, holds the *number* as a whole word, and its *indicator* is
named, in this order of nearness: by the heading of the column, the line, the caption of the table;
else, if none of them names an indicator, by the same output or the source of its cell. And the
*year*: the one of heading, line or caption; else one of the output or the source; if none is named,
the year of the report. Not taken for the count: numbers that belong to the name of an area or
indicator, years, percentages, decimals, ordinals, how many indicators or values there are, bounds
("weniger als 3", "5 bis 9"), references ("Tabelle 3.2"), and numbers that are published for the
same area anyway, for whichever indicator and year: of those a reader learns nothing. A count in
words, in a picture, or of an indicator that nobody names is missed; a check that stops reports for
nothing would be switched off.

Nothing that is published depends on the outcome: either the report is built as it is, or the
analyst is told and no report is built.
"""

from __future__ import annotations

import html
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path
from typing import Any, NamedTuple

_STRIP = re.compile(r"`#streifen\([\w\s.,:()-]*\)`\{=typst\}")
"""Places along a drawn line, no counts."""

_TAG = re.compile(r"<[^>]+>")
_SENTENCE = re.compile(r"(?<=[.!?:;])\s+(?=[A-ZÄÖÜ«\"„])|\n\s*\n")
_YEAR = re.compile(r"(?<![\w.,])(?:19|20)\d\d(?![\w]|[.,]\d)", re.ASCII)
_NUMBER = re.compile(r"(?<![\w.,/–-])(\d{1,3}(?:\.\d{3})+|\d+)(?:\.0)?(?![\w/–-]|[.,]\d)", re.ASCII)
"""A whole number; pandas prints it as 12.0."""

_NOT_EXACT = re.compile(
    r"(?:weniger als|mindestens|höchstens|unter|über|ab|bis(?: zu)?|rund|etwa|Platz|Rang|Nr\.|von|"
    r"je|Kapitel|Abschnitt|Abbildung|Tabelle|§|Seite|zwischen|±)\W{0,2}$",
    re.I,
)
_GOES_ON = re.compile(
    r"\s?(?:%|Prozent|‰|\.(?=\s+\w)|bis\b|Jahre|-jährig|ha\b|km|m²|€|Euro|Uhr|"
    r"Kennzahl(?:en)?\b|Werten?\b)",
    re.I,
)


@dataclass(frozen=True, kw_only=True)
class Suppressed:
    """A count that must not be told.

    Parameters
    ----------
    indicator : its id.
    names : of the indicator, as texts and tables may call it: id, titles, measures.
    area : its name.
    keys : what else a cell of a table may call it.
    year : of the row.
    count : the true number.
    """

    indicator: str
    names: tuple[str, ...]
    area: str
    keys: tuple[str, ...]
    year: int
    count: int


@dataclass(frozen=True)
class Told:
    """A place where one is told: the number of its cell, and the count."""

    cell: int
    what: Suppressed


class Listener:
    """Looks for suppressed counts in notebooks.

    Parameters
    ----------
    suppressed : all of them.
    published : by name of an area every count that the report shows of it.
    names : of all indicators, by id.
    year : of the report.
    """

    def __init__(
        self,
        suppressed: Iterable[Suppressed],
        published: Mapping[str, set[int]],
        names: Mapping[str, Sequence[str]],
        year: int,
    ) -> None:
        self._by_area: dict[str, list[Suppressed]] = {}
        for one in suppressed:
            if one.count > 0 and one.count not in published.get(one.area, ()):
                self._by_area.setdefault(one.area, []).append(one)
        self._names, self._year = names, year
        texts = {name for listed in names.values() for name in listed} | set(self._by_area)
        longest = sorted(texts, key=len, reverse=True)
        self._known = re.compile("|".join(map(re.escape, longest)) or "(?!)")

    def notebook(self, path: Path) -> list[Told]:
        """What an executed notebook tells, cell by cell, counted from 1."""
        content = json.loads(path.read_text(encoding="utf-8"))
        return [
            told
            for number, cell in enumerate(content["cells"], start=1)
            for told in self._cell(number, cell)
        ]

    def _cell(self, number: int, cell: Mapping[str, Any]) -> Iterator[Told]:
        source = _text(cell.get("source", ""))
        typed = cell["cell_type"] == "markdown"
        texts = [source] if typed else map(_shown, cell.get("outputs", ()))
        found: dict[Suppressed, None] = {}
        for text in texts:
            found |= dict.fromkeys(self._output(text, source))
        return (Told(number, what) for what in found)

    def _output(self, text: str, source: str) -> Iterator[Suppressed]:
        around = _Around(f"{text}\n{source}", self._named, self._year)
        for row in _rows(text):
            yield from self._line(row, around)

    def _line(self, row: _Row, around: _Around) -> Iterator[Suppressed]:
        line = " ".join(row.cells)
        for area, own in self._by_area.items():
            names = (area, *own[0].keys)
            lead = [i for i, cell in enumerate(row.cells) if cell.strip("*_ `") in names][:1]
            if not lead and not (area in line and _word(area).search(line)):
                continue
            for position, (cell, heading) in enumerate(zip(row.cells, row.headings, strict=True)):
                numbers = set() if position in lead else set(self._counts(cell))
                for one in own:
                    if one.count in numbers and self._means(
                        one, (heading, line, row.caption), around
                    ):
                        yield one

    def _means(self, one: Suppressed, near: Sequence[str], around: _Around) -> bool:
        indicators = next(filter(None, map(self._named, near)), None) or around.indicators
        years = next(filter(None, map(_years, near)), None) or around.years
        return one.indicator in indicators and one.year in years

    def _named(self, text: str) -> set[str]:
        """Ids of the indicators that a text names."""
        return {
            key
            for key, names in self._names.items()
            if any(_word(name).search(text) for name in names)
        }

    def _counts(self, text: str) -> Iterator[int]:
        bare = _YEAR.sub(" ", self._known.sub(" ", text))
        for found in _NUMBER.finditer(bare):
            before, after = bare[: found.start()], bare[found.end() :]
            if not _NOT_EXACT.search(before[-20:]) and not _GOES_ON.match(after):
                yield int(found[1].replace(".", ""))


class _Around:
    """What an output and the source of its cell name, worked out only where it is asked for."""

    def __init__(self, text: str, named: Any, year: int) -> None:
        self._text, self._named, self._year = text, named, year

    @cached_property
    def indicators(self) -> set[str]:
        return self._named(self._text)

    @cached_property
    def years(self) -> set[int]:
        return _years(self._text) or {self._year}


class _Row(NamedTuple):
    """Cells of a row, the heading of each column, and the caption; a sentence is one cell."""

    cells: list[str]
    headings: list[str]
    caption: str


def _rows(text: str) -> Iterator[_Row]:
    """Rows of tables (with "|", tabs or wide gaps between cells), and sentences."""
    prose: list[str] = []
    table: list[list[str]] = []
    for line in [*text.split("\n"), ": "]:
        cells = _cells(line)
        if len(cells) > 1:
            table += [] if set(line) <= set("|:-+= ") else [cells]
        elif line.strip():
            yield from _of_table(table, line[2:] if line.startswith(": ") else "")
            table = []
            prose.append(line)
        elif not table:
            prose.append(line)
    for sentence in _SENTENCE.split("\n".join(prose)):
        if sentence.strip():
            yield _Row([" ".join(sentence.split())], [""], "")


def _of_table(lines: Sequence[list[str]], caption: str) -> Iterator[_Row]:
    heading = lines[0] if lines else []
    for cells in lines[1:]:
        lead = len(cells) - len(heading)  # a frame prints its index without a heading
        names = [""] * max(lead, 0) + heading[max(-lead, 0) :]
        yield _Row(cells, names, caption)


@cache
def _word(name: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(name)}(?!\w)", re.I)


def _cells(line: str) -> list[str]:
    if line.count("|") > 1:
        return [cell.strip() for cell in line.strip().strip("|").split("|")]
    return [cell for cell in re.split(r"\t| {2,}", line.strip()) if cell]


def _years(text: str) -> set[int]:
    return {int(year) for year in _YEAR.findall(text)}


def _shown(output: Mapping[str, Any]) -> str:
    """The text of an output, as the report takes it: Markdown, else a table, else plain text."""
    if "text" in output:
        return _text(output["text"])
    data = output.get("data", {})
    if "text/markdown" in data:
        return html.unescape(_STRIP.sub("", _text(data["text/markdown"]))).replace("\\", "")
    if "<table" in (page := _text(data.get("text/html", ""))):
        rows = re.sub(r"\s*</tr>\s*", "\n", re.sub(r"\n\s*", "", page))
        rows = re.sub(r" *</t[dh]> *", " | ", rows)
        return html.unescape(_TAG.sub("", rows))
    return _text(data.get("text/plain", ""))


def _text(value: Any) -> str:
    return "".join(value) if isinstance(value, list) else str(value)
