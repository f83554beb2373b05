"""Tables that the suppressor finds: each agrees with what its reader knows, and is kept for all
demands that it meets."""

from itertools import product

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from spm.disclosure.audit import attack
from spm.disclosure.audit.attack import Component
from spm.disclosure.audit.blocks import Islands
from spm.disclosure.audit.knowledge import Rows
from spm.disclosure.audit.readers import Readers, known_of
from spm.disclosure.evidence import Evidence
from spm.disclosure.solver import goals
from spm.disclosure.suppress.demands import Demand, Witnesses, demands
from spm.disclosure.suppress.system import TOLERANCE, System
from spm.disclosure.suppress.witness import View, plain_change, search
from tests.disclosure.test_audit import LARGEST, small_problems


def believed(system, d, table, hidden):
    """Whether the reader of a demand holds a table possible, and finds the demand met in it."""
    sums = system.matrix @ table
    fits = (sums >= system.low - TOLERANCE) & (sums <= system.high + TOLERANCE)
    number = float((system.aims @ table)[d.about])
    there = number != system.true[d.about] if not d.side else d.side * (number - d.target) >= -1e-6
    own = d.insider < 0 or (system.aims @ table)[d.insider] == system.true[d.insider]
    return (
        there
        and own
        and bool(np.all(fits | ~system.known(hidden)))
        and bool(np.all(table >= -1e-9))
        and (not d.whole or bool(np.all(table == np.round(table))))
        and (not d.lawful or system.is_lawful(table))
    )


def wanted(system):
    """Usual demands, and those of insiders."""
    usual = demands(system)
    pairs = product(range(len(system.sensitive)), repeat=2)
    return usual + [
        Demand(a, 0, float(system.true[a]), whole=True, lawful=True, insider=b)
        for a, b in pairs
        if a != b
    ]


@pytest.mark.slow
@settings(max_examples=150, deadline=None, derandomize=True)
@given(small_problems(), st.booleans())
def test_a_table_is_what_its_reader_can_believe_and_none_is_missed(case, near):
    problem, hidden = case
    system = System(problem)
    view, everything = View(system, hidden), range(LARGEST + 1)
    weights = system.prices(problem.primaries) * near
    tables = [np.array(t, float) for t in product(everything, repeat=system.size)]
    for d in wanted(system):
        possible = any(believed(system, d, t, hidden) for t in tables)
        easy = plain_change(view, d, hidden)
        assert easy is None or believed(system, d, easy, hidden)
        found = search(view, d, hidden, weights, any_=True)
        assert found is None or believed(system, d, found, hidden)
        assert found is not None or not possible
        # Fractions are enough for who does not know that people are whole.
        assert found is None or possible or not d.whole


@settings(max_examples=60, deadline=None, derandomize=True)
@given(small_problems(), st.integers(0, 2**32 - 1))
def test_the_demands_that_tables_meet_are_those_that_they_meet_one_by_one(case, seed):
    problem, hidden = case
    system, random = System(problem), np.random.default_rng(seed)
    pool, tables = Witnesses(system), [system.base]
    asked = wanted(system)
    for _ in range(6):
        table = random.integers(0, LARGEST + 1, system.size) / random.choice([1.0, 1.0, 2.0])
        pool.add(table)
        tables.append(table)
        some = [d for d in asked if random.random() < 0.6]
        pattern = hidden if random.random() < 0.5 else frozenset(range(len(problem.items)))

        def agree(t, pattern=pattern):  # with all that is published, whoever reads it
            touched = system.touched(t)
            return all(frozenset(system.items[f]) <= pattern for f in touched)

        def met(d, t, pattern=pattern):
            return agree(t) and believed(system, d, t, pattern)

        assert pool.unmet(some, pattern) == [d for d in some if not any(met(d, t) for t in tables)]
        assert pool.unmet(some, pattern, last=1) == [d for d in some if not met(d, table)]


def test_tables_of_two_are_put_together():
    mine = Evidence.of(np.array([1.0, 2.0, 0.0]), [np.array([2.0, 1.0, 0.0])])
    yours = Evidence.of(np.array([0.0, 3.0, 4.0]), [np.array([3.0, 0.0, 4.0]), np.zeros(3)])
    both = mine.and_others(yours)
    rows = {(1, 2, 0), (2, 1, 0), (0, 3, 4), (3, 0, 4), (0, 0, 0)}
    assert {tuple(t) for t in both.about(np.arange(3)).tolist()} == rows
    assert {tuple(t) for t in both.about(np.array([2])).tolist()} == {(0,), (4,)}
    assert mine.and_others(None) is mine
    assert np.array_equal(both.base, mine.base)


@pytest.mark.parametrize("others", [goals, lambda goal, count: iter([-goal] * count)])
def test_a_fraction_is_no_answer_where_people_are_whole(others, monkeypatch):
    """Rings of three: of neighbours one may have somebody, so in fractions all have a half. What
    is found on the way for another goal is no answer, either."""
    monkeypatch.setattr(attack, "goals", others)
    ring = np.array([[1, 1, 0], [0, 1, 1], [1, 0, 1]], float)
    for rings, names in ((1, "abc"), (2, "abcdef")):
        width, free = 3 * rings, np.full(3 * rings, np.inf)
        matrix = sp.csr_array(sp.block_diag([ring] * rings))
        rows = Rows(matrix, np.zeros(width), np.ones(width), tuple(names))
        none = Rows(sp.csr_array((0, width)), np.empty(0), np.empty(0), ())
        asked = sp.csr_array(np.eye(width))
        block = Component(np.arange(width), rows, np.zeros(width), free, none, asked)
        assert block.solve(-np.ones(width))[0] == pytest.approx(-1.5 * rings)
        value, table = block.solve(-np.ones(width), whole=True)
        assert value == -rings
        assert sorted(table.tolist()) == [0] * 2 * rings + [1] * rings


@pytest.mark.slow
@settings(max_examples=80, deadline=None, derandomize=True)
@given(small_problems())
def test_what_is_left_out_has_nothing_to_do_with_the_question(case):
    problem, hidden = case
    asked = [c for c, n in enumerate(problem.counts) if n.sensitive]
    state, rules = known_of(problem, hidden)
    islands = Islands(state, rules)
    for c in asked:
        whole = Readers(problem, hidden, [c], [], None, (state, rules))
        near = Readers(problem, hidden, [c], [], None, islands.about(problem.counts[c].parts))
        for reader in ("plain", "integer", "threshold"):
            told = near.bounds(c, reader, None)
            assert told == pytest.approx(whole.bounds(c, reader, None), abs=1e-6)
