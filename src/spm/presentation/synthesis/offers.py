"""Offers against need: places beside need by phase of life, reach, and networks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np

from spm.presentation.blocks import Block, from_data, heading, joined, listing, paragraphs, table
from spm.presentation.profile import AreaProfile
from spm.presentation.tables.offerlist import described, phases_of
from spm.presentation.views import IndicatorView
from spm.presentation.wording.grammar import capitalised, in_municipality, number_kept, quoted
from spm.published import GESAMT
from spm.rawfiles.offers import ANGEBOT, NETZWERK, Offer
from spm.synthesis.offers import gaps
from spm.text.numbers import NBSP, format_number, format_value, join_words

if TYPE_CHECKING:
    from spm.config.publictables import Angebotsliste
    from spm.presentation.places import Place

EVERY = "alle Lebensphasen"
FEW = 20
"""Places below which one offer more or less turns a share over."""

LIMITS = (
    "Die Liste ist so vollständig, wie die Kommune sie führt. Plätze sagen nicht, wer kommt, und "
    "Familien nutzen auch Angebote in anderen Räumen und solche für die ganze Kommune; diese "
    "zählen hier in keinem Raum. Eine Lücke ist deshalb ein Anlass zur Frage und kein Fehlbestand."
)


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
        limits = paragraphs(LIMITS) if self._offers else Block()
        return joined(heading("Angebot und Reichweite", 2, ".unnumbered"), found, limits)

    def luecken(self, key: str = "angebote-plaetze") -> Block:
        """Places by area and phase of life, each with the share of need minus that of places.

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
        body = [
            [
                number_kept(name),
                *(_cell(columns[phase][i], found[phase], i) for phase in columns),
            ]
            for i, name in enumerate(self._names.values())
        ]
        whole = [format_number(places.sum()) for places in columns.values()]
        body.append([f"Alle {from_data(self._place.plural)}", *whole])
        has_gap = any(gap is not None for gap in found.values())
        note = [
            "Plätze der Angebotsliste; Angebote ohne Zahl von Plätzen und solche für die ganze "
            "Kommune zählen nicht.",
            "Dahinter die Lücke in Prozentpunkten: Anteil des Raums am Bedarf minus sein Anteil an "
            "den Plätzen; + heißt, hier ist mehr vom Bedarf als von den Plätzen."
            if has_gap
            else "",
            self._need_told(columns),
        ]
        title = "Plätze und Lücken" if has_gap else "Plätze"
        return joined(
            paragraphs(self._widest(columns, need, found)),
            table(
                key,
                [from_data(self._place.level), *(from_data(phase) for phase in columns)],
                body,
                f"{title} der Angebote nach {from_data(self._place.level)} und Lebensphase",
                widths=[14, *[15] * len(columns)],
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
        return need.get(phase, need.get(EVERY))

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
                    keys.setdefault(key, []).append(phase)
        told = []
        for key, found in keys.items():
            which = (
                "" if len(found) == len(phases) else f" ({join_words([*map(from_data, found)])})"
            )
            told.append(f"{quoted(self._views[key].indicator.kurztitel)}{which}")
        text = f"Bedarf: so viele zählt die Kennzahl {join_words(told)}." if told else ""
        if lacking:
            text += (
                f" Ohne Lücke bei {join_words([*map(from_data, lacking)])}: Der Bedarf ist nicht "
                f"für alle {from_data(self._place.plural)} veröffentlicht."
            )
        return text

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
        name = [*self._names.values()][i]
        return (
            f"Am weitesten liegen Bedarf und Plätze bei den Angeboten „{from_data(phase)}“ in "
            f"{number_kept(name)} auseinander: Dort sind {_percent(counts[i] / counts.sum())} des "
            f"Bedarfs und {_percent(places[i] / places.sum())} der Plätze."
        )


def _cell(places: float, gap: np.ndarray | None, i: int) -> str:
    shown = format_number(places)
    if gap is None:
        return shown
    return f"{shown} ({format_number(100 * float(gap[i]), 0, signed=True)})".replace(" ", NBSP)


def _percent(share: float) -> str:
    return format_value(100 * float(share), "%", 0)
