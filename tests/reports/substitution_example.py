"""Other true numbers behind the same published rows: what no reader may be able to tell apart.

Every table of whole numbers in which all published counts are what they are, and every hidden one
is small or large as the rules found it, is as good as the true one. Some of them are drawn by an
integer programme over the rows of the facts.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import pandas as pd
from scipy.optimize import Bounds, LinearConstraint, milp
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from spm.build import Checked
from spm.disclosure.model.groups import identity
from spm.disclosure.model.model import _Builder
from spm.disclosure.model.space import Tally
from spm.disclosure.problem import Count
from spm.facts import GEZAEHLT
from spm.statistics import compute_indicators

Row = tuple[Mapping[int, float], float, float]
"""Coefficients of variables of the model (from 0 up) and of rows of the facts (from -1 down), and
the limits of their sum."""

STEPS = (1, 2, 5, 20)
"""No row of the facts moves farther than one of them."""


class Substitutions:
    """The tables that hold the same published rows.

    Parameters
    ----------
    checked : the deliveries as they are.
    hidden : rows that are suppressed, as items of the model.
    """

    def __init__(self, checked: Checked, hidden: frozenset[int]) -> None:
        self.checked = replace(checked, facts=checked.facts.reset_index(drop=True))
        self.builder = _Builder(checked.inputs)
        self.problem = self.builder.model().problem
        rows = [*self._ties(), *self._counts(hidden), *self._relations()]
        variables = len(self.builder.space.index)
        cells = [
            (i, v if v >= 0 else variables - 1 - v, x)
            for i, (coefficients, _, _) in enumerate(rows)
            for v, x in coefficients.items()
        ]
        i, v, x = (np.array(column) for column in zip(*cells, strict=True))
        facts = self.checked.facts
        self.matrix = csr_array((x, (i, v)), shape=(len(rows), variables + len(facts)))
        self.limits = [np.array([row[end] for row in rows], dtype=float) for end in (1, 2)]
        self.true = facts["anzahl"].to_numpy(dtype=float, na_value=0)
        used = np.bincount(v, minlength=self.matrix.shape[1])[variables:] > 0
        self.free = used & facts["status"].eq(GEZAEHLT).to_numpy()
        parts = self._parts(variables)
        self.parts = parts[variables:]
        shown = self.problem.published_counts(hidden)
        secret = [n.parts for c, n in enumerate(self.problem.counts) if c not in shown]
        self.telling = np.intersect1d(parts[sorted(frozenset().union(*secret))], self.parts)
        self.telling = self.telling[self.telling >= 0]

    def _parts(self, variables: int) -> np.ndarray:
        """By column the number of its part of the report: parts share no sum. What cannot change
        belongs to none (-1)."""
        moving = np.append(np.ones(variables, bool), self.free)
        linked = self.matrix[:, moving] != 0
        parts = np.full(len(moving), -1)
        parts[moving] = connected_components(linked.T @ linked, directed=False)[1]
        return parts

    def _ties(self) -> Iterator[Row]:
        """What a selection counts at a place: a sum of groups, and a sum of rows of the facts."""
        inputs, facts = self.builder.inputs, self.checked.facts
        number = facts.groupby("jahr").cumcount()
        row_of = dict(zip(zip(facts["jahr"], number, strict=True), facts.index, strict=True))
        # The hex digits of a sum of such numbers say how often it counts which row.
        coded = facts.assign(anzahl=pd.Series([16**n for n in number], dtype=object))
        printed = [s for k in inputs.catalogue.values() for s in k.selections]
        known = [g for z in inputs.sums.values() for g in (z.summe, *z.teile, *z.abzueglich)]
        selections = {identity(s): s for s in (*printed, *known)}
        tally = Tally(coded, selections.values(), inputs.areas)
        for key, wanted in selections.items():
            for (year, place), count in tally._found[key].items():
                if count.anzahl is None or year not in inputs.years:
                    continue
                digits = enumerate(reversed(f"{count.anzahl:x}"))
                inside = {-1 - row_of[year, n]: -float(d) for n, d in digits if d != "0"}
                parts = self.builder.space.parts(wanted, (year,), (place,))
                yield dict.fromkeys(parts, 1.0) | inside, 0.0, 0.0

    def _counts(self, hidden: frozenset[int]) -> Iterator[Row]:
        """What is published stays; what is hidden stays as small or as large as the rules see."""
        shown: dict[int, tuple[float, float]] = {}
        for i, item in enumerate(self.problem.items):
            if i not in hidden:
                shown |= {s.count: (s.low, s.high) for s in item.shows}
        for c, count in enumerate(self.problem.counts):
            if c in shown or count.value is not None:
                yield dict.fromkeys(count.parts, 1.0), *(shown.get(c) or _as_seen(count))
        for item in hidden:
            for s in self.problem.items[item].shows:  # a denominator with a rule of its own
                count = self.problem.counts[s.count]
                if not count.sensitive and count.value is not None:
                    yield dict.fromkeys(count.parts, 1.0), count.value / 2, 2 * count.value

    def _relations(self) -> Iterator[Row]:
        for relation in self.problem.relations:
            yield relation.coefficients, relation.low, relation.high

    def draw(self, seed: int, parts: int | None = None) -> Checked | None:
        """Deliveries with other numbers, None if this draw found none.

        Parameters
        ----------
        parts : in so many parts of the report that hide something; None: in all of them.
        """
        chance = np.random.default_rng(seed)
        step, free = chance.choice(STEPS), self.free
        if parts is not None:
            chosen = chance.choice(self.telling, parts, replace=False)
            free = free & np.isin(self.parts, chosen)
        least = np.where(free, np.maximum(self.true - step, 0), self.true)
        most = np.where(free, self.true + step, self.true)
        variables = self.matrix.shape[1] - len(self.true)
        goal = np.append(np.zeros(variables), np.where(free, chance.normal(size=len(free)), 0))
        found = milp(
            goal,
            integrality=np.ones(len(goal)),
            bounds=Bounds(
                np.append(np.zeros(variables), least),
                np.append(np.full(variables, np.inf), most),
            ),
            constraints=LinearConstraint(self.matrix, *self.limits),
            options={"mip_rel_gap": 0.3, "time_limit": 60},
        )
        if found.x is None:
            return None
        numbers = np.round(found.x[variables:]).astype(int)
        if np.array_equal(numbers, self.true):
            return None
        return with_numbers(self.checked, numbers)


def with_numbers(checked: Checked, numbers: Sequence[int]) -> Checked:
    """The deliveries with other counts in the counted rows, in the order of the facts."""
    facts = checked.facts.reset_index(drop=True)
    counted = facts["status"].eq(GEZAEHLT)
    other = facts.assign(anzahl=facts["anzahl"].mask(counted, pd.array(numbers, "Int64")))
    indicators = compute_indicators(
        other,
        checked.catalogue,
        checked.areas["raum"],
        checked.params.zeitreihe.years,
        checked.inputs.pools,
        facilities=checked.params.einrichtungen is not None,
    )
    inputs = replace(checked.inputs, facts=other, indicators=indicators)
    return replace(checked, facts=other, indicators=indicators, inputs=inputs)


def _as_seen(count: Count) -> tuple[float, float]:
    """Nobody stays nobody, small stays small, and what is not small does not become so."""
    if count.value == 0:
        return 0, 0
    if count.is_small(count.value):
        return 1, count.threshold - 1
    return max(count.threshold, 1), np.inf
