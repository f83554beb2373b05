"""Who knows every rule, and which rows had to be suppressed, still finds nobody."""

from dataclasses import replace

import pandas as pd
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from spm.disclosure import protect
from spm.disclosure.audit.audit import audit
from spm.disclosure.model.model import build_model
from spm.disclosure.model.tables import table_problem
from spm.disclosure.problem import Item, Problem, Relation
from spm.disclosure.suppress.suppression import suppress
from spm.facts import GEZAEHLT
from spm.published import GESPERRT
from tests.disclosure.rule_reader import found_out, interval
from tests.disclosure.test_primary import inputs, rule
from tests.disclosure.test_suppression import linked_tables
from tests.statistics.test_indicators import entry
from tests.statistics.test_selection import fact, facts

# --- tables ---------------------------------------------------------------------------------------


def areas(*values, threshold=10, zeros=True, family=None):
    """Areas and their total; all that is small is a primary cell, and all cells are as dear."""
    names = "abcdefgh"[: len(values)]
    cells = pd.DataFrame({"cell_id": ["T", *names], "value": [sum(values), *values]})
    small = cells["value"].lt(threshold) & (cells["value"].gt(0) | (not zeros))
    cells["status"] = small.map({True: "u", False: "s"})
    cells["cost"] = [200.0, *[8.0] * len(values)]
    sums = pd.DataFrame({"row": 0, "cell_id": ["T", *names], "coef": [-1, *[1] * len(names)]})
    return table_problem(cells, sums, threshold=threshold, zeros_shown=zeros, family=family)


def items(problem, *names):
    return frozenset(i for i, item in enumerate(problem.items) if item.name in names)


@pytest.mark.parametrize(
    ("values", "given_away", "told"),
    [
        ((9, 9, 40, 55), "ab", {"a": 9, "b": 9}),  # 18 of two numbers below 10
        ((5, 10, 10, 40), "ab", None),  # 15: from 1 to 5, and from 10 on
        ((1, 10, 30, 40), "ab", {"a": 1}),  # 11 of one below 10 and one from 10 on
        ((4, 4, 31, 70), "ab", {"a": 4, "b": 4}),  # a threshold of 5
        ((2, 2, 2, 90, 75), "abc", {"a": 2, "b": 2, "c": 2}),  # a threshold of 3
    ],
)
def test_numbers_below_the_threshold_do_not_hide_each_other(values, given_away, told):
    threshold = {4: 5, 2: 3}.get(values[0], 10)
    problem = areas(*values, threshold=threshold)
    hidden = items(problem, *given_away)
    for name, number in (told or {}).items():
        count = next(c for c, n in enumerate(problem.counts) if n.name == name)
        assert interval(problem, hidden, count) == (number, number)
        assert interval(problem, hidden, count, rules=False) != (number, number)
    found = [f for f in audit(problem, hidden).failures if f.reader == "threshold"]
    assert {problem.counts[f.count].name: f.low for f in found} == (told or {})
    pattern = suppress(problem)
    assert audit(problem, pattern.hidden).passed
    assert found_out(problem, pattern.hidden) == []
    assert items(problem, "T") - pattern.hidden, "the total can stay"


@pytest.mark.parametrize(
    ("values", "threshold"), [((2, 2, 40, 55), 3), ((3, 4, 70, 80), 5), ((6, 2, 31, 52), 7)]
)
def test_people_who_know_each_other_do_not_learn_of_others(values, threshold):
    """A parent of both children of one area subtracts them from what is left of the total."""
    problem = areas(*values, threshold=threshold)
    hidden = items(problem, "a", "b")
    assert ("b", values[1], "a") in found_out(problem, hidden)
    failures = audit(problem, hidden).failures
    assert {(f.reader, f.insider) for f in failures} >= {("insider", 1), ("insider", 2)} or failures
    pattern = suppress(problem)
    assert audit(problem, pattern.hidden).passed
    assert found_out(problem, pattern.hidden) == []


def test_how_many_know_each_other_can_be_said():
    """Two and three of seven: with brothers and sisters left out, both cells are enough."""
    problem = areas(2, 3, 40, 55, threshold=5, family=1)
    hidden = items(problem, "a", "b")
    assert audit(problem, hidden).passed and found_out(problem, hidden) == []
    problem = areas(2, 3, 40, 55, threshold=5, family=2)
    (failure,) = audit(problem, hidden).failures
    assert (failure.reader, failure.insider, failure.low) == ("insider", 1, 3)


