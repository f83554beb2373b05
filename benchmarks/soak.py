"""Check and build a small municipality again and again, and see whether anything grows.

    python benchmarks/soak.py [--builds 50]

One process does all of it, as a worker of ``spm batch`` does: what a build does not give back, the
next one finds. Every build has something to do: the number of one cell changes. Printed are the
resident memory of the process and of its children (the server that kernels are forked from), open
files, children, what lies in the temporary folder and in ``data/processed``. The first builds fill
caches; from the tenth on memory may grow by 2 MB in ten builds and nothing else at all.
"""

from __future__ import annotations

import argparse
import gc
import os
import sys
import tempfile
import time
from pathlib import Path

import psutil

sys.path.insert(0, str(Path(__file__).parents[1]))

from spm import build as stages
from spm.progress import Steps
from spm.temporary import private
from tests.build.small import make

GROWTH = 2.0
"""Megabytes in ten builds, after the first ten."""


def main() -> int:
    """Run it; 1 if something has grown."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--builds", type=int, default=50)
    number = parser.parse_args().builds
    head = "build  seconds  memory  children's  open files  children  temporary  confidential"
    print(head, flush=True)
    seen = []
    with tempfile.TemporaryDirectory() as folder, private() as temporary:
        project = make(Path(folder) / "projekt")
        os.chdir(project)
        for turn in range(1, number + 1):
            began = time.perf_counter()
            _other_number(project / "roh/einwohner.csv", turn)
            stages.check("params/kleinau.yml", Steps(quiet=True))
            stages.build(
                "params/kleinau.yml", Steps(quiet=True), ["html"], "embedded", lasting=True
            )
            seconds = time.perf_counter() - began
            seen.append(_state(project, temporary))
            if turn % 5 == 0 or turn == 1:
                own, children, *others = seen[-1]
                counts = "  ".join(f"{count:9d}" for count in others)
                print(
                    f"{turn:5d}  {seconds:7.1f}  {own:6.1f}  {children:10.1f}  {counts}", flush=True
                )
    return _verdict(seen)


def _other_number(path: Path, turn: int) -> None:
    """Turn the last count of a delivery up or down by one."""
    text = path.read_text(encoding="utf-8")
    head, last = text.rstrip("\n").rsplit(";", 1)
    changed = int(last) + (1 if turn % 2 else -1)
    path.write_text(f"{head};{changed}\n", encoding="utf-8")


def _state(project: Path, temporary: Path) -> tuple[float, float, int, int, int, int]:
    gc.collect()
    process = psutil.Process()
    children = process.children(recursive=True)
    memory = sum(child.memory_info().rss for child in children if child.is_running())
    files = process.num_fds() if hasattr(process, "num_fds") else 0
    lying = [
        sum(1 for _ in folder.rglob("*")) for folder in (temporary, project / "data/processed")
    ]
    own = process.memory_info().rss
    return own / 1e6, memory / 1e6, files, len(children), lying[0], lying[1]


def _verdict(seen: list[tuple[float, float, int, int, int, int]]) -> int:
    if len(seen) < 20:
        return 0
    first, last = seen[9], seen[-1]
    tens = (len(seen) - 10) / 10
    grown = [(last[i] - first[i]) / tens for i in (0, 1)]
    more = [name for i, name in ((2, "open files"), (3, "children"), (4, "temporary files"),
                                 (5, "confidential files")) if last[i] > first[i]]  # fmt: skip
    print(
        f"grows by {grown[0]:.1f} MB (children {grown[1]:.1f}) in ten builds; {more or 'no files'}"
    )
    return int(max(grown) > GROWTH or bool(more))


if __name__ == "__main__":
    raise SystemExit(main())
