"""Rates of the people of the year before: their denominator is a count of that year."""

import json

import pandas as pd
import pytest

from spm.disclosure import protect
from spm.disclosure.inputs.counted import read_terms
from spm.disclosure.inputs.reports import Report
from spm.disclosure.model.told import printed
from tests.disclosure.elsewhere_example import Reader, cases, everything, named, number, report
from tests.statistics.test_indicators import entry

AREAS, YEARS = ["1", "2", "3", "4"], (2021, 2022, 2023)
SMALL = {(y, a): 60 + 7 * i + y % 5 for y in YEARS for i, a in enumerate(AREAS)} | {(2022, "1"): 4}
"""Of area 1 there are four in 2022, and many in all other years."""


def share(**changes):
    """Of every 100 who were there the year before."""
    wanted = {"merkmal": "fall", "jahr": "vorjahr"}
    return entry("k", zaehler={"merkmal": "teil"}, nenner=wanted, art="rate", **changes)


def table(numbers):
    """Cases, and so many parts of them that no numerator is small."""
    parts = {key: 25 for key in numbers}
    return pd.concat([cases(numbers), cases(parts, "teil")], ignore_index=True)


def denominators(frame):
    """Denominators as rows of their own, of the year that the row says it counts."""
    rows = frame[frame["status"].eq("ok") & frame["nenner"].notna()].copy()
    terms = [json.loads(text)["nenner"] for text in rows["zaehlt"]]
    shifts = [term.pop("versatz", 0) for term in terms]
    rows["zaehlt"] = [json.dumps({"zaehler": term}) for term in terms]
    spans = [text.split("-") for text in rows["jahre"]]
    rows["jahre"] = [
        f"{int(span[0]) + shift}-{int(span[-1]) + shift}"
        for span, shift in zip(spans, shifts, strict=True)
    ]
    return rows.assign(zaehler=rows["nenner"])


def interval(frames, year, area):
    """What readers know of the cases of an area, from both columns of all rows."""
    told = [
        f[f["zaehlt"].str.contains('"zaehler": {"merkmal": ["fall"]', regex=False)] for f in frames
    ]
    told += [denominators(frame) for frame in frames]
    reader = Reader([f for f in told if len(f)], YEARS, AREAS)
    return reader.bounds(reader.group([year], [area], range(12)))


def test_a_row_says_that_its_denominator_is_of_the_year_before():
    rows = everything(report(table(SMALL), [share()], years=YEARS, areas=AREAS))
    row = rows[(rows["jahr"] == 2023) & (rows["raum"] == "1")].iloc[0]
    _, terms = read_terms(row.zaehlt)
    assert (row.jahre, row.nenner) == ("2023", 4)
    assert terms["zaehler"].years((2023,)) == (2023,)
    assert terms["nenner"].years((2022, 2023)) == (2021, 2022)


@pytest.mark.slow
@pytest.mark.parametrize("entries", [[share()], [share(), number("n")]])
def test_a_small_denominator_of_the_year_before_cannot_be_derived(entries):
    """The cases of 2022 are printed as such and, below the line, with the rate of 2023."""
    made = protect(report(table(SMALL), entries, years=YEARS, areas=AREAS))
    rows = made.published.set_index(["kennzahl", "jahr", "raum"])["status"]
    assert rows["k", 2023, "1"] == "gesperrt" and rows["k", 2022, "1"] == "ok"
    assert rows["k", 2021, "1"] == "nicht_geliefert"
    low, high = interval([made.published], 2022, "1")
    assert low < 4 < high and high >= 10
    assert made.audit.passed


@pytest.mark.slow
def test_denominators_of_earlier_reports_are_known_as_those_of_the_year_before():
    """12 and 14 stood below the line in 2022 and 2023; 28 in three years would tell the 2."""
    numbers = SMALL | {(y, "1"): n for y, n in zip(YEARS, (12, 14, 2), strict=True)}
    given = {"years": YEARS, "areas": AREAS}
    old = everything(report(table(numbers), [share()], **given))
    pooled = {"pools": {"n": (3, {})}}
    alone = protect(report(table(numbers), [number("n")], **given, **pooled)).published
    assert interval([alone, old], 2023, "1") == (2, 2)
    again = protect(report(table(numbers), [number("n")], **given, **pooled, reports=named(old)))
    low, high = interval([again.published, old], 2023, "1")
    assert low < 2 < high and high >= 10


def test_an_older_report_may_mean_either_year():
    """Its rows do not say what they count, and an older SPM knew no other year."""
    given = report(table(SMALL), [share()], years=YEARS, areas=AREAS)
    plain = given.indicators[given.indicators["jahr"].eq(2023)]
    told = [t for t in printed(Report("alt", plain), given, ()) if t.role == "nenner"]
    assert {w.years for w in told[0].windows[:2]} == {(2022,), (2023,)}
