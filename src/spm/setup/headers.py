"""Where the header of a raw table is, where its data end, and what its title says."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spm.rawfiles.grid import join_header
from spm.setup.folder import RawTable
from spm.text.times import parse_time

SEARCHED = 40
"""Rows in which data must have begun."""

LEVELS = 3
"""Rows that a header has at most."""

LONGEST_NAME = 60
"""Characters of a heading; what is longer and alone in its row is a title."""

SIGNS = frozenset({"*", "-", "–", "—", ".", "·", "•", "/", "x", "X", "…", "...", "k.A.", "k. A."})
"""What stands in place of a number."""

NUMBER = re.compile(r"[-+−–]?\s?\d{1,3}(?:[.,' ]?\d{3})*(?:[.,]\d+)?|[-+−–]?\d+(?:[.,]\d+)?")


@dataclass(frozen=True)
class Layout:
    """A raw table cut into its parts.

    Attributes
    ----------
    header_rows : row numbers, from 1.
    header : one name per column, as SPM will call them.
    rows : the data, every row as wide as the header.
    end : how the first row behind the data begins; "" if there is none.
    title : lines above the header.
    footer : lines behind the data.
    """

    table: RawTable
    header_rows: list[int]
    header: list[str]
    rows: list[list[str]]
    end: str
    title: list[str]
    footer: list[str]

    def column(self, number: int) -> list[str]:
        """The cells of a column."""
        return [row[number] for row in self.rows]


def is_number(text: str) -> bool:
    """Whether a text is written like a number."""
    return bool(NUMBER.fullmatch(text))


def is_year(text: str) -> bool:
    """Whether a text is a year or a part of one, not a count."""
    time = parse_time(text)
    return time is not None and 1950 <= time.jahr <= 2060


def layout(table: RawTable) -> Layout | None:
    """Cut a table; None if no header and data can be told apart."""
    rows = table.rows
    first = 1 if not table.has_header_row else _first_data_row(rows)
    if first is None:
        return None
    header = [first - 1] if not table.has_header_row else _header_rows(rows, first)
    if not header:
        return None
    data, footer = _without_footer(rows, first)
    if not data:
        return None
    width = max(len(row) for row in [*data, *(rows[i] for i in header)])
    names = join_header([rows[i] for i in header], width)
    filled = [row + [""] * (width - len(row)) for row in data]
    kept = [i for i in range(width) if any(row[i] for row in filled) or _named(rows, header, i)]
    if kept != list(range(width)):  # blank columns at the edge
        width = kept[-1] + 1 if kept else 0
        names, filled = names[:width], [row[:width] for row in filled]
    lines = [" ".join(filter(None, row)) for row in rows[: header[0]]]
    end = _end(data, footer)
    return Layout(
        table=table,
        header_rows=[i + 1 for i in header],
        header=names,
        rows=filled,
        end=end,
        title=[line for line in lines if line],
        footer=[" ".join(filter(None, row)) for row in footer],
    )


def _named(rows: list[list[str]], header: list[int], column: int) -> bool:
    return any(column < len(rows[i]) and rows[i][column] for i in header)


def _first_data_row(rows: list[list[str]]) -> int | None:
    for number, row in enumerate(rows[:SEARCHED]):
        if _is_data(row) and any(map(any, rows[:number])):
            return number
    widest = max((sum(map(bool, row)) for row in rows[:SEARCHED]), default=0)
    if widest < 2:
        return None
    # No column counts anything: one row per person, below the first row that is as wide as any
    for number, row in enumerate(rows[:SEARCHED]):
        if sum(map(bool, row)) >= max(2, widest - 1) and number + 1 < len(rows):
            return number + 1
    return None


def _is_data(row: list[str]) -> bool:
    """Whether a row counts something; one of years, or of column numbers, is a header."""
    filled = [cell for cell in row if cell]
    if len(filled) < 2:
        return False
    counts = [cell for cell in filled if is_number(cell) and not is_year(cell)]
    signs = [cell for cell in filled if cell in SIGNS]
    if not counts:
        return len(signs) >= 1 and len(filled) > len(signs) and any(map(is_year, filled))
    whole = [int(cell) for cell in counts if cell.isdecimal()]
    others = [cell for cell in filled if cell not in counts]
    successive = whole == list(range(whole[0], whole[0] + len(whole))) if whole else False
    if successive and len(whole) == len(counts) and len(whole) > 2:
        # 1 2 3 4 below the names, or single ages as names
        if not others:
            return False
        return len(others) > 1 or not re.search(r"[a-zäöü]", others[0].lower())
    return True


def _header_rows(rows: list[list[str]], first: int) -> list[int]:
    found: list[int] = []
    for number in range(first - 1, -1, -1):
        row = rows[number]
        filled = [i for i, cell in enumerate(row) if cell]
        if not filled:
            if found:
                break
            continue
        if _is_title(rows[number]):
            break
        found.insert(0, number)
        if len(found) == LEVELS:
            break
    return found


def _is_title(row: list[str]) -> bool:
    """Only the first cell is filled, while a table is wider."""
    filled = [i for i, cell in enumerate(row) if cell]
    if len(filled) > 1:
        return False
    return filled == [0] or len(row[filled[0]]) > LONGEST_NAME


def _without_footer(rows: list[list[str]], first: int) -> tuple[list[list[str]], list[list[str]]]:
    """Data, and what stands below: rows with one filled cell."""
    body = [row for row in rows[first:] if any(row)]
    last = len(body)
    while last and (sum(map(bool, body[last - 1])) < 2 or not _has_content(body[last - 1])):
        last -= 1
    return body[:last], body[last:]


def _has_content(row: list[str]) -> bool:
    """Whether it is not a sentence that a separator has split."""
    filled = [cell for cell in row if cell]
    return any(is_number(c) or c in SIGNS or is_year(c) for c in filled) or len(filled) > 2


def _end(data: list[list[str]], footer: list[list[str]]) -> str:
    """The shortest beginning of the first row below that no row of data has."""
    if not footer:
        return ""
    text = next(cell for cell in footer[0] if cell)
    firsts = [next((cell for cell in row if cell), "") for row in data]
    words = text.split()
    for number in range(1, len(words) + 1):
        begun = " ".join(words[:number]).rstrip(":,;") if number == 1 else " ".join(words[:number])
        if begun and not any(first.startswith(begun) for first in firsts):
            return begun if len(begun) <= 60 else begun[:60].rstrip()
    return ""
