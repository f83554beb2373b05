"""The canonical columns of raw tables: their names, their fixed values, and checks of both.

The checks raise ``ValueError`` because pydantic turns that into an error with its place.
"""

import re
from collections.abc import Collection, Iterable

from pydantic import AfterValidator

from spm.errors import nearest

GROUP_COLUMNS = ["geschlecht", "staatsangehoerigkeit", "auspraegung", "einrichtung"]
"""Canonical text columns that split a measure into groups."""

BAND = ["alter_von", "alter_bis"]
"""An age group in two columns: first and last completed year of life."""

CANONICAL_COLUMNS = ["merkmal", "jahr", "raum", "alter", *BAND, *GROUP_COLUMNS, "anzahl"]
"""What a raw column can mean. ``alter`` becomes ``alter_von`` and ``alter_bis``."""


def check_band(columns: Collection[str], elsewhere: Collection[str]) -> None:
    """Raise ``ValueError`` for half an age group, or two.

    Parameters
    ----------
    columns, elsewhere : canonical columns that are raw ones, and those that have values otherwise.
    """
    wrong = sorted(set(BAND) & set(elsewhere))
    if wrong:
        raise ValueError(f"«{wrong[0]}» gibt es nur unter spalten; sonst heißt es alter.")
    own = [name for name in BAND if name in columns]
    if len(own) == 1:
        raise ValueError("alter_von und alter_bis gehören zusammen.")
    if own and "alter" in {*columns, *elsewhere}:
        raise ValueError("Das Alter ist zweimal festgelegt (alter und alter_von, alter_bis).")


CLOSED_VALUES = {
    "geschlecht": ["m", "w", "d"],
    "staatsangehoerigkeit": ["deutsch", "nichtdeutsch"],
}
"""Canonical columns with a fixed set of values; "" stands for "not split by this group"."""

MEASURE_NAME = r"[a-z][a-z0-9_]*"


def check_columns(columns: Iterable[str], key: str) -> None:
    """Raise ``ValueError`` for a canonical column that does not exist."""
    for column in columns:
        if column not in CANONICAL_COLUMNS:
            raise ValueError(
                f"«{column}» unter {key} ist keine Zielspalte." + nearest(column, CANONICAL_COLUMNS)
            )


def check_closed_value(column: str, value: str, key: str) -> None:
    """Raise ``ValueError`` for a canonical value outside a fixed set."""
    allowed = CLOSED_VALUES.get(column)
    if allowed and value not in (*allowed, ""):
        raise ValueError(f"«{value}» unter {key}.{column} ist nicht erlaubt: {', '.join(allowed)}.")


def check_measure_name(name: str, key: str) -> None:
    """Raise ``ValueError`` for a name that is not lowercase ASCII snake_case."""
    if not re.fullmatch(MEASURE_NAME, name):
        raise ValueError(
            f"«{name}» unter {key} ist kein Name für ein Merkmal: nur Kleinbuchstaben a–z, "
            "Ziffern und Unterstriche, vorn ein Buchstabe."
        )


def measure_names(key: str) -> AfterValidator:
    """For a list of names of measures: checks each of them with `check_measure_name`."""

    def check(names: list[str]) -> list[str]:
        for name in names:
            check_measure_name(name, key)
        return names

    return AfterValidator(check)
