"""How many pages a report's PDF has, and how full they are.

    python benchmarks/pages.py [report/pilotkommune/pilotkommune.pdf …]

Of every page the share of the height between the margins that is used, from its top to the last
text or picture; head and foot do not count. Only the last page of a part (a chapter, the title
page) may be less than half full. Needs pdftoppm (poppler); ends with 1 if another page is, or if
there are more pages than `--most`.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
from itertools import pairwise
from pathlib import Path
from typing import NamedTuple

import pikepdf

DPI = 36
TOP, BOTTOM = 2.45, 2.4  # cm of head and foot, which hold no text of the page
HEIGHT = 29.7
HALF = 0.5


class Page(NamedTuple):
    """A page, and whether it is the last one of a part."""

    number: int
    used: float
    last: bool


def starts(pdf: Path) -> set[int]:
    """Pages on which a part begins, from 1: those that the outline names at its first level."""
    with pikepdf.open(pdf) as document:
        places = {page.obj.objgen: n for n, page in enumerate(document.pages, start=1)}
        found = {1, 2}
        with document.open_outline() as outline:
            for entry in outline.root:
                target = entry.destination
                if target is None and entry.action is not None:
                    target = entry.action.get("/D")
                if isinstance(target, pikepdf.Array):
                    found.add(places.get(target[0].objgen, 1))
                elif target is not None:
                    found.add(_named(document, target, places))
    return found


def _named(document: pikepdf.Pdf, name: object, places: dict[tuple[int, int], int]) -> int:
    tree = pikepdf.NameTree(document.Root.Names.Dests)
    found = tree[str(name)]
    array = found.D if isinstance(found, pikepdf.Dictionary) else found
    return places.get(array[0].objgen, 1)


def used(pdf: Path) -> list[float]:
    """Of every page the share of the height that is used."""
    done = subprocess.run(
        ["pdftoppm", "-r", str(DPI), "-gray", str(pdf)], capture_output=True, check=True
    )
    shares, rest = [], done.stdout
    while rest:
        header, rest = rest.split(b"\n255\n", 1)
        width, height = map(int, header.split(b"\n")[1].split())
        pixels, rest = rest[: width * height], rest[width * height :]
        top, bottom = (round(cm / 2.54 * DPI) for cm in (TOP, HEIGHT - BOTTOM))
        lines = [y for y in range(top, bottom) if min(pixels[y * width : (y + 1) * width]) < 200]
        shares.append((lines[-1] + 1 - top) / (bottom - top) if lines else 0.0)
    return shares


def pages(pdf: Path) -> list[Page]:
    """Every page of a PDF."""
    shares, begin = used(pdf), starts(pdf)
    numbers = [*range(1, len(shares) + 1), 0]
    return [
        Page(number, share, after == 0 or after in begin)
        for (number, after), share in zip(pairwise(numbers), shares, strict=True)
    ]


def main() -> None:
    """Print the measurements of the PDFs that are named."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("pdf", nargs="*", default=["report/pilotkommune/pilotkommune.pdf"])
    parser.add_argument("--most", type=int, default=0, help="pages at most; 0: no limit")
    arguments = parser.parse_args()
    failed = False
    for name in arguments.pdf:
        found = pages(Path(name))
        empty = [page for page in found if page.used < HALF and not page.last]
        mean = sum(page.used for page in found) / len(found)
        size = Path(name).stat().st_size / 1e6
        print(f"{name}: {len(found)} pages, {size:.1f} MB, {mean:.0%} of their height used")
        for page in found:
            if page.used < HALF:
                why = "last of its part" if page.last else "TOO EMPTY"
                print(f"  page {page.number}: {page.used:.0%} ({why})")
        failed |= bool(empty) or 0 < arguments.most < len(found)
    sys.exit(failed)


if __name__ == "__main__":
    main()
