"""German numbers, classes and axes."""

from datetime import date

import numpy as np
import pytest

from spm.presentation.figures.classes import breaks, class_of, labels
from spm.presentation.figures.scale import Scale
from spm.text.numbers import (
    date_in_words,
    format_interval,
    format_number,
    format_value,
    format_years,
    join_words,
    number_word,
    round_half_away,
)


def test_numbers_are_german():
    assert format_number(1234) == "1.234"
    assert format_number(1234567.891, 2) == "1.234.567,89"
    assert format_value(15.661, "%", 2) == "15,66\u00a0%"
    assert format_value(23.45, "je 1.000", 1) == "23,5\u00a0je\u00a01.000"
    assert format_value(7, "", 0) == "7"


def test_rounding_is_commercial_and_knows_no_minus_zero():
    assert [format_number(x) for x in (0.5, 1.5, 2.5, -2.5)] == ["1", "2", "3", "−3"]
    assert format_number(2.675, 2) == "2,68"  # although the float lies below
    assert format_number(-0.04, 1) == "0,0"
    assert str(round_half_away(-0.04, 1)) == "0.0"


def test_changes_carry_a_sign():
    assert format_value(3.2, "%", 1, signed=True) == "+3,2\u00a0%"
    assert format_value(-3.2, "%", 1, signed=True) == "−3,2\u00a0%"
    assert format_value(0.0, "%", 1, signed=True) == "0,0\u00a0%"


def test_intervals():
    assert format_interval(14.7, 16.6, "%", 1) == "14,7–16,6\u00a0%"
    assert format_interval(-2.1, 3.4, "%", 1) == "−2,1 bis\u00a03,4\u00a0%"
    assert format_interval(1, 3.4, "%", 1, signed=True) == "+1,0 bis\u00a0+3,4\u00a0%"


def test_words():
    assert join_words([]) == ""
    assert join_words(["A"]) == "A"
    assert join_words(["A", "B", "C"]) == "A, B und C"
    assert [number_word(n) for n in (0, 1, 7, 12, 13)] == ["null", "eins", "sieben", "zwölf", "13"]
    assert format_years([2018, 2019, 2020, 2022, 2023]) == "2018–2020, 2022 und 2023"
    assert date_in_words(date(2024, 9, 30)) == "30. September 2024"


GOLDEN = [16.64, 7.19, 5.92, 27.85, 8.37, 5.48, 11.88]


def test_class_limits_are_round_and_no_class_is_empty():
    limits = breaks(GOLDEN, 2)
    assert limits == (10, 15, 20)
    assert [class_of(v, limits, 2) for v in GOLDEN] == [2, 0, 0, 3, 0, 0, 1]
    assert labels(limits, "%")[1] == "10 bis unter 15\u00a0%"


@pytest.mark.parametrize("seed", range(20))
@pytest.mark.parametrize("n", [1, 2, 3, 7, 13, 86])
def test_any_values_give_few_full_classes(n, seed):
    values = np.random.default_rng(seed).gamma(2, 5, n).round(1)
    limits = breaks(values, 1)
    assert len(limits) <= 4
    assert list(limits) == sorted(set(limits))
    assert {class_of(v, limits, 1) for v in values} == set(range(len(limits) + 1))


@pytest.mark.parametrize("seed", range(20))
def test_zero_separates_growth_from_decline(seed):
    values = np.random.default_rng(seed).normal(0, 5, 40)
    limits = breaks(values, 1)
    assert 0.0 in limits
    assert len(limits) <= 4
    assert {class_of(v, limits, 1) for v in values} == set(range(len(limits) + 1))


def test_equal_values_are_one_class():
    assert breaks([5.0, 5.0, 5.04], 1) == ()
    assert breaks([], 1) == ()


def test_a_value_is_in_the_class_that_its_printed_form_names():
    assert class_of(5.996, (6.0,), 2) == 1  # printed as 6,00


def test_scale_holds_zero_and_all_values():
    scale = Scale([3.0, 27.85], 100, 400)
    assert scale.labels()[0] == (100, "0")
    assert 100 <= scale(27.85) <= 400
    assert Scale([], 0, 1).low == 0
    below = Scale([-4.0, 2.0], 0, 60)
    assert below.low <= -4 and 0.0 in below.ticks
    assert below.labels(signed=True)[-1][1] == "+2"


def test_a_scale_may_leave_out_zero_where_values_lie_close_together():
    close = Scale([16.5, 19.6], 100, 0, zero=False)
    assert close.low == 16 == close.base and close.note() == " (Achse beginnt bei 16)"
    for values in ([5.0, 19.6], [16.5, 16.5], [-1.0, 1.0], []):
        wide = Scale(values, 100, 0, zero=False)
        assert wide.base == 0 and wide.low <= 0 <= wide.high and wide.note() == ""
