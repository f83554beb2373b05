"""Numbers that only other reports have must not contradict those of this one, or each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import scipy.sparse as sp

from spm.disclosure.model.counts import Counts, Window
from spm.disclosure.model.told import Told
from spm.disclosure.problem import Relation
from spm.disclosure.solver import smallest

HALF = 0.5
"""Less than this is no person."""


class Unknown(NamedTuple):
    """A printed number of people of whom this report knows some (or none) by itself.

    ``parts`` are the variables of the others, ``number`` how many they are.
    """

    told: Told
    window: Window
    parts: frozenset[int]
    number: float


def agreeing(
    unknown: Sequence[Unknown],
    known: Sequence[tuple[frozenset[int], float, Window]],
    counts: Counts,
    relations: Sequence[Relation],
) -> list[Unknown]:
    """Those that can hold together with all true numbers; of two that cannot, the later one.

    Parameters
    ----------
    unknown : in the order of their reports, the latest last.
    known : groups that are known by themselves, and their numbers.

    Notes
    -----
    A linear program makes the least change to the numbers of ``unknown``, later ones being dearer;
    what it changes was corrected since and is known no more.
    """
    if not unknown:
        return []
    rows, low, high = [], [], []
    for count in counts.all:
        if count.value is not None:
            rows.append(dict.fromkeys(count.parts, 1.0))
            low.append(count.value)
            high.append(count.value)
    for parts, number, _ in known:
        rows.append(dict.fromkeys(parts, 1.0))
        low.append(number)
        high.append(number)
    for relation in relations:
        rows.append(dict(relation.coefficients))
        low.append(relation.low)
        high.append(relation.high)
    certain = len(rows)
    for fact in unknown:
        rows.append(dict.fromkeys(fact.parts, 1.0))
        low.append(fact.number)
        high.append(fact.number)
    names: dict[int, int] = {}
    cells = [
        (r, names.setdefault(v, len(names)), k)
        for r, row in enumerate(rows)
        for v, k in sorted(row.items())
    ]
    down, across, factors = (np.array(x) for x in zip(*cells, strict=True))
    matrix = sp.csr_array((factors, (down, across)), shape=(len(rows), len(names)))
    n = len(unknown)
    change = sp.vstack([sp.csr_array((certain, n)), sp.eye_array(n)], format="csr")
    whole = sp.hstack([matrix, change, -change], format="csr")
    price = 1.0 + np.arange(n) / n
    cost = np.concatenate([np.zeros(len(names)), price, price])
    found = smallest(whole, cost, np.array(low, float), np.array(high, float))
    if found.x is None:  # the numbers of this report contradict each other: said elsewhere
        return []
    changes = found.x[len(names) : len(names) + n] + found.x[len(names) + n :]
    return [fact for fact, x in zip(unknown, changes, strict=True) if x < HALF]
