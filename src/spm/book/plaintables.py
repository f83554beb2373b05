"""Pipe tables of nothing but words and numbers, read without pandoc.

The tables of a report have thousands of cells, and pandoc looks for markup in each of them: half of
the time it takes to read a report. What is certainly plain is read here instead; every other table
is left to pandoc. Which of both read a table does not show in the report.
"""

from __future__ import annotations

import re
from typing import Any

from spm.presentation.judging import NAMES

STAND_IN = "|   |\n| - |\n| spm-tafel-{} |"
"""What pandoc reads in place of the table; ``assets/tables.lua`` puts the table back there."""

_TABLE = re.compile(
    r"""(?<=\n\n)                      # after an empty line
        (?P<head>\|.*\|)\n
        (?P<line>\|[\ :|-]*-[\ :|-]*\|)\n
        (?P<rows>(?:\|.*\|(?:\n|\Z))+)
        (?=\n|\Z)                      # before another""",
    re.VERBOSE,
)
_HIDING = re.compile(r"^\s*(?:```|~~~)|<!--|<pre|<script|<style", re.MULTILINE)
"""Where a table may be no table but the text of a program or a comment."""

_ALIGN = {(False, False): "AlignDefault", (True, False): "AlignLeft"} | {
    (False, True): "AlignRight",
    (True, True): "AlignCenter",
}
_PLAIN = re.compile(
    r"""(?: [^\W_]                  # letters and digits of all languages
          | [ \xa0\u2007,;%()/+?–—−…•×±·≈≤≥§€²³↑↓→▲▼△▽„“‚‘]
          | \\[!-/:-@\[-`{-~]       # what is escaped stands for itself
          | (?<=[^\W_])-(?=[^\W_])  # two of them would be a dash
          | \.(?![. ])              # nor three full stops, nor an abbreviation
        )*""",
    re.VERBOSE,
)
_MARKED = {
    "Strong": re.compile(r"\*\*(?! )([^*]+)(?<! )\*\*"),
    "Emph": re.compile(r"\*(?! )([^*]+)(?<! )\*"),
}

_TINTED = re.compile(rf"\[([^\[\]]+)\]\{{\.({'|'.join(NAMES)})\}}")
"""A cell on a coloured ground (see `spm.presentation.blocks.tinted`)."""


def take_out(markdown: str) -> tuple[str, list[dict[str, Any]]]:
    """Put a stand-in in the place of every plain table of a chapter.

    Returns
    -------
    str, list
        The text, and the tables as ``assets/tables.lua`` describes them: {"specs", "head", "body"},
        with the alignment of every column as pandoc calls it.
    """
    tables: list[dict[str, Any]] = []
    if _HIDING.search(markdown):
        return markdown, tables

    def replaced(match: re.Match[str]) -> str:
        table = _read(match)
        if table is None:
            return match[0]
        tables.append(table)
        end = "\n" if match[0].endswith("\n") else ""
        return STAND_IN.format(len(tables)) + end

    return _TABLE.sub(replaced, markdown), tables


def _read(match: re.Match[str]) -> dict[str, Any] | None:
    """The table, or None if it holds, or may hold, anything but plain cells."""
    specs = []
    for cell in _split(match["line"]):
        if not re.fullmatch(r":?-+:?", cell):
            return None
        specs.append(_ALIGN[cell[0] == ":", cell[-1] == ":"])
    rows = []
    for line in [match["head"], *match["rows"].splitlines()]:
        row = _row(line, len(specs))
        if row is None:
            return None
        rows.append(row)
    if not any(cell["text"] for cell in rows[0]["cells"]):
        return None
    return {"specs": specs, "head": rows[:1], "body": rows[1:]}


def _row(line: str, columns: int) -> dict[str, Any] | None:
    texts = _split(line)
    cells = [cell for cell in map(_cell, texts) if cell is not None]
    if not len(texts) == len(cells) == columns or r"\|" in line:
        return None
    return {"cells": cells, "closing": "mark" in cells[0]}


def _split(line: str) -> list[str]:
    return [cell.strip(" ") for cell in line[1:-1].split("|")]


def _cell(text: str) -> dict[str, str] | None:
    for mark, pattern in _MARKED.items():
        if match := pattern.fullmatch(text):
            inner = _cell(match[1])
            return None if inner is None or len(inner) > 1 else inner | {"mark": mark}
    if match := _TINTED.fullmatch(text):
        inner = _cell(match[1])
        return None if inner is None or "tint" in inner else inner | {"tint": match[2]}
    if not _PLAIN.fullmatch(text):
        return None
    return {"text": re.sub(r"\\(.)", r"\1", re.sub(" +", " ", text))}
