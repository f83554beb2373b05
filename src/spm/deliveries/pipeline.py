"""All deliveries, one table after the other, then all of them together."""

from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import TYPE_CHECKING

import pandas as pd

from spm.areas.names import AreasOfYears
from spm.config.delivery import deviating_totals
from spm.config.tables import Tabelle
from spm.deliveries.agegroups import check_ages, check_overlaps
from spm.deliveries.breakdowns import check_breakdowns
from spm.deliveries.checking import check_rows
from spm.deliveries.completion import complete, missing_years, never_delivered
from spm.deliveries.counting import count_persons
from spm.deliveries.crosschecks import (
    check_duplicates,
    check_splits,
    check_totals,
    missing_totals,
    sum_unassigned,
)
from spm.deliveries.findings import FEHLER, HINWEIS, Finding, Source
from spm.deliveries.gaps import missing_cells
from spm.deliveries.joining import join_parts
from spm.deliveries.jumps import check_jumps
from spm.deliveries.mapping import CELL, DTYPES, KEY, TableMapper
from spm.deliveries.remarks import remarks
from spm.deliveries.templates import tables_of_template, without_empty_years
from spm.deliveries.twice import check_twice
from spm.deliveries.years import reference_dates
from spm.errors import SpmError
from spm.facts import FACT_COLUMNS
from spm.rawfiles.reading import read_table

if TYPE_CHECKING:
    from spm.areas.division import Division
    from spm.config.params import Params


@dataclass
class ReadTable:
    """One table after reading: its mapping, its place, its counts and what was wrong."""

    table: Tabelle
    source: Source
    rows: pd.DataFrame | None
    findings: list[Finding]


Recall = Callable[[str], list[ReadTable] | None]
"""Gives by its key what is kept of a delivery, None if nothing is."""


def read_delivery(
    key: str, params: "Params", areas_df: pd.DataFrame, earlier: Sequence["Division"] = ()
) -> list[ReadTable]:
    """Read the tables of one delivery; parameters as of `read_deliveries`."""
    areas = AreasOfYears(areas_df, earlier)
    series = (params.zeitreihe.von, params.zeitreihe.bis)
    read: list[ReadTable] = []
    for table in params.lieferungen[key].tabellen:
        own: list[Tabelle] | SpmError = [table]
        if table.vorlage:
            own = tables_of_template(table, key, params)
        if isinstance(own, SpmError):
            source = Source(key, table.source_name)
            read.append(ReadTable(table, source, None, [source.finding(own.was, own.tun)]))
            continue
        read += [_read(key, one, params, areas, series) for one in own]
    return read


def read_deliveries(
    params: "Params",
    areas_df: pd.DataFrame,
    progress: Callable[[str], None] | None = None,
    earlier: Sequence["Division"] = (),
    recall: Recall = lambda key: None,
    breaks: Mapping[str, Collection[int]] = MappingProxyType({}),
) -> tuple[pd.DataFrame, list[Finding]]:
    """Read and check all tables of all deliveries; nothing stops at the first error.

    Parameters
    ----------
    params : lieferungen, zeitreihe and raw_file() are used.
    areas_df : columns raum, name: the areas of the municipality.
    progress : called with the title of every delivery once it has been read.
    earlier : divisions of earlier years, oldest first.
    recall : see `Recall`; default: every delivery is read.
    breaks : measure -> years since which it is counted otherwise than before.

    Returns
    -------
    facts : columns ``spm.facts.FACT_COLUMNS``; counts in persons or cases. A table with an error
        is represented by its correct rows, or not at all: use facts only without a "Fehler". Counts
        of earlier years are those of the areas that they were delivered in.
    findings : everything wrong, by delivery, file, sheet and row.
    """
    areas = AreasOfYears(areas_df, earlier)
    series = (params.zeitreihe.von, params.zeitreihe.bis)
    read: list[ReadTable] = []
    for key, delivery in params.lieferungen.items():
        read += recall(key) or read_delivery(key, params, areas_df, earlier)
        if progress:
            progress(delivery.titel)
    findings = [finding for one in read for finding in one.findings]
    sources = [one.source for one in read]
    rows = _together(read)
    tables = [(one.table, one.source) for one in read]
    broken = any(f.schwere == FEHLER for f in findings)
    rows, twice = check_duplicates(rows, sources, params.file.name)
    rows, parted = join_parts(rows, tables, areas)
    if parted or areas.names[-1].whole:  # a joined area and its parts may both be delivered
        rows, again = check_duplicates(rows, sources, params.file.name)
        twice += again
    findings += check_twice(rows, sources)
    # Of tables with errors rows may have been refused
    unknown = [] if broken else never_delivered(rows, [t for t, _ in tables], areas, params)
    rows, absent = complete(rows, tables, areas)
    findings += [*twice, *parted, *absent, *missing_years(rows, sources, series)]
    if not broken:  # else what is missing are the rows with errors
        findings += missing_cells(rows, tables, areas)
    findings += check_overlaps(rows, tables)
    findings += check_breakdowns(rows, sources, _errors(params))
    moved = _errors(params)
    extents = deviating_totals(params.lieferungen.values())
    findings += check_totals(rows, sources, areas, moved, extents)
    findings += missing_totals(rows, sources, extents)
    findings += [*check_splits(rows, sources, moved), *check_ages(rows, sources, moved)]
    findings += check_jumps(rows, sources, areas, breaks)
    keys = pd.array([source.lieferung for source in sources], dtype="str")
    own = keys.take(rows["_tabelle"].to_numpy(dtype=int))
    facts = rows.assign(lieferung=own, geschaetzt=False)
    findings = [*unknown, *_sorted(findings, params, sources)]
    return facts[FACT_COLUMNS].astype({"anzahl": "Int64"}), findings


