"""Rows of persons -> counts, at once: nothing about a person leaves this module.

Findings name row, column and the offending cell only, never another cell of the row, and never
the identifier.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

import numpy as np
import pandas as pd

from spm.areas.names import AreasOfYears
from spm.config.counting import Zaehlen
from spm.deliveries import values
from spm.deliveries.checking import check_rows
from spm.deliveries.identifiers import check_identifiers
from spm.deliveries.mapping import CELL, DTYPES, KEY, TableMapper
from spm.deliveries.spellings import unmatched
from spm.facts import GEZAEHLT, GROUPS
from spm.published import GESAMT, NICHT_ZUORDENBAR
from spm.rawfiles import cells


def count_persons(mapper: TableMapper, series: tuple[int, int]) -> pd.DataFrame:
    """Count persons by measure, year, area and group, and by facility.

    Every measure is crossed with all areas, all years and all groups that the table holds, so a
    combination without persons is a counted 0. A facility is counted in the years in which it
    has any person; its rows have raum "gesamt" and einrichtung "Art: Name".

    Parameters
    ----------
    mapper : of a table with ``zaehlen``; its findings grow.
    series : first and last year of the series.

    Returns
    -------
    DataFrame
        Columns of ``mapping.KEY``, anzahl, status and ``mapping.CELL`` (all missing).
    """
    persons = listed(mapper, series)
    if persons is None:
        return _as_counts(pd.DataFrame(columns=["_zaehlt"]))
    known, rows = persons.known, persons.rows
    places = _places(known, mapper.areas)
    parts = []
    for measure, fulfilled in persons.fulfilled.items():
        counted = known.assign(merkmal=measure, _zaehlt=fulfilled[rows])
        parts.append(_crossed(counted, places))
        for names in persons.facilities:
            there = counted.assign(einrichtung=pd.array(names[rows], dtype="str"), raum=GESAMT)
            there = there[there["einrichtung"] != ""]
            parts.append(_crossed(there, there[["raum", "einrichtung", "jahr"]].drop_duplicates()))
    return _as_counts(pd.concat(parts, ignore_index=True))


class Persons(NamedTuple):
    """The rows of a list that can be counted.

    Parameters
    ----------
    known : columns of ``mapping.KEY`` that the table has, and ``_zeile``; a row per person.
    rows : position of each among all rows of the table.
    fulfilled : by measure, of all rows of the table, whether they are counted.
    facilities : for every kind of facility that of all rows, "" where none is given.
    """

    known: pd.DataFrame
    rows: np.ndarray
    fulfilled: Mapping[str, np.ndarray]
    facilities: Sequence[np.ndarray]


def listed(mapper: TableMapper, series: tuple[int, int]) -> Persons | None:
    """The persons of a table before they are counted; None if a column is missing, or nobody is
    there. Parameters as of `count_persons`."""
    mapper.prepare()
    _drop_totals(mapper)
    persons = mapper.keys(["jahr", "raum"])
    _check_cells(mapper, persons)
    mapper.findings += unmatched(mapper.grid, _spec(mapper), mapper.source)
    fulfilled = _conditions(mapper)
    facilities = _facilities(mapper)
    persons["_row"] = np.arange(len(persons))
    known, findings = check_rows(persons, mapper.table, mapper.source, series)
    mapper.findings += findings
    if not mapper.complete or known.empty:
        return None
    known["raum"] = mapper.areas.joined(known)
    return Persons(known, known["_row"].to_numpy(), fulfilled, facilities)


def _spec(mapper: TableMapper) -> Zaehlen:
    assert mapper.table.zaehlen is not None  # only tables of persons are counted
    return mapper.table.zaehlen


def _drop_totals(mapper: TableMapper) -> None:
    """Leave out total rows below the list: they are no persons."""
    header = mapper.table.spalten.get("raum")
    name = mapper.grid.find(header) if header else None
    if name is not None and mapper.table.gesamtzeilen:
        totals = [cells.clean(raw) for raw in mapper.table.gesamtzeilen]
        mapper.grid = mapper.grid.keep(~pd.Series(mapper.grid.texts(name)).isin(totals).to_numpy())


def _check_cells(mapper: TableMapper, persons: pd.DataFrame) -> None:
    """Check the valid values and that the identifier is unique."""
    spec = _spec(mapper)
    for column, allowed in spec.gueltig.items():
        name = mapper.find(column, "zaehlen.gueltig")
        if name is not None:
            read = values.convert(mapper.grid.texts(name), _listed(allowed))
            mapper.findings += read.findings(mapper.source, name, mapper.grid.rows)
    if spec.kennung:
        mapper.findings += check_identifiers(mapper, spec.kennung, persons)


def _listed(allowed: Iterable[str]) -> Callable[[str], None]:
    """Make the check of a column whose valid values are listed."""
    known = [cells.clean(value) for value in allowed]
    shown = ", ".join(f"«{value}»" for value in known)

    def read(text: str) -> None:
        if text not in known:
            raise cells.BadValue(
                "Die Zelle ist leer." if text == "" else "Der Wert ist nicht vorgesehen.",
                f"Gültig sind {shown}. Den Wert berichtigen oder unter zaehlen.gueltig aufnehmen.",
            )

    return read


def _conditions(mapper: TableMapper) -> dict[str, np.ndarray]:
    """For every measure whether each row fulfils all its conditions."""
    result = {}
    for measure, conditions in _spec(mapper).merkmale.items():
        fulfilled = np.ones(len(mapper.grid.rows), dtype=bool)
        for column, listed in conditions.items():
            key = f"zaehlen.merkmale.{measure}"
            name = mapper.find(column, key)
            if name is not None:
                if column not in _spec(mapper).gueltig:
                    mapper.expect(name, listed, key)
                known = [cells.clean(value) for value in listed]
                fulfilled &= pd.Series(mapper.grid.texts(name)).isin(known).to_numpy()
        result[measure] = fulfilled
    return result | _several(_spec(mapper), result)


def _several(spec: Zaehlen, fulfilled: Mapping[str, np.ndarray]) -> dict[str, np.ndarray]:
    """For every measure of several findings, and for that of whom all tests were made with."""
    result = {}
    for measure, several in spec.mehrfach.items():
        tested = np.logical_and.reduce([fulfilled[whole] for whole in several.von.values()])
        findings = np.sum([fulfilled[part] for part in several.von], axis=0)
        result[measure] = tested & (findings >= several.ab)
        result[several.alle] = tested
    return result


def _facilities(mapper: TableMapper) -> list[np.ndarray]:
    """For every kind of facility the facility of each row, "" where none is given."""
    result = []
    for kind, column in _spec(mapper).einrichtungen.items():
        name = mapper.find(column, f"zaehlen.einrichtungen.{kind}")
        if name is not None:
            texts = mapper.grid.texts(name)
            result.append(np.where(texts == "", "", f"{kind}: " + texts))
    return result


def _places(known: pd.DataFrame, areas: AreasOfYears) -> pd.DataFrame:
    """All areas of every year once any area is delivered, plus "nz" if it occurs."""
    years = known[["jahr"]].drop_duplicates()
    rooms, complete = set(known["raum"]), []
    if areas.inside(known).any():
        complete, rooms = [areas.places(years["jahr"])], rooms & {NICHT_ZUORDENBAR}
    extra = pd.DataFrame({"raum": pd.array(sorted(rooms), dtype="str")})
    return pd.concat([*complete, extra.merge(years, how="cross")], ignore_index=True)


def _crossed(counted: pd.DataFrame, places: pd.DataFrame) -> pd.DataFrame:
    """Sum ``_zaehlt`` for every place × group; what does not occur is 0."""
    groups = ["merkmal", *(g for g in GROUPS if g in counted and g not in places)]
    every = places.merge(counted[groups].drop_duplicates(), how="cross")
    keys = list(every.columns)
    sums = counted.groupby(keys, dropna=False, sort=False)["_zaehlt"].sum().reset_index()
    return every.merge(sums, on=keys, how="left").fillna({"_zaehlt": 0})


def _as_counts(sums: pd.DataFrame) -> pd.DataFrame:
    columns = [*KEY, "anzahl", "status", *CELL]
    counts = sums.rename(columns={"_zaehlt": "anzahl"}).assign(status=GEZAEHLT)
    return counts.reindex(columns=columns).astype({c: DTYPES[c] for c in columns})
