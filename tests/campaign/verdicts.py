"""What ``spm check`` says of a damaged project, in a process whose end is not ours."""

from __future__ import annotations

import contextlib
import hashlib
import json
import multiprocessing
import os
import random
import resource
import shutil
import signal
import sys
import tempfile
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.campaign.damage import KINDS, PARAMS, Kind, only
from tests.conftest import make_project

REFUSED, TOLD, SAME = "abgelehnt", "gemeldet", "gleich"
TRACEBACK, HANG, MEMORY, SILENT = "Absturz", "hängt", "über 1 GB", "andere Zahlen ohne ein Wort"
GOOD, BAD = (REFUSED, TOLD, SAME), (TRACEBACK, HANG, MEMORY, SILENT)

SECONDS, PATIENCE = 30, 1200
"""Of processor time, and by the clock: a busy machine takes its time. A check takes about three."""
MOST_MEMORY = 1 << 30


@dataclass(frozen=True)
class Result:
    """What became of one damaged project.

    Parameters
    ----------
    where : what was damaged.
    text : what was printed.
    """

    kind: Kind
    where: str
    verdict: str
    text: str


@contextlib.contextmanager
def originals() -> Iterator[Path]:
    """The demo as it is, to be copied."""
    with tempfile.TemporaryDirectory() as folder:
        yield make_project(Path(folder) / "demo")


def campaign(
    number: int, seed: int = 0, kinds: Sequence[Kind] = KINDS, workers: int = 1, first: int = 0
) -> Iterator[Result]:
    """Damage a demo again and again, every kind in turn, and see what is said.

    Parameters
    ----------
    number : of damaged projects.
    workers : projects that are looked at side by side; the verdicts do not depend on it.
    first : so many of them were damaged in an earlier run.
    """
    known: dict[tuple[str, ...], dict[str, Any]] = {}
    with originals() as demo, ThreadPoolExecutor(workers) as pool:
        yield from pool.map(
            lambda turn: _one(
                demo, kinds[turn % len(kinds)], random.Random(f"{seed} {turn}"), known
            ),
            range(first, number),
        )


def _one(
    demo: Path, kind: Kind, chance: random.Random, known: dict[tuple[str, ...], dict[str, Any]]
) -> Result:
    with tempfile.TemporaryDirectory() as folder:
        project = Path(folder) / "projekt"
        shutil.copytree(demo, project)
        where, looked_at = kind.do(project, chance)
        if looked_at:
            only(project, looked_at)
        looked_at = looked_at or ("hze",)
        if looked_at not in known:
            sound = Path(folder) / "heil"
            shutil.copytree(demo, sound)
            only(sound, looked_at)
            known[looked_at] = _checked(sound)
            assert known[looked_at].get("zahlen"), known[looked_at]
        outcome = _checked(project)
    return Result(kind, where, _verdict(outcome, known[looked_at]), outcome["text"])


def _verdict(found: dict[str, Any], sound: dict[str, Any]) -> str:
    if found["ende"] == HANG:
        return HANG
    if found["ende"] not in (0, 1) or "Traceback" in found["text"] or "panicked" in found["text"]:
        return TRACEBACK
    if found["speicher"] > MOST_MEMORY:
        return MEMORY
    if found["ende"] == 1:
        return REFUSED if "Was tun: " in found["text"] else TRACEBACK
    if found["gesagt"] != sound["gesagt"]:
        return TOLD
    return SAME if found["zahlen"] == sound["zahlen"] else SILENT


def _checked(project: Path) -> dict[str, Any]:
    """How ``spm check`` ends there: exit code, text, numbers, memory in bytes."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(["tests.campaign.warm"])
    answer = project / "antwort.json"
    process = context.Process(target=check, args=(str(project), str(answer)))
    process.start()
    process.join(PATIENCE)
    text = _read(project / "gesagt.txt")
    if process.exitcode is None:
        process.kill()
        process.join()
        return {"ende": HANG, "text": text, "speicher": 0}
    if not answer.exists():
        late = process.exitcode == -signal.SIGXCPU
        return {"ende": HANG if late else process.exitcode or -1, "text": text, "speicher": 0}
    return json.loads(answer.read_text(encoding="utf-8")) | {"text": text}


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""


def check(project: str, answer: str) -> None:
    """In a process of its own: ``spm check`` without the forecast, and what it read."""
    from spm import build as stages
    from spm import cli

    os.chdir(project)
    resource.setrlimit(resource.RLIMIT_CPU, (SECONDS, SECONDS + 1))
    found: dict[str, Any] = {"zahlen": "", "gesagt": []}

    def checked(*arguments: Any, **more: Any) -> Any:
        result = check_all(*arguments, **more)
        found["gesagt"] = sorted(f"{f.schwere} {f.was} {f.wo}" for f in result[0].findings)
        found["zahlen"] = _numbers(result[0])
        return result

    check_all, stages.check = stages.check, checked
    stages.forecast = lambda *_: []
    started = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    code = 0
    with open("gesagt.txt", "w", encoding="utf-8") as told:
        os.dup2(told.fileno(), 1)
        os.dup2(told.fileno(), 2)
        sys.argv = ["spm", "check", str(PARAMS)]
        try:
            cli.main()
        except SystemExit as ended:
            code = int(ended.code or 0)
    used = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - started
    helpers = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    found |= {"ende": code, "speicher": max(used, helpers) * 1024}
    Path(answer).write_text(json.dumps(found), encoding="utf-8")


def _numbers(checked: Any) -> str:
    """A digest of everything that is counted, computed or drawn."""
    areas = checked.areas.assign(geometry=checked.areas.geometry.to_wkt())
    tables = [checked.facts, areas, *([] if checked.indicators is None else [checked.indicators])]
    text = "\n".join(table.to_csv(index=False) for table in tables)
    return hashlib.sha256(text.encode()).hexdigest()
