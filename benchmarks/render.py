"""Time and size of both formats of a staged book, by the embedded renderer.

    python benchmarks/render.py [report/pilotkommune/book]

Every round is a process of its own, because Typst keeps in memory what it has set before. Seconds
of the clock depend on what else the machine does; those of the processor hardly.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROUNDS = 5
STEPS = ("chapters", "html", "pdf", "all")
ONCE = """
import json, resource, sys
import nbformat  # which has run the chapters before, in a build
from pathlib import Path
from time import perf_counter
from spm.book import html, pdf
from spm.book.document import read_chapters
from spm.book.embedded import render
from spm.book.project import read_project

def processor():
    both = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(used.ru_utime + used.ru_stime for used in both)

book, out, parts = Path(sys.argv[1]), Path(sys.argv[2]), {}
began, used = perf_counter(), processor()
project = read_project(book)
chapters = read_chapters(book, project)
parts["chapters"] = perf_counter() - began
if sys.argv[3] == "all":
    render(book, out, ("html", "pdf"), "bericht", project, chapters)
    parts["all"], parts["processor"] = perf_counter() - began, processor() - used
else:
    start = perf_counter()
    html.write(project, chapters, book, out / "html")
    parts["html"], start = perf_counter() - start, perf_counter()
    pdf.write(project, chapters, book, out / "bericht.pdf")
    parts["pdf"] = perf_counter() - start
print(json.dumps(parts))
"""


def once(book: Path, out: Path, what: str) -> dict[str, float]:
    """Seconds of every step of one rendering."""
    done = subprocess.run(
        [sys.executable, "-c", ONCE, str(book), str(out), what], capture_output=True, text=True
    )
    if done.returncode:
        sys.exit(done.stderr)
    return json.loads(done.stdout)


def size(path: Path) -> float:
    """Megabytes of a file or of all files in a folder."""
    files = [path] if path.is_file() else [p for p in path.rglob("*") if p.is_file()]
    return sum(p.stat().st_size for p in files) / 1e6


def main() -> None:
    arguments = sys.argv[1:] or ["report/pilotkommune/book"]
    book = Path(arguments[0]).resolve()
    if not (book / "_quarto.yml").is_file():
        sys.exit(f"{arguments[0]} is no staged book; spm build makes one.")
    rounds = []
    print("round " + "".join(f"{step:>11}" for step in (*STEPS, "processor")))
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder)
        for number in range(1, ROUNDS + 1):
            steps = once(book, out, "steps") | once(book, out, "all")
            rounds.append(steps)
            print(f"{number:>5} " + "".join(f"{steps[s]:>9.2f} s" for s in (*STEPS, "processor")))
        pdf, html = size(out / "bericht.pdf"), size(out / "html")
    median = {s: statistics.median(r[s] for r in rounds) for s in rounds[0]}
    print(f"median, both formats: {median['all']:.2f} s (target: at most 3 s on two idle cores),")
    print(f"  {median['processor']:.2f} s of the processor")
    print(f"PDF {pdf:.1f} MB, web pages {html:.1f} MB, together {pdf + html:.1f} MB")


if __name__ == "__main__":
    main()
