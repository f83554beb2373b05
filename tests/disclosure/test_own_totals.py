"""Totals that are not the sum of their areas: accepted, and no reader gets further by them."""

from dataclasses import replace
from itertools import product

import pytest

from spm.disclosure import protect
from spm.disclosure.model.model import build_model
from spm.errors import SpmError
from spm.published import GESPERRT
from spm.statistics import compute_indicators
from tests.disclosure.test_primary import inputs, rule
from tests.disclosure.test_rounding import counted, shown, table
from tests.statistics.test_indicators import entry
from tests.statistics.test_selection import fact, facts

pytestmark = pytest.mark.slow


AREAS = ["1", "2", "3", "4"]
MOST = 90


def given(numbers, total, extent, **more):
    rules = {"amt": rule(3, gesamtzahl={"kinder": extent} if extent else {})}
    areas = dict(zip(AREAS, numbers, strict=True))
    return inputs(table(areas, total), {"k": counted()}, rules, **more)


def fits(cells, total, extent):
    """What a reader believes who knows no more than the params file."""
    more, less = total >= sum(cells), total <= sum(cells)
    return {"mehr": more, "weniger": less, "anders": True, "gleich": more and less}[extent]


def possible(printed, extent):
    """By brute force, per area all numbers that agree with what is printed."""
    ends = [range(MOST) if printed[a] is None else [int(printed[a])] for a in AREAS]
    total = printed["gesamt"]
    found = {a: set() for a in AREAS}
    for cells in product(*ends):
        if total is None or fits(cells, total, extent):
            for area, number in zip(AREAS, cells, strict=True):
                found[area].add(number)
    return found


@pytest.mark.parametrize(
    ("numbers", "total", "extent"),
    [
        ((2, 40, 50, 60), 152, "mehr"),
        ((2, 40, 50, 60), 153, "mehr"),
        ((2, 40, 50, 60), 158, "mehr"),
        ((2, 40, 50, 60), 152, "weniger"),
        ((2, 40, 50, 60), 151, "weniger"),  # the other areas are 150: at least 1 is in the first
        ((2, 40, 50, 60), 120, "weniger"),
        ((2, 40, 50, 60), 152, "anders"),
        ((2, 40, 50, 60), 153, "anders"),
        ((2, 40, 50, 60), 120, "anders"),
        ((2, 1, 50, 60), 60, "weniger"),
    ],
)
def test_small_numbers_stay_open_whatever_readers_believe_of_the_total(numbers, total, extent):
    known = given(numbers, total, extent)
    assert protect(known).audit.passed
    printed = shown(known)
    small = [a for a, n in zip(AREAS, numbers, strict=True) if n < 3]
    assert all(printed[a] is None for a in small)
    beliefs = [extent, "gleich"] if total == sum(numbers) else [extent]
    for belief in beliefs:
        open_ = possible(printed, belief)
        assert all(open_[a] >= {0, 1, 2} for a in small), belief


def test_nothing_is_lost_where_nothing_follows():
    """A total far from its areas protects the one small number: no second one is suppressed."""
    printed = shown(given((2, 40, 50, 60), 120, "anders"))
    assert printed == {"1": None, "2": 40, "3": 50, "4": 60, "gesamt": 120}
    with pytest.raises(SpmError, match="kleiner als die Summe"):
        protect(given((2, 40, 50, 60), 120, None))
    with pytest.raises(SpmError, match="kleiner als die Summe"):
        protect(given((2, 40, 50, 60), 120, "mehr"))


def test_a_total_near_its_areas_costs_another_number():
    """At most 151 in all and 150 shown: at least one child is in the first area."""
    printed = shown(given((2, 40, 50, 60), 151, "weniger"))
    assert sum(n is None for n in printed.values()) == 2


@pytest.mark.parametrize(("total", "hidden"), [(114, 3), (90, 2)])
def test_where_a_total_is_the_sum_by_chance_it_is_taken_for_known(total, hidden):
    """Two gaps of 1 or 2 children each that make 4 together are 2 and 2, for who believes that the
    areas add up: which they do, in the first case."""
    printed = shown(given((2, 2, 50, 60), total, "anders"))
    assert sum(n is None for n in printed.values()) == hidden


def test_a_total_that_is_more_after_all_is_refused():
    with pytest.raises(SpmError, match="um 8 größer als die Summe") as raised:
        build_model(given((2, 40, 50, 60), 160, "weniger"))
    assert "anders" in raised.value.tun


def test_a_group_that_only_two_counts_tell_is_refused_too():
    """All children are fewer than in the areas, those of 6 and more are not."""
    young = [
        fact(a, n, merkmal="kinder", alter=(0, 5))
        for a, n in zip(AREAS, (30, 30, 30, 30), strict=True)
    ]
    old = [fact(a, 10, merkmal="kinder", alter=(6, 17)) for a in AREAS]
    totals = [
        fact("gesamt", 50, merkmal="kinder", alter=(0, 5)),
        fact("gesamt", 45, merkmal="kinder", alter=(6, 17)),
    ]
    catalogue = {"alle": counted("alle"), "u6": counted("u6", alter="0-5")}
    rules = {"amt": rule(3, gesamtzahl={"kinder": "weniger"})}
    with pytest.raises(SpmError, match="um 5 größer") as raised:
        build_model(inputs(facts(*young, *old, *totals), catalogue, rules))
    assert "ohne Alter" in raised.value.wo


def test_a_small_total_of_its_own_is_protected():
    known = given((20, 20, 20, 20), 2, "weniger")
    assert shown(known)["gesamt"] is None
    assert protect(known).audit.passed


def test_areas_are_not_compared_with_a_rest_that_is_none():
    def classes(extent, total):
        rows = [fact(a, n, merkmal="teil") for a, n in zip(AREAS, (90, 20, 20, 20), strict=True)]
        rows += [fact(a, 100, merkmal="kinder") for a in AREAS]
        rows += [fact("gesamt", total, merkmal="teil")]
        share = entry("k", art="rate", zaehler={"merkmal": "teil"}, nenner={"merkmal": "kinder"})
        rules = {"amt": rule(3, gesamtzahl={"teil": extent})}
        found = protect(inputs(facts(*rows), {"k": share}, rules)).published
        return set(found.loc[found["status"] != GESPERRT, "klasse"].dropna())

    assert classes("mehr", 155)
    assert not classes("weniger", 100)


def test_without_a_delivered_total_the_municipality_has_no_value():
    def status(apart):
        known = given((20, 40, 50, 60), None, "weniger")
        years = (known.facts, known.catalogue, known.areas, known.years)
        own = replace(known, indicators=compute_indicators(*years, apart=apart))
        found = protect(own).published
        return found.loc[found["raum"] == "gesamt", "status"].tolist()

    assert status({"kinder": "weniger"}) == ["nicht_geliefert"]
    assert shown(given((20, 40, 50, 60), None, None))["gesamt"] == 170
