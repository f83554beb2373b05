"""A build that is ended at any moment: the report stays whole, nothing runs on, the next works."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import psutil

from tests.build.small import SLUG, change, make, report
from tests.conftest import RENDERER, run_spm

OLD, NEW = "alter Bericht", "neuer Bericht"
CHANGED, RUNNING, LEFT, STUCK = (
    "Bericht verändert",
    "Prozess läuft weiter",
    "Rest im temporären Ordner",
    "nächster Bau misslingt",
)
GOOD, BAD = (OLD, NEW), (CHANGED, RUNNING, LEFT, STUCK)
PATIENCE = 20.0
"""Seconds that helper processes have to notice that their parent is gone."""

# Who starts this in the background may have had interrupts ignored, which is inherited.
HEED = "import signal as s; s.signal(s.SIGINT, s.default_int_handler)"
_SPM = f"{HEED}; from spm.cli import main; main()"
_COUNTS = ("01;2021;41", "01;2021;44")
"""One count in two states of the data; the report says either."""


@dataclass(frozen=True)
class Killed:
    """How one build that was ended was found.

    Parameters
    ----------
    how : signal.
    after : seconds.
    """

    how: signal.Signals
    after: float
    verdict: str


def kills(number: int, seed: int = 0) -> Iterator[Killed]:
    """Build a small municipality, change a count, end the build at a random moment, look, build.

    Parameters
    ----------
    number : of builds that are ended.
    """
    chance = random.Random(seed)
    with tempfile.TemporaryDirectory() as folder:
        project, temporary = make(Path(folder) / "projekt"), Path(folder) / "tmp"
        temporary.mkdir()
        _built(project, temporary)
        states = [report(project)]
        _flip(project, 0)
        seconds = _seconds(project, temporary)
        states.append(report(project))
        assert states[0] != states[1]
        for turn in range(number):
            now = (turn + 1) % 2
            _flip(project, now)
            how = chance.choice([signal.SIGKILL, signal.SIGKILL, signal.SIGTERM, signal.SIGINT])
            after = chance.uniform(0.0, 1.1 * seconds)
            found = _ended(project, temporary, how, after, (states[now], states[1 - now]))
            try:
                _built(project, temporary)
            except AssertionError:
                found = STUCK
            if report(project) != states[1 - now]:
                found = STUCK
            elif any(temporary.iterdir()):
                found = LEFT
            yield Killed(how, after, found)


def _flip(project: Path, state: int) -> None:
    change(project / "roh/sgb2.csv", _COUNTS[state], _COUNTS[1 - state])


_BUILD = ("build", f"params/{SLUG}.yml", *RENDERER, "--to", "html")


def _start(project: Path, temporary: Path) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", _SPM, *_BUILD],
        cwd=project,
        env=os.environ | {"TMPDIR": str(temporary)},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def _built(project: Path, temporary: Path) -> None:
    assert run_spm(*_BUILD, cwd=project, TMPDIR=str(temporary)).returncode == 0


def _seconds(project: Path, temporary: Path) -> float:
    """How long a build takes that starts like those that will be ended."""
    start = time.perf_counter()
    assert _start(project, temporary).wait(timeout=600) == 0
    return time.perf_counter() - start


def _ended(
    project: Path,
    temporary: Path,
    how: signal.Signals,
    after: float,
    states: tuple[dict[str, bytes], dict[str, bytes]],
) -> str:
    process = _start(project, temporary)
    try:
        process.wait(after)
    except subprocess.TimeoutExpired:
        process.send_signal(how)
        process.wait(timeout=120)
    if not _nobody(temporary):
        return RUNNING
    old, new = states
    found = report(project)
    if found not in (old, new):
        return CHANGED
    if how != signal.SIGKILL and any(temporary.iterdir()):
        return LEFT
    return OLD if found == old else NEW


def _nobody(temporary: Path) -> bool:
    """Whether all processes of a build, known by their temporary folder, have ended."""
    end = time.monotonic() + PATIENCE
    while _of(temporary):
        if time.monotonic() > end:
            return False
        time.sleep(0.2)
    return True


def _of(temporary: Path) -> list[int]:
    found = []
    for process in psutil.process_iter(["pid", "status"]):
        try:
            if process.environ().get("TMPDIR") == str(temporary):
                found.append(process.pid)
        except psutil.Error:
            continue
    return found
