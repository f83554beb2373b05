"""Redrawn areas: what an earlier report printed of the areas of its time is known, too."""

import pandas as pd
import pytest

from spm.areas.crosswalk import Crosswalk, redistribute
from spm.disclosure import protect
from spm.disclosure.inputs.olddivisions import OldDivision
from spm.published import COUNTED
from tests.disclosure.elsewhere_example import cases, named, number, printing, report

NEW = ["N", "O", "P", "A"]
"""Today's areas; "A" is another place than the old one of this key."""

SHARES = {
    "A": {"N": 1.0},
    "B": {"N": 1.0},
    "C": {"O": 1.0},
    "D": {"P": 0.6, "A": 0.4},
    "E": {"A": 1.0},
}


def old_numbers(a, b, d=90):
    return {(2022, k): n for k, n in zip("ABCDE", (a, b, 60, d, 50), strict=True)}


def given(numbers, new=None, reports=(), digest="alt", shares=None):
    """This year's report: 2022 was delivered in the old areas, 2023 in the new ones."""
    crosswalk = Crosswalk(shares or SHARES)
    before = cases(numbers)
    now = cases(new or {(2023, k): 70 + i for i, k in enumerate(NEW)})
    table = pd.concat([redistribute(before.assign(geschaetzt=False), crosswalk), now])
    division = OldDivision(tuple(crosswalk.shares), 2022, 2022, crosswalk, before, digest)
    return report(
        table.reset_index(drop=True),
        [number("k")],
        years=(2022, 2023),
        areas=NEW,
        divisions=(division,),
        division="neu",
        reports=reports,
    )


def before(numbers, hidden, digest="alt"):
    """Last year's report, in the old areas."""
    rows = report(
        cases(numbers), [number("k")], years=(2022,), areas=list("ABCDE"), division=digest
    )
    return printing(rows, [("k", 2022, area) for area in hidden])


def told(inputs):
    rows = protect(inputs).published
    rows = rows[rows["status"] == "ok"]
    return set(zip(rows["jahr"], rows["raum"], strict=True))


@pytest.mark.slow
@pytest.mark.parametrize("digest", ["alt", ""])
@pytest.mark.parametrize(("a", "b"), [(35, 3), (48, 7)])
def test_two_old_areas_are_one_today(a, b, digest):
    """A was printed, B was not; A and B together are N."""
    numbers = old_numbers(a, b)
    assert (2022, "N") in told(given(numbers, digest=digest))
    old = before(numbers, "BC")
    found = told(given(numbers, reports=named(old), digest=digest))
    assert (2022, "N") not in found
    assert (2023, "N") in found, "the year after, nobody knows of A"


@pytest.mark.slow
def test_large_old_areas_hide_nothing():
    numbers = old_numbers(35, 13)
    found = told(given(numbers, reports=named(before(numbers, "BC"))))
    assert (2022, "N") in found


@pytest.mark.slow
def test_an_old_area_that_kept_its_key_elsewhere_is_not_todays():
    """The 54 of the old A are no number of today's A, although it has as many in 2022."""
    numbers = old_numbers(54, 3, d=10)
    assert 0.4 * 10 + 50 == 54
    found = told(given(numbers, reports=named(before(numbers, "BC"))))
    assert (2022, "N") not in found


@pytest.mark.slow
def test_the_shares_of_a_divided_area_are_known():
    """D (40) was printed: about 24 of it are in N, so that what else is there is about 3."""
    shares = SHARES | {"A": {"O": 1.0}, "D": {"N": 0.6, "P": 0.4}, "C": {"P": 1.0}}
    numbers = old_numbers(50, 3, d=40)
    assert (2022, "N") in told(given(numbers, shares=shares))
    old = before(numbers, "BC")
    assert (2022, "N") not in told(given(numbers, shares=shares, reports=named(old)))


@pytest.mark.slow
def test_redrawn_areas_of_rows_that_do_not_say_what_they_count():
    numbers = old_numbers(35, 3)
    old = before(numbers, "BC").drop(columns=COUNTED)
    assert (2022, "N") not in told(given(numbers, reports=named(old)))
