"""Small groups that published numbers leave over when they are subtracted."""

from __future__ import annotations

from collections.abc import Collection

from spm.disclosure.problem import Failure, Problem


def differences(
    problem: Problem, hidden: frozenset[int], *, which: Collection[int] | None = None
) -> list[Failure]:
    """Find published wholes that leave a small rest without their published parts.

    Parameters
    ----------
    problem, hidden : the pattern.
    which : positions in ``problem.partitions``; default all.

    Returns
    -------
    list of Failure, in the order of ``problem.partitions``.
    """
    shown = problem.published_counts(hidden)
    counts, failures = problem.counts, []
    for p in range(len(problem.partitions)) if which is None else sorted(which):
        whole, parts = problem.partitions[p]
        all_of_them = counts[whole].value
        if whole not in shown or not counts[whole].threshold or all_of_them is None:
            continue
        known = {
            part: v for part in parts if part in shown and (v := counts[part].value) is not None
        }
        taken = [part for part in parts if part in known]
        rest = counts[whole].parts.difference(*(counts[part].parts for part in taken))
        number = all_of_them - sum(known[part] for part in taken)
        few = number > 0 and counts[whole].leaves_few_units([counts[part] for part in taken])
        if not taken or not rest or not (few or counts[whole].is_small(number)):
            continue
        if all(counts[part].parts <= counts[whole].parts for part in parts):
            hides = any(
                c.sensitive and i not in shown and c.parts <= rest for i, c in enumerate(counts)
            )
        else:  # parts of another kind (facilities): who is left is in those not published
            hides = any(counts[part].sensitive for part in parts if part not in shown)
        if number > 0 or hides:
            failures.append(Failure("difference", None, number, number, proof=(whole, *taken)))
    return failures


def end_differences(problem: Problem, hidden: frozenset[int]) -> frozenset[int]:
    """Hide the cheapest number of every subtraction that leaves a small group."""
    while found := differences(problem, hidden):
        sets = [s for f in found[:1] for s in ends(problem, f, hidden)]
        if not sets:
            break
        hidden |= cheapest_set(problem, sets)
    return hidden


def ends(problem: Problem, failure: Failure, hidden: frozenset[int]) -> list[frozenset[int]]:
    """Sets of items, each of which ends a subtraction."""
    sets = [frozenset(problem.showing[c]) - hidden for c in failure.proof]
    return [s for s in sets if s and not any(problem.items[i].fixed for i in s)]


def cheapest_set(problem: Problem, sets: list[frozenset[int]]) -> frozenset[int]:
    return min(sets, key=lambda s: (sum(problem.items[i].cost for i in s), sorted(s)))
