"""What lies in a folder of raw files: tables with their cells, geometries, and what is neither."""

from __future__ import annotations

import csv
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from pathlib import Path

from spm.config.rawformats import FORMAT_OF_SUFFIX
from spm.config.tables import Tabelle
from spm.errors import SpmError
from spm.foreign import door
from spm.rawfiles import csvfiles, excel
from spm.rawfiles.cells import clean
from spm.rawfiles.encodings import probable
from spm.rawfiles.grid import Grid, cell_text
from spm.rawfiles.reading import read_existing
from spm.setup.otherformats import OUTLINES, why_not
from spm.system.names import is_left_by_programs

BESIDE = (".shx", ".dbf", ".prj", ".cpg", ".qmd", ".sbn", ".sbx", ".qgz", ".xml")
"""Parts of a shapefile, and what geoinformation systems leave beside."""

SEPARATORS = (";", ",", "\t", "|")
MOST_FILES = 2_000
"""Somebody named the wrong folder if there are more."""


@dataclass(frozen=True)
class RawTable:
    """One sheet or file as it lies there.

    Attributes
    ----------
    file : relative to the folder, with "/".
    sheet : its name; "" if the file has no others.
    rows : cleaned texts, from the very first row.
    typed : whether its numbers are typed, so that no decimal sign has to be found.
    has_header_row : False for JSON and Parquet, whose names are no row.
    encoding, separator : of a CSV file.
    """

    file: str
    sheet: str
    rows: list[list[str]]
    typed: bool = False
    has_header_row: bool = True
    encoding: str = "utf-8-sig"
    separator: str = ";"


@dataclass
class Folder:
    """Everything that was found.

    Attributes
    ----------
    tables : what can be read.
    geometries : names of files with geometry.
    unread : name of a file -> why it is not used, in German.
    """

    tables: list[RawTable] = field(default_factory=list)
    geometries: list[str] = field(default_factory=list)
    unread: dict[str, str] = field(default_factory=dict)


def look(folder: Path) -> Folder:
    """Read every file below ``folder``; one that cannot be read is told, never an error.

    Raises
    ------
    SpmError
        The folder does not exist, or holds thousands of files.
    """
    if not folder.is_dir():
        raise SpmError(
            "Den Ordner gibt es nicht." if not folder.exists() else "Das ist kein Ordner.",
            wo=str(folder),
            tun="Bitte den Ordner nennen, in dem die Dateien der Stellen liegen.",
        )
    found = Folder()
    for number, path in enumerate(_files(folder)):
        if number == MOST_FILES:
            raise SpmError(
                f"In dem Ordner liegen mehr als {MOST_FILES} Dateien.",
                wo=str(folder),
                tun="Bitte einen Ordner nennen, in dem nur die Lieferungen liegen.",
            )
        name = path.relative_to(folder).as_posix()
        suffix = path.suffix.lower()
        if suffix in OUTLINES:
            found.geometries.append(name)
        elif suffix in FORMAT_OF_SUFFIX:
            try:
                if door.within(folder, name) is None:
                    raise SpmError("Sie liegt außerhalb des Ordners (Verweis).", tun="")
                found.tables += _tables(path, name)
            except (SpmError, OSError) as error:
                found.unread[name] = getattr(error, "was", "") or "Sie lässt sich nicht öffnen."
        elif suffix not in BESIDE:
            found.unread[name] = why_not(path)
    return found


def file_names(folder: Path) -> list[str]:
    """Names of all files below a folder, as params files write them; of thousands the first."""
    return [path.relative_to(folder).as_posix() for path in islice(_files(folder), MOST_FILES)]


def _files(folder: Path) -> Iterator[Path]:
    for parent, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(parent) / n for n in sorted(names) if not is_left_by_programs(n))


def _tables(path: Path, name: str) -> list[RawTable]:
    kind = FORMAT_OF_SUFFIX[path.suffix.lower()]
    if kind == "csv":
        return [_csv(door.content(path), name)]
    if kind == "excel":
        return _workbook(door.content(path), name)
    if kind == "sql":
        raise SpmError("Eine Datenbank braucht eine Abfrage (datei, abfrage).", tun="")
    return [_named(read_existing(Tabelle(datei=name), path), name)]


def _csv(raw: bytes, name: str) -> RawTable:
    encoding = probable(raw)
    if not raw.strip() or encoding is None:
        raise SpmError("Die Datei ist leer oder keine Textdatei.", tun="")
    text = csvfiles.decoded(raw, encoding)
    found = separator(text)
    rows, _ = csvfiles.parsed(text, found)
    cleaned = [[clean(cell) for cell in row] for row in rows]
    return RawTable(name, "", cleaned, encoding=encoding, separator=found)


def separator(text: str) -> str:
    """The sign that splits most lines into equally many cells, of which there are at least two."""

    def agreement(sign: str) -> tuple[int, int]:
        lines = text.splitlines()[:400]
        widths = [len(row) for row in csv.reader(lines, delimiter=sign)]
        wide = [width for width in widths if width > 1]
        commonest = max(set(wide), key=lambda w: (wide.count(w), w), default=1)
        return wide.count(commonest), commonest

    try:
        return max(SEPARATORS, key=lambda sign: (agreement(sign), -SEPARATORS.index(sign)))
    except csv.Error:
        return SEPARATORS[0]


def _workbook(content: bytes, name: str) -> list[RawTable]:
    first = excel.read_sheet(content, None)
    found = []
    for sheet in first.shown:
        read = first if sheet == first.name else excel.read_sheet(content, sheet)
        rows = [[clean(cell_text(cell)) for cell in row] for row in read.rows]
        if any(any(row) for row in rows):
            found.append(RawTable(name, sheet, rows, typed=True))
    if not found:
        raise SpmError("Die Arbeitsmappe ist leer.", tun="")
    return found


def _named(grid: Grid, name: str) -> RawTable:
    columns = [grid.texts(header) for header in grid.header]
    rows = [grid.header, *(list(row) for row in zip(*columns, strict=True))]
    return RawTable(name, "", rows, typed=True, has_header_row=False)
