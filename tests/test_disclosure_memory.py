"""The pattern that is kept between runs: used while nothing changes, and never to be trusted."""

import json
from dataclasses import replace

import pytest

from spm.disclosure import memory, protect
from spm.disclosure.audit import audit
from spm.disclosure.memory import FILE, remembered
from spm.disclosure.model import build_model
from spm.disclosure.suppression import suppress
from spm.disclosure.tables import table_problem
from spm.errors import SpmError
from tests.test_disclosure_forecast import small_counts
from tests.test_disclosure_suppression import hidden_names, table


@pytest.fixture
def decided(monkeypatch):
    """The problems that were decided and not remembered."""
    problems = []

    def watched(problem):
        problems.append(problem)
        return suppress(problem)

    monkeypatch.setattr(memory, "suppress", watched)
    return problems


def example(**changes):
    """1 of 138 is small; hiding 7 is cheapest. Items: T, a, b, c, d."""
    values = {"a": 1, "b": 40, "c": 7, "d": 90} | changes
    cells, sums, threshold = table(values, {"a"})
    return table_problem(cells, sums, threshold=threshold)


def rewrite(folder, problem, **changes):
    """Change what is kept; the digest is right, as if the program had written it."""
    path = folder / FILE
    kept = json.loads(path.read_text(encoding="utf-8")) | changes
    del kept["digest"]
    text = json.dumps({"digest": memory._digest(problem, kept), **kept})
    path.write_text(text, encoding="utf-8")


def test_the_same_problem_is_decided_once(tmp_path, decided):
    first = remembered(example(), tmp_path)
    written = (tmp_path / FILE).read_bytes()
    assert remembered(example(), tmp_path) == first == suppress(example())
    assert len(decided) == 1
    assert (tmp_path / FILE).read_bytes() == written
    assert [p.name for p in tmp_path.iterdir()] == [FILE], "nothing half-written is left"


def test_without_a_folder_nothing_is_kept(decided):
    remembered(example(), None)
    remembered(example(), None)
    assert len(decided) == 2


def changed_problems():
    problem = example()
    count, item = problem.counts[1], problem.items[3]

    def counts(**changes):
        return (problem.counts[0], replace(count, **changes), *problem.counts[2:])

    yield "another number", example(c=8)
    yield "another order", example(c=90, d=7)
    yield "threshold", replace(problem, counts=counts(threshold=4))
    yield "factor", replace(problem, counts=counts(need=(0.0, 6.0)))
    yield "zeros", replace(problem, counts=counts(zeros_shown=True))
    for name, changes in (
        ("last year's gap", {"cost": 900.0}),
        ("dominance", {"forced": True}),
        ("earlier report", {"fixed": True}),
    ):
        items = [*problem.items]
        items[3] = replace(item, **changes)
        yield name, replace(problem, items=tuple(items))
    yield "subtraction", replace(problem, partitions=())


@pytest.mark.parametrize("changed", [pytest.param(p, id=name) for name, p in changed_problems()])
def test_whatever_changes_is_decided_anew(tmp_path, decided, changed):
    remembered(example(), tmp_path)
    found = remembered(changed, tmp_path)
    assert decided == [example(), changed]
    assert found == suppress(changed)
    assert remembered(changed, tmp_path) == found and len(decided) == 2, "and kept in its place"


def test_another_solver_or_program_decides_anew(tmp_path, decided, monkeypatch):
    remembered(example(), tmp_path)
    monkeypatch.setattr(memory.metadata, "version", lambda name: "0.1")
    remembered(example(), tmp_path)
    assert len(decided) == 2
    copy = tmp_path / "disclosure"
    copy.mkdir()
    monkeypatch.setattr(memory, "__file__", str(copy / "memory.py"))
    (copy / "optimal.py").write_text("ROUNDS = 60", encoding="utf-8")
    remembered(example(), tmp_path)
    remembered(example(), tmp_path)
    assert len(decided) == 3
    (copy / "optimal.py").write_text("ROUNDS = 61", encoding="utf-8")
    remembered(example(), tmp_path)
    assert len(decided) == 4


