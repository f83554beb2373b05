"""The five readers of the audit: against golden values, by hand, and against full enumeration."""

import json
import math
from dataclasses import replace
from itertools import product

import numpy as np
import pandas as pd
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from spm.disclosure.audit.audit import audit, bounds
from spm.disclosure.audit.search import Searches
from spm.disclosure.model.tables import table_problem
from spm.disclosure.problem import Count, Failure, Item, Problem, Rate, Relation, Shown
from spm.errors import SpmError
from tests.conftest import ROOT

GOLDEN = ROOT.parent / "shared" / "golden" / "sdc"
needs_golden = pytest.mark.skipif(
    not GOLDEN.is_dir(), reason="the folder shared/ beside the checkout is absent"
)
FOLDERS = sorted(p.name for p in GOLDEN.iterdir()) if GOLDEN.is_dir() else []


# --- golden values -------------------------------------------------------------------------------


def golden(folder, rows=None, **options):
    """Problem, the number of each cell by its label, items that were suppressed, expectations."""
    cells = pd.read_csv(GOLDEN / folder / "cells.csv")
    constraints = pd.read_csv(GOLDEN / folder / "constraints.csv")
    if rows is not None:
        constraints = constraints[constraints["row"].isin(rows)]
    expected = json.loads((GOLDEN / folder / "expected.json").read_text(encoding="utf-8"))
    labels = cells[[c for c in cells if c.startswith("dim")]].astype(str).agg("|".join, axis=1)
    number = {label: i for i, label in enumerate(labels)}
    hidden = frozenset(np.flatnonzero(cells["status"] != "s").tolist())
    return table_problem(cells, constraints, **options), number, hidden, expected


def assert_bounds(problem, hidden, number, expected, reader="plain"):
    for label, interval in expected.items():
        found = bounds(problem, hidden, number[label], reader)
        assert found == pytest.approx(interval, abs=1e-6), label


def disclosed(problem, hidden):
    return {
        problem.counts[c].name
        for c, (low, high) in audit(problem, hidden).bounds.items()
        if high - low < 1e-6
    }


@needs_golden
def test_golden_folders_are_all_used():
    assert FOLDERS == [
        "issue194_ones",
        "issue194_zeros",
        "linked_regions_136",
        "ssb_z1",
        "textbook_3x3",
        "two_way_47",
    ]


@needs_golden
def test_golden_ones_need_the_rule_for_zeros():
    problem, number, hidden, expected = golden("issue194_ones")
    assert_bounds(problem, hidden, number, expected["naive"])
    problem, number, hidden, expected = golden("issue194_ones", zeros_shown=True)
    assert_bounds(problem, hidden, number, expected["natural_numbers_ge1"], "threshold")
    assert disclosed(problem, hidden) == set()


@needs_golden
def test_golden_zeros():
    problem, number, hidden, expected = golden("issue194_zeros")
    assert_bounds(problem, hidden, number, expected["bounds"])


@pytest.mark.slow
@needs_golden
def test_golden_linked_regions_are_safe_one_by_one_but_not_together():
    for rows, key in (([0, 1, 2], "individual_bounds_county"), ([3, 4, 5], None)):
        problem, number, hidden, expected = golden("linked_regions_136", rows)
        if key:
            assert_bounds(problem, hidden, number, expected[key])
        assert disclosed(problem, hidden) == set()
    assert_bounds(problem, hidden, number, expected["individual_bounds_group"])
    problem, number, hidden, expected = golden("linked_regions_136")
    assert_bounds(problem, hidden, number, expected["joint_bounds_before"])
    assert disclosed(problem, hidden) == {number[c] for c in expected["disclosed_exactly"]}
    after = hidden | {number[c] for c in expected["anchor_secondary"]}
    assert_bounds(problem, after, number, expected["bounds_after"])
    assert disclosed(problem, after) == set()


