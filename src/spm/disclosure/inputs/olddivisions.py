"""Redrawn areas: what an earlier report printed of the areas of its time.

An old area that went into one of today's as a whole is a part of it. One that was divided is made
of pieces; a reader who knows the shares knows each piece to about a person (`spm.areas.crosswalk`).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

import pandas as pd

from spm.areas.crosswalk import Crosswalk
from spm.areas.division import Division


@dataclass(frozen=True)
class OldDivision:
    """An earlier division of the municipality.

    Parameters
    ----------
    areas : its keys.
    first, last : the years that were delivered in it.
    crosswalk : where its people live by today's boundaries.
    facts : the counts of these years as they were delivered.
    digest : see `spm.areas.division.division_of`; "" if nobody knows its boundaries.
    """

    areas: tuple[str, ...]
    first: int
    last: int
    crosswalk: Crosswalk
    facts: pd.DataFrame
    digest: str = ""

    def base(self, area: str) -> tuple[str, ...]:
        """What an area is made of: itself, or its pieces."""
        return tuple(self.pieces[area])

    @cached_property
    def pieces(self) -> Mapping[str, Mapping[str, str]]:
        """By area the pieces (or itself) and today's area that each of them is in."""
        result = {}
        for area in self.areas:
            given = [self.crosswalk.shares.get(area, {})]
            given += [own[area] for own in self.crosswalk.by_measure.values() if area in own]
            targets = sorted({target for shares in given for target in shares})
            name = f"{area} (bis {self.last})"
            whole = len(targets) == 1
            result[area] = {name if whole else f"{name} in {t}": t for t in targets}
        return result


def old_divisions(
    delivered: pd.DataFrame, divisions: Sequence[Division], first: int
) -> list[OldDivision]:
    """The earlier divisions that deliveries of the series come in.

    Parameters
    ----------
    delivered : counts by the areas of their time.
    first : year of the series.
    """
    found = []
    for division in divisions:
        if division.bis >= first:
            inside = delivered[delivered["jahr"].between(first, division.bis)]
            found.append(
                OldDivision(
                    areas=tuple(division.areas["raum"]),
                    first=first,
                    last=division.bis,
                    crosswalk=division.crosswalk,
                    facts=inside,
                    digest=division.digest,
                )
            )
            first = division.bis + 1
    return found
