"""Files of one kind over years; tables that say the same, or contradict each other."""

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
