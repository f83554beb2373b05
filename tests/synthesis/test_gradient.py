"""Slope and relative index of inequality, against the golden values of PHEindicatormethods."""

import numpy as np
import pandas as pd
import pytest

from spm.synthesis.gradient import gradient, positions

KINDS = {0: "value", 1: "rate", 2: "share"}
PEOPLE = [400, 300, 200, 300, 400, 200]


@pytest.mark.parametrize("name", ["sii_normal.csv", "sii_anteil.csv"])
@pytest.mark.parametrize("area", ["area1", "area2"])
@pytest.mark.parametrize("given", ["errors", "limits"])
def test_golden(shared, name, area, given):
    table = pd.read_csv(shared / "golden" / "gradient" / name)
    table = table[table["Area"] == area]
    uncertain = (
        {"errors": table["StandardError"]}
        if given == "errors"
        else {"limits": (table["LowerCL"], table["UpperCL"])}
    )
    kind = KINDS[int(table["ValueType"].iloc[0])]
    found = gradient(table["Value"], table["Population"], kind=kind, **uncertain)
    expected = table.iloc[0]
    assert found.slope == pytest.approx(expected["sii"], abs=1e-6)
    assert found.ratio == pytest.approx(expected["rii"], abs=1e-6)
    assert found.slope_low == pytest.approx(expected["sii_lowercl_1"], abs=0.05)
    assert found.slope_high == pytest.approx(expected["sii_uppercl_1"], abs=0.05)
    assert found.ratio_low == pytest.approx(expected["rii_lowercl_1"], abs=0.01)
    assert found.ratio_high == pytest.approx(expected["rii_uppercl_1"], abs=0.01)


def logit(x):
    return np.log(np.asarray(x) / (1 - np.asarray(x)))


def test_a_straight_line_is_found_whoever_weighs_what():
    values = 20 + 8 * positions(PEOPLE)
    found = gradient(values, PEOPLE, errors=np.full(6, 0.1))
    assert (found.start, found.slope) == (pytest.approx(20), pytest.approx(8))
    assert found.ratio == pytest.approx(28 / 20)
    assert found.slope_low < 8 < found.slope_high


def test_every_area_stands_in_the_middle_of_its_people():
    assert positions([1, 2, 1]) == pytest.approx([0.125, 0.5, 0.875])


@pytest.mark.parametrize(("kind", "scale"), [("share", logit), ("rate", np.log)])
def test_a_line_on_the_scale_ends_on_its_curve(kind, scale):
    straight = scale(0.1) + (scale(0.4) - scale(0.1)) * positions(PEOPLE)
    values = np.exp(straight) / (1 + np.exp(straight)) if kind == "share" else np.exp(straight)
    found = gradient(values, PEOPLE, limits=(values * 0.9, values * 1.1), kind=kind, transform=True)
    assert found.start == pytest.approx(0.1)
    assert found.slope == pytest.approx(0.3)
    assert found.ratio == pytest.approx(4)
    assert found.slope_low < 0.3 < found.slope_high
    assert found.ratio_low < 4 < found.ratio_high


@pytest.mark.parametrize("transform", [False, True])
def test_factor_is_the_unit_and_its_sign_the_order(transform):
    values = np.array([0.10, 0.12, 0.15, 0.2, 0.22, 0.3])
    given = {"limits": (values * 0.8, values * 1.2), "kind": "share", "transform": transform}
    one = gradient(values, PEOPLE, **given)
    percent = gradient(values, PEOPLE, factor=100, **given)
    turned = gradient(values, PEOPLE, factor=-100, **given)
    assert percent.slope == pytest.approx(100 * one.slope)
    assert percent.start == pytest.approx(100 * one.start)
    assert percent.ratio == one.ratio
    assert turned.slope == pytest.approx(-percent.slope)
    assert turned.slope_low == pytest.approx(-percent.slope_high)
    assert turned.slope_high == pytest.approx(-percent.slope_low)
    assert turned.ratio == pytest.approx(1 / percent.ratio)
    assert turned.ratio_low == pytest.approx(1 / percent.ratio_high)
    assert turned.start == pytest.approx(percent.start)


def test_wider_confidence_is_wider():
    values = np.array([0.10, 0.12, 0.15, 0.2, 0.22, 0.3])
    limits = (values * 0.8, values * 1.2)
    usual, wide = (
        gradient(values, PEOPLE, limits=limits, kind="share", confidence=c) for c in (0.95, 0.99)
    )
    assert wide.slope_low < usual.slope_low < usual.slope_high < wide.slope_high
    assert gradient(values, PEOPLE, limits=limits, kind="share") == usual


def test_no_ratio_of_a_line_that_ends_below_zero():
    found = gradient([5, 4, 3, 2, 1, -3], PEOPLE, errors=np.full(6, 0.1))
    assert np.isnan([found.ratio, found.ratio_low, found.ratio_high]).all()
    assert found.slope < 0


@pytest.mark.parametrize(
    ("values", "people", "more", "message"),
    [
        ([1, 2, 3, 4], [1] * 4, {"errors": [1] * 4}, "5 areas"),
        ([1] * 5, [1, 1, 1, 1, 0], {"errors": [1] * 5}, "needs people"),
        ([1] * 5, [1] * 5, {}, "either errors or limits"),
        ([0.1] * 5, [1] * 5, {"errors": [1] * 5, "kind": "rate", "transform": True}, "limits"),
        ([0.1] * 4 + [0], [1] * 5, {"errors": [1] * 5, "kind": "share"}, "not on the scale"),
    ],
)
def test_what_has_no_gradient_is_refused(values, people, more, message):
    with pytest.raises(ValueError, match=message):
        gradient(values, people, **more)
