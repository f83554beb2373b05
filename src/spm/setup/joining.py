"""Files of one kind over years become one table; what two tables deliver alike is kept once."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

from spm.config.yearly import YEAR
from spm.setup.proposal import Proposal

_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")


def joined(proposals: Sequence[Proposal]) -> list[Proposal]:
    """Proposals of tables that differ only in the year of their file or sheet as one each."""
    groups: dict[tuple[str, str, str], list[Proposal]] = {}
    for one in proposals:
        groups.setdefault(_alike(one), []).append(one)
    found = []
    for (file, sheet, _), own in groups.items():
        years = {_year_of(one) for one in own}
        if len(own) < 2 or None in years or len(years) < len(own):
            found += own
            continue
        first = own[-1]
        mapping = _without_year(first.mapping, str(_year_of(first)))
        if mapping.get("konstanten"):
            mapping["konstanten"].pop("jahr", None)
            if not mapping["konstanten"]:
                del mapping["konstanten"]
        notes = {
            key.replace(str(_year_of(first)), YEAR): note
            for key, note in first.notes.items()
            if key != "konstanten.jahr"
        }
        made = Proposal(
            file=file,
            sheet=sheet,
            layout=first.layout,
            mapping=mapping,
            notes=notes,
            delivery=first.delivery,
            years={year for one in own for year in (one.years or {int(_year_of(one) or 0)})},
            measures=first.measures,
            open=first.open,
            unneeded=first.unneeded,
            problem=first.problem,
        )
        made.note("datei", True, f"{len(own)} Jahre: {min(made.years)} bis {max(made.years)}")
        found.append(made)
    return found


def _year_of(one: Proposal) -> int | None:
    """The year in the name of its sheet, or of its file; None if there is none, or several."""
    for text in (one.sheet, one.file.rsplit("/", 1)[-1]):
        years = set(_YEAR.findall(text))
        if len(years) == 1:
            return int(years.pop())
    return None


def _alike(one: Proposal) -> tuple[str, str, str]:
    year = _year_of(one)
    if year is None:
        return one.file, one.sheet, ""
    mapping = _without_year(one.mapping, str(year))
    mapping.get("konstanten", {}).pop("jahr", None)
    if "jahr" in mapping.get("spalten", {}):  # tells its years itself, {jahr} only finds it
        mapping["eigene_jahre"] = "ja"
    text = f"{one.problem}{mapping}{sorted(one.open)}".replace(str(year), YEAR)
    return one.file.replace(str(year), YEAR), one.sheet.replace(str(year), YEAR), text


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
    taken: list[tuple[set[tuple[str, ...]], Proposal]] = []
    for one in ranked:
        for others, before in taken:
            if one.years <= before.years and one.placed:
                _leave(one, others, before)
        if one.placed:
            taken.append((set(_counted(one).values()), one))
    return proposals


def _leave(one: Proposal, others: set[tuple[str, ...]], before: Proposal) -> None:
    """Take out the columns that count what another table counts."""
    told = f"zählt dasselbe wie {before.file} {before.sheet}".strip()
    cells = one.mapping.get("entpivotieren", {})
    alike = [header for header, counted in _counted(one).items() if counted in others]
    if not alike:
        return
    for header in alike:
        one.unneeded[header] = told
        cells.pop(header, None)
        one.notes.pop(f"entpivotieren.{header}", None)
    if not cells:
        one.problem = told


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
