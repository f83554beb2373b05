"""Where a fact stands in the raw files: file, sheet, column and rows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from spm.areas.crosswalk import Crosswalk, redistribute
from spm.deliveries.mapping import KEY
from spm.errors import SpmError
from spm.explain.persons import Lists
from spm.explain.records import ABSENT, CELLS, Fakt, Stelle, Umrechnung
from spm.facts import GEZAEHLT, GROUPS
from spm.published import GESAMT, NICHT_ZUORDENBAR

if TYPE_CHECKING:
    from spm.areas.division import Division
    from spm.deliveries.pipeline import ReadTable
    from spm.explain.stored import Stored


class Origins:
    """Finds facts in the deliveries as they were read."""

    def __init__(self, stored: Stored) -> None:
        self._stored, self._lists = stored, Lists(stored)
        self._tables: dict[str, list[ReadTable]] = {}
        self._index: dict[int, dict[tuple[Any, ...], list[dict[str, Any]]]] = {}

    def fact(self, row: dict[str, Any]) -> Fakt:
        """What is told of a fact.

        Parameters
        ----------
        row : of the store of counts, by column.

        Raises
        ------
        SpmError
            What the rows give is not what is stored.
        """
        division = self._division(row)
        moved = self._moved(row, division) if division else ()
        places = () if division else tuple(self._places(row))
        return Fakt(
            merkmal=str(row["merkmal"]),
            jahr=int(row["jahr"]),
            raum=str(row["einrichtung"] if _told(row["einrichtung"]) else row["raum"]),
            gruppen={g: str(row[g]) for g in GROUPS if _told(row[g]) and g != "einrichtung"},
            anzahl=int(row["anzahl"]) if row["status"] == GEZAEHLT else None,
            status=str(row["status"]),
            lieferung=str(row["lieferung"]),
            stellen=places,
            umrechnung=moved,
        )

    def _division(self, row: dict[str, Any]) -> Division | None:
        """The earlier division that a fact was moved from."""
        if row["raum"] in (GESAMT, NICHT_ZUORDENBAR) or _told(row["einrichtung"]):
            return None
        return next((d for d in self._stored.earlier if row["jahr"] <= d.bis), None)

    # --------------------------------------------------------------------------------- rows

    def _places(self, row: dict[str, Any]) -> Iterator[Stelle]:
        """The cells or rows of a fact in the areas that it was delivered in."""
        total, some = 0.0, False
        for table in self._delivery(str(row["lieferung"])):
            own = self._rows(table, row)
            if not own:
                continue
            some = True
            total += sum(cell["anzahl"] for cell in own if _told(cell["anzahl"]))
            if not any(_told(cell["_zeile"]) for cell in own):
                yield self._lists.place(table, row, int(own[0]["anzahl"]))
            else:
                yield from _cells(table, own)
        if some and row["status"] == GEZAEHLT and total != row["anzahl"]:
            raise _contradiction(row, total)
        if not some:
            yield from self._absent(row)

    def _delivery(self, key: str) -> list[ReadTable]:
        if key not in self._tables:
            self._tables[key] = self._stored.tables(key)
        return self._tables[key]

    def _rows(self, table: ReadTable, row: dict[str, Any]) -> Sequence[dict[str, Any]]:
        if table.rows is None:
            return ()
        key = id(table)
        if key not in self._index:
            self._index[key] = self._indexed(table.rows)
        return self._index[key].get(tuple(_plain(row[c]) for c in KEY), ())

    def _indexed(self, rows: pd.DataFrame) -> dict[tuple[Any, ...], list[dict[str, Any]]]:
        """The rows by what they count, in today's joined areas."""
        found: dict[tuple[Any, ...], list[dict[str, Any]]] = defaultdict(list)
        for cell in rows.assign(raum=self._stored.areas.joined(rows)).to_dict("records"):
            found[tuple(_plain(cell[c]) for c in KEY)].append(cell)
        return found

    def _absent(self, row: dict[str, Any]) -> Iterator[Stelle]:
        """The tables in which a missing row means nobody."""
        for table in self._delivery(str(row["lieferung"])):
            known = set() if table.rows is None else set(table.rows["merkmal"])
            if row["merkmal"] in known and row["status"] == GEZAEHLT:
                source = table.source
                yield Stelle(ABSENT, source.datei, source.blatt, raum=str(row["raum"]))

    # ------------------------------------------------------------------------ earlier areas

    def _moved(self, row: dict[str, Any], division: Division) -> tuple[Umrechnung, ...]:
        """From which earlier areas a count came, and how much of each."""
        crosswalk, measure = division.crosswalk, str(row["merkmal"])
        delivered = self._stored.delivered
        same = delivered["merkmal"].eq(measure) & delivered["jahr"].eq(row["jahr"])
        same &= delivered["einrichtung"].isna()
        found, total = [], 0
        for area in crosswalk.shares:
            shares = crosswalk.of(measure, area)
            if row["raum"] not in shares:
                continue
            own = delivered[same & delivered["raum"].eq(area)]
            part = _alike(redistribute(own, Crosswalk({area: shares})), row)
            part = part[part["raum"].eq(row["raum"])]
            there = _alike(own, row)
            number = _number(part)
            total += number or 0
            origin = there.to_dict("records")
            found.append(
                Umrechnung(
                    raum=area,
                    anteil=round(shares[row["raum"]], 6),
                    anzahl_dort=_number(there),
                    anzahl=number,
                    stellen=tuple(s for one in origin for s in self._places(one)),
                )
            )
        if row["status"] == GEZAEHLT and total != row["anzahl"]:
            raise _contradiction(row, total)
        return tuple(found)


