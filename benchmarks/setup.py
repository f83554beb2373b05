"""How many columns `spm neu` places right, wrong, or leaves open, by place.

Usage: python benchmarks/setup.py [-v]

Right is what the params file that a person wrote says. Wrong is far worse than open: at least 70 %
right and less than 2 % wrong are asked for. With -v every column that is not right is listed.
"""

from __future__ import annotations

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from tests.setup.places import PLACES  # noqa: E402
from tests.setup.score import OPEN, RIGHT, WRONG  # noqa: E402


def main(details: bool) -> None:
    shared = ROOT.parent / "shared"
    every = []
    print(f"{'Ort':14} {'Spalten':>7} {'richtig':>8} {'falsch':>7} {'offen':>6}")
    for place in PLACES:
        if not place.folder.startswith("data/raw/") and not shared.is_dir():
            continue
        found = place.score(ROOT, shared)
        every += found.columns
        shares = [found.share(verdict) for verdict in (RIGHT, WRONG, OPEN)]
        print(f"{place.name:14} {len(found.columns):7} " + _line(shares))
        for column, verdict, given, wanted in found.columns if details else ():
            if verdict != RIGHT:
                print(
                    f"   {verdict:8} {' | '.join(column)}: {sorted(given)}, wahr {sorted(wanted)}"
                )
    verdicts = [verdict for _, verdict, _, _ in every]
    shares = [100 * verdicts.count(v) / max(len(every), 1) for v in (RIGHT, WRONG, OPEN)]
    print(f"{'zusammen':14} {len(every):7} " + _line(shares))


def _line(shares: list[float]) -> str:
    right, wrong, left = shares
    return f"{right:7.1f}% {wrong:6.1f}% {left:5.1f}%"


if __name__ == "__main__":
    main("-v" in sys.argv)
