"""Sections and tables that repeat an earlier one name it instead."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from spm.setup.proposal import Proposal
from spm.setup.yamlwriting import inline

SHORT = 3
"""Entries of a section that still stand in one line."""


@dataclass
class Anchors:
    """Sections that several tables share are named once."""

    counted: dict[str, int] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    tables: list[tuple[str, Proposal]] = field(default_factory=list)
    based: dict[int, Proposal] = field(default_factory=dict)

    def base(self, one: Proposal) -> tuple[str, Proposal] | None:
        """The earlier table that this one differs from in little, with its name."""
        first = self.based.get(id(one))
        named = [(name, table) for name, table in self.tables if table is first]
        return named[0] if named else None

    def plan(self, placed: Sequence[Proposal]) -> None:
        """Find the tables that repeat most of an earlier one: they name it (``<<``)."""
        for number, one in enumerate(placed):
            for first in placed[:number]:
                if id(first) not in self.based and _repeats(one, first):
                    self.based[id(one)] = first
                    break

    def is_base(self, one: Proposal) -> bool:
        """Whether later tables name this one."""
        return any(first is one for first in self.based.values())

    def count(self, value: Mapping[str, Any]) -> None:
        """Remember a section."""
        if len(value) > SHORT:
            text = inline(value)
            self.counted[text] = self.counted.get(text, 0) + 1

    def name(self, value: Mapping[str, Any], key: str) -> tuple[str, bool]:
        """Its name, "" if it is not shared; and whether it stood here before."""
        text = inline(value)
        if self.counted.get(text, 0) < 2:
            return "", False
        if text in self.names:
            return self.names[text], True
        base = {"raum": "raeume", "entpivotieren": "spalten"}.get(key, key)
        number = sum(known.startswith(base) for known in self.names.values())
        self.names[text] = base if not number else f"{base}{number + 1}"
        return self.names[text], False


def _repeats(one: Proposal, first: Proposal) -> bool:
    """Whether it has every key of an earlier table, and at least three lines of it."""
    if bool(one.sheet) != bool(first.sheet) or not first.mapping.keys() <= one.mapping.keys():
        return False
    alike = [key for key in first.mapping if same(key, one, first)]
    return len(alike) + (one.file == first.file) >= 2


def same(key: str, one: Proposal, first: Proposal) -> bool:
    if one.mapping.get(key) != first.mapping.get(key):
        return False
    notes = [
        {k: n for k, n in p.notes.items() if k == key or k.startswith(f"{key}.")}
        for p in (one, first)
    ]
    return notes[0] == notes[1] or all(n.sure for n in notes[0].values())
