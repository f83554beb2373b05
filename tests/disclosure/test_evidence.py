"""Tables that are handed to the auditor: they save searches, and never change what it says."""

import os
from dataclasses import replace

import numpy as np
import pytest
import scipy.sparse as sp
from hypothesis import given, settings
from hypothesis import strategies as st

from spm.disclosure import protect
from spm.disclosure.audit.audit import audit
from spm.disclosure.audit.search import Searches
from spm.disclosure.evidence import Evidence
from spm.disclosure.keptevidence import FILE, read_evidence, write_evidence
from spm.disclosure.problem import Count, Item, Problem, Shown
from spm.disclosure.suppress.suppression import suppress
from tests.disclosure.test_audit import LARGEST, small_problems
from tests.disclosure.test_forecast import small_counts
from tests.disclosure.test_memory import years


def safe():
    """Two years of a small table, and a pattern that nobody gets behind."""
    problem = years({"a": 2, "b": 38})
    return problem, suppress(problem).hidden


def proofs(problem, hidden):
    return audit(problem, hidden, measure=False).readers.evidence()


def verdict(found):
    """Fractions that the solver reaches another way differ in the last digit."""
    ends = [(round(f.low, 6), round(f.high, 6)) for f in found.failures]
    return [replace(f, low=0, high=0) for f in found.failures], ends, found.unprotectable


def test_right_tables_are_verified_and_nothing_is_searched():
    problem, hidden = safe()
    anew = audit(problem, hidden, measure=False)
    again = audit(problem, hidden, measure=False, evidence=proofs(problem, hidden))
    assert anew.solved > 0 and anew.verified == 0
    assert again.solved == 0 and again.verified > 0 and again.passed


def test_tables_that_contradict_one_published_number_prove_nothing():
    """Somebody shows the secondary again, and keeps the tables that said it was hidden."""
    problem, hidden = safe()
    old = proofs(problem, hidden)
    for shown in sorted(hidden - problem.primaries):
        less = hidden - {shown}
        found = audit(problem, less, measure=False, evidence=old)
        assert not found.passed
        assert verdict(found) == verdict(audit(problem, less, measure=False))


def test_tables_beyond_a_published_bound_prove_nothing():
    """A rounded number says that at most 2 are in a group; tables with more were right before."""
    small = Count("a", frozenset({0}), 1.0, True, (0.0, 3.0), threshold=3)
    rest, whole = Count("b", frozenset({1}), 40.0), Count("T", frozenset({0, 1}), 41.0)
    items = [
        Item("T", (Shown(2, 41, 41),)),
        Item("a", (Shown(0, 1, 1),)),
        Item("b", (Shown(1, 40, 40),)),
        Item("gerundet", (Shown(0, 0, 2),)),
    ]
    problem = Problem(("a", "b"), (small, rest, whole), tuple(items))
    unsafe, all_hidden = frozenset({1, 2}), frozenset({1, 2, 3})
    old = proofs(problem, all_hidden)
    assert audit(problem, all_hidden, measure=False, evidence=old).passed
    found = audit(problem, unsafe, measure=False, evidence=old)
    assert [(f.reader, f.count, f.high) for f in found.failures] == [("plain", 0, 2)]


@pytest.mark.slow
@settings(max_examples=60, deadline=None, derandomize=True)
@given(small_problems(), st.integers(0, 2**32 - 1))
def test_whatever_tables_are_handed_over_the_verdict_is_the_same(case, seed):
    """Right ones, wrong ones, fractions, numbers below zero, and right ones that were changed."""
    problem, hidden = case
    random, width = np.random.default_rng(seed), len(problem.variables)
    anew, exact = audit(problem, hidden, measure=False), audit(problem, hidden).bounds
    right = anew.readers.evidence() if anew.readers else Evidence.of(np.zeros(width), [])
    changed = right.changes.toarray() + random.integers(-1, 2, right.changes.shape)
    some = random.integers(-1, LARGEST + 2, (20, width)) / random.choice([1, 1, 2], (20, 1))
    for evidence in (
        right,
        Evidence(right.base, sp.csr_array(changed)),
        Evidence(right.base + 1, right.changes),
        Evidence.of(some[0].astype(float), list(some[1:].astype(float))),
        Evidence.of(np.full(width, np.nan), [np.full(width, np.inf)]),
        Evidence.of(np.zeros(max(width - 1, 0)), []),
    ):
        found = audit(problem, hidden, measure=False, evidence=evidence)
        assert verdict(found) == verdict(anew)
        ends = audit(problem, hidden, evidence=evidence).bounds
        assert ends == {c: pytest.approx(end, abs=1e-6) for c, end in exact.items()}


