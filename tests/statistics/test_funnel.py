"""Control limits against published ones; shares are in test_golden_phe.py."""

import numpy as np
import pytest

from spm.statistics import funnel, intervals

# PHEindicatormethods, tests/testthat/testdata_funnel_ratio_outputs.csv: observed events; expected
# events at the lower 95 %, upper 95 %, lower 99.8 % and upper 99.8 % limit.
RATIOS = [
    (1, 5.571644585, 0.025317898, 9.233410143, 0.001000547),
    (9, 17.08479966, 4.11537405, 22.65737951, 2.452425215),
    (151, 177.0968366, 127.8762368, 192.964063, 115.8558441),
    (716, 770.4222128, 664.5083011, 802.60414, 636.1521174),
]
# Same place, testdata_funnel_rate_outputs.csv, rates per 100,000 of three years, pooled rate
# 116.1720835: events; yearly population and limit for each of the same four.
RATES = [
    (1, 1598.675694, 20.85059119, 7.264481402, 4588.535848, 2649.348525, 12.58170943),
    (10, 5276.757672, 63.17010446, 1375.943768, 242.2579623, 6924.776769, 48.13632908),
    (1360, 411529.9259, 110.158048, 369759.5622, 122.6021934, 424043.2424, 106.9073359),
]
# Same place, testdata_funnel_ratio_inputs.csv and testdata_funnel_rate_dsr_inputs.csv (crude, per
# 100,000, with the area that has no event; the pooled rate is that of all 40 areas).
POOLED_RATE = 668.50893


@pytest.mark.parametrize("events, lower2, upper2, lower3, upper3", RATIOS)
def test_ratios_equal_published_values(events, lower2, upper2, lower3, upper3):
    for level, at_lower, at_upper in ((0.95, lower2, upper2), (0.998, lower3, upper3)):
        low, high = funnel.expectations([events], level)
        assert high[0] == pytest.approx(at_lower, rel=2e-9)
        assert low[0] == pytest.approx(at_upper, abs=5e-8 if events > 50 else 6e-10)
        limits = funnel.ratio_limits([events], level)
        assert limits[0][0] == pytest.approx(events / at_lower, rel=2e-9)
        assert limits[1][0] == pytest.approx(
            events / at_upper, rel=6e-7
        )  # nine decimals of a thousandth


@pytest.mark.parametrize("events, low_n, low, high_n, high, outer_n, outer", RATES)
def test_rates_equal_published_values(events, low_n, low, high_n, high, outer_n, outer):
    average = 116.1720835
    limits = funnel.rate_limits([events], average)
    assert [limits[0][0], limits[1][0]] == pytest.approx([low, high], rel=2e-9)
    small, large = funnel.rate_populations([events], average / 1e5, years=3)
    assert [large[0], small[0]] == pytest.approx([low_n, high_n], rel=2e-9)
    assert funnel.rate_limits([events], average, 0.998)[0][0] == pytest.approx(outer, rel=2e-9)
    assert funnel.rate_populations([events], average / 1e5, 0.998, 3)[1][0] == pytest.approx(
        outer_n
    )


def test_the_search_finds_the_exact_poisson_limits():
    events = np.array([1.0, 4, 9, 30, 400])
    for found, exact in zip(funnel.expectations(events), intervals.exact(events), strict=True):
        assert (abs(found - exact) < 2e-6 * (events + 1)).all()


def test_classes_of_ratios_and_rates():
    # 8 of 6.24 expected: PHE "Not significant"; 151 of 106.44 "High (0.001)"; none of 240.63
    # "Low (0.001)".
    expected = [6.239860227, 106.4429719, 240.6273499]
    found = funnel.ratio_class([8, 151, 0], expected)
    assert found.tolist() == ["wie", "deutlich_ueber", "deutlich_unter"]
    # Crude rates: 2083 of 297424 "High (0.025)", 2111 of 307381 and 1912 of 289859 within.
    rates = funnel.ratio_class([2083, 2111, 1912], [297424, 307381, 289859], POOLED_RATE / 1e5)
    assert rates.tolist() == ["ueber", "wie", "wie"]


def test_a_share_on_the_limit_is_within():
    low, high = funnel.share_limits([400], 0.5)
    assert [low[0], high[0]] == pytest.approx([0.451, 0.549], abs=1e-4)
    assert funnel.share_class([180, 181, 220], [400] * 3, 0.5).tolist() == ["unter", "wie", "ueber"]


def test_nothing_comes_of_nothing():
    with np.errstate(all="raise"):
        assert np.isnan(funnel.share_limits([0, np.nan], 0.5)).all()
        assert np.isnan(funnel.ratio_limits([0])).all()
        assert funnel.share_class([0], [0], 0.5).tolist() == [None]
        assert funnel.ratio_class([3, np.nan], [0, 5]).tolist() == [None, None]


def test_axis_starts_at_one_only_for_very_unequal_areas():
    assert funnel.axis(100, 250)[0] == 1
    assert funnel.axis(11000, 21000)[0] == 10000
    assert funnel.axis(11000, 21000)[-1] == 23000
