"""Counts that jump against other years and areas by more than chance allows."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Any, NamedTuple

import numpy as np
import pandas as pd

from spm.areas.names import AreasOfYears
from spm.deliveries.crosschecks import cell, describe
from spm.deliveries.findings import HINWEIS, Finding, Source
from spm.deliveries.mapping import KEY
from spm.facts import GEZAEHLT, GROUPS
from spm.published import GESAMT, NICHT_ZUORDENBAR

PER_DELIVERY = 10
"""So many jumps of a delivery are told, the largest first."""

LEAST_Z = 8.0
"""Robust z from which a count jumps: chance, and what usually varies, explain much less."""

LEAST_FACTOR, LEAST_DIFFERENCE = 1.5, 15
"""A jump is also large in itself: by half, and by so many persons or cases."""

LEAST_YEARS = 3
"""With fewer years nobody can say which of them is the strange one."""

FEW = 5
"""Of so few areas each one is left out of how the others have changed."""

_SPREAD = 1.4826
"""Median absolute deviation -> standard deviation of normal residuals."""


class _Jump(NamedTuple):
    z: float
    row: dict[str, Any]
    expected: float
    beside: list[tuple[int, int]]


class _Block(NamedTuple):
    """Counts of one measure and group: areas × years, and the rows that they stand in."""

    names: np.ndarray
    years: np.ndarray
    numbers: np.ndarray
    where: np.ndarray


def check_jumps(
    rows: pd.DataFrame,
    sources: Sequence[Source],
    areas: AreasOfYears,
    breaks: Mapping[str, Collection[int]],
) -> list[Finding]:
    """Note counts that are far from what other years and areas let expect.

    Parameters
    ----------
    rows : columns of ``mapping.KEY`` and ``mapping.CELL``, anzahl, status, ``_tabelle`` (position
        in ``sources``); unique by ``KEY``.
    areas : only years of one division are compared with each other.
    breaks : measure -> years since which it is counted otherwise; these are not compared with the
        years before.

    Returns
    -------
    list of Finding
        At most `PER_DELIVERY` per delivery, the largest robust z first; of one measure, year and
        area only the largest.

    Notes
    -----
    Expected is the median, over the other years, of the area's count times how areas (their median)
    changed since; for the municipality what the years around it let expect. Twice the square
    root of a count varies by 1 by chance, whatever its size (Anscombe 1948); z is the difference
    on that scale, divided by its robust spread (median absolute deviation) among all areas and
    years, if that is larger.
    """
    counted = rows[(rows["status"] == GEZAEHLT) & rows["einrichtung"].isna()]
    counted = counted[counted["raum"] != NICHT_ZUORDENBAR]
    if counted.empty:
        return []
    counted = counted.reset_index(drop=True)
    # One long axis of blocks × areas, as a report has thousands of series
    groups = [group for group in GROUPS if group != "einrichtung"]
    division = areas.positions(counted["jahr"])
    for measure, since in breaks.items():
        own = counted["merkmal"].eq(measure).to_numpy(dtype=bool)
        for begins in since:
            division[own & counted["jahr"].ge(begins).to_numpy(dtype=bool)] += len(areas.names)
    keys = counted[["merkmal", *groups]].assign(_division=division)
    blocks = keys.groupby(list(keys), dropna=False, sort=False).ngroup().to_numpy()
    years, year = np.unique(counted["jahr"].to_numpy(dtype=int), return_inverse=True)
    places, place = np.unique(counted["raum"].to_numpy(dtype=str), return_inverse=True)
    series, line = np.unique(blocks * len(places) + place, return_inverse=True)
    numbers = np.full((len(series), len(years)), np.nan)
    numbers[line, year] = counted["anzahl"].to_numpy(dtype=float)
    where = np.full(numbers.shape, -1)
    where[line, year] = np.arange(len(counted))
    starts = np.flatnonzero(np.diff(series // len(places), prepend=-1))
    jumps: dict[str, list[_Jump]] = {}
    for first, last in zip(starts, [*starts[1:], len(series)], strict=True):
        there = ~np.isnan(numbers[first:last]).all(axis=0)
        block = _Block(
            names=places[series[first:last] % len(places)],
            years=years[there],
            numbers=numbers[first:last][:, there],
            where=where[first:last][:, there],
        )
        for jump in _of_block(block, counted):
            sender = sources[jump.row["_tabelle"]].lieferung
            jumps.setdefault(sender, []).append(jump)
    return [
        _finding(jump, sources)
        for sender in jumps
        for jump in _largest(jumps[sender])[:PER_DELIVERY]
    ]


def _of_block(block: _Block, counted: pd.DataFrame) -> Iterator[_Jump]:
    """The jumps of one measure and group."""
    if len(block.years) < LEAST_YEARS:
        return
    whole = block.names == GESAMT
    numbers = block.numbers[~whole]
    if len(numbers):
        areas = block._replace(
            names=block.names[~whole], numbers=numbers, where=block.where[~whole]
        )
        yield from _told(areas, _expected(numbers), counted)
    if whole.any():
        total = block._replace(
            names=block.names[whole], numbers=block.numbers[whole], where=block.where[whole]
        )
    elif len(numbers) > 1:
        # Where an area is missing, there is no sum
        total = block._replace(
            names=np.array([GESAMT]), numbers=numbers.sum(axis=0)[None], where=block.where[:1]
        )
    else:
        return
    yield from _told(total, _between(total.numbers), counted)


def _expected(counts: np.ndarray) -> np.ndarray:
    """For each area and year what its other years and the other areas let expect."""
    areas, number = counts.shape
    grown = np.ones((areas, number, number))
    ratios = (counts[:, :, None] + 0.5) / (counts[:, None, :] + 0.5)  # area, year, since year
    if areas > FEW:
        grown[:] = _median(np.concatenate([ratios, np.ones((1, number, number))]), 0)
    elif areas > 2:  # else nobody can say which of the two has changed
        for own in range(areas):
            others = np.delete(ratios, own, axis=0)
            grown[own] = _median(np.concatenate([others, np.ones((1, number, number))]), 0)
    trials = np.where(np.isnan(grown), 1.0, grown) * counts[:, None, :]
    trials[:, np.arange(number), np.arange(number)] = np.nan
    years = np.arange(number)
    beside = np.where(np.abs(years[:, None] - years) == 1, trials, np.nan)
    # The nearer one: the years beside follow a trend, the median is not moved by a jump beside
    guesses = np.stack([_median(trials, 2), _median(beside, 2)])
    low, high = np.fmin(*guesses), np.fmax(*guesses)
    known = (~np.isnan(trials)).sum(axis=2) >= LEAST_YEARS - 1
    return np.where(known, np.clip(counts, low, high), np.nan)


def _between(counts: np.ndarray) -> np.ndarray:
    """For each year of one series what the years around it let expect.

    It is the nearer one of the mean of the years beside, which follows a trend, and the median of
    the four years around, which a jump beside does not move.
    """
    (row,) = counts
    expected = np.full(counts.shape, np.nan)
    for year in range(len(row)):
        beside = [row[k] for k in (year - 1, year + 1) if 0 <= k < len(row)]
        around = sorted((k for k in range(len(row)) if k != year), key=lambda k: abs(k - year))
        trials = float(np.mean(beside)), float(np.median(row[around[:4]]))
        low, high = min(trials), max(trials)
        expected[0, year] = min(max(row[year], low), high)
    return expected


def _median(numbers: np.ndarray, axis: int) -> np.ndarray:
    """Median of what is there; of many short rows numpy's own is slow."""
    ordered = np.sort(numbers, axis=axis)  # NaN comes last
    count = (~np.isnan(ordered)).sum(axis=axis, keepdims=True)
    low, high = np.maximum(count - 1, 0) // 2, count // 2
    picked = [
        np.take_along_axis(ordered, np.minimum(i, ordered.shape[axis] - 1), axis)
        for i in (low, high)
    ]
    return np.squeeze(sum(picked) / 2, axis=axis)


