"""Dissimilarity: textbook identities, chance, limits, and an independent implementation."""

import numpy as np
import pytest

from spm.synthesis.segregation import dissimilarity, segregation

CHILDREN = np.array([1058, 709, 642, 1993, 669, 529, 741])
SHARES = np.array([0.17, 0.07, 0.06, 0.28, 0.08, 0.05, 0.12])


def test_equal_shares_are_zero_and_full_separation_is_one():
    assert dissimilarity([10, 20, 30], [90, 180, 270]) == pytest.approx(0)
    assert dissimilarity([30, 0, 0], [0, 50, 60]) == 1
    apart = segregation([30, 0, 0], [30, 50, 60])
    assert (apart.observed, apart.corrected, apart.low, apart.high) == (1, 1, 1, 1)


def test_half_of_one_group_would_have_to_move():
    # 20 of 40 live where none of the others do.
    assert dissimilarity([20, 20], [0, 40]) == pytest.approx(0.5)


def test_few_people_are_spread_unevenly_by_chance():
    generator = np.random.default_rng(5)
    few = np.full(7, 20)
    found = [segregation(generator.binomial(few, 0.15), few, draws=400) for _ in range(200)]
    assert np.mean([s.observed for s in found]) > 0.15  # though nobody prefers any area
    assert np.mean([s.p <= 0.05 for s in found]) <= 0.07


def test_limits_cover_what_is_beyond_chance():
    generator = np.random.default_rng(6)
    drawn = [
        segregation(generator.binomial(CHILDREN, SHARES), CHILDREN, draws=400) for _ in range(200)
    ]
    middle = np.mean([s.corrected for s in drawn])
    assert all(s.p <= 0.05 for s in drawn)
    assert 0.91 <= np.mean([s.low <= middle <= s.high for s in drawn]) <= 0.99


def test_same_numbers_same_result():
    counts = np.rint(CHILDREN * SHARES)
    assert segregation(counts, CHILDREN) == segregation(counts, CHILDREN)


@pytest.mark.parametrize(
    ("group", "people"),
    [([1], [5]), ([0, 0], [5, 5]), ([5, 5], [5, 5]), ([6, 1], [5, 5])],
)
def test_what_has_no_index_is_refused(group, people):
    with pytest.raises(ValueError, match="needs areas"):
        segregation(group, people)


def test_agrees_with_pysal():
    """`segregation` 2.5 of PySAL; it deals all draws of a call from one seed, so that each call is
    one draw, and only many calls have a mean."""
    singlegroup = pytest.importorskip("segregation.singlegroup", reason="PySAL is not installed")
    pandas = pytest.importorskip("pandas")
    group = [3, 1, 0, 5, 2, 1, 4]
    people = [30, 25, 20, 40, 35, 20, 30]
    table = pandas.DataFrame({"group": group, "people": people})
    ours = segregation(group, people, draws=50_000)
    theirs = singlegroup.Dissim(table, "group", "people").statistic
    assert ours.observed == pytest.approx(theirs, abs=1e-12)
    np.random.seed(1)
    values = np.array(
        [
            singlegroup.ModifiedDissim(table, "group", "people", iterations=2, n_jobs=1).statistic
            for _ in range(2000)
        ]
    )
    by_chance = np.where(values >= 0, (theirs - values) / (1 - values), theirs / (1 + values))
    assert ours.by_chance == pytest.approx(by_chance.mean(), abs=0.012)
