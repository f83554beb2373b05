"""Secondary suppression: cheap, deterministic, and nobody gets behind it."""

from dataclasses import replace
from itertools import combinations

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spm.disclosure.audit.audit import audit
from spm.disclosure.model.tables import table_problem
from spm.disclosure.problem import Count, Failure, Item, Problem, Relation, Shown
from spm.disclosure.suppress.pattern import EXACT, HEURISTIC
from spm.disclosure.suppress.suppression import suppress
from spm.errors import SpmError
from tests.conftest import ROOT

GOLDEN = ROOT.parent / "shared" / "golden" / "sdc"
golden = pytest.mark.skipif(not GOLDEN.exists(), reason="no golden values on this machine")


def read(name, **options):
    cells = pd.read_csv(GOLDEN / name / "cells.csv")
    labels = cells.filter(like="dim").agg("|".join, axis=1)
    if name == "textbook_3x3":  # protection levels of 5 on both sides of 22
        cells.loc[cells["status"] == "u", ["low", "high"]] = [17, 27]
    problem = table_problem(cells, pd.read_csv(GOLDEN / name / "constraints.csv"), **options)
    return problem, dict(enumerate(labels))


@golden
@pytest.mark.parametrize(
    ("name", "options", "secondary"),
    [
        # b is 3: who knows that no small number is as large finds the two ones behind it.
        ("issue194_ones", {"threshold": 3, "zeros_shown": True}, {"a"}),
        ("issue194_zeros", {"threshold": 3}, {"b"}),
        # BIG is 6 of two numbers below 4; and a family of A would find B in what is left of small.
        ("linked_regions_136", {"threshold": 4}, {"BIG", "I", "N", "small"}),
        ("ssb_z1", {"threshold": 4}, {"B|annet", "D|annet", "H|annet"}),
        ("textbook_3x3", {"threshold": 5}, {"II|A", "III|A", "III|C"}),
        ("two_way_47", {"threshold": 3}, {"x|d"}),
    ],
)
def test_golden_cases_are_caught_and_repaired_at_the_least_cost(name, options, secondary):
    problem, labels = read(name, **options)
    assert not audit(problem, problem.primaries).passed
    pattern = suppress(problem)
    assert audit(problem, pattern.hidden).passed
    assert {labels[i] for i in pattern.hidden - problem.primaries} == secondary
    assert pattern.exact


def table(values, primaries, threshold=3, **columns):
    """One total and its parts, as (name, value)."""
    names = list(values)
    cells = pd.DataFrame(
        {"cell_id": ["T", *names], "value": [sum(values.values()), *values.values()]}
    )
    cells["status"] = ["u" if c in primaries else "s" for c in cells["cell_id"]]
    for name, column in columns.items():
        cells[name] = cells["cell_id"].map(column)
    sums = pd.DataFrame({"row": 0, "cell_id": ["T", *names], "coef": [-1, *[1] * len(names)]})
    return cells, sums, threshold


def hidden_names(problem, pattern):
    return {problem.items[i].name for i in pattern.hidden - problem.primaries}


def test_the_cheapest_cell_goes_and_the_total_stays():
    cells, sums, t = table({"a": 1, "b": 40, "c": 7, "d": 90}, {"a"})
    problem = table_problem(cells, sums, threshold=t)
    assert hidden_names(problem, suppress(problem)) == {"c"}


def test_last_years_gap_is_preferred():
    cells, sums, t = table({"a": 1, "b": 40, "c": 41, "d": 90}, {"a"}, cost={"c": 20.0})
    problem = table_problem(cells, sums, threshold=t)
    assert hidden_names(problem, suppress(problem)) == {"c"}


def test_what_an_earlier_report_shows_is_of_no_use():
    cells, sums, t = table({"a": 1, "b": 40, "c": 7, "d": 90}, {"a"}, fixed={"c": True})
    problem = table_problem(cells, sums, threshold=t)
    assert hidden_names(problem, suppress(problem)) == {"b"}


def test_a_sum_of_suppressed_cells_below_the_threshold_takes_a_third():
    cells, sums, t = table({"a": 1, "b": 1, "c": 7, "d": 90}, {"a", "b"})
    problem = table_problem(cells, sums, threshold=t)
    assert hidden_names(problem, suppress(problem)) == {"c"}


def test_three_singletons_know_each_other():
    cells, sums, t = table({"a": 1, "b": 1, "c": 1, "d": 9, "e": 90}, {"a", "b", "c"})
    problem = table_problem(cells, sums, threshold=t, zeros_shown=True)
    assert hidden_names(problem, suppress(problem)) == {"d"}


def test_a_rate_that_gives_its_numerator_away_is_hidden():
    """7 of 230 at one decimal: 3,0 % leaves no other whole number."""
    cells, sums, t = table({"a": 7, "b": 223}, {"a"})
    cells["fixed"] = [True, False, False]
    rates = pd.DataFrame(
        [{"rate_id": "r", "zaehler": "a", "nenner": "T", "faktor": 100, "wert": 3.0}]
    ).assign(nachkommastellen=1)
    problem = table_problem(cells, sums, rates, threshold=t)
    assert "r" in hidden_names(problem, suppress(problem))


