"""Files of one kind over years become one table; what two tables deliver alike is kept once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from spm.config.yearly import YEAR
from spm.setup.proposal import Proposal

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


@dataclass(frozen=True)
class _Place:
    """Where the year of a table stands: in the name of its sheet, else in that of its file.

    Attributes
    ----------
    year : None if no name tells one, or one tells several.
    file, sheet : with {jahr} for it.
    """

    year: int | None
    file: str
    sheet: str


def joined(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Proposals of tables that differ only in the year of their file or sheet as one each."""
    sheets: dict[str, set[int]] = {}
    for one in proposals:
        if year := _only_year(one.sheet):
            sheets.setdefault(one.file, set()).add(year)
    groups: dict[tuple[_Place, str], list[tuple[Proposal, _Place]]] = {}
    for one in proposals:
        place = _place(one, sheets)
        key = (_Place(None, place.file, place.sheet), _alike(one, place.year))
        groups.setdefault(key, []).append((one, place))
    found = []
    for own in groups.values():
        years = {place.year for _, place in own}
        if len(own) < 2 or None in years or len(years) < len(own):
            found += [one for one, _ in own]
            continue
        first, place = own[-1]
        mapping = _without_year(first.mapping, str(place.year))
        if mapping.get("konstanten"):
            mapping["konstanten"].pop("jahr", None)
            if not mapping["konstanten"]:
                del mapping["konstanten"]
        notes = {
            key.replace(str(place.year), YEAR): note
            for key, note in first.notes.items()
            if key != "konstanten.jahr"
        }
        made = Proposal(
            file=place.file,
            sheet=place.sheet,
            layout=first.layout,
            mapping=mapping,
            notes=notes,
            delivery=first.delivery,
            years={year for one, its in own for year in _years(one, its.year)},
            measures=first.measures,
            open=first.open,
            unneeded=first.unneeded,
            problem=first.problem,
        )
        made.note("datei", True, f"{len(own)} Jahre: {min(made.years)} bis {max(made.years)}")
        found.append(made)
    return found


def _place(one: Proposal, sheets: Mapping[str, set[int]]) -> _Place:
    """Where its year stands.

    Parameters
    ----------
    sheets : file -> years that its sheets are called by. If they are several, what the name of the
        file says of years is true of all of them, and stays as it is.
    """
    if year := _only_year(one.sheet):
        whole = len(sheets.get(one.file, ())) > 1
        file = one.file if whole else one.file.replace(str(year), YEAR)
        return _Place(year, file, one.sheet.replace(str(year), YEAR))
    if year := _only_year(one.file.rsplit("/", 1)[-1]):
        return _Place(year, one.file.replace(str(year), YEAR), one.sheet)
    return _Place(None, one.file, one.sheet)


def _only_year(text: str) -> int | None:
    years = set(_YEAR.findall(text))
    return int(years.pop()) if len(years) == 1 else None


def _years(one: Proposal, year: int | None) -> set[int]:
    """Of a table among others: a name goes before a title, which may be the day of printing."""
    named = {year} if year else set()
    return named if "jahr" in one.mapping.get("konstanten", {}) else one.years or named


def _alike(one: Proposal, year: int | None) -> str:
    if year is None:
        return ""
    mapping = _without_year(one.mapping, str(year))
    mapping.get("konstanten", {}).pop("jahr", None)
    if "jahr" in mapping.get("spalten", {}):  # tells its years itself, {jahr} only finds it
        mapping["eigene_jahre"] = "ja"
    return f"{one.problem}{mapping}{sorted(one.open)}".replace(str(year), YEAR)


def _without_year(value: Any, year: str) -> Any:
    """A mapping with {jahr} where the year of its file stands in headings."""
    if isinstance(value, dict):
        return {
            str(k).replace(year, YEAR): _without_year(v, year)
            for k, v in value.items()
            if not (k == "jahr" and v == year)
        }
    return list(value) if isinstance(value, list) else value


def once(proposals: Iterable[Proposal]) -> list[Proposal]:
    """What two tables count for the same groups and years is placed in the longer one alone."""
    proposals = list(proposals)
    ranked = sorted(
        (one for one in proposals if one.placed),
        key=lambda p: (-len(p.years), len(p.mapping.get("entpivotieren", {})), p.file, p.sheet),
    )
    taken: dict[tuple[tuple[str, ...], int], Proposal] = {}
    for one in ranked:
        _leave(one, taken)
        if one.placed:
            for header, counted in _counted(one).items():
                for year in _of_column(one, header):
                    taken.setdefault((counted, year), one)
    return proposals


def _leave(one: Proposal, taken: Mapping[tuple[tuple[str, ...], int], Proposal]) -> None:
    """Take out the columns that count what other tables count for all of their years."""
    cells = one.mapping.get("entpivotieren", {})
    for header, counted in _counted(one).items():
        others = [taken.get((counted, year)) for year in sorted(_of_column(one, header))]
        if not others or others[0] is None or None in others:
            continue
        told = f"zählt dasselbe wie {others[0].file} {others[0].sheet}".strip()
        one.unneeded[header] = told
        cells.pop(header, None)
        one.notes.pop(f"entpivotieren.{header}", None)
        if not cells:
            one.problem = told
    if one.problem or not cells:
        return
    one.years = {year for header in cells for year in _of_column(one, header)}


def _of_column(one: Proposal, header: str) -> set[int]:
    """The years that one of its columns counts."""
    cell = one.mapping.get("entpivotieren", {}).get(header, {})
    fixed = str(cell.get("jahr") or one.mapping.get("konstanten", {}).get("jahr", ""))
    return {int(fixed)} if fixed.isdecimal() else one.years


def _counted(one: Proposal) -> dict[str, tuple[str, ...]]:
    """What each column of a table counts: its fixed values, and which others split its rows.

    Years in headings do not count: who has the same columns has them for its own years.
    """
    constants = one.mapping.get("konstanten", {})
    columns = one.mapping.get("spalten", {})
    rows = tuple(sorted(k for k in columns if k not in ("anzahl", "jahr")))
    values = str({k: sorted(v) for k, v in one.mapping.get("werte", {}).items() if k != "jahr"})
    ages = ""
    if one.layout and columns.get("alter") in one.layout.header:
        number = one.layout.header.index(columns["alter"])
        ages = " ".join(sorted(set(one.layout.column(number))))
    cells = one.mapping.get("entpivotieren") or {columns.get("anzahl", ""): {}}
    found = {}
    for header, cell in cells.items():
        both = sorted((k, v) for k, v in (constants | cell).items() if k != "jahr")
        fixed = [f"{key}={value}" for key, value in both]
        found[header] = (*rows, values, ages, str(one.mapping.get("ohne", "")), *fixed)
    return found
