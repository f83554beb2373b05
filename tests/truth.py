"""What a report should say, worked out again from its open data with numpy and scipy alone.

Nothing of ``spm`` is used: the formulas are those that docs/explanation/claims.md and the chapter
on methods name. What this and the report both get wrong, both would have to get wrong by
themselves.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Iterable
from pathlib import Path

import numpy as np
from scipy import stats

Z = stats.norm.ppf(0.975)
NONE = float("nan")
TESTED = ("anteil", "rate", "quotient", "veraenderung", "saldo")
TREND_YEARS = 5


def number(text: str) -> float:
    return float(text) if text else NONE


class Row:
    """One published value, with its own 95 % limits."""

    def __init__(self, cells: dict[str, str], entry: dict[str, str]) -> None:
        self.key, self.year, self.area = cells["kennzahl"], int(cells["jahr"]), cells["raum"]
        self.name, self.status, self.told = cells["raum_name"], cells["status"], cells["klasse"]
        self.top, self.less, self.bottom = (
            number(cells[column]) for column in ("zaehler", "abzueglich", "nenner")
        )
        self.value, self.low, self.high = (
            number(cells[column]) for column in ("wert", "ki_unten", "ki_oben")
        )
        self.kind, self.factor = entry["art"], float(entry["faktor"])
        self.places = int(entry["nachkommastellen"])
        self.places_of_entry = entry

    @property
    def compared(self) -> bool:
        """Whether it varies at random: it has an interval."""
        return self.kind in TESTED and self.low == self.low

    def recomputed(self) -> tuple[float, float, float]:
        """Value and limits from the counts, in the unit of the indicator."""
        top, bottom, f = self.top, self.bottom, self.factor
        if self.kind == "anteil":
            return top / bottom * f, *(x * f for x in wilson(top, bottom))
        if self.kind == "rate":
            return top / bottom * f, *(x / bottom * f for x in poisson(top))
        if self.kind == "saldo":
            (a, b), (c, d) = poisson(top), poisson(self.less)
            net = top - self.less
            low, high = (
                net - np.hypot(top - a, d - self.less),
                net + np.hypot(b - top, self.less - c),
            )
            return net / bottom * f, low / bottom * f, high / bottom * f
        low, high = (x / (1 - x) for x in wilson(top, top + bottom))
        shift = 1 if self.kind == "veraenderung" else 0
        return (top / bottom - shift) * f, (low - shift) * f, (high - shift) * f

    @property
    def plain(self) -> float:
        return (self.top - (self.less if self.kind == "saldo" else 0)) / self.bottom


def wilson(x: float, n: float) -> tuple[float, float]:
    middle, root = x + Z**2 / 2, Z * np.sqrt(x * (n - x) / n + Z**2 / 4)
    return (middle - root) / (n + Z**2), (middle + root) / (n + Z**2)


def poisson(x: float) -> tuple[float, float]:
    """Exact below ten events, else Byar."""
    if x < 10:
        low = stats.gamma.ppf(0.025, x) if x else 0.0
        return low, stats.gamma.ppf(0.975, x + 1)
    low = x * (1 - 1 / (9 * x) - Z / (3 * np.sqrt(x))) ** 3
    return low, (x + 1) * (1 - 1 / (9 * (x + 1)) + Z / (3 * np.sqrt(x + 1))) ** 3


def mid_p(distribution: object, x: float) -> float:
    """Twice the smaller tail, of which the observed value counts half."""
    below, above, at = distribution.cdf(x - 1), distribution.sf(x), distribution.pmf(x)
    return float(min(1.0, 2 * min(below, above) + at))


def p_equal(kind: str, one: tuple[float, float, float], other: tuple[float, float, float]) -> float:
    """Two-sided p of equal values; sides are (top, bottom, less)."""
    (x, n, off), (y, m, away) = one, other
    if kind == "rate":
        return mid_p(stats.binom(x + y, n / (n + m)), x)
    if kind == "saldo":
        return _p_net(x, off, n, y, away, m)
    if kind != "anteil":
        n, m = n + x, m + y
    return mid_p(stats.hypergeom(int(n + m), int(x + y), int(n)), x)


def _p_net(x: float, off: float, n: float, y: float, away: float, m: float) -> float:
    common = (x - off + y - away) / (n + m)

    def variance(gain: float, loss: float, size: float) -> float:
        # The likelihood of both Poisson counts, if their means differ by `common` per head.
        roots = np.roots([2 * size, -(2 * size * common + gain + loss), gain * common])
        mean = max(max(roots.real), max(common, 0))
        return (2 * mean - common) / size

    spread = variance(x, off, n) + variance(y, away, m)
    return float(2 * stats.norm.sf(abs((x - off) / n - (y - away) / m) / np.sqrt(spread)))


def adjusted(p: list[float]) -> list[float]:
    """Benjamini and Hochberg."""
    return list(stats.false_discovery_control(p)) if p else []


def read(folder: Path) -> tuple[list[Row], dict[str, dict[str, str]], list[dict[str, str]]]:
    """The published values, the catalogue and what is told of developments."""
    tables = {name: list(table(folder / f"{name}.csv")) for name in
              ("kennzahlen", "kennzahlenset", "veraenderungen")}  # fmt: skip
    catalogue = {entry["kennzahl"]: entry for entry in tables["kennzahlenset"]}
    rows = [Row(cells, catalogue[cells["kennzahl"]]) for cells in tables["kennzahlen"]]
    return rows, catalogue, tables["veraenderungen"]


def table(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8-sig", newline="") as file:
        yield from csv.DictReader(file)


def classes(rows: list[Row]) -> dict[tuple[str, int, str], str]:
    """The class of every published value of an area; "" where nothing is compared."""
    whole = {(r.key, r.year): r for r in rows if r.area == "gesamt" and r.status == "ok"}
    p = {}
    for r in rows:
        total = whole.get((r.key, r.year))
        if r.area in ("gesamt", "nz") or r.status != "ok" or not r.compared or total is None:
            continue
        rest = (total.top - r.top, total.bottom - r.bottom, total.less - r.less)
        odd = r.kind == "anteil" and (r.top > r.bottom or rest[0] > rest[1])
        if rest[0] < 0 or not rest[1] > 0 or not r.bottom > 0 or odd:
            continue
        here = r.key, r.year, r.area
        value = (rest[0] - (rest[2] if r.kind == "saldo" else 0)) / rest[1]
        p[here] = p_equal(r.kind, (r.top, r.bottom, r.less), rest), r.plain > value
    found = {}
    for (here, (_, above)), q in zip(p.items(), adjusted([x for x, _ in p.values()]), strict=True):
        clearly = "deutlich_" if q <= 0.002 else ""
        found[here] = f"{clearly}{'ueber' if above else 'unter'}" if q <= 0.05 else "wie"
    return found


def _runs(
    rows: list[Row], catalogue: dict[str, dict[str, str]]
) -> dict[tuple[str, str], list[Row]]:
    """Uninterrupted years up to the last one, by indicator and area."""
    last = max(r.year for r in rows)
    series = defaultdict(dict)
    for r in rows:
        if r.area != "nz" and r.status == "ok" and r.compared and r.kind != "veraenderung":
            series[r.key, r.area][r.year] = r
    found = {}
    for (key, area), by_year in series.items():
        entry = catalogue[key]
        breaks = [int(part.split(":")[0]) for part in entry["brueche"].split(" | ") if part]
        first = max([b for b in breaks if b <= last], default=0) + int(entry["jahre_zusammen"]) - 1
        run = []
        for year in range(last, 0, -1):
            if year not in by_year or year < first:
                break
            run.insert(0, by_year[year])
        if run:
            found[key, area] = run
    return found


def developments(
    rows: list[Row], catalogue: dict[str, dict[str, str]]
) -> dict[tuple[str, str, str], tuple[float, float, float, str]]:
    """By kind, indicator and area: difference, limits (NaN for trends), direction."""
    tested: dict[str, dict[tuple[str, str], tuple]] = {"aenderung": {}, "trend": {}}
    for (key, area), run in _runs(rows, catalogue).items():
        window, last = int(catalogue[key]["jahre_zusammen"]), run[-1]
        if run[0].year <= last.year - window:
            then = run[0]
            p = p_equal(
                last.kind, (last.top, last.bottom, last.less), (then.top, then.bottom, then.less)
            )
            (a, al, ah), (b, bl, bh) = then.recomputed(), last.recomputed()
            low, high = b - a - np.hypot(b - bl, ah - a), b - a + np.hypot(bh - b, a - al)
            tested["aenderung"][key, area] = (p, b - a, low, high)
        apart = [r for r in run if (last.year - r.year) % window == 0]
        if len(apart) >= TREND_YEARS:
            p, slope = p_trend(apart)
            if p == p:
                tested["trend"][key, area] = (p, slope, NONE, NONE)
    found = {}
    for kind, cells in tested.items():
        for own in (True, False):
            family = {at: cell for at, cell in cells.items() if (at[1] == "gesamt") == own}
            every = adjusted([cell[0] for cell in family.values()])
            for (at, (_, by, low, high)), q in zip(family.items(), every, strict=True):
                way = _way(kind, q, by, low, high, own)
                found[kind, *at] = (by if kind == "aenderung" else NONE, low, high, way)
    return found


def _way(kind: str, q: float, by: float, low: float, high: float, own: bool) -> str:
    up, down = ("steigend", "fallend") if kind == "trend" else ("gestiegen", "gesunken")
    if q <= 0.05 and by:
        return up if by > 0 else down
    if own and low > 0:
        return "hinweis_anstieg"
    if own and high < 0:
        return "hinweis_rueckgang"
    return "kein_trend" if kind == "trend" else "unveraendert"


def p_trend(run: list[Row]) -> tuple[float, float]:
    """Cochran and Armitage, as the squared correlation of single observations with their year."""
    kind, years = run[0].kind, np.array([float(r.year) for r in run])
    x, n = np.array([r.top for r in run]), np.array([r.bottom for r in run])
    if kind == "quotient":
        n = x + n
    moves = x
    if kind == "saldo":
        off = np.array([r.less for r in run])
        x, moves = x - off, x + off
    rate = moves.sum() / n.sum()
    spread = rate if kind in ("rate", "saldo") else rate * (1 - rate)
    centred = years - (n * years).sum() / n.sum()
    slope, size = (centred * x).sum(), (n * centred**2).sum()
    if not spread * size > 0:
        return NONE, 0.0
    return float(stats.norm.sf(abs(slope) / np.sqrt(spread * size)) * 2), float(slope)
