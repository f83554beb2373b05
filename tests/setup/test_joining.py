"""Files of one kind over years; tables that say the same, or contradict each other."""

import pytest

from spm.config.yearly import YEAR
from spm.setup.contradicting import without_contradictions
from spm.setup.joining import joined, once
from tests.setup.example import mapped

LONG = "Stadtteil;Einwohner\nAltstadt;5\nNeustadt;6"


def test_a_file_for_every_year():
    (one,) = joined([mapped(LONG, f"einwohner_{y}.csv") for y in (2020, 2021, 2022)])
    assert one.file == f"einwohner_{YEAR}.csv"
    assert one.years == {2020, 2021, 2022}
    assert "jahr" not in one.mapping["konstanten"]


def test_a_sheet_for_every_year():
    (one,) = joined([mapped(LONG, "einwohner.xlsx", str(y)) for y in (2020, 2021)])
    assert (one.file, one.sheet) == ("einwohner.xlsx", YEAR)


WORKBOOKS = [
    "EWO_2022.xlsx",
    "EWO_2020.xlsx",
    "Einwohner 2020-2022.xlsx",
    "Einwohner 2020 bis 2022 (Stand 2023).xlsx",
    "2022/EWO_2022.xlsx",
]


@pytest.mark.parametrize("file", WORKBOOKS)
@pytest.mark.parametrize("sheet", ["{}", "EW {}", "31.12.{}"])
def test_sheets_of_several_years_go_before_the_years_of_the_file(file, sheet):
    (one,) = joined([mapped(LONG, file, sheet.format(y)) for y in (2020, 2021, 2022)])
    assert (one.file, one.sheet) == (file, sheet.format(YEAR))
    assert one.years == {2020, 2021, 2022}
    assert "jahr" not in one.mapping["konstanten"]


def test_a_file_for_every_year_with_a_sheet_called_like_it():
    (one,) = joined([mapped(LONG, f"EWO_{y}.xlsx", f"{y}") for y in (2020, 2021, 2022)])
    assert (one.file, one.sheet) == (f"EWO_{YEAR}.xlsx", YEAR)


def test_sheets_go_before_a_title_with_the_day_of_printing():
    text = "Ausdruck vom 15.01.2023\n\n" + LONG
    (one,) = joined([mapped(text, "EWO_2022.xlsx", str(y)) for y in (2020, 2021, 2022)])
    assert (one.sheet, one.years) == (YEAR, {2020, 2021, 2022})


def test_the_year_in_headings():
    tables = [
        mapped(f"Stadtteil;EW {y} 0-17;EW {y} 18+\nAltstadt;5;7\nHafen;6;8", f"ew{y}.csv")
        for y in (2020, 2021)
    ]
    (one,) = joined(tables)
    assert set(one.mapping["entpivotieren"]) == {f"EW {YEAR} 0-17", f"EW {YEAR} 18+"}


def test_another_heading_is_another_table():
    other = "Stadtteil;Bevölkerung\nAltstadt;5\nNeustadt;6"
    tables = [mapped(LONG, "einwohner_2020.csv"), mapped(other, "einwohner_2021.csv")]
    assert len(joined(tables)) == 2


def test_the_longer_one_of_two_that_count_the_same():
    long = mapped("Stadtteil;Jahr;Geburten\nAltstadt;2020;5\nHafen;2021;6", "lang.csv")
    short = mapped("Stadtteil;Jahr;Geburten\nAltstadt;2021;6\nHafen;2021;7", "kurz.csv")
    once([short, long])
    assert long.placed
    assert short.problem == "zählt dasselbe wie lang.csv"


def test_only_the_columns_that_are_counted_twice():
    children = mapped("Stadtteil;Jahr;Einwohner 0-17\nAltstadt;2020;5\nHafen;2021;6", "k.csv")
    text = "Stadtteil;Jahr;EW 0-17;EW 18-64;EW 65+\nAltstadt;2021;6;7;8\nHafen;2021;6;7;9"
    ages = mapped(text, "a.csv")
    once([ages, children])
    assert list(ages.mapping["entpivotieren"]) == ["EW 18-64", "EW 65+"]
    assert ages.unneeded["EW 0-17"] == "zählt dasselbe wie k.csv"


def test_a_year_before_for_comparison_is_counted_once():
    def sheet(year):
        text = f"Stadtteil;EW {year - 1};EW {year}\nAltstadt;5;7\nHafen;6;8"
        return mapped(text, "ew.xlsx", str(year))

    first, second, third = once(joined([sheet(2020), sheet(2021), sheet(2022)]))
    assert first.years == {2019, 2020}
    assert (second.years, set(second.mapping["entpivotieren"])) == ({2021}, {"EW 2021"})
    assert (third.years, set(third.mapping["entpivotieren"])) == ({2022}, {"EW 2022"})


def test_a_total_that_is_not_the_sum_of_the_ages_stays_open():
    ages = mapped("Stadtteil;Jahr;EW 0-17;EW 18+\nAltstadt;2020;5;7\nHafen;2020;6;8", "a.csv")
    total = mapped("Stadtteil;Jahr;Einwohner\nAltstadt;2020;12\nHafen;2020;15", "t.csv")
    without_contradictions([ages, total])
    assert ages.placed
    assert "weicht in 1 von 2 Werten" in total.problem


def test_a_total_that_is_the_sum_stays():
    ages = mapped("Stadtteil;Jahr;EW 0-17;EW 18+\nAltstadt;2020;5;7\nHafen;2020;6;8", "a.csv")
    total = mapped("Stadtteil;Jahr;Einwohner\nAltstadt;2020;12\nHafen;2020;14", "t.csv")
    without_contradictions([ages, total])
    assert total.placed
