"""Zeros inside a small group are not shown, although zeros are.

Two people of one age group, a boy and a girl: if every group without anybody showed its 0, the gaps
at boys and girls would mean "at least one" each, and with a threshold of 3 all three numbers were
told by the rules alone, whatever else is suppressed. So nothing is shown of what a suppressed small
number is made of, and a gap within it says nothing: not even that there is somebody.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import replace

from spm.disclosure.problem import Count, Item


def hide_zeros(counts: list[Count], items: Collection[Item]) -> Mapping[int, int]:
    """Take groups within small ones for groups of which no zero is shown.

    Parameters
    ----------
    counts : changed in place; all of them must be known.
    items : all rows of the report, those of other reports among them: a 0 that these show is known.

    Returns
    -------
    Mapping
        By count that is 0 and must not be shown for that the small count that it is a part of.
    """
    known = {s.count for item in items if item.fixed for s in item.shows if s.low == s.high}
    judged = sorted(
        {s.count for item in items for s in item.shows if s.low == s.high}
        | {c for item in items for c in item.reasons}
    )
    holders: dict[int, list[int]] = defaultdict(list)  # by their first variable
    for c in judged:
        if counts[c].parts:
            holders[min(counts[c].parts)].append(c)
    hidden: dict[int, int] = {}
    # First who is told, then what changes: a group within such a group is in the larger one, too.
    for w in [c for c in judged if _is_told_by_zeros(counts[c])]:
        whole = counts[w]
        for c in sorted({c for v in whole.parts for c in holders[v]}):
            count = counts[c]
            if not count.parts < whole.parts:
                continue
            counts[c] = replace(count, zeros_shown=False)
            if count.value == 0 and not count.sensitive and c not in known:
                counts[c] = replace(
                    counts[c],
                    sensitive=True,
                    threshold=max(whole.threshold, count.threshold),
                    need=whole.need,  # as many as may be in the whole may be in its part
                )
                hidden[c] = w
    return hidden


def _is_told_by_zeros(count: Count) -> bool:
    """A small number of people, of whose groups those without anybody would be seen."""
    if count.value is None or not (count.sensitive and count.zeros_shown):
        return False
    return count.is_small(count.value)