@needs_golden
def test_golden_two_areas_by_source_of_income():
    problem, number, hidden, expected = golden("ssb_z1")
    pattern = frozenset(i - 1 for i in expected["anchor_suppressed_1based"])
    extra = {number[c] for c in expected["anchor_secondary"]}
    # The published pattern numbers its cells in another order; the secondary ones are named.
    assert len(pattern) == len(hidden | extra)
    assert_bounds(problem, hidden | extra, number, expected["anchor_bounds"])


@needs_golden
def test_golden_textbook():
    problem, number, _, expected = golden("textbook_3x3")
    hidden = frozenset(number[c] for c in expected["pattern"])
    assert_bounds(problem, hidden, number, expected["bounds"])


@needs_golden
def test_golden_two_suppressions_per_line_are_not_enough():
    problem, number, hidden, expected = golden("two_way_47")
    assert_bounds(problem, hidden, number, expected["bounds_before"])
    assert disclosed(problem, hidden) == {number[c] for c in expected["disclosed_exactly"]}
    for extra, interval in expected["one_extra_inner_cell_bounds_of_w_b"].items():
        more = hidden | {number[extra]}
        assert bounds(problem, more, number["w|b"]) == pytest.approx(interval, abs=1e-6)


# --- by hand -------------------------------------------------------------------------------------


def make(values, sums, sensitive=(), *, rates=(), relations=(), partitions=(), **more):
    """Variables with true values, counts by name, each an item of its own."""
    index = {name: i for i, name in enumerate(values)}
    places = {name: i for i, name in enumerate(sums)}
    need, unknown, fixed, shows = (
        more.pop(key, default)
        for key, default in (("need", None), ("unknown", ()), ("fixed", ()), ("shows", {}))
    )
    counts, items = [], []
    for name, parts in sums.items():
        value = None if name in unknown else float(sum(values[p] for p in parts))
        parts = frozenset(index[p] for p in parts)
        marked = name in sensitive
        counts.append(Count(name, parts, value, marked, need if marked else None, **more))
        if name not in unknown:
            low, high = shows.get(name, (value, value))
            items.append(Item(name, (Shown(places[name], low, high),), fixed=name in fixed))
    for top, bottom, low, high in rates:
        rate = Rate(places[top], places[bottom], low, high)
        items.append(Item(f"{top}/{bottom}", (), (rate,)))
    partitions = tuple((places[w], tuple(places[p] for p in ps)) for w, ps in partitions)
    relations = tuple(
        Relation(name, {index[v]: k for v, k in row.items()}, low, high)
        for name, row, low, high in relations
    )
    return Problem(tuple(values), tuple(counts), tuple(items), relations, partitions)


def hide(problem, *names):
    return frozenset(i for i, item in enumerate(problem.items) if item.name in names)


def at(problem, name):
    return next(c for c, count in enumerate(problem.counts) if count.name == name)


def succeed(found, problem):
    return [
        (f.reader, None if f.count is None else problem.counts[f.count].name, f.low, f.high)
        for f in found.failures
    ]


def test_a_rate_tells_its_numerator_to_who_knows_that_people_are_whole():
    # 7 of 230 are 3,0 %: between 2,95 and 3,05 % of 230 there is 7 alone.
    values, sums = {"in": 7, "out": 223}, {"in": ["in"], "all": ["in", "out"]}
    problem = make(values, sums, {"in"}, rates=[("in", "all", 0.0295, 0.0305)])
    hidden = hide(problem, "in")
    assert bounds(problem, hidden, 0) == pytest.approx((6.785, 7.015))
    assert bounds(problem, hidden, 0, "integer") == (7, 7)
    assert succeed(audit(problem, hidden), problem) == [("integer", "in", 7, 7)]
    found = audit(problem, hide(problem, "in", "in/all"))
    assert found.passed and found.bounds == {0: (0, 230)} and found.narrowest == 230


def test_a_rate_of_a_hidden_denominator_narrows_but_does_not_pin():
    values, sums = {"in": 7, "out": 223}, {"in": ["in"], "all": ["in", "out"]}
    problem = make(values, sums, {"in"}, rates=[("in", "all", 0.0295, 0.0305)])
    found = audit(problem, hide(problem, "in", "all"))
    assert found.passed and found.bounds == {0: (0, math.inf)}


