"""Sections of YAML files that people write: unknown keys are errors, texts are typed."""

from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict


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


class Section(BaseModel):
    """One section of the params file or the catalogue."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True, frozen=True)


class Stripped(Section):
    """One whose texts lose the blanks around them; elsewhere a blank may be what is meant."""

    model_config = ConfigDict(str_strip_whitespace=True)