@pytest.mark.parametrize(
    "content",
    [b"", b"{", b"\xff\xfe", b"null", b"[]", b"{}", b'"x"', b"7", b"[" * 100_000,
     b'{"digest": NaN}', b'{"digest": {}, "hidden": [1, 3]}'],
)  # fmt: skip
def test_a_broken_file_is_replaced(tmp_path, decided, content):
    (tmp_path / FILE).write_bytes(content)
    assert hidden_names(example(), remembered(example(), tmp_path)) == {"c"}
    remembered(example(), tmp_path)
    assert len(decided) == 1


def test_who_edits_the_file_is_not_believed(tmp_path, decided):
    remembered(example(), tmp_path)
    path = tmp_path / FILE
    for old, new in (("[1, 3]", "[1]"), ("[1, 3]", "[1, 2, 3, 4]"), ("exakt", "heuristisch")):
        text = path.read_text(encoding="utf-8")
        assert old in text
        path.write_text(text.replace(old, new), encoding="utf-8")
        assert remembered(example(), tmp_path) == suppress(example())
    assert len(decided) == 4


@pytest.mark.parametrize(
    "changes",
    [
        {"hidden": [1, 3, 5]},
        {"hidden": [1, 3, -1]},
        {"hidden": [1, 3.0]},
        {"hidden": [True, 3]},
        {"hidden": ["1", "3"]},
        {"hidden": [[1], [3]]},
        {"hidden": [1, None]},
        {"hidden": {"1": 1, "3": 1}},
        {"hidden": "13"},
        {"hidden": 13},
        {"hidden": None},
        {"hidden": []},
        {"hidden": [3]},
        {"unprotectable": [99]},
        {"unprotectable": [-1]},
        {"unprotectable": [1.0]},
        {"unprotectable": None},
        {"exact": "ja"},
        {"exact": 1},
        {"method": "gewürfelt"},
        {"method": ["exakt"]},
        {"loss": 0.0},
    ],
)
def test_what_no_suppressor_has_written_is_decided_anew(tmp_path, decided, changes):
    problem = example()
    remembered(problem, tmp_path)
    rewrite(tmp_path, problem, **changes)
    assert remembered(problem, tmp_path) == suppress(problem)
    assert len(decided) == 2


def test_a_pattern_that_hides_too_little_is_never_published(tmp_path, decided):
    """Only the small counts are hidden, under a right digest: the audit finds it."""
    given = small_counts()
    protect(given, tmp_path)
    problem = build_model(given).problem
    rewrite(tmp_path, problem, hidden=sorted(problem.primaries))
    assert not audit(problem, remembered(problem, tmp_path).hidden).passed
    with pytest.raises(SpmError, match="nicht gewährleistet"):
        protect(given, tmp_path)
    assert len(decided) == 1, "the wrong pattern was taken"
    again = protect(given, tmp_path)
    assert again.audit.passed and len(decided) == 2, "what the message advises does help"
    protect(given, tmp_path)
    assert len(decided) == 2


def test_the_pattern_of_another_municipality_does_not_fit(tmp_path, decided):
    protect(small_counts(), tmp_path)
    problem = example()
    kept = json.loads((tmp_path / FILE).read_text(encoding="utf-8"))
    assert hidden_names(problem, remembered(problem, tmp_path)) == {"c"}
    assert json.loads((tmp_path / FILE).read_text(encoding="utf-8")) != kept


def test_a_pattern_that_hides_more_loses_what_it_says(tmp_path):
    """Nothing unsafe, and the loss is that of what is hidden."""
    problem = example()
    remembered(problem, tmp_path)
    rewrite(tmp_path, problem, hidden=[1, 2, 3])
    found = remembered(problem, tmp_path)
    assert audit(problem, found.hidden).passed and found.loss == problem.loss(found.hidden) == 47


@pytest.mark.parametrize("place", ["file", "half", "folder"])
def test_where_nothing_can_be_written_it_is_decided_every_time(tmp_path, decided, place):
    """A folder in the place of the file, of the half-written file, or no folder at all."""
    folder = tmp_path / "muster"
    if place != "folder":
        (folder / FILE).with_suffix(".json" if place == "file" else ".part").mkdir(parents=True)
    given = small_counts()
    first, second = protect(given, folder), protect(given, folder)
    assert first.audit.passed and first.pattern == second.pattern
    assert len(decided) == 2
    if folder.exists():
        assert not [p for p in folder.iterdir() if p.is_file()], "nothing half-written is left"
