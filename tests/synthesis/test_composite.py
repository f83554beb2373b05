"""Domains, index, and how sure the order is."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spm.synthesis.composite import frame_of, quarter, ranges, recipe, scores, without_each
from spm.synthesis.draws import Counts, drawn
from spm.synthesis.standardise import ranks, z_scores

DOMAINS = [0, 0, 1, 2, 2]
DIRECTIONS = [1, -1, 1, 1, -1]


def shares(rng, n, spread):
    """Counts of five shares of n areas, and the true shares; ``spread`` 0: no true differences."""
    burden = rng.normal(size=n)
    counts, truth = [], []
    for j in range(5):
        size = rng.integers(60, 400, n)
        own = 0.8 * burden + 0.6 * rng.normal(size=n)
        share = 1 / (1 + np.exp(1.2 - spread * DIRECTIONS[j] * own))
        cases = rng.binomial(size, share)
        nothing = np.full(n, np.nan)
        counts.append(
            Counts(
                key=f"k{j}",
                kind="anteil",
                factor=100.0,
                value=cases / size * 100,
                top=cases.astype(float),
                bottom=size.astype(float),
                low=nothing,
                high=nothing,
            )
        )
        truth.append(share * 100)
    return counts, np.array(truth)


def names(n):
    """Keys of n areas."""
    return [f"raum{i}" for i in range(n)]


def test_by_hand():
    """Two domains of one indicator each, the second of the opposite direction."""
    found = scores([[1.0, 2.0, 3.0], [30.0, 20.0, 10.0]], recipe([0, 1], [1, -1]))
    assert found.index == pytest.approx([-np.sqrt(1.5), 0, np.sqrt(1.5)])
    assert found.domains[0] == pytest.approx(found.domains[1])


def test_domains_weigh_alike_however_many_indicators_they_have():
    values = [[1.0, 2.0, 3.0]] * 4 + [[3.0, 2.0, 1.0]]
    found = scores(values, recipe([0, 0, 0, 0, 1], [1] * 5))
    assert found.index == pytest.approx([0, 0, 0])
    weighted = scores(values, recipe([0, 0, 0, 0, 1], [1] * 5, [3.0, 1.0]))
    assert weighted.index == pytest.approx(found.domains[0] / 2)


@settings(max_examples=60, deadline=None)
@given(st.integers(2, 30), st.integers(0, 10**6))
def test_no_z_is_larger_than_the_number_of_areas_allows(n, seed):
    values = np.random.default_rng(seed).standard_cauchy((3, n))
    z = z_scores(values)
    assert (np.abs(z) <= np.sqrt(n - 1) * (1 + 1e-9)).all()
    assert z.mean(axis=1) == pytest.approx([0, 0, 0], abs=1e-6)


@settings(max_examples=6, deadline=None)
@given(st.permutations(range(9)), st.integers(0, 1000))
def test_the_order_of_areas_changes_nothing(order, seed):
    counts, _ = shares(np.random.default_rng(seed), 9, 0.4)
    made = recipe(DOMAINS, DIRECTIONS)
    moved = [
        one._replace(**{f: getattr(one, f)[list(order)] for f in Counts._fields[3:]})
        for one in counts
    ]
    first = ranges(counts, names(9), made)
    second = ranges(moved, [names(9)[i] for i in order], made)
    for a, b in zip(first, second, strict=True):
        np.testing.assert_array_equal(a[:, list(order)], b)


def test_an_indicator_without_differences_changes_nothing():
    values = np.array([[1.0, 2.0, 4.0], [7.0, 7.0, 7.0]])
    found = scores(values, recipe([0, 0], [1, 1]))
    assert found.z[1].tolist() == [0, 0, 0]
    assert found.domains[0] == pytest.approx(scores(values[:1], recipe([0], [1])).domains[0])


def test_ranges_hold_the_true_place():
    """At least 90 % of the places that the true values would give lie in their range."""
    held, of_domains = [], []
    for seed in range(30):
        counts, truth = shares(np.random.default_rng(seed), 15, 0.4)
        made = recipe(DOMAINS, DIRECTIONS)
        found, true = ranges(counts, names(15), made), scores(truth, made)
        first, last = ranks(np.vstack([true.domains, true.index]))
        inside = (found.first <= first) & (last <= found.last)
        held.append(inside[-1].mean())
        of_domains.append(inside[:-1].mean())
    assert np.mean(held) >= 0.9
    assert np.mean(of_domains) >= 0.9


def test_ranges_are_narrow_where_much_differs_and_wide_where_nothing_does():
    width = {}
    for spread in (0.0, 1.0):
        counts, _ = shares(np.random.default_rng(3), 12, spread)
        found = ranges(counts, names(12), recipe(DOMAINS, DIRECTIONS))
        width[spread] = np.mean(found.last[-1] - found.first[-1])
    assert width[1.0] < 4 < 6 < width[0.0]


def test_an_area_twice_as_burdened_is_among_the_highest_quarter():
    found = 0
    for seed in range(20):
        rng = np.random.default_rng(seed)
        share = np.array([0.3] + [0.15] * 11)
        counts = []
        for j in range(6):
            size = rng.integers(100, 400, 12)
            cases = rng.binomial(size, share)
            nan = np.full(12, np.nan)
            counts.append(
                Counts(f"k{j}", "anteil", 100.0, cases / size, 1.0 * cases, 1.0 * size, nan, nan)
            )
        found += ranges(counts, names(12), recipe([0, 0, 1, 1, 2, 2], [1] * 6)).within(3)[0][-1][0]
    assert found >= 18


def test_a_base_year_shows_the_progress_of_all():
    base = np.array([[10.0, 20.0, 30.0], [40.0, 50.0, 60.0]])
    made = recipe([0, 1], [1, 1])
    frame = frame_of(base, made)
    now = scores(base - 5.0, made, frame)
    assert now.index.mean() < -0.5
    assert scores(base - 5.0, made).index.mean() == pytest.approx(0)
    assert scores(base, made, frame).index == pytest.approx(scores(base, made).index)


def test_leaving_out_the_only_indicator_of_a_domain_leaves_out_the_domain():
    values = np.array([[1.0, 2.0, 3.0], [3.0, 1.0, 2.0]])
    found = without_each(values, recipe([0, 1], [1, 1]))
    assert found[0] == pytest.approx(z_scores(values[1]))
    assert found[1] == pytest.approx(z_scores(values[0]))


@pytest.mark.parametrize(
    ("kind", "top", "bottom", "spread"),
    [("anteil", 30.0, 120.0, 3.95), ("rate", 30.0, 120.0, 4.6), ("quotient", 30.0, 120.0, 5.1)],
)
def test_draws_spread_as_counts_do(kind, top, bottom, spread):
    one = Counts("k", kind, 100.0, *([np.array([x])] for x in (25.0, top, bottom, np.nan, np.nan)))
    one = one._replace(**{f: np.asarray(getattr(one, f))[0] for f in Counts._fields[3:]})
    found = drawn(one, ["a"], 20_000)
    assert found.mean() == pytest.approx(25.2, abs=0.4)
    assert found.std() == pytest.approx(spread, rel=0.06)


def test_other_kinds_are_drawn_from_their_interval_or_not_at_all():
    def of(low, high):
        cells = (np.array([x]) for x in (2.1, np.nan, np.nan, low, high))
        return drawn(Counts("k", "mittelwert", 1.0, *cells), ["a"], 5000)

    assert of(2.0, 2.2).std() == pytest.approx(0.051, rel=0.05)
    assert (of(np.nan, np.nan) == 2.1).all()
    assert np.isnan(of(np.nan, np.nan)).sum() == 0


def test_quarters():
    assert [quarter(n) for n in (2, 5, 7, 10, 12, 40)] == [1, 1, 2, 3, 3, 10]
