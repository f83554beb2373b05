"""Which groups a delivery counts: as until now, else as its mapping and the catalogue say."""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from spm.published import GESAMT, NICHT_ZUORDENBAR
from spm.text.ages import parse_age

if TYPE_CHECKING:
    import pandas as pd

    from spm.config.catalogue import Kennzahl
    from spm.config.tables import Tabelle

WORDED = ("geschlecht", "staatsangehoerigkeit", "auspraegung")
"""Groups that are words."""


class Group(NamedTuple):
    """What one number counts, wherever and whenever.

    Parameters
    ----------
    von, bis : completed years of life; both None: all ages, the second alone: no upper end.
    geschlecht, staatsangehoerigkeit, auspraegung : canonical values; "": not split.
    """

    merkmal: str
    von: int | None = None
    bis: int | None = None
    geschlecht: str = ""
    staatsangehoerigkeit: str = ""
    auspraegung: str = ""


def delivered(rows: pd.DataFrame) -> dict[Group, str]:
    """The groups of a table that was read, in its order, with the first column of each.

    Parameters
    ----------
    rows : columns of ``spm.deliveries.mapping.KEY`` and ``_spalte``. Rows of facilities do not
        count.
    """
    own = rows[rows["einrichtung"].isna()]
    names = ["merkmal", "alter_von", "alter_bis", *WORDED, "_spalte"]
    plain = own[names].drop_duplicates(names[:-1]).astype(object)
    plain = plain.where(plain.notna(), None)
    found = {}
    for measure, first, last, sex, nationality, kind, column in plain.itertuples(index=False):
        group = Group(
            merkmal=measure,
            von=None if first is None else int(first),
            bis=None if last is None else int(last),
            geschlecht=sex or "",
            staatsangehoerigkeit=nationality or "",
            auspraegung=kind or "",
        )
        found[group] = column or ""
    return found


def besides(rows: pd.DataFrame, table: Tabelle) -> tuple[bool, bool]:
    """Whether a table has rows of the whole municipality, and of people without an area."""
    places = set(rows["raum"].dropna()) if rows is not None else set()
    return (
        bool(table.gesamtzeilen) or GESAMT in places,
        bool(table.nicht_zuordenbar) or NICHT_ZUORDENBAR in places,
    )


def from_mapping(table: Tabelle, catalogue: Mapping[str, Kennzahl]) -> dict[Group, str]:
    """The groups of a table that nobody has delivered yet, with the column that will hold each.

    What a mapping leaves to the file (ages, mostly) is split as indicators need it.
    """
    cells = [({}, "")] if not table.entpivotieren else [
        (cell, header) for header, cell in table.entpivotieren.items()
    ]  # fmt: skip
    found: dict[Group, str] = {}
    for cell, header in cells:
        fixed = table.konstanten | cell
        free = [c for c in ("merkmal", *WORDED) if c in table.spalten and c in table.werte]
        targets = [list(dict.fromkeys(table.werte[column].values())) for column in free]
        for chosen in itertools.product(*targets):
            told = fixed | dict(zip(free, chosen, strict=True))
            if "merkmal" not in told:
                continue
            for group in _told(told, table.spalten, catalogue):
                found.setdefault(group, header)
    return found


def needed(measure: str, catalogue: Mapping[str, Kennzahl]) -> list[Group]:
    """The groups of a measure that indicators need; the measure alone if none asks for it."""
    found: dict[Group, None] = {}
    for entry in catalogue.values():
        for wanted in entry.selections:
            if measure in wanted.merkmal:
                ages = wanted.ages or (None, None)
                words = [getattr(wanted, column) or [""] for column in WORDED]
                for chosen in itertools.product(*words):
                    found[_group(measure, ages, chosen)] = None
    split = [group for group in found if group != Group(measure)]
    return split or [Group(measure)]


def _group(measure: str, ages: tuple[int | None, int | None], words: Sequence[str]) -> Group:
    sex, nationality, kind = words
    return Group(
        merkmal=measure,
        von=ages[0],
        bis=ages[1],
        geschlecht=sex,
        staatsangehoerigkeit=nationality,
        auspraegung=kind,
    )


def _told(
    told: Mapping[str, str], columns: Iterable[str], catalogue: Mapping[str, Kennzahl]
) -> list[Group]:
    ages = parse_age(told["alter"]) if told.get("alter") else (None, None)
    words = [told.get(column, "") for column in WORDED]
    plain = _group(told["merkmal"], ages, words)
    open_ends = {"alter", "alter_von", *WORDED} & set(columns) - set(told)
    if not open_ends:
        return [plain]
    wanted = needed(told["merkmal"], catalogue)
    found: dict[Group, None] = {}
    for one in wanted:
        group = plain
        if {"alter", "alter_von"} & open_ends:
            group = group._replace(von=one.von, bis=one.bis)
        for column in set(WORDED) & open_ends:
            group = group._replace(**{column: getattr(one, column)})
        found[group] = None
    return list(found)
