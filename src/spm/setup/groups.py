"""Columns of ages, sexes and nationalities, told by the texts in them."""

from __future__ import annotations

import re

from spm.rawfiles.cells import refuse_foreign_digits
from spm.setup.column import (
    ALTER,
    GESCHLECHT,
    NATION,
    Column,
)
from spm.setup.headers import is_number
from spm.setup.words import Said, folded, said
from spm.text.ages import parse_age


def sexes(column: Column) -> bool:
    values: dict[str, str] = {}
    for text in column.filled:
        plain = folded(text).strip(".")
        told = said(text)
        if plain in _SHORT_SEXES:
            values[text] = _SHORT_SEXES[plain]
        elif len(told.sexes) == 1 and not told.words and not told.ages:
            values[text] = told.sexes[0]
        elif told.total and not (told.words or told.sexes or told.ages):
            values[text] = ""
        else:
            return False
    if len({v for v in values.values() if v}) < 2:
        return False
    column.kind, column.values, column.why = GESCHLECHT, values, "Worte für Geschlechter"
    return True


def nationalities(column: Column) -> bool:
    values: dict[str, str] = {}
    for text in column.filled:
        told = said(text)
        if len(told.nationalities) == 1 and not [w for w in told.words if w not in _SAID_BESIDE]:
            values[text] = told.nationalities[0]
        elif told.total and not (told.words or told.nationalities or told.ages):
            values[text] = ""
        else:
            return False
    if {v for v in values.values() if v} != {"deutsch", "nichtdeutsch"}:
        return False
    column.kind, column.values = NATION, values
    column.why = "Worte für Staatsangehörigkeiten"
    return True


_SAID_BESIDE = ("bevoelkerung", "einwohner", "personen", "staatsangehoerigkeit")


_BESIDE_AGES = frozenset(
    ["von", "bis", "im", "jahre", "jahren", "ew", "einw", "einwohner", "kinder", "personen"]
)
"""Words that may stand at every age: EW_0_U3, Kinder unter 3."""


def ages(column: Column, plain: str) -> bool:
    values: dict[str, str] = {}
    named = bool(_AGE_WORDS.search(plain))
    for text in column.filled:
        told = said(f"Alter {text}" if text.isdecimal() else text)
        beside = [word for word in told.words if word not in _BESIDE_AGES]
        if told.total and not told.words:
            value = "insgesamt"
        elif len(told.ages) == 1 and not beside and not told.sexes:
            value = _age(told)
        else:
            return False
        if _read(text) != _read(value):
            values[text] = "" if value == "insgesamt" else value
    bare = all(is_number(text) for text in column.filled)
    if bare and not named:
        return False
    column.kind, column.why = ALTER, "Altersgruppen"
    # A column of which one value is translated has to translate all
    column.values = {t: values.get(t, _value(t)) for t in column.filled} if values else {}
    return True


def _age(told: Said) -> str:
    first, last = told.ages[0]
    return f"{first}+" if last is None else f"{first}-{last}"


def _value(text: str) -> str:
    told = said(f"Alter {text}" if text.isdecimal() else text)
    return _age(told) if told.ages else ""


def _read(text: str) -> tuple[int | None, int | None] | None:
    try:
        refuse_foreign_digits(text)
        return parse_age(text)
    except ValueError:
        return None


_AGE_WORDS = re.compile(r"\b(?:alter\w*|age|ages|lebensjahr\w*|altersgr\w*|akl\w*)\b")


_SHORT_SEXES = {"m": "m", "w": "w", "d": "d", "f": "w"}
