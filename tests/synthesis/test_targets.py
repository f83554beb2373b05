"""Targets: attainment, the path, and what a value with its interval says of them."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from statsmodels.stats.proportion import proportion_confint

from spm.synthesis.targets import (
    AUF_KURS,
    ERREICHT,
    HINTER_PLAN,
    OFFEN,
    Line,
    attainment,
    course,
    path,
    shares,
)

DOWN = Line(base=20.0, base_year=2018, goal=15.0, goal_year=2028)
UP = Line(base=30.0, base_year=2018, goal=40.0, goal_year=2028)


def test_half_of_the_way_after_half_of_the_time() -> None:
    assert path(DOWN, 2023) == pytest.approx(17.5)
    assert attainment(DOWN, 17.5) == pytest.approx(0.5)
    assert attainment(DOWN, 21.0) == pytest.approx(-0.2)
    assert path(DOWN, 2030) == 15.0 and path(DOWN, 2017) == 20.0


@pytest.mark.parametrize(
    ("interval", "said"),
    [
        ((16.9, 18.1), OFFEN),  # holds the path, 17.5
        ((15.5, 17.4), AUF_KURS),
        ((17.6, 19.0), HINTER_PLAN),
        ((13.0, 15.0), ERREICHT),
        ((14.0, 17.0), AUF_KURS),  # holds the target: better than the path is all that can be told
        ((14.0, 18.0), OFFEN),
    ],
)
def test_all_of_the_interval_must_say_so(interval: tuple[float, float], said: str) -> None:
    assert course(DOWN, sum(interval) / 2, 2023, interval) == said
    mirrored = (70 - interval[1] * 2, 70 - interval[0] * 2)  # 20 -> 30, 15 -> 40
    assert course(UP, sum(mirrored) / 2, 2023, mirrored) == said


def test_a_value_without_chance_is_compared_as_it_is_printed() -> None:
    assert course(UP, 35.04, 2023, None, 0.1) == AUF_KURS
    assert course(UP, 34.96, 2023, None, 0.1) == AUF_KURS  # printed 35,0, like the path
    assert course(UP, 34.94, 2023, None, 0.1) == HINTER_PLAN
    assert course(UP, 39.96, 2023, None, 0.1) == ERREICHT


@given(
    st.floats(-100, 100), st.floats(0.5, 50), st.floats(-150, 150), st.integers(2018, 2030),
    st.floats(0.1, 10), st.floats(0.5, 3), st.sampled_from([-1, 1]),
)  # fmt: skip
def test_units_and_direction_change_nothing(base, way, value, year, half, scale, sign) -> None:
    line = Line(base, 2018, base + way, 2028)
    interval = (value - half, value + half)
    far = min(abs(edge - at) for edge in interval for at in (line.goal, path(line, year)))
    if far < 1e-6:  # on the edge, rounding decides
        return
    moved = [sign * scale * x for x in (base, base + way, value, *interval)]
    turned = Line(moved[0], 2018, moved[1], 2028)
    assert attainment(turned, moved[2]) == pytest.approx(attainment(line, value), abs=1e-6)
    assert course(turned, moved[2], year, (min(moved[3:]), max(moved[3:]))) == course(
        line, value, year, interval
    )


def test_on_the_path_chance_alone_claims_little() -> None:
    """A true share that is just on the path: at most one report in twenty says otherwise."""
    rng = np.random.default_rng(19)
    counts = rng.binomial(400, path(DOWN, 2023) / 100, 4000)
    lows, highs = proportion_confint(counts, 400, method="wilson")
    found = [
        course(DOWN, 100 * k / 400, 2023, (100 * low, 100 * high))
        for k, low, high in zip(counts, lows, highs, strict=True)
    ]
    assert sum(state != OFFEN for state in found) / len(found) < 0.06


def test_measures_as_the_kekiz_network_counted_them() -> None:
    """275 measures, 63 % fully and 20 % partly done, 83 % together (golden/README.md)."""
    done, partly = 173, 55
    states = ["umgesetzt"] * done + ["teilweise"] * partly + ["offen"] * (275 - done - partly)
    found = shares(states, ("umgesetzt", "teilweise", "offen"))
    assert [round(100 * share) for _, share in found.values()] == [63, 20, 17]
    assert round(100 * (found["umgesetzt"][1] + found["teilweise"][1])) == 83
    assert shares([], ("umgesetzt",)) == {}
