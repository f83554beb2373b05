"""The pattern that is kept between runs: used while nothing changes, and never to be trusted."""

import json
from dataclasses import replace

import pandas as pd
import pytest

from spm.disclosure import keptevidence, protect
from spm.disclosure.audit.audit import audit
from spm.disclosure.model.model import build_model
from spm.disclosure.model.tables import table_problem
from spm.disclosure.suppress import memory, suppression
from spm.disclosure.suppress.memory import FILE, Memory, remembered
from spm.disclosure.suppress.pattern import EXACT, Pattern
from spm.disclosure.suppress.suppression import suppress
from spm.errors import SpmError
from tests.disclosure.test_forecast import small_counts
from tests.disclosure.test_suppression import hidden_names, table

pytestmark = pytest.mark.slow


@pytest.fixture
def decided(monkeypatch):
    """The problems that were decided and not remembered."""
    problems = []

    def watched(problem, **options):
        problems.append(problem)
        return suppress(problem, **options)

    monkeypatch.setattr(memory, "suppress", watched)
    return problems


@pytest.fixture
def parts(monkeypatch):
    """The parts of problems that were decided and not remembered."""
    problems, protect_part = [], suppression.protect_part

    def watched(problem, *more):
        problems.append(problem)
        return protect_part(problem, *more)

    monkeypatch.setattr(suppression, "protect_part", watched)
    return problems


def example(**changes):
    """1 of 138 is small; hiding 7 is cheapest. Items: T, a, b, c, d."""
    values = {"a": 1, "b": 40, "c": 7, "d": 90} | changes
    cells, sums, threshold = table(values, {"a"})
    return table_problem(cells, sums, threshold=threshold)


def years(*last):
    """The example in several years, of which the last one has other numbers: two parts."""
    frames = [
        (year, table({"a": 1, "b": 40, "c": 7, "d": 90} | values, {"a"}))
        for year, values in enumerate([{}, *last])
    ]
    cells = pd.concat(c.assign(cell_id=f"{y}" + c["cell_id"]) for y, (c, _, _) in frames)
    sums = pd.concat(
        r.assign(cell_id=f"{y}" + r["cell_id"], row=f"{y}" + r["row"].astype(str))
        for y, (_, r, _) in frames
    )
    return table_problem(cells.reset_index(drop=True), sums.reset_index(drop=True))


def kept_in(folder):
    return json.loads((folder / FILE).read_text(encoding="utf-8"))


def rewrite(folder, problem, **changes):
    """Change what is kept; the digests are right, as if the program had written it."""
    asked = memory._question(memory.WHOLE, problem, problem.primaries, memory._program())
    kept = kept_in(folder)
    entry = kept[asked] | changes
    del entry["digest"]
    kept[asked] = {"digest": memory._seal(asked, entry), **entry}
    (folder / FILE).write_text(json.dumps(kept), encoding="utf-8")


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
    assert remembered(changed, tmp_path) == found and len(decided) == 2, "and kept as well"


def test_another_solver_or_program_decides_anew(tmp_path, decided, monkeypatch):
    remembered(example(), tmp_path)
    monkeypatch.setattr(memory.metadata, "version", lambda name: "0.1")
    remembered(example(), tmp_path)
    assert len(decided) == 2
    copy = tmp_path / "disclosure" / "suppress"
    copy.mkdir(parents=True)
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
    assert all(len(asked) == 64 for asked in kept_in(tmp_path)), "nothing else is left in it"


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
        {"method": ""},
        {"loss": 0.0},
    ],
)
def test_what_no_suppressor_has_written_is_decided_anew(tmp_path, decided, changes):
    problem = example()
    remembered(problem, tmp_path)
    rewrite(tmp_path, problem, **changes)
    assert remembered(problem, tmp_path) == suppress(problem)
    assert len(decided) == 2


@pytest.mark.slow
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


@pytest.mark.slow
def test_the_pattern_of_another_municipality_does_not_fit(tmp_path, decided):
    protect(small_counts(), tmp_path)
    problem = example()
    kept = kept_in(tmp_path)
    assert hidden_names(problem, remembered(problem, tmp_path)) == {"c"}
    assert kept_in(tmp_path) != kept


def test_only_the_part_that_changes_is_decided_anew(tmp_path, parts):
    remembered(years({}), tmp_path)
    assert len(parts) == 2
    corrected = years({"c": 50, "d": 8})
    found = remembered(corrected, tmp_path)
    assert len(parts) == 3 and [c.value for c in parts[2].counts] == [99, 1, 40, 50, 8]
    assert found == suppress(corrected)
    assert hidden_names(corrected, found) == {"0c", "1d"}


def test_a_part_is_known_by_what_is_suppressed_in_it_anyway_and_is_no_report(tmp_path):
    problem = example()
    more, less = (Pattern(frozenset(s), True, 0.0, EXACT) for s in ({1, 2}, {1}))
    with Memory(tmp_path) as kept:
        kept.part(problem, more.hidden, lambda: more)
        assert kept.part(problem, less.hidden, lambda: less).hidden == less.hidden
        assert kept.part(problem, more.hidden, lambda: less).hidden == more.hidden, "known"
        assert kept.whole(problem) == suppress(problem)


def test_going_back_to_what_was_decides_nothing(tmp_path, decided, parts):
    for problem in (example(), example(c=8), example(), example(c=8)):
        remembered(problem, tmp_path)
    assert len(decided) == len(parts) == 2


def test_what_was_not_asked_for_longest_is_forgotten(tmp_path, decided, monkeypatch):
    monkeypatch.setattr(memory, "MOST", 3)  # a problem of one part takes two
    for c in (8, 9, 8, 10, 8):
        remembered(example(c=c), tmp_path)
    assert len(decided) == 3 and len(kept_in(tmp_path)) == 3
    remembered(example(c=9), tmp_path)
    assert len(decided) == 4


def test_a_part_that_hides_too_little_gives_nobody_away(tmp_path):
    """Under right digests: the whole report is attacked nevertheless, and repaired."""
    problem = example()
    remembered(problem, tmp_path)
    kept = {}
    for asked, entry in kept_in(tmp_path).items():
        wrong = entry | {"hidden": [1]}
        del wrong["digest"]
        kept[asked] = {"digest": memory._seal(asked, wrong), **wrong}
    asked = memory._question(memory.WHOLE, problem, problem.primaries, memory._program())
    del kept[asked]
    (tmp_path / FILE).write_text(json.dumps(kept), encoding="utf-8")
    found = remembered(problem, tmp_path)
    assert found.hidden > {1} and audit(problem, found.hidden).passed


def test_a_pattern_that_hides_more_loses_what_it_says(tmp_path):
    """Nothing unsafe, and the loss is that of what is hidden."""
    problem = example()
    remembered(problem, tmp_path)
    rewrite(tmp_path, problem, hidden=[1, 2, 3])
    found = remembered(problem, tmp_path)
    assert audit(problem, found.hidden).passed and found.loss == problem.loss(found.hidden) == 47


@pytest.mark.slow
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
        left = {p.name for p in folder.iterdir() if p.is_file()}
        assert left <= {keptevidence.FILE}, "nothing half-written is left"
