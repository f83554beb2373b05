"""Standardised rates against published examples and hand-made ones."""

import numpy as np
import pytest

from spm.statistics import intervals, standardisation

# Fleiss (1981), table 14.4: Down's syndrome by age of the mother, Michigan 1950-1964, fifth child
# or later; the births of all orders as standard. Rate per 100,000 from the vignette "dsrTest -
# examples" (dsrTest 1.0.0).
CASES = [0, 8, 63, 112, 262, 295]
BIRTHS = [327, 30666, 123419, 149919, 104088, 34392]
ALL_BIRTHS = [319933, 931318, 786511, 488235, 237863, 61313]


def test_direct_rate_of_the_published_example():
    found = standardisation.direct(CASES, BIRTHS, ALL_BIRTHS, 1e5)
    assert found.value == pytest.approx(75.52901, abs=5e-6)
    assert found.reason.item() is None


def test_dobson_limits_step_by_step():
    """The formula of the Fingertips technical guide, written out."""
    x, n, w = (np.array(values, float) for values in (CASES, BIRTHS, ALL_BIRTHS))
    rate, variance = np.sum(w * x / n) / w.sum(), np.sum(w**2 * x / n**2) / w.sum() ** 2
    low, high = intervals.byar(x.sum())
    found = standardisation.direct(CASES, BIRTHS, ALL_BIRTHS)
    stretch = np.sqrt(variance / x.sum())
    assert found.low == pytest.approx(rate + stretch * (low - x.sum()), rel=1e-12)
    assert found.high == pytest.approx(rate + stretch * (high - x.sum()), rel=1e-12)


def test_with_its_own_ages_as_standard_nothing_changes():
    found = standardisation.direct(CASES, BIRTHS, BIRTHS)
    total, born = sum(CASES), sum(BIRTHS)
    low, high = intervals.poisson([total])
    assert found.value == pytest.approx(total / born)
    assert [found.low, found.high] == pytest.approx([low[0] / born, high[0] / born])


def test_several_areas_at_once():
    both = standardisation.direct([CASES, CASES], [BIRTHS, ALL_BIRTHS], ALL_BIRTHS, 1e5)
    assert both.value.shape == (2,)
    assert both.value[1] == pytest.approx(1e5 * sum(CASES) / sum(ALL_BIRTHS))


def test_few_events_have_exact_limits_and_a_warning():
    found = standardisation.direct([2, 3], [100, 100], [1, 1])
    low, high = intervals.exact(5)
    assert [found.low, found.high] == pytest.approx([low / 200, high / 200])
    assert found.reason.item() == standardisation.ZU_WENIGE


@pytest.mark.filterwarnings("error")
@pytest.mark.parametrize(
    "events, population, standard, reason",
    [
        ([1, 0], [50, 0], [1, 1], standardisation.KEINE_BEVOELKERUNG),
        ([1, np.nan], [50, 50], [1, 1], standardisation.FEHLENDE_ZAHL),
        ([1, 2], [50, 50], [0, 0], standardisation.KEINE_BEVOELKERUNG),
        ([], [], [], standardisation.KEINE_BEVOELKERUNG),
    ],
)
def test_what_cannot_be_computed_says_why(events, population, standard, reason):
    found = standardisation.direct(events, population, standard)
    assert np.isnan([found.value, found.low, found.high]).all()
    assert found.reason.item() == reason in standardisation.REASONS


def test_ratio_of_the_published_example():
    """100 observed, 90 expected: documentation of the Ruby gem byar (with z = 1.96)."""
    found = standardisation.indirect_ratio([100], [90])
    assert found.value[0] == pytest.approx(10 / 9)
    assert found.low[0] == pytest.approx(0.9040199067337297, abs=1e-5)
    assert found.high[0] == pytest.approx(1.3514260807978444, abs=1e-5)


def test_indirect_rate_by_hand():
    """Reference: 10 of 1,000 young, 90 of 1,000 old; the area: 200 young, 100 old, 22 events."""
    expected = standardisation.expected_events([[200, 100]], [10, 90], [1000, 1000])
    assert expected.tolist() == [2 + 9]
    found = standardisation.indirect_rate([22], [[200, 100]], [10, 90], [1000, 1000], 1000)
    assert found.value[0] == pytest.approx(2 * 50)  # twice the crude 50 per 1,000
    low, high = intervals.byar(22)
    assert [found.low[0], found.high[0]] == pytest.approx([low / 11 * 50, high / 11 * 50])


@pytest.mark.filterwarnings("error")
def test_ratios_without_expectation():
    found = standardisation.indirect_ratio([3, 3, np.nan], [0, np.nan, 5])
    assert np.isnan(found.value).all() and np.isnan(found.high).all()
    assert found.reason.tolist() == [
        standardisation.KEINE_ERWARTUNG,
        standardisation.FEHLENDE_ZAHL,
        standardisation.FEHLENDE_ZAHL,
    ]
    missing = standardisation.expected_events([[10, 0], [10, 5]], [1, 4], [100, 0])
    assert missing[0] == 0.1 and np.isnan(missing[1])  # nobody of that age lives in the first