def test_stock_and_flow_give_the_year_before_away():
    """Stock of this year = stock of last year + births - leaving."""
    names = ("last", "this", "born", "left")
    values, sensitive = (2, 14, 13, 1), (True, False, False, False)
    counts = [
        Count(n, frozenset([i]), v, s, (0.0, 3.0) if s else None, threshold=3)
        for i, (n, v, s) in enumerate(zip(names, values, sensitive, strict=True))
    ]
    items = [Item(n, (Shown(i, v, v),), cost=v) for i, (n, v) in enumerate(zip(names, values))]  # noqa: B905
    flow = Relation("flow", {0: 1.0, 1: -1.0, 2: 1.0, 3: -1.0})
    problem = Problem(names, tuple(counts), tuple(items), (flow,))
    assert audit(problem, problem.primaries).failures[0].reader == "plain"
    pattern = suppress(problem)
    assert audit(problem, pattern.hidden).passed
    assert len(pattern.hidden) == 2


def test_hierarchies_with_a_cycle_are_refused():
    cells = pd.DataFrame({"cell_id": list("abc"), "value": [5, 5, 5], "status": "s"})
    sums = pd.DataFrame(
        {"row": [0, 0, 1, 1, 2, 2], "cell_id": list("abbcca"), "coef": [-1, 1, -1, 1, -1, 1]}
    )
    with pytest.raises(SpmError, match="im Kreis"):
        table_problem(cells, sums)


def test_a_total_smaller_than_its_parts_is_refused():
    cells, sums, _ = table({"a": 4, "b": 5}, {"a"})
    cells.loc[0, "value"] = 8
    with pytest.raises(SpmError, match="geht nicht auf"):
        table_problem(cells, sums)


@pytest.mark.parametrize("threshold", [0, -1])
def test_a_threshold_below_one_is_refused(threshold):
    cells, sums, _ = table({"a": 4, "b": 5}, {"a"})
    with pytest.raises(SpmError, match="Mindestfallzahl"):
        table_problem(cells, sums, threshold=threshold)


@st.composite
def linked_tables(draw):
    """Areas by groups with all margins, areas also in two overlapping groupings."""
    areas, groups = draw(st.integers(2, 4)), draw(st.integers(2, 3))
    values = [[draw(st.integers(0, 9)) for _ in range(groups)] for _ in range(areas)]
    threshold, zeros = draw(st.integers(2, 6)), draw(st.booleans())
    cells, sums = {}, []
    for a in range(areas):
        for g in range(groups):
            cells[f"{a}{g}"] = values[a][g]
    for a in range(areas):
        cells[f"{a}*"] = sum(values[a])
        sums.append((f"{a}*", [f"{a}{g}" for g in range(groups)]))
    for g in range(groups):
        cells[f"*{g}"] = sum(row[g] for row in values)
        sums.append((f"*{g}", [f"{a}{g}" for a in range(areas)]))
    cells["**"] = sum(map(sum, values))
    sums.append(("**", [f"{a}*" for a in range(areas)]))
    sums.append(("**", [f"*{g}" for g in range(groups)]))
    for name in draw(st.sampled_from([(), ("x",), ("x", "y")])):
        split = draw(st.integers(1, areas - 1)) if areas > 1 else 1
        for side, members in (("1", range(split)), ("2", range(split, areas))):
            cells[name + side] = sum(sum(values[a]) for a in members)
            sums.append((name + side, [f"{a}*" for a in members]))
        sums.append(("**", [name + "1", name + "2"]))
    frame = pd.DataFrame({"cell_id": list(cells), "value": list(cells.values())})
    small = frame["value"].lt(threshold) & (frame["value"].gt(0) | (not zeros))
    frame["status"] = small.map({True: "u", False: "s"})
    rows = [
        {"row": r, "cell_id": c, "coef": k}
        for r, (total, parts) in enumerate(sums)
        for c, k in [(total, -1), *((p, 1) for p in parts)]
    ]
    return table_problem(frame, pd.DataFrame(rows), threshold=threshold, zeros_shown=zeros)


