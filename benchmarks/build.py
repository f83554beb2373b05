"""Time ``spm build`` against the plain way: papermill per chapter in sequence, then the renderer.

    python benchmarks/build.py [params/pilotkommune.yml] [--rounds 1]

Everything runs in turn, in one run, in a copy of the project; ratios say more than seconds. The
plain way does the same whatever has changed. It starts from data that are already prepared, ``spm
build`` from the raw deliveries. It runs on the same notebooks, in the same environment.

Changed in turn: nothing; one sentence in one notebook; one cell of one delivery (the last number of
the smallest CSV file).
"""

from __future__ import annotations

import argparse
import contextlib
import re
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from statistics import median
from typing import NamedTuple

import psutil

SAMPLE_SECONDS = 0.05
TARGETS = {"cold": 0.20, "one sentence": 0.10, "one cell": 0.15, "nothing": 0.01}
RENDER = """
import sys
from pathlib import Path
from spm.book import chapter_files, render, stage
from spm.config.params import load_params
params, folder = load_params(sys.argv[1]), Path(sys.argv[2])
quarto = params.root / "_quarto.yml"
stage([folder / name for name in chapter_files(quarto, params)], params, quarto, folder / "book")
render(folder / "book", folder, slug=params.slug)
"""


class Cost(NamedTuple):
    """Wall and processor seconds, and peak memory in bytes, of a process and its children."""

    wall: float
    processor: float
    memory: int


def look(root: psutil.Process, busy: dict[int, float]) -> int:
    """Memory of a process and its children in bytes, shared pages counted once.

    ``busy`` takes up the processor seconds of each: of one that has ended, the last that was seen.
    """
    total = 0
    for process in [root, *root.children(recursive=True)]:
        try:
            memory = process.memory_full_info()
            times = process.cpu_times()
        except psutil.Error:
            continue  # ended between the listing and the look
        total += getattr(memory, "pss", memory.rss)
        busy[process.pid] = times.user + times.system
    return total


def timed(commands: list[list[str]], folder: Path) -> Cost:
    """Run commands one after another."""
    peak, busy, start = 0, {}, time.perf_counter()
    for command in commands:
        with tempfile.TemporaryFile() as errors:
            process = psutil.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=errors)
            while process.poll() is None:
                with contextlib.suppress(psutil.Error):  # it may end while we look
                    peak = max(peak, look(process, busy))
                time.sleep(SAMPLE_SECONDS)
            if process.returncode:
                errors.seek(0)
                sys.exit(f"{' '.join(command)}\n{errors.read().decode(errors='replace')}")
    return Cost(time.perf_counter() - start, sum(busy.values()), peak)


def plain_commands(params_file: Path, folder: Path) -> list[list[str]]:
    """One papermill command per chapter, then staging and the embedded renderer."""
    from spm.book import chapter_files
    from spm.config.params import load_params

    root = params_file.parents[1]
    papermill = [sys.executable, "-m", "papermill", "--no-progress-bar", "--kernel", "python3"]
    parameter = ["-p", "params", str(params_file)]
    chapters = [
        [*papermill, str(root / "notebooks" / name), str(folder / name), *parameter]
        for name in chapter_files(root / "_quarto.yml", load_params(params_file))
    ]
    return [*chapters, [sys.executable, "-c", RENDER, str(params_file), str(folder)]]


def copied(params_file: Path, folder: Path) -> Path:
    """The params file in a copy of its project."""
    from spm.config.params import load_params

    params = load_params(params_file)
    for part in ("_quarto.yml", "notebooks", "params", params.datenordner):
        source, target = params.root / part, folder / part
        target.parent.mkdir(parents=True, exist_ok=True)
        (shutil.copytree if source.is_dir() else shutil.copy)(source, target)
    return folder / params.path.relative_to(params.root)


def change_sentence(params_file: Path) -> None:
    """Add a sentence to the text that begins the first numbered chapter."""
    path = min((params_file.parents[1] / "notebooks").glob("0*.ipynb"))
    text = path.read_text(encoding="utf-8")
    path.write_text(re.sub(r'([.])("\n\s*\])', r"\1 Noch ein Satz.\2", text, count=1), "utf-8")


def change_cell(params_file: Path) -> None:
    """Add 1 to the last number of the smallest CSV file that is delivered."""
    from spm.config.params import load_params

    params = load_params(params_file)
    tables = [t for d in params.lieferungen.values() for t in d.tabellen]
    files = [params.raw_file(t.datei) for t in tables if t.datei and t.datei.endswith(".csv")]
    path = min(files, key=lambda file: file.stat().st_size)
    content = path.read_bytes()
    number = list(re.finditer(rb"\d+", content))[-1]
    more = str(int(number[0]) + 1).encode()
    path.write_bytes(content[: number.start()] + more + content[number.end() :])


def one_round(given: Path) -> dict[str, Cost]:
    """What each build costs, and the plain way."""
    changes: dict[str, Callable[[Path], None]] = {
        "nothing": lambda params_file: None,
        "one sentence": change_sentence,
        "one cell": change_cell,
    }
    with tempfile.TemporaryDirectory() as project, tempfile.TemporaryDirectory() as folder:
        params_file = copied(given, Path(project))
        spm = [sys.executable, "-c", "from spm.cli import main; main()"]
        build = [*spm, "build", str(params_file), "--renderer", "embedded"]
        costs = {"cold": timed([build], Path(project))}
        print("cold", costs["cold"], file=sys.stderr, flush=True)
        for name, change in changes.items():
            change(params_file)
            costs[name] = timed([build], Path(project))
            print(name, costs[name], file=sys.stderr, flush=True)
        costs["plain way"] = timed(plain_commands(params_file, Path(folder)), Path(folder))
    return costs


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("params", nargs="?", default="params/pilotkommune.yml", type=Path)
    parser.add_argument("--rounds", default=3, type=int)
    given = parser.parse_args()
    found = [one_round(given.params.resolve()) for _ in range(given.rounds)]
    print(f"{'changed':<13} {'wall':>9} {'processor':>10} {'memory':>9} {'ratios':>13}  target")
    for name in ("plain way", *TARGETS):
        wall, processor, memory = (median(c) for c in zip(*(r[name] for r in found), strict=True))
        line = f"{name:<13} {wall:>7.1f} s {processor:>8.1f} s {memory / 2**20:>5.0f} MiB"
        if name in TARGETS:
            plain = [r["plain way"] for r in found]
            ratios = [
                median(
                    getattr(r[name], kind) / getattr(p, kind)
                    for r, p in zip(found, plain, strict=True)
                )
                for kind in ("wall", "processor")
            ]
            line += f" {ratios[0]:>6.3f} {ratios[1]:>6.3f}  {TARGETS[name]:.2f}"
        print(line)
    print(f"Ratios to the plain way: wall, processor; medians of {given.rounds}.")


if __name__ == "__main__":
    main()
