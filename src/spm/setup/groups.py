"""Columns of ages, sexes and nationalities, told by the texts in them."""

from __future__ import annotations

import re

from spm.rawfiles.cells import refuse_foreign_digits
from spm.setup.agebands import half_open
from spm.setup.column import (
    ALTER,
    GESCHLECHT,
    NATION,
    Column,
)
from spm.setup.headers import is_number
from spm.setup.words import Age, age_text, folded, said
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
    told: dict[str, Age | None] = {}
    for text in column.filled:
        age = _told(text)
        if age is None:
            return False
        told[text] = age[0] if age else None
    if all(is_number(text) for text in column.filled) and not _AGE_WORDS.search(plain):
        return False
    meant = half_open({age for age in told.values() if age})
    values = {t: age_text(meant.get(age, age)) if age else "" for t, age in told.items()}
    column.kind, column.why = ALTER, "Altersgruppen"
    if meant:
        column.why = "Altersgruppen; 0-3 neben 3-6 heißt bis unter 3"
    as_read = all(_read(text) == _read(values[text] or "insgesamt") for text in values)
    # A column of which one value is translated has to translate all
    column.values = {} if as_read else values
    return True


def _told(text: str) -> list[Age] | None:
    """The age group of a cell, none for "insgesamt"; None if it is no age."""
    found = said(f"Alter {text}" if text.isdecimal() else text)
    if found.total and not found.words and not found.ages:
        return []
    beside = [word for word in found.words if word not in _BESIDE_AGES]
    return found.ages if len(found.ages) == 1 and not beside and not found.sexes else None


def _read(text: str) -> tuple[int | None, int | None] | None:
    try:
        refuse_foreign_digits(text)
        return parse_age(text)
    except ValueError:
        return None


_AGE_WORDS = re.compile(r"\b(?:alter\w*|age|ages|lebensjahr\w*|altersgr\w*|akl\w*)\b")


_SHORT_SEXES = {"m": "m", "w": "w", "d": "d", "f": "w"}