TABLE = {"a": 4, "b": 2, "c": 1, "d": 0}
ROWS = {"total": ["a", "b", "c", "d"], "a": ["a"], "b": ["b"], "c": ["c"], "d": ["d"]}
PARTITION = [("total", ["a", "b", "c", "d"])]


def test_a_difference_of_published_numbers_must_not_be_small():
    problem = make(TABLE, ROWS, {"b"}, partitions=PARTITION, threshold=5, zeros_shown=True)
    found = audit(problem, hide(problem, "b", "c"))
    assert found.failures == (Failure("difference", None, 3, 3, proof=(0, 1, 4)),)
    assert audit(problem, hide(problem, "b", "c", "a")).passed  # 7 are enough
    assert audit(problem, hide(problem, "b", "c", "total")).passed
    assert audit(make(TABLE, ROWS, {"b"}, partitions=PARTITION), hide(problem, "b", "c")).passed


def test_a_difference_of_zero_tells_only_what_is_secret():
    values, sums = {"a": 4, "b": 0, "c": 0}, {"total": ["a", "b", "c"], "a": ["a"], "b": ["b"]}
    rule = {"partitions": [("total", ["a", "b"])], "threshold": 3}

    def zeros(sensitive, **more):
        problem = make(values, sums, sensitive, **rule, **more)
        found = audit(problem, hide(problem, "b"))
        return [f.proof for f in found.failures if f.reader == "difference"]

    assert zeros({"b"}) == [(0, 1)]
    assert zeros(()) == []
    assert zeros({"b"}, zeros_shown=True) == []


def test_only_looks_at_some_counts_and_at_their_differences():
    values = {"a": 9, "b": 1, "c": 8, "d": 1}
    sums = {"ab": ["a", "b"], "a": ["a"], "b": ["b"], "cd": ["c", "d"], "c": ["c"], "d": ["d"]}
    pairs = [("ab", ["a", "b"]), ("cd", ["c", "d"])]
    problem = make(values, sums, {"b", "d"}, partitions=pairs, threshold=3)
    found = audit(problem, hide(problem, "b", "d"), only=[at(problem, "d")])
    assert succeed(found, problem) == [("plain", "d", 1, 1), ("difference", None, 1, 1)]
    assert list(found.bounds) == [at(problem, "d")]


SINGLES = {"a": 1, "b": 1, "c": 1}
THREE = {"total": ["a", "b", "c"], "a": ["a"], "b": ["b"], "c": ["c"]}


def test_three_of_three_people_are_each_known_where_zeros_are_shown():
    problem = make(SINGLES, THREE, {"a", "b", "c"}, need=(0, 3), zeros_shown=True)
    found = audit(problem, hide(problem, "a", "b", "c"))
    assert succeed(found, problem) == [("threshold", n, 1, 1) for n in "abc"]


def test_an_insider_of_three_does_not_know_the_two_others_where_zeros_are_hidden():
    problem = make(SINGLES, THREE, {"a", "b", "c"}, need=(0, 3))
    hidden = hide(problem, "a", "b", "c")
    assert audit(problem, hidden).passed
    assert bounds(problem, hidden, 2, "insider", insider=1) == (0, 2)


def test_an_insider_of_two_knows_the_other():
    problem = make({"a": 1, "b": 2}, {"total": ["a", "b"], "a": ["a"], "b": ["b"]}, {"a", "b"})
    found = audit(problem, hide(problem, "a", "b"))
    assert found.failures == (Failure("insider", 2, 2, 2, insider=1),)
    assert bounds(problem, hide(problem, "a", "b"), 2, "insider", insider=1) == (2, 2)
    assert bounds(problem, hide(problem, "a", "b"), 2, "threshold") == (0, 3)


