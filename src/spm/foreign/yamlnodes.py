"""How much a YAML text is: its reader calls itself once for each level and ends the process at some
hundred thousand; ten lines of references («*») to references stand for thousands of millions."""

from __future__ import annotations

from itertools import chain

import yaml

from spm.errors import SpmError

DEEPEST = 60
"""Levels of lists and sections in each other; a params file has seven."""
MOST = 100_000
"""Keys and values, after references are put in; the catalogue of a project has some thousands."""
LONGEST = 20_000
"""Characters of a text."""
LONGEST_KEY = 300

LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""The compiled loader is ten times faster; not every build of PyYAML has it."""


def composed(text: str, label: str) -> yaml.Node | None:
    """The nodes of a YAML text.

    Parameters
    ----------
    label : what it is, for messages: "Params-Datei".

    Raises
    ------
    yaml.YAMLError
        No valid YAML.
    SpmError
        Too deep, too long or too much, with the line as ``wo``.
    RecursionError
        A reference to the section that it stands in.
    """
    depth = 0
    # The parser alone keeps its place on the heap.
    for number, event in enumerate(yaml.parse(text, Loader=LOADER), start=1):
        line = event.start_mark.line + 1 if event.start_mark else 1
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1
        elif isinstance(event, yaml.ScalarEvent) and len(event.value) > LONGEST:
            raise _refused(f"In der {label} steht ein Text von {len(event.value)} Zeichen", line)
        if depth > DEEPEST:
            raise _refused(f"Die {label} ist zu tief verschachtelt (über {DEEPEST} Ebenen)", line)
        if number > MOST:
            raise _refused(f"Die {label} hat mehr als {MOST} Einträge", line)
    node: yaml.Node | None = yaml.compose(text, Loader=LOADER)
    if node is not None and _size(node, {}) > MOST:
        was = f"Die {label} wird durch Verweise («*») größer als {MOST} Einträge"
        raise _refused(was, node.start_mark.line + 1)
    return node


def _size(node: yaml.Node, known: dict[int, int]) -> int:
    """Number of nodes with everything that references put in."""
    if isinstance(node, yaml.ScalarNode):
        return 1 + len(node.value) // 200
    if id(node) not in known:
        known[id(node)] = 0  # until it is known; no section is so small
        pairs = isinstance(node, yaml.MappingNode)
        inner = chain.from_iterable(node.value) if pairs else node.value
        known[id(node)] = 1 + sum(_size(part, known) for part in inner)
    if not known[id(node)]:
        raise RecursionError
    return known[id(node)]


def _refused(was: str, line: int) -> SpmError:
    return SpmError(
        f"{was}.",
        wo=f"Zeile {line}",
        tun="Bitte die Datei ausschreiben und auf das Nötige kürzen.",
    )