def _alike(facts: pd.DataFrame, row: dict[str, Any]) -> pd.DataFrame:
    """The facts of the same groups."""
    alike = np.ones(len(facts), dtype=bool)
    for group in GROUPS:
        known = facts[group]
        alike &= (
            known.eq(row[group]).fillna(False) if _told(row[group]) else known.isna()
        ).to_numpy(bool)
    return facts[alike]


def _number(rows: pd.DataFrame) -> int | None:
    counted = rows[rows["status"].eq(GEZAEHLT)]
    return int(counted["anzahl"].iloc[0]) if len(counted) else None


def _cells(table: ReadTable, own: Sequence[dict[str, Any]]) -> Iterator[Stelle]:
    """The cells of rows, in the order of the file."""
    source = table.source
    for cell in sorted(own, key=lambda cell: cell["_zeile"]):
        yield Stelle(
            art=CELLS,
            datei=source.datei,
            blatt=source.blatt,
            spalte=_text(cell["_spalte"]),
            zeilen=(int(cell["_zeile"]),),
            wert=_text(cell["_wert"]),
            raum=_text(cell["_raum"]),
        )


def _told(value: object) -> bool:
    return not (value is None or value is pd.NA or value != value)


def _plain(value: Any) -> Any:
    """A value of a column as Python has it; None where there is none."""
    if not _told(value):
        return None
    return int(value) if isinstance(value, (int, float, np.integer)) else str(value)


def _text(value: object) -> str:
    return str(value) if _told(value) else ""


def _contradiction(row: dict[str, Any], found: float) -> SpmError:
    return SpmError(
        f"Die Zeilen der Lieferung ergeben {found:g}, gespeichert ist {row['anzahl']}: Diese Zahl "
        "lässt sich nicht erklären.",
        wo=f"{row['merkmal']}, {row['jahr']}, Raum {row['raum']}, Lieferung {row['lieferung']}",
        tun="Das ist ein Fehler von SPM: bitte melden.",
    )


def compressed(rows: Sequence[int]) -> str:
    """Row numbers, neighbours as ranges: "5–9, 12"."""
    parts: list[list[int]] = []
    for row in rows:
        if parts and row == parts[-1][1] + 1:
            parts[-1][1] = row
        else:
            parts.append([row, row])
    return ", ".join(f"{a}–{b}" if b > a else str(a) for a, b in parts)
