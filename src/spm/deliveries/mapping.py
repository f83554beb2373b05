"""Grids -> canonical long rows that still know the cell each count came from."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

import numpy as np
import pandas as pd

from spm.areas.names import AreasOfYears
from spm.config.canonical import BAND
from spm.config.tables import Tabelle
from spm.deliveries import countcells, values, years
from spm.deliveries.choosing import absent, chosen
from spm.deliveries.columns import ambiguous, missing
from spm.deliveries.findings import Finding, Source, capped
from spm.deliveries.locating import Locator
from spm.facts import FACT_COLUMNS, GROUPS
from spm.published import GESAMT, NICHT_GELIEFERT
from spm.rawfiles import cells
from spm.rawfiles.grid import Grid

KEY = ["merkmal", "jahr", "raum", *GROUPS]
"""What identifies a count."""

CELL = ["_zeile", "_spalte", "_wert", "_raum"]
"""Where a canonical row came from: row number, header, raw count, raw area."""

DTYPES = dict.fromkeys([*FACT_COLUMNS, *CELL], "str") | {
    "jahr": "Int64",
    "alter_von": "Int64",
    "alter_bis": "Int64",
    "anzahl": "Float64",  # becomes Int64 once decimals have been reported
    "_zeile": "Int64",
    "_ok": "bool",
    "geschaetzt": "bool",
}


@dataclass
class TableMapper:
    """Maps one grid and collects everything that is wrong with it.

    Attributes
    ----------
    grid, table, source, areas : the raw cells, the mapping, the name of the place, the areas.
    findings : what was wrong so far.
    complete : False once a column is missing; the rows then only serve to find more errors.
    """

    grid: Grid
    table: Tabelle
    source: Source
    areas: AreasOfYears
    findings: list[Finding] = field(default_factory=list)
    complete: bool = True

    def __post_init__(self) -> None:
        self._locator = Locator(self.areas, self.table)
        self._parsers: dict[str, Callable[[str], object]] = {
            "jahr": years.reader(self.table),
            "alter": values.age,
        }

    def counts(self) -> pd.DataFrame:
        """Map a table of counts.

        Returns
        -------
        DataFrame
            Columns of ``KEY``, anzahl, status, ``CELL`` and ``_ok`` (all of it could be read);
            one row per delivered count.
        """
        self.prepare()
        keys = self.keys(["merkmal", "jahr", "raum"])
        parts = [
            self._counts_of(header, constants, keys)
            for header, constants in self._count_columns().items()
        ]
        self._report_areas()
        columns = [*KEY, "anzahl", "status", *CELL, "_ok"]
        long = pd.concat(parts, ignore_index=True) if parts else keys.iloc[:0]
        return long.reindex(columns=columns).astype({c: DTYPES[c] for c in columns})

    def _count_columns(self) -> dict[str, dict[str, str]]:
        """The headers of columns with counts and what their cells have in common."""
        if self.table.entpivotieren:
            wanted = {h: (c, "entpivotieren") for h, c in self.table.entpivotieren.items()}
        elif "anzahl" in self.table.spalten:
            wanted = {self.table.spalten["anzahl"]: ({}, "spalten.anzahl")}
        else:
            wanted = {}
            self._lacking("anzahl")
        found = {self.find(header, key): cell for header, (cell, key) in wanted.items()}
        return {header: cell for header, cell in found.items() if header is not None}

    def _counts_of(self, header: str, constants: dict, keys: pd.DataFrame) -> pd.DataFrame:
        """The canonical rows of one raw column."""
        texts = self.grid.texts(header)
        reader, rows = countcells.CountReader(self.table, header, self.grid), self.grid.rows
        read = values.convert(texts, reader)
        self.findings += read.findings(self.source, header, rows)
        self.findings += reader.notes(self.source, header, texts, rows)
        self.findings += countcells.dubious_thousands(self.table, texts, rows, self.source, header)
        part = keys.assign(**self._constants(constants, f"entpivotieren.{header}"))
        part["anzahl"] = read.column("Float64", 0)
        part["status"] = read.column("str", 1)
        part["_spalte"] = header
        part["_wert"] = pd.array(texts, dtype="str")
        part["_ok"] &= read.ok
        waiting = "raum" not in keys and {"_raum", Locator.FIXED} & set(keys.columns)
        if "raum" in constants or waiting:
            part = self._located(part, idle=part["status"].eq(NICHT_GELIEFERT).to_numpy())
        return part

    def prepare(self) -> None:
        """Report rows that do not fit the header, fill down, and choose the wanted rows."""
        uneven = self.grid.uneven
        self.findings += capped(
            [
                self.source.finding(
                    was,
                    "Ein Trennzeichen zu viel oder zu wenig? Text mit Trennzeichen braucht "
                    "Anführungszeichen. Eine Fußnote unter der Tabelle mit ende abschneiden.",
                    zeilen=[number],
                )
                for number, was in uneven.items()
            ]
        )
        for column in self.table.auffuellen:
            name = self.find(column, "auffuellen")
            if name is not None:
                self.grid.fill_down(name)
        keep, told = ~np.isin(self.grid.rows, list(uneven)), bool(uneven)
        for key in ("nur", "ohne"):
            for column, listed in getattr(self.table, key).items():
                whose = key == "nur" and column in self.table.own_rows
                name = self.find(column, "filter" if whose else key)
                if name is None:
                    if whose:  # nothing is known to be the municipality's
                        keep[:], told = False, True
                    continue
                mask, found = chosen(self.grid, name, listed, key, self.table, self.source)
                keep &= mask
                told |= whose and bool(found)
                self.findings += found
        header = self.table.spalten.get("jahr")
        if self.table.zeitpunkt and header and (name := self.find(header, "zeitpunkt")):
            keep &= years.chosen(self.table, self.grid.texts(name))
        if not keep.any() and not told:
            self.findings.append(
                self.source.finding(
                    "Keine Zeile bleibt übrig.",
                    "nur, ohne und zeitpunkt in der Params-Datei prüfen.",
                )
            )
        self.grid = self.grid.keep(keep)

    def keys(self, required: list[str]) -> pd.DataFrame:
        """Read the key columns of every raw row.

        Parameters
        ----------
        required : canonical columns that must come from a raw column or a fixed value.

        Returns
        -------
        DataFrame
            The columns of ``KEY`` that the table has, plus ``_zeile``, ``_raum`` (raw area) and
            ``_ok`` (all keys could be read).
        """
        size = len(self.grid.rows)
        keys = pd.DataFrame({"_zeile": pd.array(self.grid.rows, dtype="Int64")})
        ok = np.ones(size, dtype=bool)
        for column, header in self.table.spalten.items():
            name = self.find(header, f"spalten.{column}") if column != "anzahl" else None
            if name is None:
                continue
            texts = self.grid.texts(name)
            if column in BAND:
                last = self.find(self.table.spalten["alter_bis"], "spalten.alter_bis")
                if column == "alter_bis" or last is None:
                    continue
                column, texts = "alter", values.bands(texts, self.grid.texts(last))
                name = f"{name}, {last}"
            if column == "raum":
                keys["_raum"] = pd.array(texts, dtype="str")
                self._locator.column = name
                continue
            read = values.convert(texts, self._reader(column))
            if column == "alter":
                self.findings += values.years_of_life(self.source, name, texts)
            self.findings += read.findings(self.source, name, self.grid.rows)
            ok &= read.ok
            keys = keys.assign(**_split(column, read))
        keys = keys.assign(**self._constants(self.table.konstanten, "konstanten"))
        keys["_ok"] = ok
        promised = {*self.table.spalten, *self.table.konstanten}
        promised.update(c for cell in self.table.entpivotieren.values() for c in cell)
        if "raum" not in promised and "einrichtung" in promised:
            keys["raum"] = GESAMT  # facilities are counted for the whole municipality
            promised.add("raum")
        for column in required:
            if column not in promised:
                self._lacking(column)
        if {"_raum", Locator.FIXED} & set(keys.columns) and not self._year_follows(keys):
            keys = self._located(keys, idle=np.zeros(size, dtype=bool))
            self._report_areas()
        return keys

    def _year_follows(self, keys: pd.DataFrame) -> bool:
        """Whether only the columns with counts tell the year, and thereby the division."""
        several, wide = len(self.areas.names) > 1, bool(self.table.entpivotieren)
        return several and wide and "jahr" not in keys

    def _located(self, rows: pd.DataFrame, idle: np.ndarray) -> pd.DataFrame:
        """Add the key of each row's area, in the division of its year."""
        keys, ok = self._locator.locate(rows, idle)
        return rows.assign(raum=keys, _ok=rows["_ok"] & ok)

    def _report_areas(self) -> None:
        found, fixed = self._locator.findings(self.source)
        self.findings += found
        self.complete &= not fixed

    def find(self, header: str, key: str) -> str | None:
        """The header of the grid that ``header`` means; report it if there is none."""
        name = self.grid.find(header)
        wrong = missing(header, self.grid, key) if name is None else None
        if name == cells.clean(header):
            wrong = ambiguous(name, self.grid, self.table)
        if wrong is None:
            return name
        self.complete = False
        rows = self.table.kopfzeilen[-1:] if self.grid.has_header_row else ()
        column = cells.clean(header)
        finding = self.source.finding(wrong.was, wrong.tun, zeilen=rows, spalte=column)
        if all((f.was, f.spalte) != (finding.was, column) for f in self.findings):
            self.findings.append(finding)  # once, though several keys may ask for the column
        return None

    def expect(self, name: str, listed: Iterable[str], key: str) -> None:
        """Note values that a key lists and the column does not hold: are they misspelled?"""
        self.findings += absent(self.grid.texts(name), listed, key, self.table, (self.source, name))

    def _lacking(self, column: str) -> None:
        """Report a canonical column that nothing in the mapping provides."""
        self.complete = False
        self.findings.append(
            self.source.finding(
                f"Die Angabe {column} fehlt: keine Spalte und kein fester Wert liefert sie.",
                f"In der Params-Datei {column} unter spalten, konstanten oder entpivotieren "
                "festlegen.",
                spalte=column,
            )
        )

    def _reader(self, column: str) -> Callable[[str], object]:
        """The function that reads one text of a canonical column."""
        parse = self._parsers.get(column, values.group(column))
        if column not in self.table.werte:
            return parse
        return values.mapped(column, self.table.werte[column], parse, values.not_split(column))

    def _constants(self, constants: dict[str, str], key: str) -> dict:
        """Constant canonical columns; they follow the rules of cells, but no value map."""
        columns: dict = {}
        for column, text in constants.items():
            if column == "raum":
                columns |= self._locator.fixed(text, f"{key}.raum")
                continue
            result, bad = None, {}
            try:
                result = self._parsers.get(column, str)(text) if text else values.not_split(column)
            except cells.BadValue as error:
                bad = {text: error}
                self.complete = False
                self.findings.append(
                    self.source.finding(error.was, error.tun, spalte=f"{key}.{column}", wert=text)
                )
            everywhere = np.zeros(len(self.grid.rows), dtype=np.intp)
            columns |= _split(column, values.Converted([result], everywhere, [text], bad))
        return columns


def _split(column: str, read: values.Converted) -> dict:
    """The canonical columns of one raw column: an age group has two."""
    if column == "alter":
        return {"alter_von": read.column("Int64", 0), "alter_bis": read.column("Int64", 1)}
    return {column: read.column(DTYPES[column])}
