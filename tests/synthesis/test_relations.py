"""Rank correlations of areas: limits, the test, and what a whole report may claim."""

import numpy as np
import pytest
from scipy import stats

from spm.synthesis.relations import FEWEST, believed, rank_test, relation

AREAS = 16


def noisy(generator, n=AREAS):
    """Values of areas that differ, but not by anything they have in common."""
    return generator.normal(size=n)


@pytest.mark.parametrize("seed", range(3))
def test_agrees_with_scipy(seed):
    generator = np.random.default_rng(seed)
    x, y = generator.integers(0, 8, 14), generator.normal(size=14)  # with ties
    expected = stats.spearmanr(x, y)
    found = relation(x, y)
    assert found.rho == pytest.approx(expected.statistic)
    assert found.p == pytest.approx(expected.pvalue, abs=0.02)


def test_limits_are_those_of_bonett_and_wright():
    x = np.arange(20)
    y = np.array([1, 0, 3, 2, 5, 4, 7, 6, 9, 8, 11, 10, 13, 12, 15, 14, 19, 18, 17, 16])
    found = relation(x, y)
    width = 1.959964 * np.sqrt((1 + found.rho**2 / 2) / 17)
    assert np.arctanh([found.low, found.high]) == pytest.approx(
        np.arctanh(found.rho) + np.array([-width, width]), abs=1e-6
    )


def test_perfect_order_keeps_its_limits_within_what_is_possible():
    found = relation(range(12), range(12))
    assert (found.rho, found.high) == (1, 1)
    assert 0.8 < found.low < 1
    assert found.p < 0.001


def test_the_same_value_everywhere_says_nothing():
    assert rank_test([1] * 10, range(10))[1] == 1
    assert np.isnan(relation([1] * 10, range(10)).rho)


def test_fewer_areas_are_refused():
    with pytest.raises(ValueError, match=str(FEWEST)):
        relation(range(9), range(9))


def test_limits_cover_the_true_correlation():
    generator = np.random.default_rng(11)
    true = 0.6
    hits = 0
    for _ in range(300):
        x = generator.normal(size=30)
        y = true * x + np.sqrt(1 - true**2) * generator.normal(size=30)
        found = relation(x, y, draws=9)
        hits += found.low <= 6 / np.pi * np.arcsin(true / 2) <= found.high
    assert hits / 300 >= 0.92


def test_without_a_relation_at_most_one_report_of_20_claims_one():
    """500 reports with six pairs of indicators each, of areas that differ, but independently."""
    generator = np.random.default_rng(20)
    claimed = 0
    for report in range(500):
        tests = [
            rank_test(noisy(generator), noisy(generator), draws=999, seed=report) for _ in range(6)
        ]
        claimed += any(believed([p for _, p in tests]))
    assert claimed / 500 <= 0.05 + 2 * np.sqrt(0.05 * 0.95 / 500)
    assert claimed > 0


def test_a_clear_relation_is_found():
    generator = np.random.default_rng(21)
    found = 0
    for report in range(100):
        x = noisy(generator)
        pairs = [
            (x, 2 * x + noisy(generator)),
            *((noisy(generator), noisy(generator)) for _ in range(5)),
        ]
        found += believed([rank_test(*pair, draws=999, seed=report)[1] for pair in pairs])[0]
    assert found >= 90


def test_holm_stops_at_the_first_that_is_not_believed():
    assert believed([0.01, 0.04, 0.03]) == [True, False, False]
    assert believed([0.01, 0.02, 0.03]) == [True, True, True]
    assert believed([]) == []
