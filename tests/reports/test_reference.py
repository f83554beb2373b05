"""nbval: the seven chapters against stored outputs, so that a changed number is noticed."""

import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter

import nbformat
import pytest

from spm.chapters import kernels
from tests.conftest import ROOT

REFERENCE = ROOT / "tests" / "reference"
CHAPTERS = sorted(p.name for p in (ROOT / "notebooks").glob("0[1-7]-*.ipynb"))


WARM = {
    "argv": [sys.executable, "-m", "ipykernel_launcher", "-f", "{connection_file}"],
    "display_name": "Chapters of a build",
    "language": "python",
    "metadata": {"kernel_provisioner": {"provisioner_name": kernels.PROVISIONER}},
}
"""Kernels that start as in a build: forked from a process that has imported everything once."""

PREPARE = "from spm.chapters import kernels\n\nkernels.prepare()\n"
CHANGED = "03-geaendert.ipynb"


@pytest.fixture(scope="module")
def compared(demo) -> tuple[Counter[str], str]:
    """How many cells nbval finds different, by notebook, and what it prints: for all chapters, and
    for one whose reference is wrong."""
    folder = demo / "nbval"
    shutil.rmtree(folder, ignore_errors=True)
    shutil.copytree(REFERENCE, folder, ignore=shutil.ignore_patterns("*.py", "figures", "__*"))
    text = (REFERENCE / "03-sgb2.ipynb").read_text(encoding="utf-8")
    assert "15,66" in text
    (folder / CHANGED).write_text(text.replace("15,66", "15,67"), encoding="utf-8")
    (folder / "conftest.py").write_text(PREPARE, encoding="utf-8")
    spec = folder / "jupyter" / "kernels" / "warm" / "kernel.json"
    spec.parent.mkdir(parents=True)
    spec.write_text(json.dumps(WARM), encoding="utf-8")
    warm = ["--nbval-kernel-name", "warm"] if kernels.CAN_FORK else []
    command = [sys.executable, "-m", "pytest", "--nbval", "-q", "-p", "no:cacheprovider", *warm]
    result = subprocess.run(
        [*command, "--nbval-cell-timeout", "60", "--rootdir", str(folder), str(folder)],
        cwd=folder,
        env={k: v for k, v in os.environ.items() if not k.startswith("PYTEST_")}
        | {"JUPYTER_PATH": str(folder / "jupyter")},
        capture_output=True,
        encoding="utf-8",
        timeout=300,
    )
    output = result.stdout + result.stderr
    assert result.returncode == 1, output[-6000:]  # 1: tests ran, and some failed
    return Counter(re.findall(r"^(?:FAILED|ERROR) (\S+?\.ipynb)", output, re.MULTILINE)), output


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


def test_outputs_equal_the_reference(compared):
    failed, output = compared
    assert set(failed) <= {CHANGED}, output[-6000:]


def test_a_changed_number_fails(compared):
    failed, output = compared
    cells = nbformat.read(REFERENCE / "03-sgb2.ipynb", as_version=4).cells
    assert failed[CHANGED] == sum("15,66" in json.dumps(c.get("outputs")) for c in cells) > 0
    assert "15,67" in output
