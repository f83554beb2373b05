"""Shares of the municipality, area by area: by hand, and what stays untold."""

import math

import numpy as np
import pytest

from spm.synthesis import concentration

NAN = float("nan")


def test_shares_by_hand():
    """10, 30 and 60 children of 100; 4, 3 and 3 of 10 counted."""
    found = concentration.shares([4, 3, 3], [10, 30, 60], (10, 100))
    assert found.base == pytest.approx([0.1, 0.3, 0.6])
    assert found.burden == pytest.approx([0.4, 0.3, 0.3])
    assert concentration.steepest_first(found) == [0, 1, 2]
    n, base, burden = concentration.smallest_half(found)
    assert (n, base, burden) == (2, pytest.approx(0.4), pytest.approx(0.7))


def test_ties_keep_their_order_and_unpublished_areas_come_last():
    found = concentration.shares([NAN, 2, 1, 2], [NAN, 20, 5, 20], (20, 100))
    assert concentration.steepest_first(found) == [2, 1, 3, 0]


def test_nothing_is_told_of_a_rest():
    """With an area unpublished, how many areas hold half would speak of it."""
    found = concentration.shares([6, NAN, 1], [30, NAN, 30], (10, 100))
    assert math.isnan(found.burden[1])
    assert concentration.smallest_half(found) is None


@pytest.mark.parametrize("whole", [(0, 100), (10, 0), (6, 100), (10, 90), (NAN, 100)])
def test_no_shares_of_something_else(whole):
    """A municipality that counts nobody, or less than its areas, has no shares."""
    assert concentration.shares([4, 3], [40, 60], whole) is None


def test_half_is_not_reached_where_many_live_outside_any_area():
    found = concentration.shares([2, 2], [40, 40], (10, 100))
    assert concentration.smallest_half(found) is None


def test_the_order_is_that_of_a_lorenz_curve():
    """Drawn from steepest to flattest, the curve is concave."""
    rng = np.random.default_rng(19)
    bottoms = rng.integers(50, 500, 30)
    tops = rng.binomial(bottoms, rng.uniform(0.05, 0.4, 30))
    found = concentration.shares(tops, bottoms, (tops.sum(), bottoms.sum()))
    order = concentration.steepest_first(found)
    slopes = found.burden[order] / found.base[order]
    assert (np.diff(slopes) <= 1e-12).all()
