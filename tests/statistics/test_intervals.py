"""Intervals against values that others computed, and against hand-made ones."""

import numpy as np
import pandas as pd
import pytest

from spm.statistics import intervals


def read_golden(shared, name):
    """The complete rows of a golden table, once per confidence level it has limits for."""
    golden = pd.read_csv(shared / "golden" / "phe" / name).dropna(subset=["value"])
    if "confidence" in golden:
        assert set(golden["confidence"]) == {"95%"}
        return [(0.95, golden.rename(columns={"lowercl": "low", "uppercl": "high"}))]
    limits = {0.95: "95_0cl", 0.998: "99_8cl"}
    return [
        (level, golden.rename(columns={f"lower{ending}": "low", f"upper{ending}": "high"}))
        for level, ending in limits.items()
    ]


@pytest.mark.parametrize("name", ["proportion_wilson.csv", "proportion_wilson_grouped.csv"])
def test_wilson_equals_golden_values(shared, name):
    for level, golden in read_golden(shared, name):
        low, high = intervals.wilson(golden["Numerator"], golden["Denominator"], level)
        np.testing.assert_allclose(low * golden["multiplier"], golden["low"], rtol=0, atol=1e-9)
        np.testing.assert_allclose(high * golden["multiplier"], golden["high"], rtol=0, atol=1e-9)


@pytest.mark.parametrize("name", ["rate_byar_exact.csv", "rate_byar_exact_grouped.csv"])
def test_byar_and_exact_equal_golden_values(shared, name):
    for level, golden in read_golden(shared, name):
        low, high = intervals.poisson(golden["Numerator"], level)
        scale = golden["multiplier"] / golden["Denominator"]
        np.testing.assert_allclose(low * scale, golden["low"], rtol=1e-12, atol=1e-9)
        np.testing.assert_allclose(high * scale, golden["high"], rtol=1e-12, atol=1e-9)


def test_both_methods_on_the_mixed_golden_table(shared):
    golden = pd.read_csv(shared / "golden" / "phe" / "byars_wilson.csv")
    for row in golden.itertuples():
        level = float(row.confidence.strip("%")) / 100
        if row.method == "Byars":
            low, high = intervals.byar(row.x, level)
        else:
            low, high = intervals.wilson(row.x, row.n, level)
        assert float(low) == pytest.approx(row.lowercl, abs=1e-9, nan_ok=True)
        assert float(high) == pytest.approx(row.uppercl, abs=1e-9)


def test_no_events_have_a_lower_limit_of_zero():
    low, high = intervals.poisson([0])
    assert low[0] == 0
    assert high[0] == pytest.approx(3.688879, abs=1e-6)  # -ln(0.025)


def test_exact_limits_end_at_ten_events():
    mixed, _ = intervals.poisson([9, 10])
    assert mixed[0] == intervals.exact([9])[0][0] == pytest.approx(4.115373, abs=1e-6)
    assert mixed[1] == intervals.byar([10])[0][0] != intervals.exact([10])[0][0]


def test_ratio_of_equal_counts_is_symmetric_around_one():
    low, high = intervals.ratio([50], [50])
    assert low[0] * high[0] == pytest.approx(1)
    assert low[0] < 1 < high[0]
