"""What is written out here agrees with scipy.stats and statsmodels, at the edges, too."""

import numpy as np
import pytest
from scipy import stats
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

from spm.statistics import conditional, discovery, intervals
from spm.statistics.conditional import Counts
from spm.statistics.means import _above_zero
from spm.statistics.quantiles import quantiles

NUMBER = 3000
LEVELS = [0.95, 0.998]


@pytest.fixture
def random():
    return np.random.default_rng(2023)


@pytest.mark.parametrize("level", LEVELS)
def test_limits_of_shares(random, level):
    total = random.integers(1, 100_000, NUMBER).astype(float)
    events = np.floor(random.random(NUMBER) * (total + 1))
    events[:100], events[100:200] = 0, total[100:200]
    found = intervals.wilson(events, total, level)
    expected = proportion_confint(events, total, alpha=1 - level, method="wilson")
    np.testing.assert_allclose(found, np.array(expected), rtol=0, atol=1e-15)
    assert (found[0][:100] == 0).all() and (found[1][100:200] == 1).all()
    assert np.isnan(intervals.wilson(0, 0, level)).all()


@pytest.mark.parametrize("level", LEVELS)
def test_limits_of_numbers_of_events(level):
    events, tail = np.arange(2000.0), (1 - level) / 2
    low, high = intervals.exact(events, level)
    np.testing.assert_allclose(high, stats.chi2.ppf(1 - tail, 2 * (events + 1)) / 2, rtol=1e-14)
    np.testing.assert_allclose(low[1:], stats.chi2.ppf(tail, 2 * events[1:]) / 2, rtol=1e-14)
    assert low[0] == 0


def test_false_discovery_rates(random):
    p = random.random(NUMBER) ** 3
    p[::7], p[1::50] = np.nan, p[1]  # no test; equal ones
    tested = ~np.isnan(p)
    found = discovery.q_values(p)
    np.testing.assert_array_equal(found[tested], multipletests(p[tested], method="fdr_bh")[1])
    assert np.isnan(found[~tested]).all()
    assert len(discovery.q_values([])) == 0 and np.isnan(discovery.q_values([np.nan])).all()


def test_two_rates(random):
    """Also where nothing happened on one side, or on both."""
    tops = random.integers(0, 400, (2, NUMBER)).astype(float)
    tops[0, :100] = tops[1, 50:150] = 0
    bottoms = random.integers(1, 9000, (2, NUMBER)).astype(float)
    first, second = (Counts(*side, side[0] * np.nan) for side in zip(tops, bottoms, strict=True))
    total, share = tops.sum(axis=0), bottoms[0] / bottoms.sum(axis=0)
    law = stats.binom(total, share)
    tail = np.minimum(law.cdf(tops[0] - 1), law.sf(tops[0]))
    expected = np.minimum(2 * tail + law.pmf(tops[0]), 1)
    np.testing.assert_allclose(
        conditional.two_rates(first, second), expected, rtol=1e-11, atol=1e-300
    )
    assert (conditional.two_rates(first, second)[50:100] == 1).all()


def test_a_mean_of_one_unit_has_no_limits():
    from scipy.special import stdtrit

    freedom = np.array([0.0, -1.0, np.nan, 1.0, 30.0])
    expected = stats.t.ppf(0.975, freedom)
    np.testing.assert_allclose(stdtrit(_above_zero(freedom), 0.975), expected, rtol=1e-12)


@pytest.mark.parametrize("first", [True, False])
def test_equal_values_share_the_lowest_rank(random, first):
    values = random.integers(0, 30, 101).astype(float)
    rank = stats.rankdata(-values if first else values, method="min")
    expected = np.maximum(5 + 1 - np.ceil((101 + 1 - rank) / (101 / 5)), 1)
    np.testing.assert_array_equal(quantiles(values, 5, first), expected)