FEW = settings(
    max_examples=25, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.mark.slow
@FEW
@given(linked_tables())
def test_no_reader_succeeds_and_nothing_is_hidden_in_vain(problem):
    pattern = suppress(problem)
    assert audit(problem, pattern.hidden).passed
    assert problem.primaries <= pattern.hidden
    for item in sorted(pattern.hidden - problem.primaries):
        assert not audit(problem, pattern.hidden - {item}).passed, problem.items[item].name
    assert suppress(problem) == pattern


@pytest.mark.slow
@settings(FEW, max_examples=10)
@given(linked_tables())
def test_the_loss_is_that_of_the_best_pattern(problem):
    """Compared with every pattern there is, for tables with few cells to choose from."""
    others = [i for i in range(len(problem.items)) if i not in problem.primaries]
    pattern = suppress(problem)
    if len(others) > 11 or pattern.method != EXACT:
        return
    best = min(
        problem.loss(problem.primaries | set(extra))
        for size in range(len(others) + 1)
        for extra in combinations(others, size)
        if audit(problem, problem.primaries | frozenset(extra), measure=False).passed
    )
    assert pattern.loss <= 1.1 * best + 1e-6


def test_large_parts_are_left_to_the_heuristic(monkeypatch):
    from spm.disclosure.suppress import part

    monkeypatch.setattr(part, "SMALL", 0)
    cells, sums, t = table({"a": 1, "b": 40, "c": 7, "d": 90}, {"a"})
    problem = table_problem(cells, sums, threshold=t)
    pattern = suppress(problem)
    assert (pattern.method, pattern.exact) == (HEURISTIC, False)
    assert hidden_names(problem, pattern) == {"c"}
    assert audit(problem, pattern.hidden).passed


def test_what_only_whole_numbers_prove_takes_one_sum_away(monkeypatch):
    """a+b, b+c and a+c+x tell that x is odd: for people who are whole it cannot be 0.

    No linear program proves that, so the cut comes from the largest pattern that still fails.
    """
    from spm.disclosure.suppress import optimal

    cuts = []

    def watched(*arguments):
        cuts.append(cut(*arguments))
        return cuts[-1]

    cut = optimal._superset_cut
    monkeypatch.setattr(optimal, "_superset_cut", watched)
    variables = {"a": 5, "b": 5, "c": 5, "x": 1}
    index = {name: i for i, name in enumerate(variables)}
    names = ["x", "ab", "bc", "acx"]
    values = {name: sum(variables[v] for v in name) for name in names}
    counts = [
        Count(
            n, frozenset(index[v] for v in n), values[n], n == "x", (0, 3) if n == "x" else None,
            threshold=3,
        )
        for n in names
    ]  # fmt: skip
    costs = {"x": 1.0, "ab": 9.0, "bc": 7.0, "acx": 8.0}
    items = [Item(n, (Shown(i, values[n], values[n]),), cost=costs[n]) for i, n in enumerate(names)]
    problem = Problem(tuple(index), tuple(counts), tuple(items))
    (failure,) = audit(problem, problem.primaries).failures
    assert (failure.reader, failure.low) == ("integer", 1)
    pattern = suppress(problem)
    assert cuts and all(found == {frozenset([i]): 1.0 for i in (1, 2, 3)} for found in cuts)
    assert hidden_names(problem, pattern) == {"bc"} and pattern.exact
    assert audit(problem, pattern.hidden).passed


def grid(values, threshold=3):
    """Rows and columns with all sums."""
    cells = {f"{r}{c}": n for r, row in enumerate(values) for c, n in enumerate(row)}
    rows, columns = range(len(values)), range(len(values[0]))
    sums = [(f"{r}*", [f"{r}{c}" for c in columns]) for r in rows]
    sums += [(f"*{c}", [f"{r}{c}" for r in rows]) for c in columns]
    sums.append(("**", [f"{r}*" for r in rows]))
    for total, parts in sums:
        cells[total] = sum(cells[p] for p in parts)
    frame = pd.DataFrame({"cell_id": list(cells), "value": list(cells.values())})
    frame["status"] = frame["value"].lt(threshold).map({True: "u", False: "s"})
    lines = [
        {"row": k, "cell_id": c, "coef": n}
        for k, (total, parts) in enumerate(sums)
        for c, n in [(total, -1), *((p, 1) for p in parts)]
    ]
    return table_problem(frame, pd.DataFrame(lines), threshold=threshold, zeros_shown=True)


VALUES = [[1, 9, 8, 7, 6], [9, 2, 8, 7, 5], [6, 7, 1, 9, 8], [8, 8, 9, 2, 7], [5, 6, 7, 8, 1]]


@pytest.mark.slow
def test_a_large_part_is_not_audited_item_by_item(monkeypatch):
    from spm.disclosure.suppress import part

    monkeypatch.setattr(part, "SMALL", 0)
    problem, audited = grid(VALUES), []

    def counted(problem, hidden, **options):
        audited.append(hidden)
        return audit(problem, hidden, **options)

    pattern = suppress(problem, counted)
    secondary = pattern.hidden - problem.primaries
    assert secondary and len(audited) < len(secondary)
    for item in sorted(secondary):
        assert not audit(problem, pattern.hidden - {item}).passed


@pytest.mark.slow
@pytest.mark.parametrize("small", [0, 200])
def test_what_only_the_audit_sees_stays_hidden(monkeypatch, small):
    from spm.disclosure.suppress import part

    monkeypatch.setattr(part, "SMALL", small)
    problem = grid(VALUES)
    needed = next(i for i, item in enumerate(problem.items) if item.name == "03")
    told = next(iter(problem.items[min(problem.primaries)].shows)).count

    def strict(problem, hidden, **options):
        found = audit(problem, hidden, **options)
        more = () if needed in hidden else (Failure("plain", told, 1.0, 1.0),)
        return replace(found, failures=found.failures + more)

    pattern = suppress(problem, strict)
    assert needed in pattern.hidden and strict(problem, pattern.hidden).passed
    for item in sorted(pattern.hidden - problem.primaries):
        assert not strict(problem, pattern.hidden - {item}).passed