def _read(
    key: str, table: Tabelle, params: "Params", areas: AreasOfYears, series: tuple[int, int]
) -> ReadTable:
    """Read one table; whatever makes it unreadable becomes a finding."""
    source = Source(key, table.source_name, table.blatt or "")
    try:
        grid = read_table(table, params)
    except SpmError as error:
        no_sheet = error.was.startswith(f"Das Blatt «{table.blatt}» gibt es nicht")
        severity = HINWEIS if table.one_of_several and no_sheet else FEHLER
        told = source.finding(error.was, error.tun, schwere=severity)
        return ReadTable(table, source, None, [told])
    source = replace(source, blatt=grid.sheet)
    mapper = TableMapper(grid, table, source, areas)
    if table.zaehlen:
        rows = count_persons(mapper, series)
    else:
        rows, wrong = check_rows(mapper.counts(), table, source, series)
        mapper.findings += wrong
        if table.vorlage:
            rows = without_empty_years(rows)
    mapper.findings += remarks(mapper)
    declared = params.lieferungen[key].stichtag or ""
    mapper.findings += reference_dates(mapper.grid, table, source, declared)
    return ReadTable(table, source, rows if mapper.complete else None, mapper.findings)


def _errors(params: "Params") -> dict[str, int]:
    """By delivery, how far its sender has moved each number at most."""
    found = {key: delivery.verfahren for key, delivery in params.lieferungen.items()}
    return {key: rule.abweichung for key, rule in found.items() if rule}


def _together(read: list[ReadTable]) -> pd.DataFrame:
    """The rows of all tables, each with the position of its table."""
    columns = [*KEY, "anzahl", "status", *CELL]
    nothing = pd.DataFrame(columns=columns).astype({c: DTYPES[c] for c in columns})
    parts = [
        sum_unassigned(one.rows).assign(_tabelle=position)
        for position, one in enumerate(read)
        if one.rows is not None
    ]
    return pd.concat([nothing.assign(_tabelle=pd.Series(dtype=int)), *parts], ignore_index=True)


def _sorted(findings: list[Finding], params: "Params", sources: list[Source]) -> list[Finding]:
    """Order findings as the params file lists the tables, then by row; those at itself first."""
    deliveries = {key: i for i, key in enumerate(params.lieferungen)}
    files = {source: i for i, source in reversed(list(enumerate(sources)))}

    def place(finding: Finding) -> tuple:
        source = Source(finding.lieferung, finding.datei, finding.blatt)
        delivery = deliveries.get(finding.lieferung, -1)
        return delivery, files.get(source, -1), finding.zeile or 0

    return sorted(findings, key=place)
