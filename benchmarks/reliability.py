"""What breaks: kills at random moments, and hundreds of bad inputs, each with its verdict.

    python benchmarks/reliability.py [--kills 100] [--inputs 500] [--notebooks 40] [--seed 0]
        [--workers 2] [--first 0]

The report of a small municipality is built again and again and ended at random; afterwards the
report has to be the old or the new one to the byte, nothing may run on, and the next build has to
work. The demo is damaged (params file, catalogue, tables, workbooks, geometry, texts); `spm check`
has to refuse it, to tell something, or to find the same numbers. Notebooks are damaged, too: the
build has to refuse them or to set a report in which nothing is alive. Exit code 1 if a line is not
zero that has to be.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from tests.campaign import kills, notebooks, verdicts


def table(title: str, found: Counter[str], good: Sequence[str], bad: Sequence[str]) -> None:
    """Print how often each verdict was given."""
    print(f"{title}: {found.total()}")
    for name in [*good, *bad]:
        print(f"  {'' if name in good else '! '}{name:<32}{found[name]:>5}")


def progress(title: str, found: Counter[str]) -> None:
    """Print every tenth time what was found until now."""
    if found.total() % 10 == 0:
        print(title, dict(sorted(found.items())), file=sys.stderr, flush=True)


def main() -> None:
    """Run both campaigns."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--kills", type=int, default=100)
    parser.add_argument("--inputs", type=int, default=500)
    parser.add_argument("--notebooks", type=int, default=40)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--first", type=int, default=0, help="inputs of a run that was ended")
    given = parser.parse_args()
    start, inputs, ended = time.perf_counter(), Counter[str](), Counter[str]()
    for result in verdicts.campaign(
        given.inputs, given.seed, workers=given.workers, first=given.first
    ):
        inputs[result.verdict] += 1
        progress("Bad inputs", inputs)
        if result.verdict in verdicts.BAD:
            kind = result.kind
            print(f"{result.verdict}: {kind.part}, {kind.name} ({result.where})", file=sys.stderr)
            print(result.text[-2000:], file=sys.stderr, flush=True)
    books = Counter[str]()
    for book in notebooks.campaign(given.notebooks, given.seed):
        books[book.verdict] += 1
        progress("Notebooks", books)
        if book.verdict in notebooks.BAD:
            print(
                f"{book.verdict}: {book.damage.name}", book.text[-2000:], sep="\n", file=sys.stderr
            )
    for killed in kills.kills(given.kills, given.seed):
        ended[killed.verdict] += 1
        progress("Kills", ended)
        if killed.verdict in kills.BAD:
            print(
                f"{killed.verdict}: {killed.how.name} after {killed.after:.2f} s", file=sys.stderr
            )
    table("Bad inputs", inputs, verdicts.GOOD, verdicts.BAD)
    table("Notebooks", books, notebooks.GOOD, notebooks.BAD)
    table("Kills", ended, kills.GOOD, kills.BAD)
    print(f"{time.perf_counter() - start:.0f} s")
    bad = (inputs, verdicts.BAD), (books, notebooks.BAD), (ended, kills.BAD)
    sys.exit(any(found[name] for found, names in bad for name in names))


if __name__ == "__main__":
    main()
