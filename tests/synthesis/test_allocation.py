"""The allocation key: weights, whole units, and the range that intervals leave."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.synthesis.allocation import Indicator, apportioned, factors, ranges, shares


def indicator(values, half=0.0, adverse=True) -> Indicator:
    known = np.array(values, dtype=float)
    return Indicator(
        values=known, adverse=adverse, low=known - half, high=known + half, around=known
    )


def test_a_child_counts_once_to_twice() -> None:
    """By hand: 100, 200 and 100 children at 10, 15 and 20 %: JEW 100, 300 and 200."""
    counted = factors([indicator([10, 15, 20])])
    assert counted == pytest.approx([1.0, 1.5, 2.0])
    children = np.array([100.0, 200.0, 100.0])
    assert shares(children, counted) == pytest.approx([1 / 6, 3 / 6, 2 / 6])


def test_several_indicators_count_alike_whatever_their_unit_and_direction() -> None:
    poverty, care = indicator([10, 15, 20]), indicator([300, 500, 300], adverse=False)
    assert factors([poverty, care]) == pytest.approx([1.5, 1.25, 2.0])


def test_without_a_difference_every_child_counts_once() -> None:
    flat = indicator([43.18627450980392, 43.186274509803925, 43.18627450980392], half=3)
    assert flat.is_flat and factors([flat]) == pytest.approx([1, 1, 1])
    assert ranges(100, np.array([100.0, 200.0, 100.0]), [flat]) == ([25, 50, 25], [25, 50, 25])


def test_without_chance_there_is_no_range() -> None:
    assert ranges(10, np.array([100.0, 200.0]), [indicator([10, 20])]) == ([2, 8], [2, 8])


def test_wider_intervals_leave_a_wider_range_that_holds_the_share() -> None:
    children, values = np.array([400.0, 500.0, 600.0]), [10, 15, 22]
    own = apportioned(1000, children * factors([indicator(values)]))
    widths = []
    for half in (0.5, 2.0, 6.0):
        low, high = ranges(1000, children, [indicator(values, half)])
        assert all(a <= n <= b for a, n, b in zip(low, own, high, strict=True))
        widths.append(sum(high) - sum(low))
    assert widths == sorted(set(widths))


def test_the_range_holds_the_true_share_in_most_reports() -> None:
    """Counts drawn anew around true shares: at least nine of ten ranges hold what is true."""
    rng = np.random.default_rng(5)
    children = np.array([700.0, 900.0, 500.0, 800.0, 600.0])
    true = np.array([0.08, 0.12, 0.18, 0.22, 0.28])
    wanted = np.array(apportioned(1000, children * factors([indicator(100 * true)])))
    held = []
    for _ in range(60):
        seen = rng.binomial(children.astype(int), true) / children
        half = 1.96 * np.sqrt(seen * (1 - seen) / children)
        low, high = map(np.array, ranges(1000, children, [indicator(100 * seen, 100 * half)]))
        held.append((low <= wanted) & (wanted <= high))
    assert np.mean(held) > 0.9


@given(st.integers(0, 5000), st.lists(st.floats(0.01, 1000), min_size=1, max_size=40))
def test_units_add_up_and_are_never_a_whole_unit_off(units: int, weights: list[float]) -> None:
    found = apportioned(units, np.array(weights))
    quotas = [units * w / sum(weights) for w in weights]
    assert sum(found) == units
    assert all(abs(n - quota) < 1 + 1e-6 for n, quota in zip(found, quotas, strict=True))


def test_largest_remainders_by_hand() -> None:
    # quotas 4.7, 3.2 and 2.1: the tenth unit goes to the largest remainder
    assert apportioned(10, np.array([47.0, 32.0, 21.0])) == [5, 3, 2]
    assert apportioned(1, np.array([1.0, 1.0])) == [1, 0]