def test_an_insider_with_four_people_where_zeros_are_shown():
    # 1 + 1 + 2 = 4 and each is at least 1: the first insider leaves 1 + 2 or 2 + 1 open.
    problem = make({**SINGLES, "c": 2}, THREE, {"a", "b", "c"}, zeros_shown=True)
    assert audit(problem, hide(problem, "a", "b", "c")).passed
    assert bounds(problem, hide(problem, "a", "b", "c"), 3, "insider", insider=1) == (1, 2)


def test_a_group_inside_that_of_one_person_tells_it_nothing_new():
    # x = b + d is one person; b and d are in rows of their own.
    values = {"a": 3, "b": 1, "c": 4, "d": 0}
    sums = {"ab": ["a", "b"], "cd": ["c", "d"], "b": ["b"], "d": ["d"], "x": ["b", "d"]}
    problem = make(values, sums, {"x", "d"})
    hidden = hide(problem, "b", "d", "x")
    assert bounds(problem, hidden, at(problem, "x")) == (0, 8)
    assert bounds(problem, hidden, at(problem, "d"), "insider", at(problem, "x")) == (0, 1)
    assert audit(problem, hidden).passed
    hidden = hide(problem, "d", "x")  # b = 1 is published: x itself is the person in b
    assert bounds(problem, hidden, at(problem, "d"), "insider", at(problem, "x")) == (0, 0)
    assert audit(problem, hidden).passed, "that nobody else is in x is what x knows anyway"


def test_who_knows_a_group_knows_it_under_every_name():
    sums = {"total": ["a", "b"], "a": ["a"], "pupils": ["b"], "residents": ["b"]}
    problem = make({"a": 4, "b": 1}, sums, {"pupils", "residents"})
    assert audit(problem, hide(problem, "a", "pupils", "residents")).passed


def test_overlapping_sums_that_are_not_zero():
    # One person altogether, and one in each of two groups: it is in both.
    sums = {"total": ["a", "b", "c"], "ab": ["a", "b"], "bc": ["b", "c"], "b": ["b"]}
    values = {"a": 0, "b": 1, "c": 0}
    problem = make(values, sums, {"b"}, unknown={"b"}, zeros_shown=True)
    found = audit(problem, hide(problem, "ab", "bc"))
    assert found.bounds == {3: (0, 1)}
    assert succeed(found, problem) == [("threshold", "b", 1, 1)]


def test_whole_numbers_below_the_second_bound_are_enough_for_the_integer_reader():
    # Couples: b = 2 c, and at most 3 people. Half couples apart, b is 0 or 2.
    values, sums = {"b": 2, "c": 1, "d": 1}, {"total": ["b", "d"], "b": ["b"], "d": ["d"]}
    couples = [("couples", {"b": 1, "c": -2}, 0, 0)]
    for need, passed in (((0, 3), True), ((0, 3.5), False)):
        problem = make(values, sums, {"b"}, relations=couples, need=need)
        found = audit(problem, hide(problem, "b", "d"))
        assert found.passed is passed and found.bounds == {1: (0, 3)} and found.narrowest == 2
    problem = make(values, sums, {"b"}, relations=couples, need=(1, 3))
    assert audit(problem, hide(problem, "b", "d")).passed


def test_overlapping_groupings_are_safe_alone_but_not_together():
    values = {"a": 2, "b": 2, "c": 5}
    first = {"ab": ["a", "b"], "c": ["c"], "a": ["a"], "b": ["b"]}
    both = {**first, "bc": ["b", "c"]}
    for sums, passed in ((first, True), (both, False)):
        problem = make(values, sums, {"a", "b"})
        assert audit(problem, hide(problem, "a", "b")).passed is passed
    assert audit(problem, hide(problem, "a", "b", "c")).passed


def test_stock_and_flow_from_year_to_year():
    values = {"stock0": 50, "births": 2, "leaving": 7, "stock1": 45}
    sums = {name: [name] for name in values}
    flow = ("2020", {"stock0": 1, "births": 1, "leaving": -1, "stock1": -1}, 0, 0)
    problem = make(values, sums, {"births"}, relations=[flow], need=(0, 3))
    alone = audit(problem, hide(problem, "births"))
    assert succeed(alone, problem) == [("plain", "births", 2, 2)]
    both = audit(problem, hide(problem, "births", "leaving"))
    assert both.passed and both.bounds == {1: (0, math.inf)}


