"""The ASEM index of COINr, stage by stage: outliers, one scale, levels, ranks."""

import numpy as np
import pandas as pd
import pytest

from spm.synthesis.hierarchy import aggregated, all_levels
from spm.synthesis.standardise import min_max, ranks, skew_and_kurtosis, winsorise


@pytest.fixture(scope="module")
def stage(shared):
    """Any stage of the golden index; rows are countries."""
    return lambda name: pd.read_csv(shared / "golden" / "index" / f"asem_{name}.csv")


@pytest.fixture(scope="module")
def meta(stage):
    """What belongs to what, by indicator."""
    return stage("indmeta").set_index("IndCode")


def test_outliers_take_the_value_of_the_next_one(stage, meta):
    before, after = stage("imputed"), stage("treated")
    moved = []
    for key in meta.index:
        found = winsorise(before[key])
        assert found.passed, key
        np.testing.assert_array_equal(found.values, after[key], err_msg=key)
        moved.append(found.moved)
    assert sum(count > 0 for count in moved) == 15
    skew, kurtosis = skew_and_kurtosis(after["Flights"])
    assert abs(skew) <= 2 or kurtosis <= 3.5


def test_scale_from_0_to_100_with_direction(stage, meta):
    treated, expected = stage("treated"), stage("normalised")
    for key, direction in meta.Direction.items():
        ours = min_max(treated[key], direction)
        np.testing.assert_allclose(ours, expected[key], rtol=1e-12, atol=1e-10, err_msg=key)


def test_levels_up_to_the_index(stage, meta):
    normalised, expected = stage("normalised"), stage("aggregated")
    weights = stage("weights").set_index("Code").Weight.to_dict()
    groups = meta[["Agg1", "Agg2", "Agg3"]].drop_duplicates()
    levels = [
        meta.Agg1.to_dict(),
        dict(zip(groups.Agg1, groups.Agg2, strict=True)),
        dict(zip(groups.Agg2, groups.Agg3, strict=True)),
    ]
    found = all_levels({key: normalised[key] for key in meta.index}, levels, weights)
    assert len(found) == 8 + 2 + 1
    for key, values in found.items():
        np.testing.assert_allclose(values, expected[key], rtol=1e-12, err_msg=key)


def test_ranks_of_every_level(stage):
    """Of scores as they are printed, with two decimals: equal ones share the better rank."""
    expected = stage("rank")
    values = stage("aggregated").round(2).set_index("UnitCode").loc[expected.UnitCode]
    for key in expected.columns[2:]:
        first, _ = ranks(values[key])
        np.testing.assert_array_equal(first, expected[key], err_msg=key)


def test_weights_decide_within_a_group_only():
    values = {"a": [0.0, 10.0], "b": [4.0, 2.0], "c": [1.0, 1.0]}
    parents = {"a": "x", "b": "x", "c": "y"}
    found = aggregated(values, parents, {"a": 3.0, "b": 1.0, "c": 0.1})
    assert found["x"].tolist() == [1.0, 8.0]
    assert found["y"].tolist() == [1.0, 1.0]
    with pytest.raises(ValueError, match="«x»"):
        aggregated(values, parents, {"a": 0.0, "b": 0.0})