def _told(block: _Block, expected: np.ndarray, counted: pd.DataFrame) -> Iterator[_Jump]:
    counts = block.numbers
    residuals = 2 * (np.sqrt(counts + 3 / 8) - np.sqrt(expected + 3 / 8))
    known = residuals[~np.isnan(residuals)]
    if not len(known) or np.abs(known).max() < LEAST_Z:
        return
    spread = max(1.0, _SPREAD * float(np.median(np.abs(known - np.median(known)))))
    z = residuals / spread
    high, low = np.fmax(counts, expected), np.fmin(counts, expected)
    jumps = (np.abs(z) >= LEAST_Z) & (high >= LEAST_FACTOR * np.maximum(low, 1))
    jumps &= high - low >= LEAST_DIFFERENCE
    for i, j in np.argwhere(jumps):
        row = counted.iloc[block.where[i, j]].to_dict() | {"anzahl": counts[i, j]}
        if row["raum"] != block.names[i]:  # the sum of all areas, that of no row
            row |= {"raum": GESAMT, "_zeile": pd.NA, "_spalte": "", "_wert": ""}
        beside = [
            (int(block.years[k]), int(counts[i, k]))
            for k in (j - 1, j + 1)
            if 0 <= k < len(block.years) and not np.isnan(counts[i, k])
        ]
        yield _Jump(float(z[i, j]), row, float(expected[i, j]), beside)


def _largest(jumps: list[_Jump]) -> list[_Jump]:
    """The largest of each measure, year and area, in order of their size."""
    ranked = sorted(jumps, key=lambda j: (-round(abs(j.z), 6), *map(str, map(j.row.get, KEY))))
    kept: dict[tuple, _Jump] = {}
    for jump in ranked:
        kept.setdefault((jump.row["merkmal"], jump.row["jahr"], jump.row["raum"]), jump)
    areas = {(measure, year) for measure, year, place in kept if place != GESAMT}
    # A sum that jumps because an area does says nothing new
    return [
        jump
        for (measure, year, place), jump in kept.items()
        if place != GESAMT or (measure, year) not in areas
    ]


def _finding(jump: _Jump, sources: Sequence[Source]) -> Finding:
    row = jump.row
    beside = ", ".join(f"{year}: {number}" for year, number in jump.beside)
    z = f"{jump.z:+.1f}".replace(".", ",").replace("-", "−")
    return sources[row["_tabelle"]].finding(
        f"Die Zahl {int(row['anzahl'])} springt ({describe(row)}): Nach den anderen Jahren und "
        f"Räumen wären etwa {round(jump.expected)} zu erwarten (daneben {beside}; robustes z {z}).",
        "Stimmt sie, ist nichts zu tun; sonst berichtigen. Häufig: eine Ziffer zu viel, zwei "
        "Räume oder Spalten vertauscht, ein anderer Stichtag.",
        **cell(row),
        schwere=HINWEIS,
    )
