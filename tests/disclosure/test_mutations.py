"""Give single suppressed rows of the demo back: whatever is unsafe then stops the build.

None of the rows is hidden in vain, so every one of them must be missed. A normal run tries a spread
sample; ``SPM_ALL_CELLS=1 pytest tests/disclosure/test_mutations.py`` tries them all (662 rows in
about two minutes).
"""

import os

import pandas as pd
import pytest
from scipy.optimize import linprog
from scipy.sparse import csr_array

from spm.build import check
from spm.disclosure import protection
from spm.disclosure.audit.audit import audit
from spm.disclosure.audit.search import Searches
from spm.disclosure.inputs.rows import row_keys
from spm.disclosure.model.model import build_model
from spm.disclosure.protection import require_safe
from spm.errors import SpmError
from spm.progress import steps
from spm.published import NUMBERS
from spm.statistics.statements import add_statements

ALL = os.environ.get("SPM_ALL_CELLS") == "1"
PRIMARY_STEP, SECONDARY_STEP = (1, 1) if ALL else (16, 4)
"""One in so many rows is given back."""


@pytest.fixture(scope="module")
def demo_inputs(demo):
    with steps(quiet=True) as silent:
        checked, _ = check(demo / "params" / "pilotkommune.yml", silent)
    published = pd.read_parquet(demo / "data/processed/pilotkommune/published.parquet")
    return checked.inputs, build_model(checked.inputs), published


@pytest.fixture(scope="module")
def searches():
    """Blocks that a row has nothing to do with are solved once for all rows."""
    return Searches()


def given_back(inputs, published, position):
    """The dataset with one row as it truly is; what is said of the rows is as before."""
    changed = published.copy()
    columns = [*NUMBERS, "status"]
    changed.loc[changed.index[position], columns] = inputs.indicators[columns].iloc[position]
    return changed


def equations(problem, hidden):
    """All that is known, as equations.

    Written apart from the package: every printed number one equation, no presolve, no parts.
    """
    rows, right = [], []
    for i, item in enumerate(problem.items):
        if i not in hidden:
            for s in item.shows:
                rows.append({v: 1.0 for v in problem.counts[s.count].parts})
                right.append(s.low)
    for relation in problem.relations:
        if relation.low == relation.high:
            rows.append(dict(relation.coefficients))
            right.append(relation.low)
    return rows, right


def ends(problem, hidden, count):
    rows, right = equations(problem, hidden)
    at = [(r, v, k) for r, row in enumerate(rows) for v, k in row.items()]
    i, j, k = zip(*at, strict=True)
    matrix = csr_array((k, (i, j)), shape=(len(rows), len(problem.variables)))
    goal = [1.0 if v in problem.counts[count].parts else 0.0 for v in range(matrix.shape[1])]
    low = linprog(goal, A_eq=matrix, b_eq=right, method="highs")
    high = linprog([-g for g in goal], A_eq=matrix, b_eq=right, method="highs")
    return low.fun, float("inf") if high.status == 3 else -high.fun


def given_back_in_vain(demo_inputs, searches, keys, patch):
    """Those rows that could be shown without anybody getting behind anything.

    Only of the first it is asked, too, whether what is said of the rows follows from them: that is
    half of the work, and who gives a number back changes nothing about it.
    """
    inputs, model, published = demo_inputs
    position, safe = {key: i for i, key in enumerate(row_keys(published))}, []
    for key in keys:
        changed = given_back(inputs, published, position[key])
        if key == keys[0]:
            changed = add_statements(changed, inputs.catalogue)
        else:
            patch.setattr(protection, "_require_statements", lambda *_: None)
        try:
            require_safe(changed, model, inputs, searches)
        except SpmError as stopped:
            assert "nicht gewährleistet" in str(stopped), key
        else:
            safe.append(key)
    return safe


def sensitive(problem):
    return [c for c, count in enumerate(problem.counts) if count.sensitive]


def test_the_dataset_as_it_is_passes(demo_inputs, searches):
    inputs, model, published = demo_inputs
    assert require_safe(published, model, inputs, searches).passed


def test_giving_back_a_primary_stops_the_build(demo_inputs, searches, monkeypatch):
    _, model, _ = demo_inputs
    primaries = [model.problem.items[i].name for i in sorted(model.problem.primaries)]
    assert len(primaries) > 150
    assert given_back_in_vain(demo_inputs, searches, primaries[::PRIMARY_STEP], monkeypatch) == []


def test_giving_back_a_secondary_stops_the_build(demo_inputs, searches, monkeypatch):
    _, model, published = demo_inputs
    status = zip(row_keys(published), published["status"], strict=True)
    gone = {key for key, s in status if s == "gesperrt"}
    secondary = [
        k for k, i in sorted(model.items.items(), key=str)
        if k in gone and i not in model.problem.primaries
    ]  # fmt: skip
    assert len(secondary) > 50
    assert given_back_in_vain(demo_inputs, searches, secondary[::SECONDARY_STEP], monkeypatch) == []


def test_what_is_not_solved_again_changes_no_verdict(demo_inputs, searches):
    """The audit of every third count, with and without what was solved for other datasets."""
    _, model, published = demo_inputs
    problem = model.problem
    status = zip(row_keys(published), published["status"], strict=True)
    hidden = frozenset(model.items[k] for k, s in status if s == "gesperrt" and k in model.items)
    third = sensitive(problem)[::3]
    audit(problem, hidden, only=third, searches=searches)
    secondary = sorted(hidden - problem.primaries)
    less = hidden - {secondary[0], secondary[-1]}
    found = audit(problem, less, only=third, searches=searches)
    anew = audit(problem, less, only=third)
    assert anew.failures and found.solved < anew.solved / 2
    assert (found.failures, found.bounds, found.narrowest) == (
        anew.failures,
        anew.bounds,
        anew.narrowest,
    )


def test_an_independent_solver_agrees(demo_inputs):
    """A lone gap in an area table: plain linear programming tells what the audit must find."""
    _, model, _ = demo_inputs
    problem = model.problem
    hidden, asked = problem.primaries, sensitive(problem)[::120]
    found = audit(problem, hidden, only=asked)
    failed = {f.count: (f.low, f.high) for f in found.failures if f.reader == "plain"}
    for count, between in failed.items():
        assert ends(problem, hidden, count) == pytest.approx(between, abs=1e-6)
    assert len(failed) > 2