def test_rounded_parts_pin_what_an_exact_total_leaves_no_room_for():
    # Four times 2, printed as 0 (from 0 to 2), and 8 altogether: printed as 10, or exactly.
    values = dict.fromkeys("abcd", 2)
    sums = {"total": list("abcd"), **{n: [n] for n in "abcd"}}
    rounded = dict.fromkeys("abcd", (0, 2))
    problem = make(values, sums, set("abcd"), shows={**rounded, "total": (8, 12)})
    found = audit(problem, frozenset())
    assert succeed(found, problem) == [("plain", n, 2, 2) for n in "abcd"]
    wide = make(values, sums, set("abcd"), shows={**rounded, "total": (6, 9)})
    assert audit(wide, frozenset()).bounds[1] == (0, 2)


def test_what_a_sender_withholds_must_not_follow_from_the_rest():
    values, sums = {"a": 5, "b": 2}, {"total": ["a", "b"], "a": ["a"], "b": ["b"]}
    problem = make(values, sums, {"b"}, unknown={"b"}, zeros_shown=True)
    found = audit(problem, frozenset())
    assert succeed(found, problem) == [("plain", "b", 2, 2)]
    assert audit(problem, hide(problem, "a")).bounds == {2: (0, 7)}
    assert bounds(problem, hide(problem, "a"), 2, "threshold") == (0, 6)  # a is at least 1


def test_overlapping_windows_of_years():
    # Three windows of three years; 2 + 3 are hidden, but the windows' difference tells year 4 - 1.
    values = {1: 4, 2: 1, 3: 2, 4: 2}
    sums = {"1-3": [1, 2, 3], "2-4": [2, 3, 4], **{str(y): [y] for y in values}}
    problem = make(values, sums, {"4"})
    found = audit(problem, hide(problem, "2", "3", "4"))
    assert succeed(found, problem) == [("plain", "4", 2, 2)]
    assert audit(problem, hide(problem, "1", "2", "3", "4")).bounds[at(problem, "4")] == (0, 5)


def test_what_an_earlier_report_says_cannot_be_protected():
    problem = make(TABLE, ROWS, {"b", "c"}, fixed={"b"})
    found = audit(problem, hide(problem, "c", "d"))
    assert found.unprotectable == (at(problem, "b"),)
    assert found.passed and found.bounds[at(problem, "b")] == (2, 2)
    assert found.narrowest == 1


@pytest.mark.parametrize("hidden", [(), ("b", "c")])
def test_contradictory_numbers_are_named(hidden):
    values, sums = {"a": 5, "b": 1, "c": 1}, {"total": ["a", "b", "c"], "a": ["a"], "b": ["b"]}
    sums |= {"c": ["c"], "other": ["a", "c"]}
    problem = make(values, sums, {"b"}, shows={"total": (4, 4), "other": (0, 9)})
    with pytest.raises(SpmError, match="widersprechen einander") as error:
        audit(problem, hide(problem, *hidden))
    assert "«total»" in error.value.wo and "«a»" in error.value.wo
    assert "other" not in error.value.wo
    assert error.value.tun


def test_contradictory_numbers_that_no_single_row_tells():
    # ab + bc - ac = 2 b would be negative.
    values = {"a": 0, "b": 0, "c": 0}
    sums = {"ab": ["a", "b"], "bc": ["b", "c"], "ac": ["a", "c"], "b": ["b"]}
    problem = make(values, sums, {"b"}, shows={"ab": (1, 1), "bc": (1, 1), "ac": (5, 5)})
    with pytest.raises(SpmError) as error:
        audit(problem, hide(problem, "b"))
    assert error.value.wo == "«ab», «bc», «ac»"
    # 2 b = 1: possible for half people only.
    half = make(values, sums, {"b"}, shows={"ab": (1, 1), "bc": (1, 1), "ac": (1, 1)})
    with pytest.raises(SpmError) as error:
        audit(half, hide(half, "b"))
    assert "«ab»" in error.value.wo


