"""Rounding instead of suppression: what is printed rounded is attacked like anything else."""

import math
from dataclasses import replace
from itertools import product

import numpy as np
import pytest
from scipy.optimize import LinearConstraint, milp

from spm.areas.pooling import Pool
from spm.config.selections import Glied, Zusammenhang
from spm.config.shown import Einrichtungen
from spm.disclosure import Rules, protect
from spm.disclosure.model.model import build_model
from spm.disclosure.model.rounding import rounded, rounding_interval
from spm.statistics import compute_indicators
from tests.disclosure.test_primary import inputs, rule
from tests.statistics.test_indicators import entry, row
from tests.statistics.test_selection import fact, facts

pytestmark = pytest.mark.slow


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
    given = inputs(table(numbers), {"k": counted()}, {"amt": rule(10, rundung=5)})
    assert shown(given) == {"1": 0, "2": 5, "3": 45, "4": 30, "gesamt": 85}
    needs = [c.need for c in build_model(given).problem.counts if c.sensitive]
    last = [
        (low, math.ceil(high) - 1) for low, high in needs
    ]  # as readers of whole numbers take it
    assert last == [(0, 2), (3, 7)], "the last number of each interval must stay possible, too"


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
    for (key, area), numbers in printed.items():
        if numbers is None:
            continue
        for end, line in (
            (
                rounding_ends(numbers[0], base) if numbers[0] % base == 0 else (numbers[0], 9e9),
                total(key, area),
            ),
            ((numbers[1], numbers[1]), total(key, area, True)),
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


# ---------------------------------------------------------------- what else is made of rounded ones


def test_an_exact_total_of_another_office_does_not_pin_rounded_parts():
    """0, 0, 39, 39 and rounded 81 tell little; with exactly 82 of another office, 1 and 1."""
    rows = [fact(a, n, merkmal="kinder") for a, n in zip(AREAS, (1, 1, 40, 40), strict=True)]
    rows += [fact("gesamt", 82, merkmal="alle", lieferung="ema")]
    catalogue = {
        "k": counted(),
        "alle": entry("alle", art="anzahl", zaehler={"merkmal": "alle"}, nenner=None),
    }
    sums = {"alle": Zusammenhang(summe=Glied(merkmal="alle"), teile=[Glied(merkmal="kinder")])}
    rules = {"amt": rule(1, rundung=3), "ema": rule(3)}
    printed = everything(inputs(facts(*rows), catalogue, rules, sums=sums))
    told = {area: n[0] for (key, area), n in printed.items() if key == "k" and n}
    exact = printed["alle", "gesamt"] is not None
    tables = possible({a: told.get(a) for a in AREAS} | {"gesamt": told.get("gesamt")}, 3, 60)
    tables = [t for t in tables if sum(t) == 82 or not exact]
    for i in (0, 1):
        assert {t[i] for t in tables} == {0, 1}


def test_rounded_balances_print_both_numbers_rounded():
    moved = {"zuzuege": (2, 31, 44, 23), "fortzuege": (1, 12, 20, 40)}
    rows = [
        fact(a, n, merkmal=m) for m, ns in moved.items() for a, n in zip(AREAS, ns, strict=True)
    ]
    rows += [fact(a, 500, lieferung="ema") for a in AREAS]
    balance = entry(
        "k", art="saldo", zaehler={"merkmal": "zuzuege"}, abzueglich={"merkmal": "fortzuege"}
    )
    rules = {"amt": rule(3, rundung=5), "ema": rule(3)}
    done = protect(inputs(facts(*rows), {"k": balance}, rules))
    first = row(done.published, "1")
    assert (first.status, first.zaehler, first.abzueglich, first.wert) == ("ok", 0, 0, 0)
    second = row(done.published, "2")
    assert (second.zaehler, second.abzueglich, second.wert) == (30, 10, 100 * 20 / 500)


@pytest.mark.slow
def test_a_denominator_that_is_rounded_to_zero_is_none_to_divide_by():
    """Two children and none look alike, though no zero may be published."""
    rules = {"amt": rule(3, zeros="nein"), "kita": rule(3, zeros="nein", rundung=5)}
    for few in (0, 2):
        rows = [fact("1", few, lieferung="kita"), fact("1", 0, merkmal="teil", lieferung="kita")]
        rows += [fact(a, 200, lieferung="kita") for a in AREAS[1:]]
        rows += [fact(a, 50, merkmal="teil", lieferung="kita") for a in AREAS[1:]]
        found = row(protect(inputs(facts(*rows), {"k": entry("k")}, rules)).published, "1")
        assert found.status == "nicht_berechenbar"


def test_a_rounded_denominator_that_is_shown_is_no_smaller_than_agreed():
    """Printed as 20, it may be 18 to 22; but below 20 it would not be shown."""
    rows = [fact(a, n) for a, n in zip(AREAS, (21, 19, 60, 80), strict=True)]
    rows += [fact(a, 9, merkmal="teil") for a in AREAS]
    given = inputs(facts(*rows), {"k": entry("k")}, {"amt": rule(3, rundung=5, mindestnenner=20)})
    done = protect(given)
    assert [row(done.published, a).status for a in AREAS[:2]] == ["ok", "gesperrt"]
    item = next(i for key, i in done.model.items.items() if key.raum == "1")
    assert [(s.low, s.high) for s in done.model.problem.items[item].shows] == [(8, 12), (20, 22)]


def test_a_share_of_all_is_not_rounded_above_all():
    """8 of 8: 10 of 8 is cut to 8 of 8, which says that nobody is left."""
    rows = [fact(a, n, lieferung="ema") for a, n in zip(AREAS, (8, 40, 60, 80), strict=True)]
    rows += [fact(a, n, merkmal="teil") for a, n in zip(AREAS, (8, 12, 20, 30), strict=True)]
    rules = {"amt": rule(10, zeros="nein", rundung=5), "ema": rule(3)}
    assert (
        row(protect(inputs(facts(*rows), {"k": entry("k")}, rules)).published, "1").status != "ok"
    )


def test_single_years_of_a_rounded_window_are_protected():
    """Three years 2, 2 and 42: 45 of all three, and the years by another indicator alone."""
    rows = [
        fact(a, n, merkmal="teil", jahr=jahr)
        for a, ns in zip(AREAS, ((2, 2, 42), (30, 31, 29), (50, 52, 54), (60, 64, 66)), strict=True)
        for jahr, n in zip((2021, 2022, 2023), ns, strict=True)
    ]
    rows += [fact(a, 500, jahr=j, lieferung="ema") for a in AREAS for j in (2021, 2022, 2023)]
    catalogue = {"k": entry("k"), "einzeln": entry("einzeln")}
    pools = {"k": Pool(3, tuple(AREAS)), "einzeln": Pool(1, tuple(AREAS))}
    given = inputs(
        facts(*rows), catalogue, {"amt": rule(1, rundung=5), "ema": rule(3)}, pools=pools
    )
    indicators = compute_indicators(given.facts, catalogue, AREAS, given.years, pools)
    found = protect(replace(given, indicators=indicators)).published
    mine = found[found["raum"].eq("1") & found["status"].eq("ok")]
    printed = {(r.kennzahl, r.jahr): r.zaehler for r in mine.itertuples()}
    ends = [
        rounding_ends(printed["einzeln", y], 5) if ("einzeln", y) in printed else (0, 60)
        for y in (2021, 2022, 2023)
    ]
    low, high = rounding_ends(printed["k", 2023], 5) if ("k", 2023) in printed else (0, 999)
    years = product(*(range(a, b + 1) for a, b in ends))
    tables = [t for t in years if low <= sum(t) <= high]
    for i in (0, 1):
        assert {t[i] for t in tables} >= {0, 1, 2}


@pytest.mark.slow
def test_a_facility_keeps_its_own_threshold():
    """Rounding was agreed with the office, the page by facility has a rule of its own."""
    places = {"Kita: Nord": 4, "Kita: Süd": 26}
    rows = [fact(a, 500) for a in AREAS[:2]]
    rows += [fact(a, 15, merkmal="teil") for a in AREAS[:2]]
    rows += [fact("gesamt", 500, einrichtung=p) for p in places]
    rows += [fact("gesamt", n, merkmal="teil", einrichtung=p) for p, n in places.items()]
    table_ = facts(*rows)
    rules = {"amt": rule(3, rundung=5)}
    given = inputs(table_, {"k": entry("k", je_einrichtung="ja")}, rules)
    own = replace(given, rules=Rules(table_, rules, Einrichtungen(mindestfallzahl=10)))
    for asked, status in ((given, "ok"), (own, "gesperrt")):
        found = protect(asked).published
        assert found[found["gruppe"].eq("Kita: Nord")].iloc[0].status == status


def test_shares_of_almost_all_are_rounded_instead_of_suppressed():
    """48 of 50, both rounded: 50 of 50 leaves nobody to five people."""
    rows = [fact(a, n) for a, n in zip(AREAS, (50, 60, 70, 81), strict=True)]
    rows += [fact(a, n, merkmal="teil") for a, n in zip(AREAS, (48, 30, 40, 50), strict=True)]
    found = protect(inputs(facts(*rows), {"k": entry("k")}, {"amt": rule(3, rundung=5)})).published
    assert found["status"].eq("ok").all()
    assert list(row(found, "1")[["zaehler", "nenner"]]) == [50, 50]
