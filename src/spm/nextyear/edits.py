"""Edits of a YAML text that leave every comment, blank and anchor where it is."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import yaml

CHECK = "bitte prüfen"
"""Says in a comment that somebody has to look at what stands below it."""

_YEARS = re.compile(r"(?<!\d)((?:19|20)\d\d)(?:(\s?/\s?)(\d\d))?(?!\d)|(?<!\d)(\d\d)/(\d\d)(?!\d)")
_ANCHOR = re.compile(r"&[\w-]+\s*")


def shifted(text: str, old: int, by: int) -> str:
    """A text about a year as one about another: dates, school years and the year itself.

    Only years beside ``old`` move: "seit 1990" stays.

    Examples
    --------
    >>> shifted("Dezember 2023", 2023, 1), shifted("2023/24", 2023, 1), shifted("23/24", 2023, 1)
    ('Dezember 2024', '2024/25', '24/25')
    """

    def move(match: re.Match[str]) -> str:
        whole, between, short, first, second = match.groups()
        if whole:
            year = int(whole)
            if abs(year - old) > 1:
                return match[0]
            tail = f"{between}{(int(short) + by) % 100:02d}" if short else ""
            return f"{year + by}{tail}"
        if abs(2000 + int(first) - old) > 1 or int(second) != (int(first) + 1) % 100:
            return match[0]
        return f"{(int(first) + by) % 100:02d}/{(int(second) + by) % 100:02d}"

    return _YEARS.sub(move, text)


def names_year(text: str, year: int) -> bool:
    """Whether a text names a year."""
    return bool(re.search(rf"(?<!\d){year}(?!\d)", text))


@dataclass
class Document:
    """A YAML text with its nodes, and the edits that are to be made."""

    text: str
    _edits: list[tuple[int, int, str]] = field(default_factory=list)
    _checks: dict[int, list[str]] = field(default_factory=dict)
    _open: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.root = yaml.compose(self.text, Loader=yaml.SafeLoader)
        self._starts = [0, *(m.end() for m in re.finditer("\n", self.text))]

    def replace(self, node: yaml.Node, text: str) -> None:
        """Put another text in the place of a scalar, in the same quotes."""
        raw = self.raw(node)
        quote = raw[0] if raw[:1] in ("'", '"') else ""
        self.rewrite(node, quote + text + quote)

    def rewrite(self, node: yaml.Node, raw: str) -> None:
        """Put other YAML in the place of a node."""
        self._edits.append((node.start_mark.index, node.end_mark.index, raw))

    def raw(self, node: yaml.Node) -> str:
        """The text of a node as it is written, with its quotes."""
        return self.text[node.start_mark.index : node.end_mark.index]

    def insert(self, at: int, text: str) -> None:
        """Put a text at a place of the old one."""
        self._edits.append((at, at, text))

    def check(self, node: yaml.Node | None, note: str, told: str = "") -> None:
        """Ask somebody to look at a node: a comment above its line, and a line of the console.

        Parameters
        ----------
        node : None if the comment is made elsewhere.
        told : on the console; default: the same.
        """
        self._open.append(told or note)
        if node is not None:
            notes = self._checks.setdefault(node.start_mark.line, [])
            if note not in notes:
                notes.append(note)

    @property
    def asked(self) -> list[str]:
        """What somebody has to look at, each once."""
        return list(dict.fromkeys(self._open))

    def line_start(self, line: int) -> int:
        """Where a line begins."""
        return self._starts[line] if line < len(self._starts) else len(self.text)

    def lines(self, first: int, last: int) -> str:
        """Whole lines, with their ends."""
        text = self.text[self.line_start(first) : self.line_start(last + 1)]
        return text if text.endswith("\n") else f"{text}\n"

    def after(self, line: int, text: str) -> None:
        """Put whole lines behind a line."""
        at = self.line_start(line + 1)
        lead = "" if at == 0 or self.text[at - 1] == "\n" else "\n"
        self._edits.append((at, at, lead + text))

    def edited(self) -> str:
        """The text with all edits made, and the comments that ask to look."""
        edits = list(self._edits)
        for line, notes in self._checks.items():
            start = self.line_start(line)
            indent = re.match(r"[ ]*", self.text[start:])
            blank = indent[0] if indent else ""
            comment = "".join(f"{blank}# {CHECK}: {note}\n" for note in notes)
            edits.append((start, start, comment))
        text = self.text
        # From the end, so that places stay; of several at one place the first stays the first
        for start, end, new in reversed(sorted(edits, key=lambda edit: edit[:2])):
            text = text[:start] + new + text[end:]
        return text


def pairs(node: yaml.Node | None) -> Iterator[tuple[yaml.ScalarNode, yaml.Node]]:
    """Keys and values of a section; nothing of anything else."""
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if isinstance(key, yaml.ScalarNode):
                yield key, value


def child(node: yaml.Node | None, *path: str) -> yaml.Node | None:
    """The node at the end of a path of keys."""
    for name in path:
        node = next((value for key, value in pairs(node) if key.value == name), None)
    return node


def items(node: yaml.Node | None) -> Sequence[yaml.Node]:
    """The entries of a list."""
    return node.value if isinstance(node, yaml.SequenceNode) else ()


def in_brackets(node: yaml.Node) -> bool:
    """Whether a section or list is written in brackets, on one line mostly."""
    return isinstance(node, yaml.CollectionNode) and bool(node.flow_style)


def scalars(node: yaml.Node | None, seen: set[int] | None = None) -> Iterator[yaml.ScalarNode]:
    """All texts below a node, those of references once."""
    seen = set() if seen is None else seen
    if node is None or id(node) in seen:
        return
    seen.add(id(node))
    if isinstance(node, yaml.ScalarNode):
        yield node
    elif isinstance(node, yaml.SequenceNode):
        for one in node.value:
            yield from scalars(one, seen)
    elif isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            yield from scalars(key, seen)
            yield from scalars(value, seen)


def last_line(node: yaml.Node) -> int:
    """The last line of a node; a block ends where its last text does, not where the next begins."""
    if isinstance(node, yaml.CollectionNode) and not node.flow_style and node.value:
        last = node.value[-1]
        parts = last if isinstance(last, tuple) else (last,)
        return max([node.start_mark.line, *(last_line(part) for part in parts)])
    if node.end_mark.column == 0 and node.end_mark.line > node.start_mark.line:
        return int(node.end_mark.line) - 1
    return int(node.end_mark.line)


def without_anchors(text: str) -> str:
    """A copied text does not define again what its original defines."""
    return _ANCHOR.sub("", text)