def test_a_total_smaller_than_its_parts_contradicts_them():
    problem = make(TABLE, ROWS, {"b"}, partitions=PARTITION, threshold=3, shows={"total": (3, 3)})
    with pytest.raises(SpmError):
        audit(problem, hide(problem, "b", "c"))


def test_a_reader_must_exist():
    problem = make(TABLE, ROWS)
    for arguments in (("clever",), ("insider",), ("plain", 1)):
        with pytest.raises(ValueError):
            bounds(problem, frozenset(), 0, *arguments)


def test_without_sensitive_counts_nothing_fails():
    found = audit(make(TABLE, ROWS), frozenset())
    assert found.passed and found.narrowest is None and found.bounds == {} and found.solved == 0


# --- against full enumeration --------------------------------------------------------------------

LARGEST = 4


@st.composite
def small_problems(draw):
    """Up to four variables from 0 to 4, any sums of them, some hidden; each item shows one."""
    n = draw(st.integers(2, 4))
    values = draw(st.lists(st.integers(0, LARGEST), min_size=n, max_size=n))
    groups = st.frozensets(st.integers(0, n - 1), min_size=1)
    parts = draw(st.lists(groups, min_size=1, max_size=5, unique=True))
    # Every number may be as large as LARGEST and no larger, as in the enumeration.
    parts = [p for p in parts if len(p) > 1] + [frozenset([v]) for v in range(n)]
    shown, threshold = draw(st.booleans()), draw(st.sampled_from([0, 2, 3]))
    family = draw(st.sampled_from([None, 1, 3]))
    counts, items, hidden = [], [], set()
    for i, p in enumerate(parts):
        value = float(sum(values[v] for v in p))
        sensitive = draw(st.booleans())
        need = (0.0, 3.0) if sensitive and value < 3 and draw(st.booleans()) else None
        counts.append(Count(i, p, value, sensitive, need, shown, threshold, family=family))
        slack = draw(st.sampled_from([0, 0, 0, 1]))
        items.append(Item(i, (Shown(i, value - slack, value + slack),)))
        if sensitive or draw(st.booleans()):
            hidden.add(i)
    limits = tuple(Relation(f"limit {v}", {v: 1.0}, 0.0, LARGEST) for v in range(n))
    rates = ()
    if draw(st.booleans()):
        top, bottom = counts[-1], counts[0]
        if bottom.value:
            share = top.value / bottom.value
            rates = (Rate(len(counts) - 1, 0, share - 0.1, share + 0.1),)
    items.append(Item("rate", (), rates))
    return Problem(tuple(range(n)), tuple(counts), tuple(items), limits), frozenset(hidden)


def lawful(problem, c):
    """What the rules tell of a suppressed number, as a test of numbers."""
    count, threshold = problem.counts[c], problem.counts[c].threshold
    least = 1 if count.zeros_shown and count.value > 0 else 0
    small = count.value < threshold and not (count.value == 0 and count.zeros_shown)
    if count.sensitive:
        return lambda n: n >= least and (n < threshold or not small)
    alone = [problem.items[i] for i in problem.showing[c]]
    if small or all(any(problem.counts[s.count].sensitive for s in item.shows) for item in alone):
        return lambda n: True
    if count.value == 0:
        return lambda n: n == 0 or not (count.zeros_shown and threshold)
    return lambda n: n >= max(least, threshold)


