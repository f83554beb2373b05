"""One area: what is published about it, and which of it matters most."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from spm.presentation.places import Place
from spm.presentation.views import AreaRow, Change, IndicatorView
from spm.published import (
    DEUTLICH_UEBER,
    DEUTLICH_UNTER,
    GESTIEGEN,
    GESUNKEN,
    HOEHER,
    NIEDRIGER,
    WIE,
)

STAERKE, BEDARF, ANDERS, GLEICH, OHNE = "staerke", "bedarf", "anders", "gleich", ""
"""More favourable and less favourable than the rest of the municipality, different without a
judgement, no difference; and not compared."""

_FAVOURABLE = {"belastend": NIEDRIGER, "entlastend": HOEHER}


class Entry(NamedTuple):
    """One indicator of one area in the reporting year.

    ``zeile`` is the row of the area, or of the group of areas in which it is shown; then ``mit``
    names the other areas of the group.
    """

    sicht: IndicatorView
    zeile: AreaRow
    mit: tuple[str, ...] = ()

    @property
    def art(self) -> str:
        """How the area differs, by the test alone."""
        klasse, direction = self.zeile.klasse, self.sicht.kennzahl.richtung
        if not self.zeile.ok or klasse is None:
            return OHNE
        if klasse == WIE:
            return GLEICH
        if not self.bewertet:
            return ANDERS
        return STAERKE if klasse in _FAVOURABLE[direction] else BEDARF

    @property
    def bewertet(self) -> bool:
        """Whether the catalogue says what a high value means."""
        return self.sicht.kennzahl.richtung in _FAVOURABLE

    @property
    def deutlich(self) -> bool:
        """Whether it differs at the stricter level."""
        return self.zeile.klasse in (DEUTLICH_UEBER, DEUTLICH_UNTER)

    @property
    def hoeher(self) -> bool:
        """Whether it differs upwards."""
        return self.zeile.klasse in HOEHER

    @property
    def aenderung(self) -> Change | None:
        """The change to the first comparable year, if it can be told."""
        if not self.zeile.ok or self.sicht.kennzahl.art == "veraenderung":
            return None
        return self.sicht.aenderungen.get(self.zeile.raum)

    @property
    def bewegt(self) -> bool:
        """Whether it rose or fell, by the test alone."""
        return self.aenderung is not None and self.aenderung.richtung in (GESTIEGEN, GESUNKEN)


@dataclass(frozen=True)
class AreaProfile:
    """One area with everything published about it.

    ``angaben`` : indicators with any published or suppressed value, in catalogue order.
    """

    raum: str
    name: str
    ort: Place
    jahr: int
    angaben: tuple[Entry, ...]

    @property
    def zeile(self) -> AreaRow:
        """The area as sentences name it."""
        return AreaRow(self.raum, self.name)

    @cached_property
    def kern(self) -> frozenset[str]:
        """Indicators that every profile of the report shows, so that areas can be compared."""
        return frozenset(core_indicators(angabe.sicht for angabe in self.angaben))

    def auswahl(self, n: int) -> list[Entry]:
        """At most ``n`` indicators, in catalogue order, chosen in this order.

        1. `core_indicators`, suppressed values included; 2. a clear difference to the rest of the
        municipality; 3. any other difference by the test; 4. a change by the test; 5. the others
        with a value. Within a step chapters take turns, each with its first indicators first.
        """
        chosen = {a.sicht.kennzahl.id for a in self._ordered[:n]}
        return [angabe for angabe in self.angaben if angabe.sicht.kennzahl.id in chosen]

    def raenge(self, n: int) -> list[int]:
        """Of each indicator of `auswahl` its place in that order, from 1."""
        places = {a.sicht.kennzahl.id: place for place, a in enumerate(self._ordered, start=1)}
        return [places[angabe.sicht.kennzahl.id] for angabe in self.auswahl(n)]

    @cached_property
    def _ordered(self) -> list[Entry]:
        return in_turns(self.angaben, self._step)

    def _step(self, angabe: Entry) -> int | None:
        if angabe.sicht.kennzahl.id in self.kern:
            return 1
        if not angabe.zeile.ok:
            return None
        if angabe.art in (STAERKE, BEDARF, ANDERS):
            return 2 if angabe.deutlich else 3
        return 4 if angabe.bewegt else 5


def in_turns(
    angaben: Sequence[Entry], step: Callable[[Entry], int | None] = lambda _: 1
) -> list[Entry]:
    """Order by step, and within a step so that chapters take turns; without those of no step."""
    turns: Counter[tuple[int, str]] = Counter()
    ordered = []
    for place, angabe in enumerate(angaben):
        at = step(angabe)
        if at is not None:
            chapter = (at, angabe.sicht.kennzahl.kapitel)
            ordered.append(((at, turns[chapter], place), angabe))
            turns[chapter] += 1
    return [angabe for _, angabe in sorted(ordered, key=lambda entry: entry[0])]


def core_indicators(sichten: Iterable[IndicatorView]) -> list[str]:
    """The lead indicators of the catalogue, and the first one of every chapter without any."""
    by_chapter: dict[str, list[str]] = {}
    first: dict[str, str] = {}
    for k in (sicht.kennzahl for sicht in sichten):
        first.setdefault(k.kapitel, k.id)
        by_chapter.setdefault(k.kapitel, []).extend([k.id] * k.leitkennzahl)
    return [key for chapter, keys in by_chapter.items() for key in keys or [first[chapter]]]


def profile(
    namen: Mapping[str, str],
    sichten: Sequence[IndicatorView],
    ort: Place,
    jahr: int,
    teile: Callable[[IndicatorView, str], Sequence[str]],
) -> list[AreaProfile]:
    """Everything published about every area, in area order.

    Parameters
    ----------
    namen : name of every area by key.
    sichten : all indicators, in catalogue order.
    teile : the areas behind a row of an indicator: those of a group, or the area itself.
    """
    found: dict[str, list[Entry]] = {raum: [] for raum in namen}
    for sicht in sichten:
        for key, _ in sicht.raeume if sicht.belegt else ():
            parts = teile(sicht, key)
            for raum in parts:
                others = tuple(namen[part] for part in parts if part != raum)
                found[raum].append(Entry(sicht, sicht.zeile(key), others))
    return [AreaProfile(raum, namen[raum], ort, jahr, tuple(rows)) for raum, rows in found.items()]
