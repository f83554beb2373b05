"""Rules that hold for every file of the project, walked over all of them."""

import ast
import re
import shutil
import subprocess
import sys
import tomllib

import nbformat
import pytest

from tests.conftest import ROOT

LISTED = subprocess.run(
    ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
    cwd=ROOT,
    capture_output=True,
    encoding="utf-8",
)
FILES = [p for p in (ROOT / line for line in LISTED.stdout.splitlines()) if p.is_file()]
MODULES = sorted((ROOT / "src").rglob("*.py"))
NOTEBOOKS = sorted((ROOT / "notebooks").glob("*.ipynb"))
STRICT = ("spm.disclosure", "spm.release", "spm.statistics", "spm.published")


@pytest.mark.skipif(not FILES, reason="not a git checkout")
def test_only_synthetic_data_is_committed():
    for path in FILES:
        name = path.relative_to(ROOT).as_posix()
        if name.startswith("data/") and not name.endswith(".gitkeep"):
            assert name.startswith("data/raw/pilotkommune/"), name
        assert not name.startswith("report/") or name.endswith(".gitkeep"), name


@pytest.mark.skipif(not FILES, reason="not a git checkout")
def test_no_committed_file_names_a_machine_path_or_an_index():
    indexes = "|".join(["pypi", "anaconda", "pythonhosted"])  # not named here either
    forbidden = re.compile(rf"(?<![\w.])/(?:work|root|home/\w+)/|(?:{indexes})\.org")
    for path in FILES:
        if path.suffix in {".py", ".md", ".yml", ".toml", ".lock", ".ipynb", ".lua", ".typ", ""}:
            found = forbidden.search(path.read_text(encoding="utf-8", errors="replace"))
            assert not found, (path, found)


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT / "src").as_posix())
def test_modules_stay_small(path):
    lines = len(path.read_text(encoding="utf-8").splitlines())
    assert lines <= 300, "would two modules be clearer?"


@pytest.mark.parametrize(
    ("module", "line"),
    [
        ("presentation/blocks.py", "from spm import facts, statistics, disclosure"),
        ("book/page.py", "import spm.cli"),
        ("products/context.py", "from spm import build"),
        ("diff/numbers.py", "from spm.statistics import selection"),
        ("disclosure/audit/search.py", "from spm.disclosure.suppress.system import System"),
        ("disclosure/suppress/witness.py", "from spm.disclosure.audit import readers"),
        ("config/params.py", "from spm.deliveries import mapping"),
        ("new.py", "pass  # a room without a floor"),
    ],
)
def test_the_floors_hold(tmp_path, module, line):
    """`make lint` checks the contracts of pyproject.toml; here they refuse what they are for, late
    imports like early ones."""
    shutil.copytree(ROOT / "src" / "spm", tmp_path / "spm")
    with (tmp_path / "spm" / module).open("a", encoding="utf-8") as file:
        file.write(f"\n\ndef late():\n    {line}\n")
    assert "BROKEN" in lint(tmp_path) or "not listed as layers" in lint(tmp_path)


def test_the_floors_are_as_declared():
    assert "0 broken" in lint(ROOT / "src")


def lint(folder):
    code = (
        "import sys; from importlinter.cli import lint_imports; "
        "sys.exit(lint_imports(sys.argv[1], no_cache=True))"
    )
    command = [sys.executable, "-c", code, str(ROOT / "pyproject.toml")]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8")
    return done.stdout + done.stderr


def test_no_module_is_exempt_from_types():
    """`make lint` runs mypy, before the tests of `make test`; here is what it may not be told."""
    mypy = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["mypy"]
    assert mypy["strict"] and mypy["packages"] == ["spm"] and "exclude" not in mypy
    assert not [o["module"] for o in mypy["overrides"] if o.get("ignore_errors")]
    eased = {m for o in mypy["overrides"] if "ignore_missing_imports" not in o for m in o["module"]}
    assert not [m for m in eased if m.startswith(STRICT)]
    assert (ROOT / "src" / "spm" / "py.typed").is_file()


def fields_of(node):
    """Fields of a dataclass or NamedTuple, in order; none of any other class."""
    plain = [ast.unparse(x) for x in (*node.bases, *node.decorator_list)]
    is_record = any(x.startswith(("NamedTuple", "dataclass")) for x in plain)
    return [s.target.id for s in node.body if is_record and isinstance(s, ast.AnnAssign)]


def test_records_of_many_fields_are_built_by_keyword():
    """Two numbers of six are easily swapped, and nobody sees it."""
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in MODULES}
    nodes = {path: list(ast.walk(tree)) for path, tree in trees.items()}
    classes = [n for some in nodes.values() for n in some if isinstance(n, ast.ClassDef)]
    large = {n.name for n in classes if len(fields_of(n)) > 5}
    assert len(large) > 20
    for path, some in nodes.items():
        for call in (n for n in some if isinstance(n, ast.Call) and ast.unparse(n.func) in large):
            starred = sum(isinstance(argument, ast.Starred) for argument in call.args)
            assert len(call.args) + 2 * starred <= 5, (path, call.lineno)


def test_nothing_is_ignored_without_saying_what():
    blanket = re.compile(r"#\s*type:\s*ignore(?!\[[a-z-]+)|#\s*mypy:\s*ignore-errors")
    for path in MODULES:
        assert not blanket.search(path.read_text(encoding="utf-8")), path


@pytest.mark.parametrize("path", NOTEBOOKS, ids=lambda p: p.stem)
def test_notebooks_hold_no_logic(path):
    """Every cell after the set-up is one call, so that there is nothing to go wrong in it."""
    cells = nbformat.read(path, as_version=4).cells
    assert cells[0].cell_type == "markdown" and cells[0].source.startswith("# ")
    assert "{#sec-" in cells[0].source.splitlines()[0]
    tags = [set(c.metadata.get("tags", [])) for c in cells]
    assert {"parameters", "remove-cell"} <= tags[1]
    for cell, cell_tags in zip(cells, tags, strict=True):
        if cell.cell_type == "code" and "remove-cell" not in cell_tags:
            body = ast.parse(cell.source).body
            assert len(body) == 1 and isinstance(body[0], ast.Expr), cell.source
            assert isinstance(body[0].value, ast.Call), cell.source


def test_published_data_are_read_in_two_places():
    """Both pass the gate: tests of release, diff and safe builds take the certificate away."""
    inside = {"disclosure", "deliveries", "rawfiles"}
    readers = {
        path.relative_to(ROOT / "src/spm").as_posix()
        for path in MODULES
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Attribute) and node.attr == "read_parquet"
    }
    assert {name for name in readers if name.split("/")[0] not in inside} == {
        "report.py",
        "diff/finished.py",
    }
