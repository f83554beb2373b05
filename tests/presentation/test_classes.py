"""Classes of a map: few, round, none empty, equal values together."""

from decimal import Decimal

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from spm.presentation.figures.classes import FEW, MAX_CLASSES, _natural, breaks, class_of, labels
from spm.presentation.figures.scale import decimals
from spm.text.numbers import round_half_away

often = settings(max_examples=150, deadline=None)


@st.composite
def values(draw, lowest=0.0, most=90):
    """Values as they occur, spread or with ties, and the decimals they are printed with."""
    size = draw(st.sampled_from([1.0, 10.0, 100.0, 30_000.0]))
    number = st.floats(lowest * size, size, allow_nan=False, width=32)
    found = draw(st.lists(number, min_size=1, max_size=most))
    if draw(st.booleans()):
        found += draw(st.lists(st.sampled_from(found), max_size=most // 2))
    return found, draw(st.integers(0, 2)) if size < 1000 else 0


@pytest.mark.slow
@often
@given(values(), st.booleans())
def test_classes_are_few_and_none_is_empty(given_values, _):
    found, places = given_values
    limits = breaks(found, places)
    assert len(limits) < MAX_CLASSES and list(limits) == sorted(set(limits))
    used = {class_of(v, limits, places) for v in found}
    assert used == set(range(len(limits) + 1))


@pytest.mark.slow
@often
@given(values(lowest=-1.0))
def test_values_that_print_alike_are_in_one_class_and_order_is_kept(given_values):
    found, places = given_values
    limits = breaks(found, places)
    classes = {}
    for v in sorted(found):
        classes.setdefault(round_half_away(v, places), set()).add(class_of(v, limits, places))
    assert all(len(one) == 1 for one in classes.values())
    in_order = [one.pop() for one in classes.values()]
    assert in_order == sorted(in_order)


@pytest.mark.slow
@often
@given(values(lowest=-1.0))
def test_limits_are_numbers_that_the_map_can_print(given_values):
    found, places = given_values
    limits = breaks(found, places)
    assert all(decimals(limit) <= places for limit in limits)
    written = labels(limits, "%")
    assert len(written) == (len(limits) + 1 if limits else 0)
    assert len(set(written)) == len(written)


@pytest.mark.slow
@often
@given(values(lowest=-1.0))
def test_no_class_holds_losses_and_growth(given_values):
    found, places = given_values
    shown = [float(round_half_away(v, places)) for v in found]
    assume(min(shown) < 0 < max(shown))
    limits = breaks(found, places)
    assert 0.0 in limits
    below = {class_of(v, limits, places) for v in shown if v < 0}
    assert not below & {class_of(v, limits, places) for v in shown if v >= 0}


def digits(limit):
    return len(Decimal(repr(limit)).normalize().as_tuple().digits)


def test_limits_are_round_where_values_leave_room():
    few = [3.17, 4.9, 7.33, 12.81, 18.4, 27.85, 28.02]
    assert len(few) <= FEW
    assert all(digits(limit) <= 2 for limit in breaks(few, 2))
    many = [round(2 + 0.37 * i + (i % 7) * 0.11, 2) for i in range(86)]
    limits = breaks(many, 2)
    assert len(limits) == MAX_CLASSES - 1 and all(digits(limit) <= 2 for limit in limits)


@pytest.mark.parametrize(("found", "most"), [([1.0], 0), ([1.0, 1.0], 0), ([1.0, 2.0], 1)])
def test_no_more_classes_than_different_values(found, most):
    assert len(breaks(found, 1)) == most


@pytest.mark.filterwarnings("ignore:Numba not installed")
@often
@given(values(most=40), st.integers(2, MAX_CLASSES))
def test_natural_classes_are_as_good_as_those_of_mapclassify(given_values, k):
    """The same library that geographers use; of equally good divisions it may choose another."""
    from mapclassify import FisherJenks

    found, places = given_values
    shown = sorted(float(round_half_away(v, places)) for v in found)
    assume(len(set(shown)) > k)
    theirs = [float(b) for b in FisherJenks(shown, k=k).bins[:-1]]
    ours = [highest for highest, _ in _natural(shown, k)]
    assert len(ours) == k - 1
    assert _within(shown, ours) <= _within(shown, theirs) + 1e-9 * _within(shown, [])


def _within(shown, highest):
    """Sum of squares around the means of classes that end with these values."""
    classes = [
        [v for v in shown if sum(v > h for h in highest) == c] for c in range(len(highest) + 1)
    ]
    return sum(sum((v - sum(one) / len(one)) ** 2 for v in one) for one in classes if one)
