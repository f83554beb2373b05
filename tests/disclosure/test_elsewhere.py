"""Everything that was published before or elsewhere is known: as sums of people, not row by row."""

import pandas as pd
import pytest

from spm.disclosure import protect
from spm.disclosure.inputs.reports import Report
from spm.disclosure.protection import require_safe
from spm.errors import SpmError
from spm.published import COUNTED
from tests.disclosure.elsewhere_example import (
    Reader,
    cases,
    everything,
    named,
    number,
    printing,
    report,
    shown,
)
from tests.statistics.test_indicators import entry

AREAS = ["1", "2", "3", "4"]
THREE = (2021, 2022, 2023)


def by_year(first, area="1", years=THREE, other=60):
    """One area with these numbers, all others with many."""
    found = {(y, a): other + 7 * i for y in years for i, a in enumerate(AREAS)}
    return found | {(y, area): n for y, n in zip(years, first, strict=True)}


def interval(frames, years, areas, ages=range(12), **whose):
    """What a reader of all reports knows of a group."""
    reader = Reader(frames, whose.get("of_years", THREE), whose.get("of_areas", AREAS))
    return reader.bounds(reader.group(years, areas, ages))


# --------------------------------------------------------------------------- years


@pytest.mark.slow
@pytest.mark.parametrize(("numbers", "third"), [((12, 14, 2), 2023), ((31, 4, 22), 2022)])
def test_years_that_were_printed_one_by_one_are_subtracted_from_a_later_pool(numbers, third):
    table = cases(by_year(numbers))
    annual = report(table, [number("k")], years=THREE, areas=AREAS)
    old = printing(annual, [("k", third, "1"), ("k", third, "2")])
    pooled = report(table, [number("k")], years=THREE, areas=AREAS, pools={"k": (3, {})})
    assert shown(pooled)["k", 2023, "1"] == sum(numbers), "by itself it is no secret"
    again = protect(report(table, [number("k")], years=THREE, areas=AREAS,
                           pools={"k": (3, {})}, reports=named(old)))  # fmt: skip
    low, high = interval([old, again.published], [third], ["1"])
    assert low < numbers[third - 2021] < high and high >= 10
    assert again.audit.passed


@pytest.mark.slow
@pytest.mark.parametrize(("numbers", "third"), [((20, 19, 2), 2023), ((3, 45, 17), 2021)])
def test_a_pool_that_was_printed_is_subtracted_from_by_later_years(numbers, third):
    table = cases(by_year(numbers))
    pooled = report(table, [number("k")], years=THREE, areas=AREAS, pools={"k": (3, {})})
    old = everything(pooled)
    annual = {"years": THREE, "areas": AREAS}
    first = shown(report(table, [number("k")], **annual))
    others = {2021, 2022, 2023} - {third}
    assert all(("k", y, "1") in first for y in others), "by itself each of them is shown"
    again = protect(report(table, [number("k")], **annual, reports=named(old)))
    low, high = interval([old, again.published], [third], ["1"])
    assert low < numbers[third - 2021] < high and high >= 10


@pytest.mark.slow
def test_a_year_that_is_not_delivered_any_more():
    """The pool of 2020 to 2022 was 41; the series now begins in 2021. 2020 is 41 - 20 - 19."""
    years = (2020, 2021, 2022)
    table = cases(by_year((2, 20, 19), years=years))
    pooled = report(table, [number("k")], years=years, areas=AREAS, pools={"k": (3, {})})
    now = cases(by_year((20, 19), years=years[1:]))
    given = {"years": years[1:], "areas": AREAS}
    first = shown(report(now, [number("k")], **given))
    assert first["k", 2021, "1"] == 20 and first["k", 2022, "1"] == 19
    old = everything(pooled)
    again = protect(report(now, [number("k")], **given, reports=named(old)))
    low, high = interval([old, again.published], [2020], ["1"], of_years=years)
    assert low < 2 < high and high >= 10


# --------------------------------------------------------------------------- areas and ages


@pytest.mark.slow
@pytest.mark.parametrize(("big", "small"), [(35, 3), (48, 7)])
def test_areas_that_are_pooled_later(big, small):
    numbers = {(2023, "1"): big, (2023, "2"): small, (2023, "3"): 60, (2023, "4"): 70}
    table, place = cases(numbers), {"years": (2023,), "areas": AREAS}
    single = report(table, [number("k")], **place)
    old = printing(single, [("k", 2023, "2"), ("k", 2023, "3")])
    groups = {"k": (1, {"1 und 2": ("1", "2")})}
    assert shown(report(table, [number("k")], **place, pools=groups))["k", 2023, "1 und 2"]
    again = protect(report(table, [number("k")], **place, pools=groups, reports=named(old)))
    low, high = interval([old, again.published], [2023], ["2"], of_years=(2023,))
    assert low < small < high and high >= 10


