"""What several test files share: projects to build in, the demo report, real data outside."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PARTS = ["_quarto.yml", "notebooks", "params", "data/raw/pilotkommune"]


@pytest.fixture(scope="session")
def shared() -> Path:
    """Real data and golden values; they never become part of the project."""
    if not SHARED.is_dir():
        pytest.skip("the folder shared/ beside the checkout is absent")
    return SHARED


@pytest.fixture(scope="session")
def root() -> Path:
    return ROOT


def make_project(folder: Path) -> Path:
    """A project of its own in ``folder``: what an analyst has, without the program."""
    for part in PARTS:
        source, target = ROOT / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        if source.is_dir():
            shutil.copytree(source, target, ignore=shutil.ignore_patterns("figures", ".*"))
        else:
            shutil.copy(source, target)
    return folder


@pytest.fixture
def project(tmp_path, tmp_path_factory, worker_id) -> Path:
    """A project of its own; if the demo was built already, with what it decided."""
    project = make_project(tmp_path / "projekt")
    kept = Path("data/processed/pilotkommune/sperrmuster.json")
    decided = _common(tmp_path_factory, worker_id) / "demo" / kept
    if decided.exists():
        (project / kept).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(decided, project / kept)
    return project


def _common(tmp_path_factory, worker_id) -> Path:
    """The folder that all workers of pytest-xdist share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


def run_spm(
    *arguments: str | Path,
    cwd: Path,
    script: str = "from spm.cli import main; main()",
    **env: str,
) -> subprocess.CompletedProcess[str]:
    """Call ``spm`` as a user does, in a process of its own; ``script`` may change parts of it."""
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=cwd,
        env=os.environ | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=1200,  # against hanging; a busy machine takes its time
    )


@pytest.fixture(scope="session")
def demo(tmp_path_factory, worker_id) -> Path:
    """A project with the demo report, built once, by the renderer that is always there.

    While you work on what a report looks like, SPM_DEMO may name a project whose report is built.
    """
    if ready := os.environ.get("SPM_DEMO"):
        return Path(ready)
    common = _common(tmp_path_factory, worker_id)  # the first worker builds for all
    project, result = common / "demo", None
    with FileLock(common / "demo.lock"):
        if not project.exists():
            make_project(project)
            arguments = ["build", "params/pilotkommune.yml", "--renderer", "embedded"]
            result = run_spm(*arguments, cwd=project)
    report = project / "report" / "pilotkommune" / "manifest.json"
    assert report.exists(), result.stderr if result else "the demo did not build"
    return project


@pytest.fixture(scope="module")
def browser() -> Iterator[Any]:
    """Debian's Chromium, opened once for a file of tests; it looks nothing up by itself."""
    chromium = shutil.which("chromium")
    if not chromium:
        pytest.skip("chromium is not installed")
    sync_api = pytest.importorskip("playwright.sync_api")
    flags = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
    flags += ["--disable-component-update"]
    with sync_api.sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium, args=flags)
        yield opened
        opened.close()
