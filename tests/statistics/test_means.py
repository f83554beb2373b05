"""Means have an interval where it is known how much the units differ, and only there."""

import numpy as np
import pandas as pd
import pytest
from scipy.stats import t, ttest_ind

from spm.statistics.comparison import compare
from spm.statistics.means import mean_limits
from spm.statistics.statements import add_statements
from tests.statistics.test_indicators import entry

AREAS = {
    "1": (400, 300, 150, 100, 50),
    "2": (900, 700, 250, 200, 60),
    "3": (800, 650, 240, 180, 55),
}
"""Households of one, two, three, four and five persons."""

SIZES = {f"h{size}": size for size in range(1, 6)}


def mean(**changes):
    return entry("k", art="mittelwert", faktor=1, verteilung=SIZES, **changes)


def table(areas, persons=None):
    """Published rows: of every area and the municipality the persons, and households by size."""
    every = areas | {"gesamt": tuple(np.sum(list(areas.values()), axis=0))}
    rows = []
    for raum, numbers in every.items():
        people = sum(size * n for size, n in zip(SIZES.values(), numbers, strict=True))
        people = (persons or {}).get(raum, people)
        rows.append(("k", raum, people, sum(numbers)))
        rows += [(key, raum, n, sum(numbers)) for key, n in zip(SIZES, numbers, strict=True)]
    frame = pd.DataFrame(rows, columns=["kennzahl", "raum", "zaehler", "nenner"])
    frame = frame.astype({"zaehler": float, "nenner": float})
    return frame.assign(
        jahr=2023,
        gruppe=pd.Series([None] * len(frame), dtype=object),
        wert=frame["zaehler"] / frame["nenner"],
        ki_unten=np.nan,
        ki_oben=np.nan,
        status="ok",
    )


def households(numbers):
    """Every household with its size."""
    return np.repeat(list(SIZES.values()), numbers)


def catalogue():
    return {"k": mean()} | {key: entry(key) for key in SIZES}


def test_interval_and_comparison_are_those_of_all_households_one_by_one():
    rows = table(AREAS)
    low, high = mean_limits(rows, catalogue())
    one = households(AREAS["1"])
    rest = np.concatenate([households(AREAS[a]) for a in ("2", "3")])
    expected = t.interval(0.95, len(one) - 1, one.mean(), one.std(ddof=1) / np.sqrt(len(one)))
    at = rows.index[(rows["kennzahl"] == "k") & (rows["raum"] == "1")][0]
    assert (low[at], high[at]) == pytest.approx(expected, rel=1e-12)
    told = compare(rows, catalogue()).loc[at]
    assert told.p == pytest.approx(ttest_ind(one, rest, equal_var=False).pvalue, rel=1e-9)
    assert told.klasse == "ueber" and told.grund is None
    assert np.isnan(low[rows["kennzahl"] != "k"]).all()


def test_persons_as_if_they_were_counted_one_by_one_would_be_far_less_exact():
    """What the interval was before: twice as wide as the one that follows from the sizes."""
    rows = add_statements(table(AREAS), catalogue())
    row = rows[(rows["kennzahl"] == "k") & (rows["raum"] == "2")].iloc[0]
    before = 1.96 * row.wert * np.sqrt(1 / row.zaehler + 1 / row.nenner)
    assert 2 < before / ((row.ki_oben - row.ki_unten) / 2) < 3


def test_larger_households_widen_the_interval():
    more = {"1": 2_200 + 30}  # the 50 largest have 5.6 persons on average
    plain, wide = (mean_limits(rows, catalogue()) for rows in (table(AREAS), table(AREAS, more)))
    at = 0
    assert wide[1][at] - wide[0][at] > plain[1][at] - plain[0][at]


@pytest.mark.parametrize("spoil", ["gesperrt", "anders", "unmöglich"])
def test_without_the_whole_distribution_there_is_neither(spoil):
    rows = table(AREAS, {"1": 2_000} if spoil == "unmöglich" else None)
    at = (rows["kennzahl"] == "h3") & (rows["raum"] == "1")
    if spoil == "gesperrt":
        rows = rows[~at].reset_index(drop=True)
    if spoil == "anders":
        rows.loc[at, "zaehler"] += 1
    shown = add_statements(rows, catalogue())
    row = shown[(shown["kennzahl"] == "k") & (shown["raum"] == "1")].iloc[0]
    assert np.isnan(row.ki_unten) and row.klasse is None
    other = shown[(shown["kennzahl"] == "k") & (shown["raum"] == "2")].iloc[0]
    assert not np.isnan(other.ki_unten)


def test_a_mean_without_a_distribution_is_not_compared():
    bare = {"k": entry("k", art="mittelwert", faktor=1)}
    rows = table(AREAS)
    assert np.isnan(mean_limits(rows, bare)[0]).all()
    told = compare(rows[rows["kennzahl"] == "k"], bare)
    assert told["klasse"].isna().all()
    assert set(told["grund"]) == {"ist_gesamt", "ohne_test"}
