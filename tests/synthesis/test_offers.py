"""Offers against need: gaps between shares, by hand and whatever the numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from spm.synthesis.offers import gaps


def test_by_hand() -> None:
    """60, 30 and 10 in need; 10, 10 and 20 places: 60 % of the need, 25 % of the places."""
    found = gaps(np.array([60.0, 30.0, 10.0]), np.array([10.0, 10.0, 20.0]))
    assert found == pytest.approx([0.35, 0.05, -0.40])


def test_nothing_to_compare() -> None:
    assert gaps(np.array([0.0, 0.0]), np.array([1.0, 2.0])) is None
    assert gaps(np.array([1.0, 2.0]), np.array([0.0, 0.0])) is None


@given(st.lists(st.tuples(st.integers(0, 900), st.integers(0, 90)), min_size=1, max_size=20))
def test_gaps_add_up_to_nothing(pairs: list[tuple[int, int]]) -> None:
    need, places = (np.array(numbers, dtype=float) for numbers in zip(*pairs, strict=True))
    found = gaps(need, places)
    if found is not None:
        assert found.sum() == pytest.approx(0, abs=1e-9) and abs(found).max() <= 1
        assert gaps(3 * need, 7 * places) == pytest.approx(found)
