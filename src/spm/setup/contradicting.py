"""Totals that are not the sum of the age groups beside them: both cannot be one measure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from spm.setup.counts import number
from spm.setup.proposal import Proposal
from spm.text.ages import OPEN_END, parse_age, tile

Place = tuple[str, str]
"""Texts of area and year."""


@dataclass(frozen=True)
class _Cells:
    """A column that counts one age group, or all ages, by area and year."""

    table: Proposal
    header: str
    numbers: dict[Place, float]


def without_contradictions(tables: Sequence[Proposal]) -> None:
    """Leave a total open that differs from the sum of age groups of the same measure."""
    by_measure: dict[tuple[str, str], dict[tuple[int, int] | None, _Cells]] = {}
    for one in tables:
        if one.placed:
            for measure, age, cells in _cells(one):
                by_measure.setdefault(measure, {}).setdefault(age, cells)
    for groups in by_measure.values():
        total = groups.pop(None, None)
        parts = tile([age for age in groups if age], 0, OPEN_END) if total else []
        if total is None or not parts:
            continue
        numbers = [groups[age].numbers for age in parts]
        common = set(total.numbers).intersection(*numbers)
        wrong = [at for at in common if sum(own[at] for own in numbers) != total.numbers[at]]
        if wrong:
            told = (
                f"weicht in {len(wrong)} von {len(common)} Werten von der Summe der Altersgruppen "
                "ab: Beides zusammen geht nicht als ein Merkmal"
            )
            _open(total, told)


def _open(cells: _Cells, why: str) -> None:
    table = cells.table
    table.open[cells.header] = why
    wide = table.mapping.get("entpivotieren", {})
    wide.pop(cells.header, None)
    if not wide:
        table.problem = why


def _cells(
    one: Proposal,
) -> list[tuple[tuple[str, str], tuple[int, int] | None, _Cells]]:
    """Its columns that nothing but the age splits."""
    columns, constants = one.mapping.get("spalten", {}), one.mapping.get("konstanten", {})
    layout = one.layout
    if layout is None or "jahr" not in columns or set(columns) - {"raum", "jahr", "anzahl"}:
        return []
    if one.mapping.keys() & {"nur", "auffuellen", "faktor"}:
        return []
    keys = [columns[key] for key in ("raum", "jahr") if key in columns]
    if not set(keys) <= set(layout.header):  # with {jahr} in them
        return []
    places = [layout.header.index(key) for key in keys]
    wide = one.mapping.get("entpivotieren") or {columns.get("anzahl", ""): {}}
    found = []
    for header, cell in wide.items():
        fixed = {**constants, **cell}
        if header not in layout.header or set(fixed) - {"merkmal", "alter", "raum"}:
            continue
        column = layout.header.index(header)
        numbers = {
            (row[places[0]] if len(places) > 1 else "", row[places[-1]]): value
            for row in layout.rows
            if (value := number(row[column])) is not None
        }
        measure = (str(fixed.get("merkmal", "")), str("raum" in columns))
        found.append((measure, _age(fixed.get("alter")), _Cells(one, header, numbers)))
    return found


def _age(text: str | None) -> tuple[int, int] | None:
    if text is None:
        return None
    first, last = parse_age(text)
    return first or 0, OPEN_END if last is None else last
