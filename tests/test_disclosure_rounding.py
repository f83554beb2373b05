"""Rounding instead of suppression: what is printed rounded is attacked like anything else."""

from itertools import product

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp

from spm.disclosure import protect
from spm.disclosure.rounding import rounded, rounding_interval
from tests.test_disclosure_primary import inputs, rule
from tests.test_statistics_indicators import entry
from tests.test_statistics_selection import fact, facts

AREAS = ["1", "2", "3", "4"]


def counted(key="k", **wanted):
    """An indicator that prints a count and nothing else."""
    return entry(key, art="anzahl", zaehler={"merkmal": "kinder", **wanted}, nenner=None)


def table(numbers, total=None, **more):
    rows = [fact(a, n, merkmal="kinder", **more) for a, n in numbers.items()]
    rows += [] if total is None else [fact("gesamt", total, merkmal="kinder", **more)]
    return facts(*rows)


def shown(given):
    """Printed numerators by area, and which rows are suppressed."""
    found = protect(given).published
    rows = found[found["kennzahl"].eq("k") & found["jahr"].eq(found["jahr"].max())]
    return {r.raum: r.zaehler if r.status == "ok" else None for r in rows.itertuples()}


def possible(printed, base, most):
    """All tables of whole numbers that agree with what is printed: by brute force, for areas of
    which those suppressed have no more than ``most``."""
    ends = [
        rounding_ends(printed[a], base) if printed.get(a) is not None else (0, most) for a in AREAS
    ]
    low, high = (
        rounding_ends(printed["gesamt"], base) if printed["gesamt"] is not None else (0, 999)
    )
    return [
        cells
        for cells in product(*(range(int(a), int(b) + 1) for a, b in ends))
        if low <= sum(cells) <= high
    ]


def rounding_ends(number, base):
    """Written out once more, by trial: all numbers that a commercial rounding makes ``number``."""
    same = [n for n in range(int(number) + base + 1) if np.floor(n / base + 0.5) * base == number]
    return min(same), max(same)


@pytest.mark.parametrize("base", [2, 3, 5, 10])
def test_the_interval_of_a_rounded_number(base):
    for n in range(60):
        assert rounding_interval(n, base) == rounding_ends(rounded(n, base), base)


@pytest.mark.parametrize(
    ("numbers", "threshold"),
    [
        ((2, 2, 42, 42), 1),  # 90 is at least 88, and the parts are at most 2 + 2 + 42 + 42
        ((2, 2, 42, 42), 10),
        ((3, 3, 38, 38), 1),  # 80 is at most 82, and the parts are at least 3 + 3 + 38 + 38
        ((1, 2, 42, 2), 1),
    ],
)
def test_rounded_parts_are_not_pinned_by_their_rounded_total(numbers, threshold):
    rules = {"amt": rule(threshold, rundung=5)}
    given = inputs(table(dict(zip(AREAS, numbers, strict=True))), {"k": counted()}, rules)
    printed = shown(given)
    tables = possible(printed, 5, 60)
    for i, n in enumerate(numbers):
        if n < 5:
            low, high = rounding_ends(rounded(n, 5), 5)
            wanted = set(range(low, min(high + 1, max(threshold, 5))))
            assert {t[i] for t in tables} >= wanted, f"area {AREAS[i]} of {printed}"


def test_small_numbers_are_rounded_instead_of_suppressed():
    numbers = {"1": 2, "2": 7, "3": 44, "4": 31}  # 84: printed 85, the parts 0 + 5 + 45 + 30
    printed = shown(inputs(table(numbers), {"k": counted()}, {"amt": rule(10, rundung=5)}))
    assert printed == {"1": 0, "2": 5, "3": 45, "4": 30, "gesamt": 85}


def everything(given):
    """What a report prints of each row's counts: (indicator, area) -> (zaehler, nenner) or None."""
    found = protect(given).published
    return {
        (r.kennzahl, r.raum): (r.zaehler, r.nenner) if r.status == "ok" else None
        for r in found.itertuples()
        if r.status in ("ok", "gesperrt")
    }


def random_report(seed):
    """Children by area and age, rounded by their sender's rule; half of the reports also print
    them as a share of exactly known children."""
    random = np.random.default_rng(seed)
    base, threshold = int(random.choice([3, 5, 10])), int(random.choice([1, 3, 10]))
    areas = [str(a + 1) for a in range(int(random.integers(3, 5)))]
    ages = [(0, 2), (3, 5), (6, 17)]
    cells = {(a, g): int(random.choice([0, 1, 2, 4, 7, 11, 23, 48])) for a in areas for g in ages}
    rows = [fact(a, n, merkmal="kinder", alter=g) for (a, g), n in cells.items()]
    whole = {a: sum(cells[a, g] for g in ages) + int(random.integers(0, 40)) for a in areas}
    rows += [fact(a, max(n, 12), alter=(0, 17), lieferung="ema") for a, n in whole.items()]
    catalogue = {"k": counted(alter="0-17"), "jung": counted("jung", alter="0-5")}
    if seed % 2:
        catalogue["anteil"] = entry(
            "anteil",
            zaehler={"merkmal": "kinder", "alter": "0-17"},
            nenner={"merkmal": "bevoelkerung", "alter": "0-17"},
        )
    rules = {"amt": rule(threshold, rundung=base), "ema": rule(3)}
    return inputs(facts(*rows), catalogue, rules), cells, areas, max(base, threshold), base


GROUPS = {"k": [(0, 2), (3, 5), (6, 17)], "jung": [(0, 2), (3, 5)]}
GROUPS["anteil"] = GROUPS["k"]


@pytest.mark.parametrize("seed", range(24))
def test_an_independent_reader_of_rounded_tables(seed):
    """Whole numbers by area and age, with all that is printed of them and of their denominators."""
    given, cells, areas, threshold, base = random_report(seed)
    printed = everything(given)
    names = [(a, g) for a in areas for g in GROUPS["k"]] + [(a, "nicht") for a in areas]
    column = {name: i for i, name in enumerate(names)}

    def total(key, area, rest=False):
        line = np.zeros(len(names))
        for a in areas if area == "gesamt" else [area]:
            line[[column[a, g] for g in GROUPS[key]]] = 1
            line[column[a, "nicht"]] = rest
        return line

    lines, low, high = [], [], []
    for (key, area), row in printed.items():
        if row is None:
            continue
        for end, line in (
            (
                rounding_ends(row[0], base) if row[0] % base == 0 else (row[0], 9e9),
                total(key, area),
            ),
            ((row[1], row[1]), total(key, area, True)),
        )[: 2 if key == "anteil" else 1]:
            lines.append(line)
            low.append(end[0])
            high.append(end[1])

    def end(goal, sign):
        limits = [LinearConstraint(np.array(lines), low, high)] if lines else []
        found = milp(sign * goal, constraints=limits, integrality=np.ones(len(goal)))
        return np.inf if found.status in (3, 4) else sign * round(found.fun)

    for key, area in printed:
        true = sum(
            cells[a, g] for a in (areas if area == "gesamt" else [area]) for g in GROUPS[key]
        )
        if true >= threshold:
            continue
        first, last = rounding_ends(rounded(true, base), base)
        found = end(total(key, area), 1), end(total(key, area), -1)
        assert found[0] <= first or (found[0] == 0 and found[1] > found[0]), (key, area, found)
        assert found[1] >= min(last, threshold - 1), (key, area, found)
