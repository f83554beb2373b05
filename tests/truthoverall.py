"""What the chapter Gesamtbild should say, worked out again with numpy and scipy alone.

From the open data and the classes of ``tests/truth.py``; the rules are those of
docs/explanation/gesamtbild.md.
"""

from __future__ import annotations

from itertools import combinations
from typing import NamedTuple

import numpy as np
from scipy import integrate, stats

from tests.truth import Row

Classes = dict[tuple[str, int, str], str]
Catalogue = dict[str, dict[str, str]]
RHO, REPORT = 0.3, 0.05
WORSE = {"belastend": "ueber", "entlastend": "unter"}


class Tally(NamedTuple):
    """Of one area and domain: indicators tested, worse and better."""

    tested: int
    worse: int
    better: int


def year_of(rows: list[Row]) -> int:
    return max(r.year for r in rows)


def tallies(rows: list[Row], classes: Classes, catalogue: Catalogue) -> dict[str, dict[str, Tally]]:
    """By name of the area and domain what the tests of the last year found; areas alone count."""
    last, names = year_of(rows), {r.area: r.name for r in rows}
    single = {r.area for r in rows if r.key == "einwohner"} - {"gesamt", "nz"}
    found: dict[str, dict[str, list[str]]] = {names[area]: {} for area in sorted(single)}
    for (key, year, area), told in classes.items():
        entry = catalogue[key]
        if year == last and area in single and entry["richtung"] in WORSE and entry["bereich"]:
            sides = {"wie": "like"}
            side = sides.get(told) or ("worse" if WORSE[entry["richtung"]] in told else "better")
            found[names[area]].setdefault(entry["bereich"], []).append(side)
    return {
        name: {d: Tally(len(its), its.count("worse"), its.count("better")) for d, its in of.items()}
        for name, of in found.items()
    }


def level(classes: Classes) -> float:
    """Half of the p at which Benjamini and Hochberg stop, from how many tests found something."""
    return 0.05 * sum(told != "wie" for told in classes.values()) / len(classes) / 2


def chance(tested: list[int], at: float, least: int) -> float:
    """How likely so many domains of an area are worse by chance, with one common factor."""
    odds = [stats.norm.ppf(min(1.0, n * at)) for n in tested if n]

    def given(t: float) -> float:
        p = [stats.norm.cdf((x + np.sqrt(RHO) * t) / np.sqrt(1 - RHO)) for x in odds]
        few = sum(
            float(np.prod([q if i in some else 1 - q for i, q in enumerate(p)]))
            for n in range(least)
            for some in combinations(range(len(p)), n)
        )
        return (1 - few) * float(stats.norm.pdf(t))

    return integrate.quad(given, -8, 8)[0] if len(odds) >= least else 0.0


def ceiling(found: dict[str, dict[str, Tally]], at: float, least: int) -> float:
    """The same in any area without an assumption: P(at least k of events) is at most the least of
    (sum without the j likeliest) / (k - j)."""
    total = 0.0
    for its in found.values():
        odds = sorted(min(1.0, tally.tested * at) for tally in its.values())
        if len(odds) >= least:
            bounds = [sum(odds[: len(odds) - j]) / (least - j) for j in range(least)]
            total += min(1.0, *bounds)
    return total


def several(found: dict[str, dict[str, Tally]], at: float) -> tuple[int, float]:
    """From how many domains on they are several, and how likely any area gets there by chance."""
    for least in range(2, 12):
        of = [[tally.tested for tally in its.values()] for its in found.values()]
        anywhere = sum(chance(tested, at, least) for tested in of)
        if anywhere <= REPORT:
            return least, anywhere
    raise AssertionError("no number of domains is beyond chance")


def prevailing(found: dict[str, Tally], which: str) -> set[str]:
    """Domains in which more indicators are worse than better, or the other way round."""
    return {
        d
        for d, t in found.items()
        if (t.worse > t.better if which == "worse" else t.better > t.worse)
    }


def shares(rows: list[Row], key: str) -> dict[str, tuple[int, int, str]]:
    """By area its whole percents of all and of those counted, and "54 von 111"."""
    now = [r for r in rows if r.key == key and r.year == year_of(rows) and r.status == "ok"]
    whole = next(r for r in now if r.area == "gesamt")
    return {
        r.name: (
            _percent(r.bottom / whole.bottom),
            _percent(r.top / whole.top),
            f"{_grouped(r.top)} von {_grouped(whole.top)}",
        )
        for r in now
        if r.area not in ("gesamt", "nz")
    }


def _percent(share: float) -> int:
    return int(np.floor(100 * share + 0.5))


def _grouped(n: float) -> str:
    return f"{n:,.0f}".replace(",", ".")
