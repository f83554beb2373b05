"""A reader written apart from the package: all rules, whole people, and which rows had to go.

One mixed-integer program per question, without any preparation, so that nothing of the package can
be wrong in the same way.
"""

import math

import numpy as np
from scipy.optimize import Bounds, LinearConstraint, milp

LARGE = 10_000
"""More people than any example has."""


def interval(problem, hidden, count, *, knows=(), rules=True):
    """Smallest and largest number that a count may have.

    Parameters
    ----------
    hidden : suppressed items.
    knows : counts whose numbers this reader knows besides.
    rules : whether the reader knows which suppressed rows had to be, and draws conclusions.
    """
    width = len(problem.variables)
    rows, low, high, extra = [], [], [], 0

    def add(row, least, most):
        rows.append(row)
        low.append(least)
        high.append(most)

    def whole(c):
        return {v: 1.0 for v in problem.counts[c].parts}

    had_to = [needed(problem, item) for item in problem.items]
    for i, item in enumerate(problem.items):
        if i not in hidden:
            for s in item.shows:
                add(whole(s.count), s.low, s.high)
            continue
        for s in item.shows if rules else ():
            extra = conclude(problem, s.count, had_to[i], add, whole, width, extra)
    for relation in (*problem.relations, *(problem.inferred if rules else ())):
        add(dict(relation.coefficients), relation.low, relation.high)
    for c in knows:
        add(whole(c), problem.counts[c].value, problem.counts[c].value)
    matrix = np.zeros((len(rows), width + extra))
    for r, row in enumerate(rows):
        for v, k in row.items():
            matrix[r, v] = k
    goal = np.zeros(width + extra)
    goal[sorted(problem.counts[count].parts)] = 1.0
    most = np.append(np.full(width, LARGE), np.ones(extra))
    ends = []
    for sign in (1, -1):
        found = milp(
            sign * goal,
            constraints=LinearConstraint(matrix, low, high),
            integrality=np.ones(width + extra),
            bounds=Bounds(0, most),
        )
        assert found.status == 0, found.message
        ends.append(round(sign * found.fun))
    return tuple(ends)


def needed(problem, item):
    """Whether a row had to be suppressed: one of its numbers is too small, or a rule forbids it."""
    told = [s.count for s in item.shows] + list(item.reasons)
    return item.forced or any(problem.counts[c].sensitive for c in told)


def conclude(problem, c, had_to, add, whole, width, extra):
    """What the suppression of a row tells of one of its numbers."""
    count, threshold = problem.counts[c], math.ceil(problem.counts[c].threshold)
    if count.value is None or not threshold:
        return extra
    if count.sensitive and count.value < threshold:
        add(whole(c), 1 if count.zeros_shown else 0, threshold - 1)
    elif not had_to and not count.zeros_shown:
        add(whole(c), threshold, LARGE)
    elif not had_to:  # 0, or not small: a switch says which
        switch = width + extra
        add({**whole(c), switch: -threshold}, 0, LARGE)
        add({**whole(c), switch: -LARGE}, -LARGE, 0)
        return extra + 1
    return extra


def found_out(problem, hidden):
    """Sensitive counts that this reader, or few people of one cell, know for certain.

    Returns
    -------
    list of (name, number, name of what an insider knows, or None)
    """
    told = {
        s.count
        for i, item in enumerate(problem.items)
        for s in item.shows
        if item.fixed or i not in hidden
    }
    secret = [c for c, n in enumerate(problem.counts) if n.sensitive and c not in told]
    cells = {s.count for item in problem.items for s in item.shows} & set(secret)
    result = []
    for c in secret:
        low, high = interval(problem, hidden, c)
        if low == high:
            result.append((problem.counts[c].name, low, None))
    for s in sorted(cells):
        own = problem.counts[s]
        most = own.threshold - 1 if own.family is None else own.family
        if own.value is None or not 1 <= own.value <= most:
            continue
        for c in secret:
            if not problem.counts[c].parts <= own.parts:
                low, high = interval(problem, hidden, c, knows=[s])
                if low == high:
                    result.append((problem.counts[c].name, low, own.name))
    return result
