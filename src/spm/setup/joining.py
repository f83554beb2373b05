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
            years={year for one in own for year in (one.years or {_year_of(one)}) if year},
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
    """Of two tables that count the same groups in the same years the longer one is placed."""
    ranked = sorted(
        (one for one in proposals if one.placed), key=lambda p: (-len(p.years), p.file, p.sheet)
    )
    taken: list[tuple[set[tuple[str, ...]], set[int], Proposal]] = []
    for one in ranked:
        own = _counted(one)
        for other, years, before in taken:
            if own and own <= other and one.years <= years:
                one.problem = f"zählt dasselbe wie {before.file} {before.sheet}".strip()
                for header in _headers(one):
                    one.open[header] = one.problem
                break
        else:
            taken.append((own, one.years, one))
    return list(proposals)


def _headers(one: Proposal) -> list[str]:
    own = [*one.mapping.get("entpivotieren", {})]
    column = one.mapping.get("spalten", {}).get("anzahl")
    return own + ([column] if column else [])


def _counted(one: Proposal) -> set[tuple[str, ...]]:
    """What a table counts: fixed values of every column, and which others split its rows."""
    constants = one.mapping.get("konstanten", {})
    columns = one.mapping.get("spalten", {})
    rows = tuple(sorted(k for k in columns if k not in ("anzahl", "jahr")))
    values = str({k: sorted(v) for k, v in one.mapping.get("werte", {}).items() if k != "jahr"})
    cells = list(one.mapping.get("entpivotieren", {}).values()) or [{}]
    found = set()
    for cell in cells:
        both = {k: v for k, v in (constants | cell).items() if k != "jahr"}
        ages = ""
        if "alter" in columns and one.layout:
            ages = "".join(sorted(set(one.layout.column(one.layout.header.index(columns["alter"])))))
        topic = str(one.mapping.get("nur", ""))
        found.add((*rows, values, ages, topic, *(f"{k}={v}" for k, v in sorted(both.items()))))
    return found