def solutions(problem, hidden, rules=False, insider=None):
    """All whole numbers that agree with what a reader knows."""
    published = problem.published_counts(hidden)
    judged = [c for c in range(len(problem.counts)) if problem.showing[c] and c not in published]
    inferred = {c: lawful(problem, c) for c in judged}

    def number(x, c):
        return sum(x[v] for v in problem.counts[c].parts)

    def agrees(x):
        for i, item in enumerate(problem.items):
            if i in hidden:
                continue
            if any(not s.low <= number(x, s.count) <= s.high for s in item.shows):
                return False
            for r in item.rates:
                top, bottom = number(x, r.numerator), number(x, r.denominator)
                if not r.low * bottom - 1e-9 <= top <= r.high * bottom + 1e-9:
                    return False
        if rules and not all(told(number(x, c)) for c, told in inferred.items()):
            return False
        return insider is None or number(x, insider) == problem.counts[insider].value

    every = product(range(LARGEST + 1), repeat=len(problem.variables))
    return np.array(
        [[number(x, c) for c in range(len(problem.counts))] for x in every if agrees(x)]
    )


def few(count):
    """Whether its people may know each other, and so the number."""
    most = max(count.threshold - 1, 1) if count.family is None else count.family
    return 1 <= count.value <= most


def expected_failures(problem, hidden, plain):
    """The first reader who succeeds, by enumeration; the plain reader has been asked."""
    published = problem.published_counts(hidden)
    sensitive = [c for c, n in enumerate(problem.counts) if n.sensitive]
    cells = {s.count for item in problem.items for s in item.shows}
    families = [c for c in sensitive if few(problem.counts[c]) and c in cells - published]
    whole, strong = solutions(problem, hidden), solutions(problem, hidden, rules=True)
    inside = {s: solutions(problem, hidden, True, s) for s in families}
    nothing = frozenset(range(len(problem.items)))
    anyway = solutions(problem, nothing, rules=True)
    anyway_inside = {s: solutions(problem, nothing, True, s) for s in families}
    found = []
    for c in sensitive:
        need = problem.counts[c].need
        low, high = plain[c]
        if not (low <= need[0] + 1e-6 and high >= need[1] - 1e-6 if need else high - low > 1e-6):
            found.append(("plain", c, None))
        elif not (
            whole[:, c].min() <= 0 and whole[:, c].max() >= 2 if need else np.ptp(whole[:, c])
        ):
            found.append(("integer", c, None))
        elif not np.ptp(strong[:, c]):
            found += [("threshold", c, None)] if np.ptp(anyway[:, c]) else []
        else:
            parts = problem.counts[c].parts
            others = [s for s in families if not parts <= problem.counts[s].parts]
            others = [s for s in others if np.ptp(anyway_inside[s][:, c])]
            found += [("insider", c, s) for s in others if not np.ptp(inside[s][:, c])]
    return sorted(found, key=str)


@pytest.mark.slow
@settings(max_examples=100, deadline=None, derandomize=True)
@given(small_problems())
def test_readers_agree_with_enumeration(case):
    problem, hidden = case
    whole, strong = solutions(problem, hidden), solutions(problem, hidden, rules=True)
    found = audit(problem, hidden)
    plain = [bounds(problem, hidden, c) for c in range(len(problem.counts))]
    for c, count in enumerate(problem.counts):
        low, high = plain[c]
        least, most = whole[:, c].min(), whole[:, c].max()
        assert low <= least + 1e-6 and high >= most - 1e-6
        assert bounds(problem, hidden, c, "integer") == (least, most)
        ends = (strong[:, c].min(), strong[:, c].max())
        assert bounds(problem, hidden, c, "threshold") == ends
        if few(count):
            inside = solutions(problem, hidden, True, c)
            for other in range(len(problem.counts)):
                ends = (inside[:, other].min(), inside[:, other].max())
                assert bounds(problem, hidden, other, "insider", c) == ends
    sensitive = [c for c, n in enumerate(problem.counts) if n.sensitive]
    assert {c: found.bounds[c] for c in sensitive} == {
        c: pytest.approx(plain[c], abs=1e-6) for c in sensitive
    }
    assert found.narrowest == (min(np.ptp(whole[:, c]) for c in sensitive) if sensitive else None)
    told = sorted(((f.reader, f.count, f.insider) for f in found.failures), key=str)
    assert told == expected_failures(problem, hidden, plain)


