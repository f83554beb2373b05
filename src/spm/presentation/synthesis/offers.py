"""Offers against need: places beside need by phase of life, reach, and networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from spm.presentation.blocks import Block, from_data, heading, joined, listing, paragraphs, table
from spm.presentation.profile import AreaProfile
from spm.presentation.synthesis import offerwords as words
from spm.presentation.tables.offerlist import described, phases_of
from spm.presentation.views import IndicatorView
from spm.presentation.wording.grammar import (
    capitalised,
    in_municipality,
    number_kept,
)
from spm.published import GESAMT
from spm.rawfiles.offers import ANGEBOT, NETZWERK, Offer
from spm.synthesis.offers import gaps
from spm.text.numbers import format_number

if TYPE_CHECKING:
    from spm.config.publictables import Angebotsliste
    from spm.presentation.places import Place

FEW = 20
"""Places below which one offer more or less turns a share over."""


def with_offers(profiles: Sequence[AreaProfile], offers: Sequence[Offer]) -> list[AreaProfile]:
    """The profiles with what the list has in their areas."""
    return [
        replace(one, offers=tuple(offer for offer in offers if offer.raum == one.raum))
        for one in profiles
    ]


class OffersChapter:
    """The public list of offers beside what published numbers say of need.

    Every method gives a block; without a list it is empty.

    Parameters
    ----------
    offers : the list.
    section : of the params file; None: there is no list.
    views : indicators that appear, by key.
    names : of all areas by their keys, in area order.
    """

    def __init__(
        self,
        offers: Sequence[Offer],
        section: Angebotsliste | None,
        views: Mapping[str, IndicatorView],
        names: Mapping[str, str],
        place: Place,
    ) -> None:
        self._section, self._views, self._names, self._place = section, views, dict(names), place
        self._offers = [offer for offer in offers if offer.art == ANGEBOT]
        self._networks = [offer for offer in offers if offer.art == NETZWERK]

    def alles(self) -> Block:
        """Gaps, reach and networks below one heading."""
        found = joined(self.luecken("gesamtbild-angebote"), self.reichweite(), self.netzwerke())
        if not found:
            return found
        remarks = paragraphs(words.limits(self._place)) if self._offers else Block()
        return joined(heading("Angebot und Reichweite", 2, ".unnumbered"), found, remarks)

    def luecken(self, key: str = "angebote-plaetze") -> Block:
        """Places by area and phase of life, with their share of all and that of the need.

        Parameters
        ----------
        key : the table is ``@tbl-<key>``.
        """
        columns = {phase: self._places(phase) for phase in phases_of(self._offers)}
        columns = {phase: places for phase, places in columns.items() if places.sum() > 0}
        if not columns or not self._names:
            return Block()
        need = {phase: self._need(phase) for phase in columns}
        found = {
            phase: None if (counts := need[phase]) is None else gaps(counts, places)
            for phase, places in columns.items()
        }
        compared = {phase: gap is not None for phase, gap in found.items()}
        keys = {self._need_key(phase) for phase in columns}
        same = next(iter(need.values())) if len(keys) == 1 and all(compared.values()) else None
        alike = same is not None
        body = [
            [
                number_kept(name),
                *([] if same is None else [words.percent(same[i] / same.sum())]),
                *(
                    words.cell(places, i, None if alike else need[phase], compared[phase])
                    for phase, places in columns.items()
                ),
            ]
            for i, name in enumerate(self._names.values())
        ]
        whole = [format_number(places.sum()) for places in columns.values()]
        everything = [words.percent(1)] if alike else []
        body.append([f"Alle {from_data(self._place.plural)}", *everything, *whole])
        beside = "" if alike else ", dahinter der Anteil am Bedarf"
        note = [
            "Plätze der Angebotsliste; ohne Angebote ohne Platzzahl und solche für die ganze "
            "Kommune.",
            f"In Klammern: Anteil an allen Plätzen der Spalte{beside}."
            if any(compared.values())
            else "",
            self._need_told(columns),
        ]
        place = from_data(self._place.level)
        title = self._views[keys.pop() or ""].indicator.kurztitel if alike else ""
        opening = words.same_need(title, len(columns), self._place) if alike else ""
        told = (opening, self._widest(columns, need, found))
        return joined(
            paragraphs(" ".join(filter(None, told))),
            table(
                key,
                [
                    place,
                    *(["Bedarf"] if alike else []),
                    *(from_data(words.called(phase)) for phase in columns),
                ],
                body,
                f"Plätze in Präventionsangeboten (ohne Kita- und Schulplätze) nach {place} und "
                "Lebensphase",
                widths=[14, *([9] if alike else []), *[15] * len(columns)],
                bold_last=True,
                note=" ".join(filter(None, note)),
            ),
        )

    def reichweite(self) -> Block:
        """Which part of their target group offers reach."""
        key = self._section.reichweite if self._section else None
        view = self._views.get(key) if key else None
        if view is None or not view.total.ok:
            return Block()
        row, k = view.total, view.indicator
        counted = ""
        if row.zaehler is not None and row.nenner is not None:
            counted = f" ({format_number(row.zaehler)} von {format_number(row.nenner)})"
        text = (
            f"{capitalised(from_data(k.titel))}: {view.period} {in_municipality(self._place)} "
            f"**{view.text(row.shown)}**{counted}."
        )
        shown = view.published
        if len(shown) > 1:
            low, high = (f(shown, key=lambda row: row.shown) for f in (min, max))
            text += (
                f" Nach {from_data(self._place.level)} reicht der Wert von {view.text(low.shown)} "
                f"bis {view.text(high.shown)}."
            )
        return paragraphs(text)

    def netzwerke(self) -> Block:
        """Networks with their topics."""
        items = []
        for one in self._networks:
            where = "" if one.raum == GESAMT else f" ({number_kept(self._called(one.raum))})"
            items.append(f"{described(one)}{where}")
        return listing("Netzwerke und ihre Themen:", items)

    def _called(self, raum: str) -> str:
        return self._names.get(raum, raum)

    def _places(self, phase: str) -> np.ndarray:
        here = [o for o in self._offers if o.lebensphase == phase and o.plaetze is not None]
        return np.array(
            [sum(o.plaetze or 0 for o in here if o.raum == raum) for raum in self._names],
            dtype=float,
        )

    def _need_key(self, phase: str) -> str | None:
        need = self._section.bedarf if self._section else {}
        return need.get(phase, need.get(words.EVERY))

    def _need(self, phase: str) -> np.ndarray | None:
        """Counts of need by area; None unless each area's is published."""
        view = self._views.get(self._need_key(phase) or "")
        if view is None or view.groups:
            return None
        rows = [view.row(raum) for raum in self._names]
        if not all(row.ok and row.zaehler is not None for row in rows):
            return None
        return np.array([row.zaehler for row in rows], dtype=float)

    def _need_told(self, phases: Mapping[str, np.ndarray]) -> str:
        """What counts as need, and of which phases it is not published."""
        keys: dict[str, list[str]] = {}
        lacking = []
        for phase in phases:
            if key := self._need_key(phase):
                if self._need(phase) is None:
                    lacking.append(phase)
                else:
                    title = self._views[key].indicator.kurztitel
                    keys.setdefault(title, []).append(phase)
        return words.need_told(keys, lacking, len(phases), self._place)

    def _widest(
        self,
        columns: Mapping[str, np.ndarray],
        need: Mapping[str, np.ndarray | None],
        found: Mapping[str, np.ndarray | None],
    ) -> str:
        """The area and phase with the largest gap, of phases with enough places."""
        best: tuple[float, str, int] | None = None
        for phase, gap in found.items():
            if gap is None or columns[phase].sum() < FEW:
                continue
            i = int(np.argmax(gap))
            if best is None or float(gap[i]) > best[0] + 1e-9:
                best = (float(gap[i]), phase, i)
        if best is None or round(100 * best[0]) < 1:
            return ""
        _, phase, i = best
        counts, places = need[phase], columns[phase]
        assert counts is not None
        return words.widest(
            phase,
            list(self._names.values())[i],
            self._views[self._need_key(phase) or ""].indicator.kurztitel,
            (float(counts[i]), float(counts.sum())),
            (float(places[i]), float(places.sum())),
        )
