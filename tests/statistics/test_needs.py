"""What indicators need and deliveries almost have."""

import pytest

from spm.statistics.needs import lacking_groups, one_sided_totals, unused, without_first_year
from tests.statistics.test_indicators import entry
from tests.statistics.test_selection import fact, facts


def lacking(table, **changes):
    return lacking_groups(table, {"k": entry("k", art="anzahl", nenner=None, **changes)})


def aged(*ages, **more):
    return facts(*(fact("1", 10, alter_von=a, alter_bis=b, **more) for a, b in ages))


def test_an_age_that_groups_do_not_make_up_is_named_with_what_is_there():
    table = aged((0, 14), (15, 19), (20, 29))
    (found,) = lacking(table, zaehler={"merkmal": "bevoelkerung", "alter": "15-24"})
    assert (found.measure, found.wanted) == ("bevoelkerung", "alter 15-24")
    assert (found.there, found.indicators, found.years) == ("alter 15-19, 20-29", ("k",), ())


@pytest.mark.parametrize("ages", [[(15, 17), (18, 24)], [(15, 24)], [(15, 19), (20, 24), (0, 14)]])
def test_an_age_that_groups_make_up_is_not_lacking(ages):
    assert lacking(aged(*ages), zaehler={"merkmal": "bevoelkerung", "alter": "15-24"}) == []


def test_a_split_that_nobody_delivers():
    wanted = {"merkmal": "bevoelkerung", "staatsangehoerigkeit": "nichtdeutsch"}
    (found,) = lacking(aged((0, 17)), zaehler=wanted)
    assert found.there == "nichts nach staatsangehoerigkeit"


def test_some_years_only():
    table = facts(
        fact("1", 10, jahr=2022, alter_von=0, alter_bis=6),
        fact("1", 10, jahr=2023, alter_von=0, alter_bis=2),
    )
    (found,) = lacking(table, zaehler={"merkmal": "bevoelkerung", "alter": "0-2"})
    assert (found.years, found.there) == ((2022,), "alter 0-6")


def test_an_indicator_without_its_other_measure_fails_for_more_than_a_group():
    table = aged((0, 6))
    wanted = {"zaehler": {"merkmal": "nie"}, "nenner": {"merkmal": "bevoelkerung", "alter": "0-2"}}
    assert lacking_groups(table, {"k": entry("k", **wanted)}) == []


def test_measures_that_nobody_uses():
    table = facts(fact("1", 1), fact("1", 1, merkmal="x", lieferung="amt"))
    assert unused(table, {"bevoelkerung"}) == {"amt": ["x"]}


def test_who_refers_to_the_year_before_has_no_first_value():
    table = facts(fact("1", 100), fact("1", 40, merkmal="teil"))
    before = {"merkmal": "bevoelkerung", "jahr": "vorjahr"}
    entries = [
        entry("gleich"),
        entry("vorjahr", nenner=before),
        entry("nie", nenner=before, zaehler={"merkmal": "nie"}),
    ]
    assert without_first_year(table, {e.id: e for e in entries}) == ["vorjahr"]


def ratio(*more):
    table = facts(
        fact("1", 100), fact("2", 300), fact("1", 40, merkmal="teil"),
        fact("2", 30, merkmal="teil"), *more,
    )  # fmt: skip
    return one_sided_totals(table, {"k": entry("k")}, ["1", "2"])


def test_a_total_of_one_side_only():
    (found,) = ratio(fact("gesamt", 90, merkmal="teil"))
    assert found.indicators == ("k",)
    assert (found.with_total, found.as_sum) == ("teil", "bevoelkerung")
    assert (found.total, found.areas, found.sum_of_other) == (90, 70, 400)
    (found,) = ratio(fact("gesamt", 450))
    assert (found.with_total, found.total, found.sum_of_other) == ("bevoelkerung", 450, 70)


@pytest.mark.parametrize(
    "more",
    [
        (),
        (fact("gesamt", 70, merkmal="teil"),),
        (fact("gesamt", 90, merkmal="teil"), fact("gesamt", 450)),
        (fact("gesamt", 90, merkmal="teil"), fact("nz", 50)),
    ],
)
def test_sides_that_fit_together(more):
    assert ratio(*more) == []
