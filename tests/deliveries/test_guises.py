"""One table of counts in many guises: the same facts come out, or somebody is told where not.

Never is a number another one in silence: whatever a reader makes of a file, a count that it gives
is the true one.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pandas as pd
import pytest
import xlsxwriter
import xlwt
from hypothesis import given, settings
from hypothesis import strategies as st

from spm.deliveries.pipeline import read_delivery
from tests.deliveries_example import errors, example_params
from tests.workbook_example import write_ods

AREAS, YEARS, AGES = ("1", "2", "3"), (2020, 2021), {"unter 3": (0, 2), "3 bis 5": (3, 5)}
NAMES = {"1": "Altstadt", "2": "Neustadt", "3": "Hafen"}
KEYS = [(area, year, age) for year in YEARS for area in AREAS for age in AGES]
SUPPRESSED, MISSING = ".", None
DIN = {"zeichen": "din55301"}
LONG = {
    "konstanten": {"merkmal": "kinder"},
    "spalten": {"raum": "Räume", "jahr": "Jahr", "alter": "Alter", "anzahl": "Zahl"},
}
WIDE = {
    "konstanten": {"merkmal": "kinder"},
    "spalten": {"raum": "Räume", "jahr": "Jahr"},
    "entpivotieren": {age: {"alter": age} for age in AGES},
}
BROAD = {
    "konstanten": {"merkmal": "kinder"},
    "spalten": {"raum": "Räume"},
    "kopfzeilen": [2, 3],
    "entpivotieren": {f"{y} | {a}": {"jahr": str(y), "alter": a} for y in YEARS for a in AGES},
}
COUNTS = st.one_of(
    st.integers(0, 9),
    st.integers(10, 999),
    st.sampled_from([1000, 2000, 12000, 1234, 10_500]),
    st.just(SUPPRESSED),
    st.just(MISSING),
)
TABLES = st.lists(COUNTS, min_size=len(KEYS), max_size=len(KEYS)).map(
    lambda numbers: dict(zip(KEYS, numbers, strict=True))
)


def plain(number):
    return "" if number is MISSING else number


def dashed(number, dash="–"):
    return dash if number == 0 else plain(number)


def marked(number):
    if isinstance(number, int):
        return (f"{number} r", f"({number})", f"{number}p", str(number))[number % 4]
    return plain(number)


def grouped(sign):
    return lambda number: (
        f"{number:,}".replace(",", sign) if isinstance(number, int) else plain(number)
    )


def decimal(number):
    """As a program prints it that knows no whole numbers."""
    return f"{number}.0" if isinstance(number, int) else plain(number)


def long(table, written=plain):
    rows = [["Räume", "Jahr", "Alter", "Zahl"]]
    return rows + [[area, year, age, written(n)] for (area, year, age), n in table.items()]


def wide(table, written=plain):
    rows = [["Räume", "Jahr", *AGES]]
    for year in YEARS:
        for area in AREAS:
            rows.append([area, year, *(written(table[area, year, age]) for age in AGES)])
    return rows


def broad(table, written=plain):
    """Two header rows below a title; in a workbook the upper one has merged cells."""
    rows = [["Kinder"], ["Räume"], [""]]
    rows[1] += [cell for year in YEARS for cell in (year, "")]
    rows[2] += [age for _ in YEARS for age in AGES]
    for area in AREAS:
        rows.append([area, *(written(table[area, y, age]) for y in YEARS for age in AGES)])
    return rows


def csv(rows, path, encoding="utf-8-sig", separator=";"):
    text = "".join(separator.join(str(cell) for cell in row) + "\n" for row in rows)
    path.write_bytes(text.encode(encoding))


def xlsx(rows, path, change=lambda book, page: None):
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet("Kinder")
        for number, row in enumerate(rows):
            page.write_row(number, 0, row)
        change(book, page)


def xls(rows, path, change=lambda page: None):
    book = xlwt.Workbook(encoding="utf-8")
    page = book.add_sheet("Kinder", cell_overwrite_ok=True)
    for number, row in enumerate(rows):
        for column, value in enumerate(row):
            page.write(number, column, value)
    change(page)
    book.save(str(path))


def merged_headers(table, path):
    def change(book, page):
        for i, year in enumerate(YEARS):
            page.merge_range(1, 1 + 2 * i, 1, 2 + 2 * i, year)
        page.merge_range("A1:E1", "Kinder")

    xlsx(broad(table), path, change)


def merged_keys(table, path):
    def change(book, page):
        for i, year in enumerate(YEARS):
            page.merge_range(1 + 6 * i, 1, 6 + 6 * i, 1, year)
            for k, area in enumerate(AREAS):
                page.merge_range(1 + 6 * i + 2 * k, 0, 2 + 6 * i + 2 * k, 0, NAMES[area])

    xlsx(long(table), path, change)


def merged_numbers(table, path):
    """The counts of areas 2 and 3 are one number in every year and age group."""

    def change(book, page):
        for i, year in enumerate(YEARS):
            for k, age in enumerate(AGES):
                both = [table["2", year, age], table["3", year, age]]
                if all(isinstance(number, int) for number in both):
                    page.merge_range(2 + 3 * i, 2 + k, 3 + 3 * i, 2 + k, sum(both))

    xlsx(wide(table), path, change)


def hidden_rows(table, path):
    xlsx(long(table), path, lambda book, page: page.set_row(3, None, None, {"hidden": True}))


def hidden_column(table, path):
    xls(wide(table), path, lambda page: setattr(page.col(3), "hidden", True))


def formulas(table, path):
    def change(book, page):
        for row, number in enumerate(table.values(), start=1):
            if isinstance(number, int):
                page.write_formula(row, 3, f"={number}+0")

    xlsx(long(table), path, change)


def footnotes(table, path):
    def change(book, page):
        high = book.add_format({"font_script": 1})
        for row, number in enumerate(table.values(), start=1):
            if isinstance(number, int):
                page.write_rich_string(row, 3, str(number), high, "2")

    xlsx(long(table), path, change)


def percent_cells(table, path):
    def change(book, page):
        shown = book.add_format({"num_format": "0.0%"})
        for row, number in enumerate(table.values(), start=1):
            if isinstance(number, int):
                page.write(row, 3, number / 1000, shown)

    xlsx(long(table), path, change)


def masked(table, path):
    def change(book, page):
        shown = book.add_format({"num_format": '[<10]".";0'})
        for row, number in enumerate(table.values(), start=1):
            if isinstance(number, int):
                page.write(row, 3, number, shown)

    xlsx(long(table), path, change)


@dataclass(frozen=True)
class Guise:
    """How a table is written; ``told``: its sender must hear of something in any case."""

    suffix: str
    write: Callable[[dict, Path], None]
    mapping: dict
    told: bool = False


GUISES = {
    "long": Guise("csv", lambda t, p: csv(long(t), p), LONG | DIN),
    "cp1252": Guise("csv", lambda t, p: csv(long(t), p, "cp1252"),
                    LONG | DIN | {"zeichensatz": "cp1252"}),
    "undeclared cp850": Guise("csv", lambda t, p: csv(long(t), p, "cp850"), LONG | DIN, told=True),
    "utf-16, tabs": Guise("csv", lambda t, p: csv(long(t), p, "utf-16", "\t"),
                          LONG | DIN | {"zeichensatz": "utf-16", "trennzeichen": "tab"}),
    "dots between thousands": Guise("csv", lambda t, p: csv(long(t, grouped(".")), p), LONG | DIN),
    "commas between thousands": Guise("csv", lambda t, p: csv(long(t, grouped(",")), p),
                                      LONG | DIN),
    "declared commas": Guise("csv", lambda t, p: csv(long(t, grouped(",")), p),
                             LONG | DIN | {"dezimal": ".", "tausender": ","}),
    "decimal point": Guise("csv", lambda t, p: csv(long(t, decimal), p), LONG | DIN),
    "dashes": Guise("csv", lambda t, p: csv(wide(t, dashed), p), WIDE | DIN),
    "undeclared dashes": Guise("csv", lambda t, p: csv(wide(t, lambda n: dashed(n, "-")), p),
                               WIDE | {"gesperrt": ["."]}),
    "marks": Guise("csv", lambda t, p: csv(wide(t, marked), p), WIDE | DIN),
    "undeclared marks": Guise("csv", lambda t, p: csv(wide(t, marked), p),
                              WIDE | {"gesperrt": ["."]}),
    "xlsx": Guise("xlsx", lambda t, p: xlsx(wide(t), p), WIDE | DIN),
    "xls": Guise("xls", lambda t, p: xls(long(t, dashed), p), LONG | DIN),
    "ods": Guise("ods", lambda t, p: write_ods(p, broad(t)), BROAD | DIN),
    "merged headers": Guise("xlsx", merged_headers, BROAD | DIN),
    "merged keys": Guise("xlsx", merged_keys, LONG | DIN),
    "merged numbers": Guise("xlsx", merged_numbers, WIDE | DIN),
    "hidden rows": Guise("xlsx", hidden_rows, LONG | DIN, told=True),
    "hidden rows, ods": Guise("ods", lambda t, p: write_ods(p, long(t), hidden=[4]), LONG | DIN,
                              told=True),
    "hidden column": Guise("xls", hidden_column, WIDE | DIN, told=True),
    "formulas": Guise("xlsx", formulas, LONG | DIN),
    "footnotes": Guise("xlsx", footnotes, LONG | DIN),
    "percent cells": Guise("xlsx", percent_cells, LONG | DIN),
    "masked": Guise("xlsx", masked, LONG | DIN),
}  # fmt: skip


def status(number):
    if number is MISSING:
        return "nicht_geliefert", None
    return ("gesperrt", None) if number == SUPPRESSED else ("gezaehlt", number)


AREAS_OF_THE_TABLE = pd.DataFrame({"raum": list(NAMES), "name": list(NAMES.values())})


@pytest.mark.slow
@settings(max_examples=20, deadline=None, derandomize=True, database=None)
@given(table=TABLES)
def test_a_table_in_a_guise_gives_the_same_facts_or_somebody_is_told(tmp_path_factory, table):
    """Twenty tables, each in every guise: 500 files."""
    folder, truth = tmp_path_factory.mktemp("guise"), {k: status(n) for k, n in table.items()}
    for number, (name, guise) in enumerate(GUISES.items()):
        file = f"{number}.{guise.suffix}"
        guise.write(table, folder / file)
        params = example_params(folder, {"amt": [guise.mapping | {"datei": file}]}, YEARS)
        (one,) = read_delivery("amt", params, AREAS_OF_THE_TABLE)
        found = {} if one.rows is None else dict(counts(one.rows))
        counted = {key: told for key, told in found.items() if told[0] == "gezaehlt"}
        assert all(truth[key] == told for key, told in counted.items()), f"{name}: another number"
        if found != truth:
            assert errors(one.findings), f"{name}: a number less, and nobody is told"
        if found != truth or guise.told:
            assert one.findings and all(f.wo for f in one.findings), f"{name}: nobody is told"


def counts(rows):
    """By area, year and age group what was read."""
    ages = {bounds[0]: age for age, bounds in AGES.items()}
    for row in rows.itertuples():
        number = int(row.anzahl) if row.status == "gezaehlt" else None
        yield (row.raum, row.jahr, ages[row.alter_von]), (row.status, number)
