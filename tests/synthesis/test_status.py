"""Status and dynamics, against the published table of Berlin and by hand."""

import numpy as np
import pandas as pd
import pytest

from spm.synthesis.status import (
    DYNAMIK,
    STATUS,
    cross_table,
    demonstrable,
    dynamics_classes,
    dynamics_index,
    status_classes,
    status_index,
    z_of_changes,
    z_of_values,
)


@pytest.fixture(scope="module")
def mss(shared):
    """The published table."""
    return pd.read_csv(
        shared / "golden" / "mss" / "mss2021_status.csv", dtype={"plr_id": str}
    ).set_index("plr_id")


def test_status_of_berlin(mss):
    index = status_index(mss[["z1", "z2", "z3"]])
    assert index.index.equals(mss.index)
    assert (index.isna() == mss["index"].isna()).all()
    assert (index.round(2) - mss["index"]).abs().max() < 0.01 + 1e-9
    classes = status_classes(index)
    assert (classes == mss.klasse.fillna("")).all()
    counts = classes.value_counts()
    assert counts[list(STATUS)].tolist() == [75, 366, 46, 49]
    assert counts[""] == 6


def test_areas_that_are_not_classified_do_not_count(mss):
    """An area that somebody left out moves neither mean nor standard deviation of the others."""
    z = mss[["z1", "z2", "z3"]].fillna(50.0)
    known = mss["index"].notna()
    index = status_index(z, classified=known)
    pd.testing.assert_series_equal(index, status_index(mss[["z1", "z2", "z3"]]))


def test_dynamics_are_built_the_same_way(mss):
    """With z-scores that play changes: sums over their standard deviation, three classes."""
    z = mss[["z1", "z2", "z3"]]
    classes = dynamics_classes(dynamics_index(z))
    assert classes.value_counts()[list(DYNAMIK)].tolist() == [75, 366, 46 + 49]
    table = cross_table(status_classes(status_index(z)), classes)
    assert table.tolist() == [[75, 0, 0], [0, 366, 0], [0, 0, 46], [0, 0, 49]]


def test_limits_belong_to_the_middle():
    index = [-1.01, -1.0, 0.0, 1.0, 1.01, 1.5, 1.51, float("nan")]
    assert status_classes(index).tolist() == [
        *("hoch", "mittel", "mittel", "mittel", "niedrig", "niedrig", "sehr niedrig", "")
    ]
    assert dynamics_classes(index).tolist() == [
        *("positiv", "stabil", "stabil", "stabil", "negativ", "negativ", "negativ", "")
    ]


def test_classes_of_printed_numbers():
    assert status_classes([-1.004, 1.0049, 1.005]).tolist() == ["hoch", "niedrig", "niedrig"]
    assert status_classes([-1.004, 1.0049, 1.005], digits=2).tolist() == [
        *("mittel", "mittel", "niedrig")
    ]


def test_by_hand():
    """Three areas, two indicators of opposite directions; the fourth has too few inhabitants."""
    earlier = [[10.0, 80.0], [20.0, 70.0], [30.0, 60.0], [99.0, 1.0]]
    later = [[12.0, 80.0], [20.0, 71.0], [28.0, 62.0], [1.0, 99.0]]
    known = [True, True, True, False]
    z = z_of_values(earlier, [1, -1], known)
    assert z[:3, 0] == pytest.approx([-np.sqrt(1.5), 0, np.sqrt(1.5)])
    assert z[:3, 0] == pytest.approx(z[:3, 1])
    assert np.isnan(z[3]).all()
    assert status_index(z)[:3] == pytest.approx([-np.sqrt(1.5), 0, np.sqrt(1.5)])
    changes = z_of_changes(earlier, later, [1, -1], known)
    index = dynamics_index(changes)
    assert index[:3] == pytest.approx([np.sqrt(1.5), 0, -np.sqrt(1.5)])
    assert dynamics_classes(index).tolist() == ["negativ", "stabil", "positiv", ""]


def test_directions_turn_published_z_scores():
    z = [[1.0, -1.0], [0.0, 0.0], [-1.0, 1.0]]
    assert status_index(z).tolist() == [0, 0, 0]
    assert status_index(z, directions=[1, -1]) == pytest.approx([np.sqrt(1.5), 0, -np.sqrt(1.5)])


def test_a_missing_value_means_not_classified():
    z = [[1.0, 1.0], [0.0, float("nan")], [-1.0, -1.0], [0.5, 0.5]]
    index = status_index(z)
    assert np.isnan(index[1])
    assert status_classes(index)[1] == ""
    assert cross_table(status_classes(index), dynamics_classes(index)).sum() == 3


def test_areas_without_any_difference():
    assert status_index(z_of_values([[5.0], [5.0], [5.0]])).tolist() == [0, 0, 0]


def test_only_what_a_test_of_its_own_bears_out():
    classes = ["positiv", "positiv", "negativ", "negativ", "stabil", ""]
    better = [True, False, True, False, True, True]
    worse = [False, False, True, True, True, False]
    assert demonstrable(classes, better, worse).tolist() == [
        *("positiv", "stabil", "stabil", "negativ", "stabil", "")
    ]


def test_wrong_shapes_are_refused():
    with pytest.raises(ValueError, match="dimensions"):
        status_index([1.0, 2.0])
    with pytest.raises(ValueError, match="directions"):
        status_index([[1.0, 2.0]], directions=[1])
    with pytest.raises(ValueError, match="directions"):
        status_index([[1.0, 2.0]], directions=[1, 0])
