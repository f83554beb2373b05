"""What `knowledge` left open, cut into blocks that have nothing to do with each other."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

import numpy as np
import scipy.sparse as sp
from scipy.sparse.csgraph import connected_components

from spm.disclosure.audit.attack import Component
from spm.disclosure.audit.knowledge import EXACT, Impossible, Rows, State


class Islands:
    """What readers know, for questions about few variables: what has nothing to do with them is
    left out.

    Parameters
    ----------
    state, rules : what everybody knows, and what those know besides who know the rules.
    """

    def __init__(self, state: State, rules: Rows) -> None:
        self._state, self._rules = state, rules
        open_ = np.flatnonzero(~state.fixed)
        known, legal = (m[:, open_] for m in (state.rows.matrix, rules.matrix))
        label = _islands([known, legal])
        self._label = np.full(len(state.lower), -1)
        self._label[open_] = label
        self._of_row, self._of_rule = (_of_rows(m, label) for m in (known, legal))

    def about(self, variables: Collection[int]) -> tuple[State, Rows]:
        """The same as far as these variables are concerned."""
        islands = np.setdiff1d(self._label[sorted(variables)], [-1])
        state, inside = self._state, np.isin(self._label, islands)
        rows = state.rows.take(np.isin(self._of_row, islands))
        upper = np.where(inside, state.upper, state.lower)
        rules = self._rules.take(np.isin(self._of_rule, islands))
        return State(rows, state.lower, upper), rules


def split(
    state: State, rules: Rows, targets: sp.csr_array, joined: Collection[int]
) -> tuple[list[Component], list[list[tuple[int, int]]]]:
    """Cut what is left into blocks; those without a target are left out.

    Parameters
    ----------
    rules : what readers know besides who know all rules (`binding`).
    targets : sums that are asked for.
    joined : targets that some reader knows; such a target's variables are in one block.

    Returns
    -------
    tuple of the blocks and, by target, its parts as (block, row of the block's ``targets``);
    what its fixed variables contribute comes on top.
    """
    free = np.flatnonzero(~state.fixed)
    rows, legal, targets = (m[:, free] for m in (state.rows.matrix, rules.matrix, targets))
    label = _islands([rows, legal, targets[sorted(joined)]])
    wanted: dict[int, dict[tuple[int, ...], int]] = {}
    places: list[list[tuple[int, int]]] = []
    for t in range(targets.shape[0]):
        columns = np.sort(targets.indices[targets.indptr[t] : targets.indptr[t + 1]])
        places.append([])
        for part in sorted(set(label[columns].tolist())):
            known = wanted.setdefault(part, {})
            pattern = tuple(columns[label[columns] == part].tolist())
            places[t].append((part, known.setdefault(pattern, len(known))))
    order = {part: i for i, part in enumerate(sorted(wanted))}
    known = state.rows.matrix @ np.where(state.fixed, state.lower, 0.0)
    left = Rows(rows, state.rows.low - known, state.rows.high - known, state.rows.names)
    insides = {part: np.flatnonzero(label == part) for part in order}
    of_rows, of_rules = (_cut(r, label, insides) for r in (left, replace(rules, matrix=legal)))
    blocks = []
    for part, inside in insides.items():
        patterns = [np.searchsorted(inside, p) for p in wanted[part]]
        ends = np.cumsum([0, *map(len, patterns)])
        shape = (len(patterns), len(inside))
        own = sp.csr_array((np.ones(ends[-1]), np.concatenate(patterns), ends), shape=shape)
        blocks.append(
            Component(
                variables=free[inside],
                rows=of_rows[part],
                lower=state.lower[free[inside]],
                upper=state.upper[free[inside]],
                rules=of_rules[part],
                targets=own,
            )
        )
    return blocks, [[(order[part], row) for part, row in place] for place in places]


def _islands(matrices: Sequence[sp.csr_array]) -> np.ndarray:
    """By column, which group of columns it belongs to; rows link columns."""
    width = matrices[0].shape[1]
    links = []
    for m in matrices:
        first = np.repeat(m.indptr[:-1], np.diff(m.indptr))  # of the row an entry is in
        links.append((m.indices[first], m.indices))
    one, other = (np.concatenate([link[k] for link in links]) for k in (0, 1))
    graph = sp.coo_array((np.ones(len(one)), (one, other)), shape=(width, width))
    label: np.ndarray = connected_components(graph, directed=False)[1]
    return label


def _of_rows(matrix: sp.csr_array, label: np.ndarray) -> np.ndarray:
    """By row the group of its columns; no row is empty."""
    result: np.ndarray = label[matrix.indices[matrix.indptr[:-1]]]
    return result


def _cut(rows: Rows, label: np.ndarray, insides: Mapping[int, np.ndarray]) -> dict[int, Rows]:
    """By group of columns the rows about it, in terms of its columns.

    Parameters
    ----------
    label : by column its group.
    insides : by group its columns.
    """
    of_row = _of_rows(rows.matrix, label)
    turned = np.argsort(of_row, kind="stable")
    rows, of_row = rows.take(turned), of_row[turned]
    place = np.zeros(len(label), dtype=int)
    for inside in insides.values():
        place[inside] = np.arange(len(inside))
    matrix, result = rows.matrix, {}
    columns = place[matrix.indices]
    for part, inside in insides.items():
        a, b = np.searchsorted(of_row, [part, part + 1])
        start, end = matrix.indptr[a], matrix.indptr[b]
        entries = matrix.data[start:end], columns[start:end], matrix.indptr[a : b + 1] - start
        cut = sp.csr_array(entries, shape=(b - a, len(inside)))
        result[part] = Rows(cut, rows.low[a:b], rows.high[a:b], rows.names[a:b])
    return result


def binding(rules: Rows, state: State) -> Rows:
    """What of the rules is left where known numbers are put in: without rows that hold anyway, be
    it because a sum within them is large enough already."""
    known = rules.matrix @ np.where(state.fixed, state.lower, 0.0)
    free = (rules.matrix @ sp.diags_array((~state.fixed).astype(float))).tocsr()
    free.eliminate_zeros()
    low, high = rules.low - known, rules.high - known
    number, plus = np.diff(free.indptr), np.ones(len(low), bool)
    at = np.repeat(np.arange(len(number)), number)
    plus[at[free.data < 0]] = False
    if np.any((number == 0) & ((low > EXACT) | (high < -EXACT))):
        raise Impossible(())
    with np.errstate(invalid="ignore"):
        most = np.bincount(at, free.data * state.upper[free.indices], minlength=len(number))
    low[plus & (free @ state.lower >= low - EXACT)] = -np.inf
    high[plus & (most <= high + EXACT)] = np.inf
    holders: dict[int, set[int]] = {}  # variable -> lower bounds of sums that hold it
    exact = np.flatnonzero(plus & np.isfinite(low)).tolist()
    for r in sorted(exact, key=lambda r: (number[r], r)):
        parts = free.indices[free.indptr[r] : free.indptr[r + 1]].tolist()
        hits = Counter(k for v in parts for k in holders.get(v, ()))
        if any(n == number[k] and low[k] >= low[r] for k, n in hits.items()):
            low[r] = -np.inf
            continue
        for v in parts:
            holders.setdefault(v, set()).add(r)
    left = (number > 0) & (np.isfinite(low) | np.isfinite(high))
    return replace(rules, matrix=free, low=low, high=high).take(left)