@pytest.mark.slow
@pytest.mark.parametrize(("young", "more", "wide"), [(14, 3, "0-6"), (50, 5, "0-9")])
def test_a_wider_age_band_later(young, more, wide):
    last = int(wide[2:])
    numbers = {}
    for i, area in enumerate(AREAS):
        numbers[2023, area, (0, 5)] = young if area == "1" else 40 + i
        numbers[2023, area, (6, last)] = more if area == "1" else 30 + i
        numbers[2023, area, (last + 1, 11)] = 55 + i
    table, place = cases(numbers), {"years": (2023,), "areas": AREAS}
    old = everything(report(table, [number("k", "0-5")], **place))
    assert shown(report(table, [number("k", wide)], **place))["k", 2023, "1"] == young + more
    again = protect(report(table, [number("k", wide)], **place, reports=named(old)))
    ages = range(6, last + 1)
    low, high = interval([old, again.published], [2023], ["1"], ages, of_years=(2023,))
    assert low < more < high and high >= 10


def test_three_overlapping_age_groups():
    """0-5, 3-8 and 0-8: none is inside another twice, and yet 3-5 follows."""
    numbers = {}
    for i, area in enumerate(AREAS):
        first = {(0, 2): 20, (3, 5): 4, (6, 8): 30} if area == "1" else {}
        for age in ((0, 2), (3, 5), (6, 8)):
            numbers[2023, area, age] = first.get(age, 25 + i)
    table, place = cases(numbers), {"years": (2023,), "areas": AREAS}
    old = everything(report(table, [number("k", "0-5"), number("l", "3-8")], **place))
    again = protect(report(table, [number("m", "0-8")], **place, reports=named(old)))
    low, high = interval([old, again.published], [2023], ["1"], range(3, 6), of_years=(2023,))
    assert low < 4 < high and high >= 10


@pytest.mark.slow
def test_a_pool_of_a_wider_age_after_years_of_a_narrower_one():
    """Neither the age group nor the years are those of the other report."""
    numbers = {}
    for year in THREE:
        for i, area in enumerate(AREAS):
            numbers[year, area, (0, 5)] = 15 + i
            numbers[year, area, (6, 6)] = 1 if area == "1" else 12 + i
    table, place = cases(numbers), {"years": THREE, "areas": AREAS}
    old = everything(report(table, [number("k", "0-5")], **place))
    pooled = {"pools": {"k": (3, {})}}
    assert shown(report(table, [number("k", "0-6")], **place, **pooled))["k", 2023, "1"] == 48
    again = protect(report(table, [number("k", "0-6")], **place, **pooled, reports=named(old)))
    low, high = interval([old, again.published], THREE, ["1"], [6])
    assert high >= 10 and low < 3


# --------------------------------------------------------------------------- several reports


def chain():
    """Two reports that are safe together, and a third that would spoil it."""
    table = cases(by_year((20, 19, 2)))
    one = report(table, [number("k")], years=(2021,), areas=AREAS)
    two = report(table, [number("k")], years=THREE, areas=AREAS, pools={"k": (3, {})})
    three = {"years": (2022, 2023), "areas": AREAS}
    return table, named(everything(one), everything(two)), three


@pytest.mark.slow
def test_a_chain_of_three_reports():
    """2021 alone (20), the pool (41), then 2022 (19): what is left is 2023 (2)."""
    table, old, three = chain()
    assert shown(report(table, [number("k")], **three))["k", 2022, "1"] == 19
    for part in (old[:1], old[1:]):
        found = shown(report(table, [number("k")], **three, reports=part))
        assert ("k", 2022, "1") in found, "one of them alone tells nobody"
    again = protect(report(table, [number("k")], **three, reports=old))
    low, high = interval([*(o.rows for o in old), again.published], [2023], ["1"])
    assert low < 2 < high and high >= 10


@pytest.mark.slow
def test_a_share_whose_others_are_few():
    """40 of 42 and 30 of 45 were printed; 90 of 110 in three years leaves 20 of 23."""
    part, whole = (40, 30, 20), (55, 45, 22)
    tables = [cases(by_year(part), "teil"), cases(by_year(whole, other=200), "bevoelkerung")]
    table = pd.concat(tables, ignore_index=True)
    annual = report(table, [entry("k")], years=THREE, areas=AREAS)
    old = printing(annual, [("k", 2023, "1"), ("k", 2023, "2")])
    pooled = {"years": THREE, "areas": AREAS, "pools": {"k": (3, {})}}
    assert ("k", 2023, "1") in shown(report(table, [entry("k")], **pooled))
    assert ("k", 2023, "1") not in shown(report(table, [entry("k")], **pooled, reports=named(old)))


# --------------------------------------------------------------------------- other reports


def kreis(hidden=()):
    numbers = {(2023, a): n for a, n in zip("1234", (2, 31, 52, 81), strict=True)}
    given = report(cases(numbers), [number("k")], years=(2023,), areas=AREAS)
    return printing(given, [("k", 2023, a) for a in hidden])


def gemeinde(reports=(), total=(14, 17)):
    numbers = {(2023, a): n for a, n in zip("ab", total, strict=True)}
    return report(cases(numbers), [number("k")], years=(2023,), areas=["a", "b"], reports=reports)


