"""Builds that take no time: what becomes of a municipality follows from its name."""

import os
import signal
import time
from pathlib import Path

from spm.batch.records import GEBAUT, Outcome


def build(params_file: str, formats: tuple[str, ...], renderer: str, version: str) -> dict:
    """In place of `spm.batch.municipality.build_one`, in a worker."""
    path = Path(params_file)
    with (path.parents[1] / "begonnen.txt").open("a", encoding="utf-8") as file:
        file.write(f"{path.stem}\n")
    if path.stem.startswith("stirbt"):
        os.kill(os.getpid(), signal.SIGKILL)
    if path.stem.startswith("schlaeft"):
        time.sleep(300)
    if path.stem.startswith("wirft"):
        raise ModuleNotFoundError("kein SPM hier")
    return Outcome(path.stem, path.stem.capitalize(), GEBAUT, sekunden=0.1).as_dict()


def make_project(root: Path, *slugs: str) -> Path:
    """A project whose params files hold no more than makes them ones."""
    (root / "params").mkdir(parents=True)
    (root / "_quarto.yml").touch()
    for slug in slugs:
        (root / f"params/{slug}.yml").write_text("kommune: {}\n", encoding="utf-8")
    return root


def begun(root: Path) -> list[str]:
    """Every attempt of a worker, in their order."""
    return (root / "begonnen.txt").read_text(encoding="utf-8").split()
