"""What several test files share: projects to build in, the demo report, real data outside."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from spm.system.memory import collect_seldom
from tests import forked

collect_seldom()

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared"
PARAMS = "params/pilotkommune.yml"
RENDERER = ("--renderer", "embedded")
PARTS = ["_quarto.yml", "notebooks", "params", "data/raw/pilotkommune"]

FIRST = (
    # The demo and the other large report: one worker builds each.
    "reports/test_html_accessible.py",
    "reports/test_same_bytes.py",
    # Reports of their own
    "reports/test_safe_build.py",
    "reports/test_incremental.py",
    "reports/test_bad_input.py",
    "reports/test_koeln.py",
    "batch/test_batch.py",
    "disclosure/test_mutations.py",
    "campaign/test_campaign.py",
    "build/test_windows.py",
    "reports/test_flensburg.py",
    "batch/test_joint.py",
    "test_handbuch.py",
    "reports/test_reference.py",
)
"""What takes longest begins first: no worker is left with it at the end."""

WHOLE = {"demo", "own", "built", "land"}
"""Fixtures that build a whole report."""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark what needs a report or a browser, and let what takes longest begin."""
    rank = {ROOT / "tests" / name: place for place, name in enumerate(FIRST)}
    items.sort(key=lambda item: rank.get(item.path, len(rank)))
    for item in items:
        fixtures = set(getattr(item, "fixturenames", ()))
        if fixtures & WHOLE:
            item.add_marker("slow")
        if "browser" in fixtures:
            item.add_marker("browser")


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
def project(tmp_path) -> Path:
    """A project of its own."""
    return make_project(tmp_path / "projekt")


@pytest.fixture(scope="session")
def common(tmp_path_factory, worker_id) -> Path:
    """The folder that all workers of pytest-xdist share."""
    base = tmp_path_factory.getbasetemp()
    return base if worker_id == "master" else base.parent


@cache
def _server() -> forked.Server:
    return forked.Server()


def run_spm(
    *arguments: str | Path,
    cwd: Path,
    script: str = forked.SCRIPT,
    start: bool = False,
    **env: str,
) -> subprocess.CompletedProcess[str]:
    """Call ``spm`` as a user does, in a process of its own.

    Parameters
    ----------
    script : may change parts of it.
    start : whether the process itself imports what it needs; else it is forked where it can be.
    env : variables of the environment.
    """
    plain = not start and env.keys() <= {"TMPDIR"} and script == forked.SCRIPT
    if plain and sys.platform == "linux" and _server().knows:
        return _server().run([*map(str, arguments)], cwd, env)
    return subprocess.run(
        [sys.executable, "-c", script, *map(str, arguments)],
        cwd=cwd,
        env=os.environ | env,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        encoding="utf-8",
        timeout=1200,  # against hanging; a busy machine takes its time
    )


def build_once(common: Path, name: str, make: Callable[[Path], object]) -> Path:
    """A project with a finished report that all workers look at: the first who asks builds it.

    While you work on what a report looks like, SPM_DEMO (or SPM_OWN …) may name a project whose
    report is built.
    """
    if ready := os.environ.get(f"SPM_{name.upper()}"):
        return Path(ready)
    project, result = common / name, None
    with FileLock(common / f"{name}.lock"):
        if not project.exists():
            make(project)
            result = run_spm("build", PARAMS, *RENDERER, cwd=project, start=True)
    report = project / "report" / "pilotkommune" / "manifest.json"
    assert report.exists(), result.stderr if result else f"{name} did not build"
    return project


@pytest.fixture(scope="session")
def demo(common) -> Path:
    """A project with the demo report, built by the renderer that is always there."""
    return build_once(common, "demo", make_project)


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
