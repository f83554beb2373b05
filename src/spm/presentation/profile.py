"""One area: what is published about it, and which of it matters most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from spm.presentation import judging
from spm.presentation.places import Place
from spm.presentation.views import AreaRow, Change, IndicatorView
from spm.published import (
    DEUTLICH_UEBER,
    DEUTLICH_UNTER,
    GESTIEGEN,
    GESUNKEN,
    HOEHER,
)

if TYPE_CHECKING:
    from spm.rawfiles.offers import Offer

STAERKE, BEDARF, ANDERS, GLEICH, OHNE = "staerke", "bedarf", "anders", "gleich", ""
"""More favourable and less favourable than the rest of the municipality, different without a
judgement, no difference; and not compared."""

_KINDS = {
    judging.NONE: OHNE,
    judging.GLEICH: GLEICH,
    **dict.fromkeys(judging.FAVOURABLE, STAERKE),
    **dict.fromkeys(judging.UNFAVOURABLE, BEDARF),
    **dict.fromkeys(judging.UNJUDGED, ANDERS),
}
"""What profiles tell apart, by the names that every figure and table shares."""


class Entry(NamedTuple):
    """One indicator of one area in the reporting year.

    ``row`` is the row of the area, or of the group of areas in which it is shown; then ``others``
    names the other areas of the group. ``named``: whether texts may name it.
    """

    view: IndicatorView
    row: AreaRow
    others: tuple[str, ...] = ()
    named: bool = True

    @property
    def kind(self) -> str:
        """How the area differs, by the test alone."""
        return _KINDS[judging.judgement(self.view, self.row)]

    @property
    def judged(self) -> bool:
        """Whether the catalogue says what a high value means."""
        return judging.judged(self.view)

    @property
    def clear(self) -> bool:
        """Whether it differs at the stricter level."""
        return self.row.klasse in (DEUTLICH_UEBER, DEUTLICH_UNTER)

    @property
    def higher(self) -> bool:
        """Whether it differs upwards."""
        return self.row.klasse in HOEHER

    @property
    def change(self) -> Change | None:
        """The change to the first comparable year, if it can be told."""
        if not self.row.ok or self.view.indicator.art == "veraenderung":
            return None
        return self.view.changes.get(self.row.raum)

    @property
    def moved(self) -> bool:
        """Whether it rose or fell, by the test alone."""
        return self.change is not None and self.change.richtung in (GESTIEGEN, GESUNKEN)


class Differing(NamedTuple):
    """In how many of so many compared indicators an area differs, and how.

    ``judged``: so many of the compared ones could be favourable or not; ``higher`` and ``lower``
    are of the others. ``named``: those that differ, as ``(way, short title)``.
    """

    name: str
    differs: int
    compared: int
    judged: int
    favourable: int
    unfavourable: int
    higher: int
    lower: int
    named: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True)
class AreaProfile:
    """One area with everything published about it.

    ``entries`` : indicators with any published or suppressed value, in catalogue order.
    ``order`` : of all profiles of the report alike, see `fixed_order`.
    ``offers`` : what the public list of offers has there.
    """

    raum: str
    name: str
    place: Place
    year: int
    entries: tuple[Entry, ...]
    order: tuple[str, ...] = ()
    offers: tuple[Offer, ...] = ()

    @property
    def row(self) -> AreaRow:
        """The area as sentences name it."""
        return AreaRow(self.raum, self.name)

    @cached_property
    def core(self) -> frozenset[str]:
        """Indicators that every profile of the report shows, so that areas can be compared."""
        return frozenset(core_indicators(entry.view for entry in self.entries))

    @cached_property
    def differing(self) -> Differing:
        """In how many of the `core` indicators it differs."""
        found = [a for a in self.entries if a.view.indicator.id in self.core and a.kind != OHNE]
        kinds = [a.kind for a in found]
        return Differing(
            name=self.name,
            differs=sum(kind != GLEICH for kind in kinds),
            compared=len(found),
            judged=sum(a.judged for a in found),
            favourable=kinds.count(STAERKE),
            unfavourable=kinds.count(BEDARF),
            higher=sum(a.kind == ANDERS and a.higher for a in found),
            lower=sum(a.kind == ANDERS and not a.higher for a in found),
            named=tuple((_way(a), a.view.indicator.kurztitel) for a in found if a.kind != GLEICH),
        )

    def chosen(self, n: int) -> list[Entry]:
        """The first ``n`` of the indicators that all profiles show, in catalogue order.

        They are the same for every area (see `fixed_order`), so that areas can be compared.
        """
        chosen = set(self.order[:n])
        return [entry for entry in self.entries if entry.view.indicator.id in chosen]

    def ranks(self, n: int) -> list[int]:
        """Of each indicator of `chosen` its place in that order, from 1."""
        places = {key: place for place, key in enumerate(self.order, start=1)}
        return [places[entry.view.indicator.id] for entry in self.chosen(n)]


def _way(entry: Entry) -> str:
    if entry.kind == ANDERS:
        return "höher" if entry.higher else "niedriger"
    return "günstiger" if entry.kind == STAERKE else "ungünstiger"


def fixed_order(profiles: Sequence[AreaProfile]) -> tuple[str, ...]:
    """Indicators in the order in which the profiles of a report show them, by what all areas show.

    1. `core_indicators`; 2. those in which some area differs clearly from the rest of the
    municipality; 3. those in which any differs; 4. those in which any changed by the test; 5. the
    others with a value. Within a step chapters take turns, each with its first indicators first.
    """
    steps: dict[str, int] = {}
    first: dict[str, Entry] = {}
    for profile in profiles:
        for entry in profile.entries:
            key = entry.view.indicator.id
            first.setdefault(key, entry)
            step = 1 if key in profile.core else _step(entry)
            if step is not None:
                steps[key] = min(step, steps.get(key, step))
    ordered = in_turns(list(first.values()), lambda entry: steps.get(entry.view.indicator.id))
    return tuple(entry.view.indicator.id for entry in ordered)


def _step(entry: Entry) -> int | None:
    if not entry.row.ok:
        return None
    if entry.kind in (STAERKE, BEDARF, ANDERS):
        return 2 if entry.clear else 3
    return 4 if entry.moved else 5


def in_turns(
    entries: Sequence[Entry], step: Callable[[Entry], int | None] = lambda _: 1
) -> list[Entry]:
    """Order by step, and within a step so that chapters take turns; without those of no step."""
    turns: Counter[tuple[int, str]] = Counter()
    ordered = []
    for place, entry in enumerate(entries):
        at = step(entry)
        if at is not None:
            chapter = (at, entry.view.indicator.kapitel)
            ordered.append(((at, turns[chapter], place), entry))
            turns[chapter] += 1
    return [entry for _, entry in sorted(ordered, key=lambda found: found[0])]


def core_indicators(views: Iterable[IndicatorView]) -> list[str]:
    """The lead indicators of the catalogue, and the first one of every chapter without any."""
    by_chapter: dict[str, list[str]] = {}
    first: dict[str, str] = {}
    for k in (view.indicator for view in views):
        first.setdefault(k.kapitel, k.id)
        by_chapter.setdefault(k.kapitel, []).extend([k.id] * k.leitkennzahl)
    return [key for chapter, keys in by_chapter.items() for key in keys or [first[chapter]]]


def profile(
    names: Mapping[str, str],
    views: Sequence[IndicatorView],
    place: Place,
    year: int,
    parts_of: Callable[[IndicatorView, str], Sequence[str]],
) -> list[AreaProfile]:
    """Everything published about every area, in area order.

    Parameters
    ----------
    names : name of every area by key.
    views : all indicators, in catalogue order.
    parts_of : the areas behind a row of an indicator: those of a group, or the area itself.
    """
    found: dict[str, list[Entry]] = {raum: [] for raum in names}
    for view in views:
        for key, _ in view.area_names if view.appears and not view.whole_only else ():
            parts = parts_of(view, key)
            for raum in parts:
                others = tuple(names[part] for part in parts if part != raum)
                found[raum].append(Entry(view, view.row(key), others))
    made = [
        AreaProfile(raum, names[raum], place, year, tuple(rows)) for raum, rows in found.items()
    ]
    order = fixed_order(made)
    return [replace(one, order=order) for one in made]
