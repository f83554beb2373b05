"""Time ``spm build`` against the plain way: papermill per chapter in sequence, then the renderer.

    python benchmarks/build.py [params/pilotkommune.yml]

Both start cold, in turn, in one run; the ratio says more than the seconds. The plain way starts
from data that are already prepared, ``spm build`` from the raw deliveries. The baseline runs on the
same notebooks, in the same environment.
"""

from __future__ import annotations

import contextlib
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import psutil

ROUNDS = 3
SAMPLE_SECONDS = 0.05
RENDER = """
import sys
from pathlib import Path
from spm.book import chapter_files, render, stage
from spm.config.params import load_params
params, folder = load_params(sys.argv[1]), Path(sys.argv[2])
quarto = params.wurzel / "_quarto.yml"
stage([folder / name for name in chapter_files(quarto, params)], params, quarto, folder / "book")
render(folder / "book", folder, slug=params.slug)
"""


def tree_memory(root: psutil.Process) -> int:
    """Memory of a process and its children in bytes; shared pages are counted once."""
    total = 0
    for process in [root, *root.children(recursive=True)]:
        try:
            memory = process.memory_full_info()
        except psutil.Error:
            continue  # ended between the listing and the look
        total += getattr(memory, "pss", memory.rss)
    return total


def timed(commands: list[list[str]], folder: Path) -> tuple[float, int]:
    """Run commands one after another; seconds and peak memory in bytes."""
    peak, start = 0, time.perf_counter()
    for command in commands:
        with tempfile.TemporaryFile() as errors:
            process = psutil.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=errors)
            while process.poll() is None:
                with contextlib.suppress(psutil.Error):  # it may end while we look
                    peak = max(peak, tree_memory(process))
                time.sleep(SAMPLE_SECONDS)
            if process.returncode:
                errors.seek(0)
                sys.exit(f"{' '.join(command)}\n{errors.read().decode(errors='replace')}")
    return time.perf_counter() - start, peak


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


def main() -> None:
    arguments = sys.argv[1:] or ["params/pilotkommune.yml"]
    params_file = Path(arguments[0]).resolve()
    spm = [sys.executable, "-c", "from spm.cli import main; main()"]
    subprocess.run([*spm, "prepare", str(params_file)], check=True, capture_output=True)
    ratios = []
    print(f"{'round':>5} {'spm build':>12} {'plain way':>12} {'ratio':>7} {'peak memory':>13}")
    for number in range(1, ROUNDS + 1):
        build = [*spm, "build", str(params_file), "--renderer", "embedded"]
        ours, peak = timed([build], params_file.parents[1])
        with tempfile.TemporaryDirectory() as folder:
            theirs, _ = timed(plain_commands(params_file, Path(folder)), Path(folder))
        ratios.append(ours / theirs)
        print(
            f"{number:>5} {ours:>10.1f} s {theirs:>10.1f} s {ours / theirs:>7.2f} "
            f"{peak / 2**20:>9.0f} MiB"
        )
    print(f"median ratio {sorted(ratios)[ROUNDS // 2]:.2f} (target: at most 0.50)")


if __name__ == "__main__":
    main()
