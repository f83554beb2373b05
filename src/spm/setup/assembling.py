"""All tables of a folder -> one proposal: geometry, tables, years of the series."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from spm.config.yearly import YEAR
from spm.setup.adding import Named
from spm.setup.areas import Areas, geometry
from spm.setup.contradicting import without_contradictions
from spm.setup.folder import look
from spm.setup.headers import Layout, layout
from spm.setup.joining import joined, once
from spm.setup.known import Known
from spm.setup.proposal import Proposal
from spm.setup.publicfiles import EARLIER, Public
from spm.setup.tables import propose


@dataclass
class Proposed:
    """Everything that a folder gives.

    Attributes
    ----------
    areas : the geometry.
    tables : a proposal for every table.
    first, last : years of the series; 0 if no table has any.
    unread : name of a file -> why it is not used.
    files : how many were looked at.
    public : tables that are no deliveries.
    """

    areas: Areas
    tables: list[Proposal]
    first: int = 0
    last: int = 0
    unread: dict[str, str] = field(default_factory=dict)
    files: int = 0
    public: Public = field(default_factory=Public)


def proposed(folder: Path, place: str, skip: Named | None = None) -> Proposed:
    """Look at a folder and propose how its tables are mapped.

    Parameters
    ----------
    place : the municipality's name.
    skip : files and sheets that the params file names already.
    """
    found = look(folder)
    layouts: list[Layout] = []
    public = Public()
    for table in found.tables:
        if skip and (table.file, table.sheet) in skip:
            continue
        cut = layout(table)
        if cut is None:
            name = table.file + (f", Blatt {table.sheet}" if table.sheet else "")
            found.unread[name] = "keine Tabelle mit Überschriften gefunden"
        elif not public.take(cut):
            layouts.append(cut)
    columns = [{*cut.column(i)} for cut in layouts for i in range(len(cut.header))]
    areas = geometry(folder, found.geometries, columns, place)
    known = Known(areas=areas, place=place)
    tables = [one for cut in layouts for one in propose(cut, known)]
    if any("schuljahr" in t.mapping or _names_school_years(t) for t in tables):
        years = frozenset(y for t in tables if not _school(t) for y in t.years if t.placed)
        known = Known(areas=areas, place=place, years=years)
        tables = [one for cut in layouts for one in propose(cut, known)]
    tables = once(joined(tables))
    without_contradictions(tables)
    _only_sheet(tables, [(t.file, t.sheet) for t in found.tables])
    first, last = _series(tables)
    for one in tables:
        if one.placed and first and (min(one.years) < first or max(one.years) > last):
            one.mapping["jahre_ausserhalb"] = "ignorieren"
            left = sorted(y for y in one.years if not first <= y <= last)
            one.note("jahre_ausserhalb", True, f"ohne {', '.join(map(str, left))}")
    # What SPM itself laid there (`spm jahr`) is no file of an office; it is told as what it is.
    files = {t.file for t in found.tables} | set(found.geometries) | set(found.unread)
    files -= set(public.files.get(EARLIER, ()))
    return Proposed(
        areas=areas,
        tables=tables,
        first=first,
        last=last,
        unread=found.unread,
        files=len(files),
        public=public,
    )


def _school(one: Proposal) -> bool:
    return "schuljahr" in one.mapping or _names_school_years(one)


def _names_school_years(one: Proposal) -> bool:
    return any("Schuljahr" in note.why for note in one.notes.values())


def _only_sheet(tables: Sequence[Proposal], there: Sequence[tuple[str, str]]) -> None:
    """The only sheet of a workbook needs no name: SPM reads the first one."""
    for one in tables:
        sheets = {sheet for file, sheet in there if file == one.file}
        if one.sheet and len(sheets) == 1 and YEAR not in one.file + one.sheet:
            one.sheet = ""


def _series(tables: Sequence[Proposal]) -> tuple[int, int]:
    """The years without a gap up to the last one of the placed tables."""
    years = {year for one in tables if one.placed for year in one.years}
    if not years:
        return 0, 0
    first = last = max(years)
    while first - 1 in years:
        first -= 1
    return first, last
