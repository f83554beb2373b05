"""Which deliveries of a year are there, and what is still to come from whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from spm.deliveries.findings import FEHLER
from spm.offices.groups import Group, delivered
from spm.published import NICHT_GELIEFERT

if TYPE_CHECKING:
    from spm.config.delivery import Lieferung
    from spm.config.params import Params
    from spm.deliveries.pipeline import ReadTable

THERE, PARTLY, LACKING = "liegt vor", "zum Teil", "fehlt"


@dataclass(frozen=True)
class Delivery:
    """How far one delivery of a year is.

    Parameters
    ----------
    state : `THERE`, `PARTLY` or `LACKING`.
    why : what is missing, or why nothing can be read; "" if all is there.
    tables : file and sheet ("" if it has none) of the tables that still lack the year.
    """

    key: str
    state: str
    why: str = ""
    tables: tuple[tuple[str, str], ...] = ()


def outstanding(params: Params, year: int) -> list[Delivery]:
    """Look at every delivery of the params file for one year.

    Raises
    ------
    SpmError
        The areas cannot be read.
    """
    from spm.areas.divisions import load_divisions
    from spm.areas.today import load_areas
    from spm.deliveries.pipeline import read_delivery

    areas = load_areas(params)
    earlier = load_divisions(params, areas)
    return [
        _state(key, own, read_delivery(key, params, areas, earlier), year)
        for key, own in params.lieferungen.items()
    ]


def _state(key: str, own: Lieferung, read: Sequence[ReadTable], year: int) -> Delivery:
    """A group that was delivered for the year before, by whichever table, is expected again."""
    there = {group for one in read for group in _groups(one, year)}
    lacking, why = [], ""
    for one in read:
        before = _groups(one, year - 1)
        if (before and before <= there) or (not before and _groups(one, year)):
            continue
        if not before and one.rows is not None and len(one.rows):
            continue  # of earlier years alone
        lacking.append((one.source.datei, one.source.blatt))
        errors = [f for f in one.findings if f.schwere == FEHLER]
        first = errors[0].was.split(" Bekannt sind:")[0] if errors else ""
        why = why or first.rstrip(".") or f"keine Zahlen für {year}"
    missing = sorted(own.measures - {group.merkmal for group in there})
    if not lacking and not missing:
        return Delivery(key, THERE)
    if not there:
        return Delivery(key, LACKING, why or f"keine Zahlen für {year}", _once(lacking))
    why = f"ohne {', '.join(missing)}" if missing else why
    return Delivery(key, PARTLY, why, _once(lacking))


def _once(tables: Sequence[tuple[str, str]]) -> tuple[tuple[str, str], ...]:
    return tuple(dict.fromkeys(tables))


def _groups(one: ReadTable, year: int) -> set[Group]:
    """The groups of which a table has something to say about a year."""
    if one.rows is None or one.rows.empty:
        return set()
    rows = one.rows[one.rows["jahr"].eq(year) & one.rows["status"].ne(NICHT_GELIEFERT)]
    return set(delivered(rows))
