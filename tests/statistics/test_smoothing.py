"""Smoothed values by hand, and what must hold for all of them."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from spm.statistics.smoothing import shrink, smoothed
from tests.statistics.statistics_example import entry, one_year, published


def test_by_hand():
    """Rates of 2, 4 and 6 per 100 around 4: s² = 8/3 /10,000, noise 0.04/100 (Marshall 1991)."""
    found = shrink(np.array([2.0, 4, 6]), np.full(3, 100.0), 0.04, "rate")
    assert found.tolist() == pytest.approx([0.04] * 3)  # less spread than chance alone gives
    found = shrink(np.array([20.0, 40, 60]), np.full(3, 1000.0), 0.04, "rate")
    between = 8 / 3 / 1e4 - 0.04 / 1000
    kept = between / (between + 0.04 / 1000)
    assert found.tolist() == pytest.approx([0.04 - 0.02 * kept, 0.04, 0.04 + 0.02 * kept])


def test_small_areas_move_most():
    found = shrink(
        np.array([6.0, 600, 100, 100]), np.array([20.0, 2000, 1000, 1000]), 0.2, "anteil"
    )
    assert 0.2 < found[0] < found[1] < 0.3


@pytest.mark.slow
@given(
    counts=st.lists(st.tuples(st.integers(0, 300), st.integers(1, 5000)), min_size=1, max_size=12),
    kind=st.sampled_from(["anteil", "rate", "quotient"]),
)
@settings(max_examples=200, deadline=None)
def test_always_between_the_raw_value_and_the_municipality(counts, kind):
    top, bottom = np.array(counts, float).T
    bottom = np.maximum(bottom, top) if kind == "anteil" else bottom
    mean = top.sum() / bottom.sum()
    found, raw = shrink(top, bottom, mean, kind), top / bottom
    assert (found >= np.minimum(raw, mean) - 1e-12).all()
    assert (found <= np.maximum(raw, mean) + 1e-12).all()


def test_in_the_unit_of_the_indicator_and_only_for_areas():
    rows = [
        *one_year([(300, 1000), (100, 1000), (None, None)], total=(500, 3000)),
        ("k", 2023, "nz", None, 3, None, 30),
        ("k", 2023, "gesamt", "Kita", 3, None, 30),
    ]
    found = smoothed(published(rows), {"k": entry()})
    assert 100 / 6 < found[0] < 30 and 10 < found[1] < 100 / 6
    assert found[2:].isna().all()


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize("art", ["anzahl", "veraenderung", "saldo", "messwert"])
def test_other_kinds_are_not_smoothed(art):
    table = published(one_year([(300, 1000), (100, 1000)]))
    assert smoothed(table, {"k": entry(art)}).isna().all()


@pytest.mark.filterwarnings("error")
def test_without_the_municipality_nothing_is_smoothed():
    table = published(one_year([(300, 1000), (100, 1000)]))
    assert smoothed(table[table["raum"] != "gesamt"], {"k": entry()}).isna().all()
    nobody = published(one_year([(0, 1000), (0, 1000)]))
    assert smoothed(nobody, {"k": entry()})[:2].tolist() == [0, 0]