@pytest.mark.slow
@settings(max_examples=40, deadline=None, derandomize=True)
@given(small_problems(), st.data())
def test_hiding_one_more_item_never_helps_a_reader(case, data):
    problem, hidden = case
    shown = [i for i in range(len(problem.items)) if i not in hidden]
    assume(shown)
    more = hidden | {data.draw(st.sampled_from(shown))}
    for reader in ("plain", "integer", "threshold"):
        for c in range(len(problem.counts)):
            low, high = bounds(problem, hidden, c, reader)
            lower, higher = bounds(problem, more, c, reader)
            assert lower <= low + 1e-6 and higher >= high - 1e-6


def test_the_same_question_has_the_same_answer():
    problem = make(SINGLES, THREE, {"a", "b", "c"}, zeros_shown=True)
    hidden = hide(problem, "a", "b", "c")
    assert audit(problem, hidden) == audit(problem, hidden)


def row_of_areas(values, unknown=()):
    """Areas of which all below 10 are suppressed, and their total; ``unknown`` have no number."""
    whole = frozenset(range(len(values)))
    counts = [
        Count(
            str(k),
            frozenset([k]),
            None if k in unknown else float(v),
            sensitive=v < 10,
            zeros_shown=True,
            threshold=10,
        )
        for k, v in enumerate(values)
    ]
    counts.append(Count("total", whole, float(sum(values)), threshold=10))
    shows = [(k, float(v)) for k, v in enumerate([*values, sum(values)])]
    items = tuple(Item(k, (Shown(k, v, v),)) for k, v in shows)
    gone = frozenset(k for k, v in enumerate(values) if v < 10)
    return Problem(tuple(sorted(whole)), tuple(counts), items), gone


@pytest.mark.slow
def test_what_was_solved_for_others_says_nothing_about_these():
    """The same sums of other people: the systems are one, what insiders know is not."""
    searches = Searches()
    for values in ((1, 2, 40), (2, 1, 40), (8, 9, 40), (9, 8, 40), (5, 4, 3, 40), (3, 4, 5, 40)):
        problem, hidden = row_of_areas(values)
        alone, kept = audit(problem, hidden), audit(problem, hidden, searches=searches.elsewhere())
        assert replace(kept, solved=0) == replace(alone, solved=0)
    assert len(searches.blocks) < 6, "some are the same"
    again = audit(problem, hidden, searches=searches.elsewhere())
    assert again.solved == 0 and again.failures == kept.failures


def test_many_insiders_where_a_number_is_not_known_here():
    """Solutions of all insiders together, of which the first has to be found."""
    problem, hidden = row_of_areas((1, 2, 3, 4, 5, 6, 7, 8, 9, 4, 50), unknown=[9])
    assert len(problem.insiders) >= 8
    assert audit(problem, hidden).passed
    # All but two of the sums are told: whoever is in one of two knows the other.
    told = frozenset(sorted(hidden)[:2])
    (first, second) = [f for f in audit(problem, told).failures if f.insider is not None][:2]
    assert {first.insider, second.insider} == {0, 1}


@pytest.mark.slow
@settings(max_examples=60, deadline=None, derandomize=True)
@given(small_problems(), st.data())
def test_the_first_failure_is_one_of_all(case, data):
    """Stopping early and keeping what was solved changes no verdict."""
    problem, hidden = case
    known = Searches()
    others = data.draw(st.lists(st.sampled_from(sorted(hidden)), max_size=2)) if hidden else []
    for pattern in (hidden, *(hidden - {i} for i in others)):
        everything, kept = audit(problem, pattern), audit(problem, pattern, searches=known)
        assert replace(kept, solved=0) == replace(everything, solved=0)
        first = audit(problem, pattern, first=True)
        if everything.passed:
            assert first == everything
        else:
            (failure,) = first.failures
            assert failure in everything.failures
        assert audit(problem, pattern, first=True, searches=known).failures == first.failures
