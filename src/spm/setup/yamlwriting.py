"""Texts, lists and sections as YAML that people read: short, quoted only where it must be."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

_PLAIN = re.compile(r"[A-Za-zÄÖÜäöüß0-9(§.][^,\[\]{}:#&*!|>'\"%@`\\]*")


def scalar(text: object, *, flow: bool = True) -> str:
    """A text as YAML; in a flow section commas and brackets have to be quoted."""
    written = str(text)
    inside = written if flow else re.sub(r"[,\[\]{}](?=.)", "", written)
    colons = not flow and re.search(r":(?=\S)", written) and not re.search(r":\s|:$", written)
    if colons:
        inside = inside.replace(":", "")
    risky = written != written.strip() or written.lower() in ("", "~") or " #" in written
    # Editors make a number of 05766004
    risky = risky or bool(re.fullmatch(r"0\d+", written))
    if not risky and _PLAIN.fullmatch(inside):
        return written
    return '"' + written.replace("\\", "\\\\").replace('"', '\\"') + '"'


def inline(value: Any) -> str:
    """A value in one line."""
    if isinstance(value, Mapping):
        inner = ", ".join(f"{key(k)}: {inline(v)}" for k, v in value.items())
        return "{" + inner + "}"
    if isinstance(value, list | tuple):
        return "[" + ", ".join(inline(v) for v in value) + "]"
    return scalar(value)


def key(text: object) -> str:
    """A key as YAML: one of digits alone is a text, too."""
    written = scalar(text)
    return f'"{written}"' if written.isdecimal() else written
