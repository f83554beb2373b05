"""The 95 % intervals hold the true value about 95 times in 100."""

import runpy

import pytest

from tests.conftest import ROOT

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def table():
    return runpy.run_path(str(ROOT / "benchmarks" / "coverage.py"))["coverage"](20_000)


@pytest.mark.slow
@pytest.mark.parametrize("method", ["Wilson", "Byar/exakt"])
def test_mean_coverage_is_what_is_promised(table, method):
    assert len(table) == 35
    assert 0.94 <= table[method].mean() <= 0.965
    assert table[method].max() <= 0.99


def test_no_cell_is_far_below(table):
    """Wilson falls to 92 % where a single case is expected (0.5 % of 200), from 5 cases on not."""
    assert table["Byar/exakt"].min() >= 0.945
    assert table["Wilson"].min() >= 0.915
    enough = table["nenner"] * table["wert"] >= 5
    assert table.loc[enough, "Wilson"].min() >= 0.94


def test_byar_is_as_good_as_the_exact_limits(table):
    assert (table["Byar/exakt"] - table["exakt"]).abs().max() < 0.002
