"""What a published row counts, written into the row: so that later reports know what it told.

A name like ``sgb2_quote, 2022, Raum 2`` says nothing about the years, areas and age groups that
were summed; definitions and poolings change from report to report.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

import pandas as pd
from pydantic import ValidationError

from spm.areas.pooling import Pool
from spm.config.catalogue import Kennzahl
from spm.config.selections import Auswahl
from spm.published import COUNTED

ROLES = ("zaehler", "abzueglich", "nenner")
NO_SELECTION = ("jahr", "versatz", "rundung")
"""What a term says besides what it selects."""


class Term(NamedTuple):
    """One of the counts of a row: what is selected, of which year if always of the same one, the
    base that its number was rounded to (1: exact), and by how many years it counts another year
    than the row."""

    wanted: Auswahl
    year: int | None
    rounding: int
    shift: int = 0

    def years(self, span: Sequence[int]) -> tuple[int, ...]:
        """The years that are counted for a row of ``span``."""
        return (self.year,) if self.year is not None else tuple(y + self.shift for y in span)


def add_counted(
    rows: pd.DataFrame,
    catalogue: Mapping[str, Kennzahl],
    pools: Mapping[str, Pool],
    first_year: int,
    rounding: Callable[[Auswahl], int],
    division: str,
) -> pd.DataFrame:
    """Say in every row what it counts.

    Parameters
    ----------
    rows : ``kennzahl, jahr, raum, gruppe``; of indicators of the catalogue.
    first_year : of the series.
    rounding : the base that counts of a selection are rounded to.
    division : see `spm.areas.division.division_of`.

    Returns
    -------
    DataFrame
        The rows with the columns ``COUNTED``, texts, at the end.
    """
    texts = {k: _text(entry, first_year, rounding) for k, entry in catalogue.items()}
    spans = {k: (pools.get(k) or Pool()).years for k in catalogue}
    places: dict[tuple[str, str], str] = {}
    for key, place in set(zip(rows["kennzahl"], rows["raum"], strict=True)):
        members = (pools.get(key) or Pool()).parts(place)
        places[key, place] = json.dumps(list(members), ensure_ascii=False)
    result = rows.drop(columns=[c for c in COUNTED if c in rows.columns])
    result["zaehlt"] = [texts[k] for k in rows["kennzahl"]]
    result["jahre"] = [
        _span(int(year), spans[k]) for k, year in zip(rows["kennzahl"], rows["jahr"], strict=True)
    ]
    result["raeume"] = [places[pair] for pair in zip(rows["kennzahl"], rows["raum"], strict=True)]
    result["einteilung"] = division
    return result.astype(dict.fromkeys(COUNTED, object))


def read_terms(text: str) -> tuple[str, dict[str, Term]]:
    """The kind of an indicator and its terms, by role, from ``zaehlt``.

    Raises
    ------
    ValueError
        The text says nothing that this version understands.
    """
    content = json.loads(text)
    if not isinstance(content, dict) or not isinstance(content.get("art"), str):
        raise ValueError(text)
    terms = {}
    for role in ROLES:
        given = content.get(role)
        if given is None:
            continue
        try:
            wanted = {k: v for k, v in given.items() if k not in NO_SELECTION}
            year = given.get("jahr")
            base = int(given.get("rundung", 1))
            terms[role] = Term(
                Auswahl.model_validate(wanted),
                None if year is None else int(year),
                max(base, 1),
                int(given.get("versatz", 0)),
            )
        except (ValidationError, AttributeError, TypeError) as e:
            raise ValueError(text) from e
    if "zaehler" not in terms:
        raise ValueError(text)
    return content["art"], terms


def read_years(text: str) -> tuple[int, ...]:
    """The years of ``jahre``; ValueError if there are none."""
    first, _, last = text.partition("-")
    years = tuple(range(int(first), int(last or first) + 1))
    if not 0 < len(years) <= 100:
        raise ValueError(text)
    return years


def read_places(text: str) -> tuple[str, ...]:
    """The areas of ``raeume``; ValueError if it is no list of keys."""
    places = json.loads(text)
    if not isinstance(places, list) or not places or not all(isinstance(p, str) for p in places):
        raise ValueError(text)
    return tuple(places)


def _text(entry: Kennzahl, first_year: int, rounding: Callable[[Auswahl], int]) -> str:
    content: dict[str, object] = {"art": entry.art}
    for role in ROLES:
        wanted = getattr(entry, role)
        if wanted is None:
            continue
        term = wanted.model_dump(mode="json", exclude_none=True, exclude={"jahr"})
        term["merkmal"] = sorted(term["merkmal"])
        if wanted.jahr == "erstes":
            term["jahr"] = first_year
        elif wanted.shift:
            term["versatz"] = wanted.shift
        if rounding(wanted) > 1:
            term["rundung"] = rounding(wanted)
        content[role] = term
    return json.dumps(content, ensure_ascii=False, sort_keys=True)


def _span(year: int, years: int) -> str:
    return str(year) if years == 1 else f"{year - years + 1}-{year}"
