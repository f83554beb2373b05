"""Exact numbers of an earlier report beside rounded ones of today's: what the earlier one printed
stays known, and roundings may not tell more of a small number than rounding itself does."""

from itertools import product

import pytest

from spm.disclosure import Rules, protect
from tests.disclosure.elsewhere_example import cases, named, number, printing, report
from tests.disclosure.test_primary import rule

AREAS = ["1", "2", "3"]
BASE = 5


def rounded(n):
    return (n + BASE // 2) // BASE * BASE


def both(before, now, *, span, threshold=1):
    """The last report printed the first year exactly; today's rounds, over ``span`` years."""
    table = cases({(2021, a): n for a, n in zip(AREAS, before, strict=True)})
    first = printing(report(table, [number("k")], years=[2021], areas=AREAS))
    years = {(2021, a): n for a, n in zip(AREAS, before, strict=True)}
    years |= {(2022, a): n for a, n in zip(AREAS, now, strict=True)}
    table = cases(years)
    given = report(
        table,
        [number("k")],
        years=[2021, 2022],
        areas=AREAS,
        pools={"k": (span, {})},
        rules=Rules(table, {"amt": rule(threshold, rundung=BASE)}),
        reports=named(first),
    )
    rows = protect(given).published
    rows = rows[rows["jahr"].eq(2022) & rows["status"].eq("ok")]
    return dict(zip(rows["raum"], rows["zaehler"], strict=True))


def possible(before, printed, span):
    """All numbers of 2022 that agree with what is printed, by brute force."""
    known = before if span == 2 else (0,) * len(before)
    found = []
    for numbers in product(range(31), repeat=len(AREAS)):
        windows = [a + b for a, b in zip(known, numbers, strict=True)]
        seen = {**dict(zip(AREAS, windows, strict=True)), "gesamt": sum(windows)}
        if all(rounded(seen[place]) == n for place, n in printed.items()):
            found.append(numbers)
    return found


@pytest.mark.parametrize("span", [1, 2])
@pytest.mark.parametrize(
    ("before", "now"),
    [
        ((12, 14, 40), (2, 13, 20)),  # 12 + 2 is printed 15, so at least 13: not nobody
        ((13, 14, 41), (4, 11, 1)),  # 13 + 4 is printed 15, so at most 17
        ((20, 31, 12), (1, 1, 25)),
        ((11, 12, 13), (2, 2, 2)),
    ],
)
def test_roundings_beside_exact_numbers_tell_no_more_than_rounding(before, now, span):
    printed = both(before, now, span=span)
    assert printed, "something is left to print"
    tables = possible(before, printed, span)
    assert now in tables
    for i, n in enumerate(now):
        if n < BASE:
            wanted = {m for m in range(BASE) if rounded(m) == rounded(n)}
            assert {t[i] for t in tables} >= wanted, (AREAS[i], printed)


def test_what_the_last_report_printed_exactly_may_be_rounded_now():
    """It is known anyway, and nothing is hidden for it."""
    assert both((12, 14, 40), (22, 33, 28), span=1) == {
        "1": 20,
        "2": 35,
        "3": 30,
        "gesamt": 85,
    }
