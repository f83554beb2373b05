"""nbval: the seven chapters against stored outputs, so that a changed number is noticed."""

import os
import shutil
import subprocess
import sys

import nbformat
import pytest

from tests.conftest import ROOT

REFERENCE = ROOT / "tests" / "reference"
CHAPTERS = sorted(p.name for p in (ROOT / "notebooks").glob("0[1-7]-*.ipynb"))


def nbval(folder):
    """Run nbval in ``folder``; the number of failed cells and the output."""
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider"]
    result = subprocess.run(
        [*command, "--nbval-cell-timeout", "60", "--rootdir", str(folder), str(folder)],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    return result.returncode, result.stdout + result.stderr


def test_there_are_seven_chapters_each_with_a_reference():
    assert len(CHAPTERS) == 7
    assert sorted(p.name for p in REFERENCE.glob("*.ipynb")) == CHAPTERS


@pytest.mark.parametrize("name", CHAPTERS)
def test_reference_has_the_cells_of_the_chapter(name):
    def sources(folder):
        cells = nbformat.read(folder / name, as_version=4).cells
        return [(c.id, c.cell_type, c.source) for c in cells]

    assert sources(REFERENCE) == sources(ROOT / "notebooks"), "run: make reference"


@pytest.mark.parametrize("name", sorted(p.name for p in (ROOT / "notebooks").glob("*.ipynb")))
def test_notebooks_are_committed_without_outputs(name):
    for cell in nbformat.read(ROOT / "notebooks" / name, as_version=4).cells:
        if cell.cell_type == "code":
            assert not cell.outputs and cell.execution_count is None


def test_outputs_equal_the_reference(demo):
    folder = demo / "nbval"
    shutil.copytree(REFERENCE, folder, ignore=shutil.ignore_patterns("*.py", "figures"))
    code, output = nbval(folder)
    assert code == 0, output[-6000:]


def test_a_changed_number_fails(demo):
    folder = demo / "nbval-geaendert"
    folder.mkdir()
    text = (REFERENCE / "03-sgb2.ipynb").read_text(encoding="utf-8")
    assert "15,66" in text
    changed = text.replace("15,66", "15,67")
    (folder / "03-sgb2.ipynb").write_text(changed, encoding="utf-8")
    code, output = nbval(folder)
    assert code == 1 and "15,67" in output
