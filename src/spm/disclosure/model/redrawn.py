"""Redrawn areas: the counts of earlier areas, and how they and today's make up one another."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence

from spm.areas.crosswalk import Crosswalk, redistribute
from spm.config.selections import Auswahl
from spm.disclosure.inputs.olddivisions import OldDivision
from spm.disclosure.model.complete import complete
from spm.disclosure.model.groups import identity
from spm.disclosure.model.space import Space, Tally
from spm.disclosure.problem import Relation
from spm.facts import GEZAEHLT
from spm.statistics.selection import Count, Store


def counts_of(
    old: OldDivision, selections: Iterable[Auswahl], errors: Mapping[str, float]
) -> Iterator[tuple[Auswahl, dict[tuple[int, str], Count]]]:
    """Of every selection the true count by year and piece.

    Parameters
    ----------
    errors : by delivery, how far its numbers may be from the true ones.
    """
    everybody = old.facts[old.facts["einrichtung"].isna()]
    store, divided = Store(everybody, errors), {}
    for area, pieces in old.pieces.items():
        if len(pieces) > 1:
            own = everybody[everybody["raum"] == area]
            shares = {k: {area: v[area]} for k, v in _own_shares(old, area)}
            moved = redistribute(own, Crosswalk({area: old.crosswalk.shares[area]}, shares))
            divided[area] = Store(moved, errors)
    for wanted in selections:
        found = store.count(wanted, old.areas)
        counts: dict[tuple[int, str], Count] = {}
        for area, pieces in old.pieces.items():
            inside = {}
            if area in divided:
                inside = divided[area].count(wanted, sorted(set(pieces.values())))
            for (year, place), count in found.items():
                if place != area or not old.first <= year <= old.last:
                    continue
                for piece, target in pieces.items():
                    nobody = Count(0, GEZAEHLT) if count.status == GEZAEHLT else count
                    there = inside.get((year, target), nobody)
                    counts[year, piece] = there if area in divided else count
        yield wanted, counts


def _own_shares(
    old: OldDivision, area: str
) -> Iterator[tuple[str, Mapping[str, Mapping[str, float]]]]:
    return ((m, s) for m, s in old.crosswalk.by_measure.items() if area in s)


def relations_of(
    old: OldDivision,
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
    for pieces in old.pieces.values():
        for piece, target in pieces.items():
            inside.setdefault(target, []).append(piece)
    by_measure: dict[str, list[Auswahl]] = {}
    for wanted in {identity(s): s for s in selections}.values():
        for measure in wanted.merkmal:
            by_measure.setdefault(measure, []).append(wanted)
    for measure, year in sorted(asked):
        if measure not in by_measure:
            continue
        for target, names in sorted(inside.items()):
            if not all(_adds_up(tally, s, year, target, names) for s in by_measure[measure]):
                continue  # two ways to count them that do not agree: nothing follows
            for group in range(space.groups.count(measure)):
                whole = space.variable((measure, year, target, group))
                cells = [space.variable((measure, year, p, group)) for p in names]
                name = ("frühere Räume", measure, year, target, group)
                yield Relation(name, {whole: -1.0} | dict.fromkeys(cells, 1.0))
        for area in old.areas:
            if len(old.pieces[area]) > 1:
                for wanted in by_measure[measure]:
                    if len(wanted.merkmal) == 1:
                        yield from _shares(old, space, tally, wanted, year, area)


def _shares(
    old: OldDivision, space: Space, tally: Tally, wanted: Auswahl, year: int, area: str
) -> Iterator[Relation]:
    pieces = old.pieces[area]
    found = complete(tally.number(wanted, year, p) for p in pieces)
    if found is None:
        return
    numbers = dict(zip(pieces, found, strict=True))
    shares = old.crosswalk.of(wanted.merkmal[0], area)
    for piece, target in pieces.items():
        share = shares.get(target, 0.0)
        away = abs(numbers[piece] - share * sum(numbers.values()))
        slack = max(1.0, math.ceil(away))
        row = dict.fromkeys(sorted(space.parts(wanted, (year,), pieces)), -share)
        for v in space.parts(wanted, (year,), (piece,)):
            row[v] += 1.0
        name = ("Anteil", *identity(wanted), year, piece)
        yield Relation(name, row, -slack, slack)


def _adds_up(tally: Tally, wanted: Auswahl, year: int, target: str, pieces: Sequence[str]) -> bool:
    if any(tally.error(wanted, year, p) for p in (target, *pieces)):
        return False
    parts = complete(tally.number(wanted, year, p) for p in pieces)
    whole = tally.number(wanted, year, target)
    return parts is None or whole is None or whole == sum(parts)