def test_a_zero_that_might_have_been_shown_hides_nobody():
    """A suppressed 0 could be 0 or not small: next to a small number that is all the same."""
    problem = areas(4, 0, 40, 55)
    assert found_out(problem, items(problem, "a", "b")) == [("a", 4, None)]
    problem = areas(4, 0, 4, 40, 55)
    hidden = items(problem, "a", "b", "c")
    assert interval(problem, hidden, 1) == (1, 7) and interval(problem, hidden, 2) == (0, 0)
    assert suppress(problem).hidden == items(problem, "a", "c", "d")


def test_what_the_rules_alone_tell_stops_nothing():
    """1 and 1 make 2, and each is small: the threshold 3 says so, whatever is suppressed."""
    cells = pd.DataFrame({"cell_id": list("Tsab"), "value": [90, 2, 1, 1], "status": list("suuu")})
    sums = pd.DataFrame({"row": 0, "cell_id": list("sab"), "coef": [-1, 1, 1]})
    problem = table_problem(cells, sums, threshold=3, zeros_shown=True)
    everything = frozenset(range(len(problem.items)))
    assert {name for name, *_ in found_out(problem, everything)} == {"s", "a", "b"}
    pattern = suppress(problem)
    found = audit(problem, pattern.hidden)
    assert found.passed and found.unprotectable == (1, 2, 3)
    assert pattern.hidden == items(problem, "s", "a", "b")


def test_the_choice_says_nothing_about_sizes():
    """Equally dear: whatever the numbers of what is suppressed, the same cells go."""
    chosen = [suppress(areas(4, *others, 60)).hidden for others in ((37, 52), (52, 37), (81, 44))]
    assert chosen[0] == chosen[1] == chosen[2]


# --- random tables --------------------------------------------------------------------------------

FEW = settings(
    max_examples=20, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck)
)


@pytest.mark.slow
@FEW
@given(linked_tables(), st.data())
def test_no_rule_helps_in_random_tables(problem, data):
    """Cells that have to go, thresholds, zeros, gaps of the sender: nothing is pinned down."""
    single = [i for i, n in enumerate(problem.counts) if len(n.parts) == 1 and n.sensitive]
    for c in data.draw(st.lists(st.sampled_from(single), max_size=2)) if single else []:
        problem = with_gap(problem, c)
    pattern = suppress(problem)
    assert audit(problem, pattern.hidden).passed
    everything = frozenset(range(len(problem.items)))
    by_rule = found_out(problem, everything)  # no pattern can help
    assert set(found_out(problem, pattern.hidden)) <= set(by_rule)


def with_gap(problem, c):
    """A small cell is one that its sender has suppressed: nobody here knows more than its rule."""
    old = problem.counts[c]
    if old.value is None:
        return problem
    most = max(2.0, old.value)
    relation = Relation(f"gap {c}", {v: 1.0 for v in old.parts}, float(old.zeros_shown), most)
    counts = list(problem.counts)
    counts[c] = replace(old, value=None, need=(relation.low, most))
    kept = [
        replace(item, shows=tuple(s for s in item.shows if s.count != c)) for item in problem.items
    ]
    kept = [item if item.shows else Item(item.name, (), forced=True) for item in kept]
    return Problem(
        problem.variables,
        tuple(counts),
        tuple(kept),
        (*problem.relations, relation),
        tuple((w, p) for w, p in problem.partitions if c not in (w, *p)),
    )


# --- reports --------------------------------------------------------------------------------------


STATUS = {True: GESPERRT, False: GEZAEHLT}


def report(*cases, rules=None, people=500, zeros="ja", **changes):
    """Cases by area among so many people; None is a gap, the total is known."""
    names = [str(i + 1) for i in range(len(cases))]
    whole = changes.pop("whole", None)
    table = [fact(a, people) for a in names]
    table += [
        fact(
            a, n, merkmal="teil", lieferung="jobcenter", status=GESPERRT if n is None else GEZAEHLT
        )
        for a, n in zip(names, cases, strict=True)
    ]
    if whole is not None:
        table.append(fact("gesamt", whole, merkmal="teil", lieferung="jobcenter"))
    rules = rules or {"amt": rule(10), "jobcenter": rule(10, zeros=zeros)}
    return inputs(facts(*table), {"k": entry("k")}, rules, **changes)


def shown(done):
    rows = done.published
    return set(rows[rows["status"].eq("ok")]["raum"])


@pytest.mark.slow
@pytest.mark.parametrize("cases", [(9, 9, 40, 55), (5, 10, 10, 40), (1, 10, 52, 81), (8, 9, 9, 70)])
def test_a_report_tells_nothing_to_who_knows_its_rules(cases):
    done = protect(report(*cases))
    hidden = frozenset(done.pattern.hidden)
    assert found_out(done.model.problem, hidden) == []
    assert "gesamt" in shown(done)