def test_tables_are_kept_by_the_names_of_the_variables(tmp_path):
    problem, hidden = safe()
    write_evidence(tmp_path, proofs(problem, hidden), problem.variables)
    back = read_evidence(tmp_path, problem.variables)
    assert audit(problem, hidden, measure=False, evidence=back).solved == 0
    # The other way round, and one that nobody has heard of: what is about others still serves.
    new = ("neu", *problem.variables[1:])
    some = audit(problem, hidden, measure=False, evidence=read_evidence(tmp_path, new))
    assert 0 < some.solved < audit(problem, hidden, measure=False).solved
    order = problem.variables[::-1]
    turned = read_evidence(tmp_path, order)
    at = [order.index(v) for v in problem.variables]
    assert np.array_equal(turned.base[at], back.base)
    assert np.array_equal(turned.changes[:, at].toarray(), back.changes.toarray())


@pytest.mark.parametrize(
    "broken",
    [
        lambda path: path.write_bytes(b""),
        lambda path: path.write_bytes(path.read_bytes()[:-40]),
        lambda path: path.write_bytes(b"PK\x03\x04 no archive"),
        lambda path: np.savez(path, names=np.array([{"a": 1}], object), base=np.zeros(1)),
        lambda path: np.savez(
            path, names=np.array(["a"]), base=np.zeros(1), data=np.ones(3),
            indices=np.array([0, 7, -1]), indptr=np.array([0, 3]),
        ),
        lambda path: (path.unlink(), path.mkdir()),
    ],
)  # fmt: skip
def test_a_file_that_is_none_is_no_evidence(tmp_path, broken):
    problem, hidden = safe()
    write_evidence(tmp_path, proofs(problem, hidden), problem.variables)
    broken(tmp_path / FILE)
    back = read_evidence(tmp_path, problem.variables)
    assert verdict(audit(problem, hidden, measure=False, evidence=back)) == ([], [], ())
    write_evidence(tmp_path, proofs(problem, hidden), problem.variables)  # what cannot be, is not


@pytest.mark.slow
def test_a_second_run_verifies_what_the_first_one_proved(tmp_path):
    inputs = small_counts()
    first = protect(inputs, tmp_path)
    second = protect(inputs, tmp_path)
    assert second.audit.verified > 0 and second.audit.solved == 0
    assert second.published.equals(first.published)
    assert second.audit.passed
    # A pattern that somebody has changed meets tables that do not fit it.
    (tmp_path / FILE).write_bytes(os.urandom(500))
    third = protect(inputs, tmp_path)
    assert third.audit.verified == 0 and third.published.equals(first.published)


def test_stale_tables_serve_where_nothing_has_changed(tmp_path):
    """One number is corrected: the proofs of all other blocks are verified, not searched."""
    problem, hidden = safe()
    old = proofs(problem, hidden)
    found, anew = (
        audit(years({"a": 2, "b": 38, "d": 91}), hidden, measure=False, evidence=evidence)
        for evidence in (old, None)
    )
    assert verdict(found) == verdict(anew)
    assert found.solved < anew.solved


def test_a_pattern_that_is_known_is_attacked_with_the_tables_of_the_last_run():
    """Not only its proof, which comes later, is spared the search."""
    problem, hidden = safe()
    parts = []
    suppress(problem, recall=lambda problem, start, decide: parts.append(decide()) or parts[-1])
    solved = []
    for evidence in (None, proofs(problem, hidden)):
        searches, known = Searches(), iter(parts)
        again = suppress(
            problem,
            recall=lambda *_, known=known: next(known),
            searches=searches,
            evidence=evidence,
        )
        assert again.hidden == hidden
        solved.append(sum(search.solved for search in searches.blocks.values()))
    assert solved[1] == 0 < solved[0]
