"""Age groups as offices shorten them: 0-3, 3-6, 6-10 do not overlap; and single ages as names."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from spm.setup.column import Column
from spm.setup.words import Age, Said

FEWEST_SINGLE = 5
"""Successive numbers as headings that must be ages."""


def half_open(ages: Collection[Age]) -> dict[Age, Age]:
    """What is meant by groups that end where another begins: 0-3 beside 3-6 is 0 to under 3.

    Returns
    -------
    dict
        Only those that are meant otherwise than written.
    """
    firsts = {first for first, _ in ages}
    return {
        (first, last): (first, last - 1)
        for first, last in ages
        if last is not None and first < last and last in firsts
    }


def single_ages(columns: Sequence[Column]) -> None:
    """Headings 0, 1, 2 … are ages."""
    numbered = {int(c.header): c for c in columns if c.header.isdecimal() and len(c.header) < 4}
    ages = sorted(numbered)
    if len(ages) >= FEWEST_SINGLE and ages == list(range(ages[0], ages[0] + len(ages))):
        for age, column in numbered.items():
            column.said = Said(ages=[(age, age)])
