"""What the deliveries say of an indicator: how exact its counts are, and whether they came."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import NamedTuple

from spm.config.catalogue import Kennzahl
from spm.config.delivery import Lieferung


class Exactness(NamedTuple):
    """What readers of an indicator must know of its counts.

    Parameters
    ----------
    rounded_to : printed counts are multiples of this; 1: of none.
    changed_by : their sender has changed them by up to this; 0: they are exact.
    partly : not all counts of the indicator are rounded, or changed, alike.
    """

    rounded_to: int = 1
    changed_by: int = 0
    partly: bool = False


def accuracy(entry: Kennzahl, deliveries: Collection[Lieferung]) -> Exactness:
    """How exact the counts of an indicator are, as far as the mapping of the deliveries tells who
    delivers which measure; a measure that no mapping names is of those that name none."""
    found = [
        (
            max((d.rundung or 1 for d in sent), default=1),
            max((d.verfahren.abweichung for d in sent if d.verfahren), default=0),
        )
        for wanted in entry.selections
        for sent in [senders(wanted.merkmal, deliveries)]
    ]
    return Exactness(
        max(base for base, _ in found), max(error for _, error in found), len(set(found)) > 1
    )


def is_named(entry: Kennzahl, deliveries: Collection[Lieferung]) -> bool:
    """Whether a delivery has what an indicator counts, as far as its mapping tells: one that names
    no measure may have any. Perhaps not in the groups and years that it takes."""
    counted = set(entry.zaehler.merkmal)
    return any(not d.measures or d.measures & counted for d in deliveries)


def senders(measures: Sequence[str], deliveries: Collection[Lieferung]) -> list[Lieferung]:
    """Who delivers which of the measures; of one that no mapping names, those that name none."""
    found = []
    for measure in measures:
        named = [d for d in deliveries if measure in d.measures]
        found += named or [d for d in deliveries if not d.measures]
    return found
