"""Tables that are said to be possible: what proves that a reader cannot pin a count down.

A reader who knows some published numbers, and perhaps rules or a number of his own, cannot exclude
a number for a count if there is a table of numbers that agrees with everything he knows and in
which the count has that number. So one such table with a number at or below what must stay
possible, and one at or above it, are a proof; for a reader who must only not pin the count down,
two tables with different numbers. To check one takes sums, no search. Where the unknown numbers
fall apart into blocks that no known sum links, the parts of tables about one block may be checked,
and combined, block by block.

Nobody has to believe such a table, whoever made it, or changed it: one that does not agree with
what is published proves nothing, and the auditor then searches for itself.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import scipy.sparse as sp


@dataclass(frozen=True)
class Evidence:
    """Tables of numbers, said to be possible.

    Parameters
    ----------
    base : by variable, the first table.
    changes : tables by variables, what each of the others adds to it.
    """

    base: np.ndarray
    changes: sp.csr_array

    @classmethod
    def of(cls, base: np.ndarray, tables: Sequence[np.ndarray]) -> Evidence:
        told = np.array(tables).reshape(len(tables), len(base))
        return cls(base, sp.csr_array(told - base))

    def and_others(self, others: Evidence | None) -> Evidence:
        """These tables, and then those of somebody else about the same variables."""
        if others is None:
            return self
        away = sp.csr_array((others.base - self.base)[None])
        rest = others.changes + sp.csr_array(np.ones((others.changes.shape[0], 1))) @ away
        return Evidence(self.base, sp.vstack([self.changes, away, rest], format="csr"))

    def about(self, variables: np.ndarray) -> np.ndarray:
        """The tables as far as some variables are concerned, each once, the first one first.

        Returns
        -------
        array of tables by variables.
        """
        if not len(variables) or variables.max() >= len(self.base):
            return np.empty((0, len(variables)))
        base, changes = self.base[variables], self._by_column[:, variables].tocsr()
        other = np.flatnonzero(np.diff(changes.indptr))
        tables = np.vstack([base, base + changes[other].toarray()])
        first = np.unique(tables, axis=0, return_index=True)[1]
        result: np.ndarray = tables[np.sort(first)]
        return result

    @cached_property
    def _by_column(self) -> sp.csc_array:
        return self.changes.tocsc()