@pytest.mark.slow
def test_a_gemeinde_beside_a_small_one():
    """The Kreis hides 2 and 31; who knows the 31 subtracts 52 and 81 from 166."""
    assert shown(gemeinde())["k", 2023, "gesamt"] == 31
    told = shown(gemeinde(named(kreis("12"), whole="2")))
    assert ("k", 2023, "gesamt") not in told
    assert len(told) <= 1, "nor do its areas add up to it"


def test_a_gemeinde_beside_larger_ones_may_print_its_own():
    given = {(2023, a): n for a, n in zip("1234", (12, 31, 52, 81), strict=True)}
    rows = report(cases(given), [number("k")], years=(2023,), areas=AREAS)
    old = printing(rows, [("k", 2023, "1"), ("k", 2023, "2")])
    assert shown(gemeinde(named(old, whole="2")))["k", 2023, "gesamt"] == 31


def the_kreis(reports=()):
    numbers = {(2023, a): n for a, n in zip("1234", (2, 31, 52, 81), strict=True)}
    return report(cases(numbers), [number("k")], years=(2023,), areas=AREAS, reports=reports)


@pytest.mark.slow
def test_a_kreis_of_which_one_gemeinde_has_printed_its_own_number():
    assert shown(the_kreis()).keys() == {("k", 2023, p) for p in ("3", "4", "gesamt")}
    own = Report("gemeinde-2", everything(gemeinde()), part="2")
    told = shown(the_kreis((own,)))
    left = {p for _, _, p in told} & {"3", "4", "gesamt"}
    assert left != {"3", "4", "gesamt"}, "166 - 31 - 52 - 81 = 2"


@pytest.mark.slow
def test_a_kreis_and_the_small_area_of_a_gemeinde():
    """The Gemeinde printed area a (28) but not its total; the Kreis would print that (31)."""
    rows = printing(gemeinde(total=(28, 3)), [("k", 2023, "b"), ("k", 2023, "gesamt")])
    numbers = {(2023, a): n for a, n in zip("1234", (44, 31, 52, 81), strict=True)}
    place = {"years": (2023,), "areas": AREAS}
    assert ("k", 2023, "2") in shown(report(cases(numbers), [number("k")], **place))
    own = (Report("gemeinde-2", rows, part="2"),)
    told = shown(report(cases(numbers), [number("k")], **place, reports=own))
    assert ("k", 2023, "2") not in told
    assert len(told) < 4, "nor does it follow"


# --------------------------------------------------------------------------- what is (not) known


def test_a_number_that_was_corrected_since_is_not_known():
    table = cases(by_year((12, 14, 2)))
    old = printing(report(table, [number("k")], years=THREE, areas=AREAS), [("k", 2023, "1")])
    corrected = cases(by_year((13, 15, 3)))
    pooled = {"years": THREE, "areas": AREAS, "pools": {"k": (3, {})}}
    told = shown(report(corrected, [number("k")], **pooled, reports=named(old)))
    assert told["k", 2023, "1"] == 31


@pytest.mark.slow
def test_what_earlier_reports_give_away_by_themselves_stops_nothing():
    """12 + 14 + 2 = 28 was printed already, in two reports."""
    table = cases(by_year((12, 14, 2)))
    annual = report(table, [number("k")], years=THREE, areas=AREAS)
    pooled = report(table, [number("k")], years=THREE, areas=AREAS, pools={"k": (3, {})})
    old = named(printing(annual, [("k", 2023, "1"), ("k", 2023, "2")]), everything(pooled))
    done = protect(report(table, [number("k")], years=THREE, areas=AREAS, reports=old))
    assert done.audit.passed and done.model.told
    names = [str(done.model.problem.counts[c].name) for c in done.model.told]
    assert any("2023" in name and "Raum 1" in name for name in names)


@pytest.mark.slow
def test_rows_of_an_older_version_are_compared_with_todays_definitions():
    table = cases(by_year((12, 14, 2)))
    annual = report(table, [number("k")], years=THREE, areas=AREAS)
    old = printing(annual, [("k", 2023, "1"), ("k", 2023, "2")]).drop(columns=COUNTED)
    pooled = {"years": THREE, "areas": AREAS, "pools": {"k": (3, {})}}
    told = shown(report(table, [number("k")], **pooled, reports=named(old)))
    assert ("k", 2023, "1") not in told


@pytest.mark.slow
def test_rows_that_say_something_else_than_they_count_are_refused():
    given = report(cases(by_year((12, 14, 22))), [number("k")], years=THREE, areas=AREAS)
    done = protect(given)
    assert list(done.published.columns[-4:]) == COUNTED
    for column, text in (("jahre", "2021-2023"), ("raeume", '["4"]'), ("einteilung", "x")):
        wrong = done.published.copy()
        wrong.loc[0, column] = text
        with pytest.raises(SpmError, match="zähle etwas anderes"):
            require_safe(wrong, done.model, given)
    with pytest.raises(SpmError, match="sagt nicht, was sie zählt"):
        require_safe(done.published.drop(columns="jahre"), done.model, given)
