"""Rules that hold for every file of the project, walked over all of them."""

import ast
import re
import subprocess

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


def imports_of(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def package(module):
    parts = module.split(".")
    return parts[1] if parts[0] == "spm" and len(parts) > 1 else None


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


@pytest.mark.parametrize("path", MODULES, ids=lambda p: p.relative_to(ROOT / "src").as_posix())
def test_imports_go_one_way(path):
    inside = path.relative_to(ROOT / "src" / "spm").parts[0].removesuffix(".py")
    used = {package(m) for m in imports_of(path)} - {None}
    upper = {"build", "cli", "chapters", "book", "provenance", "kernels", "warm", "progress"}
    if inside == "presentation":
        assert not used & (upper | {"disclosure", "deliveries", "facts", "statistics", "report"})
    if inside == "report":
        assert not used & (upper | {"disclosure", "deliveries", "facts", "statistics"})
    if inside == "deliveries":
        assert not used & (upper | {"disclosure", "statistics", "presentation", "report"})
    if inside == "statistics":
        assert not used & (upper | {"disclosure", "deliveries", "presentation", "report"})
    if inside in {"params", "catalogue", "areas", "facts", "ages", "sections", "yamltext"}:
        assert not used & (upper | {"disclosure", "statistics", "presentation", "report"})


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


def test_no_switch_skips_the_audit():
    """Whoever reads published data outside the disclosure stage passes the gate."""
    readers = [p for p in MODULES if "read_parquet" in p.read_text(encoding="utf-8")]
    outside = {
        p.name for p in readers if "disclosure" not in p.parts and "deliveries" not in p.parts
    }
    # A finished report was certified when it was built; `spm diff` checks that it still is.
    assert outside == {"report.py", "earlier.py", "finished.py"}
    assert "_certificate(folder)" in (ROOT / "src/spm/diff/finished.py").read_text(encoding="utf-8")
    assert "require_certificate(" in (ROOT / "src/spm/report.py").read_text(encoding="utf-8")
    assert "require_certificate(" in (ROOT / "src/spm/build.py").read_text(encoding="utf-8")


def test_suppressor_and_auditor_share_no_code():
    """What proves the pattern is written apart from what finds it."""
    folder = ROOT / "src" / "spm" / "disclosure"
    auditor = {"audit", "readers", "attack", "search", "knowledge"}
    for name in auditor:
        used = {
            m.rpartition(".")[2] for m in imports_of(folder / f"{name}.py") if "disclosure" in m
        }
        assert used <= auditor | {"problem"}, name
