"""Redrawn areas: what an earlier report printed of the areas of its time.

An old area that went into one of today's as a whole is a part of it. One that was divided is made
of pieces; a reader who knows the shares knows each piece to about a person (`spm.crosswalk`).
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import pandas as pd

from spm.catalogue import Auswahl
from spm.crosswalk import Crosswalk, redistribute
from spm.disclosure.groups import identity
from spm.disclosure.problem import Relation
from spm.disclosure.space import Space, Tally
from spm.facts import GEZAEHLT
from spm.statistics.selection import Count, Store

if TYPE_CHECKING:
    from spm.division import Division


@dataclass(frozen=True)
class OldDivision:
    """An earlier division of the municipality.

    Parameters
    ----------
    areas : its keys.
    first, last : the years that were delivered in it.
    crosswalk : where its people live by today's boundaries.
    facts : the counts of these years as they were delivered.
    digest : see `spm.division.division_of`; "" if nobody knows its boundaries.
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

    def counts(
        self, selections: Iterable[Auswahl], errors: Mapping[str, float]
    ) -> Iterator[tuple[Auswahl, dict]]:
        """Of every selection the true count by year and piece.

        Parameters
        ----------
        errors : by delivery, how far its numbers may be from the true ones.
        """
        everybody = self.facts[self.facts["einrichtung"].isna()]
        store, divided = Store(everybody, errors), {}
        for area, pieces in self.pieces.items():
            if len(pieces) > 1:
                own = everybody[everybody["raum"] == area]
                shares = {k: {area: v[area]} for k, v in self._own_shares(area)}
                moved = redistribute(own, Crosswalk({area: self.crosswalk.shares[area]}, shares))
                divided[area] = Store(moved, errors)
        for wanted in selections:
            found = store.count(wanted, self.areas)
            counts: dict[tuple[int, str], Count] = {}
            for area, pieces in self.pieces.items():
                inside = {}
                if area in divided:
                    inside = divided[area].count(wanted, sorted(set(pieces.values())))
                for (year, place), count in found.items():
                    if place != area or not self.first <= year <= self.last:
                        continue
                    for piece, target in pieces.items():
                        nobody = Count(0, GEZAEHLT) if count.status == GEZAEHLT else count
                        there = inside.get((year, target), nobody)
                        counts[year, piece] = there if area in divided else count
            yield wanted, counts

    def _own_shares(self, area: str) -> Iterator[tuple[str, Mapping]]:
        return ((m, s) for m, s in self.crosswalk.by_measure.items() if area in s)

    def relations(
        self,
        space: Space,
        tally: Tally,
        selections: Sequence[Auswahl],
        asked: Iterable[tuple[str, int]],
    ) -> Iterator[Relation]:
        """Today's areas are made of old ones and of pieces; a piece is a share of an old one.

        Parameters
        ----------
        selections : those whose groups the space tells apart.
        asked : measures and years of which an earlier report printed old areas.
        """
        inside: dict[str, list[str]] = {}
        for pieces in self.pieces.values():
            for piece, target in pieces.items():
                inside.setdefault(target, []).append(piece)
        by_measure: dict[str, list[Auswahl]] = {}
        for wanted in {identity(s): s for s in selections}.values():
            for measure in wanted.merkmal:
                by_measure.setdefault(measure, []).append(wanted)
        for measure, year in sorted(asked):
            if measure not in by_measure:
                continue
            for target, pieces in sorted(inside.items()):
                if not all(_adds_up(tally, s, year, target, pieces) for s in by_measure[measure]):
                    continue  # two ways to count them that do not agree: nothing follows
                for group in range(space.groups.count(measure)):
                    whole = space.variable((measure, year, target, group))
                    cells = [space.variable((measure, year, p, group)) for p in pieces]
                    name = ("frühere Räume", measure, year, target, group)
                    yield Relation(name, {whole: -1.0} | dict.fromkeys(cells, 1.0))
            for area in self.areas:
                if len(self.pieces[area]) > 1:
                    for wanted in by_measure[measure]:
                        if len(wanted.merkmal) == 1:
                            yield from self._shares(space, tally, wanted, year, area)

    def _shares(
        self, space: Space, tally: Tally, wanted: Auswahl, year: int, area: str
    ) -> Iterator[Relation]:
        pieces = self.pieces[area]
        numbers = {p: tally.number(wanted, year, p) for p in pieces}
        if None in numbers.values():
            return
        shares = self.crosswalk.of(wanted.merkmal[0], area)
        for piece, target in pieces.items():
            share = shares.get(target, 0.0)
            away = abs(numbers[piece] - share * sum(numbers.values()))
            slack = max(1.0, math.ceil(away))
            row = dict.fromkeys(sorted(space.parts(wanted, (year,), pieces)), -share)
            for v in space.parts(wanted, (year,), (piece,)):
                row[v] += 1.0
            name = ("Anteil", *identity(wanted), year, piece)
            yield Relation(name, row, -slack, slack)


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
            keys = tuple(division.areas["raum"])
            args = (keys, first, division.bis, division.crosswalk, inside, division.pruefwert)
            found.append(OldDivision(*args))
            first = division.bis + 1
    return found


def _adds_up(tally: Tally, wanted: Auswahl, year: int, target: str, pieces: Sequence[str]) -> bool:
    if any(tally.error(wanted, year, p) for p in (target, *pieces)):
        return False
    parts = [tally.number(wanted, year, p) for p in pieces]
    whole = tally.number(wanted, year, target)
    return None in parts or whole is None or whole == sum(parts)
