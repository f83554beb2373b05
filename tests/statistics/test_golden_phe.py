"""Every file of the golden values of PHEindicatormethods; see ../shared/golden/README.md."""

import numpy as np
import pandas as pd
import pytest

from spm.published import DEUTLICH_UEBER, DEUTLICH_UNTER, UEBER, UNTER, WIE
from spm.statistics import funnel, intervals
from spm.statistics.quantiles import quantiles

PRINTED = 1e-9
READ_BY = {
    "byars_wilson.csv",
    "proportion_wilson.csv",
    "proportion_wilson_grouped.csv",
    "rate_byar_exact.csv",
    "rate_byar_exact_grouped.csv",
    "quantiles.csv",
    "funnel_prop_inputs.csv",
    "funnel_prop_outputs.csv",
}


@pytest.fixture
def golden(shared):
    return lambda name: pd.read_csv(shared / "golden" / "phe" / name, encoding="utf-8-sig")


def by_level(table):
    """The complete rows, once per level of confidence."""
    table = table.dropna(subset=["value"])
    if "confidence" in table:
        return [(0.95, table["lowercl"], table["uppercl"], table)]
    endings = {0.95: "95_0cl", 0.998: "99_8cl"}
    return [(c, table[f"lower{e}"], table[f"upper{e}"], table) for c, e in endings.items()]


def close(found, expected, tolerance=PRINTED):
    np.testing.assert_allclose(found, expected, rtol=1e-12, atol=tolerance, equal_nan=True)


def test_no_file_is_forgotten(shared):
    assert {path.name for path in (shared / "golden" / "phe").iterdir()} == READ_BY


@pytest.mark.parametrize("name", ["proportion_wilson.csv", "proportion_wilson_grouped.csv"])
def test_proportions(golden, name):
    for level, low, high, table in by_level(golden(name)):
        found = intervals.wilson(table["Numerator"], table["Denominator"], level)
        close(found[0] * table["multiplier"], low)
        close(found[1] * table["multiplier"], high)


@pytest.mark.parametrize("name", ["rate_byar_exact.csv", "rate_byar_exact_grouped.csv"])
def test_rates(golden, name):
    for level, low, high, table in by_level(golden(name)):
        found = intervals.poisson(table["Numerator"], level)
        scale = table["multiplier"] / table["Denominator"]
        close(found[0] * scale, low)
        close(found[1] * scale, high)


def test_byar_and_wilson_alone(golden):
    for row in golden("byars_wilson.csv").itertuples():
        level = float(row.confidence.strip("%")) / 100
        byar = row.method == "Byars"
        low, high = intervals.byar(row.x, level) if byar else intervals.wilson(row.x, row.n, level)
        close(low, row.lowercl)
        close(high, row.uppercl)


def test_quantiles(golden):
    """Ranked within the groups that ``GroupSet`` names; without one, all rows of that kind."""
    table = golden("quantiles.csv").fillna({"GroupSet": "all"})
    number = {"Quartile": 4, "Septile": 7, "Decile": 10}
    within = {
        "IndSexReg": ["Test", "IndSexRef", "ParentCode"],
        "IndSex": ["Test", "IndSexRef"],
        "all": ["GroupSet"],
    }
    checked = 0
    for (name, grouping), part in table.groupby(["QuantileNm", "GroupSet"]):
        for _, group in part.groupby(within[grouping]):
            polarity = set(group["Polarity"])
            lowest_first = polarity in ({"RAG - High is good"}, {"False"})
            found = quantiles(group["Value"], number[name], highest_first=not lowest_first)
            close(found, group["QuantileInGrp"])
            checked += len(group)
    assert checked == len(table)


@pytest.fixture
def areas(golden):
    table = golden("funnel_prop_inputs.csv")
    return table, table["numerator"].sum() / table["denominator"].sum()


def test_funnel_of_proportions(golden, areas):
    table, average = areas
    outputs = golden("funnel_prop_outputs.csv")
    population = funnel.axis(table["denominator"].min(), table["denominator"].max())
    close(population, outputs["Population"])
    close(average * 100, outputs["Baseline"], 1e-6)
    for level, name in ((funnel.WARNING, "2s0025"), (funnel.ALARM, "3s0001")):
        low, high = funnel.share_limits(population, average, level)
        close(low * 100, outputs[f"Lower{name}limit"], 1e-6)
        close(high * 100, outputs[f"Upper{name}limit"], 1e-6)


def test_funnel_significance(areas):
    table, average = areas
    names = {
        "High (0.001)": DEUTLICH_UEBER,
        "High (0.025)": UEBER,
        "Not significant": WIE,
        "Low (0.025)": UNTER,
        "Low (0.001)": DEUTLICH_UNTER,
    }
    found = funnel.share_class(table["numerator"], table["denominator"], average)
    assert found.tolist() == table["significance"].map(names).tolist()
