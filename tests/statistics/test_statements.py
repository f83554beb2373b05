"""Statements depend on published numbers only, so that they give nothing away."""

import numpy as np
import pandas as pd
import pytest

from spm.statistics.statements import add_statements
from tests.statistics.statistics_example import entry, one_year, published, series

CATALOGUE = {"k": entry(), "r": entry("rate", key="r"), "n": entry("anzahl", key="n")}


@pytest.fixture
def table():
    counts = [(300, 1000), (100, 1000), (None, None), (210, 1000)]
    return published(
        [
            *one_year(counts, total=(800, 4000)),
            *one_year(counts, jahr=2022, total=(None, None)),
            *one_year([(40, 500), (20, 500)], "r"),
            *one_year([(40, 1)], "n"),
            ("k", 2023, "gesamt", "Kita", 9, None, 20),
            *series([(50, 500)] * 3, "r", "9", last=2021),
        ]
    )


def test_columns_and_values(table):
    found = add_statements(table, CATALOGUE)
    assert list(found.columns)[-4:] == ["ki_oben", "geglaettet", "klasse", "status"]
    assert found["klasse"][:5].tolist() == ["deutlich_ueber", "deutlich_unter", None, "wie", None]
    assert 20 < found["geglaettet"][0] < 30
    gone = found["status"].ne("ok")
    assert gone.any() and found.loc[gone, ["geglaettet", "klasse"]].isna().all(axis=None)


def test_without_the_municipality_there_is_no_statement(table):
    found = add_statements(table, CATALOGUE)
    silent = found["jahr"].eq(2022)
    assert found.loc[silent, ["geglaettet", "klasse"]].isna().all(axis=None)


def test_twice_is_once(table):
    once = add_statements(table, CATALOGUE)
    pd.testing.assert_frame_equal(add_statements(once, CATALOGUE), once)


def test_suppressed_rows_change_nothing(table):
    """Neither true counts left behind in them by mistake, nor their absence."""
    clean = add_statements(table, CATALOGUE)
    shown = table["status"].eq("ok")
    leaky = table.copy()
    leaky.loc[~shown, ["zaehler", "nenner", "wert"]] = [7.0, 9.0, 70.0]
    pd.testing.assert_frame_equal(add_statements(leaky, CATALOGUE)[shown], clean[shown])
    assert add_statements(leaky, CATALOGUE).loc[~shown, "klasse"].isna().all()
    without = add_statements(table[shown], CATALOGUE)
    pd.testing.assert_frame_equal(without, clean[shown])


def test_order_of_rows_does_not_matter(table):
    mixed = table.sample(frac=1, random_state=3)
    found = add_statements(mixed, CATALOGUE).sort_index()
    pd.testing.assert_frame_equal(found, add_statements(table, CATALOGUE))


def test_the_table_itself_stays_as_it_is(table):
    before = table.copy()
    add_statements(table, CATALOGUE)
    pd.testing.assert_frame_equal(table, before)


@pytest.mark.filterwarnings("error")
def test_an_empty_table():
    found = add_statements(published([]), CATALOGUE)
    assert found.empty and "klasse" in found and found["geglaettet"].dtype == np.float64
