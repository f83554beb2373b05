"""Two random reports of the same people, one after the other: together they tell nothing small."""

import random

import pytest

from spm.disclosure import protect
from tests.disclosure.elsewhere_example import Reader, cases, named, number, report

YEARS, AREAS = (2021, 2022, 2023), ["1", "2", "3", "4"]
AGES = ((0, 2), (3, 5), (6, 8), (9, 11))
THRESHOLD = 5


def people(rng):
    """Small and large numbers of every year, area and age."""
    keys = [(y, a, age) for y in YEARS for a in AREAS for age in AGES]
    return {key: rng.choice([0, 1, 2, 3, 4, 6, 8, 9, 11, 15]) for key in keys}


def any_report(rng, table, **changes):
    """Up to three age groups, each with years and areas of its own."""
    entries, pools = [], {}
    for i in range(rng.randint(1, 3)):
        first, last = sorted(rng.choices(range(len(AGES)), k=2))
        entries.append(number(f"k{i}", f"{AGES[first][0]}-{AGES[last][1]}"))
        members = rng.sample(AREAS, rng.choice([0, 0, 2, 3]))
        groups = {"+".join(sorted(members)): tuple(sorted(members))} if members else {}
        pools[f"k{i}"] = (rng.choice([1, 1, 2, 3]), groups)
    return report(
        table, entries, years=YEARS, areas=AREAS, threshold=THRESHOLD, pools=pools, **changes
    )


def small_groups(rng, numbers):
    """Groups of few people: one year, area and age, or several of them."""
    for (year, area, age), n in numbers.items():
        if 0 < n < THRESHOLD:
            yield ([year], [area], range(age[0], age[1] + 1)), n
    for _ in range(60):
        years, areas, ages = (
            rng.sample(list(x), rng.randint(1, len(x))) for x in (YEARS, AREAS, AGES)
        )
        n = sum(numbers[y, a, age] for y in years for a in areas for age in ages)
        if 0 < n < THRESHOLD:
            yield (years, areas, [x for first, last in ages for x in range(first, last + 1)]), n


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(16))
def test_no_small_number_follows_from_two_reports(seed):
    rng = random.Random(seed)
    numbers = people(rng)
    table = cases(numbers)
    first = protect(any_report(rng, table)).published
    second = protect(any_report(rng, table, reports=named(first))).published
    reader = Reader([first, second], YEARS, AREAS)
    found = list(small_groups(rng, numbers))
    assert found
    for cells, n in found:
        group = reader.group(*cells)
        low, high = reader.bounds(group)
        assert low < high and low <= n <= high, (cells, n)
        assert high >= THRESHOLD - 1, (cells, n)
