"""Sections of YAML files that people write: unknown keys are errors, texts are typed."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, model_validator

from spm.config.yamltext import WrongKey
from spm.system.names import slashed
from spm.text.visible import LONGEST_SENTENCE, name_problem


def _yes_no(value: object) -> bool:
    """Read ``ja`` and ``nein`` (and YAML's own words, for files written by programs)."""
    known = {"ja": True, "nein": False, "true": True, "false": False}
    try:
        return known[str(value).strip().lower()]
    except KeyError:
        raise ValueError(f"«{value}» ist nicht erlaubt; erlaubt sind: ja, nein.") from None


def zero_word(value: object) -> object:
    """Undo that some YAML loaders turn the German word ``null`` (zero) into nothing."""
    return "null" if value is None else value


def separator(value: object) -> object:
    """Let people write a tab as a word."""
    return "\t" if value in ("tab", "Tab", "TAB", "\\t") else value


def known_encoding(value: str) -> str:
    """Refuse the name of an encoding that does not exist."""
    try:
        "a".encode(value)  # refuses codecs that are none of text, too
    except (LookupError, ValueError):
        raise ValueError(
            f"Den Zeichensatz «{value}» gibt es nicht. Üblich sind utf-8-sig und cp1252."
        ) from None
    return value


JaNein = Annotated[
    bool, BeforeValidator(_yes_no, json_schema_input_type=Literal["ja", "nein", True, False])
]


def _name(text: str) -> str:
    """Refuse a name that nobody can read."""
    if problem := name_problem(text):
        raise ValueError(f"Der Text {problem}.")
    return text


def _sentence(text: str) -> str:
    if text and (problem := name_problem(text, LONGEST_SENTENCE)):
        raise ValueError(f"Der Text {problem}.")
    return text


Name = Annotated[str, AfterValidator(_name)]
"""What readers call something by: seen, and no longer than fits."""

Sentence = Annotated[str, AfterValidator(_sentence)]
"""What readers read beside it; it may be empty."""


def _file_name(text: str) -> str:
    """A path with "/"; one in which a "\\" became a control character is refused."""
    if wrong := next((code for code in _ESCAPED if code in text), None):
        raise ValueError(
            f"In diesem Pfad steht {_ESCAPED[wrong]}: in doppelten Anführungszeichen hat «\\» eine "
            "eigene Bedeutung. Bitte «/» schreiben."
        )
    return slashed(text)


_ESCAPED = {"\t": "ein Tabulator («\\t»)", "\n": "ein Zeilenumbruch («\\n»)", "\r": "ein «\\r»"}

FileName = Annotated[str, AfterValidator(_file_name)]
"""A file or folder: "\\" of Windows is as good as "/"."""


class Section(BaseModel):
    """One section of the params file or the catalogue.

    Infinite numbers are none, and a list that holds an entry twice was not meant: a measure would
    be added to itself.
    """

    model_config = ConfigDict(
        extra="forbid", coerce_numbers_to_str=True, frozen=True, allow_inf_nan=False
    )

    @model_validator(mode="after")
    def _each_entry_once(self) -> Section:
        for name in type(self).model_fields:
            for at, entries in _lists(getattr(self, name), (name,)):
                seen: set[Any] = set()
                for position, entry in enumerate(entries):
                    if entry in seen:
                        raise WrongKey(f"«{entry}» steht zweimal in dieser Liste.", *at, position)
                    seen.add(entry)
        return self


def _lists(value: object, at: tuple[str | int, ...]) -> Iterator[tuple[tuple, list]]:
    """Lists of texts or numbers, with their place; also those within mappings."""
    if isinstance(value, list):
        if all(isinstance(entry, str | int) for entry in value):
            yield at, value
    elif isinstance(value, dict):
        for key, part in value.items():
            yield from _lists(part, (*at, str(key)))


class Stripped(Section):
    """One whose texts lose the blanks around them; elsewhere a blank may be what is meant."""

    model_config = ConfigDict(str_strip_whitespace=True)
