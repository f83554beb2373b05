"""What Markdown of the report may hold: link schemes, attributes, length of alternative texts.

The rules stand in ``permitted.json`` beside this module and nowhere else. For chapters,
``book/assets/permitted.lua`` reads the same file; this module is for what is checked before there
is a chapter. What both work out of the rules (`link`, `attribute`) agrees, letter by letter.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

RULES = Path(__file__).with_suffix(".json")
_RULES: dict[str, Any] = json.loads(RULES.read_text(encoding="utf-8"))

SCHEMES: tuple[str, ...] = tuple(_RULES["link_schemes"])
"""Of links that leave the report, as a message lists them."""

OWN_TEXTS = frozenset(_RULES["attributes"]["own_texts"])
"""Attributes that texts beside the notebooks may have: what HTML and PDF show alike."""

ALT_LONGEST: int = _RULES["alternative_text"]["characters_at_most"]
"""Characters of an alternative text: a screen reader reads it in one go."""

_UNSEEN = re.compile(r"[\x00-\x20\x7f]")
_SCHEME = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):")
_FOREIGN = re.compile(r"[/\\]{2}")
_CAPITALS = str.maketrans({chr(n): chr(n + 32) for n in range(ord("A"), ord("Z") + 1)})
"""Names of the web are ASCII; other letters stay, as they do in Lua."""


def scheme(target: str) -> str:
    """The scheme of a link in small letters, empty if it has none.

    Browsers read a target without blanks and control characters.
    """
    found = _SCHEME.match(_UNSEEN.sub("", target))
    return found[1].translate(_CAPITALS) if found else ""


def link(target: str) -> bool:
    """Whether a link may lead there: by a scheme that is permitted, or within the report.

    ``//…`` is another machine.
    """
    return scheme(target) in ("", *SCHEMES) and not _FOREIGN.match(_UNSEEN.sub("", target))


def attribute(name: str, value: str) -> bool:
    """Whether an attribute holds no program and loads nothing."""
    rules = _RULES["attributes"]
    name, value = name.translate(_CAPITALS), _UNSEEN.sub("", value).translate(_CAPITALS)
    return not (
        name.startswith(tuple(rules["refused_beginnings"]))
        or any(part in value for part in rules["refused_in_values"])
        or scheme(value) in rules["refused_schemes"]
    )


def schemes_listed() -> str:
    """The schemes for a German sentence: "https:, http:, mailto: oder tel:"."""
    *others, last = (f"{name}:" for name in SCHEMES)
    return f"{', '.join(others)} oder {last}" if others else last
