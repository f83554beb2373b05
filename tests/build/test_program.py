"""Which parts of the program a stage is made with: numbers do not depend on how they are shown."""

import grimp
import pytest

from spm.build import digests


@pytest.fixture
def anew():
    digests.program_digest.cache_clear()
    yield digests.program_digest.cache_clear
    digests.program_digest.cache_clear()


@pytest.mark.parametrize(
    ("file", "data_too"),
    [
        ("presentation/wording/sentences.py", False),
        ("book/html.py", False),
        ("synthesis/burden.py", False),
        ("report/opened.py", False),
        ("book/fonts.py", True),
        ("disclosure/problem.py", True),
        ("published.py", True),
        ("build/data.py", True),
    ],
)
def test_a_changed_file(file, data_too, anew, monkeypatch):
    whole, data = digests.program_digest(), digests.program_digest(showing=False)
    anew()
    known = digests.sha256
    monkeypatch.setattr(
        digests, "sha256", lambda p: "anders" if p.as_posix().endswith(f"spm/{file}") else known(p)
    )
    assert digests.program_digest() != whole
    assert (digests.program_digest(showing=False) != data) is data_too


def test_data_need_nothing_of_what_only_shows_them():
    graph = grimp.build_graph("spm", cache_dir=None)
    rooms = [f"spm.{name.removesuffix('.py')}" for name in digests.SHOWING]
    seen, todo = set(), ["spm.build.data", "spm.build.checking"]
    while todo:
        module = todo.pop()
        if module not in seen:
            seen.add(module)
            todo += graph.find_modules_directly_imported_by(module)
    shown = {m for m in seen if any(m == room or m.startswith(f"{room}.") for room in rooms)}
    assert shown == {
        f"spm.{name.removesuffix('.py').replace('/', '.')}" for name in digests.CHECKED_WITH
    }
