"""A project like the demo in a folder of its own, and templates that somebody filled in."""

import shutil
from pathlib import Path

import openpyxl
import pandas as pd

from spm.config.params import Params, load_params
from spm.deliveries import read_deliveries
from spm.offices.groups import Group
from spm.offices.sheets import HEAD, SECRET, UNASSIGNED, WHOLE, Sheet
from spm.published import GESAMT, GESPERRT, NICHT_ZUORDENBAR

PROJECT = Path(__file__).parents[2]


def project(folder: Path) -> Path:
    """A copy of the demo's inputs; returns its params file."""
    for name in ("params", "notebooks", "data/raw/pilotkommune"):
        own = shutil.ignore_patterns("pilotkommune-*", "fruehere-berichte")
        shutil.copytree(PROJECT / name, folder / name, ignore=own)
    shutil.copy(PROJECT / "_quarto.yml", folder)
    return folder / "params" / "pilotkommune.yml"


def areas_of(params: Params):
    from spm.areas.today import load_areas

    return load_areas(params)


def facts_of(params: Params) -> tuple[pd.DataFrame, list]:
    return read_deliveries(params, areas_of(params))


def counts_of(facts: pd.DataFrame) -> dict[tuple[str, int, Group], object]:
    """What to type by area, year and group: the count, or the sign for a secret one."""
    known: dict[tuple[str, int, Group], object] = {}
    for row in facts[facts["einrichtung"].isna()].itertuples():
        ages = [None if pd.isna(a) else int(a) for a in (row.alter_von, row.alter_bis)]
        words = [
            "" if pd.isna(w) else w
            for w in (row.geschlecht, row.staatsangehoerigkeit, row.auspraegung)
        ]
        cell = SECRET if row.status == GESPERRT else row.anzahl
        group = Group(row.merkmal, *ages, *words)
        known[row.raum, int(row.jahr), group] = None if cell is pd.NA else cell
    return known


def fill(path: Path, sheets: list[Sheet], counts: dict, names: dict[str, str]) -> None:
    """Type counts into the sheets of a template, as an office would.

    Parameters
    ----------
    names : what a template calls an area -> its key.
    """
    book = openpyxl.load_workbook(path)
    where = names | {WHOLE: GESAMT, UNASSIGNED: NICHT_ZUORDENBAR}
    for sheet in (s for s in sheets if s.numbers):
        grid = book[sheet.name]
        for number, cells in enumerate(sheet.rows, start=HEAD + 1):
            for column, head in enumerate(sheet.numbers, start=len(sheet.keys) + 1):
                groups = sheet.meaning[head]
                group = groups[(number - HEAD - 1) % len(groups)]
                grid.cell(number, column).value = counts.get((where[cells[0]], cells[1], group))
    book.save(path)


def copy_list(path: Path, sheet: Sheet, raw: Path, name: str, head: int) -> None:
    """Copy the rows of a delivered list of persons into a template, column by column."""
    delivered = openpyxl.load_workbook(raw)[name]
    heads = {cell.value: cell.column for cell in delivered[head]}
    book = openpyxl.load_workbook(path)
    grid = book[sheet.name]
    for column, heading in enumerate(sheet.choices, start=1):
        for number, row in enumerate(
            delivered.iter_rows(min_row=head + 1, values_only=True), start=HEAD + 1
        ):
            grid.cell(number, column).value = row[heads[heading] - 1]
    book.save(path)


def with_templates(path: Path, files: dict[str, str]) -> Params:
    """The params file read again with filled templates in the place of all tables.

    Parameters
    ----------
    files : delivery -> its file in the data folder.
    """
    params = load_params(path)
    own = {}
    for key, delivery in params.lieferungen.items():
        told = delivery.model_dump(exclude_unset=True, exclude={"tabellen"})
        tables = [{"datei": files[key], "vorlage": "ja"}]
        own[key] = type(delivery)(**told, tabellen=tables)
    return params.model_copy(update={"lieferungen": own})
