"""A build that does not succeed leaves the last good report as it was."""

import json
import os
import signal
import subprocess
import sys
from pathlib import Path

import nbformat
import pytest
from filelock import FileLock

from spm.build import checking
from spm.release.certificate import CERTIFICATE
from tests.build import small
from tests.conftest import make_project, run_spm
from tests.reports.damage import Project
from tests.reports.smaller import PARAMS, change_notebook

SMALL = f"params/{small.SLUG}.yml"


@pytest.fixture
def project(tmp_path):
    """A small municipality with a finished report (a stand-in: only its survival matters)."""
    project = small.make(tmp_path / "projekt")
    report = project / "report" / small.SLUG
    report.mkdir(parents=True)
    (report / "alt.txt").write_text("der letzte gute Bericht", encoding="utf-8")
    return project


def contents(folder):
    return {p.name: p.read_text(encoding="utf-8") for p in folder.rglob("*") if p.is_file()}


def assert_old_report_stands(project):
    assert contents(project / "report" / small.SLUG) == {"alt.txt": "der letzte gute Bericht"}


@pytest.fixture
def hze(tmp_path, monkeypatch, capsys) -> Project:
    """The same, for builds that end before a chapter runs: they need no process of their own."""
    return Project(make_project(tmp_path / "projekt"), monkeypatch, capsys).only("hze")


@pytest.mark.slow
def test_a_failing_chapter_is_named_and_the_others_run(project):
    change_notebook(project / "notebooks/01-bevoelkerung.ipynb", "zahlen = [1]\nzahlen[5]")
    result = run_spm("build", SMALL, "--renderer", "embedded", cwd=project)
    assert result.returncode == 1
    assert "01-bevoelkerung.ipynb" in result.stderr and "IndexError" in result.stderr
    assert "Traceback" not in result.stderr
    assert "03-sgb2" in result.stderr, "the chapters after it still ran"
    assert_old_report_stands(project)
    assert not list((project / "report").glob(".*neu*")), "nothing half-made is left"


@pytest.mark.slow
def test_a_chapter_without_parameters_cell(hze):
    change_notebook(hze.folder / "notebooks/03-sgb2.ipynb", tags=["remove-cell"])
    assert "Tag «parameters»" in hze.refused().text


@pytest.mark.slow
def test_an_unresolved_reference_stops_the_build(project):
    path = project / "notebooks/03-sgb2.ipynb"
    notebook = nbformat.read(path, as_version=4)
    notebook.cells.append(nbformat.v4.new_markdown_cell("Siehe @fig-gibt-es-nicht.", id="verweis"))
    nbformat.write(notebook, path)
    result = run_spm("build", SMALL, "--renderer", "embedded", cwd=project)
    assert result.returncode == 1
    assert "fig-gibt-es-nicht" in result.stderr and "03-sgb2" in result.stderr
    assert_old_report_stands(project)
    assert not list((project / "report").glob(".*neu*")), "the book had begun"


@pytest.mark.slow
@pytest.mark.skipif(not Path("/dev/full").exists(), reason="needs /dev/full, a disk without space")
def test_a_full_disk(hze):
    hze.processed.mkdir(parents=True, exist_ok=True)
    (hze.processed / "facts.part").symlink_to("/dev/full")
    text = hze.refused().text
    assert "kein Platz mehr" in text and "Platz schaffen" in text


@pytest.mark.slow
def test_without_its_certificate_no_chapter_runs(hze, monkeypatch):
    publish = checking.publish

    def and_lose_it(checked, *more):
        publish(checked, *more)
        (hze.processed / CERTIFICATE).write_text("{}", encoding="utf-8")

    monkeypatch.setattr(checking, "publish", and_lose_it)
    assert "Bescheinigung" in hze.refused().text


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="signals of POSIX")
@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_an_interrupted_run_and_the_next_one(project, how):
    index = project / "notebooks/index.ipynb"
    whole = index.read_bytes()
    change_notebook(index, "import time; time.sleep(60)")
    # Who starts the tests in the background may have had interrupts ignored, which is inherited.
    attentive = "import signal as s; s.signal(s.SIGINT, s.default_int_handler); "
    program = f"{attentive}from spm.cli import main; main()"
    command = [sys.executable, "-c", program, "build", SMALL]
    process = subprocess.Popen(
        command, cwd=project, stdin=subprocess.DEVNULL, stderr=subprocess.PIPE, encoding="utf-8"
    )
    for line in process.stderr:
        if "03-sgb2" in line:  # the first chapter still sleeps
            break
    process.send_signal(how)
    rest = process.stderr.read()  # ends when the last kernel has ended too
    process.wait(timeout=30)
    assert process.returncode != 0
    assert "Traceback" not in rest
    assert_old_report_stands(project)

    if how != signal.SIGKILL:
        assert not list((project / "report").glob(".*neu*")), "nothing half-made is left"
        return
    index.write_bytes(whole)
    result = run_spm("build", SMALL, "--renderer", "embedded", "--to", "html", cwd=project)
    assert result.returncode == 0, result.stderr
    assert not list((project / "report").glob(".*neu*"))
    report = project / "report" / small.SLUG
    assert json.loads((report / "manifest.json").read_text(encoding="utf-8"))["ausgaben"]


@pytest.mark.parametrize("command", ["build", "prepare", "check"])
def test_two_runs_for_one_municipality_do_not_meet(hze, command):
    with FileLock(hze.folder / "report" / ".pilotkommune.lock"):
        assert "läuft schon ein Bau" in hze.refused(command, PARAMS).text


def test_a_swap_that_was_cut_off_is_undone(project):
    from spm.config.params import load_params
    from spm.release.replacing import recover

    params = load_params(project / SMALL)
    params.report_folder.rename(project / "report" / f".{small.SLUG}.alt")
    recover(params)
    assert_old_report_stands(project)
