"""Texts that stand for something of each municipality: ``{kommune}``, ``{name}``, ``{ags}``."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from spm.config import yamltext

if TYPE_CHECKING:
    from spm.config.kommunen import Eintrag

PLACEHOLDERS = {
    "{kommune}": "Kürzel der Kommune",
    "{name}": "ihr Name",
    "{ags}": "ihr Gemeindeschlüssel",
    "{ags_ohne_null}": "derselbe ohne führende Null",
}
"""What texts of the file may name of each municipality."""


def texts_of(key: str, entry: Eintrag) -> dict[str, str]:
    """What stands for each placeholder; those that the entry does not tell are left."""
    known = (key, entry.name, entry.ags, entry.ags and entry.ags.lstrip("0"))
    found = zip(PLACEHOLDERS, known, strict=True)
    return {placeholder: text.strip() for placeholder, text in found if text}


def names_one(value: object) -> bool:
    """Whether a text, or any text in a list or mapping, tells one municipality from others."""
    if isinstance(value, str):
        return any(placeholder in value for placeholder in PLACEHOLDERS)
    if isinstance(value, dict):
        return any(map(names_one, value.values()))
    return isinstance(value, list) and any(map(names_one, value))


def filled(value: Any, texts: Mapping[str, str]) -> Any:
    """A value of a params file, with every placeholder in its texts and keys filled in."""
    if isinstance(value, str):
        for placeholder, text in texts.items() if "{" in value else ():
            value = value.replace(placeholder, text)
        return value
    if isinstance(value, dict):
        return {filled(k, texts): filled(v, texts) for k, v in value.items()}
    if isinstance(value, list | set | tuple):
        return type(value)(filled(v, texts) for v in value)
    return value


def filled_path(at: yamltext.Pfad, texts: Mapping[str, str]) -> yamltext.Pfad:
    """The same of a place."""
    return tuple(filled(part, texts) for part in at)