@pytest.mark.slow
def test_a_gap_of_the_sender_is_no_larger_than_its_rule_allows():
    """Total 106, 40 and 55: 11 is left for a 9 and a gap that can only be 1 or 2."""
    for threshold, gap, last in ((3, 2, 55), (4, 3, 54)):
        rules = {
            "amt": rule(10),
            "jobcenter": rule(10, mindestfallzahl_absender=threshold),
        }
        given = report(None, 9, 40, last, rules=rules, whole=9 + 40 + last + gap)
        problem = build_model(given).problem
        bare = problem.primaries
        names = {c.name: c for c in problem.counts}
        assert names["teil, 2023, Raum 1"].need == (1.0, threshold - 1.0)
        told = {name: number for name, number, _ in found_out(problem, bare)}
        assert told["teil, 2023, Raum 1"] == gap and told["teil, 2023, Raum 2"] == 9
        done = protect(given)
        assert found_out(done.model.problem, done.pattern.hidden) == []
        assert len(shown(done)) < 3


def test_a_gap_that_cannot_be_small_tells_no_rule():
    """The sender protects small numbers by further gaps: 120 is left for two of them."""
    given = report(None, None, 40, 55, whole=215, rules={"amt": rule(3), "jobcenter": rule(3)})
    problem = build_model(given).problem
    assert not [r for r in problem.relations if "vom Absender" in str(r.name)]
    assert protect(given).audit.passed


def test_a_gap_that_can_only_be_one_is_told_by_its_sender():
    rules = {"amt": rule(3), "jobcenter": rule(3, mindestfallzahl_absender=2)}
    given = report(None, 30, 40, 55, whole=126, rules=rules)
    (gap,) = [c for c in build_model(given).problem.counts if c.name == "teil, 2023, Raum 1"]
    assert (gap.sensitive, gap.need) == (False, None)
    assert protect(given).audit.passed


def test_a_small_denominator_is_known_to_be_small():
    """No rate for fewer than 50 people: of a rate held back for that, who knows the rule knows."""
    rules = {"amt": rule(3, mindestnenner=50), "jobcenter": rule(3)}
    problem = build_model(report(20, 20, 20, people=40, rules=rules)).problem
    small = [c for c in problem.counts if str(c.name).startswith("bevoelkerung, 2023, Raum 1")]
    assert [c.limits for c in small] == [(0.0, 49.0)]
    problem = build_model(report(2, 20, 20, people=50, rules=rules)).problem
    limits = {str(c.name): c.limits for c in problem.counts}
    assert limits["bevoelkerung, 2023, Raum 2"] == (50.0, float("inf"))
    assert limits["bevoelkerung, 2023, Raum 1"] == (0.0, float("inf")), "suppressed for the 2"


def test_the_one_not_in_the_numerator_is_below_the_threshold_too():
    """491 and 493 of 500: what the rows are suppressed for is no printed number, but known."""
    done = protect(report(491, 493, 40, 55))
    reasons = {c for item in done.model.problem.items for c in item.reasons}
    lawful = [done.model.problem.lawful[c] for c in sorted(reasons)]
    assert lawful[:2] == [(1.0, 9.0), (1.0, 9.0)]
    assert found_out(done.model.problem, done.pattern.hidden) == []


@pytest.mark.slow
def test_a_total_that_is_published_is_not_almost_all_of_one_facility():
    """Of 6 children in two Kitas none may have more than 60 %: it is 3 and 3."""
    places = {"Kita: A": 3, "Kita: B": 3}
    table = facts(
        fact("1", 300), fact("2", 300),
        fact("1", 3, merkmal="teil", lieferung="jobcenter"),
        fact("2", 3, merkmal="teil", lieferung="jobcenter"),
        *(fact("gesamt", 300, einrichtung=p) for p in places),
        *(fact("gesamt", n, merkmal="teil", lieferung="jobcenter", einrichtung=p)
          for p, n in places.items()),
    )  # fmt: skip
    rules = {"amt": rule(3), "jobcenter": rule(5, dominanz={"n": 1, "k": 60})}
    given = inputs(table, {"k": entry("k", je_einrichtung="ja")}, rules)
    problem = build_model(given).problem
    assert len(problem.inferred) == 2
    shares = [sum(r.coefficients.values()) for r in problem.inferred]
    assert all(s == pytest.approx(1 - 2 * 0.6) for s in shares)
    total = next(i for i, item in enumerate(problem.items) if item.name.raum == "gesamt")
    hidden = frozenset(range(len(problem.items))) - {total}
    assert {name for name, *_ in found_out(problem, hidden)} >= {
        "teil, 2023, Raum Kita: A",
        "teil, 2023, Raum Kita: B",
    }
    done = protect(given)
    assert found_out(done.model.problem, done.pattern.hidden) == []
